"""Scope: which rows of a model the knowledge base shows, now or as of a moment that it knew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from cstokb.records.choices import Publication, Visibility
from cstokb.records.models import Entry, Kept


@dataclass(frozen=True)
class Scope:
    """What the knowledge base says: now, or what it said at ``known_on`` (an aware moment).

    A correction changes what an earlier scope answers in nothing. Withdrawal overrides both clocks: a withheld
    record shows in no scope.
    """

    known_on: datetime | None = None

    def rows(self, model: type[Kept]) -> QuerySet[Any]:
        """The public rows of a model: live ones, or the history rows that held at the moment.

        History rows answer the same verbs, since the model's queryset class is used for both. Relate models by ids
        (``state_id__in``), never by joins through relations, which would read live rows.
        """
        if self.known_on is None:
            living: QuerySet[Any] = model._default_manager.all()
            return living.filter(entry__visibility=Visibility.PUBLIC)
        held = Q(valid_to__isnull=True) | Q(valid_to__gt=self.known_on)
        return (
            _history_rows(model)
            .filter(held, valid_from__lte=self.known_on, public=True)
            .exclude(entry__visibility=Visibility.WITHHELD)
        )

    def withheld(self, model: type[Kept]) -> int:
        """How many rows that were public at the moment are withheld now."""
        if self.known_on is None:
            return 0
        held = Q(valid_to__isnull=True) | Q(valid_to__gt=self.known_on)
        rows = _history_rows(model).filter(held, valid_from__lte=self.known_on, public=True)
        return rows.filter(entry__visibility=Visibility.WITHHELD).count()

    def ids(self, kind: str, slugs: Iterable[str]) -> list[int]:
        """Ids of the records of a kind that bear one of the public ids and show in this scope."""
        entries = Entry.objects.filter(kind=kind, slug__in=list(slugs))
        if self.known_on is None:
            entries = entries.public()
        else:
            entries = entries.exclude(visibility=Visibility.WITHHELD).exclude(publication=Publication.DRAFT)
        return list(entries.values_list("pk", flat=True))


def _history_rows(model: type[Kept]) -> QuerySet[Any]:
    history: type[Model] = model.history.model
    return type(model._default_manager.all())(model=history)


NOW = Scope()
