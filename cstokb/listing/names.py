"""Names of the records that rows refer to, fetched for a whole page in one query."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from cstokb.listing.ask import Ask
from cstokb.listing.prepared import IDS, prepared
from cstokb.listing.together import Wanted, rows_under
from cstokb.records.models import Entry, EntryFace
from cstokb.records.scope import Scope


class Named(NamedTuple):
    """A record where another names it: its kind, public id, labels and English address (empty: no page)."""

    kind: str
    id: str
    label_en: str
    label_ru: str
    path: str

    def label(self, language: str) -> str:
        """The label in a language; English where the other is not known."""
        return (self.label_ru if language == "ru" else "") or self.label_en


#: The columns of ``Entry`` of which a name is made.
NAMED = ("kind", "slug", "label_en", "label_ru", "path")
Names = dict[int, Named]


def names_of(ids: Iterable[int | None], scope: Scope, known: Names | None = None) -> Names:
    """The public records among the ids; what is not public in the scope has no name and so shows nowhere.

    ``known`` holds names fetched before, which are not asked for again.
    """
    names = known if known is not None else {}
    wanted = {key for key in ids if key is not None and key not in names}
    if wanted:
        called = Called.at(scope)
        (found,) = _called(scope, ids=wanted)
        names |= called.read(found)
    return names


class Called(NamedTuple):
    """Where the names of records stand in a scope: those of now with the entries, earlier ones with their faces.

    ``key`` is the column that holds the record's row id, ``columns`` those of which a name is made.
    """

    rows: QuerySet[Any]
    key: str
    columns: tuple[str, ...]

    @classmethod
    def at(cls, scope: Scope) -> Called:
        """That of a scope; only records that show in it."""
        if scope.known_on is None:
            return cls(Entry.objects.public(), "id", NAMED)
        columns = tuple(name if name in EntryFace.SAID else f"entry__{name}" for name in NAMED)
        return cls(EntryFace.objects.at(scope.known_on), "entry_id", columns)

    def among(self, meant: Any) -> Wanted:
        """The names of the records among some row ids, or among those that a question gives."""
        return Wanted.of(self.rows.filter(**{f"{self.key}__in": meant}), (self.key, *self.columns))

    def read(self, found: Iterable[Mapping[str, Any]]) -> Names:
        """The names in rows of ``among``."""
        return {row[self.key]: Named(*(row[name] for name in self.columns)) for row in found}


@prepared(ids=IDS)
def _called(scope: Scope, ids: Any) -> list[Wanted]:
    return [Called.at(scope).among(ids)]


def names_asked(key: Hashable, groups: Sequence[Any], ask: Ask) -> dict[Hashable, Wanted]:
    """Questions for names that ``prefetch`` can put with others: of row ids, and of those that questions give.

    A group has a part of the query to itself, so that each is found by its index.
    """
    called, too = Called.at(ask.scope), ask.memo.get(_TOO)
    return {
        (_NAMES, key, place): called.among(group)
        for place, group in enumerate((*groups, too) if too else groups)
    }


def names_under(key: Hashable, groups: Sequence[Any], ask: Ask) -> Names:
    """The names of ``names_asked``: those that were fetched with others, else in a query for each group."""
    asked = names_asked(key, groups, ask)
    return Called.at(ask.scope).read(row for one in asked for row in rows_under(one, asked[one], ask))


def name_too(ids: Iterable[int], ask: Ask) -> None:
    """Let ``names_asked`` ask for these as well: records that the page of a list names beside its rows."""
    ask.memo[_TOO] = frozenset(ids)


_NAMES, _TOO = "names", "names too"
