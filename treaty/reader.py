"""Reading a text on a day, in general or for the one state that a question names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, cast

from django.utils.translation import gettext as _

from cstokb.dates import Answer, Verdict
from cstokb.listing.ask import Ask
from cstokb.listing.errors import BadQuestion, Fault
from cstokb.listing.evidence import named
from cstokb.listing.names import Named
from cstokb.records import naming
from cstokb.records.naming import Wanted
from treaty.acts import act_rows, parties_told
from treaty.binding import Bonds
from treaty.reading import Amending, Makers, Part, Reading, works
from treaty.texts import forces_around, parts_of
from treaty.wordings import Force

Row = Mapping[str, Any]
#: The parameter that names the state, and the key under which a question keeps it.
STATE = "state"


class Asked(NamedTuple):
    """The state that a question names: its row id and how it is named."""

    key: int
    named: Named

    @property
    def id(self) -> str:
        """The key under which what is told of states keeps it."""
        return str(self.key)

    def label(self, language: str) -> str:
        """What it is called."""
        return self.named.label(language)


def read_state(ask: Ask) -> Asked | None:
    """The one state that ``state`` names, by its id or a spelling of its name; kept with the question. Two queries.

    Raises:
        BadQuestion: when it names none, or several.
    """
    return ask.once(STATE, lambda: _read(ask))


def state_of(ask: Ask) -> Asked | None:
    """The state for which the text is read, where the address took one by ``read_state``."""
    return cast("Asked | None", ask.memo.get(STATE))


def _read(ask: Ask) -> Asked | None:
    given = list(dict.fromkeys(value.strip() for value in ask.params.getlist(STATE) if value.strip()))
    if not given:
        return None
    if len(given) > 1:
        raise _refused(", ".join(given), "repeated", _("Name one state."))
    wanted = Wanted("state", given[0])
    ids = naming.find([wanted], ask.scope)[wanted]
    names = named(ids, ask)
    found = [Asked(key, names[key]) for key in ids if key in names]
    exact = [one for one in found if one.named.id == given[0].lower()] or found
    if not exact:
        close = naming.nearest("state", given[0], ask.scope)
        raise _refused(given[0], "names_nothing", _("No record has this id or name."), nearest=close)
    if len(exact) > 1:
        allowed = sorted(one.named.id for one in exact)
        raise _refused(given[0], "ambiguous", _("Several states bear this name."), allowed=allowed)
    return exact[0]


def _refused(value: str, code: str, detail: str, **more: Any) -> BadQuestion:
    return BadQuestion(faults=[Fault(STATE, value[:200], code, detail, **more)])


@dataclass(frozen=True)
class Study:
    """Provisions of one instrument as they are read on a day, in general or for one state.

    ``acts`` are those upon the instrument and upon the instruments that amended it. States are told apart by their row
    ids written out, so that their names can come with those of everything else.
    """

    ask: Ask
    bonds: Bonds
    acts: Sequence[Row]
    state: Asked | None

    @property
    def mentions(self) -> set[int]:
        """Row ids of the instruments and states that it speaks of."""
        asked = {self.state.key} if self.state else set()
        return {self.bonds.key, *self.bonds.forces, *(act["state_id"] for act in self.acts), *asked}

    @cached_property
    def reads_for(self) -> Asked | None:
        """The state whose reading is shown: the one asked about, unless it certainly is no party that day."""
        if self.state is None or self.bonds.standing(self.state.id).party.answer is Answer.NO:
            return None
        return self.state

    @cached_property
    def makers(self) -> Makers | None:
        """Whether each amending instrument is in force for the state whose reading is shown."""
        return self.bonds.makers(self.reads_for.id) if self.reads_for else None

    def doubt(self, one: Amending) -> Verdict:
        """Whether an amendment holds on the day, for the state whose reading is shown where there is one."""
        return works(one, self.ask.day, self.makers)

    def read(self, part: Part) -> Reading:
        """A provision as it stands on the day, or as it binds the state asked about."""
        force, day = self.bonds.forces.get(self.bonds.key, Force("")), self.ask.day
        if self.reads_for is None or self.makers is None:
            return part.read(force, day)
        return replace(part.read_for(force, day, self.makers), read_for=self.reads_for.key)


def study(instrument: int, ask: Ask) -> Study:
    """How an instrument is read; one query beside those of the dates in force, made once for a question."""
    return studies([instrument], ask)[instrument]


def studies(instruments: Sequence[int], ask: Ask) -> dict[int, Study]:
    """How instruments are read, by their row ids, at the queries of one of them."""
    return ask.once(("studies", *instruments), lambda: _studies(instruments, ask))


def _studies(instruments: Sequence[int], ask: Ask) -> dict[int, Study]:
    forces = forces_around(instruments, ask)
    acts = act_rows(forces, ask)
    unnamed = {act["state_id"]: Named("state", str(act["state_id"]), "", "", "") for act in acts}
    told = parties_told(acts, forces, unnamed)
    return {key: Study(ask, Bonds(key, told, forces, ask.day), acts, state_of(ask)) for key in instruments}


def readings_of(rows: Sequence[Row], ask: Ask) -> dict[int, tuple[Part, Reading]]:
    """Provisions as they stand on the day asked about, or as they bind the state asked about; four queries."""
    parts = parts_of(rows, ask)
    forces = forces_around(_instruments(rows), ask)
    known = studies(_instruments(rows), ask) if state_of(ask) else {}
    found = {}
    for row in rows:
        part, key = parts[row["entry_id"]], row["instrument_id"]
        reading = known[key].read(part) if key in known else part.read(forces.get(key, Force("")), ask.day)
        found[row["entry_id"]] = (part, reading)
    return found


def _instruments(rows: Iterable[Row]) -> list[int]:
    return list(dict.fromkeys(row["instrument_id"] for row in rows))
