"""Evidence, names and headings in a merge: what the records that stay take over, and what refers to a merged source
or heading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from cstokb.records.choices import NameKind
from cstokb.records.merging.plan import Plan
from cstokb.records.models import EntryTopic, Evidence, NameForm, Record, Source, Topic
from cstokb.records.writer.satellites import EVIDENCE, NAMES, TOPICS, Satellite

SATELLITES = (EVIDENCE, NAMES, TOPICS)
#: By the name of the list, the rows of each record by its row id.
Rows = dict[str, dict[int, list[Any]]]


@dataclass
class Lists:
    """The whole lists of the records that a merge touches: as they stand, and as they will be.

    ``before`` are rows of their own, which nothing changes. ``taken`` counts rows that a record takes over or that
    refer to another source or heading from now on; ``dropped`` are those that the record that stays has already.
    """

    before: Rows = field(default_factory=lambda: defaultdict(dict))
    after: Rows = field(default_factory=lambda: defaultdict(dict))
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    dropped: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def changed(self, satellite: Satellite, key: int) -> bool:
        """Whether a list of a record will differ from what stands."""
        return key in self.after[satellite.name]


def lists(plan: Plan) -> Lists:
    """What becomes of the lists; a few queries, however many rows there are."""
    found = Lists()
    for satellite in SATELLITES:
        _hand_over(plan, satellite, found)
    sources = {
        loser: plan.records[winner] for loser, winner in plan.pairs.items() if _is(plan, loser, Source)
    }
    topics = {loser: plan.records[winner] for loser, winner in plan.pairs.items() if _is(plan, loser, Topic)}
    _refer(EVIDENCE, "source", sources, found)
    _refer(TOPICS, "topic", topics, found)
    return found


def _is(plan: Plan, key: int, model: type[Record]) -> bool:
    return isinstance(plan.records[key], model)


def _hand_over(plan: Plan, satellite: Satellite, found: Lists) -> None:
    """What the merged records have goes to those that stay, unless they have it."""
    keys = {*plan.pairs, *plan.pairs.values()}
    before, after = rows_of(satellite, keys), rows_of(satellite, keys)
    for loser, winner in plan.pairs.items():
        kept, moving = list[Any](), list[Any]()
        known = {_words(satellite, row) for row in after[winner]}
        staying: set[tuple[Any, ...]] = set()
        if satellite is NAMES:
            known |= _in_fields(plan.records[winner])
            staying = _in_fields(plan.records[loser])
        for row in after[loser]:
            words = _words(satellite, row)
            (kept if words in known | staying else moving).append(row)
            if words in known:
                found.dropped[satellite.name].append(row)
        if satellite is NAMES:
            moving += _spelled_by(plan.records[loser], [*after[winner], *moving], plan.records[winner])
        if moving:
            after[loser], after[winner] = kept, [*after[winner], *moving]
            found.taken[satellite.name] += len(moving)
            for key in (loser, winner):
                found.before[satellite.name][key] = before[key]
        for key in (loser, winner):
            if key in found.before[satellite.name]:
                found.after[satellite.name][key] = after[key]


def rows_of(satellite: Satellite, keys: Iterable[int]) -> dict[int, list[Any]]:
    """The rows of a list by the record they hang on; of names those that no field of the record spells."""
    rows = _all(satellite).filter(entry_id__in=list(keys)).order_by("pk")
    if satellite is NAMES:
        rows = rows.filter(own=False)
    if satellite is EVIDENCE:
        rows = rows.select_related("source__entry")
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(row)
    return found


def _all(satellite: Satellite) -> QuerySet[Any]:
    return satellite.model._base_manager.all()


def _words(satellite: Satellite, row: Any) -> tuple[Any, ...]:
    """What makes two rows one: of names the spelling, whatever sort of name it is."""
    if satellite is NAMES:
        return (row.text, row.language)
    return tuple(getattr(row, name) for name in satellite.key)


def _in_fields(record: Record) -> set[tuple[Any, ...]]:
    """The spellings in a record's own fields."""
    return {(text, language) for text, _kind, language in record.own_names() if text}


def _spelled_by(loser: Record, standing: Iterable[NameForm], winner: Record) -> list[NameForm]:
    """The names in a merged record's own fields, as other names of the one that stays."""
    known = {(row.text, row.language) for row in standing} | _in_fields(winner)
    found = []
    for text, _kind, language in loser.own_names():
        if text and (text, language) not in known:
            known.add((text, language))
            found.append(NameForm(text=text, kind=NameKind.ALIAS, language=language))
    return found


def _refer(satellite: Satellite, name: str, winners: dict[int, Record], found: Lists) -> None:
    """Rows that name a merged source or heading name the one that stays; what would be said twice is dropped."""
    if not winners:
        return
    concerned = _all(satellite).filter(**{f"{name}_id__in": list(winners)})
    keys = set(concerned.values_list("entry_id", flat=True))
    before, now = rows_of(satellite, keys), rows_of(satellite, keys)
    for key in sorted(keys):
        standing = found.after[satellite.name].get(key, now[key])
        said = {_words(satellite, row) for row in standing if getattr(row, f"{name}_id") not in winners}
        after = []
        for row in standing:
            if (winner := winners.get(getattr(row, f"{name}_id"))) is not None:
                setattr(row, name, winner)
                if (words := _words(satellite, row)) in said:
                    found.dropped[satellite.name].append(row)
                    continue
                said.add(words)
                found.taken[satellite.name] += 1
            after.append(row)
        found.before[satellite.name].setdefault(key, before[key])
        found.after[satellite.name][key] = after


def as_said(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows as JSON, so that the very rows can be brought back."""
    return [
        {f.attname: f.value_to_string(row) for f in row._meta.concrete_fields if _value(f, row)}
        for row in rows
    ]


def _value(column: Any, row: Any) -> bool:
    return column.value_from_object(row) not in (None, "")


def as_rows(model: type[Evidence | NameForm | EntryTopic], said: Iterable[dict[str, Any]]) -> list[Any]:
    """The rows again."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return [model(**{name: fields[name].to_python(value) for name, value in one.items()}) for one in said]
