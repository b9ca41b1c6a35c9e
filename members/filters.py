"""What lists of states, people, offices and organs can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.filters import (
    BY_NAME,
    After,
    Before,
    ChoiceFilter,
    ConfidenceFilter,
    Current,
    DayShown,
    KnownOn,
    On,
    RecordFilter,
    Sort,
    TopicFilter,
    Year,
    YesNo,
    count_by,
)
from cstokb.listing.filterset import Rows, StrictFilterSet
from cstokb.listing.ordering import Key, newest_first, oldest_first
from cstokb.listing.text import TextFilter
from members.choices import OfficeRole, OrganKind, PeriodStanding, Standing
from members.models import Office, Organ, Term
from members.standings import spells_of, standings
from members.status import Spell, StandingOn

BY_ID = (Key("entry__slug", text=True),)


def standings_asked(ask: Ask) -> Mapping[int, StandingOn]:
    """Every state's standing on the day asked about, computed once for a question."""
    return ask.once(("standings", ask.day), lambda: standings(_spells_asked(ask), ask.day))


def first_standing(ask: Ask) -> date | None:
    """The first day on which a state may have had a standing; no query beside that of the standings."""
    begun = (spell.began_on.earliest for _state, spell in _spells_asked(ask) if spell.began_on)
    return min((day for day in begun if day), default=None)


def _spells_asked(ask: Ask) -> Sequence[tuple[int, Spell]]:
    return ask.once("spells of states", lambda: spells_of(ask.scope))


class StandingFilter(ChoiceFilter):
    """States by their standing on the day asked about; where it is not known, states stand aside."""

    three_valued = True

    def __init__(self) -> None:
        super().__init__("standing", Standing, _("standing"))

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        return self._among(qs, value, lambda one: one.certain is not None and one.certain in value)

    def possible(self, qs: Rows, value: list[str]) -> Rows:
        return self._among(qs, value, lambda one: any(standing in value for standing in one.possible))

    def _among(self, qs: Rows, value: list[str], fits: Any) -> Rows:
        known = standings_asked(self.ask)
        rows = Q(entry_id__in=[key for key, one in known.items() if fits(one)])
        if Standing.NONE in value:
            rows |= ~Q(entry_id__in=list(known))
        return qs.filter(rows)

    def blocked_by(self, row: Mapping[str, Any], value: Any) -> Sequence[str]:
        return standings_asked(self.ask)[row["entry_id"]].blocked_by

    def facet(self, qs: Rows) -> Rows | None:
        cases = [
            When(entry_id__in=ids, then=Value(standing))
            for standing, ids in self._by_standing().items()
            if ids
        ]
        value = Case(*cases, default=Value(Standing.NONE.value), output_field=CharField())
        known = qs.order_by().annotate(value=value).exclude(value="")
        counted: Rows = known.values("value").annotate(n=Count("pk"))
        return counted

    def _by_standing(self) -> dict[str, list[int]]:
        """Row ids by standing; under the empty text those of which it is not known."""
        found: dict[str, list[int]] = {}
        for key, one in standings_asked(self.ask).items():
            found.setdefault(one.certain.value if one.certain else "", []).append(key)
        return found

    def explain(self) -> str:
        return gettext("The standing on the day of on=, or today.")


class StateFilter(StrictFilterSet):
    """States are listed whole, with their standing on the day."""

    q = TextFilter("state")
    standing = StandingFilter()
    on = DayShown()
    topic = TopicFilter()
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"name": (_("name"), BY_NAME), "id": (_("id"), BY_ID)})


class MembershipFilter(StrictFilterSet):
    """Periods of membership."""

    state = RecordFilter("state", "state", _("state"))
    body = RecordFilter("body", "organ", _("assembly or body"))
    organ = RecordFilter("organ", "organ", _("in the organ"))
    standing = ChoiceFilter("standing", PeriodStanding, _("standing"))
    on = On()
    current = Current()
    after = After("began_on", ended="ended_on")
    before = Before("began_on", ended="ended_on")
    year = Year("began_on", ended="ended_on")
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"began_on": (_("first day"), oldest_first("began_on")), "id": (_("id"), BY_ID)})


