"""The grammar of references: a text is read once from left to right, every look ahead is of a few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from treaty.citations import words
from treaty.citations.book import Book, Context, organization_at
from treaty.citations.found import Citation, Doubt, Found, Kind, Slip, Step, Steps, Warned
from treaty.citations.naming import Named, Namer
from treaty.citations.numbers import Item, Listed, listed, under
from treaty.citations.plain import Plain

#: So many different words are kept with a book, of which it is known whether a reference may begin with them.
_MOST_MET = 65_536
#: How often "of" may go outwards: point, paragraph, article, chapter.
_MOST_LEVELS = 4


def find(text: str, book: Book, context: Context = Context()) -> Found:  # noqa: B008 (it is frozen)
    """Every reference to provisions and instruments in a text, with exact spans, and slips in how they are written.

    Total: any text gives an answer, in time linear in its length. Nothing is guessed: where it is not clear which
    instrument is meant, the citation is ambiguous and names those that it may be. References to instruments that
    the book does not hold are passed over.
    """
    return _Reader(Plain.of(text), book, context).read()


def cites_number(text: str) -> bool:
    """Whether a text, as readers type it, holds the number of a provision after its word; of whatever instrument."""
    return any(_ways(text))


def articles_cited(text: str) -> frozenset[str]:
    """The numbers of the articles that a text refers to, of whatever instrument."""
    return frozenset(step.number for way in _ways(text) for step in way if step.kind is Kind.ARTICLE)


def _ways(text: str) -> Iterator[Steps]:
    """What the references of a text name, whatever they are parts of."""
    reader = _Reader(Plain.of(text), Book({}), Context(loose=True))
    reader.read()
    return (way for one in reader.references for item in one.items for way in item.ways)


@dataclass(slots=True)
class _Reference:
    """Numbers of one instrument: what a head, its list and a name after or before it say."""

    first: int
    after: int
    items: list[Item]
    named: Named | None = None
    slips: Sequence[tuple[int, int, Slip]] = ()
    foreign: bool = False
    joined: bool = False  # only a comma or an "and" parts it from the reference before
    here: bool = False  # a part of the text's own provision, without its number
    doubt: Doubt | None = None
    ids: tuple[str, ...] = ()


class _Reader:
    def __init__(self, plain: Plain, book: Book, context: Context) -> None:
        self.plain, self.book, self.context = plain, book, context
        self.namer = Namer(plain, book, context)
        self.references: list[_Reference] = []
        self.own = tuple(book.holdings) if context.loose else book.own()

    def read(self) -> Found:
        met = self.book.met
        at, every = 0, self.plain.words
        while at < len(every):
            form = every[at].form
            may = met.get(form)
            if may is None:
                may = self._may_begin(form)
                if len(met) < _MOST_MET:
                    met[form] = may
            at = self._at(at) if may else at + 1
        self._settle()
        return self._found()

    def _may_begin(self, form: str) -> bool:
        return form in words.HEADS or form in words.ORDINALS or self.namer.begins(form)

    def _at(self, index: int) -> int:
        """Read what begins at a word; the index where to go on."""
        form = self.plain.form(index)
        if form in words.HEADS or form in words.ORDINALS:
            reference = self._reference(index)
            if reference:
                return self._keep(reference)
        if form in words.THIS and self._is_here(index + 1):
            return self._keep(
                _Reference(index, index + 2, [Item(index, index + 2, (self.context.steps,))], here=True)
            )
        if not self.namer.begins(form):
            return index + 1
        organization = organization_at(self.plain, index)
        named = self.namer.at(index)
        if named is None:
            return organization[1] if organization else index + 1
        return self._named(named)

    def _keep(self, reference: _Reference) -> int:
        before = self.references[-1] if self.references else None
        reference.joined = before is not None and self._only_joins(before.after, reference.first)
        self.references.append(reference)
        return reference.after

    def _only_joins(self, start: int, end: int) -> bool:
        between = [self.plain.form(at) for at in range(start, min(end, start + 4))]
        small = all(
            form in (",", ";")
            or form in words.AND
            or form in ("by", "with", "in", "of", "в", "с", "со", "the")
            for form in between
        )
        near = all(self.plain.near(at) for at in range(start, end + 1)) if end - start <= 3 else False
        return 0 < end - start <= 3 and small and near

    # -- an instrument before its articles -------------------------------------------------------------------------

    def _named(self, named: Named) -> int:
        """An instrument by itself, or with the article that follows: "CST art. 4", "the Charter (Article 4)"."""
        at = named.after
        if self.plain.form(at) == "'" and self.plain.form(at + 1) == "s":
            at += 2
        elif self.plain.form(at) in (",", ":", "("):
            at += 1
        reference = (
            self._reference(at) if self.plain.near(at) and self.plain.form(at) in words.HEADS else None
        )
        apart = reference is None or reference.named or reference.foreign or not reference.items
        if apart or self.plain.form(at - 1) == "(":
            self._keep(_Reference(named.first, named.after, [Item(named.first, named.after, ((),))], named))
        if reference is None:
            return named.after
        if not (reference.named or reference.foreign):
            reference.named = named
        if not apart and self.plain.form(at - 1) != "(":
            reference.first = named.first
            reference.items[0] = replace(reference.items[0], first=named.first)
        return self._keep(reference)

    def _is_here(self, index: int) -> bool:
        """Whether "this article" is said of the provision whose text it is."""
        return bool(self.context.steps) and self.plain.form(index) in words.HERE and self.plain.near(index)

    # -- articles and their parts ----------------------------------------------------------------------------------

    def _reference(self, index: int) -> _Reference | None:
        """Numbers after a head, with what stands below and above them, and the instrument after them."""
        level = self._level(index)
        if level is None:
            return None
        kind, found = level
        reference = _Reference(index, found.after, found.items, slips=found.slips)
        if reference.items:
            reference.items[0] = replace(reference.items[0], first=index)
        kind = self._outwards(reference, kind)
        if kind is Kind.ARTICLE and reference.items:
            self._inwards(reference)
        self._instrument(reference)
        return self._complete(reference, kind)

    def _level(self, index: int) -> tuple[Kind, Listed] | None:
        """A head with its numbers: "Articles 4 and 7", "Preamble", "second paragraph", «абзац второй»."""
        plain = self.plain
        form = plain.form(index)
        place = words.ORDINALS.get(form)
        if place:
            kind = words.HEADS.get(plain.form(index + 1))
            if kind not in (Kind.PARAGRAPH, Kind.POINT) or not plain.near(index + 1):
                return None
            return kind, Listed([Item(index, index + 2, ((Step(kind, place),),))], index + 2)
        kind, at = words.HEADS.get(form), index + 1
        if kind is None:
            return None
        if kind is Kind.PREAMBLE:
            return kind, Listed([Item(index, at, ((Step(kind),),))], at)
        if (plain.form(at) == "." and (form in words.ABBREVIATIONS or plain.touches(at))) or plain.form(
            at
        ) == "§":
            at += 1
        if not plain.near(at):
            return None
        place = words.ORDINALS.get(plain.form(at))
        if place and kind is Kind.PARAGRAPH:
            return kind, Listed([Item(index, at + 1, ((Step(kind, place),),))], at + 1)
        found = listed(plain, at, kind, one=form in words.SINGULAR)
        return (kind, found) if found.items or found.slips else None

    def _outwards(self, reference: _Reference, kind: Kind) -> Kind:
        """Go on to what the numbers are parts of: "paragraph 2 of Article 8", «пункт 2 статьи 8»."""
        for _level in range(_MOST_LEVELS):
            at = self._past(reference.after, ("of", "in"))
            if self.plain.form(at) in words.THIS and self._is_here(at + 1):
                reference.after, reference.here = at + 2, True
                return kind
            outer = words.HEADS.get(self.plain.form(at)) or words.HEADS.get(self.plain.form(at + 1))
            if outer is None or words.DEPTH[outer] >= words.DEPTH[kind] or not self.plain.near(at):
                return kind
            level = self._level(at)
            if level is None or not level[1].items:
                return kind
            kind = level[0]
            reference.after = level[1].after
            reference.slips = (*reference.slips, *level[1].slips)
            self._put_under(reference, kind, level[1].items)
        return kind

    def _put_under(self, reference: _Reference, kind: Kind, outer: Sequence[Item]) -> None:
        """The numbers as parts of one outer provision; of several outer ones, those alone are cited."""
        if kind in (Kind.CHAPTER, Kind.ANNEX):
            ways = [item.ways for item in reference.items]
            if kind is Kind.ANNEX:
                reference.items = [under(item, outer[0].ways[0]) for item in reference.items]
            elif not ways:
                reference.items = list(outer)
        elif len(outer) == 1 and len(outer[0].ways) == 1:
            reference.items = [under(item, outer[0].ways[0]) for item in reference.items]
        else:
            reference.items = list(outer)

    def _inwards(self, reference: _Reference) -> None:
        """Parts after the last article: "Article 8, paragraph 2", «ст. 8 п. 2»."""
        for _level in range(2):
            at = self._past(reference.after, (",",))
            kind = words.HEADS.get(self.plain.form(at)) or words.HEADS.get(self.plain.form(at + 1))
            last = reference.items[-1]
            if kind not in (Kind.PARAGRAPH, Kind.POINT) or not self.plain.near(at) or len(last.ways) > 1:
                return
            level = self._level(at)
            if level is None or not level[1].items or self._belongs_outwards(level[1].after):
                return
            inner = [under(item, last.ways[0]) for item in level[1].items]
            inner[0] = replace(inner[0], first=last.first)
            reference.items[-1:] = inner
            reference.after = level[1].after

    def _belongs_outwards(self, index: int) -> bool:
        """Whether numbers are parts of an article named after them."""
        at = self._past(index, ("of", "in"))
        if self.plain.form(at) in words.THIS:
            at += 1
        return self.plain.form(at) in words.HEADS and self.plain.near(at) and at != self._past(index, (",",))

    def _past(self, index: int, small: tuple[str, ...]) -> int:
        """The index after one of the small words, if it stands here, and after "the"."""
        at = index + 1 if self.plain.form(index) in small and self.plain.near(index) else index
        return at + 1 if at > index and self.plain.form(at) == "the" else at

    # -- the instrument after them ---------------------------------------------------------------------------------

    def _instrument(self, reference: _Reference) -> None:
        """The instrument named after the numbers: "of the Charter", «Устава ООН»."""
        plain, at = self.plain, reference.after
        if at >= len(plain.words) or not plain.near(at):
            return
        loose = self.context.loose
        small = plain.form(at)
        if small == "of" or (loose and small in ("in", "to", "из")):
            self._named_after(reference, at + 1, after_of=small == "of")
        elif small in (",", "(") and self._is_title(at + 1):
            self._named_after(reference, at + 1, after_of=False)
        elif small.isalpha() or small == '"':
            self._named_after(reference, at + 1 if small == '"' else at, after_of=False)

    def _is_title(self, index: int) -> bool:
        """Whether a title begins after the comma, and no other reference that the title belongs to."""
        plain = self.plain
        at = index + 1 if plain.form(index) == "the" else index
        if at >= len(plain.words) or not plain.near(at):
            return False
        named = self.namer.at(at, after_article=self.context.loose)
        if named is None or (plain.form(at) in words.CALLED and not self.context.loose):
            return False
        following = self._past(named.after, (",",))
        return plain.form(following) not in words.HEADS

    def _named_after(self, reference: _Reference, index: int, *, after_of: bool) -> None:
        plain, at = self.plain, index
        if plain.form(at) in words.THE or plain.form(at) in words.OTHER_THE:
            at += 1
        russian = not plain.form(at).isascii()
        # In English only "of" makes a kind alone an instrument; in Russian the case does.
        named = self.namer.at(at, after_article=after_of or russian or self.context.loose)
        if named is None or (not named.ids and not after_of and not russian):
            reference.foreign = (after_of and not self._is_of_here(at)) or self.namer.is_foreign(index)
            return
        reference.named = named
        reference.foreign = not named.ids
        reference.after = named.after

    def _is_of_here(self, index: int) -> bool:
        return self.plain.form(index) in ("which", "whom", "these", "those")

    def _complete(self, reference: _Reference, kind: Kind) -> _Reference | None:
        """The reference with its span; None for parts of nothing ("paragraph 3" in a text that is no provision's)."""
        bare = reference.named is None and not reference.foreign
        if reference.here or (bare and words.DEPTH[kind] > words.DEPTH[Kind.ARTICLE]):
            if not self.context.steps:
                return None
            base = tuple(step for step in self.context.steps if words.DEPTH[step.kind] < words.DEPTH[kind])
            reference.items = [under(item, base) for item in reference.items]
            reference.here = True
        if bare and kind in (Kind.CHAPTER, Kind.ANNEX, Kind.PREAMBLE) and not self.context.instrument:
            return None
        if len(reference.items) == 1 and not reference.slips:
            reference.items[0] = replace(reference.items[0], after=reference.after)
        return reference

    # -- which instrument ------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Say of each reference which instruments it may mean."""
        following: _Reference | None = None
        for place in range(len(self.references) - 1, -1, -1):
            one = self.references[place]
            if one.named or one.foreign:
                following = one
            elif not (place + 1 < len(self.references) and self.references[place + 1].joined):
                following = None
            one.ids, one.doubt = self._meant(one, following)
        for before, one in zip(self.references, self.references[1:], strict=False):
            if one.joined and one.doubt is Doubt.NO_INSTRUMENT and not one.named:
                one.ids, one.doubt = before.ids, before.doubt
                one.foreign = before.foreign

    def _meant(self, one: _Reference, following: _Reference | None) -> tuple[tuple[str, ...], Doubt | None]:
        context = self.context
        if one.foreign:
            return (), None
        if one.named:
            return one.named.ids, one.named.doubt
        if one.here and context.instrument:
            return (context.instrument,), None
        if following is not None and following is not one:
            ids, doubt = self._meant(following, None)
            if not context.instrument or ids == (context.instrument,):
                return ids, doubt
            return tuple(dict.fromkeys((*ids, context.instrument))), Doubt.EITHER
        if context.instrument:
            ids = (context.instrument, *context.amends)
            return ids, Doubt.SEVERAL if len(ids) > 1 else None
        return self.own, Doubt.NO_INSTRUMENT

    # -- spans -----------------------------------------------------------------------------------------------------

    def _found(self) -> Found:
        citations = [
            Citation(*self._span(item.first, item.after), one.ids, item.ways, one.doubt)
            for one in self.references
            for item in one.items
            if one.ids
        ]
        warnings = [
            Warned(*self._span(first, after), slip)
            for one in self.references
            for first, after, slip in one.slips
        ]
        stretches = tuple(
            self._span(one.first, one.after) for one in self.references if one.ids and one.items
        )
        return Found(tuple(citations), tuple(warnings), stretches)

    def _span(self, first: int, after: int) -> tuple[int, int]:
        return self.plain.span(self.plain.words[first].start, self.plain.words[after - 1].end)
