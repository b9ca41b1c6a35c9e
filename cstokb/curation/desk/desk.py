"""The desk of one person: the shelves in their order, and the pages of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Count, QuerySet, Value
from django.urls import reverse

from cstokb.accounts.models import User
from cstokb.curation.desk import brought, facts, lacking, proposals
from cstokb.curation.desk.items import Asker, Item, Shelf
from cstokb.records.laid_out import laid_out

SHELVES: tuple[Shelf, ...] = (
    *proposals.SHELVES,
    *brought.SHELVES,
    *facts.SHELVES,
    *lacking.SHELVES,
    proposals.DRAFTS,
)
BY_WORD = {shelf.word: shelf for shelf in SHELVES}
#: So many items of each shelf lie on the first page.
FIRST = 3
#: And so many on a page of its own.
A_PAGE = 50
RIGHTS = ("records.view_entry", "records.view_revision", "records.view_evidence")


@dataclass(frozen=True)
class Seen:
    """A shelf as one person sees it on the first page."""

    word: str
    title: Any
    about: Any
    count: int
    items: tuple[Item, ...]
    url: str

    @property
    def more(self) -> int:
        """How many lie behind those that are shown."""
        return self.count - len(self.items)


def may_look(user: User | AnonymousUser) -> bool:
    """Whether the person sees all records, and so what is wrong with them."""
    return bool(user.has_perms(RIGHTS))


def desk_of(asker: Asker) -> list[Seen]:
    """Every shelf with its count and first items, those on which nothing lies included."""
    lying = dict(_counted())
    return [
        _seen(shelf, asker, lying.get(shelf.word, 0) if shelf.rows_of_all else shelf.count(asker))
        for shelf in SHELVES
    ]


@laid_out()
def _counted() -> QuerySet[Any, Any]:
    """How much lies on the shelves that are the same for everybody; on those that are not named nothing does."""
    first, *others = (
        shelf.rows_of_all()
        .order_by()
        .annotate(shelf=Value(shelf.word, CharField()))
        .values("shelf")
        .annotate(n=Count("pk"))
        .values_list("shelf", "n")
        for shelf in SHELVES
        if shelf.rows_of_all
    )
    counted: QuerySet[Any, Any] = first.union(*others, all=True).order_by()
    return counted


def _seen(shelf: Shelf, asker: Asker, count: int) -> Seen:
    items = tuple(shelf.items(asker, 0, FIRST)) if count else ()
    url = reverse("curation:desk", args=[shelf.word])
    return Seen(shelf.word, shelf.title, shelf.about, count, items, url)