class HeldByFilter(RecordFilter):
    """People who held, at any time, an office that refers to any of some records."""

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        offices = self.ask.scope.rows(Office).filter(**{f"{self.field_name}_id__in": value})
        terms = self.ask.scope.rows(Term).filter(office_id__in=offices.values("entry_id"))
        return qs.filter(entry_id__in=terms.values("person_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return count_people(self.ask, qs, f"{self.field_name}_id")


def count_people(ask: Ask, people: Rows, column: str) -> Rows:
    """How many of the people held an office with each value of a column."""
    office = ask.scope.rows(Office).filter(entry_id=OuterRef("office_id"))
    terms = ask.scope.rows(Term).filter(person_id__in=people.order_by().values("entry_id"))
    held = terms.annotate(of_office=Subquery(office.values(column)[:1])).exclude(of_office__isnull=True)
    return count_by(held, "of_office", count="person_id")


class RoleFilter(ChoiceFilter):
    """Rows whose office has any of some roles; ``through`` is the column that names the office."""

    def __init__(self, through: str) -> None:
        super().__init__("role", OfficeRole, _("role"))
        self.through = through

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        offices = self.ask.scope.rows(Office).filter(role__in=value)
        return qs.filter(**{f"{self.through}_id__in": offices.values("entry_id")})

    def facet(self, qs: Rows) -> Rows | None:
        return None


class PersonRoleFilter(RoleFilter):
    """People who held, at any time, an office of any of some roles."""

    def __init__(self) -> None:
        super().__init__("office")

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        terms = super().filter(self.ask.scope.rows(Term), value)
        return qs.filter(entry_id__in=terms.values("person_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return count_people(self.ask, qs, "role")


class PersonFilter(StrictFilterSet):
    """People."""

    q = TextFilter("person")
    state = HeldByFilter("state", "state", _("state"))
    organ = HeldByFilter("organ", "organ", _("organ"))
    role = PersonRoleFilter()
    topic = TopicFilter()
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"name": (_("name"), BY_NAME), "id": (_("id"), BY_ID)})


class OfficeFilter(StrictFilterSet):
    """Offices of states and organs."""

    state = RecordFilter("state", "state", _("state"))
    organ = RecordFilter("organ", "organ", _("organ"))
    role = ChoiceFilter("role", OfficeRole, _("role"))
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"name": (_("name"), BY_NAME), "id": (_("id"), BY_ID)})


class OfOffice(RecordFilter):
    """Terms in an office that refers to any of some records."""

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        offices = self.ask.scope.rows(Office).filter(**{f"{self.field_name}_id__in": value})
        return qs.filter(office_id__in=offices.values("entry_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return None


def closed_offices(ask: Ask, day: date) -> Rows:
    """Row ids of offices that were abolished, or whose organ was dissolved, before a day."""
    organs = ask.scope.rows(Organ).filter(dissolved_on_max__lt=day)
    gone = Q(abolished_on_max__lt=day) | Q(organ_id__in=organs.values("entry_id"))
    return ask.scope.rows(Office).filter(gone).values("entry_id")


class TermOn(On):
    """Terms that hold the day, in an office that still exists on it."""

    def filter(self, qs: Rows, value: Any) -> Rows:
        return super().filter(qs, value).exclude(office_id__in=closed_offices(self.ask, value))

    def possible(self, qs: Rows, value: Any) -> Rows:
        return super().possible(qs, value).exclude(office_id__in=closed_offices(self.ask, value))


class TermCurrent(Current, TermOn):
    """Terms that hold, or do not hold, on the day asked about; an open term in a body that is gone does not."""

    def __init__(self) -> None:
        super().__init__()


class TermFilter(StrictFilterSet):
    """Terms of office."""

    person = RecordFilter("person", "person", _("person"), last_word=True)
    office = RecordFilter("office", "office", _("office"))
    state = OfOffice("state", "state", _("state"))
    organ = OfOffice("organ", "organ", _("organ"))
    role = RoleFilter("office")
    acting = YesNo(_("acting"), field_name="acting")
    on = TermOn()
    current = TermCurrent()
    after = After("began_on", ended="ended_on")
    before = Before("began_on", ended="ended_on")
    year = Year("began_on", ended="ended_on")
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"began_on": (_("first day"), oldest_first("began_on")), "id": (_("id"), BY_ID)})


class OrganFilter(StrictFilterSet):
    """Organs, forces and bodies outside the Organization."""

    q = TextFilter("organ")
    type = ChoiceFilter("type", OrganKind, _("kind"))
    parent = RecordFilter("parent", "organ", _("part of"))
    on = On("established_on", "dissolved_on")
    current = Current("established_on", "dissolved_on")
    topic = TopicFilter()
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort(
        {
            "name": (_("name"), BY_NAME),
            "established_on": (_("established"), oldest_first("established_on")),
            "id": (_("id"), BY_ID),
        }
    )


NEWEST_TERM_FIRST = newest_first("began_on")
