"""Change and Outcome: what a caller asks the writer for, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cstokb.records.models import Entry, EntryTopic, Evidence, NameForm, Record

if TYPE_CHECKING:
    from cstokb.accounts.models import User


class WriteRefused(ValueError):  # its message is shown to editors, in their language
    """The change breaks a law of the model; the message says which record and why. Nothing was written."""


class Conflict(WriteRefused):
    """The record has moved on since the caller read it."""

    def __init__(self, entry: Entry, base_version: int) -> None:
        said = _("%(record)s has been changed meanwhile: it is at version %(now)d, not %(then)d.")
        super().__init__(
            said % {"record": f"{entry.kind} {entry.slug}", "now": entry.version, "then": base_version}
        )
        self.entry = entry
        self.base_version = base_version


@dataclass
class Change:
    """One record as it should be.

    ``record`` carries the field values. ``None`` for a satellite (evidence, names, topics) or for the publication
    leaves it as it is; a list is the whole list from now on, and a row in it that has its key is that row, whichever
    record of the same call it hangs on so far. ``base_version`` is the version that the caller saw, 0 for a record that
    must not stand yet; None asks for no comparison. ``merged_into`` makes the record one with another of its kind;
    ``stands_alone`` ends that.
    """

    record: Record
    slug: str = ""
    publication: str | None = None
    why: str | None = None
    evidence: Sequence[Evidence] | None = None
    names: Sequence[NameForm] | None = None
    topics: Sequence[int | EntryTopic] | None = None
    base_version: int | None = None
    merged_into: Entry | None = None
    stands_alone: bool = False


@dataclass(frozen=True)
class Occasion:
    """Who writes, when, and why: the same for every change of one call."""

    at: datetime
    by: User | None = None
    reason: str = ""
    correction: bool = False


@dataclass
class Touched:
    """What one call has done to one record so far. ``left`` are the owners of a record that moved to another."""

    entry: Entry
    record: Record
    created: bool = False
    differences: list[dict[str, Any]] = field(default_factory=list)
    row_changed: bool = False
    was: str = ""
    label_changed: bool = False
    left: set[int] = field(default_factory=set)

    @property
    def changed(self) -> bool:
        """Whether anything about the record differs from before."""
        return self.created or bool(self.differences) or self.was != self.entry.visibility


@dataclass
class Outcome:
    """The ids of the records that a call created, changed and left as they were."""

    created: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take the ids of another outcome in."""
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged
