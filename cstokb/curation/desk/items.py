"""What lies on the desk: items of a type, each with the sentence that says what is wrong and the place to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet

from cstokb.accounts.models import User
from cstokb.records.admin.columns import shown_label
from cstokb.records.admin.registered import edit_url
from cstokb.records.models import Entry
from cstokb.records.registry import model_of


@dataclass(frozen=True)
class Asker:
    """Who looks at the desk, and when. ``once`` holds what was found for this look already."""

    user: User
    at: datetime
    once: dict[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Item:
    """One thing that waits: the record it concerns, what is wrong in one sentence, and where to mend it."""

    label: str
    kind: str
    says: str
    url: str


@dataclass(frozen=True)
class Shelf:
    """One type of items.

    ``count`` and ``items`` compute; nothing is kept, so that an item is gone when its cause is. ``items`` is given the
    places of the first item and of the one after the last. ``rows_of_all`` are the items' rows where they are the same
    whoever asks and whenever, so that all such shelves are counted in one query.
    """

    word: str
    title: Any
    about: Any
    count: Callable[[Asker], int]
    items: Callable[[Asker, int, int], Sequence[Item]]
    rows_of_all: Callable[[], QuerySet[Any]] | None = None


def of_rows(
    word: str,
    title: Any,
    about: Any,
    rows: Callable[[Asker], QuerySet[Any]],
    describe: Callable[[Any], Item],
) -> Shelf:
    """A shelf whose items are rows of one query, which is made once for a look."""

    def chosen(asker: Asker) -> QuerySet[Any]:
        if word not in asker.once:
            asker.once[word] = rows(asker)
        made: QuerySet[Any] = asker.once[word]
        return made

    def items(asker: Asker, start: int, stop: int) -> list[Item]:
        return [describe(row) for row in chosen(asker)[start:stop]]

    return Shelf(word, title, about, lambda asker: chosen(asker).count(), items)


def for_all(
    word: str, title: Any, about: Any, rows: Callable[[], QuerySet[Any]], describe: Callable[[Any], Item]
) -> Shelf:
    """A shelf on which the same lies for everybody, day after day until it is mended."""
    return replace(of_rows(word, title, about, lambda asker: rows(), describe), rows_of_all=rows)


def of_found(
    word: str,
    title: Any,
    about: Any,
    found: Callable[[Asker], Sequence[Any]],
    describe: Callable[[Sequence[Any]], Iterable[Item]],
) -> Shelf:
    """A shelf whose items are found by rules; those of one page are described together."""

    def items(asker: Asker, start: int, stop: int) -> list[Item]:
        return list(describe(found(asker)[start:stop]))

    return Shelf(word, title, about, lambda asker: len(found(asker)), items)


def item_of(entry: Entry, says: str, at: str = "") -> Item:
    """An item whose record is mended in its form, at a field."""
    model = model_of(entry.kind)
    return Item(shown_label(entry), str(model._meta.verbose_name), says, form_at(entry, at))


def form_at(entry: Entry, at: str = "") -> str:
    """The form of a record at one of its fields; at its top for what is no field of it."""
    if at == "evidence":
        return f"{edit_url(entry)}#evidence-group"
    try:
        model_of(entry.kind)._meta.get_field(at)
    except FieldDoesNotExist:
        return edit_url(entry)
    return f"{edit_url(entry)}#id_{at}"
