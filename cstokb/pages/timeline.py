"""The timeline of the Organization: what happened, drawn on the one time scale, as a table, and in other formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _

from cstokb.dates import InvalidDate, bound_day
from cstokb.listing.ask import Ask
from cstokb.listing.conditional import HTML
from cstokb.listing.export import FORMATS
from cstokb.listing.frame import frame
from cstokb.listing.plain_table import plain_table
from cstokb.listing.record_pages import aside
from cstokb.pages.events import Event, EventKind, Wish, events
from cstokb.pages.plain import PlainPage
from cstokb.records import naming
from cstokb.records.naming import Wanted
from members.models import MembershipPeriod, Organ, State
from summits.facts import sentence
from treaty.compare_question import Reader

KEYS = ("kind", "type", "id", "label_en", "label_ru", "on", "until", "html_url")
SUFFIXES = ("csv", "json", "ndjson")
#: Rows of the table on one page of it.
SHOWN = 100
#: How lanes of the ruler are filled.
FILLS = {EventKind.OPERATION: "member", EventKind.EXERCISE: "text2"}


class Timeline(PlainPage):
    """Sessions, accessions, withdrawals, texts, operations, by day; with ``on`` up to that day."""

    path = "/timeline/"
    name = "timeline"
    template_name = "pages/timeline.html"
    parameters = ("kind", "state", "organ", "after", "before", "page", "on", "known_on")

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of the page, and of the other formats."""
        suffixes = "|".join(SUFFIXES)
        pattern = rf"^timeline\.(?P<form>{suffixes})$"
        return [*super().urls(), re_path(pattern, cls.as_view(), name="timeline-as")]

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        known = self.parameters if form == HTML else tuple(name for name in self.parameters if name != "page")
        unknown = aside(ask, known, strict=form != HTML)
        ask.require_days()
        reader = Reader(ask)
        wish, page = _wish(reader), _page(reader)
        reader.require_sound()
        found = events(wish, ask)
        if form != HTML:
            return _exported(found, form, ask)
        context = {
            **frame(ask, self.path),
            "ask": ask,
            "set_aside": unknown,
            "clean_url": ask.path,
            **_context(found, wish, page, ask),
        }
        response: HttpResponse = render(request, self.template_name, context)
        return response


# -- what is asked -----------------------------------------------------------------------------------------------------


def _wish(reader: Reader) -> Wish:
    ask = reader.ask
    kinds = [value for value in ask.params.getlist("kind") if value.strip()]
    for value in kinds:
        if value not in EventKind.values:
            reader.refuse(
                "kind",
                value,
                "unknown_word",
                _("It is none of the words allowed here."),
                allowed=EventKind.values,
            )
    after, before = _bound(reader, "after"), _bound(reader, "before")
    if after and before and before < after:
        said = _("The range ends on %(before)s, before it begins on %(after)s.")
        days = {"before": before.isoformat(), "after": after.isoformat()}
        reader.refuse("after", after.isoformat(), "range", said % days)
    if ask.on:
        before = min(before or ask.on, ask.on)
    state, organ = _record(reader, "state"), _record(reader, "organ")
    return Wish(kinds, state, organ, after, before)


def _bound(reader: Reader, name: Any) -> date | None:
    text = reader.text(name)
    try:
        return bound_day(text, name) if text else None
    except InvalidDate as error:
        reader.refuse(name, text, error.code, str(error))
        return None


def _record(reader: Reader, kind: str) -> int | None:
    """The row id of the state or organ that is named, by its id or any spelling."""
    text = reader.text(kind)
    if not text:
        return None
    wanted = Wanted(kind, text)
    found = naming.find([wanted], reader.ask.scope)[wanted]
    if not found:
        close = naming.nearest(kind, text, reader.ask.scope)
        reader.refuse(kind, text, "names_nothing", _("No record has this id or name."), nearest=close)
    return found[0] if found else None


def _page(reader: Reader) -> int:
    text = reader.text("page")
    if text and not (text.isascii() and text.isdigit() and 0 < int(text[:9]) < 10_000):
        reader.refuse("page", text, "number", _("A whole number from 1."))
        return 1
    return int(text or 1)


# -- what is answered --------------------------------------------------------------------------------------------------


def record(one: Event, ask: Ask) -> dict[str, Any]:
    """An event as the exports have it."""
    return {
        "kind": one.kind.value,
        "type": one.type,
        "id": one.id,
        "label_en": one.label_en,
        "label_ru": one.label_ru or None,
        "on": one.on.edtf,
        "until": one.until.edtf if one.until else None,
        "html_url": ask.absolute(ask.localised(one.path)) if one.path else None,
    }


def _exported(found: Sequence[Event], form: str, ask: Ask) -> HttpResponseBase:
    media_type, write = FORMATS[form]
    records = (record(one, ask) for one in found)
    response = StreamingHttpResponse(write(KEYS, records, {"count": len(found)}), content_type=media_type)
    if form == "csv":
        response["Content-Disposition"] = 'attachment; filename="timeline.csv"'
    return response


