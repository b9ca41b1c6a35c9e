"""Scope: which rows of a model the knowledge base shows, now or as of a moment that it knew."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Model, Q, QuerySet

from cstokb.records.choices import Visibility
from cstokb.records.models import Entry, EntryFace, Kept, Record

_NOT_PUBLIC = tuple(one for one in Visibility if one is not Visibility.PUBLIC)


@dataclass(frozen=True)
class Scope:
    """What the knowledge base says: now, or what it said at ``known_on`` (an aware moment).

    A correction changes what an earlier scope answers in nothing. Withdrawal overrides both clocks: a withheld
    record shows in no scope.
    """

    known_on: datetime | None = None
    #: By model the rows that every question begins with. They are never fetched themselves: one page asks the same
    #: model many times, and laying out the joins costs more than the database does.
    _begun: dict[type[Kept], QuerySet[Any]] = field(default_factory=dict, compare=False, repr=False)

    def rows(self, model: type[Kept]) -> QuerySet[Any]:
        """The public rows of a model: live ones, or the history rows that held at the moment.

        History rows answer the same verbs, since the model's queryset class is used for both. Relate models by ids
        (``state_id__in``), never by joins through relations, which would read live rows. What the entry says of the
        row (``entry__label_en`` and the like) is as it was at the moment too.
        """
        if model not in self._begun:
            self._begun[model] = self._rows(model)
        return self._begun[model].all()

    def all_but_hidden(self, model: type[Kept]) -> QuerySet[Any]:
        """The rows of ``rows``, for counting them or passing over many.

        Looking up of each whether it is public costs most where nearly all are; here the few that are not are taken
        out. Each record has one entry, of the record's kind.
        """
        if self.known_on is not None or not issubclass(model, Record):
            return self.rows(model)
        hidden = Entry.objects.of_kind(model.kind).filter(visibility__in=_NOT_PUBLIC)
        living: QuerySet[Any] = model._default_manager.exclude(entry_id__in=hidden.values("pk"))
        return living

    def _rows(self, model: type[Kept]) -> QuerySet[Any]:
        if self.known_on is None:
            living: QuerySet[Any] = model._default_manager.all()
            return living.filter(entry__visibility__of_each=Visibility.PUBLIC)
        held = Q(valid_to__isnull=True) | Q(valid_to__gt=self.known_on)
        rows = _history_rows(model).filter(held, valid_from__lte=self.known_on, public=True)
        shown = rows.exclude(entry__visibility=Visibility.WITHHELD)
        return _as_called_at(self.known_on, shown)

    def withheld(self, model: type[Kept], only: Q | None = None) -> int:
        """How many rows (of those meant by ``only``) that were public at the moment are withheld now."""
        if self.known_on is None:
            return 0
        held = Q(valid_to__isnull=True) | Q(valid_to__gt=self.known_on)
        rows = _history_rows(model).filter(held, valid_from__lte=self.known_on, public=True)
        return rows.filter(only or Q(), entry__visibility=Visibility.WITHHELD).count()


def _as_called_at(moment: datetime, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with what their entries said at a moment, under the paths by which live rows are asked for it.

    Django takes an annotation for a path that is called like it, so that columns, orders and filters need not know in
    which scope they are asked. The face is joined once: a subquery for each column costs more to compile than to run.
    """
    held = Q(entry__faces__valid_to__isnull=True) | Q(entry__faces__valid_to__gt=moment)
    seen = Q(entry__faces__valid_from__lte=moment, entry__faces__public=True)
    faced: QuerySet[Any] = rows.annotate(face=FilteredRelation("entry__faces", condition=held & seen))
    said = {f"entry__{name}": F(f"face__{own}") for name, own in EntryFace.SAID.items()}
    named: QuerySet[Any] = faced.annotate(**said)
    return named


def _history_rows(model: type[Kept]) -> QuerySet[Any]:
    history: type[Model] = model.history.model
    return type(model._default_manager.all())(model=history)


NOW = Scope()
