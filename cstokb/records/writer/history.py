"""History: the spans in which a row held, one open span at most for each row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from cstokb.records.models import Kept
from cstokb.records.models.base import Record
from cstokb.records.writer.changes import Occasion

BATCH = 400


@cache  # what names the table makes a manager for each asking
def history_of(model: type[Kept]) -> type[Any]:
    """The history table of a model."""
    history: type[Any] = model.history.model
    return history


def _key(model: type[Kept]) -> str:
    return "entry_id" if issubclass(model, Record) else "id"


def close(model: type[Kept], ids: Sequence[int], occasion: Occasion) -> None:
    """End the open spans of the rows with these ids."""
    history = history_of(model)._base_manager
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        history.filter(**{f"{_key(model)}__in": part, "valid_to__isnull": True}).update(valid_to=occasion.at)


def open_spans(model: type[Kept], rows: Sequence[tuple[Kept, bool]], occasion: Occasion) -> None:
    """Begin a span for each row; the flag says whether readers see it."""
    if not rows:
        return
    history = history_of(model)
    names = [field.attname for field in model._meta.concrete_fields]
    spans = [
        history(
            **{name: getattr(row, name) for name in names},
            history_date=occasion.at,
            history_type="~",
            history_change_reason=occasion.reason,
            history_user_id=occasion.by.pk if occasion.by else None,
            valid_from=occasion.at,
            public=public,
        )
        for row, public in rows
    ]
    history._base_manager.bulk_create(spans, batch_size=BATCH)
