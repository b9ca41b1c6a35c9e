"""Layout: which columns a kind of record has in tables, and what each column of a file is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from django.urls import get_resolver
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from cstokb.curation.reading import DocumentRefused
from cstokb.curation.tables import evidence
from cstokb.curation.tables.columns import Column, Identity, Ref, Refs, Version, column_of
from cstokb.curation.tables.names import Names
from cstokb.curation.tables.reading import letter_of
from cstokb.listing import registry as lists
from cstokb.listing.columns import Column as ListColumn
from cstokb.records.models import Record
from cstokb.records.payload import record_fields
from cstokb.records.registry import model_of

ID, VERSION, PUBLICATION, CHANGED = "id", "version", "publication", "changed_at"
#: Every list that readers download has this column, and no table of the curators.
OF_READERS = "html_url"
_SHARED = ("confidence", "note_en", "note_ru")


@dataclass(frozen=True)
class Unread:
    """A column of a file that is not read, and why; ``strange`` where nobody knows it."""

    name: str
    letter: str
    why: str
    strange: bool = False


@dataclass(frozen=True)
class Binding:
    """Which column of a file is which of the kind's: the place and the column of each that is read.

    ``public`` says that the file is a list that readers download; ``changed`` is then the place of the moment of the
    last change. ``fields`` are those that evidence may back, whether the file has them or not.
    """

    read: tuple[tuple[int, Column], ...]
    unread: tuple[Unread, ...]
    public: bool = False
    changed: int | None = None
    fields: frozenset[str] = frozenset()

    def letter(self, name: str) -> str:
        """The letter of a column that is read; empty for one that the file has not."""
        return next((letter_of(place) for place, column in self.read if column.name == name), "")


@dataclass(frozen=True)
class Layout:
    """The columns of a kind."""

    model: type[Record]
    columns: tuple[Column, ...]

    @property
    def kind(self) -> str:
        """The word under which entries of the kind stand."""
        return self.model.kind

    def column(self, name: str) -> Column | None:
        """The column of a name; None when the kind has none such."""
        own = next((one for one in self.columns if one.name == name), None)
        return own or (evidence.column(name) if self.model.needs_evidence else None)

    def bind(self, header: Sequence[str]) -> Binding:
        """What each column of a file is.

        Raises:
            DocumentRefused: when a name stands twice, or nothing but the id is known.
        """
        public = OF_READERS in header
        read: list[tuple[int, Column]] = []
        unread: list[Unread] = []
        for place, name in enumerate(header):
            column = self._meant(name)
            why = self._why_not(name, column, public=public)
            if column is None or why:
                strange = column is None and name not in _list_keys(self.kind) and name != PUBLICATION
                unread.append(Unread(name, letter_of(place), why, strange))
            else:
                read.append((place, column))
        _require_once(column.name for _place, column in read)
        if all(column.name in (ID, VERSION) for _place, column in read):
            said = _("No column is one of this kind of record. Its columns are: %(names)s.")
            raise DocumentRefused(said % {"names": ", ".join(one.name for one in self.columns)})
        changed = header.index(CHANGED) if public and CHANGED in header else None
        fields = frozenset(one.name for one in self.columns) - {ID, VERSION}
        return Binding(tuple(read), tuple(unread), public, changed, fields)

    def _meant(self, name: str) -> Column | None:
        wanted = _folded(name)
        return self.column(wanted) or next((one for one in self.columns if wanted in _spellings(one)), None)

    def _why_not(self, name: str, column: Column | None, *, public: bool) -> str:
        if not name:
            return _("it has no name")
        if public and column is not None and column.name not in _plain_keys(self.kind):
            return _("the list computes it")
        if column is not None:
            return ""
        if name in _list_keys(self.kind):
            return _("the list computes it")
        if name == PUBLICATION:
            return _("a table publishes nothing")
        near = get_close_matches(_folded(name), [one.name for one in self.columns], n=1, cutoff=0.7)
        return _("nobody knows it; %(near)s is meant?") % {"near": near[0]} if near else _("nobody knows it")


def _folded(name: str) -> str:
    return "_".join(name.casefold().split())


def _spellings(column: Column) -> set[str]:
    spelled = set()
    for language in ("en", "ru"):
        with override(language):
            spelled.add(_folded(str(column.label)))
    return spelled


def _require_once(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DocumentRefused(_("The column %(name)s stands twice.") % {"name": name})
        seen.add(name)


def layout_of(kind: str) -> Layout:
    """The columns of a kind, in the order of a template.

    Raises:
        LookupError: when no record is of the kind.
    """
    return _layout(model_of(kind), get_language())


@cache
def _layout(model: type[Record], language: str | None) -> Layout:
    fields = record_fields(model)
    own = [column_of(one) for one in fields if one.name not in _SHARED]
    shared = [column_of(one) for one in fields if one.name in _SHARED]
    named = [Names("names", gettext_lazy("other names"))] if model.own_names is not Record.own_names else []
    backed = evidence.columns(1) if model.needs_evidence else []
    topics = Refs("topics", gettext_lazy("topics"), kind="topic")
    identity = Identity(ID, help=gettext_lazy("The record is found by it."))
    columns = (identity, Version(VERSION), *own, *named, topics, *shared, *backed)
    return Layout(model, columns)


def _columns_of_lists(kind: str) -> list[ListColumn]:
    get_resolver().url_patterns  # noqa: B018  # the lists are entered when the addresses are
    found = (one for one in lists.listings() if one.kind == kind)
    return [column for one in found for column in (*one.columns, *one.details)]


@cache
def _list_keys(kind: str) -> frozenset[str]:
    """The names of the columns of lists of a kind, computed or not."""
    common = ("id", "url", OF_READERS, CHANGED, *_SHARED)
    return frozenset((*common, *(key for one in _columns_of_lists(kind) for key in one.names())))


@cache
def _plain_keys(kind: str) -> frozenset[str]:
    """Those that say what is stored under their own name."""
    plain = (
        one for one in _columns_of_lists(kind) if not callable(one.source) and one.source in ("", one.name)
    )
    return frozenset((ID, *_SHARED, *(one.name for one in plain)))


def references(layout: Layout) -> list[Ref | Refs]:
    """The columns that name records."""
    return [one for one in layout.columns if isinstance(one, Ref | Refs)]
