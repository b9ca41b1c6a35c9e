"""People whom a text names: in full, by initials and family name, by the family name alone, or by their office."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cstokb.curation.documents import words
from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.holders import Mention, beside
from cstokb.curation.documents.model import Candidate, Finding, FindingKind
from cstokb.curation.documents.names import DERIVED, HEARD, Hit, Read, longest
from cstokb.curation.documents.taken import Taken
from cstokb.dates import HistoricDate

IN_FULL, INITIALS, INTRODUCED, BY_SOUND, FAMILY, BY_OFFICE, UNSURE = 1.0, 0.97, 0.95, 0.9, 0.8, 0.7, 0.5
_INITIALS_BEFORE = re.compile(r"(?<!\w)((?:[A-ZА-ЯЁ][a-zа-яё]?\.[ \u00a0-]{0,2}){1,3})$")
_INITIALS_AFTER = re.compile(r"[ \u00a0]((?:[A-ZА-ЯЁ]\.[ \u00a0]?){2})(?!\w)")
_PAST = str.maketrans("", "", ". \u00a0-")
_WIDEST = 12


@dataclass(slots=True)
class People:
    """The people of one text."""

    read: Read
    names: Gazetteer
    day: HistoricDate | None
    taken: Taken
    known: set[int]
    introduced: set[str] = field(default_factory=set)

    def found(self, hits: Iterable[Hit], heard: Iterable[Hit], mentions: Sequence[Mention]) -> list[Finding]:
        """Names and offices in the order of the text.

        Args:
            hits: every name of a person that the text may hold.
            heard: names that are met by their sound.
            mentions: the offices that it names.
        """
        both = [one for one in (*hits, *heard) if one.cased and not self.taken.touches(one.start, one.end)]
        kept = longest(_merged(both))
        self.introduced = {one.records[0] for one in kept if self._is_full(one) and len(one.records) == 1}
        findings = [found for one in kept if (found := self._named(one)) is not None]
        spans = sorted(one.span for one in findings)
        findings += [
            found
            for one in mentions
            if not beside(one, self.read.text, spans) and (found := self._holder(one))
        ]
        return _apart(findings)

    def _is_full(self, one: Hit) -> bool:
        return one.last > one.first and any(" " in name.text for name in one.names)

    def _named(self, one: Hit) -> Finding | None:
        if self._is_full(one):
            sounds = all(name.type == HEARD for name in one.names)
            return self._one_of(one, one.start, one.end, BY_SOUND if sounds else IN_FULL, one.records)
        initials = self._initials(one)
        if initials is not None:
            start, end, letters = initials
            heard = {name.record for name in one.names if name.type == HEARD}
            fitting = tuple(record for record in one.records if record in heard or self._fit(record, letters))
            return self._one_of(one, start, end, INITIALS, fitting) if fitting else None
        if self._other_given_name(one):
            return None
        met = tuple(record for record in one.records if record in self.introduced)
        spelled = [name.record for name in one.names if name.type not in (DERIVED, HEARD)]
        if not met and not spelled:
            return None
        return self._one_of(
            one, one.start, one.end, INTRODUCED if met else FAMILY, met or tuple(dict.fromkeys(spelled))
        )

    def _one_of(self, one: Hit, start: int, end: int, score: float, records: Sequence[str]) -> Finding:
        """The finding of one of some people; of several the one who held an office on the day, with doubt."""
        chosen, listed = records[0], list(dict.fromkeys((*records, *one.records)))
        if len(records) > 1:
            holding = [record for record in records if self.names.offices_of(record, self.day)]
            chosen, score = (holding[0], UNSURE) if len(holding) == 1 else ("", 0.0)
        candidates = [Candidate(each, self.names.label("person", each), UNSURE) for each in listed]
        text = self.read.text[start:end]
        several = tuple(candidates) if len(listed) > 1 else ()
        return Finding(FindingKind.PERSON, text, start, end, chosen, score, several)

    def _initials(self, one: Hit) -> tuple[int, int, str] | None:
        """The span with the initials that stand before or after a family name, and these as letters."""
        text = self.read.text
        before = _INITIALS_BEFORE.search(text[max(0, one.start - _WIDEST) : one.start])
        if before is not None:
            offset = max(0, one.start - _WIDEST)
            return offset + before.start(1), one.end, before[1].translate(_PAST)
        after = _INITIALS_AFTER.match(text, one.end)
        if after is not None:
            return one.start, after.start(1) + len(after[1].rstrip()), after[1].translate(_PAST)
        return None

    def _fit(self, record: str, letters: str) -> bool:
        """Whether initials are those of a person in one of their names."""
        first = letters[:1].lower()
        given = (one.text.split()[0] for one in self.names.names if one.record == record and " " in one.text)
        return any(word[:1].lower() == first for word in given)

    def _other_given_name(self, one: Hit) -> bool:
        """Whether a word before the family name is the given name of somebody else."""
        before = one.first - 1
        raw = self.read.raw(before)
        if not raw[:1].isupper() or len(raw) < 3 or raw.isupper() or self.read.begins_sentence(before):
            return False
        if self.read.gap(one.first) not in (" ", "\u00a0", "-") or before in self.known:
            return False
        return self.read.form(before) not in words.TITLES

    def _holder(self, mention: Mention) -> Finding | None:
        """Who held an office on the day of the document, where that was one person."""
        if self.taken.touches(mention.start, mention.end):
            return None
        holders = self.names.holders(mention.offices, self.day)
        named = [one for one in holders if one in self.introduced]
        held = named if len(named) == 1 else list(holders)
        text = self.read.text[mention.start : mention.end]
        candidates = tuple(Candidate(one, self.names.label("person", one), UNSURE) for one in held)
        if not held:
            return None
        if len(held) > 1:
            return Finding(FindingKind.PERSON, text, mention.start, mention.end, "", 0.0, candidates)
        return Finding(FindingKind.PERSON, text, mention.start, mention.end, held[0], BY_OFFICE)


def _merged(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Hits of which those of one stretch are one; of names in full those that are spelled so."""
    by_place: dict[tuple[int, int], list[Hit]] = defaultdict(list)
    for one in hits:
        by_place[one.first, one.last].append(one)
    for (first, last), held in by_place.items():
        spelled = [one for one in held if any(name.type != HEARD for name in one.names)]
        chosen = spelled if spelled and last > first else held
        names = tuple(dict.fromkeys(name for one in chosen for name in one.names))
        yield replace(chosen[0], names=names)


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    taken = Taken()
    ordered = sorted(findings, key=lambda one: (-one.score, one.start))
    return sorted((one for one in ordered if taken.take(*one.span)), key=lambda one: one.start)
