"""Selection: the rows of a Listing that one question asks for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Count, Value

from cstokb.databases import sorting_in_file
from cstokb.listing import counts
from cstokb.listing.filters import TEXT, constant
from cstokb.listing.moments import about_the_moment
from cstokb.listing.names import Names
from cstokb.listing.table import ById, Table

if TYPE_CHECKING:
    from cstokb.listing.ask import Ask
    from cstokb.listing.filterset import Rows, StrictFilterSet
    from cstokb.listing.listing import Listing
    from cstokb.listing.ordering import Order

#: Counting is done for every list up to here, and beyond only where the question asks for it.
COUNTED = 100_000
#: So many rows of an answer that holds all of them are told first, since somebody waits for them.
FIRST = 100
#: So many of their ids come from the database at a time.
IDS_AT_ONCE = 10_000


#: By filter the values with counts; under the empty name the count of all rows.
Tally = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: how many rows there are with it, given every other filter."""

    value: str
    label: str
    count: int
    selected: bool
    url: ClassVar[str] = ""  # a box of a form; components/facet.html makes a link of what has an address


@dataclass(frozen=True)
class Facet:
    """The values of one filter with counts."""

    name: str
    label: str
    values: list[FacetValue] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether a value is chosen, so that the group stands open."""
        return any(value.selected for value in self.values)


@dataclass(frozen=True)
class UnknownRow:
    """A row of which it is not known whether it belongs to the answer, and what keeps it from being known."""

    id: str
    label: str
    url: str
    blocked_by: list[str]

    def as_json(self) -> dict[str, Any]:
        """As API and JSON say it."""
        return {"id": self.id, "blocked_by": self.blocked_by}


class Selection:
    """What a question selects: rows in order, rows that are not known to belong, counts, facets, notices."""

    def __init__(self, listing: Listing, ask: Ask, filterset: StrictFilterSet) -> None:
        self.listing, self.ask, self.filterset = listing, ask, filterset

    def require_sound(self, *, strict: bool) -> Selection:
        """This selection, unless the question has faults. Raises BadQuestion."""
        self.filterset.require_sound(strict=strict)
        return self

    @property
    def set_aside(self) -> list[str]:
        """Parameters that the list does not know."""
        return self.filterset.set_aside

    @cached_property
    def order(self) -> Order:
        """The total order of the rows."""
        return self.listing.order_in(self.ask.language, self.filterset.order())

    @cached_property
    def rows(self) -> Rows:
        """The rows for which the answer is yes, in no order yet."""
        return self.filterset.filter_queryset(self.filterset.queryset)

    @cached_property
    def queryset(self) -> Rows:
        """The rows in order."""
        return self.rows.order_by(*(key.expression() for key in self.order))

    def fetched(self) -> Rows:
        """The rows in order, with what columns and order keys read."""
        return self.listing.fetch(self.queryset, extra=[key.path for key in self.order])

    def cut(self, start: int, stop: int) -> Rows:
        """Those of the rows in order that stand from one place to before another, fetched.

        Of rows that are passed over nothing is read but their order: what columns ask beside costs most.
        """
        if not start:
            return self.fetched()[:stop]
        order = [key.expression() for key in self.order]
        passed = self.countable.order_by(*order).values("pk")[start:stop]
        within = self.filterset.queryset.filter(pk__in=passed)
        return self.listing.fetch(within.order_by(*order), extra=[key.path for key in self.order])

    def streamed(self, chunk: int) -> Iterator[Table]:
        """The rows in order, fetched so many at a time, for answers that hold all of them; the first lot is small.

        The order is made of row ids alone: a database that sorts whole rows holds every text of the list meanwhile, and
        one that is read row by row for as long as a slow reader takes keeps what all others have replaced. The order is
        asked for at once, so that a database that cannot answer is found out before anything is sent.
        """
        every = self.filterset.filter_queryset(self.listing.rows_to_order(self.ask))
        meant = every.order_by(*(key.expression() for key in self.order)).values_list("pk", flat=True)
        with sorting_in_file(meant):
            ids = array("q", meant.iterator(IDS_AT_ONCE))
        return self._in_chunks(ids, chunk)

    def _in_chunks(self, ids: array[int], chunk: int) -> Iterator[Table]:
        if not ids:
            return
        asked = ById(self.filterset.queryset, self.listing.reads(labels=False))
        starts = [0, *range(min(chunk, FIRST), len(ids), chunk), len(ids)]
        for start, stop in pairwise(starts):
            yield asked.of(ids[start:stop])

    # -- beside the rows -------------------------------------------------------------------------------------------

    @cached_property
    def unknown(self) -> list[UnknownRow]:
        """Rows of which it is not known whether they belong, by id."""
        asked = self.filterset.three_valued
        if not asked:
            return []
        possible = self.filterset.filter_queryset(self.filterset.queryset, possible=True)
        rows = possible.exclude(pk__in=self.rows.order_by().values("pk")).order_by("entry_id")
        needed = {name for one, _value in asked for name in one.required_columns()}
        found = list(self.listing.fetch(rows, extra=needed))
        page = self.listing.page(found, self.ask)
        return [
            UnknownRow(
                id=page.id(row),
                label=page.label(row),
                url=self.ask.localised(page.path(row)) if page.path(row) else "",
                blocked_by=[fact for one, value in asked for fact in one.blocked_by(row, value)],
            )
            for row in found
        ]

    @cached_property
    def notices(self) -> list[str]:
        """What a reader should know about the answer."""
        return [*self.filterset.notices, *about_the_moment(self.ask, self.listing.model)]

    @cached_property
    def countable(self) -> Rows:
        """The rows, laid out for counting them or passing over many."""
        return self._countable("")

    def _countable(self, skip: str) -> Rows:
        return self.filterset.filter_queryset(self._all_countable, skip=skip)

    @cached_property
    def _all_countable(self) -> Rows:
        return self.listing.rows_to_count(self.ask)

    # -- counting --------------------------------------------------------------------------------------------------

    def count(self, *, exact: bool = False) -> int | None:
        """How many rows there are; None beyond 100,000 unless ``exact``."""
        if exact:
            return counts.once(self, "all", self.countable.count)
        some = self.countable.order_by().values("pk")[: COUNTED + 1]
        found = counts.once(self, "some", some.count)
        return found if found <= COUNTED else None

    @cached_property
    def tally(self) -> Tally:
        """How many rows there are, and every facet counted with every filter but its own, in one query."""
        return counts.once(self, "facets", self._tallied)

    def _tallied(self) -> Tally:
        total = (
            self.countable.order_by().annotate(value=Value("", TEXT)).values("value").annotate(n=Count("pk"))
        )
        parts = [constant(total, "")]
        for name in self.listing.facets:
            own = self.filterset.filters[name].facet_parts(self._countable(name))
            parts += [constant(part, name) for part in own]
        counted: dict[str, list[tuple[str, int]]] = {name: [] for name in ("", *self.listing.facets)}
        for name, value, n in parts[0].union(*parts[1:], all=True).order_by():
            counted[name].append((value, n))
        sums = {name: self.filterset.filters[name].facet_sums(counted[name]) for name in self.listing.facets}
        return {"": counted[""], **{name: list(summed) for name, summed in sums.items()}}

    @property
    def tallied_count(self) -> int:
        """How many rows there are, from the tally."""
        return sum(n for _value, n in self.tally[""])

    def facet_ids(self) -> set[int]:
        """Row ids of the records that the facets name."""
        named = [name for name in self.listing.facets if self.filterset.filters[name].by_id]
        ids = {int(value) for name in named for value, _n in self.tally[name]}
        return ids | {key for name in named for key in self._chosen(name)}

    def facets(self, names: Names) -> list[Facet]:
        """The facets that have values, given the names of ``facet_ids``."""
        made = (self._facet(name, self.tally[name], names) for name in self.listing.facets)
        return [facet for facet in made if facet.values]

    def _chosen(self, name: str) -> Sequence[Any]:
        answers = self.filterset.answers
        return self.filterset.filters[name].chosen(answers[name]) if name in answers else ()

    def _facet(self, name: str, counted: list[tuple[str, int]], names: Names) -> Facet:
        one, language = self.filterset.filters[name], self.ask.language
        chosen = [str(value) for value in self._chosen(name)]
        tally = dict(one.facet_values(counted))
        values = []
        for value in (*tally, *(value for value in chosen if value not in tally)):
            named = names.get(int(value)) if one.by_id else None
            if one.by_id and named is None:
                continue
            shown, label = (named.id, named.label(language)) if named else (value, one.label_of(value))
            values.append(FacetValue(shown, label, tally.get(value, 0), value in chosen))
        return Facet(name, str(one.label), values)
