"""What a merge would do: which rows move, which become one, and what stands in its way. Reads, and writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ForeignKey, Max
from django.utils.translation import gettext as _

from cstokb.records.choices import Publication
from cstokb.records.merging.sameness import BESIDE, PLACE, differing, own_once, same
from cstokb.records.models import Entry, Record, Revision
from cstokb.records.payload import record_fields, stored, target
from cstokb.records.registry import referring_to
from cstokb.records.writer.rows import plain


@dataclass
class Moved:
    """A row that will refer to the record that stays: as it will be, and what its changed columns held."""

    record: Record
    was: dict[str, Any] = field(default_factory=dict)

    def turn(self, column: str, value: Any) -> None:
        """Give a column another value, and remember the one it had."""
        if (old := getattr(self.record, column)) != value:
            self.was.setdefault(column, plain(old))
            setattr(self.record, column, value)


@dataclass(frozen=True)
class Kept:
    """A field in which the merged record says otherwise; the one that stays keeps its own."""

    record: Record
    field: str
    value: Any
    instead: Any


@dataclass
class Plan:
    """Everything that a merge would do to rows of records.

    ``pairs`` leads from the row id of each record that is merged to the one it becomes: first the two that were asked
    for, then rows that would say the same of the record that stays. ``filled`` are the records that stay, where they
    take over what they had left empty.
    """

    pairs: dict[int, int] = field(default_factory=dict)
    records: dict[int, Record] = field(default_factory=dict)
    moved: dict[int, Moved] = field(default_factory=dict)
    filled: dict[int, Moved] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)

    @property
    def loser(self) -> Record:
        """The record that is merged."""
        return self.records[next(iter(self.pairs))]

    @property
    def winner(self) -> Record:
        """The record that stays."""
        return self.records[next(iter(self.pairs.values()))]


def draw(loser: Entry, winner: Entry) -> Plan:
    """The plan of merging one record into another, with what stands in the way.

    Two records of different kinds, or one record twice, make a plan of obstacles alone.
    """
    plan = Plan(obstacles=list(_unfit(loser, winner)))
    plan.records = {loser.pk: stored(loser), winner.pk: stored(winner)}
    plan.pairs = {loser.pk: winner.pk}
    if plan.obstacles:
        return plan
    while _pair(plan):  # what becomes one may make others one
        pass
    plan.moved = {key: one for key, one in plan.moved.items() if key not in plan.pairs}
    _put_in_order(plan)
    _take_over(plan)
    plan.obstacles += _in_the_way(plan)
    return plan


def _unfit(loser: Entry, winner: Entry) -> Iterator[str]:
    """Why two records cannot be merged at all."""
    if loser.pk == winner.pk:
        yield _("A record cannot be merged into itself.")
    if loser.kind != winner.kind:
        yield _("Only records of one kind can be merged.")
    for entry in (loser, winner):
        if entry.merged_into_id:
            yield _("%(record)s is merged already.") % {"record": entry.slug}
        elif entry.publication == Publication.WITHDRAWN:
            yield _("%(record)s is withdrawn.") % {"record": entry.slug}
    if loser.is_public and not winner.is_public:
        said = _(
            "%(record)s is public, and what it would become is not. Publish that first, or merge the other way."
        )
        yield said % {"record": loser.slug}
    waiting = Revision.objects.open().of_values().filter(entry=loser).count()
    if waiting:
        yield _("Changes of %(record)s wait for a decision. Decide on them first.") % {"record": loser.slug}


def _pair(plan: Plan) -> bool:
    """Find what moves, given what is one so far; whether further rows turn out to be one."""
    plan.moved = {key: _turned(row, plan.pairs) for key, row in _referring(plan).items()}
    by_model: dict[type[Record], list[Moved]] = defaultdict(list)
    for key, one in plan.moved.items():
        if key not in plan.pairs:
            by_model[type(one.record)].append(one)
    found = {}
    for model, group in by_model.items():
        others = _neighbours(model, group, plan)
        for one in group:
            twin = next((other for other in others if same(one, other) and other.pk not in found), None)
            if twin is not None and one.record.pk not in plan.pairs.values():
                found[one.record.pk] = twin.pk
                plan.records |= {one.record.pk: stored(one.record.entry), twin.pk: twin}
    plan.pairs |= found
    return bool(found)


def _referring(plan: Plan) -> dict[int, Record]:
    """Every row of a record that refers to one that is merged, the merged ones themselves left out."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for key in plan.pairs:
        by_kind[plan.records[key].kind].append(key)
    rows: dict[int, Record] = {}
    for kind, keys in by_kind.items():
        for model, name in referring_to(kind):
            found = model._base_manager.select_related("entry").filter(**{f"{name}_id__in": keys})
            for row in found.order_by("pk"):
                rows.setdefault(row.pk, row)
    return {key: row for key, row in rows.items() if not row.entry.merged_into_id}


