"""Pages of travelling formulas: the list of them, and two statements passage by passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from cstokb.listing.ask import Ask
from cstokb.listing.clocks import Clocks, Day
from cstokb.listing.export import to_csv
from cstokb.listing.frame import frame
from cstokb.listing.pages import ListingPage
from cstokb.listing.schema import query_parameter
from cstokb.listing.services import NULL_WORD, WORD, ServiceView, listed, of_objects
from cstokb.records.choices import Language
from statements.formulas import compare
from statements.formulas.alignment import Outcome
from statements.formulas.listings import FORMULAS
from statements.listings import STATEMENTS
from treaty.compare_question import Reader, Said, record_row
from treaty.page_parts import with_time
from treaty.views_compare import CompareView


class FormulaList(ListingPage):
    """Passages by what they do with earlier texts."""

    listing = FORMULAS


def two_of(reader: Reader, *, required: bool) -> tuple[compare.Two | None, str]:
    """The two statements that a question names, and the language asked for; None until both are named."""
    language = reader.language("lang", reader.ask.language)
    for name in ("a", "b"):
        if required and not reader.text(name):
            reader.refuse(name, "", "required", _("Name a statement, for example 2022-05-16-anniversary."))
    said = Said(
        _("No statement has this id; ids look like 2022-05-16-anniversary."),
        _("No statement has this id. The nearest is %(id)s."),
    )
    a, b = (record_row(reader, name, STATEMENTS, said, below="statements") for name in ("a", "b"))
    reader.require_sound()
    return (compare.Two.of(reader.ask, a, b, language) if a and b else None), language


class StatementsCompare(CompareView):
    """Two statements: repeated, altered, new, dropped; a form until both are named."""

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address, and those of JSON and CSV."""
        view = cls.as_view()
        return [
            re_path(r"^statements/compare/$", view, name="compare-statements"),
            re_path(r"^statements/compare\.(?P<form>json|csv)$", view, name="compare-statements-as"),
        ]

    @classmethod
    def clocks(cls) -> Clocks:
        return Clocks(Day.REFUSED, known_on=True)

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        response = super().answer(request, ask, form, **kwargs)
        if form != "csv":
            return response
        two, _language = two_of(Reader(ask), required=True)
        rows = compare.rows(two) if two else iter(())
        return StreamingHttpResponse(
            to_csv(compare.CSV, rows, {}),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="comparison.csv"'},
        )

    def parameters(self, reader: Reader) -> Sequence[str]:
        return ("a", "b", "lang")

    def page(self, reader: Reader, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        ask = reader.ask
        two, language = two_of(reader, required=False)
        given = {name: reader.text(name) for name in ("a", "b")}
        asked = ask.params.urlencode()
        formats = [
            {"url": f"{ask.localised('/statements/compare')}.{suffix}?{asked}", "label": suffix.upper()}
            for suffix in ("json", "csv")
        ]
        return "statements/compare.html", {
            **frame(ask, compare.PATH),
            "crumbs": [
                {"label": str(STATEMENTS.title), "url": with_time(ask, STATEMENTS.path)},
                {"label": _("Compare two statements"), "url": compare.PATH},
            ],
            "given": given,
            "keep": [(name, ask.params[name]) for name in ("lang", "known_on") if ask.params.get(name)],
            "page_url": ask.localised(compare.PATH),
            "formats": formats if two else [],
            **(compare.context(two, language) if two else compare.empty_context(given)),
        }

    def record(self, reader: Reader, **kwargs: Any) -> dict[str, Any]:
        two, _language = two_of(reader, required=True)
        return compare.record(two) if two else {}


_SIDE = of_objects(
    {
        "id": WORD,
        "title_en": WORD,
        "title_ru": NULL_WORD,
        "issued_on": NULL_WORD,
        "html_url": WORD,
        "held": {"type": "boolean"},
        "languages_held": listed(WORD),
        "summary_en": NULL_WORD,
        "summary_ru": NULL_WORD,
        "summary_basis": NULL_WORD,
    }
)
_PIECES: dict[str, Any] = {
    "type": ["array", "null"],
    "items": of_objects({"kind": {"type": "string", "enum": ["kept", "deleted", "inserted"]}, "text": WORD}),
}
_WHOLE: dict[str, Any] = {"type": "integer"}


class ComparisonView(ServiceView):
    """Two statements passage by passage, as on the page of comparison."""

    name = "statement-comparison"
    described = (
        query_parameter("a", WORD, "The id of the earlier statement.") | {"required": True},
        query_parameter("b", WORD, "The id of the later one.") | {"required": True},
        query_parameter(
            "lang",
            {"type": "string", "enum": list(Language.values)},
            "The language to compare, where both are held in it.",
        ),
        query_parameter(
            "known_on", WORD, "What the knowledge base said at a moment, or at the end of a day (UTC)."
        ),
    )
    answer_schema = of_objects(
        {
            "lang": NULL_WORD,
            "notices": listed(of_objects({"title": WORD, "text": WORD})),
            "a": _SIDE,
            "b": _SIDE,
            "counts": of_objects({outcome.value: _WHOLE for outcome in Outcome}),
            "passages": listed(
                of_objects(
                    {
                        "outcome": {"type": "string", "enum": [outcome.value for outcome in Outcome]},
                        "a": NULL_WORD,
                        "b": NULL_WORD,
                        "likeness": {"type": ["integer", "null"]},
                        "a_text": NULL_WORD,
                        "b_text": NULL_WORD,
                        "redline": _PIECES,
                    }
                )
            ),
        }
    )

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        ask.require_days()
        two, _language = two_of(Reader(ask), required=True)
        return Response(compare.record(two) if two else {})


VIEWS = (ComparisonView,)
