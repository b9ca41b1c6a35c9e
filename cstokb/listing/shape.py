"""Shape: which parts of a record are asked for (``fields``), and what is added to it (``expand``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cstokb.listing.blocks import Block
from cstokb.listing.errors import BadQuestion, Fault, nearest
from cstokb.listing.evidence import expanded
from cstokb.listing.table import Table

if TYPE_CHECKING:
    from cstokb.listing.ask import Ask
    from cstokb.listing.listing import Listing
    from cstokb.listing.names import Names

#: How many words fields= or expand= may hold.
MOST_WORDS = 100


@dataclass(frozen=True)
class Shape:
    """The keys of a record in order, and the expansions among them."""

    keys: tuple[str, ...]
    expansions: tuple[str, ...] = ()
    details: bool = False

    @classmethod
    def read(cls, params: QueryDict, listing: Listing, *, details: bool = False) -> Shape:
        """Read ``fields`` and ``expand``: words with commas between them, or repeated parameters.

        Raises:
            BadQuestion: for a word that is none of the list's.
        """
        faults: list[Fault] = []
        allowed = listing.expansions
        expansions = _words("expand", params, allowed, faults)
        keys = (*listing.keys_with(details=details), *expansions)
        chosen = _words("fields", params, keys, faults)
        if faults:
            raise BadQuestion(faults=faults)
        kept = {"id", *chosen, *expansions}
        return cls(tuple(key for key in keys if key in kept) if chosen else keys, expansions, details)

    def describe(
        self, listing: Listing, rows: Sequence[Mapping[str, Any]], ask: Ask, known: Names | None = None
    ) -> list[dict[str, Any]]:
        """Rows as records of this shape."""
        return self.block(listing, rows, ask, known).records()

    def block(
        self, listing: Listing, rows: Sequence[Mapping[str, Any]], ask: Ask, known: Names | None = None
    ) -> Block:
        """Rows as a block of records of this shape."""
        table = Table.of(rows)
        page = listing.page(table, ask, details=self.details, known=known)
        told = page.values(table, frozenset(self.keys))
        told |= expanded(self.expansions, table.column("entry_id"), ask)
        return Block({key: told[key] for key in self.keys})


def _words(name: str, params: QueryDict, allowed: Sequence[str], faults: list[Fault]) -> tuple[str, ...]:
    words = [word.strip() for value in params.getlist(name) for word in value.split(",")]
    words = list(dict.fromkeys(word for word in words if word))[:MOST_WORDS]
    for word in words:
        if word not in allowed:
            detail = _("It is none of the words allowed here.")
            faults.append(
                Fault(name, word[:200], "unknown_word", detail, list(allowed), nearest(word, allowed))
            )
    return tuple(words)
