"""The lists of states, memberships, people, offices, terms and organs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.listing.ask import Ask
from cstokb.listing.columns import (
    Boolean,
    Choice,
    Data,
    Date,
    Ref,
    RefName,
    Text,
    Texts,
    bilingual,
)
from cstokb.listing.filterset import Rows
from cstokb.listing.listing import Listing
from cstokb.listing.ordering import oldest_first
from cstokb.listing.panels import Panel
from cstokb.listing.table import Row
from members import cards, filters
from members.choices import OfficeRole, OrganKind, PeriodEnd, PeriodStanding, RoleStatus, Standing
from members.filters import standings_asked
from members.models import MembershipPeriod, Office, Organ, ParticipationPause, Person, State, Term
from members.names import former_names
from members.status import StandingOn, last_day, role_status
from members.tables import own_term_table, term_table

# -- states --------------------------------------------------------------------------------------------------------


def _standings(rows: Sequence[Row], ask: Ask) -> Mapping[int, StandingOn]:
    return standings_asked(ask)


def _standing(row: Row, known: Mapping[int, StandingOn]) -> str | None:
    return known[row["entry_id"]].certain


def _paused(row: Row, known: Mapping[int, StandingOn]) -> bool | None:
    return {"yes": True, "no": False}.get(known[row["entry_id"]].paused.answer.value)


def _blocked(row: Row, known: Mapping[int, StandingOn]) -> tuple[str, ...]:
    one = known[row["entry_id"]]
    return (*one.blocked_by, *one.paused.blocked_by)


def _periods(rows: Sequence[Row], ask: Ask) -> dict[str, dict[int, list[dict[str, Any]]]]:
    ids = [row["entry_id"] for row in rows]
    names = ("state_id", "entry__slug", "began_on", "ended_on")
    order = (F("began_on_min").asc(nulls_last=True), "entry_id")
    spells = ask.scope.rows(MembershipPeriod).filter(state_id__in=ids).order_by(*order)
    pauses = ask.scope.rows(ParticipationPause).filter(state_id__in=ids).order_by(*order)
    return {
        "memberships": _grouped(spells.values(*names, "standing", "organ_id", "ended_by")),
        "pauses": _grouped(pauses.values(*names, "summary_en", "summary_ru")),
    }


def _grouped(rows: Any) -> dict[int, list[dict[str, Any]]]:
    """Periods by state, as objects of the API."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        state = row.pop("state_id")
        item = {"id": row.pop("entry__slug"), **row}
        for name in ("began_on", "ended_on"):
            item[name] = item[name].edtf if item[name] else None
        if "organ_id" in item:
            item["organ"] = item.pop("organ_id")
        found[state].append({name: value if value != "" else None for name, value in item.items()})
    return found


def _text(label: Any = "") -> serializers.CharField:
    return serializers.CharField(allow_null=True, help_text=str(label))


STATES = Listing(
    kind="state",
    tells_day=True,
    model=State,
    filters=filters.StateFilter,
    api="states",
    path="/states/",
    title=_("States"),
    description=_(
        "States that are or were parties, members, observers or partners, and how each stood on the day shown."
    ),
    heading=("name_en", "name_ru"),
    facets=("standing", "topic"),
    columns=(
        Text("alpha2", _("alpha-2 code")),
        *bilingual("name", _("name"), _("name (Russian)")),
        *bilingual("official", _("official name"), _("official name (Russian)")),
        *bilingual("capital", _("capital"), _("capital (Russian)")),
        Choice(
            "standing",
            _("standing on the day asked about; null where it is not known"),
            _standing,
            words=Standing,
        ),
        Date(
            "standing_since", _("first day of that standing"), lambda row, known: known[row["entry_id"]].since
        ),
        Boolean(
            "standing_paused",
            _("whether the state itself had stopped taking part; null where not known"),
            _paused,
        ),
        Texts("standing_blocked_by", _("facts that keep the answer from being known"), _blocked),
    ),
    prepare=_standings,
    details=(
        Data(
            "memberships",
            _("periods in the Organization and in its organs"),
            lambda row, made: made["memberships"].get(row["entry_id"], ()),
            ids=("organ",),
            title="StateMembership",
            members={
                "id": serializers.CharField(),
                "standing": serializers.ChoiceField(choices=PeriodStanding.values),
                "organ": _text(_("Null: the Organization itself.")),
                "began_on": _text(),
                "ended_on": _text(_("Null: it goes on.")),
                "ended_by": _text(),
            },
        ),
        Data(
            "pauses",
            _("times in which the state itself took no part"),
            lambda row, made: made["pauses"].get(row["entry_id"], ()),
            title="StatePause",
            members={
                "id": serializers.CharField(),
                "began_on": _text(),
                "ended_on": _text(_("Null: it goes on.")),
                "summary_en": _text(),
                "summary_ru": _text(),
            },
        ),
    ),
    prepare_details=_periods,
    card=cards.state_card,
)

