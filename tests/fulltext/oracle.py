"""A second search over the same tree in plain Python: slow, obvious, and what both databases are held to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cstokb.fulltext.documents import Document
from cstokb.fulltext.query import Query
from cstokb.fulltext.ranking import Filters
from cstokb.fulltext.terms import analyse
from cstokb.fulltext.tree import And, Dated, HasFacet, Near, Node, Not, Operand, Or, Phrase, Prefix, Term

Row = tuple[str, ...]


class Held:
    """A document and all that can be found of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        texts = [text for _, text in document.titles] + list(document.names)
        self.headings = [analyse(text) for text in texts]
        self.bodies = [analyse(segment.text) for segment in document.segments]
        self.roles = [analyse(role.text) for role in document.roles if role.held]
        self.left = [analyse(role.text) for role in document.roles if not role.held]
        self.called = [analyse(role.text) for role in document.roles if role.held and role.opens]
        self.answers = [analyse(text) for text in document.answers]
        about = [*(analyse(text) for text in document.about), *self.answers]
        every = [*self.headings, *self.roles, *self.left, *self.bodies, *about]
        self.title = {term for text in (*self.headings, *self.roles) for term, _, _ in text.record_terms()}
        self.body = Counter(term for text in self.bodies for term, _, _ in text.record_terms())
        self.about = {term for text in about for term, _, _ in text.record_terms()}
        self.former = {term for text in self.left for term, _, _ in text.record_terms()}
        self.terms = self.title | self.former | set(self.body) | self.about
        self.rows: list[Row] = [tuple(place[0] for place in row) for text in every for row in text.rows()]
        self.words = {
            (token.form, token.stem)
            for text in every
            for token in (
                *(word for word in text.words if not word.stop),
                *(one.token for one in text.compounds),
            )
        }

    def weight(self, term: str) -> int:
        if term in self.title:
            return 10
        if term in self.former:
            return 4
        if term not in self.body:
            return 2 if term in self.about else 0
        length, times = sum(len(text.words) for text in self.bodies), self.body[term]
        measure = times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / 300))
        return 4 if measure >= 1.6 else 3 if measure >= 1.1 else 2


