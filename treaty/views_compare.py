"""Pages of comparison: an instrument between two days or in two languages, and two provisions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _

from cstokb.listing import clocks
from cstokb.listing.ask import Ask
from cstokb.listing.citing import Titled
from cstokb.listing.clocks import Clocks
from cstokb.listing.conditional import HTML, ConditionalView
from cstokb.listing.errors import BadQuestion
from cstokb.listing.filterset import NEVER_SET_ASIDE
from cstokb.listing.frame import frame
from cstokb.listing.record_pages import ID, aside, unknown_parameter
from treaty import compare_json, page_compare, page_languages, page_two
from treaty.compare_days import Compared
from treaty.compare_question import Reader, provision_row, span
from treaty.listings import INSTRUMENTS
from treaty.page_parts import own, with_time
from treaty.views import row_at

TIME = ("on", "known_on")
REDLINE = "redline"


class CompareView(ConditionalView):
    """A comparison as a page, and as JSON under the same address with ``.json``."""

    @classmethod
    def clocks(cls) -> Clocks:
        return clocks.BOTH

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        ask.require_days()
        reader = Reader(ask)
        known = (*self.parameters(reader), *self.clocks().taken)
        set_aside = [name for name in ask.params if name not in known]
        never = [name for name in set_aside if form != HTML or name in NEVER_SET_ASIDE]
        if never:
            unknown = [unknown_parameter(name, ask, known) for name in never]
            raise BadQuestion(faults=[*reader.faults.values(), *unknown])
        if form != HTML:
            return JsonResponse(self.record(reader, **kwargs), json_dumps_params={"ensure_ascii": False})
        template, context = self.page(reader, **kwargs)
        more = {"set_aside": set_aside, "clean_url": _without(ask, set_aside), "ask": ask}
        return render(request, template, {**context, **more})

    def titled(self, ask: Ask, **kwargs: Any) -> Titled:
        ask.require_days()
        reader = Reader(ask)
        known = (*self.parameters(reader), *self.clocks().taken)
        set_aside = aside(ask, known, strict=False)
        return Titled(self.page(reader, **kwargs)[1]["title"], set_aside)

    def parameters(self, reader: Reader) -> Sequence[str]:
        """The names that the address knows beside the two clocks, in the view that is asked for."""
        raise NotImplementedError

    def page(self, reader: Reader, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        """The template of the page and its context."""
        raise NotImplementedError

    def record(self, reader: Reader, **kwargs: Any) -> dict[str, Any]:
        """The same as JSON."""
        raise NotImplementedError


def _without(ask: Ask, names: Sequence[str]) -> str:
    rest = ask.params.copy()
    for name in names:
        rest.pop(name, None)
    return f"{ask.path}?{rest.urlencode()}" if rest else ask.path


class InstrumentCompare(CompareView):
    """An instrument between two days (``view=redline``), or in two languages on one (``view=languages``)."""

    views = (REDLINE, page_languages.VIEW)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address below the instrument's; of the JSON too."""
        view = cls.as_view()
        return [
            re_path(rf"^treaties/{ID}/compare/$", view, name="compare"),
            re_path(rf"^treaties/{ID}/compare\.(?P<form>json)$", view, name="compare-as"),
        ]

    def parameters(self, reader: Reader) -> Sequence[str]:
        if self._view(reader) == page_languages.VIEW:
            return ("view", "lang", "with")
        return ("view", "lang", "from", "to")

    def page(self, reader: Reader, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        if self._view(reader) == page_languages.VIEW:
            bilingual = self._languages(reader, kwargs["id"])
            template, row, context = (
                "treaty/compare_languages.html",
                bilingual.row,
                page_languages.context(bilingual),
            )
        else:
            told = self._redline(reader, kwargs["id"])
            template, row, context = "treaty/compare.html", told.row, page_compare.context(told)
        return template, {**_surroundings(reader.ask, row), **context}

    def record(self, reader: Reader, **kwargs: Any) -> dict[str, Any]:
        if self._view(reader) == page_languages.VIEW:
            return page_languages.record(self._languages(reader, kwargs["id"]))
        return compare_json.record(self._redline(reader, kwargs["id"]))

    def _view(self, reader: Reader) -> str:
        return reader.word("view", self.views, REDLINE)

    def _redline(self, reader: Reader, public_id: str) -> Compared:
        language, (first, last) = reader.language("lang", "en"), span(reader)
        reader.require_sound()
        return Compared.of(reader.ask, instrument_row(reader.ask, public_id), language, first, last)

    def _languages(self, reader: Reader, public_id: str) -> page_languages.InLanguages:
        left = reader.language("lang", "en")
        right = reader.language("with", "en" if left == "ru" else "ru")
        reader.require_sound()
        return page_languages.InLanguages.of(reader.ask, instrument_row(reader.ask, public_id), left, right)


def instrument_row(ask: Ask, public_id: str) -> dict[str, Any]:
    """The row of the instrument below whose address a comparison stands; raises like ``row_at``."""
    return row_at(INSTRUMENTS, public_id, ask, below="compare/")


def _surroundings(ask: Ask, row: Mapping[str, Any]) -> dict[str, Any]:
    """The frame, crumbs and formats of a comparison below an instrument."""
    path = f"{row['entry__path']}compare/"
    asked = ask.params.urlencode()
    bare = ask.localised(path).rstrip("/")
    return {
        **frame(ask, path),
        "kind": _("Comparison"),
        "crumbs": [
            {"label": str(INSTRUMENTS.title), "url": with_time(ask, INSTRUMENTS.path)},
            {"label": own(row, "entry__label", ask), "url": with_time(ask, row["entry__path"])},
            {"label": _("Compare"), "url": path},
        ],
        "page_url": ask.localised(path),
        "formats": [{"url": f"{bare}.json{f'?{asked}' if asked else ''}", "label": "JSON"}],
    }


class ProvisionsCompare(CompareView):
    """Any two provisions on a day, side by side or word by word; a form until both are named."""

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address, and that of the JSON."""
        view = cls.as_view()
        return [
            re_path(r"^treaties/compare/$", view, name="compare-provisions"),
            re_path(r"^treaties/compare\.(?P<form>json)$", view, name="compare-provisions-as"),
        ]

    def parameters(self, reader: Reader) -> Sequence[str]:
        return ("a", "b", "lang", "view")

    def page(self, reader: Reader, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        ask = reader.ask
        two, view, language = self._two(reader)
        given = [(name, reader.text(name)) for name in ("a", "b")]
        context = page_two.context(two, view, language) if two else page_two.empty_context(ask, given)
        return "treaty/compare_provisions.html", {
            **frame(ask, page_two.PATH),
            "crumbs": [
                {"label": str(INSTRUMENTS.title), "url": with_time(ask, INSTRUMENTS.path)},
                {"label": _("Compare two provisions"), "url": page_two.PATH},
            ],
            "given": dict(given),
            "keep": [(name, ask.params[name]) for name in ("lang", "view", *TIME) if ask.params.get(name)],
            "page_url": ask.localised(page_two.PATH),
            "formats": [
                {
                    "url": f"{ask.localised('/treaties/compare.json')}?{ask.params.urlencode()}",
                    "label": "JSON",
                }
            ]
            if two
            else [],
            **context,
        }

    def record(self, reader: Reader, **kwargs: Any) -> dict[str, Any]:
        for name in ("a", "b"):
            if not reader.text(name):
                reader.refuse(name, "", "required", _("Name a provision, for example cst/art-4."))
        two, view, _language = self._two(reader)
        return page_two.record(two, view) if two else {}

    def _two(self, reader: Reader) -> tuple[page_two.Two | None, str, str]:
        view = reader.word("view", page_two.VIEWS, page_two.SIDE_BY_SIDE)
        language = reader.language("lang", "en")
        a, b = provision_row(reader, "a"), provision_row(reader, "b")
        reader.require_sound()  # in JSON both are required, so that two are there from here on
        two = page_two.Two.of(reader.ask, a, b, language) if a and b else None
        return two, view, language
