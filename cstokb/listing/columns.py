"""Columns: one description of a row, from which JSON, CSV, XLSX, NDJSON, pages and the API's schema are made.

Rows are mappings of database columns (``.values()``), so live rows and history rows are described alike. A reference
is read from the row's own ``<name>_id`` and turned into a public id; what is not public becomes null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.listing.names import Named, Names
from cstokb.listing.table import Row, Table, each

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: Reads a value from a row and from what the Listing's ``prepare`` fetched for the whole page.
Reader = Callable[[Row, Any], Any]


@dataclass(frozen=True)
class OfEntry:
    """A Reader of what was prepared for a record, by row id; of a record for which nothing was, what it makes of ()."""

    make: Callable[[Sequence[Any]], Any]

    def __call__(self, row: Row, prepared: Mapping[int, Sequence[Any]]) -> Any:
        """The value of a row."""
        return self.make(prepared.get(row["entry_id"], ()))

    def all(self, table: Table, prepared: Mapping[int, Sequence[Any]]) -> list[Any]:
        """The values of all rows; records for which nothing was prepared, mostly nearly all, share one."""
        none = self.make(())
        return [self.make(prepared[key]) if key in prepared else none for key in table.column("entry_id")]


@dataclass(frozen=True)
class Parted:
    """A Reader of a database column that holds several texts with commas between them."""

    name: str

    def __call__(self, row: Row, prepared: Any) -> list[str]:
        """The texts of a row."""
        return [text for text in row[self.name].split(",") if text]

    def all(self, table: Table, prepared: Any) -> list[list[str]]:
        """The texts of all rows."""
        return [[text for text in texts.split(",") if text] for texts in table.column(self.name)]


@dataclass(frozen=True)
class Context:
    """What the rows of one page share: names of what they refer to, and what the Listing prepared."""

    names: Names
    prepared: Any = None


@dataclass(frozen=True)
class Column:
    """One value of a row.

    ``source`` is a database column, or a Reader for computed values; ``needs`` names the database columns that a
    Reader looks at.
    """

    name: str
    label: StrPromise | str
    source: str | Reader = ""
    needs: tuple[str, ...] = ()
    help: StrPromise | str = ""

    numeric: ClassVar[bool] = False

    def fields(self) -> tuple[str, ...]:
        """The database columns to fetch."""
        return self.needs if callable(self.source) else (self._column, *self.needs)

    @cached_property
    def _column(self) -> str:
        """The database column; found once, since every row of every list asks for it."""
        return (self.source if isinstance(self.source, str) else "") or self.name

    @cached_property
    def names_records(self) -> bool:
        """Whether the value names records, which are then fetched for all rows together."""
        return type(self).refers is not Column.refers

    def read(self, row: Row, context: Context) -> Any:
        """The value as the database or the Reader has it."""
        return self.source(row, context.prepared) if callable(self.source) else row[self._column]

    def read_all(self, table: Table, context: Context) -> Sequence[Any]:
        """The same for all rows."""
        if isinstance(self.source, OfEntry | Parted):
            return self.source.all(table, context.prepared)
        if callable(self.source) or type(self).read is not Column.read:
            return [self.read(row, context) for row in table]
        return table.column(self._column)

    def refers(self, row: Row, prepared: Any) -> Iterable[int | None]:
        """Ids of the records that the value names."""
        return ()

    def all_refers(self, table: Table, prepared: Any) -> Iterable[int | None]:
        """The same for all rows."""
        return chain.from_iterable(self.refers(row, prepared) for row in table)

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        """What stands under each of ``names`` as JSON has it, for all rows."""
        return (self.read_all(table, context),)

    def names(self) -> tuple[str, ...]:
        """The names under which the value stands in JSON and in tables."""
        return (self.name,)

    def schema(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The serializer fields that describe the value."""
        return {self.name: self._field(allow_null=True, help_text=str(self.help or self.label))}

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.CharField(**options)


@dataclass(frozen=True)
class Text(Column):
    """A text; an empty one is null."""

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        return ([value or None for value in self.read_all(table, context)],)


@dataclass(frozen=True)
class Integer(Column):
    """A whole number."""

    numeric: ClassVar[bool] = True

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.IntegerField(**options)


@dataclass(frozen=True)
class Boolean(Column):
    """Yes or no."""

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.BooleanField(**options)


@dataclass(frozen=True)
class Choice(Column):
    """One word of a fixed vocabulary; an empty one is null. Pages show its label."""

    words: type[TextChoices] | None = None

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        return ([value or None for value in self.read_all(table, context)],)

    def label_of(self, value: str | None) -> str:
        """The label that readers see for a stored word."""
        return str(self.words(value).label) if self.words and value else value or ""

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.ChoiceField(choices=self.words.values if self.words else (), **options)


