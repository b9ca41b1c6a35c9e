"""Questions about statements and passages."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import F

from cstokb.records.models.base import RecordQuerySet


class StatementQuerySet(RecordQuerySet):
    """Texts issued by organs, states and speakers."""

    def on(self, day: date) -> Self:
        """Texts certainly of that day."""
        return self.filter(issued_on_min=day, issued_on_max=day)

    def possibly_on(self, day: date) -> Self:
        """Texts that may be of that day."""
        return self.filter(issued_on_min__lte=day, issued_on_max__gte=day)

    def newest_first(self) -> Self:
        """By date, newest first; undated ones last."""
        return self.order_by(F("issued_on_min").desc(nulls_last=True), "-entry_id")


class PassageQuerySet(RecordQuerySet):
    """Paragraphs of statements."""

    def in_order(self) -> Self:
        """As they stand in their text."""
        return self.order_by("statement_id", "statement_text_id", "order")
