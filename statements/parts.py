"""What hangs on a statement, fetched once for a question and shared by page, API and the other formats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q

from cstokb.dates import Answer, HistoricDate, Period
from cstokb.listing.ask import Ask
from cstokb.listing.prepared import ID, prepared
from cstokb.listing.together import Wanted
from cstokb.records.scope import Scope
from members.choices import Standing
from members.models import MembershipPeriod, Term
from members.standings import COLUMNS as SPELL
from members.status import Spell, standing_on
from statements.citing import REFERENCE, Citing, citing
from statements.detection import Resolved, Written, resolved
from statements.models import Joined, Passage, PassageReference, StatementText
from treaty.library import library_kept, library_made, recognised_by

Row = Mapping[str, Any]
Part = dict[str, Any]

TEXT = ("entry_id", "entry__slug", "language", "original", "standing", "complete", "note_en", "note_ru")
STOOD = ("entry_id", "entry__slug", "state_id", "standing", "reason_en", "reason_ru", "entry__sort_en")
PASSAGE = (
    *("entry_id", "entry__slug", "statement_text_id", "anchor", "order", "role", "text", "speaker_id"),
    *("speaker_office_en", "speaker_office_ru", "quotes_id", "quotes_en", "quotes_ru", "note_en", "note_ru"),
)
TERM = ("person_id", "office_id", "began_on", "ended_on", "acting")


@dataclass(frozen=True)
class StatementParts:
    """Language versions of a statement, the original first, and how each state stood to it, by name."""

    texts: Sequence[Part]
    stood: Sequence[Part]
    spells: Mapping[int, Sequence[Spell]] = field(default_factory=dict)

    def was_member(self, state: int, issued: HistoricDate | None) -> Answer | None:
        """Whether a state was a member of the Organization when the text was issued.

        None before the first state was one: of the time before the Organization nothing is said by it (law 8).
        """
        begun = [one.began_on.earliest for spells in self.spells.values() for one in spells if one.began_on]
        first = min((day for day in begun if day), default=None)
        if issued is None or issued.earliest is None or issued.latest is None:
            return None
        if first is None or issued.earliest < first:
            return None
        held = {
            standing_on(day, self.spells.get(state, ())).possible for day in (issued.earliest, issued.latest)
        }
        if held == {(Standing.MEMBER,)}:
            return Answer.YES
        possible = {standing for standings in held for standing in standings}
        return Answer.UNKNOWN if Standing.MEMBER in possible else Answer.NO

    def text_in(self, language: str) -> Part | None:
        """The version to show: in the language, else in English, else the first."""
        worth = {language: 0, "en": 1}
        return min(self.texts, key=lambda text: worth.get(text["language"], 2), default=None)


def statement_parts(row: Row, ask: Ask) -> StatementParts:
    """The parts of the statement in a row."""
    return ask.once(("statement parts", row["entry_id"]), lambda: _statement_parts(row["entry_id"], ask))


def _statement_parts(key: int, ask: Ask) -> StatementParts:
    held, joined, spells = _hanging_on(ask.scope, statement=key)
    by_state: dict[int, list[Spell]] = defaultdict(list)
    for row in spells:
        slug, standing = row["entry__slug"], row["standing"]
        by_state[row["state_id"]].append(
            Spell(slug, standing, row["began_on"], row["ended_on"], row["ended_by"])
        )
    return StatementParts(held, sorted(joined, key=lambda one: str(one["entry__sort_en"])), by_state)


@prepared(statement=ID)
def _hanging_on(scope: Scope, statement: int) -> Iterable[Wanted]:
    """Language versions, how states stood, and since when each state was what in the Organization."""
    texts = scope.rows(StatementText).filter(statement_id=statement).order_by("-original", "language")
    periods = scope.rows(MembershipPeriod).filter(organ_id__isnull=True, state_id__isnull=False)
    return (
        Wanted.of(texts, TEXT),
        Wanted.of(scope.rows(Joined).filter(statement_id=statement), STOOD),
        Wanted.of(periods.order_by("entry_id"), SPELL),
    )


@dataclass(frozen=True)
class Reading:
    """The passages of every language version that is held, in order, what each cites, and who spoke in which office.

    ``found`` holds the citations in the words, by passage, with all that each may mean.
    """

    statement: Row
    passages: Sequence[Part] = ()
    references: Mapping[int, Sequence[Part]] = field(default_factory=dict)
    found: Mapping[int, Resolved] = field(default_factory=dict)
    terms: Sequence[Part] = ()

    @cached_property
    def citing(self) -> Citing:
        """What each passage cites in its words or leans on, each target once."""
        return citing(self.references, self.found)

    def cited(self, passage: Part) -> Sequence[Part]:
        """The citations of a passage."""
        return self.citing.get(passage["entry_id"], ())

    def recorded(self) -> Iterator[tuple[str, Part]]:
        """What editors recorded, each with the anchor of its passage."""
        for passage in self.passages:
            for one in self.references.get(passage["entry_id"], ()):
                yield passage["anchor"], one

    def of(self, text: Part) -> list[Part]:
        """The passages of a language version."""
        return [one for one in self.passages if one["statement_text_id"] == text["entry_id"]]

    def offices(self, person: int | None) -> list[Part]:
        """The terms that the person certainly held on the day of the statement."""
        day: HistoricDate | None = self.statement["issued_on"]
        if person is None or day is None or day.exact_day is None:
            return []
        held = (one for one in self.terms if one["person_id"] == person)
        return [
            one for one in held if Period(one["began_on"], one["ended_on"]).holds(day.exact_day) is Answer.YES
        ]

    def names(self) -> Iterator[int | None]:
        """Row ids of every record that the passages name."""
        for passage in self.passages:
            yield from (passage["speaker_id"], passage["quotes_id"])
            for one in self.cited(passage):
                yield one["target"]
            for _citation, targets in self.found.get(passage["entry_id"], ()):
                yield from (target.provision or target.instrument for target in targets if target.held)
        yield from (one["office_id"] for one in self.terms)


def reading(row: Row, ask: Ask) -> Reading:
    """The passages of the statement in a row; none where no text is held."""
    return ask.once(("reading", row["entry_id"]), lambda: _reading(row, ask))


def _reading(row: Row, ask: Ask) -> Reading:
    books = library_kept(ask)
    passages, references, terms, *found = _read(
        ask.scope, books is None, statement=row["entry_id"], speaker=row["speaker_id"]
    )
    day = row["issued_on"].earliest if row["issued_on"] else None
    written = (Written(one["entry_id"], one["text"], day, row["instrument_id"]) for one in passages)
    return Reading(
        row, passages, by_passage(references), resolved(written, books or library_made(found, ask)), terms
    )


@prepared(statement=ID, speaker=ID)
def _read(scope: Scope, named: bool, statement: int, speaker: int) -> Iterable[Wanted]:
    """Passages, what editors recorded that they cite, the terms of all who speak; ``named``: names of instruments."""
    rows = scope.rows(Passage).filter(statement_id=statement)
    cited = scope.rows(PassageReference).filter(passage_id__in=rows.values("entry_id"))
    spoke = Q(person_id__in=rows.filter(speaker_id__isnull=False).values("speaker_id")) | Q(person_id=speaker)
    return (
        Wanted.of(rows.order_by("statement_text_id", "order"), PASSAGE),
        Wanted.of(cited.order_by("entry_id"), REFERENCE),
        Wanted.of(scope.rows(Term).filter(spoke).order_by("entry_id"), TERM),
        *(recognised_by(scope).values() if named else ()),
    )


def by_passage(references: Iterable[Part]) -> Mapping[int, Sequence[Part]]:
    """References by the row id of their passage."""
    found: dict[int, list[Part]] = defaultdict(list)
    for row in references:
        found[row["passage_id"]].append(row)
    return found


@dataclass(frozen=True)
class Aligned:
    """One place in a statement: its anchor, and the passage that stands there in each language version, or None."""

    anchor: str
    passages: tuple[Part | None, ...]


def aligned(versions: Sequence[Sequence[Part]]) -> list[Aligned]:
    """Language versions passage by passage, in the order of the first.

    What stands under one anchor says the same. A passage that another version alone has stands behind the one that it
    follows there.
    """
    order: list[str] = [one["anchor"] for one in versions[0]] if versions else []
    for version in versions[1:]:
        before = 0
        for one in version:
            if one["anchor"] in order:
                before = order.index(one["anchor"]) + 1
            else:
                order.insert(before, one["anchor"])
                before += 1
    by_anchor = [{one["anchor"]: one for one in version} for version in versions]
    return [Aligned(anchor, tuple(found.get(anchor) for found in by_anchor)) for anchor in order]
