"""Lines: the blocks of a document as a treaty is read, each ready to be a label or a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cstokb.curation.outline.points import point_of
from cstokb.curation.outline.quoting import right_way_round
from cstokb.curation.outline.remarks import DATE
from cstokb.curation.reading import BlockKind, Document

_COMPOUND = re.compile(
    r"\b((?:государств|стран|сторон|давлат|мемлекет)\w*) - ((?:участни|член|наблюдател|партн[её]р"
    r"|иштирокчи|аъзо)\w*)",
    re.I,
)
_SPACED = re.compile(r"\b([^\W\d_]{3,}) - ([^\W\d_]{3,})\b")
_HYPHENED = re.compile(r"\b([^\W\d_]{2,})-([^\W\d_]{2,})\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Words of treaties that a scan likes to break; a text supplies the others itself.
KNOWN = frozenset(
    re.findall(
        r"\w+",
        "договорились договаривающиеся государства государство участники нижеследующем безопасности коллективной"
        " обязательства сотрудничество соответствии настоящего настоящий организация организации территориальной"
        " целостности суверенитета консультации ратификации депозитарию вооруженных международных необходимую"
        " предоставят обязуются agreement security collective parties organization international accordance"
        " territorial sovereignty consultations ratification",
    )
)
_ARTICLE_INSIDE = re.compile(r"(?<=[.;:!?»”]) (?=(?:Статья|Article|Стаття|Модда)\s\d{1,3}\b\.?)")
_POINT_INSIDE = re.compile(r"(?<=[.;:»”)]) (?=\d{1,2}[.)] ?[A-ZА-ЯЁ«“\"])")
_LETTER_INSIDE = re.compile(r"(?<=[;:]) (?=[a-zа-я]\) ?\S)")
_CAPITALS = re.compile(r"^([^a-zа-яё]+?)\s+(?=\d{1,2}\s+[а-яa-z]+\s+\d{4}|[А-ЯЁA-Z][а-яёa-z])")
_DATED = re.compile(
    rf"^((?:(?:г\.|город|city of)?\s*[^\W\d_]+,?\s+)?(?:от\s+)?(?:{DATE.pattern})(?:\s*(?:года|г\.|year))?"
    r"(?:\s*\([^()]{1,3}\))?)\s+(?=[А-ЯЁA-Z«“])",
    re.I,
)
_LONG = 400
_SENTENCE_ENDS = tuple('.;:!?»”"')


@dataclass(frozen=True)
class Line:
    """A line of an instrument; ``heading`` says that the document set it as one."""

    text: str
    heading: bool = False


def lines_of(document: Document) -> list[Line]:
    """The lines of a document: authors' breaks split, wrapped ones joined, run-together labels parted."""
    raw = [
        Line(text, block.kind is BlockKind.HEADING)
        for block in document.blocks
        for text in _broken(block.words)
    ]
    known = _vocabulary(raw)
    spelled = (Line(_spelled(line.text, known), line.heading) for line in raw)
    return [Line(text, line.heading) for line in spelled for text in _parted(line.text)]


def _broken(text: str) -> Iterator[str]:
    """The lines that an author broke; one that goes on in the middle of a sentence is no line of its own."""
    held = ""
    for part in text.split("\n"):
        goes_on = held and part[:1].islower() and not held.endswith(_SENTENCE_ENDS)
        if held and not goes_on:
            yield held
            held = ""
        held = f"{held} {part}".strip()
    if held:
        yield held


def _vocabulary(lines: Iterable[Line]) -> Counter[str]:
    return Counter(word.lower() for line in lines for word in _WORD.findall(line.text))


def _spelled(text: str, known: Counter[str]) -> str:
    """A line with quotation marks and hyphens as they should be."""

    def compound(match: re.Match[str]) -> str:
        whole = f"{match[1]}-{match[2]}"
        return whole if known[whole.lower()] else match[0]

    def healed(match: re.Match[str]) -> str:
        word = (match[1] + match[2]).lower()
        whole = word in known or word in KNOWN
        return match[1] + match[2] if whole and match[2][0].islower() else match[0]

    text = _COMPOUND.sub(r"\1-\2", right_way_round(text))
    return _HYPHENED.sub(healed, _SPACED.sub(compound, text))


def _parted(text: str) -> list[str]:
    """A long line in which whole parts run together becomes several."""
    if len(text) < _LONG:
        return [text]
    pieces = [one for piece in _front_parted(text) for one in _ARTICLE_INSIDE.split(piece)]
    return [one for piece in pieces for one in _at_points(piece)]


def _front_parted(text: str) -> list[str]:
    """The title in capitals and the date after it, parted from what follows on the same line."""
    title = _CAPITALS.match(text)
    if title is None or len(title[1].split()) < 3:
        return [text]
    rest = text[title.end() :]
    dated = _DATED.match(rest)
    return [title[1].strip(), *([dated[1].strip(), rest[dated.end() :]] if dated else [rest])]


def _at_points(text: str) -> list[str]:
    """Parted at points that count 1, 2, 3 within one line, and these at letters that count a, b, c."""
    numbered = _at_signs(text, _POINT_INSIDE)
    return [one for piece in numbered for one in _at_signs(piece, _LETTER_INSIDE)]


def _at_signs(text: str, pattern: re.Pattern[str]) -> list[str]:
    pieces, start, expected = [], 0, 1
    for match in pattern.finditer(text):
        point = point_of(text[match.end() : match.end() + 8] + "…")
        if point is not None and expected in point.ordinals:
            pieces.append(text[start : match.start()])
            start, expected = match.end(), expected + 1
    return [*pieces, text[start:]] if expected > 2 else [text]
