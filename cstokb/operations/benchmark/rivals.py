"""Other ways to make the same search: SQL written by hand for this database, and what a first version would have."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.test.utils import override_settings
from django.utils.html import escape
from rest_framework import generics, serializers
from rest_framework.filters import SearchFilter
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cstokb.fulltext.stems import stem
from cstokb.operations.benchmark.questions import Asked
from statements.models import Passage, Statement

PAGE = 20
FACETS = ("type", "year", "state")


class Rival(Protocol):
    """A way to search: 20 best documents with title, date and marked passage, the total, three facets."""

    name: str

    def ask(self, asked: Asked) -> int:
        """Search; how many documents are found."""


class Product:
    """The search of the API, whole: addresses, middleware, limits, parsing, names, facets, JSON."""

    name = "product"

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, asked: Asked) -> int:
        return int(answer(self.client, "/api/v1/search/", q=asked.text).json()["count"])


class Anew(Product):
    """The same search with nothing kept ready, as it is from a publication until the answers are kept again."""

    name = "product, nothing kept"

    def ask(self, asked: Asked) -> int:
        with override_settings(RELEASE=self.name):  # of which no answer is kept
            return super().ask(asked)


def answer(client: Client, path: str, **params: str) -> Any:
    """The answer of an address, which must be 200."""
    response = client.get(path, params)
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")
    return response


class Tuned:
    """Four statements that a database's own users would write: ids by rank, totals, rows and passages of the ids."""

    name = "tuned SQL"
    vectors: ClassVar[Mapping[str, str]] = {
        "found": "SELECT rowid FROM fulltext_terms WHERE fulltext_terms MATCH %s",
        "phrase": "SELECT DISTINCT rowid >> 20 FROM fulltext_streams WHERE fulltext_streams MATCH %s",
    }

    def ask(self, asked: Asked) -> int:
        ids, counts, total = self.ranked(asked)
        with connection.cursor() as cursor:
            marks = ", ".join(map(str, ids)) or "NULL"
            cursor.execute(f"SELECT id, label_en, slug FROM records_entry WHERE id IN ({marks})")  # noqa: S608
            rows = {key: (title, slug) for key, title, slug in cursor.fetchall()}
            cursor.execute(
                f"SELECT record_id, text FROM fulltext_passage WHERE record_id IN ({marks})"  # noqa: S608
            )
            shown = best(cursor.fetchall(), asked)
        json.dumps([[*rows[key], shown.get(key)] for key in ids if key in rows] + [counts])
        return total

    def ranked(self, asked: Asked) -> tuple[list[int], Sequence[Any], int]:
        """The ids of the page, the facets and the total."""
        phrase = asked.sort != "prefix" and '"' in asked.text
        found, text = self.vectors["phrase" if phrase else "found"], self.expression(asked, phrase=phrase)
        with connection.cursor() as cursor:
            cursor.execute(self.order(phrase=phrase), [text])
            ids = [row[0] for row in cursor.fetchall()]
            cursor.execute(f"SELECT COUNT(*) FROM ({found}) AS found", [text])  # noqa: S608
            total = int(cursor.fetchone()[0])
            cursor.execute(
                "SELECT facet, value, COUNT(*) FROM fulltext_facetvalue "  # noqa: S608
                f"WHERE facet IN {FACETS} AND record_id IN ({found}) GROUP BY facet, value",
                [text],
            )
            return ids, cursor.fetchall(), total

    def order(self, *, phrase: bool) -> str:
        """The ids of the best; FTS5 sorts by `rank` itself."""
        if not phrase:
            return (
                f"SELECT rowid FROM fulltext_terms WHERE fulltext_terms MATCH %s ORDER BY rank LIMIT {PAGE}"  # noqa: S608
            )
        return (
            "SELECT DISTINCT id FROM (SELECT rowid >> 20 AS id FROM fulltext_streams "  # noqa: S608
            f"WHERE fulltext_streams MATCH %s ORDER BY rank LIMIT {10 * PAGE}) LIMIT {PAGE}"
        )

    def expression(self, asked: Asked, *, phrase: bool) -> str:
        """The question as the database's full text search reads it."""
        if asked.text.endswith("*"):
            return f'"={asked.words[0]}" *'
        terms = [stem(word) for word in asked.words]
        return f'"{" ".join(terms)}"' if phrase else " AND ".join(f'"{term}"' for term in terms)


