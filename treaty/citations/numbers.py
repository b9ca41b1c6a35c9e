"""Numbers of provisions in running text: 4, 4bis, 7A, 4¹, 4(1)(a), IV, and lists and ranges of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from treaty.citations import words
from treaty.citations.found import Kind, Slip, Step, Steps
from treaty.citations.plain import RAISED, Plain

#: A range over more provisions than these is a slip.
WIDEST_RANGE = 60
_DIGITS = str.maketrans(RAISED, "0123456789")
_DEEPEST = 4
_ROMAN_KINDS = frozenset((Kind.ARTICLE, Kind.CHAPTER, Kind.ANNEX))


@dataclass(frozen=True, slots=True)
class Item:
    """One number of a list: its words (first and past the last), and the ways it names below the head's parent."""

    first: int
    after: int
    ways: tuple[Steps, ...]


@dataclass(slots=True)
class Listed:
    """The numbers after a head, the index after them, and what is wrong with some."""

    items: list[Item] = field(default_factory=list)
    after: int = 0
    slips: list[tuple[int, int, Slip]] = field(default_factory=list)


def listed(plain: Plain, index: int, kind: Kind, *, one: bool) -> Listed:
    """The numbers that begin at a word: a list unless the head names ``one`` alone."""
    found = Listed(after=index)
    at: int | None = index
    while at is not None:
        item = _item(plain, at, kind, one=one)
        if item is None:
            break
        found.after = item.after
        last = _range_end(plain, item, kind)
        if last is None:
            found.items.append(item)
        else:
            found.after = last.after
            _add_range(found, item, last, kind)
        _add_siblings(plain, found, item)
        at = None if one else _next(plain, found.after)
    return found


def _add_siblings(plain: Plain, found: Listed, item: Item) -> None:
    """Further parts in brackets of the same provision: "Article 8(1) and (2)"."""
    while len(item.ways[0]) > 1 and found.items and found.items[-1] is item:
        at = _next(plain, found.after)
        if at is None or plain.form(at) != "(":
            return
        way = item.ways[0]
        steps, after = _brackets(plain, at, way[-2].kind)
        if not steps:
            return
        item = Item(at, after, ((*way[:-1], Step(way[-1].kind, steps[0].number), *steps[1:]),))
        found.items.append(item)
        found.after = after


def _next(plain: Plain, index: int) -> int | None:
    """Where the list goes on after a comma, an "and", or both; None where it ends."""
    at = index
    if plain.form(at) in (",", ";") and plain.near(at):
        at += 1
    if plain.form(at) in words.AND and plain.near(at):
        at += 1
    return at if at > index and plain.near(at) and not _is_of_a_date(plain, at) else None


def _is_of_a_date(plain: Plain, index: int) -> bool:
    """Whether a number is the day of a date or a year."""
    form = plain.form(index)
    if not form.isdigit():
        return False
    before, after = plain.form(index - 2), plain.form(index + 1)
    return after in words.MONTH or (len(form) == 4 and before in words.MONTH)


# -- one number ----------------------------------------------------------------------------------------------------


def _item(plain: Plain, index: int, kind: Kind, *, one: bool) -> Item | None:
    """The number at a word with the parts in brackets behind it."""
    quoted = plain.form(index) in ('"', "(") and kind in (Kind.POINT, Kind.PARAGRAPH)
    at = index + 1 if quoted else index
    read = _letter(plain, at) if kind is Kind.POINT else None
    read = read or _number(plain, at, kind, one=one)
    if read is None and quoted:
        read = _letter(plain, at)
    if read is None:
        return None
    number, at, below = read
    if quoted:
        if plain.form(at) not in ('"', ")"):
            return None
        at += 1
    elif plain.form(at) == ")" and kind in (Kind.POINT, Kind.PARAGRAPH) and plain.touches(at):
        at += 1
    inner, at = _brackets(plain, at, kind)
    return Item(index, at, ((Step(kind, number), *below, *inner),))


def _letter(plain: Plain, index: int) -> tuple[str, int, Steps] | None:
    """A point's letter or small roman number."""
    form = plain.form(index)
    if (len(form) == 1 and form.isalpha()) or (form and words.ROMAN.fullmatch(form)):
        return form, index + 1, ()
    return None


def _number(plain: Plain, index: int, kind: Kind, *, one: bool) -> tuple[str, int, Steps] | None:
    """A number, the index after it, and what it names below itself ("Article 4.1")."""
    form = plain.form(index)
    if form.isdigit() and form.isascii():
        if len(form) > 4 or not int(form):
            return None
        return _with_suffix(plain, index, str(int(form)), kind, one=one)
    roman = kind in _ROMAN_KINDS and form and plain.raw(index).isupper() and words.ROMAN.fullmatch(form)
    if roman or (kind is Kind.ANNEX and len(form) == 1 and plain.raw(index).isupper()):
        return form.upper(), index + 1, ()
    return None


