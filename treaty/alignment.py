"""What became of each provision between two days, and which paragraphs of two wordings stand for each other.

Pure functions. Only wordings in one language are compared, those of the same standing first: the words of an authentic
text and of a restatement differ everywhere and say nothing of a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cstokb.dates import Answer, Period
from cstokb.redline import Redline, redline
from treaty.choices import WordingState
from treaty.reading import WORTH, Amending, Force, Part, Reading, Wording

DAY = timedelta(days=1)
_CHANGES: tuple[str, ...] = ("changed", "inserted", "repealed", "amended-not-consolidated")
_ABSENT = (WordingState.NOT_YET, WordingState.NO_LONGER, WordingState.REPEALED)


class Outcome(TextChoices):
    """What became of a provision between two days; computed, never stored."""

    CHANGED = "changed", _("changed")
    INSERTED = "inserted", _("inserted")
    REPEALED = "repealed", _("repealed")
    UNCHANGED = "unchanged", _("unchanged")
    NOT_YET = "not-yet-in-force", _("not yet in force")
    NO_LONGER = "no-longer-in-force", _("no longer in force")
    NOT_VERIFIED = "wording-not-verified", _("wording not yet verified")
    NOT_CONSOLIDATED = "amended-not-consolidated", _("amended, not yet consolidated")
    NOT_COMPARABLE = "no-common-language", _("no wording in a common language")
    HEADING = "heading", _("heading without words of its own")
    UNKNOWN = "unknown", _("not known")


@dataclass(frozen=True)
class Step:
    """A day on which something of a provision changed; ``made_by`` is the row id of the instrument that did it."""

    day: date
    made_by: int | None = None

    def in_order(self) -> tuple[date, int]:
        """A key by which earlier steps come first."""
        return self.day, self.made_by or 0


@dataclass(frozen=True)
class Pair:
    """One provision on two days.

    ``steps`` are the changes after the first day up to the second, in order, and ``amendings`` the amendments that
    began then; ``undated`` are the makers of wordings and amendments of which no day is known.
    """

    part: Part
    before: Reading
    after: Reading
    old: Wording | None
    new: Wording | None
    outcome: Outcome
    steps: tuple[Step, ...] = ()
    amendings: tuple[Amending, ...] = ()
    undated: tuple[int | None, ...] = ()

    @property
    def is_renumbered(self) -> bool:
        """Whether it stands in the text on both days, under another number."""
        there = self.before.state not in _ABSENT and self.after.state not in _ABSENT
        return there and self.before.number != self.after.number

    @property
    def is_change(self) -> bool:
        """Whether the text of the instrument is another on the second day than on the first."""
        if self.outcome == Outcome.NOT_VERIFIED:
            return (self.old is None) != (self.new is None) or bool(self.amendings)
        return self.is_renumbered or self.outcome in _CHANGES

    @property
    def shown(self) -> tuple[Wording, ...]:
        """The wordings whose words are shown."""
        return tuple(one for one in (self.old, self.new) if one)

    @cached_property
    def redline(self) -> Redline | None:
        """The change word by word; all words where a provision came or went. None where there is nothing to compare."""
        if self.outcome in (Outcome.CHANGED, Outcome.INSERTED, Outcome.REPEALED) and self.shown:
            return redline(self.old.text if self.old else "", self.new.text if self.new else "")
        return None


# -- one provision on two days ---------------------------------------------------------------------------------------


def compared(
    part: Part, force: Force, first: date, last: date, language: str, amendings: Sequence[Amending] = ()
) -> Pair:
    """A provision on two days, in the language where it is held; ``amendings`` are the amendments to it."""
    before, after = part.read(force, first), part.read(force, last)
    old, new = comparable(before, after, language)
    began = tuple(one for one in amendings if (day := since(one)) and first < day <= last)
    outcome = _outcome(part, before, after, old, new)
    if outcome == Outcome.UNCHANGED and any(not _is_consolidated(one, part) for one in began):
        outcome = Outcome.NOT_CONSOLIDATED
    return Pair(
        part,
        before,
        after,
        old if before.state not in _ABSENT else None,
        new if after.state not in _ABSENT else None,
        outcome,
        tuple(_steps(part, began, first, last)),
        began,
        tuple(_undated(part, amendings, (old, new))),
    )


def since(one: Amending) -> date | None:
    """The day from which an amendment holds, where it is exactly known."""
    return one.since.exact_day if one.since else None


def _is_consolidated(one: Amending, part: Part) -> bool:
    """Whether a wording of the provision that the amendment made is held."""
    return one.wording is not None or any(text.made_by == one.made_by for text in part.wordings)


def comparable(before: Reading, after: Reading, language: str) -> tuple[Wording | None, Wording | None]:
    """The two wordings to compare: in one language and of one standing where there are such, best for the reader."""
    pairs = [
        (old, new)
        for old in before.wordings or before.possible
        for new in after.wordings or after.possible
        if old.language == new.language
    ]
    return min(
        pairs,
        key=lambda both: _preference(both[0], both[1], language),
        default=(before.wording(language), after.wording(language)),
    )


def _preference(old: Wording, new: Wording, language: str) -> tuple[bool, bool, bool, int, int, str, str]:
    return (
        new.language != language,
        new.language != "en",
        old.standing != new.standing,
        WORTH[new.standing],
        WORTH[old.standing],
        new.id,
        old.id,
    )


def _outcome(
    part: Part, before: Reading, after: Reading, old: Wording | None, new: Wording | None
) -> Outcome:
    states = (before.state, after.state)
    if all(state in _ABSENT for state in states):
        return Outcome.NOT_YET if after.state == WordingState.NOT_YET else Outcome.NO_LONGER
    if WordingState.UNKNOWN in states:
        return Outcome.UNKNOWN
    if before.state in _ABSENT:
        return Outcome.INSERTED
    if after.state in _ABSENT:
        return Outcome.REPEALED
    if part.is_heading:
        return Outcome.HEADING
    return _words(old, new)


def _words(old: Wording | None, new: Wording | None) -> Outcome:
    if old is None or new is None:
        return Outcome.NOT_VERIFIED
    if old.language != new.language:
        return Outcome.NOT_COMPARABLE
    return Outcome.UNCHANGED if old.text == new.text else Outcome.CHANGED


def _steps(part: Part, amendings: Sequence[Amending], first: date, last: date) -> list[Step]:
    """The changes that are dated, with their makers: wordings and numbers that began or ended, and amendments."""
    makers: dict[date, set[int | None]] = {day: set() for day in _borders(part)}
    for text in part.wordings:
        if text.made_by and (day := _began(text.period)):
            makers[day].add(text.made_by)
    for one in amendings:
        if day := since(one):
            makers.setdefault(day, set()).add(one.made_by)
    steps = (Step(day, maker) for day, known in makers.items() for maker in known or {None})
    return sorted((one for one in steps if first < one.day <= last), key=Step.in_order)


def _undated(
    part: Part, amendings: Sequence[Amending], compared_texts: tuple[Wording | None, ...]
) -> list[int | None]:
    """The makers of wordings that are not compared, and of amendments, where it is not known since when they hold."""
    texts = [one.made_by for one in part.wordings if _is_undated(one) and one not in compared_texts]
    return list(dict.fromkeys([*texts, *(one.made_by for one in amendings if since(one) is None)]))


def _borders(part: Part) -> set[date]:
    """The days from which another wording or number may hold than on the day before."""
    periods = [one.period for one in part.wordings] + [one.period for one in part.numbers]
    begun = {day for period in periods if (day := _began(period))}
    return begun | {day for period in periods if (day := _day_after(period))}


def _began(period: Period) -> date | None:
    return period.began_on.exact_day if period.began_on else None


def _day_after(period: Period) -> date | None:
    last = period.ended_on.exact_day if period.ended_on else None
    return last + DAY if last and last < date.max else None


def _is_undated(one: Wording) -> bool:
    """Whether it is not known since when the wording holds."""
    return one.period.began_on is None or one.period.began_on.earliest is None


# -- all provisions --------------------------------------------------------------------------------------------------


def change_days(
    parts: Iterable[Part],
    force: Force,
    language: str,
    amendings: Mapping[int | None, Sequence[Amending]] | None = None,
) -> list[tuple[date, list[Pair]]]:
    """The days on which the text changed while the instrument was in force, each with what changed on it, in order.

    ``amendings`` are the amendments by the row ids of their provisions. Entry into force and the end of it are no
    changes of the text.
    """
    by_day: dict[date, list[Pair]] = {}
    for part in parts:
        own = amendings.get(part.entry_id, ()) if amendings else ()
        for day in _borders(part) | {day for one in own if (day := since(one))}:
            if in_force_round(force, day):
                pair = compared(part, force, day - DAY, day, language, own)
                if pair.is_change:
                    by_day.setdefault(day, []).append(pair)
    return sorted(by_day.items())


def in_force_round(force: Force, day: date) -> bool:
    """Whether the instrument may be in force both on the day and on the day before it."""
    return day > date.min and Answer.NO not in (force.on(day - DAY).answer, force.on(day).answer)


# -- paragraphs of two languages --------------------------------------------------------------------------------------

_LABEL = re.compile(r"\s*\(?(\d{1,3}(?:[.\-]\d{1,3})*|[a-zа-яё])[.)]", re.IGNORECASE)
#: Most paragraphs on a side for which the best way to pair them is sought; longer texts are paired by their place.
MOST_PARAGRAPHS = 400
#: Ways in which paragraphs of one text stand for those of another, with what each costs beside unlike lengths.
_MOVES = ((1, 1, 0.0), (1, 2, 0.7), (2, 1, 0.7), (1, 0, 1.5), (0, 1, 1.5))

Beads = list[tuple[list[str], list[str]]]


def aligned(left: Sequence[str], right: Sequence[str]) -> Beads:
    """Paragraphs of two languages side by side: those of one place, where both have as many.

    Else as Gale and Church align sentences: a paragraph stands for one of about its length, or for two, or for none;
    a number before both counts more than any length.
    """
    if len(left) == len(right) or max(len(left), len(right)) > MOST_PARAGRAPHS:
        most = max(len(left), len(right))
        return [(list(left[place : place + 1]), list(right[place : place + 1])) for place in range(most)]
    return _beads(left, right, _cheapest(left, right))


def _cheapest(left: Sequence[str], right: Sequence[str]) -> dict[tuple[int, int], tuple[float, int, int]]:
    """For each pair of places the least cost of all before it, and the last move on that way."""
    costs: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            for di, dj, price in _MOVES:
                before = costs.get((i - di, j - dj))
                if before is None:
                    continue
                cost = before[0] + price + _unlike(left[i - di : i], right[j - dj : j])
                if (i, j) not in costs or cost < costs[i, j][0]:
                    costs[i, j] = (cost, di, dj)
    return costs


def _beads(
    left: Sequence[str], right: Sequence[str], costs: dict[tuple[int, int], tuple[float, int, int]]
) -> Beads:
    found: Beads = []
    i, j = len(left), len(right)
    while i or j:
        _cost, di, dj = costs[i, j]
        found.append((list(left[i - di : i]), list(right[j - dj : j])))
        i, j = i - di, j - dj
    return found[::-1]


def _unlike(left: Sequence[str], right: Sequence[str]) -> float:
    """From 0 for two of one length to 1; more where they bear different numbers, or where a number stands inside."""
    if not left or not right:
        return 0.0
    one, other = sum(map(len, left)), sum(map(len, right))
    inside = sum(_label(text) is not None for text in (*left[1:], *right[1:]))
    other_number = 3.0 if _label(left[0]) != _label(right[0]) else 0.0
    return abs(one - other) / max(one, other, 1) + other_number + inside


def _label(text: str) -> str | None:
    """The number or letter before a paragraph; letters of two alphabets are told by their kind alone."""
    found = _LABEL.match(text)
    if not found:
        return None
    return found[1] if found[1][0].isdigit() else "letter"
