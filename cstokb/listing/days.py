"""Filters about time: ranges over dates and periods, the day shown, and the moment as known on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Count, F, Q
from django.db.models.functions import Cast, Concat, Substr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.dates import InvalidDate, Period, bound_day, holding, meets, possibly_holding
from cstokb.dates.parameters import Side
from cstokb.listing.errors import Fault
from cstokb.listing.filterset import Question, Refused, Rows
from cstokb.listing.values import TEXT, read_yes_no, without, yes_no_field


class Bound(Question):
    """The first or last day of a range, over a date column or (with ``ended``) over a period."""

    once = True
    side: Side

    def __init__(self, field_name: str, label: Any = "", *, ended: str = "", **options: Any) -> None:
        super().__init__(label, field_name=field_name, **options)
        self.ended = ended

    def read(self, values: list[str]) -> date:
        try:
            return bound_day(values[0].strip(), self.side)
        except InvalidDate as error:
            raise Refused(error.code, str(error), value=values[0]) from error

    def explain(self) -> str:
        return gettext("%(label)s: a day, a month or a year; the day itself is included.") % {
            "label": self.label
        }

    def form_field(self) -> forms.Field | None:
        box = forms.TextInput(attrs={"size": 12, "placeholder": "2012-12-19", "autocomplete": "off"})
        return forms.CharField(label=self.label, required=False, widget=box)


class After(Bound):
    """Rows that may lie on the day or later."""

    side: Side = "after"
    words = _("from")

    def filter(self, qs: Rows, value: date) -> Rows:
        if not self.ended:
            return qs.filter(meets(self.field_name, value, None))
        lasting = Q(**{f"{self.ended}_max__gte": value}) | Q(**{f"{self.ended}_max__isnull": True})
        return qs.filter(lasting, has_a_day(self.field_name, self.ended))

    def contradicts(self, value: date) -> list[Fault]:
        """The range ends before it begins."""
        before = self.parent.answers.get("before")
        if before is None or before >= value:
            return []
        detail = gettext("The range ends on %(before)s, before it begins on %(after)s.")
        said = detail % {"before": before.isoformat(), "after": value.isoformat()}
        return [Fault("after", self.parent.data.getlist("after")[-1], "range", said)]


class Before(Bound):
    """Rows that may lie on the day or earlier."""

    side: Side = "before"
    words = _("to")

    def filter(self, qs: Rows, value: date) -> Rows:
        if not self.ended:
            return qs.filter(meets(self.field_name, None, value))
        begun = Q(**{f"{self.field_name}_min__lte": value}) | Q(**{f"{self.field_name}_min__isnull": True})
        return qs.filter(begun, has_a_day(self.field_name, self.ended))


class Year(Question):
    """Rows that may lie in any of some years."""

    words = _("year")

    def __init__(self, field_name: str, label: Any = "", *, ended: str = "", **options: Any) -> None:
        super().__init__(label, field_name=field_name, **options)
        self.ended = ended

    def read(self, values: list[str]) -> list[tuple[date, date]]:
        return [read_year(value) for value in values]

    def filter(self, qs: Rows, value: list[tuple[date, date]]) -> Rows:
        return qs.filter(reduce(or_, (self._within(first, last) for first, last in value)))

    def _within(self, first: date, last: date) -> Q:
        if not self.ended:
            return meets(self.field_name, first, last)
        begun = Q(**{f"{self.field_name}_min__lte": last}) | Q(**{f"{self.field_name}_min__isnull": True})
        lasting = Q(**{f"{self.ended}_max__gte": first}) | Q(**{f"{self.ended}_max__isnull": True})
        return begun & lasting & has_a_day(self.field_name, self.ended)

    def facet(self, qs: Rows) -> Rows | None:
        """Counts by the pair of first and last possible year: a row counts in each year that it may lie in."""
        if self.ended:
            return None
        low, high = f"{self.field_name}_min", f"{self.field_name}_max"
        dated = qs.exclude(**{f"{low}__isnull": True})
        # As texts: to take a day apart SQLite would ask Python, twice for each row.
        years = (Substr(Cast(F(name), TEXT), 1, 4) for name in (low, high))
        rows = dated.order_by().annotate(value=Concat(*years, output_field=TEXT))
        counted: Rows = rows.values("value").annotate(n=Count("pk"))
        return counted

    def facet_values(self, counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        years: dict[int, int] = {}
        for value, n in counted:
            first, last = divmod(int(value), 10_000)
            for year in range(first, last + 1):
                years[year] = years.get(year, 0) + n
        return [(f"{year:04d}", years[year]) for year in sorted(years, reverse=True)]

    def chosen(self, value: Sequence[tuple[date, date]]) -> list[str]:
        return [f"{first.year:04d}" for first, _last in value]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}$"}


class Dated(Question):
    """Rows with a known day (yes), or without one (no), which no range finds."""

    once = True
    words = _("dated")

    def __init__(self, field_name: str, label: Any = "", **options: Any) -> None:
        super().__init__(label, field_name=field_name, **options)

    def read(self, values: list[str]) -> bool:
        return read_yes_no(values)

    def filter(self, qs: Rows, value: bool) -> Rows:
        return qs.filter(**{f"{self.field_name}_min__isnull": not value})

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["yes", "no"]}


class KnownOn(Question):
    """The moment at which the knowledge base is asked; read at the edge, since it decides which rows there are."""

    once = True
    words = _("as known on")

    def read(self, values: list[str]) -> Any:
        fault = self.ask.faults.get(self.name)
        if fault:
            raise Refused(fault.code, fault.detail, value=fault.value)
        return True

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["2026-03-01", "2026-03-01T12:00:00Z"]}

    def explain(self) -> str:
        return gettext("What the knowledge base said at a moment, or at the end of a day (UTC).")


class DayShown(KnownOn):
    """The day that a list shows. It narrows nothing: the rows say what held on that day."""

    words = _("day")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def explain(self) -> str:
        return gettext("The day that the rows speak of; today without it.")


class On(DayShown):
    """Rows whose period, both days included, holds the day.

    Rows of which it is not known stand aside with the date that blocks the answer.
    """

    three_valued = True
    #: What the rows are, before the day, where a page says which it shows.
    says: Any = _("What held on")

    def __init__(self, began: str = "began_on", ended: str = "ended_on", label: Any = "") -> None:
        super().__init__(label)
        self.began, self.ended = began, ended

    def read(self, values: list[str]) -> Any:
        super().read(values)
        return self.ask.on

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(holding(value, self.began, self.ended))

    def possible(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(possibly_holding(value, self.began, self.ended))

    def required_columns(self) -> tuple[str, ...]:
        return self.began, self.ended

    def blocked_by(self, row: Mapping[str, Any], value: Any) -> Sequence[str]:
        period = Period(
            row[self.began],
            row[self.ended],
            began_fact=f"{row['entry__slug']}.{self.began}",
            ended_fact=f"{row['entry__slug']}.{self.ended}",
        )
        return period.verdict(value).blocked_by

    def explain(self) -> str:
        return gettext("Rows whose period holds the day; those of which it is not known stand under unknown.")

    def form_field(self) -> forms.Field | None:
        box = forms.TextInput(attrs={"type": "date", "autocomplete": "off"})
        return forms.CharField(label=self.label, required=False, widget=box)


class Current(On):
    """Rows that hold (yes) or do not hold (no) on the day asked about: today, or the day of ``on``."""

    once = True
    words = _("current")

    def read(self, values: list[str]) -> bool:
        return read_yes_no(values)

    def filter(self, qs: Rows, value: Any) -> Rows:
        if value:
            return super().filter(qs, self.ask.day)
        return without(qs, super().possible(qs, self.ask.day))

    def possible(self, qs: Rows, value: Any) -> Rows:
        if value:
            return super().possible(qs, self.ask.day)
        return without(qs, super().filter(qs, self.ask.day))

    def blocked_by(self, row: Mapping[str, Any], value: Any) -> Sequence[str]:
        return super().blocked_by(row, self.ask.day)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["yes", "no"]}

    def explain(self) -> str:
        return gettext("Whether the period holds today, or on the day of on=.")

    def form_field(self) -> forms.Field | None:
        return yes_no_field(str(self.label))


def has_a_day(began: str, ended: str) -> Q:
    """Periods of which at least one end is known; without any, a row meets no range."""
    return Q(**{f"{began}_min__isnull": False}) | Q(**{f"{ended}_min__isnull": False})


def read_year(text: str) -> tuple[date, date]:
    """Read a year as its first and last day. Raises Refused."""
    written = text.strip()
    try:
        if len(written) == 4:
            return bound_day(written, "after"), bound_day(written, "before")
    except InvalidDate:
        pass
    raise Refused("year", gettext("Write a year with four digits."), value=text)
