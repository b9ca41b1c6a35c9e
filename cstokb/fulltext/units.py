"""Numbered articles in running text: "Article 4", "Arts. 4 and 5", "ст. 4", "по статье 4 бис", "§ 4".

Each becomes one term: `§4`, `§4bis`, `§4·1` (an article inserted as 4¹, in Russian also written 4.1). A paragraph in
brackets, as in "Article 4(1)", is no part of the article's number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Word = tuple[int, int, str]  # start, end, folded form

_ONE = frozenset(("article", "art", "статья", "статье", "статью", "статьей", "статьею", "ст"))
_MANY = frozenset(("articles", "arts", "статьи", "статей", "статьям", "статьями", "статьях", "стст"))
#: Words by one of which an article is named, unless by the sign §.
HEADS = _ONE | _MANY
_NUMBER = re.compile(r"([0-9]{1,4})(bis|ter|quater|бис|тер|[a-zа-я])?")
_LATIN_TIMES = {"бис": "bis", "тер": "ter"}
_TIMES = frozenset(("bis", "ter", "quater", "бис", "тер"))
_RAISED = re.compile(r"([0-9]{1,4})([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SPACE = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]"
_AFTER_HEAD = re.compile(rf"{_SPACE}{{0,3}}\.?{_SPACE}{{0,3}}(?:§{{1,2}}{_SPACE}{{0,3}})?")
_AFTER_SIGN = re.compile(rf"§{_SPACE}{{0,3}}")
_DASH = re.compile(r"\s{0,2}[-\u2010-\u2013\u2212]\s{0,2}")
_COMMA = re.compile(r"\s{0,2},\s{0,2}")
_BEFORE_TIMES = re.compile(r"\s{0,2}-?")
_AND = frozenset(("and", "or", "и", "или"))
WIDEST_RANGE = 50


@dataclass(frozen=True, slots=True)
class Unit:
    """One article: the words it covers, by index and both included, its place in the text and its term.

    `between` are the articles that a range ("2-5") names without writing them; `since` is where the range begins.
    """

    first: int
    last: int
    start: int
    end: int
    term: str
    between: tuple[str, ...] = ()
    since: int = 0


@dataclass(frozen=True, slots=True)
class _Number:
    last: int
    label: str


def find(text: str, words: Sequence[Word]) -> Iterator[Unit]:
    """The numbered articles of a text that was cut into these words, in order, none overlapping."""
    if "§" not in text and HEADS.isdisjoint(form for _, _, form in words):
        return
    index = 0
    while index < len(words):
        units = list(_units_at(text, words, index))
        yield from units
        index = units[-1].last + 1 if units else index + 1


def _units_at(text: str, words: Sequence[Word], index: int) -> Iterator[Unit]:
    start, end, form = words[index]
    if form in _ONE or form in _MANY:
        follows = index + 1 < len(words) and _AFTER_HEAD.fullmatch(text, end, words[index + 1][0])
        number = _number(text, words, index + 1, russian=form[0] > "z") if follows else None
        many = form in _MANY
    else:
        sign = _sign_before(text, words, index)
        number = _number(text, words, index, russian=True) if sign >= 0 else None
        start, many = sign, text[max(sign - 1, 0) : max(sign, 0)] == "§"
    if number is None:
        return
    unit = Unit(index, number.last, start, words[number.last][1], f"§{number.label}")
    yield unit
    if many:
        yield from _further(text, words, unit)


def _sign_before(text: str, words: Sequence[Word], index: int) -> int:
    """Where the § stands that numbers this word, -1 where there is none."""
    earliest = words[index - 1][1] if index else 0
    sign = text.rfind("§", max(earliest, words[index][0] - 4), words[index][0])
    return sign if sign >= 0 and _AFTER_SIGN.fullmatch(text, sign, words[index][0]) else -1


def _number(text: str, words: Sequence[Word], index: int, *, russian: bool) -> _Number | None:
    """The article's number that begins at a word."""
    start, end, form = words[index]
    raised = _RAISED.fullmatch(text[start:end])
    if raised:
        return _Number(index, f"{int(raised[1])}·{int(raised[2].translate(_RAISED_DIGITS))}")
    found = _NUMBER.fullmatch(form)
    if not found:
        return None
    label = str(int(found[1])) + _LATIN_TIMES.get(found[2], found[2] or "")
    if found[2] or index + 1 == len(words):
        return _Number(index, label)
    return _with_rest(text[end : words[index + 1][0]], words[index + 1][2], index, label, russian=russian)


def _with_rest(gap: str, following: str, index: int, label: str, *, russian: bool) -> _Number:
    """The number with what may follow it: "bis", or in Russian a second number after a point."""
    if following in _TIMES and _BEFORE_TIMES.fullmatch(gap):
        return _Number(index + 1, label + _LATIN_TIMES.get(following, following))
    inserted = gap == "." or (gap == "-" and following.isdigit() and int(following[:4]) <= int(label))
    if russian and inserted and re.fullmatch(r"[0-9]{1,3}", following):
        return _Number(index + 1, f"{label}·{int(following)}")
    return _Number(index, label)


def _further(text: str, words: Sequence[Word], unit: Unit) -> Iterator[Unit]:
    """What a plural goes on to name: "4 and 5", "2, 4 and 7", "2-5"."""
    while True:
        following = _next_in_list(text, words, unit.last)
        number = _number(text, words, following, russian=True) if following is not None else None
        if following is None or number is None:
            return
        ranged = bool(_DASH.fullmatch(text, words[unit.last][1], words[following][0]))
        between = _between(unit.term, number.label) if ranged else ()
        start, end = words[following][0], words[number.last][1]
        unit = Unit(following, number.last, start, end, f"§{number.label}", between, unit.start)
        yield unit


def _next_in_list(text: str, words: Sequence[Word], last: int) -> int | None:
    """The index of the word that a list of numbers goes on with."""
    if last + 1 >= len(words):
        return None
    gap = (words[last][1], words[last + 1][0])
    if _DASH.fullmatch(text, *gap) or _COMMA.fullmatch(text, *gap):
        return last + 1
    return last + 2 if words[last + 1][2] in _AND and last + 2 < len(words) else None


def _between(term: str, label: str) -> tuple[str, ...]:
    first, last = term[1:], label
    if not (first.isdigit() and last.isdigit()) or not 1 < int(last) - int(first) <= WIDEST_RANGE:
        return ()
    return tuple(f"§{number}" for number in range(int(first) + 1, int(last)))
