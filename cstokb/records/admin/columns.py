"""Columns of the lists: references by label and dates in their order of time, without a query of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import Field, ForeignKey
from django.utils.translation import get_language

from cstokb.dates import EdtfField
from cstokb.records.models import Entry, Record
from cstokb.records.payload import target


def shown_label(entry: Entry) -> str:
    """A record's label in the language of the page."""
    return entry.label(get_language() or "en")


def described(entry: Entry) -> str:
    """Label, id and, unless it is public matter of fact, the publication of a record: what a box of choices shows."""
    parts = [shown_label(entry), entry.slug]
    if entry.publication != "published":
        parts.append(entry.get_publication_display())
    return " · ".join(dict.fromkeys(parts))


def moment(value: datetime | None) -> str:
    """A moment as the curators' pages write it, in UTC."""
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}" if value else ""


def sort_column(path: str) -> str:
    """The column by which labels are sorted in the language of the page."""
    return f"{path}sort_ru" if get_language() == "ru" else f"{path}sort_en"


@cache
def column(model: Any, name: str) -> str | Callable[[Any], Any]:
    """What stands in a list's column for a field: the field itself, or a function that shows it better."""
    field = model._meta.get_field(name)
    if isinstance(field, ForeignKey) and target(field):
        return _reference(field)
    return _date(field) if isinstance(field, EdtfField) else name


def _reference(field: ForeignKey[Any, Any]) -> Callable[[Any], Any]:
    def show(row: Record) -> str | None:
        other = getattr(row, field.name)
        return shown_label(other.entry) if other is not None else None

    return _described(show, field, f"{field.name}__entry__sort_en")


def _date(field: Field[Any, Any]) -> Callable[[Any], Any]:
    def show(row: Record) -> str | None:
        value = getattr(row, field.name)
        return value.edtf if value is not None else None

    return _described(show, field, f"{field.name}_min")


def _described(show: Callable[[Any], Any], field: Field[Any, Any], order: str) -> Callable[[Any], Any]:
    show.short_description = field.verbose_name  # type: ignore[attr-defined]  # where the admin looks for it
    show.admin_order_field = order  # type: ignore[attr-defined]
    show.__name__ = field.name
    return show


def joined(model: type[Record], names: tuple[str, ...]) -> tuple[str, ...]:
    """What a list fetches together with its rows, so that no column asks again."""
    references = [n for n in names if isinstance(model._meta.get_field(n), ForeignKey)]
    return ("entry", *(f"{name}__entry" for name in references))
