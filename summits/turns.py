"""Fetches what the rule of the chair looks at, in a scope, and computes whose turn it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.text import format_lazy

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.prepared import prepared
from cstokb.listing.together import Found, Wanted, together
from cstokb.records.models import Entry
from cstokb.records.said import days_said, label_of, named
from cstokb.records.scope import Scope
from summits.chair import Checked, Meeting, Turn, check, turns
from summits.choices import SessionKind
from summits.models import ChairException, Chairmanship, Session
from treaty.models import Instrument, Provision

Row = Mapping[str, Any]
#: Where the rule stands.
CHARTER, RULE = "charter", "charter/art-13"
#: The organ whose chair it is.
COUNCIL = "csc"
SESSION = ("entry_id", "entry__slug", "began_on", "type", "country_id", "next_chair_state_id")
EXCEPTION = ("entry_id", "session_id", "state_id")
STORED = ("entry_id", "entry__slug", "state_id", "began_on", "ended_on")


@dataclass(frozen=True)
class Course:
    """The turns in the chair as they follow from the rule.

    ``rule`` is the row id of the provision that holds it, None where that is not public; ``said`` is the state to which
    each session is recorded to have passed the chair, by the session's row id.
    """

    turns: Sequence[Turn] = ()
    rule: int | None = None
    said: Mapping[int, int] = field(default_factory=dict)

    def check(self, row: Row) -> Checked:
        """The turn beside a stored chairmanship: ``state_id``, ``began_on``, ``ended_on``."""
        return check(row["state_id"], row["began_on"], row["ended_on"], self.turns)

    def checks(self, rows: Iterable[Row]) -> dict[int, Checked]:
        """The turns beside some stored chairmanships, by row id."""
        return {row["entry_id"]: self.check(row) for row in rows}

    def misled(self) -> list[Turn]:
        """Turns that begin at a session which is recorded to have passed the chair to another state."""
        return [turn for turn in self.turns if self.said.get(turn.began_at, turn.state) != turn.state]


def council() -> QuerySet[Entry]:
    """The entry of the organ whose chair it is."""
    return Entry.objects.filter(kind="organ", slug=COUNCIL)


def course(ask: Ask) -> Course:
    """The turns in the scope of a question; one query, asked once."""
    return ask.once("turns in the chair", lambda: course_in(ask.scope))


def course_in(scope: Scope) -> Course:
    """The turns in a scope; one query."""
    return _course(*_facts(scope))


def _wanted(scope: Scope) -> list[Wanted]:
    """What the rule looks at: since when it is in force, where it stands, sessions and exceptions."""
    held: Any = scope.rows(Session).filter(organ_id__in=council().values("pk"))
    return [
        Wanted.of(scope.rows(Instrument).filter(entry__slug=CHARTER), ("in_force_on",)),
        Wanted.of(scope.rows(Provision).filter(entry__slug=RULE), ("entry_id",)),
        Wanted.of(held.counted(), SESSION),
        Wanted.of(scope.rows(ChairException), EXCEPTION),
    ]


_facts = prepared()(_wanted)


def _course(charter: Found, provision: Found, sessions: Found, exceptions: Found) -> Course:
    chosen = {row["session_id"]: row for row in exceptions}
    since: HistoricDate | None = charter[0]["in_force_on"] if charter else None
    meetings = [_meeting(row, chosen.get(row["entry_id"])) for row in sessions]
    said = {row["entry_id"]: row["next_chair_state_id"] for row in sessions if row["next_chair_state_id"]}
    return Course(turns(meetings, since), provision[0]["entry_id"] if provision else None, said)


def _meeting(row: Row, exception: Row | None) -> Meeting:
    return Meeting(
        row["entry__slug"],
        row["entry_id"],
        row["began_on"],
        row["type"] == SessionKind.REGULAR,
        row["country_id"],
        exception["state_id"] if exception else None,
        exception["entry_id"] if exception else None,
    )


def computed_words(one: Checked) -> Any:
    """What follows from the rule, for curators: the state and the days, in the language in which it is read."""
    turn = one.turn
    if turn is None:
        return ""
    state = Entry.objects.filter(pk=turn.state).first() if turn.state else None
    days = days_said(turn.began_on, turn.ended_on)
    return format_lazy("{}, {}", label_of(state), days) if state else days


def rule_said() -> Any:
    """The provision that holds the rule, by its title; by its id where it is not held."""
    rule = Entry.objects.filter(kind="provision", slug=RULE).first()
    return named(rule) if rule else RULE


def contradicted(scope: Scope) -> dict[int, tuple[Row, Checked]]:
    """Stored chairmanships that certainly disagree with the rule, by row id; one query."""
    *facts, stored = together(
        *_wanted(scope), Wanted.of(scope.rows(Chairmanship).order_by("entry_id"), STORED)
    )
    found = _course(*facts)
    checked = {row["entry_id"]: (row, found.check(row)) for row in stored}
    return {key: (row, one) for key, (row, one) in checked.items() if one.contradicted}
