"""Instruments as texts of their own, and lasting addresses of expressions: a day and a language in the path."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _

from cstokb.listing import clocks
from cstokb.listing.ask import Ask
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Asked
from cstokb.listing.clocks import Clocks, Day
from cstokb.listing.conditional import ConditionalView
from cstokb.listing.errors import BadQuestion, Fault, Moved, NothingHere
from cstokb.listing.frame import frame
from cstokb.listing.listing import Line
from cstokb.listing.record_pages import ID, aside, unknown_parameter
from cstokb.records.choices import Language
from treaty import document_json, linked_data, page_expression
from treaty.akomantoso import builder, meta
from treaty.documents import Document, document
from treaty.editions import Edition, edition_on, expression_path
from treaty.listings import INSTRUMENTS, PROVISIONS
from treaty.page_instrument import Whole
from treaty.page_parts import language_asked
from treaty.page_provision import Single
from treaty.plain import MEDIA_TYPE as PLAIN
from treaty.plain import text
from treaty.values import editions_of
from treaty.views import PROVISION_ID, InstrumentPage, row_at


def _json(of: Document) -> str:
    return json.dumps(document_json.record(of), ensure_ascii=False, separators=(",", ":"))


#: Formats of a text, by suffix: how they are written, and their media type.
WRITERS: dict[str, tuple[Callable[[Document], bytes | str], str]] = {
    "xml": (builder.act, f"{meta.MEDIA_TYPE}; charset=utf-8"),
    "json": (_json, "application/json"),
    "txt": (text, PLAIN),
}
#: The path says the day.
_CLOCKS = Clocks(Day.REFUSED, known_on=True)
_LANGUAGES = "|".join(Language.values)
_DAY = r"(?P<on>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_EXPRESSION = rf"^treaties/{ID}/{_DAY}/(?P<lang>{_LANGUAGES})"


class InstrumentText(ConditionalView):
    """An instrument in a format for texts, as of the day and in the language that are asked for."""

    parameters: ClassVar[tuple[str, ...]] = ("lang", "on", "known_on")

    @classmethod
    def clocks(cls) -> Clocks:
        return clocks.BOTH

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        self.require_known(request, ask)
        return response(self.document(ask, **kwargs), form)

    def require_known(self, request: HttpRequest, ask: Ask) -> None:
        """Refuse days that cannot be read and parameters that nobody reads. Raises BadQuestion."""
        ask.require_days()
        others = [name for name in request.GET if name not in self.parameters]
        if others:
            raise BadQuestion(faults=[unknown_parameter(name, ask, self.parameters) for name in others])

    def document(self, ask: Ask, **kwargs: Any) -> Document:
        """The instrument that the address names."""
        return self.told(ask, row_at(INSTRUMENTS, str(kwargs["id"]), ask))

    def told(self, ask: Ask, row: dict[str, Any]) -> Document:
        """The instrument of a row."""
        line = INSTRUMENTS.lines([row], ask, details=True)[0]
        return document(ask, row, line, language_asked(ask))

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of an instrument with a suffix; JSON is the record, which has an address of its own."""
        return [re_path(rf"^treaties/{ID}\.(?P<form>xml|txt)$", cls.as_view(), name="instrument-text")]


class ProvisionPortion(InstrumentText):
    """One provision as a portion of its instrument, in Akoma Ntoso."""

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        self.require_known(request, ask)
        row = row_at(PROVISIONS, str(kwargs["id"]), ask)
        of = self.whole(ask, row["instrument_id"])
        found = next((one for one in of.all() if one.id == row["entry__slug"]), None)
        if found is None:
            raise NothingHere(_("Nothing stands at this address."))
        made = HttpResponse(builder.portion(of, found), content_type=WRITERS["xml"][1])
        made["Content-Language"] = of.language
        return made

    def whole(self, ask: Ask, key: int) -> Document:
        """The instrument of which it is a part. Raises NothingHere for one of another body, which has no text here."""
        row = INSTRUMENTS.fetch(INSTRUMENTS.rows(ask).filter(entry_id=key), details=True).first()
        if row is None:
            raise NothingHere(_("Nothing stands at this address."))
        return self.told(ask, row)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of a provision with a suffix."""
        return [re_path(rf"^treaties/{PROVISION_ID}\.(?P<form>xml)$", cls.as_view(), name="provision-text")]


class LinkedData(InstrumentText):
    """An instrument or a provision as JSON-LD: what the head of its page says too."""

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        self.require_known(request, ask)
        listing = PROVISIONS if "/" in str(kwargs["id"]) else INSTRUMENTS
        row = row_at(listing, str(kwargs["id"]), ask)
        line = listing.lines([row], ask, details=True)[0]
        language = language_asked(ask)
        if listing is PROVISIONS:
            record = linked_data.provision(Single.of(ask, row, line), language)
        else:
            edition = edition_on(editions_of(row, ask), ask.day)
            record = linked_data.instrument(Whole.of(ask, row, line), edition, language)
        told = {"ensure_ascii": False}
        return JsonResponse(record, content_type=linked_data.MEDIA_TYPE, json_dumps_params=told)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses of instruments and provisions with the suffix."""
        view = cls.as_view()
        return [
            re_path(rf"^treaties/{one}\.(?P<form>jsonld)$", view, name=name)
            for one, name in ((ID, "instrument-linked"), (PROVISION_ID, "provision-linked"))
        ]


class ExpressionText(InstrumentText):
    """The expression of a day in a language, in a format."""

    parameters = ("known_on",)

    @classmethod
    def clocks(cls) -> Clocks:
        return _CLOCKS

    def question(self, request: HttpRequest, **kwargs: Any) -> Ask:
        return _asked(request, **kwargs)

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        require_sound(request, ask)
        return super().answer(request, ask, form, **kwargs)

    def document(self, ask: Ask, **kwargs: Any) -> Document:
        found = super().document(ask, **kwargs)
        require_edition(found.edition)
        return found

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of an expression with a suffix."""
        forms = "|".join(WRITERS)
        return [re_path(rf"{_EXPRESSION}\.(?P<form>{forms})$", cls.as_view(), name="expression-text")]


class ExpressionPage(InstrumentPage):
    """The instrument read on the day and in the language that stand in the path.

    A day on which nothing began reads like the day before; the canonical address is that of the day on which it began.
    """

    template_name = "treaty/expression.html"
    parameters = ("lang", "on")

    @classmethod
    def clocks(cls) -> Clocks:
        return _CLOCKS

    @classmethod
    def urls(cls, pattern: str = ID) -> list[URLPattern]:
        return [re_path(rf"{_EXPRESSION}/$", cls.as_view(), name="expression")]

    def question(self, request: HttpRequest, **kwargs: Any) -> Ask:
        return _asked(request, **kwargs)

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        require_sound(request, ask)
        return super().answer(request, ask, form, **kwargs)

    def cited(self, ask: Ask, path: str, place: str, **kwargs: Any) -> Cited:
        if "on" in ask.faults:
            raise NothingHere(_("There is no such day."))
        return super().cited(ask, path, place, **kwargs)

    def citation(self, ask: Ask, row: dict[str, Any], line: Line, asked_for: Asked, place: str) -> Cited:
        require_edition(edition_on(editions_of(row, ask), ask.day))
        # The path says the day, so that no parameter of the address does.
        return replace(super().citation(ask, row, line, asked_for, place), on=ask.on)

    def page(
        self, request: HttpRequest, ask: Ask, row: dict[str, Any], set_aside: Sequence[str]
    ) -> HttpResponseBase:
        edition = require_edition(edition_on(editions_of(row, ask), ask.day))
        answered = super().page(request, ask, row, set_aside)
        address = frame(ask, _canonical(row, edition, ask))["canonical_url"]
        answered["Link"] = f'<{address}>; rel="canonical"'
        return answered

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        found = editions_of(row, ask)
        edition = require_edition(edition_on(found, ask.day))
        made = super().context(ask, row, line)
        return {
            **made,
            **frame(ask, _canonical(row, edition, ask)),
            **page_expression.context(ask, line, edition, found),
            # Another day is asked of the work; here the address says the day.
            "asof": {**made["asof"], "action": ask.localised(row["entry__path"])},
        }


class DayOfInstrument(ConditionalView):
    """A day without a language leads to the English text, as everywhere where no language is named."""

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        aside(ask, (), strict=True)
        row = row_at(INSTRUMENTS, str(kwargs["id"]), ask)
        raise Moved(ask.localised(f"{row['entry__path']}{kwargs['on']}/{Language.ENGLISH.value}/"))

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of a day."""
        return [re_path(rf"^treaties/{ID}/{_DAY}/$", cls.as_view(), name="instrument-day")]


def response(of: Document, form: str) -> HttpResponse:
    """A text in a format, with the canonical address of its expression."""
    write, media_type = WRITERS[form]
    made = HttpResponse(write(of), content_type=media_type)
    made["Content-Language"] = of.language
    made["Link"] = f'<{of.site}{of.address(f".{form}")}>; rel="canonical"'
    return made


def _asked(request: HttpRequest, **kwargs: Any) -> Ask:
    return Ask.of(request, on=str(kwargs["on"]), lang=str(kwargs["lang"]))


def require_sound(request: HttpRequest, ask: Ask) -> None:
    """Refuse a path that names no day, and parameters that say again what the path says.

    Raises:
        NothingHere: for a day that is in no calendar.
        BadQuestion: for ``on`` or ``lang`` beside the path.
    """
    detail = _("The address itself says this.")
    twice = [
        Fault(name, request.GET[name][:200], "unknown_parameter", detail, ["known_on"])
        for name in ("on", "lang")
        if name in request.GET
    ]
    if twice:
        raise BadQuestion(faults=twice)
    if "on" in ask.faults:
        raise NothingHere(_("There is no such day."))


def require_edition(edition: Edition | None) -> Edition:
    """The expression of the day. Raises NothingHere for a day before the instrument was signed."""
    if edition is None:
        raise NothingHere(_("The instrument was not signed yet on this day, so that it had no text."))
    return edition


def _canonical(row: Mapping[str, Any], edition: Edition, ask: Ask) -> str:
    """The address of the text that is shown: the day on which it began, and the language in which it is held."""
    language = language_asked(ask)
    held = edition.languages or (Language.ENGLISH.value,)
    if language not in held:
        language = Language.ENGLISH.value if Language.ENGLISH in held else held[0]
    return expression_path(row["entry__slug"], edition, language)