@dataclass(frozen=True)
class Date(Column):
    """A date as well as it is known: EDTF text, and ``<name>_precision`` beside it."""

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        dates = self.read_all(table, context)
        return [one and one.edtf for one in dates], [one and one.precision for one in dates]

    def names(self) -> tuple[str, ...]:
        return self.name, f"{self.name}_precision"

    def schema(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        edtf = _("An EDTF date: YYYY-MM-DD, YYYY-MM or YYYY; ~ behind it: approximate; XXXX: day not known.")
        precision = serializers.ChoiceField(
            choices=("day", "month", "year", "unknown"),
            allow_null=True,
            help_text=str(_("How well it is known.")),
        )
        dated = serializers.CharField(allow_null=True, help_text=f"{self.help or self.label}. {edtf}")
        return {self.name: dated, f"{self.name}_precision": precision}


@dataclass(frozen=True)
class Day(Column):
    """A plain calendar day, known exactly."""

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        return ([day and day.isoformat() for day in self.read_all(table, context)],)

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.DateField(**options)


@dataclass(frozen=True)
class Moment(Column):
    """A moment, in UTC."""

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        return (each(utc, self.read_all(table, context)),)

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.DateTimeField(**options)


@dataclass(frozen=True)
class Ref(Column):
    """The public id of the record that a foreign key names; null where there is none or it is not public."""

    def fields(self) -> tuple[str, ...]:
        return self.needs if callable(self.source) else (f"{self._column}_id", *self.needs)

    def key(self, row: Row, prepared: Any) -> int | None:
        """The row id of the record that is named."""
        found: int | None = self.source(row, prepared) if callable(self.source) else row[f"{self._column}_id"]
        return found

    def refers(self, row: Row, prepared: Any) -> Iterable[int | None]:
        return (self.key(row, prepared),)

    def all_refers(self, table: Table, prepared: Any) -> Sequence[int | None]:
        if callable(self.source):
            return [self.key(row, prepared) for row in table]
        return table.column(f"{self._column}_id")

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        ids = {key: named.id for key, named in self._named(table, context).items()}
        return ([ids.get(key) for key in self.all_refers(table, context.prepared)],)

    def _named(self, table: Table, context: Context) -> dict[int | None, Named]:
        """The records that the rows name and that have a name here."""
        names = context.names
        return {key: names[key] for key in set(self.all_refers(table, context.prepared)) if key in names}


@dataclass(frozen=True)
class Refs(Column):
    """Public ids of several records, in a stable order; the source is a Reader that gives row ids."""

    def refers(self, row: Row, prepared: Any) -> Iterable[int | None]:
        ids: Sequence[int] = self.read(row, Context({}, prepared))
        return ids

    def all_refers(self, table: Table, prepared: Any) -> Iterable[int | None]:
        return chain.from_iterable(self.read_all(table, Context({}, prepared)))

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        names = context.names
        return ([[names[key].id for key in keys if key in names] for keys in self.read_all(table, context)],)

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.ListField(child=serializers.CharField(), help_text=options["help_text"])


@dataclass(frozen=True)
class RefName(Ref):
    """The label of the record that a foreign key names, in both languages: ``<name>_en`` and ``<name>_ru``."""

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        named, keys = self._named(table, context), self.all_refers(table, context.prepared)
        english = {key: one.label_en for key, one in named.items()}
        russian = {key: one.label_ru or None for key, one in named.items()}
        return [english.get(key) for key in keys], [russian.get(key) for key in keys]

    def names(self) -> tuple[str, ...]:
        return f"{self.name}_en", f"{self.name}_ru"

    def schema(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        said = str(self.help or self.label)
        return {key: serializers.CharField(allow_null=True, help_text=said) for key in self.names()}


@dataclass(frozen=True)
class Texts(Column):
    """Several texts; the source is a Reader."""

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        return ([list(texts) for texts in self.read_all(table, context)],)

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.ListField(child=serializers.CharField(), help_text=options["help_text"])


@dataclass(frozen=True)
class Url(Text):
    """An address elsewhere."""

    def _field(self, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
        return serializers.URLField(**options)


@dataclass(frozen=True)
class Data(Column):
    """An object, or a list of objects when ``many``; the source is a Reader.

    ``members`` are the fields of one object, ``title`` its name in the API's description. Under the names in ``ids``
    the Reader's objects hold row ids, under those in ``lists`` lists of them; they become public ids.
    """

    members: Mapping[str, serializers.Field[Any, Any, Any, Any]] = field(default_factory=dict)
    many: bool = True
    ids: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    title: str = ""

    def refers(self, row: Row, prepared: Any) -> Iterable[int | None]:
        objects = self._objects(row, Context({}, prepared))
        alone = [item.get(name) for item in objects for name in self.ids]
        return [*alone, *(key for item in objects for name in self.lists for key in item[name])]

    def values(self, table: Table, context: Context) -> tuple[Sequence[Any], ...]:
        found = (self._objects(row, context) for row in table)
        named = [[self._named(item, context.names) for item in objects] for objects in found]
        return (named if self.many else [objects[0] if objects else None for objects in named],)

    def _objects(self, row: Row, context: Context) -> Sequence[Mapping[str, Any]]:
        value = self.read(row, context)
        if self.many:
            return value or ()
        return [value] if value else ()

    def _named(self, item: Mapping[str, Any], names: Names) -> dict[str, Any]:
        named = {name: names[item[name]].id if item.get(name) in names else None for name in self.ids}
        listed = {name: sorted(names[key].id for key in item[name] if key in names) for name in self.lists}
        return {**item, **named, **listed}

    def schema(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        title = self.title or "".join(part.capitalize() for part in self.name.split("_"))
        item: Any = type(title, (serializers.Serializer,), dict(self.members))
        options = {"help_text": str(self.help or self.label)}
        return {self.name: item(many=True, **options) if self.many else item(allow_null=True, **options)}


def utc(moment: datetime | None) -> str | None:
    """A moment as JSON has it: in UTC, with Z."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def bilingual(name: str, label: StrPromise | str, label_ru: StrPromise | str) -> tuple[Text, Text]:
    """A text in both languages: ``<name>_en`` and ``<name>_ru``."""
    return Text(f"{name}_en", label), Text(f"{name}_ru", label_ru)
