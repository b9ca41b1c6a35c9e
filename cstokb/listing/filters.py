"""The kinds of filter that lists are made of. A repeated parameter means "any of", except where one value is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Count, F, OuterRef, Subquery, TextChoices, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.listing.days import After, Before, Current, Dated, DayShown, KnownOn, On, Year
from cstokb.listing.filterset import Question, Refused, Rows
from cstokb.listing.ordering import Key, Order, backwards
from cstokb.listing.values import (
    TEXT,
    Together,
    constant,
    count_by,
    read_yes_no,
    unknown_word,
    without,
    yes_no_field,
)
from cstokb.records import naming
from cstokb.records.choices import Confidence
from cstokb.records.models import EntryTopic, Topic
from cstokb.records.naming import Wanted

__all__ = [
    "BY_NAME",
    "TEXT",
    "After",
    "Before",
    "ChoiceFilter",
    "ConfidenceFilter",
    "Current",
    "Dated",
    "DayShown",
    "IdFilter",
    "KnownOn",
    "On",
    "RecordFilter",
    "Sort",
    "TopicFilter",
    "Year",
    "YesNo",
    "constant",
    "count_by",
    "in_language",
    "read_yes_no",
    "unknown_word",
    "with_narrower",
    "without",
]


class ChoiceFilter(Question):
    """Any of the words of a vocabulary, in one column."""

    def __init__(self, field_name: str, words: type[TextChoices], label: Any = "", **options: Any) -> None:
        super().__init__(label, field_name=field_name, **options)
        self.vocabulary = words

    def read(self, values: list[str]) -> list[str]:
        allowed = list(self.vocabulary.values)
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
        return str(self.vocabulary(value).label)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.vocabulary.values)}


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
        return yes_no_field(str(self.label))


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


#: Headings stand at most so many steps below the broadest; facets count rows under each heading above their own.
HEADINGS_ABOVE = 2


#: Between a heading and the one above it.
_BELOW = "<"


class TopicFilter(RecordFilter):
    """Rows under any of some subject headings, or under a narrower one."""

    words = _("topic")

    def __init__(self, label: Any = "", **options: Any) -> None:
        super().__init__("topic", "topic", label, **options)

    def read(self, values: list[str]) -> list[int]:
        return with_narrower(
            super().read(values), self.ask.scope.rows(Topic).values_list("entry_id", "parent_id")
        )

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        links = self.ask.scope.rows(EntryTopic).filter(topic_id__in=value)
        return qs.filter(entry_id__in=links.values("entry_id"))

    def chosen(self, value: list[int]) -> list[int]:
        return [key for one in self.wanted(self.given) for key in self.parent.found[one]]

    def facet_parts(self, qs: Rows) -> Sequence[Rows]:
        """Counts by all headings of a row, in one pass over the rows; and for each heading the one above it."""
        links = self.ask.scope.rows(EntryTopic).filter(entry_id=OuterRef("entry_id")).order_by()
        # One group, whatever the links are: a subquery gives a single text.
        headings = links.annotate(one=Value(1)).values("one")
        every = headings.annotate(every=Together(Cast(F("topic_id"), TEXT))).values("every")
        above = self.ask.scope.rows(Topic).exclude(parent_id__isnull=True).order_by()
        step = Concat(Cast(F("entry_id"), TEXT), Value(_BELOW), Cast(F("parent_id"), TEXT), output_field=TEXT)
        return (
            qs.order_by().annotate(value=Subquery(every)).values("value").annotate(n=Count("pk")),
            above.annotate(value=step).values("value").annotate(n=Count("pk")),
        )

    def facet_sums(self, counted: Iterable[tuple[str | None, int]]) -> Iterator[tuple[str, int]]:
        """A row counts once under each of its headings and under each heading above them."""
        told = [(value, n) for value, n in counted if value]
        above = dict(value.split(_BELOW) for value, _n in told if _BELOW in value)
        tally: Counter[str] = Counter()
        for value, n in told:
            if _BELOW not in value:
                for heading in self._with_above(value.split(","), above):
                    tally[heading] += n
        return iter(tally.items())

    @staticmethod
    def _with_above(headings: Sequence[str], above: Mapping[str, str]) -> set[str]:
        found, last = set(headings), set(headings)
        for _step in range(HEADINGS_ABOVE):
            last = {above[one] for one in last if one in above}
            found |= last
        return found


class ConfidenceFilter(ChoiceFilter):
    """Rows of which the editors are this sure."""

    def __init__(self) -> None:
        super().__init__("confidence", Confidence, _("confidence"))


class Sort(Question):
    """The order of rows: one of some words, or the word with a minus for the other direction.

    ``orders`` gives for each word its label and its order.
    """

    once = True
    words = _("order")

    def __init__(self, orders: Mapping[str, tuple[Any, Order]], label: Any = "") -> None:
        super().__init__(label)
        self.orders = orders

    @property
    def allowed(self) -> list[str]:
        """Every word that may be given."""
        return [word for name in self.orders for word in (name, f"-{name}")]

    def read(self, values: list[str]) -> Order:
        word = values[0]
        if word not in self.allowed:
            raise unknown_word(word, self.allowed)
        _label, order = self.orders[word.removeprefix("-")]
        return backwards(order) if word.startswith("-") else order

    def filter(self, qs: Rows, value: Order) -> Rows:
        return qs

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": self.allowed}

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


def with_narrower(ids: Sequence[int], tree: Iterable[tuple[int, int | None]]) -> list[int]:
    """The headings and everything below them, given every heading with its parent."""
    pairs = list(tree)
    found = set(ids)
    while True:
        more = {key for key, parent in pairs if parent in found} - found
        if not more:
            return sorted(found)
        found |= more
