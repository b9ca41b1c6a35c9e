"""What tasks do. Each tells how far it is and notes what it found; cut off, it leaves the records as they were."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from cstokb.curation.checks import DOUBTS, RULES
from cstokb.curation.models import Task, TaskKind
from cstokb.records.consistency import Rule
from cstokb.records.publish import WriteRefused
from cstokb.records.rebuilding import DOCUMENTS, RebuildRunning, rebuild

#: How many findings of one run are kept; the count of all is kept too.
MOST_KEPT = 500


def make_index(task: Task) -> None:
    """The search index beside the one that serves, put in its place at the end.

    Raises:
        WriteRefused: when another process is at it.
    """
    done = 0
    try:
        for step in rebuild(timezone.now()):
            task.tell(str(step.what), at=timezone.now(), done=step.done, total=step.total)
            done = step.done if step.what is DOCUMENTS else 0
    except RebuildRunning as error:
        raise WriteRefused(_("Another process makes the index anew already.")) from error
    task.end({"indexed": done}, at=timezone.now())


def check_laws(task: Task) -> None:
    """Every rule over everything that stands."""
    today = timezone.now().date()
    found: dict[str, list[str]] = {"broken": [], "doubts": []}
    rules: list[tuple[str, Rule]] = [("broken", rule) for rule in RULES] + [
        ("doubts", rule) for rule in DOUBTS
    ]
    for done, (name, rule) in enumerate(rules):
        task.tell(_("Checking the laws of the model"), at=timezone.now(), done=done, total=len(rules))
        found[name] += [str(one) for one in rule(today)]
    counts = {f"{name}_count": len(rows) for name, rows in found.items()}
    kept = {name: rows[:MOST_KEPT] for name, rows in found.items()}
    task.end({**kept, **counts, "laws": len(RULES)}, at=timezone.now())


JOBS: dict[str, Callable[[Task], None]] = {TaskKind.INDEX: make_index, TaskKind.CHECKS: check_laws}
