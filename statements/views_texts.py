"""Statements as texts of their own: Akoma Ntoso, plain text, linked data; and how a statement or passage is cited."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path

from cstokb.listing.ask import Ask
from cstokb.listing.citation import FORMATS as CITATIONS
from cstokb.listing.clocks import Clocks, Day
from cstokb.listing.conditional import ConditionalView
from cstokb.listing.evidence import Beside
from cstokb.listing.listing import Line
from cstokb.listing.record_pages import ID, aside, row_of
from statements import akomantoso, linked_data, plain
from statements.documents import StatementDocument, cited, document, require_passage
from statements.listings import STATEMENTS
from treaty.akomantoso.meta import MEDIA_TYPE as AKN
from treaty.page_parts import language_asked
from treaty.plain import MEDIA_TYPE as PLAIN


def _linked(of: StatementDocument) -> str:
    return json.dumps(linked_data.statement(of), ensure_ascii=False)


#: Formats of a statement, by suffix: how they are written, and their media type.
WRITERS: dict[str, tuple[Callable[[StatementDocument], bytes | str], str]] = {
    "xml": (akomantoso.statement, f"{AKN}; charset=utf-8"),
    "txt": (plain.text, PLAIN),
    "jsonld": (_linked, linked_data.MEDIA_TYPE),
}
_CLOCKS = Clocks(Day.REFUSED, known_on=True)


class StatementText(ConditionalView):
    """A statement in a format for texts, in the language that is asked for."""

    parameters: ClassVar[tuple[str, ...]] = ("lang",)

    @classmethod
    def clocks(cls) -> Clocks:
        return _CLOCKS

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        ask.require_days()
        aside(ask, (*self.parameters, "known_on"), strict=True)
        Beside.kept(ask)
        row = row_of(STATEMENTS, str(kwargs["id"]), ask)
        line = STATEMENTS.lines([row], ask, details=True)[0]
        return self.written(ask, row, line, form)

    def written(self, ask: Ask, row: dict[str, Any], line: Line, form: str) -> HttpResponse:
        """The text in a format."""
        of = document(ask, row, line, language_asked(ask))
        write, media_type = WRITERS[form]
        made = HttpResponse(write(of), content_type=media_type)
        made["Content-Language"] = of.language
        return made

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of a statement with a suffix; JSON is the record, which has an address of its own."""
        forms = "|".join(WRITERS)
        return [re_path(rf"^statements/{ID}\.(?P<form>{forms})$", cls.as_view(), name="statement-text")]


class StatementCitation(StatementText):
    """How a statement is cited, or the passage of it that is named, for programs that keep references."""

    parameters = ("passage",)

    def written(self, ask: Ask, row: dict[str, Any], line: Line, form: str) -> HttpResponse:
        pin = require_passage(row, ask.params.get("passage", ""), ask)
        write, media_type, _label = CITATIONS[form]
        return HttpResponse(write(cited(line, ask, pin)), content_type=media_type)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of a statement with the suffix of a format."""
        forms = "|".join(CITATIONS)
        return [re_path(rf"^statements/{ID}\.(?P<form>{forms})$", cls.as_view(), name="statement-citation")]
