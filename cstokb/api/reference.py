"""The API's description: OpenAPI for machines, and pages made from it for readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from cstokb.listing.api import ApiView, refuse_unknown
from cstokb.listing.ask import Ask
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Titled
from cstokb.listing.clocks import NONE, Clocks
from cstokb.listing.conditional import ConditionalView
from cstokb.listing.errors import NothingHere
from cstokb.listing.frame import frame

Schema = Mapping[str, Any]
BASE = "/api/v1/"
DOCS = f"{BASE}docs/"


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document of this release, ``openapi`` first; made once a process, in English."""
    with translation.override("en"):
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        made = cast("dict[str, Any]", generator.get_schema(request=None, public=True))  # type: ignore[no-untyped-call]
    return {"openapi": made.pop("openapi"), **made}


class YamlRenderer(OpenApiYamlRenderer):
    """YAML under its common media type and suffix."""

    media_type = "application/yaml"
    format = "yaml"


class OpenApiRenderer(JSONRenderer):
    """JSON under OpenAPI's own media type."""

    media_type = "application/vnd.oai.openapi+json"
    format = "openapi"


class SchemaView(ApiView):
    """The OpenAPI document: JSON, or YAML where that is asked for."""

    schema = None
    renderer_classes = (JSONRenderer, OpenApiRenderer, YamlRenderer)

    @classmethod
    def clocks(cls, *actions: str) -> Clocks:
        """Neither."""
        return NONE

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """The document, or 304."""
        return self.conditional(request, lambda ask: self._answer(request, ask))

    def _answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        refuse_unknown(ask, ("format",))
        media_type = f"{request.accepted_renderer.media_type}; charset=utf-8"
        if request.accepted_renderer.format == "yaml":
            text = YamlRenderer().render(document(), renderer_context={})  # type: ignore[no-untyped-call]
            return HttpResponse(text, content_type=media_type)
        return HttpResponse(json.dumps(document(), ensure_ascii=False), content_type=media_type)


# -- pages for readers ---------------------------------------------------------------------------------------------


class ReferencePage(ConditionalView):
    """The reference: what there is, and for each address what it reads and what it answers."""

    @classmethod
    def clocks(cls) -> Clocks | None:
        """A page that reads no question."""
        return None

    def titled(self, ask: Ask, **kwargs: Any) -> Titled:
        name = str(kwargs.get("name", ""))
        if name and name not in grouped():
            raise NothingHere(_("Nothing stands at this address."))
        return Titled(" · ".join(one for one in (name, _("API reference")) if one), tuple(ask.params))

    def cited(self, ask: Ask, path: str, place: str, **kwargs: Any) -> Cited:
        made = super().cited(ask, path, place, **kwargs)
        # The reference stands in English alone.
        return replace(made, url_ru=made.url)

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        name = str(kwargs.get("name", ""))
        parts = grouped()
        if name and name not in parts:
            raise NothingHere(_("Nothing stands at this address."))
        context = {
            **frame(ask, ask.path),
            "alternates": [],
            "alternate_url": "/ru/data/",
            "part": name,
            "operations": [_operation(path, one) for path, one in parts.get(name, ())],
            "entries": [_entry(part, parts[part]) for part in parts if part],
            "crumbs": [{"label": "API", "url": DOCS}, {"label": name, "url": ask.path}] if name else [],
        }
        return render(request, "api/part.html" if name else "api/reference.html", context)


def grouped() -> dict[str, list[tuple[str, Schema]]]:
    """The operations by the first word of their address."""
    parts: dict[str, list[tuple[str, Schema]]] = {}
    for path, methods in document()["paths"].items():
        word = path.removeprefix(BASE).partition("/")[0]
        parts.setdefault(word, []).append((path, methods["get"]))
    return parts


def _entry(name: str, operations: Sequence[tuple[str, Schema]]) -> dict[str, Any]:
    text = str(operations[0][1].get("description", "")).strip()
    return {"url": f"{DOCS}{name}/", "label": name, "text": _marked(text.partition("\n")[0])}


def _marked(text: str) -> SafeString:
    """A description, whose names stand between double backticks as in docstrings, for a page."""
    return SafeString(_NAMED.sub(r"<code>\1</code>", conditional_escape(text)))


_NAMED = re.compile(r"``(.+?)``")


def _operation(path: str, operation: Schema) -> dict[str, Any]:
    answer, asked = operation["responses"]["200"].get("content", {}), operation.get("parameters", ())
    return {
        "path": path,
        "id": operation["operationId"],
        "text": _marked(str(operation.get("description", "")).strip()),
        "example": example_of(path, operation),
        "parameters": _table(
            _("What it reads"),
            (_("Parameter"), _("Takes"), _("Meaning")),
            [
                (one["name"], _shape(one["schema"], _("any of: %(shape)s")), one.get("description", ""))
                for one in asked
            ],
        ),
        "answer": _table(
            _("What it answers"),
            (_("Member"), _("Is"), _("Meaning")),
            list(_members(answer.get("application/json", {}).get("schema", {}))),
        ),
        "formats": ", ".join(answer),
    }


def example_of(path: str, operation: Schema) -> str:
    """The address with a question that it answers; empty where one must be thought of."""
    if question := operation.get("x-example"):
        return f"{path}?{question}"
    needs = any(one.get("required") for one in operation.get("parameters", ()))
    return "" if needs or "{" in path else path


def _table(caption: str, heads: Sequence[str], rows: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    return {
        "caption": caption,
        "caption_hidden": True,
        "columns": [{"label": head} for head in heads],
        "rows": [[{"text": _marked(cell)} for cell in row] for row in rows],
    }


def _members(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """The members of a record: those of one result where the answer is a list."""
    found = _resolved(schema)
    results = found.get("properties", {}).get("results")
    item = _resolved(results["items"]) if results else found
    item = _resolved(item["items"]) if item.get("type") == "array" else item
    for name, one in item.get("properties", {}).items():
        yield name, _shape(one, _("list of: %(shape)s")), str(one.get("description", "")).partition("\n")[0]


def _resolved(schema: Schema) -> Schema:
    while "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


#: Words of a vocabulary that are named; of a longer one the first few.
MOST_WORDS = 12


def _shape(schema: Schema, several: str) -> str:
    """What a value is, in a few words; ``several`` says what a list of such values is."""
    if "oneOf" in schema or "anyOf" in schema or "allOf" in schema:
        choices = schema.get("oneOf") or schema.get("anyOf") or schema["allOf"]
        return " | ".join(dict.fromkeys(_shape(one, several) for one in choices))
    schema = _resolved(schema)
    if "enum" in schema:
        words = [str(word) for word in schema["enum"] if word is not None]
        return " | ".join(words[:MOST_WORDS]) + (" | …" if len(words) > MOST_WORDS else "")
    if schema.get("type") == "array":
        return several % {"shape": _shape(schema.get("items", {}), several)}
    kind = schema.get("type", "")
    kinds = kind if isinstance(kind, list) else [kind]
    return " | ".join([str(schema.get("format") or one) if one == "string" else str(one) for one in kinds])
