"""The lists of sessions, attendance, chairmanships, invocations, activities and milestones."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.columns import (
    Boolean,
    Choice,
    Date,
    Integer,
    Ref,
    RefName,
    Text,
    bilingual,
)
from cstokb.listing.filterset import Rows
from cstokb.listing.listing import Listing
from cstokb.listing.ordering import newest_first
from cstokb.listing.panels import Panel
from cstokb.listing.table import Row
from summits import cards, chair_filters, chairs, details, filters
from summits.choices import (
    ActivityKind,
    ActivityStatus,
    Capacity,
    ChairBasis,
    Mode,
    Outcome,
    SessionFormat,
    SessionKind,
    SessionStatus,
)
from summits.models import (
    Activity,
    Attendance,
    ChairException,
    Chairmanship,
    Invocation,
    Milestone,
    Session,
)

# -- sessions ------------------------------------------------------------------------------------------------------


def with_last_day(rows: Rows, ask: Ask) -> Rows:
    """Sessions with the first and last possible day of their end: without a last day they ended as they began."""
    ends = {
        f"last_on_{bound}": Coalesce(f"ended_on_{bound}", f"began_on_{bound}") for bound in ("min", "max")
    }
    annotated: Rows = rows.annotate(**ends)
    return annotated


def _counted(row: Row, made: Any) -> bool:
    return bool(row["status"] == SessionStatus.HELD and row["type"] != SessionKind.CONSULTATION)


SESSIONS = Listing(
    kind="session",
    citable=True,
    model=Session,
    filters=filters.SessionFilter,
    api="sessions",
    path="/summits/",
    title=_("Summits and sessions"),
    description=_(
        "Meetings of the Council and of other organs. Planned and cancelled ones are listed and marked."
    ),
    heading=("title_en", "title_ru"),
    order=filters.NEWEST_SESSION_FIRST,
    facets=("type", "status", "counted", "organ", "state", "year", "topic"),
    dated="began_on",
    summary=("summary_en", "summary_ru"),
    base=with_last_day,
    columns=(
        *bilingual("title", _("title"), _("title (Russian)")),
        Choice("type", _("kind"), words=SessionKind),
        Choice("format", _("how those present met"), words=SessionFormat),
        Choice("status", _("status"), words=SessionStatus),
        Boolean("counted", _("whether it counts as a meeting"), _counted, needs=("status", "type")),
        Ref("organ", _("organ")),
        RefName("organ_name", _("name of the organ"), "organ"),
        Date("began_on", _("first day")),
        Date("ended_on", _("last day; null: the same day")),
        *bilingual("city", _("city"), _("city (Russian)")),
        Ref("country", _("country")),
        *bilingual("country", _("country that is no state of the knowledge base"), _("the same in Russian")),
        *bilingual("venue", _("venue"), _("venue (Russian)")),
        Ref("chair_state", _("state in the chair, as reported")),
        RefName("chair_state_name", _("name of that state"), "chair_state"),
        Ref("chair_person", _("person in the chair, as reported")),
        Ref("next_chair_state", _("state to which the chair passed")),
        *bilingual("summary", _("summary in our words"), _("summary in our words (Russian)")),
    ),
    details=details.SESSION_DETAILS,
    prepare_details=details.of_sessions,
    card=cards.session_card,
)

# -- attendance ----------------------------------------------------------------------------------------------------


def _with_session(rows: Rows, ask: Ask) -> Rows:
    """Attendance with the days and the id of its session."""
    sessions = ask.scope.rows(Session).filter(entry_id=OuterRef("session_id"))
    columns = {
        "held_on": "began_on",
        "held_on_min": "began_on_min",
        "held_on_max": "began_on_max",
        "held_to": "ended_on",
        "held_at": "entry__slug",
        "held_status": "status",
        "held_type": "type",
    }
    annotated: Rows = rows.annotate(
        **{name: Subquery(sessions.values(column)[:1]) for name, column in columns.items()}
    )
    return annotated


def _seat_counted(row: Row, made: Any) -> bool:
    return bool(row["held_status"] == SessionStatus.HELD and row["held_type"] != SessionKind.CONSULTATION)


ATTENDANCES = Listing(
    kind="attendance",
    model=Attendance,
    filters=filters.AttendanceFilter,
    api="attendances",
    path="/attendances/",
    title=_("Attendance"),
    description=_("Who sat for a state or an organ in a session, in what capacity and how."),
    order=filters.NEWEST_SEAT_FIRST,
    facets=("state", "capacity", "mode", "counted"),
    dated="held_on",
    home="session",
    base=_with_session,
    columns=(
        Ref("session", _("session")),
        RefName("session_title", _("title of the session"), "session"),
        Date("held_on", _("first day of the session")),
        Ref("state", _("state")),
        Ref("organ", _("organ")),
        Ref("person", _("person")),
        RefName("person_name", _("name of the person"), "person"),
        Ref("office", _("office")),
        Text("office_en", _("office on that day, as the source names it")),
        Text("office_ru", _("the same in Russian")),
        Choice("capacity", _("capacity"), words=Capacity),
        Choice("mode", _("how somebody took part"), words=Mode),
        Boolean("signed", _("signed a text of the session")),
        Ref("represents", _("person who was represented")),
        *bilingual("reason", _("stated reason"), _("stated reason (Russian)")),
        Boolean("name_inferred", _("the name follows from the office alone")),
        Boolean(
            "counted",
            _("whether the session counts as a meeting"),
            _seat_counted,
            needs=("held_status", "held_type"),
        ),
    ),
    card=cards.seat_card,
)

# -- the chair -----------------------------------------------------------------------------------------------------

CHAIRMANSHIPS = Listing(
    kind="chairmanship",
    model=Chairmanship,
    filters=chair_filters.ChairmanshipFilter,
    api="chairmanships",
    path="/summits/chairmanships/",
    title=_("Chairmanships"),
    description=_(
        "Which state held the chair of the Council, and for which days. A day of hand-over has two."
    ),
    order=newest_first("began_on"),
    facets=("state", "basis"),
    dated="began_on",
    home="state",
    columns=(
        Ref("state", _("state")),
        RefName("state_name", _("name of the state"), "state"),
        Ref("person", _("person")),
        RefName("person_name", _("name of the person"), "person"),
        Date("began_on", _("first day")),
        Date("ended_on", _("last day; null: it holds the chair")),
        Choice("basis", _("on what the dates rest"), words=ChairBasis),
        *chairs.COMPUTED,
    ),
    prepare=chairs.computed,
    details=chairs.CHAIR_DETAILS,
    prepare_details=chairs.with_readings,
    card=cards.chair_card,
)

CHAIR_EXCEPTIONS = Listing(
    kind="chair-exception",
    model=ChairException,
    filters=chair_filters.ChairExceptionFilter,
    api="chair-exceptions",
    title=_("Exceptions to the rule of the chair"),
    description=_(
        "Sessions from which on the chair was with another state than the Charter's rule gives it to."
    ),
    home="session",
    columns=(
        Ref("session", _("session")),
        RefName("session_title", _("title of the session"), "session"),
        Ref("state", _("state that takes or keeps the chair")),
        RefName("state_name", _("name of the state"), "state"),
    ),
    card=cards.exception_card,
)

# -- invocations ---------------------------------------------------------------------------------------------------


INVOCATIONS = Listing(
    kind="invocation",
    model=Invocation,
    filters=filters.InvocationFilter,
    api="invocations",
    path="/invocations/",
    title=_("Invocations"),
    description=_("Every time a provision was invoked or asked for, what was decided and what came of it."),
    heading=("title_en", "title_ru"),
    order=newest_first("requested_on"),
    facets=("context", "outcome", "state", "provision", "year", "topic"),
    dated="requested_on",
    summary=("request_en", "request_ru"),
    columns=(
        *bilingual("title", _("title"), _("title (Russian)")),
        Date("requested_on", _("asked on")),
        Ref("state", _("state that asked")),
        RefName("state_name", _("name of the state"), "state"),
        Ref("provision", _("provision")),
        *bilingual("provision", _("provision as the sources name it"), _("the same in Russian")),
        *bilingual("addressee", _("asked of"), _("asked of (Russian)")),
        *bilingual("request", _("request"), _("request (Russian)")),
        *bilingual("decision", _("decision"), _("decision (Russian)")),
        Date("decided_on", _("decided on")),
        Choice("outcome", _("outcome"), words=Outcome),
        *bilingual("outcome", _("what came of it"), _("what came of it (Russian)")),
        Ref("session", _("session")),
        Ref("activity", _("operation")),
        Date("ended_on", _("ended on")),
        Boolean("context", _("no request under the Treaty: shown as background, never counted")),
        *bilingual("context", _("why it is context"), _("why it is context (Russian)")),
    ),
    details=details.INVOCATION_DETAILS,
    prepare_details=details.of_invocations,
    card=cards.invocation_card,
)

# -- activities ----------------------------------------------------------------------------------------------------


ACTIVITIES = Listing(
    kind="activity",
    model=Activity,
    filters=filters.ActivityFilter,
    api="activities",
    path="/activities/",
    title=_("Activities"),
    description=_("Operations and exercises: where, when, with which states and how many."),
    heading=("name_en", "name_ru"),
    order=newest_first("began_on"),
    facets=("type", "status", "state", "topic"),
    dated="began_on",
    summary=("description_en", "description_ru"),
    columns=(
        *bilingual("name", _("name"), _("name (Russian)")),
        Choice("type", _("kind"), words=ActivityKind),
        *bilingual("nature", _("nature"), _("nature (Russian)")),
        *bilingual("series", _("series"), _("series (Russian)")),
        Choice("status", _("status"), words=ActivityStatus),
        Date("began_on", _("first day")),
        Date("ended_on", _("last day; null: it goes on")),
        *bilingual("mandate", _("mandate"), _("mandate (Russian)")),
        *bilingual("place", _("place"), _("place (Russian)")),
        Integer("strength", _("strength")),
        Text("strength_qualifier", _("over, about, up to")),
        *bilingual("strength", _("strength in words"), _("strength in words (Russian)")),
        *bilingual("description", _("description in our words"), _("description in our words (Russian)")),
    ),
    details=details.ACTIVITY_DETAILS,
    prepare_details=details.of_activities,
    card=cards.activity_card,
)

# -- milestones ----------------------------------------------------------------------------------------------------

MILESTONES = Listing(
    kind="milestone",
    model=Milestone,
    filters=filters.MilestoneFilter,
    api="milestones",
    path="/milestones/",
    title=_("Milestones"),
    description=_("Dated facts of the Organization itself."),
    heading=("text_en", "text_ru"),
    order=newest_first("happened_on"),
    facets=("state", "organ", "topic"),
    dated="happened_on",
    columns=(
        *bilingual("text", _("what happened"), _("what happened (Russian)")),
        Date("happened_on", _("day")),
        *bilingual("place", _("place"), _("place (Russian)")),
        Ref("state", _("state")),
        Ref("organ", _("organ")),
        Ref("instrument", _("instrument")),
        Ref("session", _("session")),
        Boolean("planned", _("was only planned")),
    ),
    card=cards.milestone_card,
)

PANELS: dict[str, tuple[Panel, ...]] = {
    "state": (
        Panel(ATTENDANCES, "state", table=cards.seat_table, limit=100),
        Panel(CHAIRMANSHIPS, "state", table=cards.chair_table),
        Panel(INVOCATIONS, "state"),
        Panel(MILESTONES, "state"),
    ),
    "person": (
        Panel(ATTENDANCES, "person", table=cards.seat_table, limit=100),
        Panel(CHAIRMANSHIPS, "person", table=cards.chair_table),
    ),
    "organ": (
        Panel(CHAIRMANSHIPS, "organ", _("Chairs"), table=cards.chair_table, limit=30),
        Panel(SESSIONS, "organ"),
        Panel(ATTENDANCES, "organ", table=cards.seat_table),
        Panel(MILESTONES, "organ"),
    ),
    "instrument": (Panel(MILESTONES, "instrument"),),
    "provision": (Panel(INVOCATIONS, "provision", _("Invoked")),),
    "session": (
        Panel(CHAIR_EXCEPTIONS, "session", _("The chair, otherwise than by the Charter's rule")),
        Panel(INVOCATIONS, "session"),
        Panel(ACTIVITIES, "session", _("Operations on requests before it")),
        Panel(MILESTONES, "session"),
    ),
    "activity": (Panel(INVOCATIONS, "activity", _("Requests behind it")),),
}
LISTINGS = (SESSIONS, ATTENDANCES, CHAIRMANSHIPS, CHAIR_EXCEPTIONS, INVOCATIONS, ACTIVITIES, MILESTONES)
