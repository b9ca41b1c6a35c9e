"""The page of chairmanships: who held the chair, what follows from the Charter, and where the two disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cstokb.dates import Answer, HistoricDate, describe
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import Beside, ByEntry, Item
from cstokb.listing.listing import Line
from cstokb.listing.names import Names
from cstokb.listing.plain_table import plain_table
from cstokb.listing.readings import field_words
from summits.chair import Checked, Turn, holders
from summits.chairs import Computed, Reading, readings
from summits.choices import ChairBasis
from summits.facts import cell, link
from summits.models import Chairmanship
from summits.readings import Backed, Sheet, sheet
from summits.turns import course

Part = dict[str, Any]


@dataclass(frozen=True)
class ChairView:
    """Chairmanships with the turns that follow from the rule, and the names of all they refer to."""

    lines: Sequence[Line]
    made: Computed
    names: Names
    evidence: ByEntry
    ask: Ask

    @classmethod
    def of(cls, lines: Sequence[Line], ask: Ask) -> ChairView:
        """The names of every turn, in one query beside that of the turns."""
        told, beside = course(ask), Beside.of(ask)
        keys = [key for turn in told.turns for key in (turn.state, turn.began_at)]
        exceptions = [turn.exception for turn in told.turns if turn.exception]
        beside.fetch(names=[*keys, told.rule], evidence=exceptions)
        turns = {beside.names[turn.began_at].id: turn for turn in told.turns if turn.began_at in beside.names}
        checks = {line.entry_id: _checked(line, turns) for line in lines}
        return cls(lines, Computed(told, checks, beside.evidence), beside.names, beside.evidence, ask)

    def context(self) -> Part:
        """What templates/summits/chairmanships.html is given."""
        said = self.sheet()
        return {
            "rule": link(self.names.get(self.made.course.rule or 0), self.ask),
            "chairs": [self.chair(line, said) for line in self.lines],
            "contradictions": [self.notice(line) for line in self.lines if self.checked(line).contradicted],
            "turns": self.turns(said),
            "evidence": said.notes,
            "disputes": said.readings,
        }

    def checked(self, line: Line) -> Checked:
        """The turn beside a chairmanship."""
        return self.made.checks[line.entry_id]

    def sheet(self) -> Sheet:
        """The evidence of the chairmanships and of the exceptions that the turns rest on."""
        backed = [Backed(one.entry_id, Chairmanship, self.name(one), one.values) for one in self.lines]
        backed += [
            Backed(turn.exception, Chairmanship, self.called(turn))
            for turn in self.shown_turns()
            if turn.exception
        ]
        return sheet(backed, self.evidence, {}, self.ask)

    # -- one chairmanship ------------------------------------------------------------------------------------------

    def chair(self, line: Line, said: Sheet) -> Part:
        """One chairmanship as it is stored, what follows beside it, and what sources say of its days."""
        state, items = line.refs.get("state"), self.evidence.get(line.entry_id, ())
        return {
            "id": line.id.replace("/", "-"),
            "title": state.label(self.ask.language) if state else line.label,
            "url": line.url,
            "began_on": line.dates["began_on"],
            "ended_on": line.dates["ended_on"],
            "person": link(line.refs.get("person"), self.ask),
            "basis": ChairBasis(line.values["basis"]).label,
            "refs": said.refs.get(line.entry_id, ()),
            "follows": self.follows(self.checked(line)),
            "agrees": self.checked(line).agrees.value,
            "readings": self.readings(line, items, said),
        }

    def name(self, line: Line) -> str:
        """A chairmanship by its state and first day."""
        state = line.refs.get("state")
        began = line.dates["began_on"]
        words = {
            "state": state.label(self.ask.language) if state else line.label,
            "day": describe(began, self.ask.language, after_since=True) if began else "?",
        }
        return _("%(state)s (from %(day)s)") % words

    def follows(self, one: Checked) -> str:
        """What follows from the rule, in a line; empty where it reaches no day of the chairmanship."""
        if one.turn is None:
            return ""
        if one.agrees is Answer.YES and one.turn.exception is not None:
            return _("agrees with what the Council decided")
        if one.agrees is Answer.YES:
            return _("agrees with the Charter's rule")
        words = {"state": self.state(one.turn), "days": self.days(one.turn)}
        return _("by the Charter's rule: %(state)s, %(days)s") % words

    def readings(self, line: Line, items: Sequence[Item], said: Sheet) -> list[Part]:
        """What sources say of the days, each said once with the numbers of all that say it."""
        grouped: dict[str, list[Item]] = {}
        for one in readings(items, self.checked(line).turn):
            grouped.setdefault(self.reading(one, line), []).append(one.item)
        return [{"text": text, "refs": said.numbers(line.entry_id, found)} for text, found in grouped.items()]

    def reading(self, one: Reading, line: Line) -> str:
        """What a source says of an end, and what follows beside it: that day, and how much of the time it names."""
        day = self.day(one.value)
        if one.item["quotation"]:
            day = _("%(day)s “%(quotation)s”") % {"day": day, "quotation": one.item["quotation"]}
        said = f"{field_words(Chairmanship, one.name)}: {day}"
        if one.computed is None:
            return said
        parts = [said, _("by the rule %(day)s") % {"day": self.day(one.computed)}]
        turn = self.checked(line).turn
        held = _shared(one.value, turn) if turn and not one.value.exact_day else None
        if held and one.agrees is Answer.NO:
            days = " – ".join(self.day(HistoricDate.of_day(day)) for day in held)
            parts.append(_("of that time it held the chair %(days)s") % {"days": days})
        return "; ".join(parts)

    def notice(self, line: Line) -> Part:
        """That a stored chairmanship is not the one that follows."""
        one = self.checked(line)
        fields = ", ".join(field_words(Chairmanship, name) for name in one.contradicted)
        stored = self.between(line.dates["began_on"], line.dates["ended_on"])
        turn = one.turn
        words = {
            "state": self.state(turn) if turn else "",
            "computed": self.days(turn) if turn else "",
            "stored": stored,
        }
        return {
            "kind": "warn",
            "title": _("%(chair)s: the Charter's rule gives another %(fields)s")
            % {"chair": self.name(line), "fields": fields},
            "text": _("By the rule: %(state)s, %(computed)s; stored: %(stored)s.") % words,
        }

    # -- the turns -------------------------------------------------------------------------------------------------

    def shown_turns(self) -> Sequence[Turn]:
        """The turns of the day asked about, or all."""
        found = self.made.course.turns
        return holders(found, self.ask.on) if self.ask.on else found

    def turns(self, said: Sheet) -> Part | None:
        """Every turn that follows from the sessions, the newest first."""
        heads = (_("Session"), _("In the chair"), _("Days"), _("Why"))
        rows = [self.turn(turn, said) for turn in reversed(self.shown_turns())]
        return plain_table(_("Chairmanships by the Charter's rule"), heads, rows) if rows else None

    def turn(self, turn: Turn, said: Sheet) -> list[Part]:
        """One turn: the session at which it began, the state, the days, and whether the Council decided otherwise."""
        state = self.names.get(turn.state or 0)
        unknown = {"text": _("not known: no host and no exception recorded"), "lead": True}
        why: Part = {"text": _("host of the regular session")}
        if turn.basis == ChairBasis.EXCEPTION:
            why = {"text": _("the Council decided otherwise"), "refs": said.refs.get(turn.exception or 0, ())}
        elif turn.state is None:
            why = {"text": ", ".join(turn.blocked_by)}
        return [
            cell(self.names.get(turn.began_at), self.ask),
            cell(state, self.ask, lead=True) if state else unknown,
            {"began_on": turn.began_on, "ended_on": turn.ended_on},
            why,
        ]

    def called(self, turn: Turn) -> str:
        """A turn that rests on an exception, among the evidence."""
        return _("%(state)s instead of the host (%(day)s)") % {
            "state": self.state(turn),
            "day": turn.began_on,
        }

    # -- words -----------------------------------------------------------------------------------------------------

    def state(self, turn: Turn) -> str:
        """The state of a turn by its name."""
        named = self.names.get(turn.state or 0)
        return named.label(self.ask.language) if named else _("not known")

    def days(self, turn: Turn) -> str:
        """The days of a turn."""
        return self.between(turn.began_on, turn.ended_on)

    def between(self, began_on: HistoricDate | None, ended_on: HistoricDate | None) -> str:
        """Two ends in words."""
        return f"{self.day(began_on)} – {self.day(ended_on)}".strip()

    def day(self, when: HistoricDate | None) -> str:
        """A date in words; nothing for an open end."""
        return describe(when, self.ask.language) if when else ""


def _checked(line: Line, turns: Mapping[str, Turn]) -> Checked:
    """What the row says of the rule, with the turn that it means."""
    values = line.values
    turn = turns.get(values["began_at"] or "")
    return Checked(turn, Answer(values["agrees"]), tuple(values["contradicted"]))


def _shared(value: HistoricDate, turn: Turn) -> tuple[Any, Any] | None:
    """The first and last day that a reading of more than a day shares with a turn."""
    if not (value.earliest and value.latest and turn.began_on.earliest):
        return None
    last = turn.ended_on.latest if turn.ended_on and turn.ended_on.latest else value.latest
    first, last = max(value.earliest, turn.began_on.earliest), min(value.latest, last)
    return (first, last) if first <= last else None