def _turned(row: Record, pairs: dict[int, int]) -> Moved:
    moved = Moved(row)
    for one in references_of(type(row)):
        value = getattr(row, one.attname)
        if value in pairs:
            moved.turn(one.attname, pairs[value])
    return moved


def references_of(model: type[Record]) -> list[ForeignKey[Any, Any]]:
    """The fields of a model that refer to records."""
    fields = model._meta.concrete_fields
    return [f for f in fields if isinstance(f, ForeignKey) and not f.primary_key and target(f)]


def _neighbours(model: type[Record], group: list[Moved], plan: Plan) -> list[Record]:
    """The rows of a model that refer to what the moved ones will refer to."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in group:
        for column in one.was:
            wanted[column].add(getattr(one.record, column))
    found: dict[int, Record] = {}
    for column, keys in wanted.items():
        rows = model._base_manager.select_related("entry").filter(**{f"{column}__in": keys})
        found |= {row.pk: row for row in rows.order_by("pk")}
    merged = {row.pk for row in found.values() if row.entry.merged_into_id}
    return [row for key, row in sorted(found.items()) if key not in merged and key not in plan.pairs]


def _put_in_order(plan: Plan) -> None:
    """Rows that are counted go on after those that stand: two agendas become one."""
    last: dict[tuple[Any, ...], int] = {}
    for one in sorted(plan.moved.values(), key=lambda moved: (moved.record.kind, moved.record.pk)):
        model = type(one.record)
        rule = next((fields for fields in own_once(model) if PLACE in fields), ())
        turned = [name for name in rule if name != PLACE and f"{name}_id" in one.was]
        if not turned:
            continue
        scope = {name: getattr(one.record, f"{name}_id") for name in rule if name != PLACE}
        key = (model, *scope.values())
        if key not in last:
            rows = model._base_manager.filter(**{f"{name}_id": value for name, value in scope.items()})
            last[key] = rows.aggregate(last=Max(PLACE))["last"] or 0
        last[key] += 1
        one.turn(PLACE, last[key])


def _take_over(plan: Plan) -> None:
    """The records that stay get what they had left empty; where both say something, they keep their own."""
    first = plan.loser.pk
    for loser_key, winner_key in plan.pairs.items():
        loser, winner = plan.records[loser_key], plan.records[winner_key]
        standing = plan.moved[winner_key] if winner_key in plan.moved else Moved(winner)
        against = []
        for name, mine, theirs in differing(loser, standing.record, plan.pairs):
            if theirs in (None, ""):
                if mine != winner_key:
                    standing.turn(name, mine)
                    plan.filled[winner_key] = standing
            elif loser_key == first or name in BESIDE:
                plan.kept.append(Kept(loser, name, mine, theirs))
            else:
                against.append(label_of(loser, name))
        if against:
            plan.obstacles.append(_says_otherwise(loser, winner, against))
        if loser.entry.is_public and not winner.entry.is_public and loser_key != first:
            said = _("%(one)s is public, and %(other)s, which says the same, is not.")
            plan.obstacles.append(said % {"one": loser.public_id, "other": winner.public_id})


def _says_otherwise(loser: Record, winner: Record, fields: list[str]) -> str:
    said = _("%(one)s and %(other)s would be one, and differ in: %(fields)s. Make them say the same first.")
    return said % {"one": loser.public_id, "other": winner.public_id, "fields": ", ".join(fields)}


def label_of(record: Record, column: str) -> str:
    """What a column is called inside a sentence."""
    names = {f.attname: str(f.verbose_name) for f in record_fields(type(record))}
    return names.get(column, column)


def _in_the_way(plan: Plan) -> Iterable[str]:
    """Rows that would refer to themselves."""
    for key, one in plan.moved.items():
        for column in one.was:
            if getattr(one.record, column) == key:
                said = _("%(record)s refers to the other record (%(field)s), and would refer to itself.")
                yield said % {"record": one.record.public_id, "field": label_of(one.record, column)}
