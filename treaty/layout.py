"""From the acts of a state to its spells under an instrument: each ends where the next begins. Pure functions.

A disputed act makes nothing certain: what it would have ended goes on beside what it would have begun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from treaty.choices import PartyStatus
from treaty.course import Course, Stretch, Terms, first_day_out, is_dated, party_from, span, when_done
from treaty.spells import CONSENTS, Act, Bound, Spell


def spells_of(course: Course, terms: Terms) -> list[Spell]:
    """Every spell, oldest first; only provisional application and what is disputed lie beside another."""
    layout = Layout(terms)
    for one in course.line:
        if isinstance(one, Act):
            layout.sign(one)
        else:
            layout.bind(one)
    found = [*layout.line, *layout.beside]
    found += _applied(course, found, terms)
    return sorted(found, key=lambda one: (one.begins.earliest, one.begins.latest))


@dataclass
class Layout:
    """Spells as they are laid out, each ending where the next one begins; what is disputed lies beside them."""

    terms: Terms
    line: list[Spell] = field(default_factory=list)
    beside: list[Spell] = field(default_factory=list)

    def sign(self, act: Act) -> None:
        """A signature begins something where the state is nothing yet, or nothing any more."""
        if not self.line or self.line[-1].status == PartyStatus.FORMER:
            self.follow(Spell(PartyStatus.SIGNATORY, when_done(act, self.terms.floor), begun_by=(act,)))

    def bind(self, stretch: Stretch) -> None:
        """Lay out a consent with what ended it."""
        out = first_day_out(stretch.ends, self.terms) if stretch.ends else None
        party = Spell(PartyStatus.PARTY, party_from(stretch, self.terms), begun_by=tuple(stretch.consents))
        party = replace(party, ends=out, ended_by=tuple(stretch.ends), again=self._was_party())
        if not stretch.is_sure:
            self.beside.append(party)
            return
        contracting = _contracting(stretch, party, self.terms)
        if out and out.latest <= party.begins.earliest:
            self._taken_back(contracting, out, stretch)
            return
        if contracting:
            self.follow(contracting)
        self.follow(party)
        if out:
            status = PartyStatus.SUSPENDED if stretch.was_suspended else PartyStatus.FORMER
            self.line.append(Spell(status, out, begun_by=tuple(stretch.ends)))
        if stretch.left:
            left = first_day_out(stretch.left, self.terms)
            self.follow(Spell(PartyStatus.FORMER, left, begun_by=tuple(stretch.left)))

    def _was_party(self) -> bool:
        return any(one.status == PartyStatus.PARTY for one in self.line)

    def _taken_back(self, contracting: Spell | None, out: Bound, stretch: Stretch) -> None:
        """A consent taken back before it worked: the state never was a party, and is again what it was before."""
        before = self.line[-1] if self.line else None
        if contracting is None:
            return
        self.follow(replace(contracting, ends=out, ended_by=tuple(stretch.ends)))
        if before:
            self.line.append(replace(before, begins=out, ends=None, ended_by=()))

    def follow(self, spell: Spell) -> None:
        """Add a spell and let the one before it end where it begins."""
        if self.line and self.line[-1].ends is None:
            self.line[-1] = replace(self.line[-1], ends=spell.begins, ended_by=spell.begun_by)
        self.line.append(spell)


def _contracting(stretch: Stretch, party: Spell, terms: Terms) -> Spell | None:
    """The time between a consent and its entry into force for the state, where the day of the consent is known."""
    consents = (act for act in stretch.consents if act.kind in CONSENTS and not act.disputed)
    given = next((act for act in consents if is_dated(act.done_on)), None)
    if given is None:
        return None
    done, ends, acts = span(given.done_on, terms.floor), party.begins, party.begun_by
    if done.earliest >= ends.earliest and done.latest >= ends.latest:
        return None
    if party.ends and party.ends.earliest < ends.latest:
        ends = Bound(min(ends.earliest, party.ends.earliest), min(ends.latest, party.ends.latest))
        acts = (*acts, *party.ended_by)
    return Spell(PartyStatus.CONTRACTING, done, ends, (given,), acts)


def _applied(course: Course, found: Sequence[Spell], terms: Terms) -> Iterator[Spell]:
    """Provisional application ends with entry into force for the state, or with its own end (article 25)."""
    entries = [one for one in found if one.status == PartyStatus.PARTY and not one.disputed]
    for stretch in course.applied:
        act = stretch.consents[0]
        when = act.effective_on if is_dated(act.effective_on) else act.done_on
        spell = Spell(PartyStatus.PROVISIONAL, span(when, terms.floor), begun_by=(act,))
        ends = [(one.begins, one.begun_by) for one in entries if one.begins.latest > spell.begins.earliest]
        if stretch.ends:
            ends.append((first_day_out(stretch.ends, terms), tuple(stretch.ends)))
        if ends:
            first, by = min(ends, key=lambda end: (end[0].latest, end[0].earliest))
            spell = replace(spell, ends=first, ended_by=by)
        yield spell
