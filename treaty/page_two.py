"""Any two provisions of any two instruments side by side, and word by word where that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.names import Names, names_of
from cstokb.redline import Redline, redline
from treaty.alignment import comparable
from treaty.compare_json import notice_records, pieces_record, wording_record
from treaty.compare_notices import Purpose, notices, official_links
from treaty.fetching import fetch_provisions
from treaty.models import Instrument
from treaty.page_parts import Item, band, link, other_day, own, state_words, with_time
from treaty.reader import readings_of
from treaty.reading import Part, Reading, Wording
from treaty.texts import Row

PATH = "/treaties/compare/"
SIDE_BY_SIDE, REDLINE = "side-by-side", "redline"
VIEWS = (SIDE_BY_SIDE, REDLINE)


@dataclass(frozen=True)
class Side:
    """One of the two provisions on the day."""

    row: Row
    part: Part
    reading: Reading
    wording: Wording | None


@dataclass(frozen=True)
class Two:
    """Two provisions on a day, fetched in a fixed number of queries."""

    ask: Ask
    a: Side
    b: Side
    names: Names
    official: Mapping[int, str]

    @classmethod
    def of(cls, ask: Ask, a: Row, b: Row, language: str) -> Two:
        """Fetch the provisions of two rows, in one language where both are held in it."""
        both = [a, b] if a["entry_id"] != b["entry_id"] else [a]
        fetch_provisions(both, ask)
        read = readings_of(both, ask)
        (part_a, reading_a), (part_b, reading_b) = read[a["entry_id"]], read[b["entry_id"]]
        left, right = comparable(reading_a, reading_b, language)
        keys = {a["instrument_id"], b["instrument_id"]}
        rows = ask.scope.rows(Instrument).filter(entry_id__in=keys)
        official = dict(rows.values_list("entry_id", "official_url"))
        names = names_of(keys, ask.scope)
        return cls(ask, Side(a, part_a, reading_a, left), Side(b, part_b, reading_b, right), names, official)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both, in the order in which they were named."""
        return self.a, self.b

    @property
    def one_language(self) -> bool:
        """Whether both are shown in the same language, so that they can be compared word by word."""
        left, right = self.a.wording, self.b.wording
        return left is not None and right is not None and left.language == right.language

    @cached_property
    def redline(self) -> Redline | None:
        """From the first to the second, word by word; None where a wording or a common language is missing."""
        if not self.one_language or self.a.wording is None or self.b.wording is None:
            return None
        return redline(self.a.wording.text, self.b.wording.text)

    def name(self, side: Side) -> str:
        """A provision with its instrument, in the language of the page."""
        instrument = self.names.get(side.row["instrument_id"])
        own_name = side.part.name_on(self.ask.day, self.ask.language)
        return f"{own_name}, {instrument.label(self.ask.language)}" if instrument else own_name

    def url(self, **changes: str) -> str:
        """The page with some of its parameters changed."""
        params = self.ask.params.copy()
        for name, value in changes.items():
            params[name] = value
        return f"{self.ask.localised(PATH)}?{params.urlencode()}"


def context(two: Two, view: str, language: str) -> dict[str, Any]:
    """What templates/treaty/compare_provisions.html shows of two provisions."""
    made = two.redline if view == REDLINE else None
    left = two.a.wording
    return {
        "title": _("%(a)s beside %(b)s") % {"a": two.name(two.a), "b": two.name(two.b)},
        "kind": _("Two provisions"),
        "asof": two_band(two),
        "notices": noted(two),
        "redline_wanted": view == REDLINE,
        "is_redline": made is not None,
        "paragraphs": made.paragraphs() if made else [],
        "nothing_differs": made is not None and not made.is_changed,
        "ours": any(side.wording and side.wording.standing == "restatement" for side in two.sides),
        "lang": left.language if left else language,
        "sides": [side_item(side, two) for side in two.sides],
        "views": [
            {"url": two.url(view=SIDE_BY_SIDE), "label": _("Side by side"), "current": view == SIDE_BY_SIDE},
            {"url": two.url(view=REDLINE), "label": _("Word by word"), "current": view == REDLINE},
        ],
        "swap_url": two.url(a=two.b.part.id, b=two.a.part.id),
    }


def two_band(two: Two) -> Item:
    """The day shown; a form for another day keeps what is compared."""
    made = band(two.ask, PATH, _("As they stood on"), (), None)
    names = ("a", "b", "lang", "view", "known_on")
    keep = [{"name": name, "value": two.ask.params[name]} for name in names if two.ask.params.get(name)]
    today = two.ask.params.copy()
    today.pop("on", None)
    return {**made, "keep": keep, "today_url": f"{two.ask.localised(PATH)}?{today.urlencode()}"}


def noted(two: Two) -> list[Item]:
    """Whose words are compared, as notices at the top."""
    keys = [side.row["instrument_id"] for side in two.sides]
    named = [
        (two.names[key].label(two.ask.language), two.official.get(key, ""))
        for key in keys
        if key in two.names
    ]
    return notices([(two.a.wording, two.b.wording)], Purpose.PROVISIONS, official_links(named, two.ask))


def side_item(side: Side, two: Two) -> Item:
    """One provision as a column."""
    ask, one = two.ask, side.wording
    path = f"/treaties/{side.part.id}/"
    instrument = two.names.get(side.row["instrument_id"])
    has_page = bool(side.row["entry__path"])
    return {
        "anchor": f"{'a' if side is two.a else 'b'}-{side.part.id.replace('/', '-')}",
        "name": side.part.name_on(ask.day, ask.language),
        "heading": own(side.row, "heading", ask),
        "url": with_time(ask, path) if has_page else "",
        "instrument": link(instrument, ask) if instrument else None,
        "voice": one.standing if one else "",
        "began_on": one.period.began_on if one else None,
        "ended_on": one.period.ended_on if one else None,
        "lang": one.language if one else "",
        "text": one.text if one else "",
        "ours": one is not None and one.standing == "restatement",
        "heads": side.part.is_heading,
        "notice": state_words(side.part, side.reading, ask),
        "other_day": other_day(side.part, path, ask) if has_page else None,
    }


def record(two: Two, view: str) -> dict[str, Any]:
    """The two provisions as JSON; with the pieces where word by word was asked for."""
    return {
        "on": two.ask.day.isoformat(),
        "view": view,
        "notices": notice_records(noted(two)),
        "a": _side_record(two.a, two),
        "b": _side_record(two.b, two),
        "redline": pieces_record(two.redline) if view == REDLINE else None,
    }


def _side_record(side: Side, two: Two) -> dict[str, Any]:
    instrument = two.names.get(side.row["instrument_id"])
    return {
        "id": side.part.id,
        "instrument": instrument.id if instrument else None,
        "number": side.reading.number,
        "state": str(side.reading.state),
        **wording_record(side.wording),
    }


def empty_context(ask: Ask, given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The page before both provisions are named."""
    return {"title": _("Compare two provisions"), "given": dict(given), "sides": [], "asof": None}
