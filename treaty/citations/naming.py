"""Instruments as a text names them: by a published name, by their kind alone ("the Charter"), or as "this Treaty"."""

from __future__ import annotations

from dataclasses import dataclass

from treaty.citations import words
from treaty.citations.book import Book, Context, organization_at
from treaty.citations.found import Doubt
from treaty.citations.plain import Plain

#: The longest run of adjectives before the noun of an instrument that the book does not hold.
_ADJECTIVES = 4


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument named in a text: its words (first and past the last) and the ids that may be meant.

    No ids: it is one that the book does not hold. ``foreign`` is one of another body, named in full.
    """

    first: int
    after: int
    ids: tuple[str, ...]
    doubt: Doubt | None = None


class Namer:
    """Reads names of instruments in one text."""

    def __init__(self, plain: Plain, book: Book, context: Context) -> None:
        self.plain, self.book, self.context = plain, book, context
        #: Kinds of which the text has named an instrument of another body in full, with its id, but none of ours.
        self.mentioned: dict[str, tuple[str, ...]] = {}

    def begins(self, form: str) -> bool:
        """Whether a name may begin with a word."""
        return (
            form in words.THIS
            or words.NOUN.get(form, form) in words.CALLED
            or words.key(form) in words.ORGANIZATION_BEGINS
            or self.book.begins(form)
        )

    def at(self, index: int, *, after_article: bool = False) -> Named | None:
        """The instrument whose name, with "this" before it, begins at a word."""
        plain = self.plain
        form = plain.form(index)
        if not form or organization_at(plain, index):
            return self._titled(index)
        if form in words.THIS and plain.near(index + 1):
            return self._kind(index + 1, index, this=True, titled=after_article)
        titled = self._titled(index)
        if titled:
            return titled
        return self._kind(index, index, this=False, titled=after_article)

    def _titled(self, index: int) -> Named | None:
        """By a published name."""
        found = self.book.named(self.plain, index, loose=self.context.loose)
        if found is None:
            return None
        ids, after = found
        if not self.context.loose and self._goes_on(after):
            return None
        self._mention(ids)
        after = self._past_date(after, ids)[1]
        doubt = Doubt.SEVERAL if len(ids) > 1 else None
        return Named(index, after, ids, doubt)

    def _goes_on(self, after: int) -> bool:
        """Whether a name is but the beginning of an organization's, or of a longer title."""
        if not self.plain.near(after):
            return False
        form = self.plain.form(after)
        return form in ("organization", "organisation") or words.GENITIVE.fullmatch(form) is not None

    def _mention(self, ids: tuple[str, ...]) -> None:
        for one in ids:
            held = self.book.holdings[one]
            self.mentioned[held.kind] = () if held.own else (*self.mentioned.get(held.kind, ()), one)

    # -- by the kind alone -----------------------------------------------------------------------------------------

    def _kind(self, index: int, first: int, *, this: bool, titled: bool) -> Named | None:
        """By its kind: "the Charter", «Устав», "this Treaty"."""
        plain = self.plain
        form = plain.form(index)
        kind = words.CALLED.get(words.NOUN.get(form, form))
        if kind is None or not (this or self._stands_alone(index, kind, titled=titled)):
            return None
        if not self.context.loose and not plain.raw(index)[:1].isupper():
            return None
        begins_title = plain.form(index + 1) in words.TITLE_BEGINS or self._qualified(index)
        if begins_title and plain.near(index + 1):
            return Named(first, index + 1, ())
        ids, doubt = self._meant(kind, this=this)
        narrowed, after = self._past_date(index + 1, ids)
        certain = not narrowed or (len(narrowed) == 1 and after > index + 1)
        return Named(first, after, narrowed, None if certain else doubt)

    def _qualified(self, index: int) -> bool:
        """Whether the next word makes of a Russian noun the beginning of a title: «Стратегия коллективной …»."""
        noun = words.NOUN.get(self.plain.form(index), "")
        titled = noun and noun not in words.NEVER_QUALIFIED
        return bool(titled) and words.GENITIVE.fullmatch(self.plain.form(index + 1)) is not None

    def _stands_alone(self, index: int, kind: str, *, titled: bool) -> bool:
        """Whether the noun is not the last word of another title."""
        before, form = self.plain.form(index - 1), self.plain.form(index)
        if titled or self.context.loose:
            return True
        if kind in words.COMMON:
            return False
        if form.isascii():
            return before in words.THE
        adjective = words.is_adjective(before) and before not in words.OTHER_THE
        organization = words.key(before) == "организаци"
        return not ((adjective or organization) and self.plain.near(index))

    def _meant(self, kind: str, *, this: bool) -> tuple[tuple[str, ...], Doubt | None]:
        """The instruments that are called by their kind alone in a text of this context."""
        context, book = self.context, self.book
        if context.instrument and book.kind(context.instrument) == kind:
            return (context.instrument,), None
        amended = tuple(one for one in context.amends if book.kind(one) == kind)
        if len(amended) == 1:
            return amended, None
        own = book.own(kind)
        if this:
            return own, Doubt.NO_INSTRUMENT
        others = () if context.instrument else self.mentioned.get(kind, ())
        ids = (*own, *others)
        return ids, Doubt.SEVERAL if len(ids) > 1 else None

    def _past_date(self, index: int, ids: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        """The instruments of the day that follows a name, and the index after it: "of 15 May 1992"."""
        read = date_at(self.plain, index)
        if read is None:
            return ids, index
        day, after = read
        fitting = tuple(one for one in ids if _same_day(self.book.holdings[one].signed_on, day))
        undated = tuple(one for one in ids if not self.book.holdings[one].signed_on)
        return fitting or undated, after

    # -- others ----------------------------------------------------------------------------------------------------

    def is_foreign(self, index: int) -> bool:
        """Whether an instrument that the book does not hold is named at a word, as after «статья 15»."""
        plain, at = self.plain, index
        if plain.form(at) in words.THIS or plain.form(at) in words.OTHER_THE:
            at += 1
        for _step in range(_ADJECTIVES):
            form = plain.form(at)
            if not form or form.isascii() or not plain.near(at):
                return False
            if words.FOREIGN.fullmatch(form):
                return True
            if not words.is_adjective(form):
                return False
            at += 1
        return False


def _same_day(signed: str, day: str) -> bool:
    """Whether two EDTF dates of which one may be less exact agree."""
    shorter = min(len(signed), len(day))
    return bool(signed) and signed[:shorter] == day[:shorter]


def date_at(plain: Plain, index: int) -> tuple[str, int] | None:
    """The date that follows a name, as EDTF, and the index after it: "of 15 May 1992", «от 15 мая 1992 года»."""
    at = index
    if plain.form(at) in ("of", "от"):
        at += 1
    day, month, year = plain.form(at), words.MONTH.get(plain.form(at + 1)), plain.form(at + 2)
    if at > index and month and _digits(day, 2) and len(year) == 4 and _digits(year, 4) and plain.near(at):
        return f"{year}-{month:02d}-{int(day):02d}", _past_year_word(plain, at + 3)
    if len(day) == 4 and _digits(day, 4) and (at > index or plain.form(at + 1) in ("года", "г")):
        return day, _past_year_word(plain, at + 1)
    return None


def _digits(form: str, most: int) -> bool:
    return form.isascii() and form.isdigit() and len(form) <= most


def _past_year_word(plain: Plain, index: int) -> int:
    return index + 1 if plain.form(index) in ("года", "г") and plain.near(index) else index
