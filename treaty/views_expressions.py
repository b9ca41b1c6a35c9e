"""Instruments as texts of their own: Akoma Ntoso and plain text, as of a day and in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path

from cstokb.listing import clocks
from cstokb.listing.ask import Ask
from cstokb.listing.clocks import Clocks
from cstokb.listing.errors import BadQuestion
from cstokb.listing.pages import ConditionalView
from cstokb.listing.record_pages import ID, unknown_parameter
from treaty.akomantoso import builder, meta
from treaty.documents import Document, document
from treaty.listings import INSTRUMENTS
from treaty.page_parts import language_asked
from treaty.plain import MEDIA_TYPE as PLAIN
from treaty.plain import text
from treaty.views import row_at

#: Formats of a text, by suffix: how they are written, and their media type.
WRITERS: dict[str, tuple[Callable[[Document], bytes | str], str]] = {
    "xml": (builder.act, f"{meta.MEDIA_TYPE}; charset=utf-8"),
    "txt": (text, PLAIN),
}
_FORMS = "|".join(WRITERS)


class InstrumentText(ConditionalView):
    """An instrument in a format for texts, as of the day and in the language that are asked for."""

    parameters = ("lang", "on", "known_on")

    @classmethod
    def clocks(cls) -> Clocks:
        return clocks.BOTH

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        refuse_others(ask, self.parameters)
        return response(self.document(ask, **kwargs), form)

    def document(self, ask: Ask, **kwargs: Any) -> Document:
        """The instrument that the address names."""
        row = row_at(INSTRUMENTS, str(kwargs["id"]), ask)
        line = INSTRUMENTS.lines([row], ask, details=True)[0]
        return document(ask, row, line, language_asked(ask))

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of an instrument with a suffix."""
        return [re_path(rf"^treaties/{ID}\.(?P<form>{_FORMS})$", cls.as_view(), name="instrument-text")]


def response(of: Document, form: str) -> HttpResponse:
    """A text in a format, with the canonical address of its expression."""
    write, media_type = WRITERS[form]
    made = HttpResponse(write(of), content_type=media_type)
    made["Content-Language"] = of.language
    made["Link"] = f'<{of.site}{of.address(f".{form}")}>; rel="canonical"'
    return made


def refuse_others(ask: Ask, known: tuple[str, ...]) -> None:
    """Refuse days that cannot be read and parameters that nobody reads. Raises BadQuestion."""
    ask.require_days()
    others = [name for name in ask.params if name not in known]
    if others:
        raise BadQuestion(faults=[unknown_parameter(name, ask, known) for name in others])
