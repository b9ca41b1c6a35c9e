"""The curators' pages of states, people, organs, offices, terms, memberships and pauses."""

from __future__ import annotations

from django.contrib import admin

from cstokb.records.admin import IdRule, RecordAdmin
from members.models import MembershipPeriod, Office, Organ, ParticipationPause, Person, State, Term


@admin.register(State)
class StateAdmin(RecordAdmin):
    """States; the id is the alpha-3 code."""

    columns = ("name_ru", "alpha2", "capital_en")
    search_also = ("alpha2__iexact",)
    id_rule = IdRule(example="kaz", days=False)


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """People; other spellings of a name stand beside it."""

    columns = ("name_ru",)
    id_rule = IdRule(example="kassym-jomart-tokayev", days=False)


@admin.register(Organ)
class OrganAdmin(RecordAdmin):
    """Organs, forces, and bodies outside the Organization."""

    columns = ("name_ru", "abbreviation_en", "type", "parent", "established_on", "dissolved_on")
    filters = ("parent",)
    id_rule = IdRule(example="csc", days=False)


@admin.register(Office)
class OfficeAdmin(RecordAdmin):
    """Offices of states and organs."""

    columns = ("name_ru", "role", "state", "organ", "abolished_on")
    filters = ("state", "organ")
    id_rule = IdRule(example="kaz/president", days=False)


@admin.register(Term)
class TermAdmin(RecordAdmin):
    """Who held which office from when to when."""

    columns = ("person", "office", "acting", "began_on", "ended_on")
    filters = ("office",)
    id_rule = IdRule(example="kaz/president/kassym-jomart-tokayev/2019-06-12", below="office")


@admin.register(MembershipPeriod)
class MembershipPeriodAdmin(RecordAdmin):
    """Periods as member, observer or partner, in the Organization or an organ."""

    columns = ("state", "body", "organ", "standing", "began_on", "ended_on", "ended_by")
    filters = ("state", "organ")
    id_rule = IdRule(example="kaz/member/2003-09-18", below="state")


@admin.register(ParticipationPause)
class ParticipationPauseAdmin(RecordAdmin):
    """When a state itself stopped taking part."""

    columns = ("state", "began_on", "ended_on")
    filters = ("state",)
    id_rule = IdRule(example="arm/pause/2024-02", below="state")
