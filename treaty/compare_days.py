"""An instrument between two days, fetched: its provisions on both, the days of change, and who made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.names import Names, names_of
from treaty.alignment import DAY, Outcome, Pair, change_days, compared, in_force_round, since
from treaty.fetching import fetch_instrument
from treaty.page_parts import Item, link, own, with_time
from treaty.reading import Amending, Force, Part, languages
from treaty.texts import Row, amending, amendment_rows, force_of, forces_of, parts_of
from treaty.values import provision_rows


@dataclass(frozen=True)
class Compared:
    """An instrument on two days, fetched in a fixed number of queries."""

    ask: Ask
    row: Row
    force: Force
    language: str
    first: date
    last: date
    rows: Sequence[Row]
    pairs: Sequence[Pair]
    days: Sequence[tuple[date, Sequence[Pair]]]
    languages: Sequence[str]
    names: Names
    whole: Sequence[Amending]

    @classmethod
    def of(cls, ask: Ask, row: Row, language: str, first: date | None, last: date | None) -> Compared:
        """Fetch the instrument of a row; days not given are those round its last change."""
        fetch_instrument(row["entry_id"], ask)
        rows, force = provision_rows(row["entry_id"], ask), force_of(row)
        parts = list(parts_of(rows, ask).values()) if rows else []
        amendings = amendings_of(row["entry_id"], ask)
        days = days_of(parts, force, language, amendings)
        begin, end = span_of([day for day, _pairs in days], force, ask.day, first, last)
        pairs = [
            compared(part, force, begin, end, language, amendings.get(part.entry_id, ())) for part in parts
        ]
        makers = {one.made_by for part in parts for one in part.wordings}
        makers |= {one.made_by for own_ones in amendings.values() for one in own_ones}
        names = names_of(makers, ask.scope)
        whole = [one for one in amendings.get(None, ()) if (day := since(one)) and begin < day <= end]
        return cls(ask, row, force, language, begin, end, rows, pairs, days, languages(parts), names, whole)

    @cached_property
    def by_part(self) -> dict[int, Row]:
        """The rows of the provisions by their row ids."""
        return {row["entry_id"]: row for row in self.rows}

    def anchor(self, pair: Pair) -> str:
        """The anchor of a provision on the page, the same as on the page of its instrument."""
        return str(self.by_part[pair.part.entry_id]["eid"])

    @property
    def path(self) -> str:
        """The English address of the page."""
        return f"{self.row['entry__path']}compare/"

    @property
    def label(self) -> str:
        """The instrument, in the language of the page."""
        return own(self.row, "entry__label", self.ask)

    @property
    def changed(self) -> list[Pair]:
        """What is another on the second day."""
        return [pair for pair in self.pairs if pair.is_change]

    @property
    def undated(self) -> list[int | None]:
        """The makers of changes of which it is not known since when they hold."""
        return list(dict.fromkeys(key for pair in self.pairs for key in pair.undated))

    def url(self, **changes: str) -> str:
        """The page between other days, or in another language."""
        asked = {"from": self.first.isoformat(), "to": self.last.isoformat(), "lang": self.language} | changes
        if asked["lang"] == "en":
            del asked["lang"]
        return with_time(self.ask, self.path, **asked)

    def name(self, pair: Pair) -> str:
        """A provision's kind and number on the second day, or on the first where it is no longer there."""
        day = self.first if pair.outcome == Outcome.REPEALED else self.last
        return pair.part.name_on(day, self.ask.language)


def days_of(
    parts: Sequence[Part], force: Force, language: str, amendings: Mapping[int | None, Sequence[Amending]]
) -> list[tuple[date, list[Pair]]]:
    """The days of change in order; of an amendment to the whole it is not recorded which provisions it changed."""
    found: dict[date, list[Pair]] = {
        day: [] for one in amendings.get(None, ()) if (day := since(one)) and in_force_round(force, day)
    }
    return sorted({**found, **dict(change_days(parts, force, language, amendings))}.items())


def amendings_of(instrument: int, ask: Ask) -> dict[int | None, list[Amending]]:
    """The amendments to an instrument by the row ids of its provisions; None: which provision is not recorded."""
    rows = amendment_rows([instrument], ask)
    forces = forces_of({instrument, *(row["made_by_id"] for row in rows)}, ask)
    found: dict[int | None, list[Amending]] = {}
    for row in rows:
        found.setdefault(row["provision_id"], []).append(amending(row, forces))
    return found


def span_of(
    days: Sequence[date], force: Force, day: date, first: date | None, last: date | None
) -> tuple[date, date]:
    """The two days to compare: those given; else the last change on or before the day shown, and the day before it.

    Where the text never changed: from entry into force to the day shown.
    """
    if first:
        return first, last or max(first, day)
    last_change = max((one for one in days if one <= (last or day)), default=None)
    if last_change:
        return last_change - DAY, last or last_change
    began = force.in_force_on.exact_day if force.in_force_on else None
    end = last or day
    return (began if began and began <= end else end), end


def maker(key: int | None, told: Compared) -> Item | None:
    """The instrument that made a change, as a link."""
    return link(told.names[key], told.ask) if key in told.names and key is not None else None


def outcome_word(pair: Pair) -> str:
    """What became of a provision, in a word; renumbered where its words stayed the same."""
    if pair.is_renumbered and pair.outcome == Outcome.UNCHANGED:
        return _("renumbered")
    return str(pair.outcome.label)
