"""The evidence of a page: of its record and of what hangs on it, and readings that contradict each other.

A source that merely backs the record and its parts alike is shown once; what a source says of one part, or of one
field, is shown with the name of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import ByEntry, Item
from cstokb.listing.readings import column_of, field_words, value_words
from cstokb.listing.record_pages import evidence_notes
from cstokb.listing.tongue import foreign
from cstokb.records.choices import Rank, Stance
from cstokb.records.models import Record
from summits.facts import own, sentence

Note = dict[str, Any]


@dataclass(frozen=True)
class Backed:
    """A record whose evidence a page shows.

    ``name`` is what the page calls it, empty for the page's own record; ``values`` are its columns as they stand, so
    that a reading that only speaks against them has something to stand beside.
    """

    entry_id: int
    model: type[Record]
    name: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """``notes`` for components/evidence.html, ``readings`` for components/readings.html, and the numbers of the notes
    that speak of each record, by row id; ``items`` are those pieces of evidence with their numbers."""

    notes: Sequence[Note]
    readings: Sequence[Note]
    refs: Mapping[int, Sequence[int]]
    items: Mapping[int, Sequence[tuple[Item, int]]] = field(default_factory=dict)

    def numbers(self, entry_id: int, items: Sequence[Item]) -> list[int]:
        """The numbers under which some evidence of a record stands on the page."""
        return [number for item, number in self.items.get(entry_id, ()) if item in items]

    def refs_beyond(self, part: int, whole: int) -> list[int]:
        """Numbers of the notes that speak of a part of the page and not of its record as a whole."""
        return [number for number in self.refs.get(part, ()) if number not in self.refs.get(whole, ())]


@dataclass(frozen=True)
class _Said:
    """One piece of evidence, the records it speaks of, and its number on the page."""

    owners: list[Backed]
    item: Item
    number: int

    @property
    def about(self) -> Backed:
        """The record of which it says something in particular."""
        return self.owners[0]


def sheet(backed: Sequence[Backed], found: ByEntry, labels: Mapping[str, str], ask: Ask) -> Sheet:
    """The evidence of a page, that of its own record first.

    ``labels`` names records by public id, for readings that name one.
    """
    said = _collected(backed, found)
    notes = evidence_notes([one.item for one in said], ask)
    refs: dict[int, list[int]] = defaultdict(list)
    items: dict[int, list[tuple[Item, int]]] = defaultdict(list)
    for note, one in zip(notes, said, strict=True):
        note["backs"] = _backs(one, labels, ask)
        for owner in one.owners:
            refs[owner.entry_id].append(one.number)
            items[owner.entry_id].append((one.item, one.number))
    return Sheet(notes, _readings(said, labels, ask), refs, items)


def _collected(backed: Sequence[Backed], found: ByEntry) -> list[_Said]:
    """Every piece of evidence; a source that merely backs several records is one of them."""
    said: list[_Said] = []
    plain: dict[str, _Said] = {}
    for about in backed:
        for item in found.get(about.entry_id, ()):
            standing = plain.get(item["source"]) if _is_plain(item) else None
            if standing is not None:
                standing.owners.append(about)
                continue
            said.append(_Said([about], item, len(said) + 1))
            if _is_plain(item):
                plain[item["source"]] = said[-1]
    return said


def _is_plain(item: Item) -> bool:
    """Whether a source backs a record as a whole and says no more."""
    said = ("field", "value", "locator", "quotation", "note_en")
    return item["stance"] == Stance.SUPPORTS and not any(item[name] for name in said)


def _backs(one: _Said, labels: Mapping[str, str], ask: Ask) -> str:
    names = [owner.name for owner in one.owners]
    who = "" if "" in names else "; ".join(names)
    return ": ".join(part for part in (who, _field_name(one), _value(one, labels, ask)) if part)


def _field_name(one: _Said) -> str:
    return field_words(one.about.model, one.item["field"])


def _value(one: _Said, labels: Mapping[str, str], ask: Ask) -> str:
    name, value = str(one.item["field"] or ""), one.item["value"]
    if name.endswith("_en") and value and value == one.about.values.get(name):
        return own(one.about.values, name.removesuffix("_en"), ask)
    return value_words(one.about.model, name, value, labels, ask.language)


# -- contradictions ------------------------------------------------------------------------------------------------


def _readings(said: Sequence[_Said], labels: Mapping[str, str], ask: Ask) -> list[Note]:
    """The fields of which some source says something else, each with every reading."""
    by_field: dict[tuple[int, str], list[_Said]] = defaultdict(list)
    for one in said:
        if one.item["field"] and column_of(one.about.model, one.item["field"]) is not None:
            by_field[one.about.entry_id, one.item["field"]].append(one)
    disputed = [
        group for group in by_field.values() if any(one.item["stance"] == Stance.CONTRADICTS for one in group)
    ]
    return [_reading(group, labels, ask) for group in disputed]


def _reading(group: Sequence[_Said], labels: Mapping[str, str], ask: Ask) -> Note:
    first = group[0]
    by_value: dict[str, list[_Said]] = {}
    ours = _ours(first.about, str(first.item["field"]), labels, ask)
    if ours and not any(one.item["stance"] == Stance.SUPPORTS and one.item["value"] for one in group):
        by_value[ours] = []
    for one in group:
        by_value.setdefault(_value(one, labels, ask) or ours, []).append(one)
    title = ": ".join(part for part in (first.about.name, _field_name(first)) if part)
    backing = [value for value, ones in by_value.items() if not _is_against(ones)]
    preferred = _preferred(by_value, backing, ours)
    choices = [
        {**_choice(value, ones, ask), "preferred": value in preferred, "supports": value in backing}
        for value, ones in by_value.items()
    ]
    return {"title": sentence(title), "choices": choices}


def _preferred(by_value: Mapping[str, Sequence[_Said]], backing: Sequence[str], ours: str) -> Sequence[str]:
    """What is preferred of the readings that back the record: one that is ranked so, else the only one, else its own.

    Another that backs it ("more than 2,000" beside 2,030) is not the same fact, and is not said to be preferred too.
    """
    ranked = [
        value for value in backing if any(one.item["rank"] == Rank.PREFERRED for one in by_value[value])
    ]
    return ranked or (backing if len(backing) == 1 else [value for value in backing if value == ours])


def _is_against(ones: Sequence[_Said]) -> bool:
    return any(
        one.item["stance"] == Stance.CONTRADICTS or one.item["rank"] == Rank.DEPRECATED for one in ones
    )


def _choice(value: str, ones: Sequence[_Said], ask: Ask) -> Note:
    reasons = dict.fromkeys(
        (one.item["note_ru"] if ask.language == "ru" else None) or one.item["note_en"] for one in ones
    )
    quotation = next((one.item["quotation"] for one in ones if one.item["quotation"]), "")
    return {
        "value": sentence(value),
        "lang": foreign(value, ask.language),
        "quotation": quotation,
        "quotation_lang": next((one.item["language"] or "" for one in ones if one.item["quotation"]), ""),
        "reason": " ".join(reason for reason in reasons if reason) or (_("Source") if ones else ""),
        "reason_lang": foreign(" ".join(reason for reason in reasons if reason), ask.language),
        "refs": [one.number for one in ones],
    }


def _ours(about: Backed, name: str, labels: Mapping[str, str], ask: Ask) -> str:
    """What the record itself says."""
    if name.endswith("_en"):
        return own(about.values, name.removesuffix("_en"), ask)
    return value_words(about.model, name, about.values.get(name), labels, ask.language)
