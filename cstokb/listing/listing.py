"""Listing: one set of rows, filters and columns, of which page, exports, feed and API are views."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.columns import Choice, Column, Context, Date, Refs, Text, utc
from cstokb.listing.evidence import EXPANSIONS
from cstokb.listing.filters import BY_NAME, in_language
from cstokb.listing.filterset import Rows, StrictFilterSet
from cstokb.listing.names import Named, Names, names_of
from cstokb.listing.ordering import Key, Order
from cstokb.listing.selection import Selection
from cstokb.listing.table import Row, Table, each
from cstokb.records.choices import Confidence
from cstokb.records.models import Kept, Record

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from cstokb.dates import HistoricDate

#: Fetches in a fixed number of queries what the computed columns of a page's rows need.
Prepare = Callable[[Sequence[Row], Ask], Any]
#: What is fetched of a row's identity, under names that no model's own columns can have.
IDENTITY = ("entry__slug", "entry__path", "entry__changed_at")
LABELS = ("entry__label_en", "entry__label_ru")
COMMON: tuple[Column, ...] = (
    Choice("confidence", _("confidence"), words=Confidence),
    Text("note_en", _("note")),
    Text("note_ru", _("note (Russian)")),
)


@dataclass(frozen=True)
class Line:
    """A row as pages show it: its values as JSON has them, and behind them the dates and the records named."""

    id: str
    entry_id: int
    label: str
    url: str
    values: Mapping[str, Any]
    refs: Mapping[str, Named]
    dates: Mapping[str, HistoricDate | None]
    lists: Mapping[str, Sequence[Named]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Listing:
    """The rows of one model as every surface lists them.

    Attributes:
        kind: the word of the record's kind ("state"); for rows that are no records, a word of their own.
        model: a Record, or a Kept row that hangs on a record (then ``identity`` names its public id's column).
        filters: the only reader of parameters.
        columns: what a row says.
        api: name of the API resource; ``path``: English address of the page, empty where there is none.
        title: heading of the page and of the feed.
        order: the order without ``sort``; a unique key is added.
        facets: filters whose values pages offer with counts.
        prepare: fetches what computed columns need, for all rows of a page.
        names: of the records that rows name, where ``prepare`` fetched these in a query of its own.
        details, prepare_details: the same for what only a single record says.
        heading: columns (English, Russian) that name a row; empty takes the entry's label.
        home: a reference whose record's page shows rows that have no page of their own.
        summary: a column whose text stands under the title in feeds.
        dated: the date column by which feeds and lists show when.
        base: restricts or annotates the public rows, for lists that show part of a model or read computed columns.
        counted: the same, laid out for counting, where there is a quicker way than ``base``.
        card: a line as components/record.html shows it; without it title, date and summary.
        word: what a row is called in the API's description, where another list of the kind has its word.
        citable: whether the rows are texts and meetings that are cited, so that the list is also references in RIS.
        tells_day: whether a record says something else on another day, so that it reads ``on``.
    """

    kind: str
    model: type[Kept]
    filters: type[StrictFilterSet]
    columns: tuple[Column, ...]
    api: str
    title: StrPromise | str
    path: str = ""
    order: Order = BY_NAME
    facets: tuple[str, ...] = ()
    prepare: Prepare | None = None
    names: Callable[[Sequence[Row], Ask], Names] | None = None
    details: tuple[Column, ...] = ()
    prepare_details: Prepare | None = None
    heading: tuple[str, str] | None = None
    home: str = ""
    summary: tuple[str, str] | None = None
    dated: str = ""
    base: Callable[[Rows, Ask], Rows] | None = None
    counted: Callable[[Rows, Ask], Rows] | None = None
    card: Callable[[Line, Ask], Mapping[str, Any]] | None = None
    identity: str = "entry__slug"
    citable: bool = False
    tells_day: bool = False
    description: StrPromise | str = field(default="")
    word: str = ""

    # -- which rows ------------------------------------------------------------------------------------------------

    def rows(self, ask: Ask) -> Rows:
        """The rows that anyone may see, in the scope of the question."""
        return _based(self.base, ask.scope.rows(self.model), ask)

    def rows_to_count(self, ask: Ask) -> Rows:
        """The same rows, laid out for counting them or passing over many."""
        return _based(self.counted or self.base, ask.scope.all_but_hidden(self.model), ask)

    def rows_to_order(self, ask: Ask) -> Rows:
        """The same rows, laid out for putting all of them in order: what the order reads of others is joined once."""
        return _based(self.base, ask.scope.all_but_hidden(self.model), ask)

    def select(self, ask: Ask, surface: Sequence[str] = ()) -> Selection:
        """The rows that a question asks for; ``surface`` names parameters that the caller reads itself.

        Raises:
            BadQuestion: naming every value that cannot be read and every unknown parameter.
        """
        return self.examine(ask, surface).require_sound(strict=True)

    def examine(self, ask: Ask, surface: Sequence[str] = ()) -> Selection:
        """The question read but not refused yet, for a page that shows its form again with what is wrong."""
        return Selection(self, ask, self.filters(ask, self.rows(ask), surface))

    def order_in(self, language: str, chosen: Order | None = None) -> Order:
        """A total order: the one chosen or the list's own, ending in the row's unique key."""
        keys = tuple(in_language(key, language) for key in (chosen or self.order))
        return (*keys, Key("entry_id" if self.is_record else "id"))

    @property
    def is_record(self) -> bool:
        """Whether the rows are records, with a public id and address of their own."""
        return issubclass(self.model, Record)

    # -- what a row says -------------------------------------------------------------------------------------------

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns, and those that every record has."""
        return (*self.columns, *COMMON) if self.is_record else self.columns

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names of a row's values, in order: id, columns, addresses, moment of change."""
        return self.keys_with(details=False)

    def keys_with(self, *, details: bool) -> tuple[str, ...]:
        """The names of a row's values, those that only a single record says included or not."""
        columns = (*self.all_columns, *self.details) if details else self.all_columns
        return ("id", *(key for column in columns for key in column.names()), *ENVELOPE)

    @property
    def expansions(self) -> tuple[str, ...]:
        """What ``expand`` can add to a record."""
        return tuple(EXPANSIONS) if self.is_record else ()

    def fetch(self, rows: Rows, *, extra: Iterable[str] = (), details: bool = False) -> Rows:
        """The rows as mappings that hold what the columns read."""
        return rows.values(*self.reads(extra, details=details))

    def reads(self, extra: Iterable[str] = (), *, details: bool = False, labels: bool = True) -> list[str]:
        """The database columns that the columns read, and that lines and records do; records need no ``labels``."""
        columns = (*self.all_columns, *self.details) if details else self.all_columns
        names = {name for column in columns for name in column.fields()} | set(extra)
        if self.home:
            names.add(f"{self.home}_id")
        return sorted(names | {"entry_id", self.identity, *IDENTITY, *(LABELS if labels else ())})

    def describe(
        self, rows: Sequence[Row], ask: Ask, *, details: bool = False, known: Names | None = None
    ) -> list[dict[str, Any]]:
        """The rows as JSON has them; names of the records they refer to come in one query for all."""
        return self.page(rows, ask, details=details, known=known).records(rows)

    def lines(
        self, rows: Sequence[Row], ask: Ask, *, details: bool = False, known: Names | None = None
    ) -> list[Line]:
        """The rows as pages show them; ``known`` holds names that need not be asked for again."""
        return self.page(rows, ask, details=details, known=known).lines(rows)

    def cards(self, lines: Sequence[Line], ask: Ask) -> list[Mapping[str, Any]]:
        """Lines as components/records.html shows them."""
        return [self.card(line, ask) if self.card else self.plain_card(line, ask) for line in lines]

    def plain_card(self, line: Line, ask: Ask) -> dict[str, Any]:
        """Title, date and summary of a line."""
        english, russian = self.summary or ("", "")
        chosen = (line.values.get(russian) if ask.language == "ru" else None) or line.values.get(english)
        return {
            "title": line.label,
            "url": line.url,
            "on": line.dates.get(self.dated),
            "summary": chosen or "",
        }

    def page(
        self,
        rows: Sequence[Row],
        ask: Ask,
        *,
        details: bool = False,
        known: Names | None = None,
        also: Iterable[int] = (),
    ) -> Page:
        """What some rows share: prepared values and names, fetched once for all of them, and those of ``also``."""
        names = known if known is not None else {}
        page = self.prepared(rows, ask, names, details=details)
        names_of({*page.refers(rows), *also}, ask.scope, names)
        return page

    def prepared(self, rows: Sequence[Row], ask: Ask, names: Names, *, details: bool = False) -> Page:
        """What some rows share, before the names are known; the caller fetches those of ``refers`` into ``names``."""
        parts = [Part(self.all_columns, self.prepare(rows, ask) if self.prepare and rows else None)]
        if self.names and rows:
            names.update(self.names(rows, ask))
        if details:
            made = self.prepare_details(rows, ask) if self.prepare_details and rows else None
            parts.append(Part(self.details, made))
        return Page(self, ask, tuple(parts), names)


def _based(base: Callable[[Rows, Ask], Rows] | None, rows: Rows, ask: Ask) -> Rows:
    return base(rows, ask) if base else rows


ENVELOPE = ("url", "html_url", "changed_at")


@dataclass(frozen=True)
class Part:
    """Some columns, and what was prepared for them."""

    columns: tuple[Column, ...]
    prepared: Any


@dataclass(frozen=True)
class Page:
    """Rows on their way out: turns each into a record or a line."""

    listing: Listing
    ask: Ask
    parts: tuple[Part, ...]
    names: Names

    @cached_property
    def contexts(self) -> tuple[tuple[tuple[Column, ...], Context], ...]:
        """The columns, each lot with what was fetched for it."""
        return tuple((part.columns, Context(self.names, part.prepared)) for part in self.parts)

    def refers(self, rows: Sequence[Row]) -> set[int | None]:
        """Row ids of the records that the rows name."""
        parts = [
            (column, part.prepared) for part in self.parts for column in part.columns if column.names_records
        ]
        table = Table.of(rows)
        ids: set[int | None] = set()
        for column, prepared in parts:
            ids.update(column.all_refers(table, prepared))
        return ids | set(table.column(f"{self.listing.home}_id")) if self.listing.home else ids

    def values(self, rows: Sequence[Row], wanted: Container[str] | None = None) -> dict[str, Sequence[Any]]:
        """What stands under each name as JSON has it, for all rows; where names are ``wanted`` those alone."""
        table, ask = Table.of(rows), self.ask
        ids = [str(one) for one in table.column(self.listing.identity)]
        told: dict[str, Sequence[Any]] = {"id": ids}
        for columns, context in self.contexts:
            for column in columns:
                names = column.names()
                if wanted is None or any(name in wanted for name in names):
                    told.update(zip(names, column.values(table, context), strict=True))
        api, page = ask.absolute(f"/api/v1/{self.listing.api}/"), ask.absolute(ask.localised(""))
        told["url"] = [f"{api}{one}/" for one in ids]
        told["html_url"] = [f"{page}{path}" if path else None for path in self._paths(table)]
        told["changed_at"] = each(utc, table.column("entry__changed_at"))
        return told

    def records(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """The rows as JSON has them."""
        told = self.values(rows)
        return [dict(zip(told, values, strict=True)) for values in zip(*told.values(), strict=True)]

    def id(self, row: Row) -> str:
        """The public id of a row."""
        return str(row[self.listing.identity])

    def path(self, row: Row) -> str:
        """The English address of the page that shows a row; empty where none does."""
        home = self.names.get(row[f"{self.listing.home}_id"]) if self.listing.home else None
        return row["entry__path"] or (home.path if home else "")

    def _paths(self, table: Table) -> Iterable[str]:
        """The same for all rows."""
        return map(self.path, table) if self.listing.home else table.column("entry__path")

    def lines(self, rows: Sequence[Row]) -> list[Line]:
        """The rows as pages show them."""
        return [self._line(row, record) for row, record in zip(rows, self.records(rows), strict=True)]

    def _line(self, row: Row, record: Mapping[str, Any]) -> Line:
        path = self.path(row)
        return Line(
            id=self.id(row),
            entry_id=row["entry_id"],
            label=self.label(row),
            url=self.ask.localised(path) if path else "",
            values=record,
            refs=dict(self._references(row)),
            dates=dict(self._dates(row)),
            lists=self._lists(row),
        )

    def label(self, row: Row) -> str:
        """What a row is called, in the language of the answer."""
        english, russian = self.listing.heading or ("entry__label_en", "entry__label_ru")
        chosen = (row[russian] if self.ask.language == "ru" else "") or row[english]
        return str(chosen)

    def _references(self, row: Row) -> Iterable[tuple[str, Named]]:
        for part in self.parts:
            for column in part.columns:
                for key in column.refers(row, part.prepared):
                    if key in self.names:
                        yield column.name, self.names[key]

    def _lists(self, row: Row) -> dict[str, list[Named]]:
        """The public records that a column names, where one names several."""
        found: dict[str, list[Named]] = {}
        for part in self.parts:
            for column in part.columns:
                if isinstance(column, Refs):
                    keys = column.refers(row, part.prepared)
                    found[column.name] = [self.names[key] for key in keys if key in self.names]
        return found

    def _dates(self, row: Row) -> Iterable[tuple[str, HistoricDate | None]]:
        for columns, context in self.contexts:
            for column in columns:
                if isinstance(column, Date):
                    yield column.name, column.read(row, context)
