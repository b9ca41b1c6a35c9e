"""How well documents are recognised: what was found against what a reader wrote down beside each document.

An expectation names every mention of a kind in the order of the text, as ``[words, record]``. A finding meets it when
it means the same record in the same words, or in words that hold these or are held by them, and in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cstokb.curation.documents.model import FindingKind, Quotation, Recognised

#: The kinds of which every mention is expected, in the order in which they are shown.
MEASURED = (
    FindingKind.STATE,
    FindingKind.PERSON,
    FindingKind.ORGAN,
    FindingKind.INSTRUMENT,
    FindingKind.PROVISION,
    FindingKind.DATE,
)
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.9
LEAST_SPEAKERS, LEAST_TOPICS = 0.9, 0.8
Mention = tuple[str, str]
A = TypeVar("A")
B = TypeVar("B")


class BadExpectation(ValueError):
    """What is written beside a document cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True)
class ExpectedQuotation:
    """A quotation as a reader sees it: its first words and its last, in how many pieces it stands, and whose it is."""

    begins: str
    ends: str = ""
    pieces: int = 1
    speaker: str = ""
    office: str = ""
    document: str = ""


@dataclass(frozen=True)
class Expectation:
    """What a reader finds in a document. ``absent`` are words that are no part of its main text."""

    language: str
    findings: dict[str, tuple[Mention, ...]]
    quotations: tuple[ExpectedQuotation, ...] = ()
    topics: frozenset[str] = frozenset()
    published: str = ""
    absent: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Any) -> Expectation:
        """The expectation that JSON values say.

        Raises:
            BadExpectation: when they do not say one.
        """
        try:
            return cls(
                language=values["language"],
                findings={
                    FindingKind(kind).value: tuple((words, record) for words, record in mentions)
                    for kind, mentions in values["findings"].items()
                },
                quotations=tuple(ExpectedQuotation(**one) for one in values.get("quotations", ())),
                topics=frozenset(values.get("topics", ())),
                published=values.get("published", ""),
                absent=tuple(values.get("absent", ())),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadExpectation(f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True)
class Miss:
    """One thing that is not as it should be. ``kind`` is a kind of finding, or speaker, quotation, topic, text."""

    kind: str
    what: str
    words: str
    record: str
    near: str = ""

    def as_json(self) -> dict[str, str]:
        """The miss as JSON values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass
class Tally:
    """How many of a kind were expected, found, and both."""

    expected: int = 0
    found: int = 0
    right: int = 0

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.expected += other.expected
        self.found += other.found
        self.right += other.right

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is expected that was found; 1 where nothing is expected."""
        return self.right / self.expected if self.expected else 1.0

    def as_json(self) -> dict[str, float]:
        """The tally as JSON values, shares to four digits."""
        shares = {"precision": round(self.precision, 4), "recall": round(self.recall, 4)}
        return {"expected": self.expected, "found": self.found, "right": self.right, **shares}


@dataclass
class Measured:
    """The tallies of one document or many by kind, and every miss."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def count(self, kind: str, expected: int, found: int, right: int) -> None:
        """Count some of a kind."""
        self.tallies.setdefault(kind, Tally()).add(Tally(expected, found, right))

    def add(self, other: Measured) -> None:
        """Count the tallies of another document in; its misses stay with it."""
        for kind, tally in other.tallies.items():
            self.tallies.setdefault(kind, Tally()).add(tally)

    @property
    def below(self) -> list[str]:
        """The aims that are not met, each in a few words."""
        return [said for kind, tally in self.tallies.items() for said in _below(kind, tally)]


def _below(kind: str, tally: Tally) -> Iterable[str]:
    if kind == "speaker":
        if tally.recall < LEAST_SPEAKERS:
            yield f"right speakers {tally.recall:.3f} < {LEAST_SPEAKERS}"
        return
    if kind in ("quotation", "text"):
        return
    precision, recall = (LEAST_TOPICS, LEAST_TOPICS) if kind == "topic" else (LEAST_PRECISION, LEAST_RECALL)
    if tally.precision < precision:
        yield f"{kind} precision {tally.precision:.3f} < {precision}"
    if tally.recall < recall:
        yield f"{kind} recall {tally.recall:.3f} < {recall}"


def measure(found: Recognised, expected: Expectation) -> Measured:
    """What was recognised in a document against what a reader expects of it."""
    measured = Measured()
    for kind in MEASURED:
        _mentions(kind, found, expected, measured)
    _topics(found, expected, measured)
    _quotations(found, expected, measured)
    _text(found, expected, measured)
    return measured


def _mentions(kind: FindingKind, found: Recognised, expected: Expectation, measured: Measured) -> None:
    wanted = expected.findings.get(kind.value, ())
    held = [one for one in found.findings if one.kind == kind and one.record]
    pairs = aligned(wanted, held, lambda a, b: a[1] == b.record and _same(a[0], b.text))
    measured.count(kind.value, len(wanted), len(held), len(pairs))
    met, meeting = {a for a, _b in pairs}, {b for _a, b in pairs}
    for at, (words, record) in enumerate(wanted):
        if at not in met:
            measured.misses.append(Miss(kind.value, "not found", words, record))
    for at, one in enumerate(held):
        if at not in meeting:
            near = _near(found.text, one.start, one.end)
            measured.misses.append(Miss(kind.value, "wrongly found", one.text, one.record, near))


def _topics(found: Recognised, expected: Expectation, measured: Measured) -> None:
    held = {one.record for one in found.findings if one.kind == FindingKind.TOPIC}
    measured.count("topic", len(expected.topics), len(held), len(held & expected.topics))
    for one in sorted(expected.topics - held):
        measured.misses.append(Miss("topic", "not found", "", one))
    for one in sorted(held - expected.topics):
        words = next(topic.text for topic in found.findings if topic.record == one)
        measured.misses.append(Miss("topic", "wrongly found", words, one))


def _quotations(found: Recognised, expected: Expectation, measured: Measured) -> None:
    wanted, held = expected.quotations, found.quotations
    pairs = aligned(wanted, held, _is_whole)
    measured.count("quotation", len(wanted), len(held), len(pairs))
    right = 0
    for a, b in pairs:
        wrong = _wrong(wanted[a], held[b])
        right += not wrong
        if wrong:
            measured.misses.append(
                Miss("speaker", f"said to be {wrong}", wanted[a].begins, wanted[a].speaker)
            )
    measured.count("speaker", len(wanted), len(pairs), right)
    for at in sorted(set(range(len(wanted))) - {a for a, _b in pairs}):
        measured.misses.append(Miss("quotation", "not found", wanted[at].begins, wanted[at].speaker))
    for at in sorted(set(range(len(held))) - {b for _a, b in pairs}):
        measured.misses.append(Miss("quotation", "wrongly found", held[at].text[:60], held[at].speaker))


def _is_whole(wanted: ExpectedQuotation, held: Quotation) -> bool:
    """Whether a quotation has the pieces and the words that a reader gives it, up to its marks."""
    ends = _plain(held.text).rstrip(" ,.").endswith(_plain(wanted.ends).rstrip(" ,."))
    return _begins(held.text, wanted.begins) and len(held.spans) == wanted.pieces and ends


def _wrong(wanted: ExpectedQuotation, held: Quotation) -> str:
    """What is said of a quotation that is not so; the office and the document count where they are expected."""
    for name in ("speaker", "office", "document"):
        asked, said = getattr(wanted, name), getattr(held, name)
        if said != asked and (asked or name == "speaker"):
            return f"{name} {said or 'nobody'}"
    return ""


def _text(found: Recognised, expected: Expectation, measured: Measured) -> None:
    """Whether the main text is the main text, in its language and of its day."""
    for words in expected.absent:
        if _plain(words) in _plain(found.text):
            measured.misses.append(Miss("text", "not left out", words, ""))
    if found.language != expected.language:
        measured.misses.append(Miss("text", "other language", found.language, expected.language))
    if expected.published and found.source.published != expected.published:
        measured.misses.append(Miss("text", "other day", found.source.published, expected.published))
    wrong = sum(one.kind == "text" for one in measured.misses)
    asked = len(expected.absent) + 1 + bool(expected.published)
    measured.count("text", asked, asked, asked - wrong)


def aligned(first: Sequence[A], second: Sequence[B], same: Callable[[A, B], bool]) -> list[tuple[int, int]]:
    """The longest list of pairs that are the same, in the order of both, by their places."""
    width = len(second) + 1
    best = [[0] * width for _one in range(len(first) + 1)]
    equal = [[same(one, other) for other in second] for one in first]
    for a in range(len(first) - 1, -1, -1):
        for b in range(len(second) - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1], best[a + 1][b + 1] + 1 if equal[a][b] else 0)
    pairs, a, b = [], 0, 0
    while a < len(first) and b < len(second):
        if equal[a][b] and best[a][b] == best[a + 1][b + 1] + 1:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a + 1][b] >= best[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs


_SPACES = re.compile(r"\s+")


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip().casefold()


def _same(words: str, others: str) -> bool:
    one, other = _plain(words), _plain(others)
    return one in other or other in one


def _begins(text: str, words: str) -> bool:
    return _plain(text).startswith(_plain(words))


def _near(text: str, start: int, end: int) -> str:
    return _SPACES.sub(" ", text[max(0, start - 40) : end + 40]).strip()