# -- memberships ---------------------------------------------------------------------------------------------------


MEMBERSHIPS = Listing(
    kind="membership",
    model=MembershipPeriod,
    filters=filters.MembershipFilter,
    api="memberships",
    title=_("Periods of membership"),
    order=oldest_first("began_on"),
    dated="began_on",
    home="state",
    columns=(
        Ref("state", _("state")),
        Ref("body", _("assembly or body that is no state")),
        Ref("organ", _("organ; null for the Organization itself")),
        Choice("standing", _("standing"), words=PeriodStanding),
        Date("began_on", _("first day")),
        Date("ended_on", _("last day; null: it goes on")),
        Choice("ended_by", _("ended by"), words=PeriodEnd),
    ),
    card=cards.member_card,
)

# -- people --------------------------------------------------------------------------------------------------------


def telling_terms(person: str, ask: Ask) -> Rows:
    """The terms of the outer query's person, that which says what somebody is on the day asked about first.

    That is one that holds the day, else the latest. ``over`` says of each that its office, or the organ, is gone by
    then, so that nobody holds it any more.
    """
    begun = Q(began_on_min__isnull=True) | Q(began_on_min__lte=ask.day)
    gone = When(office_id__in=filters.closed_offices(ask, ask.day), then=Value(True))
    terms = ask.scope.rows(Term).filter(begun, person_id=OuterRef(person))
    telling: Rows = terms.annotate(over=Case(gone, default=Value(False))).order_by(
        "over",
        F("ended_on_max").desc(nulls_first=True),
        F("began_on_min").desc(nulls_last=True),
        "entry_id",
    )
    return telling


def _with_role(rows: Rows, ask: Ask) -> Rows:
    """People with the term that says what they are on the day asked about."""
    terms = telling_terms("entry_id", ask)
    columns = {
        "term_office": "office_id",
        "term_began_on": "began_on",
        "term_ended_on": "ended_on",
        "term_over": "over",
    }
    found: Rows = rows.annotate(
        **{name: Subquery(terms.values(column)[:1]) for name, column in columns.items()}
    )
    return found


def _day(rows: Sequence[Row], ask: Ask) -> Ask:
    return ask


def _role_status(row: Row, ask: Ask) -> str | None:
    if row["term_office"] is None:
        return None
    return role_status(ask.day, row["term_began_on"], row["term_ended_on"], over=row["term_over"])


def _office_of(row: Row, ask: Ask) -> int | None:
    office: int | None = row["term_office"]
    return office


TERM_COLUMNS = ("term_office", "term_began_on", "term_ended_on", "term_over")
PEOPLE = Listing(
    kind="person",
    tells_day=True,
    model=Person,
    filters=filters.PersonFilter,
    api="people",
    path="/people/",
    title=_("People"),
    description=_(
        "Heads of state and of government, secretaries general and others who sat, signed or spoke."
    ),
    heading=("name_en", "name_ru"),
    facets=("role", "state", "organ", "topic"),
    base=_with_role,
    columns=(
        *bilingual("name", _("name"), _("name (Russian)")),
        Ref("office", _("office held on the day asked about, or held last"), _office_of, needs=TERM_COLUMNS),
        RefName("role", _("title of that office"), _office_of, needs=TERM_COLUMNS),
        Choice(
            "role_status",
            _("whether the office is held on the day asked about"),
            _role_status,
            needs=TERM_COLUMNS,
            words=RoleStatus,
        ),
    ),
    prepare=_day,
    card=cards.person_card,
)

# -- offices -------------------------------------------------------------------------------------------------------

