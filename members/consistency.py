"""Laws of states, memberships and terms that no single row can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any, Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cstokb.dates import Period
from cstokb.records.consistency import Broken, Rule
from cstokb.records.said import held
from members.choices import PeriodStanding
from members.models import MembershipPeriod, Term

SharedDays = Literal[0, 1]


def overlaps(
    law: str, kind: str, groups: dict[Any, list[Any]], shared_days: SharedDays = 0
) -> Iterator[Broken]:
    """A broken law for every two rows of a group whose periods certainly share more days than allowed."""
    for rows in groups.values():
        for one, other in combinations(rows, 2):
            periods = (Period(one.began_on, one.ended_on), Period(other.began_on, other.ended_on))
            if None not in (one.began_on, other.began_on) and periods[0].certainly_overlaps(
                periods[1], shared_days
            ):
                said = format_lazy(_("overlaps {record}"), record=held(other))
                yield Broken(law, kind, one.public_id, said)


def grouped(rows: Iterable[Any], *names: str) -> dict[Any, list[Any]]:
    """Rows by the values of the named attributes."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[tuple(getattr(row, name) for name in names)].append(row)
    return groups


def memberships_do_not_overlap(today: date) -> Iterator[Broken]:
    """Law 3: periods of one state in one standing share no day."""
    rows = MembershipPeriod.objects.select_related("entry")
    groups = grouped(rows, "state_id", "body_id", "organ_id", "standing")
    yield from overlaps("periods", "membership", groups)


def terms_share_at_most_the_hand_over(today: date) -> Iterator[Broken]:
    """Law 3: terms of one person in one office, acting or not, share at most the day of hand-over."""
    groups = grouped(Term.objects.select_related("entry"), "person_id", "office_id")
    yield from overlaps("periods", "term", groups, shared_days=1)


def an_ended_membership_says_by_what(today: date) -> Iterator[Broken]:
    """Law 8: the standing after a membership follows from what ended it."""
    ended = MembershipPeriod.objects.filter(
        ended_on__isnull=False, ended_by="", standing=PeriodStanding.MEMBER
    )
    for row in ended.select_related("entry"):
        yield Broken("standing", "membership", row.public_id, _("ended, and nothing says by what"))


RULES: tuple[Rule, ...] = (
    memberships_do_not_overlap,
    terms_share_at_most_the_hand_over,
    an_ended_membership_says_by_what,
)
