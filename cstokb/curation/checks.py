"""Every rule of every app, in one list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import members.consistency
import statements.consistency
import summits.consistency
import treaty.consistency
from cstokb.records import consistency
from cstokb.records.consistency import Broken, Rule

RULES: tuple[Rule, ...] = (
    *consistency.RULES,
    *members.consistency.RULES,
    *treaty.consistency.RULES,
    *summits.consistency.RULES,
    *statements.consistency.RULES,
)

#: Rules whose findings break no law: stored facts that disagree with computed ones, for a curator to weigh.
DOUBTS: tuple[Rule, ...] = (*treaty.consistency.DOUBTS, *summits.consistency.DOUBTS)


def doubts(today: date) -> Iterator[Broken]:
    """Every stored fact that disagrees with a computed one."""
    for rule in DOUBTS:
        yield from rule(today)


def broken_laws(today: date) -> Iterator[Broken]:
    """Everything that breaks a law of the model, rule by rule."""
    for rule in RULES:
        yield from rule(today)