def _with_suffix(
    plain: Plain, index: int, number: str, kind: Kind, *, one: bool
) -> tuple[str, int, Steps] | None:
    """A number with what makes it another one: bis, a letter, raised digits, or in Russian a second number."""
    at = index + 1
    form, joined = plain.form(at), plain.touches(at)
    if joined and form[:1] in RAISED and form:
        return f"{number}-{int(form[:3].translate(_DIGITS))}", at + 1, ()
    if joined and form in words.TIMES:
        return number + words.TIMES[form], at + 1, ()
    if joined and len(form) == 1 and form.isalpha():
        letter = form.translate(words.LOOKALIKES)
        return (number + letter.upper(), at + 1, ()) if letter.isascii() else None
    if joined and form.isalpha():
        return None  # "4th", "5km"
    apart = at + 1 if form == "-" else at
    if plain.form(apart) in words.TIMES and plain.near(apart) and plain.near(at):
        return number + words.TIMES[plain.form(apart)], apart + 1, ()
    return _second_number(plain, index, number, kind, one=one)


def _second_number(plain: Plain, index: int, number: str, kind: Kind, *, one: bool) -> tuple[str, int, Steps]:
    """4.1 and, after a head of one thing, 4-1: an inserted article; in English 4.1 is paragraph 1 of Article 4."""
    at = index + 1
    mark, second = plain.form(at), plain.form(at + 1)
    tight = plain.touches(at) and plain.touches(at + 1) and second.isdigit() and len(second) <= 3
    if not tight or not second.isascii() or not int(second) or plain.form(at + 2) == mark:
        return number, at, ()
    if mark == ".":
        russian = not plain.form(index - 1).isascii() or plain.form(index - 1) == "§"
        if russian:
            return f"{number}-{int(second)}", at + 2, ()
        return number, at + 2, (Step(Kind.PARAGRAPH, str(int(second))),) if kind is Kind.ARTICLE else ()
    hyphen = mark == "-" and plain.raw(at) in "-\u2011"
    if hyphen and one and int(second) <= int(number):
        return f"{number}-{int(second)}", at + 2, ()
    return number, at, ()


def _brackets(plain: Plain, index: int, kind: Kind) -> tuple[Steps, int]:
    """Parts in brackets: (1), (a), (vi)."""
    steps: list[Step] = []
    at = index
    while len(steps) < _DEEPEST and plain.form(at) == "(" and plain.form(at + 2) == ")" and plain.near(at):
        inner = plain.form(at + 1)
        if inner.isascii() and inner.isdigit() and 0 < len(inner) <= 3 and int(inner):
            deeper = Kind.POINT if kind is not Kind.ARTICLE or steps else Kind.PARAGRAPH
            steps.append(Step(deeper, str(int(inner))))
        elif inner.isalpha() and (len(inner) == 1 or words.ROMAN.fullmatch(inner)):
            steps.append(Step(Kind.POINT, inner))
        else:
            break
        at += 3
    return tuple(steps), at


# -- ranges --------------------------------------------------------------------------------------------------------


def _range_end(plain: Plain, item: Item, kind: Kind) -> Item | None:
    """The last number of a range that an item begins."""
    mark = item.after
    dash = plain.form(mark) == "-"
    if not (dash or plain.form(mark) in words.TO) or not plain.near(mark) or not plain.near(mark + 1):
        return None
    last = _item(plain, mark + 1, kind, one=False)
    return None if last is None or _is_of_a_date(plain, mark + 1) else last


def _add_range(found: Listed, first: Item, last: Item, kind: Kind) -> None:
    """Both ends and, on the mark between them, all that lie between."""
    ends = [item.ways[0][0].number for item in (first, last)]
    plain_ends = [int(end) for end in ends if end.isdigit()]
    if len(plain_ends) < 2:
        found.items += [first, last]
        return
    low, high = plain_ends
    if high < low:
        found.slips.append((first.first, last.after, Slip.BACKWARDS))
        return
    if high - low > WIDEST_RANGE:
        found.slips.append((first.first, last.after, Slip.TOO_WIDE))
    between = tuple(_between(low, high, kind)) if high - low <= WIDEST_RANGE else ()
    found.items.append(first)
    if between:
        found.items.append(Item(first.after, last.first, between))
    found.items.append(last)


def _between(low: int, high: int, kind: Kind) -> Iterator[Steps]:
    for number in range(low + 1, high):
        yield (Step(kind, str(number)),)


def under(item: Item, outer: Steps) -> Item:
    """The item as a part of a provision."""
    return replace(item, ways=tuple((*outer, *way) for way in item.ways))