class TunedOnPostgreSQL(Tuned):
    """The same on tsvector, over a table with the database's own weights."""

    made = """
        CREATE TABLE IF NOT EXISTS benchmark_terms AS
        SELECT record_id,
               string_agg(quote_literal(substr(lexeme, 2)) || ':1' || left(lexeme, 1), ' ')::tsvector AS vector
        FROM fulltext_terms, unnest(lettered) GROUP BY record_id;
        CREATE INDEX IF NOT EXISTS benchmark_terms_vector ON benchmark_terms USING gin (vector);
        ANALYZE benchmark_terms
    """
    vectors = {
        "found": "SELECT record_id FROM benchmark_terms WHERE vector @@ %s::tsquery",
        "phrase": "SELECT DISTINCT record_id FROM fulltext_streams WHERE vector @@ %s::tsquery",
    }

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.made)

    def order(self, *, phrase: bool) -> str:
        table = "fulltext_streams" if phrase else "benchmark_terms"
        return (
            f"SELECT record_id FROM {table}, CAST(%s AS tsquery) AS query "  # noqa: S608
            f"WHERE vector @@ query ORDER BY ts_rank(vector, query) DESC LIMIT {PAGE}"
        )

    def expression(self, asked: Asked, *, phrase: bool) -> str:
        if asked.text.endswith("*"):
            return f"'={asked.words[0]}':*"
        return (" <-> " if phrase else " & ").join(f"'{stem(word)}'" for word in asked.words)


def best(rows: Iterable[tuple[int, str]], asked: Asked) -> dict[int, str]:
    """Of each document the passage that holds most of the words, marked; words by their first letters."""
    words = re.compile("|".join(re.escape(stem(word)) + r"\w*" for word in asked.words), re.IGNORECASE)
    chosen: dict[int, tuple[int, str]] = {}
    for key, text in rows:
        number = len(words.findall(text))
        if number > chosen.get(key, (0, ""))[0]:
            chosen[key] = (number, text)
    return {key: words.sub(r"<mark>\g<0></mark>", escape(text)) for key, (_, text) in chosen.items()}


# -- a first version -----------------------------------------------------------------------------------------------


class _Found(serializers.ModelSerializer[Statement]):
    id = serializers.IntegerField(source="entry_id")
    passage = serializers.SerializerMethodField()

    class Meta:
        model = Statement
        fields = ("id", "title_en", "issued_on_min", "type", "passage")

    def get_passage(self, row: Statement) -> str | None:
        words = self.context["asked"].words
        found = Passage.objects.filter(statement=row, text__icontains=words[0]).first()
        return best([(row.pk, found.text)], self.context["asked"]).get(row.pk) if found else None


class _Pages(PageNumberPagination):
    page_size = PAGE


class Contains(generics.ListAPIView[Statement]):
    """Django REST framework's SearchFilter as its guide shows it, with the three facets as the ORM counts them."""

    queryset = Statement.objects.order_by("-issued_on_min", "pk")
    serializer_class = _Found
    pagination_class = _Pages
    renderer_classes = (JSONRenderer,)
    filter_backends = (SearchFilter,)
    search_fields = ("title_en", "title_ru", "passages__text")
    permission_classes = (AllowAny,)
    throttle_classes = ()

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "asked": Asked("", self.request.query_params["search"])}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        found = self.filter_queryset(self.get_queryset()).order_by()
        facets = {
            name: list(found.values_list(name).annotate(Count("pk")))
            for name in ("type", "issued_on_min__year", "speaker_state_id")
        }
        response.data["facets"] = {name: dict(Counter(dict(rows))) for name, rows in facets.items()}
        return response


class Naive:
    """That view, asked through the same middleware as the product."""

    name = "icontains"

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, asked: Asked) -> int:
        words = asked.text.replace("*", "")
        return int(answer(self.client, "/bare/search/", search=words).json()["count"])


# -- what a page costs at least ------------------------------------------------------------------------------------

_COLUMNS = [one.attname for one in Statement._meta.concrete_fields]


def bare_list(request: HttpRequest) -> JsonResponse:
    """A list as Django alone makes it: fifty rows, their ids, the total."""
    rows = Statement.objects.filter(entry__visibility="public").order_by("-issued_on_min", "-pk")
    values = rows.values(*_COLUMNS, "entry__slug", "entry__changed_at")
    return JsonResponse({"count": rows.count(), "results": [_row(row) for row in values[:50]]})


def bare_record(request: HttpRequest, slug: str) -> JsonResponse:
    """A record as Django alone makes it: its row and its passages."""
    row = Statement.objects.filter(entry__slug=slug).values(*_COLUMNS, "entry__slug").get()
    passages = Passage.objects.filter(statement_id=row["entry_id"]).order_by("order")
    return JsonResponse({**_row(row), "passages": list(passages.values("anchor", "text"))})


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if name == "issued_on" else value for name, value in row.items()}
