"""Laws of sessions, attendance and the chair that no single row can hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cstokb.records.consistency import Broken, Rule, called
from cstokb.records.said import day_said, days_said
from cstokb.records.scope import NOW
from members.consistency import grouped, overlaps
from summits.choices import Mode, SessionFormat, SessionStatus
from summits.models import Attendance, Chairmanship, Invocation, Session
from summits.turns import computed_words, contradicted, course_in, rule_said


def planned_sessions_have_no_attendance(today: date) -> Iterator[Broken]:
    """Nobody sat in a session that did not take place."""
    rows = Attendance.objects.exclude(session__status=SessionStatus.HELD).exclude(mode=Mode.ABSENT)
    for row in rows.select_related("entry"):
        yield Broken("sessions", "attendance", row.public_id, _("sat in a session that was not held"))


def nobody_sat_in_person_by_video(today: date) -> Iterator[Broken]:
    """In a session by video nobody is in person."""
    rows = Attendance.objects.filter(session__format=SessionFormat.VIDEO, mode=Mode.IN_PERSON)
    for row in rows.select_related("entry"):
        yield Broken("sessions", "attendance", row.public_id, _("in person in a session by video"))


def sessions_held_lie_in_the_past(today: date) -> Iterator[Broken]:
    """A session is held when its first day has come."""
    said = format_lazy(_("held, and begins after {day}"), day=day_said(today))
    rows = Session.objects.filter(status=SessionStatus.HELD, began_on_min__gt=today)
    for row in rows.select_related("entry"):
        yield Broken("sessions", "session", row.public_id, said)


def chairs_share_at_most_the_hand_over(today: date) -> Iterator[Broken]:
    """Two published chairmanships share at most the day of hand-over."""
    rows = Chairmanship.objects.published().select_related("entry")
    yield from overlaps("chair", "chairmanship", {None: list(rows)}, shared_days=1)


def one_state_chairs_once_at_a_time(today: date) -> Iterator[Broken]:
    """Chairmanships of one state share no day."""
    groups = grouped(Chairmanship.objects.select_related("entry"), "state_id")
    yield from overlaps("chair", "chairmanship", groups, shared_days=1)


def requests_have_an_outcome_and_context_says_why(today: date) -> Iterator[Broken]:
    """A counted invocation has an outcome; a row kept as context says why it is one."""
    for row in Invocation.objects.published().select_related("entry"):
        if row.context and not row.context_en:
            yield Broken("invocations", "invocation", row.public_id, _("context without a reason"))
        if not row.context and not row.outcome:
            yield Broken("invocations", "invocation", row.public_id, _("a request without an outcome"))


def chairmanships_follow_from_the_rule(today: date) -> Iterator[Broken]:
    """Law 11: a stored chairmanship that certainly is not the one that follows from the Charter is a contradiction.

    It breaks no law of the model: the record may be wrong, or a decision otherwise is not recorded. A curator weighs
    it.
    """
    for row, one in contradicted(NOW).values():
        fields = [called(Chairmanship, name) for name in one.contradicted]
        values = {"rule": rule_said(), "computed": computed_words(one)}
        values["stored"] = days_said(row["began_on"], row["ended_on"])
        said = format_lazy(_("{rule} gives {computed}, stored is {stored}"), **values)
        named = format_lazy("{}: {}", format_lazy(", ".join(["{}"] * len(fields)), *fields), said)
        yield Broken("chair", "chairmanship", row["entry__slug"], named, one.contradicted[0])


def sessions_pass_the_chair_as_the_rule_has_it(today: date) -> Iterator[Broken]:
    """Law 11: a session is recorded to have passed the chair to the state that the rule or an exception gives."""
    misled = [turn.began_at for turn in course_in(NOW).misled()]
    for row in Session.objects.filter(pk__in=misled).select_related("entry"):
        said = format_lazy(_("passed the chair to another state than {rule} gives"), rule=rule_said())
        yield Broken("chair", "session", row.public_id, said)


#: What a curator weighs: stored facts that disagree with computed ones and break no law of the model.
DOUBTS: tuple[Rule, ...] = (
    chairmanships_follow_from_the_rule,
    sessions_pass_the_chair_as_the_rule_has_it,
)

RULES: tuple[Rule, ...] = (
    planned_sessions_have_no_attendance,
    nobody_sat_in_person_by_video,
    sessions_held_lie_in_the_past,
    chairs_share_at_most_the_hand_over,
    one_state_chairs_once_at_a_time,
    requests_have_an_outcome_and_context_says_why,
)
