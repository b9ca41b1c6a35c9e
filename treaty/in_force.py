"""Whether instruments and provisions are in force, as the lists ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.listing.filters import read_yes_no, without
from cstokb.listing.filterset import Question, Rows
from treaty.choices import AmendmentEffect
from treaty.models import Amendment, Instrument, ProvisionNumber
from treaty.questions import FORCE
from treaty.texts import force_of, forces_of, parts_of


class InForceFilter(Question):
    """Rows that are in force (yes) or are not (no) on the day asked about: today, or the day of ``on``.

    A subclass says which rows certainly and possibly are.
    """

    once = True
    three_valued = True

    def __init__(self) -> None:
        super().__init__(_("in force"))

    def certain_rows(self, qs: Any, day: date) -> Rows:
        """The rows certainly in force."""
        raise NotImplementedError

    def possible_rows(self, qs: Any, day: date) -> Rows:
        """The rows that may be in force."""
        raise NotImplementedError

    def read(self, values: list[str]) -> bool:
        return read_yes_no(values)

    def filter(self, qs: Rows, value: bool) -> Rows:
        if value:
            return self.certain_rows(qs, self.ask.day)
        return without(qs, self.possible_rows(qs, self.ask.day))

    def possible(self, qs: Rows, value: bool) -> Rows:
        if value:
            return self.possible_rows(qs, self.ask.day)
        return without(qs, self.certain_rows(qs, self.ask.day))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["yes", "no"]}

    def explain(self) -> str:
        return gettext("Whether it is in force today, or on the day of on=.")

    def form_field(self) -> forms.Field | None:
        words = [("", gettext("any")), ("yes", gettext("yes")), ("no", gettext("no"))]
        return forms.ChoiceField(choices=words, label=self.label, required=False)


class InstrumentInForce(InForceFilter):
    """Instruments by their general entry into force."""

    def certain_rows(self, qs: Any, day: date) -> Rows:
        rows: Rows = qs.in_force(day)
        return rows

    def possible_rows(self, qs: Any, day: date) -> Rows:
        rows: Rows = qs.possibly_in_force(day)
        return rows

    def required_columns(self) -> tuple[str, ...]:
        return FORCE

    def blocked_by(self, row: Mapping[str, Any], value: Any) -> Sequence[str]:
        return force_of(row).on(self.ask.day).blocked_by


class ProvisionInForce(InForceFilter):
    """Provisions of an instrument in force: they bear a number on the day, where numbers over time are recorded, are
    inserted where an amendment inserts them, and are not repealed.
    """

    def certain_rows(self, qs: Rows, day: date) -> Rows:
        within = self._within(qs, self._instruments().in_force(day), self._numbers().on(day))
        return self._standing(within, self._amending().on(day, self._instruments()), self._possibly(day))

    def possible_rows(self, qs: Rows, day: date) -> Rows:
        within = self._within(
            qs, self._instruments().possibly_in_force(day), self._numbers().possibly_on(day)
        )
        return self._standing(within, self._possibly(day), self._amending().on(day, self._instruments()))

    def _within(self, qs: Rows, instruments: Rows, numbers: Rows) -> Rows:
        numbered = Q(entry_id__in=self._numbers().values("provision_id"))
        borne = Q(entry_id__in=numbers.values("provision_id"))
        return qs.filter(~numbered | borne, instrument_id__in=instruments.values("entry_id"))

    def _standing(self, qs: Rows, inserting: Rows, repealing: Rows) -> Rows:
        """The rows that the amendments given leave in the instrument: those that insert, and those that repeal."""
        new = Q(entry_id__in=self._provisions(self._amending(), AmendmentEffect.INSERTS))
        inserted = Q(entry_id__in=self._provisions(inserting, AmendmentEffect.INSERTS))
        repealed = Q(entry_id__in=self._provisions(repealing, AmendmentEffect.REPEALS))
        return qs.filter(~new | inserted, ~repealed)

    def _provisions(self, amendments: Rows, effect: str) -> Rows:
        return amendments.filter(effect=effect, provision_id__isnull=False).values("provision_id")

    def _possibly(self, day: date) -> Any:
        return self._amending().possibly_on(day, self._instruments())

    def _numbers(self) -> Any:
        return self.ask.scope.rows(ProvisionNumber)

    def _amending(self) -> Any:
        return self.ask.scope.rows(Amendment)

    def _instruments(self) -> Any:
        return self.ask.scope.rows(Instrument)

    def required_columns(self) -> tuple[str, ...]:
        return "instrument_id", "type", "number"

    def blocked_by(self, row: Mapping[str, Any], value: Any) -> Sequence[str]:
        force = self._forces()[row["instrument_id"]]
        return parts_of([row], self.ask)[row["entry_id"]].is_borne(force, self.ask.day).blocked_by

    def _forces(self) -> Any:
        return forces_of(self._instruments().values_list("entry_id", flat=True), self.ask)
