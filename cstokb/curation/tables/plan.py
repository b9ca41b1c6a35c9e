"""Plan: what the rows of a table would do to the records that stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from cstokb.curation.tables.columns import NOT_SAID
from cstokb.curation.tables.layout import Binding, Layout
from cstokb.curation.tables.reading import Grid
from cstokb.records.models import Record

Progress = Callable[[str, int, int], None]


class State(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PROPOSED = "proposed"
    WRONG = "wrong"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell or a row, and where: ``letter`` and ``column`` are empty for the row as a whole."""

    line: int
    letter: str
    column: str
    value: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The fault as JSON values."""
        return {
            "line": self.line,
            "letter": self.letter,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Difference:
    """One field of a record: what stands, and what the row says; values as a proposal holds them."""

    name: str
    old: Any
    new: Any


@dataclass
class Line:
    """A row of the file and what it would do.

    ``values`` are those that the cells say, without what they leave alone; ``differences`` those of them that are new.
    ``version`` is that of the record that stands, 0 where none does. ``given`` is the version, or the moment of the
    last change, that the file was made from. ``at_once`` says that the change waits for nobody.
    """

    number: int
    slug: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    given: int | str | None = None
    state: State = State.UNCHANGED
    version: int = 0
    publication: str = ""
    label: str = ""
    at_once: bool = True
    differences: list[Difference] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    #: The record as it stands; None for a new one.
    standing: Record | None = None

    @property
    def asks(self) -> bool:
        """Whether it would do anything, or is wrong."""
        return self.state not in (State.UNCHANGED, State.PROPOSED)

    @property
    def writes(self) -> bool:
        """Whether it would write or propose something."""
        return self.state in (State.NEW, State.CHANGED)

    def refuse(self, reason: str, *, letter: str = "", column: str = "", value: Any = "") -> None:
        """Note what is wrong with it."""
        self.state = State.WRONG
        shown = "" if value in (None, NOT_SAID) else str(value)
        self.faults.append(Fault(self.number, letter, column, shown[:200], reason))

    def as_json(self) -> dict[str, Any]:
        """The line as JSON values."""
        return {
            "line": self.number,
            "id": self.slug,
            "state": self.state.value,
            "proposal": self.writes and not self.at_once,
            "changes": [{"field": one.name, "old": one.old, "new": one.new} for one in self.differences],
            "errors": [fault.as_json() for fault in self.faults],
        }


@dataclass(frozen=True)
class NewSource:
    """A source that a row names by an address which is not known yet."""

    slug: str
    url: str
    title: str


@dataclass
class Plan:
    """The rows of a file, in order, and the sources that they need and that do not stand yet."""

    grid: Grid
    layout: Layout
    binding: Binding
    lines: list[Line]
    sources: dict[str, NewSource] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        """How many rows would do what."""
        return Counter(line.state.value for line in self.lines)

    def told_states(self) -> list[tuple[State, int]]:
        """The counts in a fixed order, those of no row left out."""
        return [(state, self.counts[state.value]) for state in State if self.counts[state.value]]

    def asking(self) -> list[Line]:
        """The rows that would do something or are wrong, the wrong ones first."""
        order = {State.CONFLICT: 0, State.WRONG: 1}
        return sorted((line for line in self.lines if line.asks), key=lambda line: order.get(line.state, 2))

    def seen(self) -> dict[str, int]:
        """The versions that the plan was made against, by id."""
        return {line.slug: line.version for line in self.lines if line.writes}

    def as_json(self) -> dict[str, Any]:
        """The plan as JSON values."""
        return {
            "kind": self.layout.kind,
            "format": self.grid.format,
            "encoding": self.grid.encoding,
            "delimiter": self.grid.delimiter,
            "sheet": self.grid.sheet,
            "rows": len(self.lines),
            "empty_rows": self.grid.empty,
            "not_read": [
                {"column": one.name, "letter": one.letter, "why": one.why} for one in self.binding.unread
            ],
            "counts": {state.value: self.counts[state.value] for state in State},
            "lines": [line.as_json() for line in self.lines if line.state is not State.UNCHANGED],
        }


NAMES: Mapping[State, Callable[[], str]] = {
    State.NEW: lambda: _("new"),
    State.CHANGED: lambda: _("changed"),
    State.UNCHANGED: lambda: _("unchanged"),
    State.PROPOSED: lambda: _("proposed already"),
    State.WRONG: lambda: _("wrong"),
    State.CONFLICT: lambda: _("changed meanwhile"),
}


def moved(lines: Iterable[Line], seen: Mapping[str, int]) -> list[Line]:
    """The lines whose record is another than the one that was shown."""
    return [line for line in lines if line.writes and seen.get(line.slug) != line.version]
