"""Instruments and provisions that a text names, by the grammar of references that the whole knowledge base uses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.model import Candidate, Finding, FindingKind
from treaty.citations import Citation, Context, Doubt, Found, Kind, Step, Steps, find, words
from treaty.citations.naming import Namer
from treaty.citations.plain import Plain

#: How sure a reference is: named by a title, by the kind alone ("the Charter"), or by what stands around it.
TITLED, BY_KIND, BY_TEXT, BY_PARAGRAPH = 1.0, 0.9, 0.75, 0.6
#: What stands before the name in a reference to articles.
_BEFORE_NAME = re.compile(
    r"^.*[\d)]\S*\s+(?:(?:of|to|in)\s+)?(?:the\s+)?|^.*?\b(?:this|present)\s+", re.I | re.S
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
#: How far before an article its instrument may have been named.
_FAR = 1500
#: A list of more candidates than this helps nobody.
MOST_CANDIDATES = 8


def instruments(text: str, names: Gazetteer) -> list[Finding]:
    """Instruments and provisions of a text in its order; where it is not certain which is meant, without a record."""
    found = find(text, names.book, Context())
    reading = _Reading(text, names, found)
    return sorted(reading.findings(), key=lambda one: (one.start, one.end, one.kind))


@dataclass(slots=True)
class _Reading:
    """One text: which instruments it has named in full so far, and where."""

    text: str
    names: Gazetteer
    found: Found
    introduced: dict[str, int] = field(default_factory=dict)
    meant: list[tuple[int, str]] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        plain = Plain.of(self.text)
        namer = Namer(plain, self.names.book, Context())
        starts = [plain.span(word.start, word.end)[0] for word in plain.words]
        cited = set()
        for one in self.found.citations:
            record, score = self._meant(one)
            if any(one.places):
                yield self._provision(one, record, score)
                stretch = self._stretch(one)
                if stretch not in cited:
                    cited.add(stretch)
                    yield from self._named_in(stretch, record, score, plain, starts, namer, one)
            else:
                yield self._finding(one.start, one.end, record, score, one.instruments)
            if record:
                self.meant.append((one.start, record))
            if record and score == TITLED:
                self.introduced[record] = one.start
                self.introduced |= dict.fromkeys(self._inside(one), one.start)

    def _meant(self, one: Citation) -> tuple[str, float]:
        """The instrument that a citation means, and how sure that is."""
        ids = one.instruments
        if len(ids) == 1 and one.doubt is None:
            return ids[0], self._by_words(one)
        if one.doubt is Doubt.NO_INSTRUMENT and any(one.places):
            return self._last_meant(one)
        known = [record for record in self.introduced if record in ids]
        if len(known) == 1:
            return known[0], BY_TEXT
        if known:
            return self._in_paragraph(one, known)
        own = [record for record in ids if self.names.book.holdings[record].own]
        if len(own) == 1:
            return own[0], BY_TEXT
        return "", 0.0

    def _last_meant(self, one: Citation) -> tuple[str, float]:
        """The instrument that was meant last before an article of no instrument, if it has that article."""
        began = self.text.rfind("\n\n", 0, one.start) + 1
        for at, record in reversed(self.meant):
            held = self.names.book.holdings[record]
            if one.start - at > _FAR:
                break
            if self._held(record, one.places[0]) and (held.own or at >= began):
                return record, BY_PARAGRAPH
        return "", 0.0

    def _inside(self, one: Citation) -> Iterator[str]:
        """The instruments that the title of another names: a protocol that amends an agreement names it."""
        if any(one.places):
            return
        title = self.text[one.start : one.end]
        inner = find(title[title.find(" ") + 1 :], self.names.book, Context())
        for each in inner.citations:
            if len(each.instruments) == 1 and each.doubt is None:
                yield each.instruments[0]

    def _by_words(self, one: Citation) -> float:
        """Whether it is named by a title or by its kind alone."""
        start, end = self._stretch(one)
        said = _BEFORE_NAME.sub("", self.text[start:end]).lower().replace("ё", "е")
        return BY_KIND if words.NOUN.get(said, said) in words.CALLED else TITLED

    def _in_paragraph(self, one: Citation, known: Iterable[str]) -> tuple[str, float]:
        """The one instrument that the same paragraph named before."""
        began = self.text.rfind("\n\n", 0, one.start) + 1
        wanted = set(known)
        near = {record for record, at in self.introduced.items() if at >= began and record in wanted}
        return (near.pop(), BY_PARAGRAPH) if len(near) == 1 else ("", 0.0)

    def _stretch(self, one: Citation) -> tuple[int, int]:
        """The whole reference that a citation is of."""
        at = bisect_right(self.found.stretches, (one.start, len(self.text))) - 1
        start, end = self.found.stretches[at] if at >= 0 else (one.start, one.end)
        return (start, end) if start <= one.start and one.end <= end else (one.start, one.end)

    def _named_in(
        self,
        stretch: tuple[int, int],
        record: str,
        score: float,
        plain: Plain,
        starts: Sequence[int],
        namer: Namer,
        one: Citation,
    ) -> Iterator[Finding]:
        """The instrument that is named within a reference to its articles."""
        for at in range(bisect_left(starts, stretch[0]), bisect_left(starts, stretch[1])):
            word = plain.words[at]
            if not namer.begins(word.form):
                continue
            named = namer.at(at, after_article=True)
            if named is not None and (record in named.ids or not record):
                start, _end = plain.span(word.start, word.end)
                last = plain.words[named.after - 1]
                end = plain.span(last.start, last.end)[1]
                yield self._finding(start, end, record, score, one.instruments)
                return

    def _provision(self, one: Citation, record: str, score: float) -> Finding:
        held = [self._held(record, steps) for steps in one.places] if record else []
        known = [slug for slug in held if slug]
        candidates = [slug for other in one.instruments if (slug := self._held(other, one.places[0]))]
        named = known if len(known) > 1 else candidates if not known else ()
        return Finding(
            FindingKind.PROVISION,
            self.text[one.start : one.end],
            one.start,
            one.end,
            known[0] if known else "",
            score if known else 0.0,
            self._candidates("provision", named),
        )

    def _held(self, instrument: str, steps: Steps) -> str:
        """The public id of the innermost provision held on a way into an instrument; empty where none is."""
        inside = tuple(_step(step) for step in steps)
        while inside:
            slug = self.names.provisions.get((instrument, inside))
            if slug:
                return slug
            if len(inside) > 1 and inside[0].startswith("chapter"):
                return self._held_in(instrument, inside[1:])
            inside = inside[:-1]
        return ""

    def _held_in(self, instrument: str, inside: tuple[str, ...]) -> str:
        while inside:
            slug = self.names.provisions.get((instrument, inside))
            if slug:
                return slug
            inside = inside[:-1]
        return ""

    def _finding(self, start: int, end: int, record: str, score: float, ids: Iterable[str]) -> Finding:
        others = [one for one in ids if one != record] if score < BY_KIND else []
        return Finding(
            FindingKind.INSTRUMENT,
            self.text[start:end],
            start,
            end,
            record,
            score,
            self._candidates("instrument", others),
        )

    def _candidates(self, kind: str, records: Iterable[str]) -> tuple[Candidate, ...]:
        listed = list(records)[:MOST_CANDIDATES]
        return tuple(
            Candidate(one, self.names.label(kind, one), round(1 / (len(listed) + 1), 2)) for one in listed
        )


def _step(step: Step) -> str:
    """A step as provisions are kept by; an article with a Roman number has the Arabic one."""
    if step.kind is Kind.ARTICLE and words.ROMAN.fullmatch(step.number.lower()):
        return f"article {_value(step.number.lower())}"
    return f"{step.kind.value} {step.number}".strip().casefold()


def _value(roman: str) -> int:
    """The value of a Roman number."""
    values = [_ROMAN[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
