"""StrictFilterSet: the only reader of a list's parameters. Nothing is ignored silently."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import Filter, FilterSet

from cstokb.listing.errors import BadQuestion, Fault, nearest
from cstokb.records import naming
from cstokb.records.naming import Wanted

if TYPE_CHECKING:
    from django import forms

    from cstokb.listing.ask import Ask
    from cstokb.listing.ordering import Order

Rows = QuerySet[Any, Any]

#: Parameters of time: where a list does not know one, no surface sets it aside, for its answer would mislead.
NEVER_SET_ASIDE = ("on", "known_on")
LONGEST_VALUE = 2_000
MOST_VALUES = 100

# NUL and its like, and the mark that decoding leaves where bytes were no UTF-8.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")


def unreadable(text: str) -> bool:
    """Whether a text holds characters that no text has."""
    return bool(_UNREADABLE.search(text))


class Refused(ValueError):
    """A value that a filter cannot read."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        value: str = "",
        allowed: Sequence[str] | None = None,
        nearest: str | None = None,
        written: str = "",
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.value = code, detail, value
        self.allowed, self.nearest, self.written = allowed, nearest, written

    def fault(self, parameter: str, given: Sequence[str]) -> Fault:
        """The error as surfaces say it."""
        value = (self.value or ", ".join(given))[:200]
        written = self.written[:200]
        return Fault(parameter, value, self.code, self.detail, self.allowed, self.nearest, written)


