"""Fetches provisions with their wordings and numbers in a scope, for all rows of a page at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cstokb.dates import Period, sort_key
from cstokb.listing.ask import Ask
from treaty import fetching
from treaty.questions import FORCE, WORDING
from treaty.reading import Amending, Force, Numbered, Part, Wording

Row = Mapping[str, Any]


def force_of(row: Row) -> Force:
    """When the instrument of a row is in force."""
    return Force(row["entry__slug"], **{name: row[name] for name in FORCE})


def forces_of(ids: Iterable[int], ask: Ask) -> dict[int, Force]:
    """When instruments are in force, by their row ids; one query."""
    return {row["entry_id"]: force_of(row) for row in fetching.forces(ids, ask)}


def amending(row: Row, forces: Mapping[int, Force]) -> Amending:
    """The amendment of a row, given when amending instruments are in force."""
    return Amending(
        entry_id=row["entry_id"],
        id=row["entry__slug"],
        made_by=row["made_by_id"],
        maker=forces.get(row["made_by_id"], Force("")),
        effect=row["effect"],
        period=_period(row),
        provision=row.get("provision_id"),
        wording=row.get("wording_id"),
        description_en=row.get("description_en", ""),
        description_ru=row.get("description_ru", ""),
    )


def amendment_rows(instruments: Iterable[int], ask: Ask) -> Sequence[Row]:
    """The amendments to some instruments and to their provisions; one query."""
    return fetching.amendments(instruments, ask)


def parts_of(rows: Sequence[Row], ask: Ask) -> dict[int, Part]:
    """Provisions with wordings, numbers and amendments, by their row ids, in the order of the rows; four queries."""
    ids = tuple(row["entry_id"] for row in rows)
    return ask.once(("parts", ids), lambda: _fetch_parts(rows, ids, ask))


def _fetch_parts(rows: Sequence[Row], ids: Sequence[int], ask: Ask) -> dict[int, Part]:
    wordings, numbers, amendments = _wordings(ids, ask), numbers_of(ids, ask), _amendments(rows, ask)
    return {
        row["entry_id"]: Part(
            row["entry_id"],
            row["entry__slug"],
            row["type"],
            row["number"],
            tuple(numbers[row["entry_id"]]),
            tuple(wordings[row["entry_id"]]),
            tuple(amendments[row["entry_id"]]),
        )
        for row in rows
    }


def _amendments(rows: Sequence[Row], ask: Ask) -> Mapping[int | None, list[Amending]]:
    """The amendments to the instruments of some rows, by the provisions they change; None: the whole instrument."""
    found: dict[int | None, list[Amending]] = defaultdict(list)
    forces = forces_around((row["instrument_id"] for row in rows), ask)
    for row in amendment_rows(frozenset(row["instrument_id"] for row in rows), ask):
        found[row["provision_id"]].append(amending(row, forces))
    for amendments in found.values():
        amendments.sort(key=lambda one: sort_key(one.since))
    return found


def forces_around(instruments: Iterable[int], ask: Ask) -> dict[int, Force]:
    """When instruments and those that amended them are in force, by their row ids; two queries."""
    wanted = frozenset(instruments)
    makers = {row["made_by_id"] for row in amendment_rows(wanted, ask)}
    return forces_of(wanted | makers, ask)


def amendments_whole(instrument: int, ask: Ask) -> list[Amending]:
    """The amendments to an instrument that name no provision of it; no query beside those of its parts."""
    forces = forces_around([instrument], ask)
    rows = amendment_rows([instrument], ask)
    return [amending(row, forces) for row in rows if row["provision_id"] is None]


def _wordings(ids: Sequence[int], ask: Ask) -> Mapping[int, list[Wording]]:
    found: dict[int, list[Wording]] = defaultdict(list)
    for row in fetching.wordings(ids, ask):
        found[row["provision_id"]].append(
            Wording(
                entry_id=row["entry_id"],
                id=row["entry__slug"],
                period=_period(row),
                made_by=row["made_by_id"],
                **{name: row[name] for name in WORDING},
            )
        )
    return found


def numbers_of(ids: Iterable[int], ask: Ask) -> Mapping[int, list[Numbered]]:
    """The numbers of provisions over time, by the provisions' row ids; one query."""
    found: dict[int, list[Numbered]] = defaultdict(list)
    for row in fetching.numbers(ids, ask):
        found[row["provision_id"]].append(Numbered(row["number"], _period(row)))
    for numbers in found.values():
        numbers.sort(key=lambda one: one.since)
    return found


def _period(row: Row) -> Period:
    """The row's period, whose ends are named as the facts that may block an answer."""
    began, ended = (f"{row['entry__slug']}.{name}" for name in ("began_on", "ended_on"))
    return Period(row["began_on"], row["ended_on"], began_fact=began, ended_fact=ended)
