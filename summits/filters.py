"""What lists of sessions, attendance, chairmanships, invocations, activities and milestones can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.dates import Period
from cstokb.listing.filters import (
    BY_NAME,
    TEXT,
    After,
    Before,
    ChoiceFilter,
    ConfidenceFilter,
    Current,
    Dated,
    KnownOn,
    On,
    RecordFilter,
    Sort,
    TopicFilter,
    Year,
    YesNo,
    read_yes_no,
)
from cstokb.listing.filterset import Question, Rows, StrictFilterSet
from cstokb.listing.ordering import Key, newest_first, oldest_first
from cstokb.listing.text import TextFilter
from cstokb.records.models import Kept
from summits.choices import (
    ActivityKind,
    ActivityStatus,
    Capacity,
    Mode,
    Outcome,
    SessionKind,
    SessionStatus,
)
from summits.models import ActivityState, Attendance, Invocation, Session

NEWEST_SESSION_FIRST = newest_first("began_on")
NEWEST_SEAT_FIRST = (*newest_first("held_on"), Key("entry__sort", text=True))


def name_box(label: Any) -> forms.Field:
    """A box for the id or the name of a record, where there are too many to offer."""
    box = forms.TextInput(attrs={"size": 20, "autocomplete": "off"})
    return forms.CharField(label=label, required=False, widget=box)


class OneDay(On):
    """Rows of that very day.

    A row of which only the month or the year is known stands aside; one without a date belongs to no day.
    """

    says = _("What happened on")

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name, field_name)

    def filter(self, qs: Rows, value: date) -> Rows:
        return qs.filter(**{f"{self.began}_min": value, f"{self.began}_max": value})

    def possible(self, qs: Rows, value: date) -> Rows:
        return qs.filter(**{f"{self.began}_min__lte": value, f"{self.began}_max__gte": value})

    def required_columns(self) -> tuple[str, ...]:
        return (self.began,)

    def blocked_by(self, row: Mapping[str, Any], value: date) -> Sequence[str]:
        return () if row[self.began].exact_day else (f"{row['entry__slug']}.{self.began}",)

    def explain(self) -> str:
        return gettext(
            "Rows of that day; those of which only the month or year is known stand under unknown."
        )


class LinkFilter(RecordFilter):
    """Rows to which rows of another model tie any of some records.

    ``through`` is that model, ``owner`` its column that names the row. Each row counts once in the facet.
    """

    def __init__(
        self,
        field_name: str,
        kind: str,
        label: Any,
        *,
        through: type[Kept],
        owner: str,
        box: bool = False,
        only: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(field_name, kind, label, **options)
        self.through, self.owner, self.box, self.only = through, f"{owner}_id", box, dict(only or {})

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        links = self.ask.scope.rows(self.through).filter(**self.only, **{f"{self.field_name}_id__in": value})
        return qs.filter(entry_id__in=links.values(self.owner))

    def facet(self, qs: Rows) -> Rows | None:
        column = f"{self.field_name}_id"
        ids = qs.order_by().values("entry_id")
        every = self.ask.scope.all_but_hidden(self.through).filter(**self.only)
        links = every.filter(**{f"{self.owner}__in": ids, f"{column}__isnull": False})
        valued = links.order_by().annotate(value=Cast(F(column), TEXT)).values("value")
        counted: Rows = valued.annotate(n=Count(self.owner, distinct=True))
        return counted

    def form_field(self) -> forms.Field | None:
        return name_box(self.label) if self.box else None


class Whether(Question):
    """Rows that meet a condition (yes), or do not (no); both with counts among the facets."""

    def __init__(self, condition: Q, label: Any) -> None:
        super().__init__(label)
        self.condition = condition

    def read(self, values: list[str]) -> list[str]:
        for value in values:
            read_yes_no([value])
        return values

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        if len(value) > 1:
            return qs
        return qs.filter(self.condition) if value == ["yes"] else qs.exclude(self.condition)

    def facet(self, qs: Rows) -> Rows | None:
        word = Case(When(self.condition, then=Value("yes", TEXT)), default=Value("no", TEXT))
        counted: Rows = qs.order_by().annotate(value=word).values("value").annotate(n=Count("pk"))
        return counted

    def label_of(self, value: str) -> str:
        """Yes or no, in the language of the page."""
        return gettext("yes") if value == "yes" else gettext("no")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["yes", "no"]}

    def count(self, tally: Mapping[str, Sequence[tuple[str, int]]], word: str) -> int | None:
        """How many rows a list has with a word, from its tally; None where the question names the word itself."""
        return None if self.name in self.parent.answers else dict(tally[self.name]).get(word, 0)


# -- sessions ------------------------------------------------------------------------------------------------------

#: Meetings that took place, as the verb ``counted`` has them.
COUNTED = Q(status=SessionStatus.HELD) & ~Q(type=SessionKind.CONSULTATION)


class SittingOn(On):
    """Sessions that sat on the day; without a last day a session sat on its first."""

    def filter(self, qs: Any, value: date) -> Rows:
        rows: Rows = qs.on(value)
        return rows

    def possible(self, qs: Any, value: date) -> Rows:
        rows: Rows = qs.possibly_on(value)
        return rows

    def blocked_by(self, row: Mapping[str, Any], value: date) -> Sequence[str]:
        return sitting(row["entry__slug"], row[self.began], row[self.ended]).verdict(value).blocked_by


def sitting(slug: str, began_on: Any, ended_on: Any) -> Period:
    """The days on which a session sat, with the names of the facts that say so."""
    last = f"{slug}.{'ended_on' if ended_on else 'began_on'}"
    return Period(began_on, ended_on or began_on, began_fact=f"{slug}.began_on", ended_fact=last)


class SittingYear(Year):
    """Sessions that may have sat in any of some years."""

    def __init__(self) -> None:
        super().__init__("began_on", ended="last_on")

    def facet(self, qs: Rows) -> Rows | None:
        """Counts by the pair of first and last possible year, as those of a single date."""
        years = Cast(F("began_on_min__year") * 10_000 + F("last_on_max__year"), TEXT)
        counted: Rows = qs.order_by().annotate(value=years).values("value").annotate(n=Count("pk"))
        return counted


class SeatFilter(ChoiceFilter):
    """Sessions in which a state, one of those asked about where some are, sat in any of some ways."""

    def _seats(self) -> Rows:
        seats = self.ask.scope.rows(Attendance).filter(state_id__isnull=False)
        states = self.parent.answers.get("state")
        return seats.filter(state_id__in=states) if states else seats

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        seats = self._seats().filter(**{f"{self.field_name}__in": value})
        return qs.filter(entry_id__in=seats.values("session_id"))

    def facet(self, qs: Rows) -> Rows | None:
        seats = self._seats().filter(session_id__in=qs.order_by().values("entry_id"))
        told = seats.exclude(**{self.field_name: ""}).order_by()
        valued = told.annotate(value=Cast(F(self.field_name), TEXT)).values("value")
        counted: Rows = valued.annotate(n=Count("session_id", distinct=True))
        return counted


class MatrixFilter(StrictFilterSet):
    """Meetings that took place, and of whom the matrix shows a column."""

    q = TextFilter("session")
    type = ChoiceFilter("type", SessionKind, _("kind"))
    state = LinkFilter("state", "state", _("state"), through=Attendance, owner="session")
    person = LinkFilter(
        "person", "person", _("person"), through=Attendance, owner="session", box=True, last_word=True
    )
    organ = RecordFilter("organ", "organ", _("organ"))
    capacity = SeatFilter("capacity", Capacity, _("level"))
    mode = SeatFilter("mode", Mode, _("mode"))
    topic = TopicFilter()
    year = SittingYear()
    after = After("began_on", ended="last_on")
    before = Before("began_on", ended="last_on")
    on = SittingOn()
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("date"), oldest_first("began_on")), "name": (_("title"), BY_NAME)})


class SessionFilter(MatrixFilter):
    """Sessions, planned and cancelled ones too.

    ``state`` and ``person`` find those who were absent as well: what the records say of them is part of the session.
    """

    status = ChoiceFilter("status", SessionStatus, _("status"))
    counted = Whether(COUNTED, _("counts as a meeting"))


# -- attendance ----------------------------------------------------------------------------------------------------


#: Attendance of meetings that took place.
SEAT_COUNTED = Q(held_status=SessionStatus.HELD) & ~Q(held_type=SessionKind.CONSULTATION)


class SeatOn(On):
    """Attendance of sessions that sat on the day."""

    def __init__(self) -> None:
        super().__init__("held_on", "held_to")

    def _sessions(self) -> Any:
        return self.ask.scope.rows(Session)

    def filter(self, qs: Rows, value: date) -> Rows:
        return qs.filter(session_id__in=self._sessions().on(value).values("entry_id"))

    def possible(self, qs: Rows, value: date) -> Rows:
        return qs.filter(session_id__in=self._sessions().possibly_on(value).values("entry_id"))

    def required_columns(self) -> tuple[str, ...]:
        return "held_on", "held_to", "held_at"

    def blocked_by(self, row: Mapping[str, Any], value: date) -> Sequence[str]:
        return sitting(row["held_at"], row["held_on"], row["held_to"]).verdict(value).blocked_by


class AttendanceFilter(StrictFilterSet):
    """Who sat for a state or an organ in a session; ``counted`` tells meetings from decisions and what was not held."""

    session = RecordFilter("session", "session", _("session"))
    state = RecordFilter("state", "state", _("state"))
    organ = RecordFilter("organ", "organ", _("organ"))
    person = RecordFilter("person", "person", _("person"), last_word=True)
    capacity = ChoiceFilter("capacity", Capacity, _("capacity"))
    mode = ChoiceFilter("mode", Mode, _("mode"))
    counted = Whether(SEAT_COUNTED, _("counts as a meeting"))
    year = Year("held_on")
    after = After("held_on")
    before = Before("held_on")
    on = SeatOn()
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("date"), oldest_first("held_on")), "name": (_("name"), BY_NAME)})


# -- invocations and activities ------------------------------------------------------------------------------------


class InvocationFilter(StrictFilterSet):
    """Requests under a provision; ``context=no`` leaves out rows that were no request."""

    q = TextFilter("invocation")
    state = RecordFilter("state", "state", _("state"))
    provision = RecordFilter("provision", "provision", _("provision"))
    outcome = ChoiceFilter("outcome", Outcome, _("outcome"))
    context = Whether(Q(context=True), _("context, no request"))
    session = RecordFilter("session", "session", _("session"))
    activity = RecordFilter("activity", "activity", _("activity"))
    topic = TopicFilter()
    year = Year("requested_on")
    after = After("requested_on")
    before = Before("requested_on")
    dated = Dated("requested_on")
    on = OneDay("requested_on")
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("date"), oldest_first("requested_on")), "name": (_("title"), BY_NAME)})


class ActivityFilter(StrictFilterSet):
    """Operations and exercises."""

    q = TextFilter("activity")
    type = ChoiceFilter("type", ActivityKind, _("kind"))
    status = ChoiceFilter("status", ActivityStatus, _("status"))
    state = LinkFilter("state", "state", _("state"), through=ActivityState, owner="activity")
    session = LinkFilter(
        "session",
        "session",
        _("session that dealt with a request behind it"),
        through=Invocation,
        owner="activity",
    )
    topic = TopicFilter()
    year = Year("began_on", ended="ended_on")
    after = After("began_on", ended="ended_on")
    before = Before("began_on", ended="ended_on")
    dated = Dated("began_on")
    on = On()
    current = Current()
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("first day"), oldest_first("began_on")), "name": (_("name"), BY_NAME)})


class MilestoneFilter(StrictFilterSet):
    """Dated facts of the Organization."""

    q = TextFilter("milestone")
    state = RecordFilter("state", "state", _("state"))
    organ = RecordFilter("organ", "organ", _("organ"))
    instrument = RecordFilter("instrument", "instrument", _("instrument"))
    session = RecordFilter("session", "session", _("session"))
    planned = YesNo(_("was only planned"), field_name="planned")
    topic = TopicFilter()
    year = Year("happened_on")
    after = After("happened_on")
    before = Before("happened_on")
    dated = Dated("happened_on")
    on = OneDay("happened_on")
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("date"), oldest_first("happened_on"))})
