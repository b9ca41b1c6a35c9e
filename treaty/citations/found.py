"""What is found in a text: citations with their spans, and slips that the writer should see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a step down into an instrument is called. All but the point are kinds of provisions."""

    PREAMBLE = "preamble"
    CHAPTER = "chapter"
    ANNEX = "annex"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Step:
    """One step down: the kind and the canonical number ("4", "4bis", "4-1", "7A", "IV"; of points also "a", "vi")."""

    kind: Kind
    number: str = ""


Steps = tuple[Step, ...]


class Doubt(StrEnum):
    """Why it is not certain which instrument is meant."""

    NO_INSTRUMENT = "no-instrument"  # an article, and no instrument is named or at hand
    SEVERAL = "several"  # the name is that of several instruments
    EITHER = "either"  # the text's own instrument, or the one named with the next article of the list


@dataclass(frozen=True, slots=True)
class Citation:
    """One stretch of text that refers to something.

    ``instruments`` are the ids that may be meant: one where it is clear, several or none where ``doubt`` says why it
    is not. ``places`` are ways from the instrument down to the provision, outermost step first; an empty way is the
    instrument as a whole. There is one way, but for the dash of a range ("7–9"), which stands for all between.
    """

    start: int
    end: int
    instruments: tuple[str, ...]
    places: tuple[Steps, ...] = ((),)
    doubt: Doubt | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether it must not be followed without asking which instrument is meant."""
        return self.doubt is not None


class Slip(StrEnum):
    """What is wrong with a reference as it is written."""

    BACKWARDS = "range-backwards"  # "Articles 9–7"
    TOO_WIDE = "range-too-wide"  # "Articles 1–900"


@dataclass(frozen=True, slots=True)
class Warned:
    """A stretch of text that looks like a reference and cannot be one."""

    start: int
    end: int
    slip: Slip


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found in a text, in its order; no two spans overlap.

    ``stretches`` are the spans of whole references: a list with its head and the instrument that is named once for all.
    """

    citations: tuple[Citation, ...] = ()
    warnings: tuple[Warned, ...] = ()
    stretches: tuple[tuple[int, int], ...] = ()


def pieces(text: str, citations: Iterable[Citation]) -> Iterator[tuple[str, Citation | None]]:
    """The text in pieces, each with the citation that it is; joined they are the text again, unchanged."""
    at = 0
    for one in citations:
        if at < one.start:
            yield text[at : one.start], None
        yield text[one.start : one.end], one
        at = one.end
    if at < len(text):
        yield text[at:], None
