"""The standing of every state on a day; what it follows from is read in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import CharField, Value

from cstokb.records.scope import Scope
from members.models import MembershipPeriod, ParticipationPause
from members.status import NO_STANDING, Spell, StandingOn, standing_on

PAUSE = "pause"
COLUMNS = ("state_id", "standing", "entry__slug", "began_on", "ended_on", "ended_by")


def standings(told: Iterable[tuple[int, Spell]], day: date) -> Mapping[int, StandingOn]:
    """How each state that ever had a period or a pause stood to the Organization; others have no standing."""
    spells: dict[int, list[Spell]] = defaultdict(list)
    pauses: dict[int, list[Spell]] = defaultdict(list)
    for state_id, spell in told:
        (pauses if spell.standing == PAUSE else spells)[state_id].append(spell)
    states = dict.fromkeys([*spells, *pauses])
    return defaultdict(
        lambda: NO_STANDING,
        {key: standing_on(day, spells.get(key, ()), pauses.get(key, ())) for key in states},
    )


def spells_of(scope: Scope) -> list[tuple[int, Spell]]:
    """Periods in the Organization itself, and pauses, of every state."""
    memberships = scope.rows(MembershipPeriod).filter(organ_id__isnull=True, state_id__isnull=False)
    pauses = scope.rows(ParticipationPause).annotate(
        standing=Value(PAUSE, CharField()), ended_by=Value("", CharField())
    )
    first, second = (rows.order_by().values_list(*COLUMNS) for rows in (memberships, pauses))
    both = first.union(second, all=True).order_by()
    return [
        (state_id, Spell(slug, standing, began_on, ended_on, ended_by))
        for state_id, standing, slug, began_on, ended_on, ended_by in both
    ]