OFFICES = Listing(
    kind="office",
    model=Office,
    filters=filters.OfficeFilter,
    api="offices",
    title=_("Offices"),
    heading=("name_en", "name_ru"),
    home="state",
    columns=(
        *bilingual("name", _("title"), _("title (Russian)")),
        Choice("role", _("role"), words=OfficeRole),
        Ref("state", _("state")),
        Ref("organ", _("organ")),
        Date("abolished_on", _("abolished on; null: it exists")),
    ),
)

# -- terms ---------------------------------------------------------------------------------------------------------


def _with_ends(rows: Rows, ask: Ask) -> Rows:
    """Terms with the days on which their office and its organ ended."""
    office = ask.scope.rows(Office).filter(entry_id=OuterRef("office_id"))
    organ = ask.scope.rows(Organ).filter(entry_id=OuterRef("office_organ"))
    with_office = rows.annotate(
        office_ended_on=Subquery(office.values("abolished_on")[:1]),
        office_organ=Subquery(office.values("organ_id")[:1]),
    )
    ended: Rows = with_office.annotate(organ_ended_on=Subquery(organ.values("dissolved_on")[:1]))
    return ended


def _names_then(rows: Sequence[Row], ask: Ask) -> dict[int, dict[str, str]]:
    return former_names((row["person_id"] for row in rows), ask.on, ask.scope) if ask.on else {}


def _name_then(language: str) -> Any:
    return lambda row, known: known.get(row["person_id"], {}).get(language)


def _body_ended(row: Row, known: Any) -> Any:
    return last_day(row["office_ended_on"], row["organ_ended_on"])


TERMS = Listing(
    kind="term",
    tells_day=True,
    model=Term,
    filters=filters.TermFilter,
    api="terms",
    title=_("Terms of office"),
    order=filters.NEWEST_TERM_FIRST,
    dated="began_on",
    home="person",
    base=_with_ends,
    columns=(
        Ref("person", _("person")),
        RefName("person_name", _("name of the person"), "person"),
        Text(
            "name_then_en",
            _("name borne on the day of on=, where it was another"),
            _name_then("en"),
            needs=("person_id",),
        ),
        Text("name_then_ru", _("the same in Russian"), _name_then("ru"), needs=("person_id",)),
        Ref("office", _("office")),
        RefName("office_name", _("title of the office"), "office"),
        Boolean("acting", _("acting")),
        Date("began_on", _("first day")),
        Date("ended_on", _("last day; null: in office")),
        Date(
            "body_ended_on",
            _("last day of the office or its organ, where it is gone"),
            _body_ended,
            needs=("office_ended_on", "organ_ended_on"),
        ),
    ),
    prepare=_names_then,
)

# -- organs --------------------------------------------------------------------------------------------------------


ORGANS = Listing(
    kind="organ",
    tells_day=True,
    model=Organ,
    filters=filters.OrganFilter,
    api="organs",
    path="/organs/",
    title=_("Organs"),
    description=_("Organs and forces of the Organization, and bodies outside it that its records name."),
    heading=("name_en", "name_ru"),
    facets=("type", "parent", "topic"),
    summary=("function_en", "function_ru"),
    columns=(
        *bilingual("name", _("name"), _("name (Russian)")),
        *bilingual("abbreviation", _("abbreviation"), _("abbreviation (Russian)")),
        Choice("type", _("kind"), words=OrganKind),
        Ref("parent", _("part of")),
        Date("established_on", _("established on")),
        Date("dissolved_on", _("dissolved on; null: it exists")),
        *bilingual("function", _("what it does"), _("what it does (Russian)")),
        *bilingual("strength", _("strength"), _("strength (Russian)")),
    ),
    card=cards.organ_card,
)

# -- panels --------------------------------------------------------------------------------------------------------


PANELS: dict[str, tuple[Panel, ...]] = {
    "state": (Panel(TERMS, "state", table=term_table),),
    "person": (Panel(TERMS, "person", table=own_term_table, limit=50),),
    "organ": (
        Panel(ORGANS, "parent", _("Organs and bodies below it")),
        Panel(TERMS, "organ", table=term_table),
        Panel(MEMBERSHIPS, "organ", _("Members, observers and partners in it")),
    ),
}
LISTINGS = (STATES, MEMBERSHIPS, PEOPLE, OFFICES, TERMS, ORGANS)