class Question(Filter):  # type: ignore[misc]  # django-filter ships no types
    """One parameter of a list.

    ``read`` turns its values into what ``filter`` needs, or raises Refused. ``filter`` keeps the rows for which the
    answer is yes, ``possible`` those for which it is yes or not known.
    """

    three_valued = False
    once = False
    #: Facet values are row ids of records and are shown by their public id and label.
    by_id = False
    #: What it is called where a list says nothing else.
    words: Any = ""

    parent: StrictFilterSet

    def __init__(self, label: Any = "", **options: Any) -> None:
        super().__init__(label=label or self.words, **options)

    @property
    def name(self) -> str:
        """The parameter's name."""
        return next(name for name, one in self.parent.filters.items() if one is self)

    @property
    def ask(self) -> Ask:
        """The circumstances of the question."""
        return self.parent.ask

    @property
    def given(self) -> list[str]:
        """The distinct values of the parameter."""
        return list(dict.fromkeys(v for v in self.parent.data.getlist(self.name) if v.strip()))

    def read(self, values: list[str]) -> Any:
        """Read the values given; there is at least one."""
        raise NotImplementedError

    def filter(self, qs: Rows, value: Any) -> Rows:
        """The rows for which the answer is yes."""
        raise NotImplementedError

    def possible(self, qs: Rows, value: Any) -> Rows:
        """The rows for which the answer is yes or not known."""
        return self.filter(qs, value)

    def required_columns(self) -> tuple[str, ...]:
        """Columns that ``blocked_by`` looks at."""
        return ()

    def blocked_by(self, row: Any, value: Any) -> Sequence[str]:
        """The facts that keep the answer for a row from being certain, as ``<id>.<field>``."""
        return ()

    def wanted(self, values: Sequence[str]) -> Sequence[Wanted]:
        """Records that the values mean; they are looked up for all filters at once, before ``read``."""
        return ()

    def contradicts(self, value: Any) -> Sequence[Fault]:
        """Faults between this answer and others that are each sound."""
        return ()

    def facet(self, qs: Rows) -> Rows | None:
        """Rows of (value, n) with ``value`` a text, for counting; None for a filter that has no facet."""
        return None

    def facet_parts(self, qs: Rows) -> Sequence[Rows]:
        """The facet as one counted set of rows, or as several whose counts add up."""
        counted = self.facet(qs)
        return () if counted is None else (counted,)

    def facet_sums(self, counted: Iterable[tuple[str | None, int]]) -> Iterator[tuple[str, int]]:
        """Each value of the facet with its number, of the counts of all parts; values that no row has are left out."""
        tally: Counter[str] = Counter()
        for value, n in counted:
            if value is not None and n:
                tally[value] += n
        return iter(tally.items())

    def facet_values(self, counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        """The values as readers choose them, most frequent first."""
        return sorted(counted, key=lambda pair: (-pair[1], pair[0]))

    def chosen(self, value: Any) -> Sequence[Any]:
        """The facet values that an answer stands for."""
        return value or ()

    def label_of(self, value: str) -> str:
        """A facet value as readers see it."""
        return value

    def schema(self) -> dict[str, Any]:
        """The JSON schema of one value, for the API's description."""
        return {"type": "string"}

    def explain(self) -> str:
        """One sentence for the API's description."""
        return str(self.label)

    def form_field(self) -> forms.Field | None:
        """The box in the form of a page; None where facets or the page itself offer it."""
        return None


class StrictFilterSet(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """The filters of one Listing, asked once. ``surface`` names the other parameters that the surface reads itself.

    Unlike its base it does not ignore what it does not know, reads every value of a repeated parameter, takes an
    empty value for none, and copies its filters shallowly, since they hold no state but their parent.
    """

    def __init__(self, ask: Ask, queryset: Rows, surface: Sequence[str] = ()) -> None:
        self.ask = ask
        self.surface = surface
        self.queryset = queryset
        self.data = ask.params
        self.filters: dict[str, Question] = {name: copy.copy(one) for name, one in self.base_filters.items()}
        for one in self.filters.values():
            one.parent = self
        self.answers: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self.set_aside: list[str] = []
        self.notices: list[str] = []
        self._read()

    def require_sound(self, *, strict: bool) -> None:
        """Refuse a question with faults; ``strict`` also one with parameters that are not known.

        Raises:
            BadQuestion: with every fault.
        """
        never = [name for name in self.set_aside if strict or name in NEVER_SET_ASIDE]
        faults = [*(self._unknown_fault(name) for name in never), *self.faults]
        if faults:
            raise BadQuestion(faults=faults)

    def filter_queryset(self, queryset: Rows, skip: str = "", *, possible: bool = False) -> Rows:
        """Rows for which every answer is yes (or, when ``possible``, yes or not known); ``skip`` is not asked."""
        for name, value in self.answers.items():
            if name != skip:
                one = self.filters[name]
                queryset = one.possible(queryset, value) if possible else one.filter(queryset, value)
        return queryset

    @property
    def three_valued(self) -> list[tuple[Question, Any]]:
        """The filters that were asked and whose answer may be "not known"."""
        asked = ((self.filters[name], value) for name, value in self.answers.items())
        return [(one, value) for one, value in asked if one.three_valued]

    def order(self) -> Order | None:
        """The order that was asked for, if any."""
        return self.answers.get("sort")

    def errors_of(self, name: str) -> list[str]:
        """What is wrong with a parameter, for the form of a page."""
        return [fault.detail for fault in self.faults if fault.parameter == name]

    # -- reading ---------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self.set_aside = [name for name in self.data if name not in self.filters and name not in self.surface]
        given = dict(self._given())
        wanted = [one for name, values in given.items() for one in self.filters[name].wanted(values)]
        self.found = self.look_up(wanted)
        for name, values in given.items():
            try:
                self.answers[name] = self.filters[name].read(values)
            except Refused as refusal:
                self.faults.append(refusal.fault(name, values))
        for name, value in self.answers.items():
            self.faults += self.filters[name].contradicts(value)

    def look_up(self, wanted: Sequence[Wanted]) -> Any:
        """What each text that names records means, for all filters at once: the records' row ids."""
        return naming.find(wanted, self.ask.scope)

    def _given(self) -> Iterator[tuple[str, list[str]]]:
        """The parameters that were given a value, with their distinct values."""
        for name, one in self.filters.items():
            values = one.given
            if not values:
                continue
            refusal = _unreadable(values, once=one.once)
            if refusal:
                self.faults.append(refusal.fault(name, values))
            else:
                yield name, values

    def _unknown_fault(self, name: str) -> Fault:
        allowed = sorted([*self.filters, *self.surface])
        detail = _("There is no parameter of this name here.")
        value = ", ".join(self.data.getlist(name))[:200]
        return Fault(name[:200], value, "unknown_parameter", detail, allowed, nearest(name, allowed))


def _unreadable(values: Sequence[str], *, once: bool) -> Refused | None:
    if once and len(values) > 1:
        return Refused("repeated", _("This parameter takes one value."))
    if len(values) > MOST_VALUES:
        return Refused("too_many", _("At most %(most)s values.") % {"most": MOST_VALUES})
    for value in values:
        if len(value) > LONGEST_VALUE:
            return Refused(
                "too_long", _("At most %(most)s characters.") % {"most": LONGEST_VALUE}, value=value
            )
        if unreadable(value):
            return Refused("characters", _("It holds characters that no text has."), value=value)
    return None
