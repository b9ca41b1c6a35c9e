"""The concordance: every word found, each with what stands on either side of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from typing import Any

from cstokb.corpus.context import Line, around, in_order, outward
from cstokb.corpus.filters import WIDTH, Asked, ConcordanceFilters
from cstokb.corpus.finding import Finder, Held, passages
from cstokb.corpus.named import Names
from cstokb.fulltext.models import FacetValue, Passage
from cstokb.search.answer import between

PAGE_SIZE = 50
#: Lines told at a time in a file.
CHUNK = 200
KEYS = (
    *("left", "keyword", "right", "statement", "provision", "title", "anchor", "language"),
    *("date", "date_precision", "speaker", "speaker_name", "state", "organ", "group", "html_url"),
)
#: Behind all dates.
_NO_DATE = 10**7


class Concordance:
    """One page of the lines of a query, or all of them."""

    def __init__(self, filters: ConcordanceFilters, page: int = 1, size: int = PAGE_SIZE) -> None:
        self.filters, self.ask, self.page, self.size = filters, filters.ask, page, size
        self.asked = Asked(filters, filters.query)
        self.texts = self.asked.found_in()
        self.group = str(filters.chosen("group", ""))
        self.sort = str(filters.chosen("sort", "-date"))
        self.extent = filters.chosen("width", WIDTH)
        self.tally: Counter[str] = Counter()

    @cached_property
    def _page(self) -> list[Line]:
        """The lines of the page; the tally is that of all lines once they were all seen."""
        last = self.page * self.size
        found = nsmallest(last, self._lines())
        return found[last - self.size :]

    @property
    def count(self) -> int:
        """How many lines there are."""
        len(self._page)
        return self.tally.total()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found at all."""
        return not self.count

    @cached_property
    def results(self) -> list[dict[str, Any]]:
        """The lines of the page."""
        return self._told(self._page)

    @property
    def values_on_page(self) -> list[str]:
        """The group of each line of the page."""
        return [line[2] for line in self._page]

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """How many lines each group has, in the order of the groups."""
        len(self._page)
        names = self._names_of_groups
        ordered = sorted(self.tally, key=self._rank) if self.group else []
        return [
            {
                "value": value,
                "label": names.label(self.group, value) if value else "",
                "count": self.tally[value],
            }
            for value in ordered
        ]

    def every(self) -> Iterator[dict[str, Any]]:
        """All lines in order, some in memory at a time."""
        lines = in_order(self._lines())
        while part := list(islice(lines, CHUNK)):
            yield from self._told(part)

    # -- finding and ordering --------------------------------------------------------------------------------------

    def _lines(self) -> Iterator[Line]:
        """Every hit as a line that sorts by itself; its last parts are the passage, and from where to where."""
        if self.asked.nothing:
            return
        for held in passages(self.texts, Finder(self.asked.words)):
            if not held.spans:
                continue
            value = self._group_of(held)
            self.tally[value] += len(held.spans)
            place = self._place(held)
            for first, last in held.spans:
                beside = outward(held.words, first, last, self.sort) if self.sort in ("left", "right") else ()
                yield (*self._rank(value), value, beside, *place, first, last, held.key)

    def _place(self, held: Held) -> tuple[Any, ...]:
        """The place of a passage among all by date; lines alike on one side are put in order by it."""
        about = self.texts.known[held.record]
        return _by_day(about.date_min, newest=self.sort != "date"), about.sort_en, held.record, held.ordinal

    def _group_of(self, held: Held) -> str:
        if self.group == "year":
            return self.texts.known[held.record].year
        if not self.group:
            return ""
        value = held.voice if self.group == "speaker" else self._states.get(held.record, "")
        return self._names_of_groups.known(self.group, value)

    @cached_property
    def _states(self) -> dict[int, str]:
        """The state of each text that is of one state alone."""
        found = self.texts.values("state")
        return {key: values[0] for key, values in found.items() if len(values) == 1}

    @cached_property
    def _names_of_groups(self) -> Names:
        if self.group == "state":
            return Names.of(self.ask, state=set(self._states.values()))
        if self.group == "speaker":
            voices = self.texts.passages.order_by().values_list("voice", flat=True).distinct()
            return Names.of(self.ask, speaker=voices)
        return Names.of(self.ask)

    def _rank(self, value: str) -> tuple[int, str]:
        """Groups by name, years newest first unless the oldest are wished first; lines of no group last."""
        if self.group == "year" and value and self.sort != "date":
            return 0, str(9999 - int(value))
        return (0 if value or not self.group else 1), self._names_of_groups.sort_key(self.group, value)

    # -- telling ---------------------------------------------------------------------------------------------------

    def _told(self, lines: Sequence[Line]) -> list[dict[str, Any]]:
        """Lines as readers have them: their passages, facets and names in one query each."""
        held = Passage.objects.in_bulk([line[-1] for line in lines])
        records = {passage.record_id for passage in held.values()}
        facets = _single_values(records)
        names = Names.of(
            self.ask,
            records,
            speaker={passage.voice for passage in held.values()},
            state={value for (_key, facet), value in facets.items() if facet == "state"},
            organ={value for (_key, facet), value in facets.items() if facet == "organ"},
        )
        group = self._names_of_groups
        return [
            self._one(line, held[line[-1]], facets, names)
            | {"group": (group.label(self.group, line[2]) or None) if self.group else None}
            for line in lines
            if line[-1] in held and held[line[-1]].record_id in names.by_id
        ]

    def _one(
        self, line: Line, passage: Passage, facets: dict[tuple[int, str], str], names: Names
    ) -> dict[str, Any]:
        first, last = line[-3:-1]
        entry, about = names.by_id[passage.record_id], self.texts.known[passage.record_id]
        on = between(about.date_min, about.date_max or about.date_min) if about.date_min else None
        path = self.ask.localised(entry.path)
        speaker = names.known("speaker", passage.voice)
        state, organ = (names.known(one, facets.get((entry.pk, one), "")) for one in ("state", "organ"))
        return {
            **around(passage.text, first, last, self.extent)._asdict(),
            "statement": entry.slug if entry.kind == "statement" else None,
            "provision": entry.slug if entry.kind == "provision" else None,
            "title": entry.label(self.ask.language),
            "anchor": passage.anchor or None,
            "language": passage.language,
            "date": on.edtf if on else None,
            "date_precision": on.precision if on else None,
            "speaker": speaker or None,
            "speaker_name": names.label("speaker", speaker) if speaker else None,
            "state": state or None,
            "organ": organ or None,
            "html_url": self.ask.absolute(f"{path}#{passage.anchor}" if passage.anchor else path),
        }


def _by_day(day: date | None, *, newest: bool) -> int:
    return _NO_DATE if day is None else (-day.toordinal() if newest else day.toordinal())


def _single_values(records: set[int]) -> dict[tuple[int, str], str]:
    """The state and the organ of each record that has one alone."""
    rows = FacetValue.objects.filter(record_id__in=records, facet__in=("state", "organ"))
    found: dict[tuple[int, str], list[str]] = {}
    for key, facet, value in rows.values_list("record_id", "facet", "value"):
        found.setdefault((key, facet), []).append(value)
    return {key: values[0] for key, values in found.items() if len(values) == 1}