def _context(found: Sequence[Event], wish: Wish, page: int, ask: Ask) -> dict[str, Any]:
    pages = max(1, -(-len(found) // SHOWN))
    page = min(page, pages)
    first = (page - 1) * SHOWN
    return {
        "asof": {
            "day": ask.day,
            "today": ask.on is None,
            "today_url": _without(ask, "on"),
            "keep": _kept(ask),
        },
        "choices": _choices(wish, ask),
        "given": {name: ask.params.get(name, "") for name in ("after", "before")},
        "keep": [(name, ask.params[name]) for name in ("on", "known_on") if ask.params.get(name)],
        "count": len(found),
        "rows": list(_lanes(found, ask)),
        "key": [
            {"kind": "act", "label": _("a day")},
            {"kind": "imprecise", "label": _("month or year known")},
        ]
        + [{"kind": fill, "label": sentence(str(kind.label))} for kind, fill in FILLS.items()],
        "charts": [
            _chart(found, kind, ask)
            for kind in (EventKind.SESSION, EventKind.STATEMENT, EventKind.INSTRUMENT)
        ],
        "table": _table(found[first : first + SHOWN], ask),
        "formats": [
            {
                "url": f"{ask.localised('/timeline')}.{suffix}{_query(ask)}",
                "label": suffix.upper(),
            }
            for suffix in SUFFIXES
        ],
        "pager": {
            "first": first + 1 if found else 0,
            "last": min(first + SHOWN, len(found)),
            "count": len(found),
            "size": SHOWN,
            "next_url": _query(ask, page + 1) if page < pages else "",
            "previous_url": _query(ask, page - 1) if page > 1 else "",
        },
    }


def _query(ask: Ask, page: int = 0) -> str:
    """What was asked, for another page of the table or another format."""
    params = ask.params.copy()
    params.pop("page", None)
    if page:
        params["page"] = str(page)
    return f"?{params.urlencode()}" if params else ""


def _without(ask: Ask, name: str) -> str:
    rest = ask.params.copy()
    rest.pop(name, None)
    return f"{ask.path}?{rest.urlencode()}" if rest else ask.path


def _kept(ask: Ask) -> list[dict[str, str]]:
    names = [name for name in Timeline.parameters if name not in ("on", "page")]
    return [{"name": name, "value": one} for name in names for one in ask.params.getlist(name) if one]


def _choices(wish: Wish, ask: Ask) -> list[dict[str, Any]]:
    """The boxes of the form that choose from a list."""
    kinds = [(kind.value, sentence(str(kind.label)), kind.value in wish.kinds) for kind in EventKind]
    return [
        {"name": "kind", "label": _("Kind"), "options": [("", _("all"), not wish.kinds), *kinds]},
        {"name": "state", "label": _("State"), "options": _named(State, wish.state, ask)},
        {"name": "organ", "label": _("Organ"), "options": _named(Organ, wish.organ, ask)},
    ]


def _named(model: Any, chosen: int | None, ask: Ask) -> list[tuple[str, str, bool]]:
    label = f"entry__label_{ask.language}"
    rows = ask.scope.rows(model).order_by(f"entry__sort_{ask.language}", "entry_id")
    columns = ("entry_id", "entry__slug", label, "entry__label_en")
    options = [
        (slug, own or english, key == chosen) for key, slug, own, english in rows.values_list(*columns)
    ]
    return [("", _("all"), chosen is None), *options]


def _lanes(found: Sequence[Event], ask: Ask) -> Iterator[Mapping[str, Any]]:
    """A lane of the ruler for each kind that has events."""
    for kind in EventKind:
        own = [one for one in found if one.kind == kind]
        spans = [
            {
                "kind": FILLS[kind],
                "start": one.on,
                "end": one.until or one.on,
                "label": one.label(ask.language),
            }
            for one in own
            if one.lasts
        ]
        marks = [
            {"kind": "act", "on": one.on, "label": one.label(ask.language)} for one in own if not one.lasts
        ]
        if own:
            yield {"label": sentence(str(kind.label)), "abbr": "", "spans": spans, "marks": marks}


def _chart(found: Sequence[Event], kind: EventKind, ask: Ask) -> dict[str, Any]:
    """How many events of a kind there are in each year; one whose year is not known stands in none."""
    years = Counter(_year(one) for one in found if one.kind == kind)
    known = sorted(year for year in years if year)
    span = range(known[0], known[-1] + 1) if known else range(0)
    titles = {
        EventKind.SESSION: _("Sessions by year"),
        EventKind.STATEMENT: _("Statements by year"),
        EventKind.INSTRUMENT: _("Instruments signed by year"),
    }
    return {
        "name": f"by-year-{kind.value}",
        "title": titles[kind],
        "columns": [
            {"label": str(year), "value": years[year], "url": _of_year(kind, year, ask)} for year in span
        ],
    }


def _year(one: Event) -> int | None:
    first, last = one.on.earliest, one.on.latest
    return first.year if first and last and first.year == last.year else None


def _of_year(kind: EventKind, year: int, ask: Ask) -> str:
    kept = {name: value for name in ("state", "organ", "known_on") if (value := ask.params.get(name))}
    return f"{ask.localised('/timeline/')}?{urlencode({**kept, 'kind': kind.value, 'after': year, 'before': year})}"


def _said(one: Event, ask: Ask) -> str:
    """An event in words; of a period, whether it is its first day or its last."""
    label = one.label(ask.language)
    if one.type != MembershipPeriod.kind:
        return label
    words = _("%(period)s, first day") if one.kind == EventKind.ACCESSION else _("%(period)s, last day")
    return words % {"period": label}


def _table(found: Sequence[Event], ask: Ask) -> dict[str, Any]:
    heads = (_("Day"), _("What"), _("Kind"))
    rows = [
        [
            {"began_on": one.on, "ended_on": one.until} if one.lasts and one.until else {"date": one.on},
            {
                "text": _said(one, ask),
                "url": ask.localised(one.path) if one.path else "",
                "lead": True,
            },
            {"text": sentence(str(one.kind.label))},
        ]
        for one in found
    ]
    return plain_table(_("What happened, oldest first"), heads, rows, mode="run")
