"""Names of the records that rows refer to, fetched for a whole page in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.db.models import QuerySet

from cstokb.listing.ask import Ask
from cstokb.listing.prepared import IDS, prepared
from cstokb.listing.together import Wanted
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
_FACED = tuple(name if name in EntryFace.SAID else f"entry__{name}" for name in NAMED)
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

    known_on: datetime | None
    key: str
    columns: tuple[str, ...]

    @classmethod
    def at(cls, scope: Scope) -> Called:
        """That of a scope."""
        return cls(None, "id", NAMED) if scope.known_on is None else cls(scope.known_on, "entry_id", _FACED)

    def among(self, meant: Any) -> Wanted:
        """The names of the records that show, among some row ids or among those that a question gives."""
        rows: QuerySet[Any] = EntryFace.objects.at(self.known_on) if self.known_on else Entry.objects.public()
        return Wanted.of(rows.filter(**{f"{self.key}__in": meant}), (self.key, *self.columns))

    def read(self, found: Iterable[Mapping[str, Any]]) -> Names:
        """The names in rows of ``among``."""
        return {row[self.key]: Named(*(row[name] for name in self.columns)) for row in found}


@prepared(ids=IDS)
def _called(scope: Scope, ids: Any) -> list[Wanted]:
    return [Called.at(scope).among(ids)]


def name_too(ids: Iterable[int], ask: Ask) -> None:
    """Let lists whose rows bring their names with them bring these as well: what the page names beside its rows."""
    ask.memo[_TOO] = frozenset(ids)


def also_named(ask: Ask) -> frozenset[int]:
    """Row ids that were given to ``name_too``."""
    return cast("frozenset[int]", ask.memo.get(_TOO, frozenset()))


def leave_names(ask: Ask) -> None:
    """Let names be asked for apart from what else rows need, where most are known from the rows before."""
    ask.memo[_APART] = True


def names_apart(ask: Ask) -> bool:
    """Whether names are asked for apart."""
    return _APART in ask.memo


_TOO, _APART = "names too", "names apart"
