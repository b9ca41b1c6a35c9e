"""The kinds of filter that lists are made of. A repeated parameter means "any of", except where one value is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import CharField, Count, F, Q, TextChoices, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.dates import InvalidDate, Period, bound_day, holding, meets, possibly_holding
from cstokb.dates.parameters import Side
from cstokb.listing.errors import Fault, nearest
from cstokb.listing.filterset import Question, Refused, Rows
from cstokb.listing.ordering import Key, Order, backwards
from cstokb.records import naming
from cstokb.records.choices import Confidence
from cstokb.records.models import EntryTopic, Topic
from cstokb.records.naming import Wanted

#: Integers in facets are cast to texts, so that all facets of a list are counted in one query.
TEXT = CharField()


class ChoiceFilter(Question):
    """Any of the words of a vocabulary, in one column."""

    def __init__(self, field_name: str, words: type[TextChoices], label: Any = "", **options: Any) -> None:
        super().__init__(label, field_name=field_name, **options)
        self.words = words

    def read(self, values: list[str]) -> list[str]:
        allowed = list(self.words.values)
        for value in values:
            if value not in allowed:
                raise unknown_word(value, allowed)
        return values

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(**{f"{self.field_name}__in": value})

    def facet(self, qs: Rows) -> Rows | None:
        return count_by(qs.exclude(**{self.field_name: ""}), self.field_name)

    def label_of(self, value: str) -> str:
        """The word as readers see it."""
        return str(self.words(value).label)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words.values)}


class YesNo(Question):
    """Yes or no in a column of truth values; anything else is refused, never taken for "not asked"."""

    once = True

    def read(self, values: list[str]) -> bool:
        return read_yes_no(values)

    def filter(self, qs: Rows, value: bool) -> Rows:
        return qs.filter(**{self.field_name: value})

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["yes", "no"]}

    def form_field(self) -> forms.Field | None:
        words = [("", gettext("any")), ("yes", gettext("yes")), ("no", gettext("no"))]
        return forms.ChoiceField(choices=words, label=self.label, required=False)


class RecordFilter(Question):
    """Rows that refer to any of some records, each given by its id or by any spelling of its name.

    ``last_word`` also takes the last word of a name alone, as people are called by their family name.
    """

    by_id = True

    def __init__(
        self, field_name: str, kind: str, label: Any = "", *, last_word: bool = False, **options: Any
    ) -> None:
        super().__init__(label, field_name=field_name, **options)
        self.kind, self.last_word = kind, last_word

    def wanted(self, values: Sequence[str]) -> list[Wanted]:
        return [Wanted(self.kind, value, self.last_word) for value in values]

    def read(self, values: list[str]) -> list[int]:
        ids: list[int] = []
        for one in self.wanted(values):
            found = self.parent.found[one]
            if not found:
                raise self._names_nothing(one)
            ids += found
        return ids

    def _names_nothing(self, wanted: Wanted) -> Refused:
        close = naming.nearest(wanted.kind, wanted.text, self.ask.scope)
        return Refused(
            "names_nothing", gettext("No record has this id or name."), value=wanted.text, nearest=close
        )

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        return qs.filter(**{f"{self.field_name}_id__in": value})

    def facet(self, qs: Rows) -> Rows | None:
        column = f"{self.field_name}_id"
        return count_by(qs.exclude(**{f"{column}__isnull": True}), column)

    def explain(self) -> str:
        return gettext("%(label)s: an id, or any spelling of the name.") % {"label": self.label}


class IdFilter(RecordFilter):
    """Rows that are any of some records."""

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        return qs.filter(entry_id__in=value)

    def facet(self, qs: Rows) -> Rows | None:
        return None


class Bound(Question):
    """The first or last day of a range, over a date column or (with ``ended``) over a period."""

    once = True
    side: Side
    other: str

    def __init__(self, field_name: str, label: Any = "", *, ended: str = "", **options: Any) -> None:
        super().__init__(label or self.words, field_name=field_name, **options)
        self.ended = ended

    words: Any = ""

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

    def __init__(self, field_name: str, label: Any = _("year"), *, ended: str = "", **options: Any) -> None:
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
        rows = dated.order_by().annotate(value=Cast(F(f"{low}__year") * 10_000 + F(f"{high}__year"), TEXT))
        return rows.values("value").annotate(n=Count("pk"))

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

    def __init__(self, field_name: str, label: Any = _("dated"), **options: Any) -> None:
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

    def __init__(self, label: Any = _("as known on")) -> None:
        super().__init__(label)

    def read(self, values: list[str]) -> None:
        fault = self.ask.faults.get(self.name)
        if fault:
            raise Refused(fault.code, fault.detail, value=fault.value)

    def filter(self, qs: Rows, value: None) -> Rows:
        return qs

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["2026-03-01", "2026-03-01T12:00:00Z"]}

    def explain(self) -> str:
        return gettext("What the knowledge base said at a moment, or at the end of a day (UTC).")


class DayShown(KnownOn):
    """The day that a list shows. It narrows nothing: the rows say what held on that day."""

    def __init__(self, label: Any = _("day")) -> None:
        super().__init__(label)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def explain(self) -> str:
        return gettext("The day that the rows speak of; today without it.")


class On(DayShown):
    """Rows whose period, both days included, holds the day.

    Rows of which it is not known stand aside with the date that blocks the answer.
    """

    three_valued = True

    def __init__(
        self, began: str = "began_on", ended: str = "ended_on", label: Any = _("on the day")
    ) -> None:
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

    def blocked_by(self, row: Mapping[str, Any], value: date) -> Sequence[str]:
        period = Period(
            row[self.began],
            row[self.ended],
            began_fact=f"{row['entry__slug']}.{self.began}",
            ended_fact=f"{row['entry__slug']}.{self.ended}",
        )
        return period.verdict(value).blocked_by

    def explain(self) -> str:
        return gettext("Rows whose period holds the day; those of which it is not known stand under unknown.")


class Current(On):
    """Rows that hold (yes) or do not hold (no) on the day asked about: today, or the day of ``on``."""

    once = True

    def __init__(self, began: str = "began_on", ended: str = "ended_on", label: Any = _("current")) -> None:
        super().__init__(began, ended, label)

    def read(self, values: list[str]) -> bool:
        return read_yes_no(values)

    def filter(self, qs: Rows, value: bool) -> Rows:
        if value:
            return super().filter(qs, self.ask.day)
        return without(qs, super().possible(qs, self.ask.day))

    def possible(self, qs: Rows, value: bool) -> Rows:
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
        words = [("", gettext("any")), ("yes", gettext("yes")), ("no", gettext("no"))]
        return forms.ChoiceField(choices=words, label=self.label, required=False)


class TopicFilter(RecordFilter):
    """Rows under any of some subject headings, or under a narrower one."""

    def __init__(self, label: Any = _("topic"), **options: Any) -> None:
        super().__init__("topic", "topic", label, **options)

    def read(self, values: list[str]) -> list[int]:
        return with_narrower(
            super().read(values), self.ask.scope.rows(Topic).values_list("entry_id", "parent_id")
        )

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        links = self.ask.scope.rows(EntryTopic).filter(topic_id__in=value)
        return qs.filter(entry_id__in=links.values("entry_id"))

    def facet(self, qs: Rows) -> Rows | None:
        """Counts by the heading under which rows stand themselves."""
        ids = qs.order_by().values("entry_id")
        return count_by(self.ask.scope.rows(EntryTopic).filter(entry_id__in=ids), "topic_id")


class ConfidenceFilter(ChoiceFilter):
    """Rows of which the editors are this sure."""

    def __init__(self) -> None:
        super().__init__("confidence", Confidence, _("confidence"))


class Sort(Question):
    """The order of rows: one of some words, or the word with a minus for the other direction.

    ``orders`` gives for each word its label and its order.
    """

    once = True

    def __init__(self, orders: Mapping[str, tuple[Any, Order]], label: Any = _("order")) -> None:
        super().__init__(label)
        self.orders = orders

    @property
    def words(self) -> list[str]:
        """Every word allowed."""
        return [word for name in self.orders for word in (name, f"-{name}")]

    def read(self, values: list[str]) -> Order:
        word = values[0]
        if word not in self.words:
            raise unknown_word(word, self.words)
        _label, order = self.orders[word.removeprefix("-")]
        return backwards(order) if word.startswith("-") else order

    def filter(self, qs: Rows, value: Order) -> Rows:
        return qs

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": self.words}

    def form_field(self) -> forms.Field | None:
        other = gettext("%(label)s, the other way round")
        words = [("", gettext("as the list stands"))]
        for name, (label, _order) in self.orders.items():
            words += [(name, str(label)), (f"-{name}", other % {"label": label})]
        return forms.ChoiceField(choices=words, label=self.label, required=False)


BY_NAME: Order = (Key("entry__sort", text=True),)


def in_language(key: Key, language: str) -> Key:
    """The key of BY_NAME in the language of the answer; any other key as it is."""
    if key.path != "entry__sort":
        return key
    return Key(f"entry__sort_{language}", key.descending, text=True)


def has_a_day(began: str, ended: str) -> Q:
    """Periods of which at least one end is known; without any, a row meets no range."""
    return Q(**{f"{began}_min__isnull": False}) | Q(**{f"{ended}_min__isnull": False})


def without(qs: Rows, others: Rows) -> Rows:
    """The rows that are not among the others; written so, since NULLs would make ``exclude`` of a condition differ."""
    return qs.exclude(pk__in=others.order_by().values("pk"))


def count_by(qs: Rows, column: str) -> Rows:
    """How many rows there are for each value of a column, as (value, n) with the value as a text."""
    rows = qs.order_by().annotate(value=Cast(F(column), TEXT))
    return rows.values("value").annotate(n=Count("pk"))


def constant(qs: Rows, name: str) -> Rows:
    """The counted rows with the name of their facet, ready to be joined with those of others."""
    return qs.annotate(facet=Value(name, TEXT)).values_list("facet", "value", "n")


def read_yes_no(values: Sequence[str]) -> bool:
    """Read yes or no. Raises Refused for anything else."""
    if values[0] not in ("yes", "no"):
        raise unknown_word(values[0], ["yes", "no"])
    return values[0] == "yes"


def read_year(text: str) -> tuple[date, date]:
    """Read a year as its first and last day. Raises Refused."""
    written = text.strip()
    try:
        if len(written) == 4:
            return bound_day(written, "after"), bound_day(written, "before")
    except InvalidDate:
        pass
    raise Refused("year", gettext("Write a year with four digits."), value=text)


def unknown_word(word: str, allowed: Sequence[str]) -> Refused:
    """The refusal of a word that is not in a vocabulary."""
    detail = gettext("It is none of the words allowed here.")
    return Refused("unknown_word", detail, value=word, allowed=allowed, nearest=nearest(word, allowed))


def with_narrower(ids: Sequence[int], tree: Iterable[tuple[int, int | None]]) -> list[int]:
    """The headings and everything below them, given every heading with its parent."""
    pairs = list(tree)
    found = set(ids)
    while True:
        more = {key for key, parent in pairs if parent in found} - found
        if not more:
            return sorted(found)
        found |= more