class Oracle:
    """An index of documents, searched by reading all of them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.held = [Held(document) for document in documents]
        self.words = {pair for one in self.held for pair in one.words}

    def find(self, node: Node, filters: Filters | None = None) -> set[int]:
        """The ids that a tree finds."""
        narrowed = filters or Filters()
        return {
            one.document.id
            for one in self.held
            if self.has(one, node) and lets_through(one.document, narrowed)
        }

    def facets(self, node: Node, filters: Filters) -> dict[str, dict[str, int]]:
        """Every facet with its counts, by every filter but its own."""
        counts: dict[str, Counter[str]] = {}
        for one in self.held:
            if not self.has(one, node):
                continue
            for facet, values in one.document.facets.items():
                others = {name: wanted for name, wanted in filters.facets.items() if name != facet}
                narrowed = Filters(others, filters.kinds, filters.after, filters.before)
                if values and lets_through(one.document, narrowed):
                    counts.setdefault(facet, Counter()).update(set(values))
        return {facet: dict(counter) for facet, counter in counts.items()}

    def by_relevance(self, query: Query) -> list[int]:
        """The ids in order of relevance."""
        assert query.tree is not None
        outline = self.outline(query.tree)
        found = [one for one in self.held if self.has(one, query.tree)]
        return [one.document.id for one in sorted(found, key=lambda one: self.rank(one, query, outline))]

    def rank(self, held: Held, query: Query, outline: Node | None) -> tuple[int, int, int, int]:
        shortest = min((len(text.words) for text in held.headings), default=9999)
        shortest = max((len(text.words) for text in held.called), default=shortest)
        day = held.document.date_min
        newest = -day.toordinal() if day else 1
        keys = {key for text in (*held.headings, *held.answers) for key in text.title_keys()}
        if keys & set(query.keys):
            return (-3_000_000, 0, newest, held.document.id)
        weight = sum(self.weight(held, atom) for atom in self.scored(outline))
        if keys & set(query.named):
            return (-2_000_000 - weight, 0, newest, held.document.id)
        if outline is not None and self.titled(held, outline):
            return (-1_000_000, shortest, newest, held.document.id)
        return (-weight, 0, newest, held.document.id)

    def scored(self, outline: Node | None) -> list[Term | Prefix]:
        return sorted(set(self.atoms(outline)), key=str)[:60] if outline else []

    def weight(self, held: Held, atom: Term | Prefix) -> int:
        if isinstance(atom, Term):
            return held.weight(atom.term)
        return sum({held.weight(term) for term in held.terms if term.startswith(f"={atom.form}")})

    def titled(self, held: Held, outline: Node) -> bool:
        match outline:
            case Term(term):
                return term in held.title
            case Prefix(form):
                return any(term.startswith(f"={form}") for term in held.title)
            case And(parts):
                return all(self.titled(held, part) for part in parts)
            case Or(parts):
                return any(self.titled(held, part) for part in parts)
        raise TypeError(outline)

    def atoms(self, outline: Node) -> Iterator[Term | Prefix]:
        if isinstance(outline, And | Or):
            for part in outline.parts:
                yield from self.atoms(part)
        elif isinstance(outline, Term | Prefix):
            yield outline

    def outline(self, node: Node) -> Node | None:
        """What the product ranks by, over the tree it ranks: asked of it, since relevance is its own scheme."""
        from cstokb.fulltext import matching, ranking

        return ranking._outline(matching.complete(node))

    def forms(self, prefix: str) -> set[str]:
        return {form for form, _ in self.words if form.startswith(prefix)}

    def completions(self, prefix: str) -> set[str]:
        return {stem for form, stem in self.words if form.startswith(prefix)}

    def has(self, held: Held, node: Node) -> bool:
        """Whether a tree finds a document."""
        match node:
            case Term(term):
                return term in held.terms
            case Prefix(form, _, strict):
                terms = {f"={form}" for form in self.forms(form)} if strict else self.completions(form)
                return not terms.isdisjoint(held.terms)
            case Phrase() | Near():
                return any(self.in_row(row, node) for row in held.rows)
            case HasFacet(facet, values):
                return not set(values).isdisjoint(held.document.facets.get(facet, ()))
            case Dated(after, before):
                return possible(held.document, after, before)
            case And(parts):
                return all(self.has(held, part) for part in parts)
            case Or(parts):
                return any(self.has(held, part) for part in parts)
            case Not(part):
                return not self.has(held, part)

    def in_row(self, row: Row, place: Phrase | Near) -> bool:
        if isinstance(place, Phrase):
            return next(spans(row, place.terms), None) is not None
        return near(row, self.ways(place.left), self.ways(place.right), place.distance)

    def ways(self, operand: Operand) -> list[Row]:
        ways: list[Row] = []
        for way in operand:
            if isinstance(way, tuple):
                ways.append(way)
            elif way.exact:
                ways.extend((f"={form}",) for form in self.forms(way.form))
            else:
                ways.extend((stem,) for stem in self.completions(way.form))
        return ways


def spans(row: Row, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where terms follow each other."""
    length = len(terms)
    return ((at, at + length) for at in range(len(row) - length + 1) if row[at : at + length] == tuple(terms))


def near(row: Row, left: list[Row], right: list[Row], distance: int) -> bool:
    """Whether two spans have fewer words between them than the distance."""
    return any(
        max(other[0] - one[1], one[0] - other[1]) < distance
        for way in left
        for one in spans(row, way)
        for against in right
        for other in spans(row, against)
    )


def possible(document: Document, after: date | None, before: date | None) -> bool:
    """Whether a document may be of the range."""
    first, last = document.date_min, document.date_max or document.date_min
    if first is None or last is None:
        return False
    return (after is None or last >= after) and (before is None or first <= before)


def lets_through(document: Document, filters: Filters) -> bool:
    """Whether filters let a document through."""
    facets = all(
        not set(values).isdisjoint(document.facets.get(facet, ()))
        for facet, values in filters.facets.items()
        if values
    )
    dated = not (filters.after or filters.before) or possible(document, filters.after, filters.before)
    return facets and dated and (not filters.kinds or document.kind in filters.kinds)
