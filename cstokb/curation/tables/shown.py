"""What a plan looks like on a page: JSON values in words, no more rows than a page holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cstokb.curation.tables.evidence import DEFAULTS
from cstokb.curation.tables.layout import Layout
from cstokb.curation.tables.names import line_of
from cstokb.curation.tables.plan import NAMES, Line, Plan, State

#: How many rows a page shows with a box to tick; those beyond are taken with the rest.
MOST_SHOWN = 400
#: Changes of records that stand are written in one step, a thousand in some four seconds; from here on it is told.
LONG_STEP, SECONDS_A_THOUSAND = 1_000, 4
_LONGEST = 400


def found(plan: Plan) -> dict[str, Any]:
    """Everything that the page of a dry run shows, and the versions it was made against."""
    grid, asking = plan.grid, plan.asking()
    return {
        "format": grid.format,
        "encoding": grid.encoding,
        "encoding_from": grid.encoding_from,
        "delimiter": grid.delimiter,
        "delimiter_from": grid.delimiter_from,
        "sheets": list(grid.sheets),
        "sheet": grid.sheet,
        "rows": len(plan.lines),
        "empty": grid.empty,
        "told": [[NAMES[state](), count] for state, count in plan.told_states()],
        "public": plan.binding.public,
        "unread": [
            {"name": one.name, "letter": one.letter, "why": one.why, "strange": one.strange}
            for one in plan.binding.unread
        ],
        "asking": len(asking),
        "wrong": sum(bool(line.faults) for line in asking),
        "proposals": sum(line.writes and not line.at_once for line in asking),
        "one_step": sum(line.state is State.CHANGED for line in asking),
        "lines": [_line(line, plan.layout) for line in asking[:MOST_SHOWN]],
        "sources": [{"title": one.title, "url": one.url} for one in plan.sources.values()][:MOST_SHOWN],
        "seen": plan.seen(),
    }


def long_step(found: Mapping[str, Any]) -> dict[str, int] | None:
    """How many changes are written in one step, and how many seconds others wait for it; None where few notice."""
    changes = found.get("one_step", 0)
    if changes < LONG_STEP:
        return None
    return {"changes": changes, "seconds": changes * SECONDS_A_THOUSAND // 1000}


def _line(line: Line, layout: Layout) -> dict[str, Any]:
    return {
        "number": line.number,
        "id": line.slug,
        "label": line.label,
        "state": line.state.value,
        "state_name": NAMES[line.state](),
        "proposal": line.writes and not line.at_once,
        "differences": [
            {"label": _label(one.name, layout), "sides": _sides(one.name, one.old, one.new)}
            for one in line.differences
        ],
        "faults": [fault.as_json() for fault in line.faults],
    }


def _label(name: str, layout: Layout) -> str:
    if name == "evidence":
        return _("evidence")
    column = layout.column(name)
    return str(column.label) if column else name


def _sides(name: str, old: Any, new: Any) -> tuple[str, str]:
    """Both sides in words; of evidence only what comes or changes, since the rest stands as it stood."""
    if name == "evidence":
        before, after = list(old or ()), list(new)
        old, new = [one for one in before if one not in after], [one for one in after if one not in before]
    return value(name, old), value(name, new)


def value(name: str, said: Any) -> str:
    """A value of a proposal in words."""
    if said is None:
        return ""
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    pieces = [_piece(name, one) for one in said] if isinstance(said, list) else [str(said)]
    return Truncator("; ".join(pieces)).chars(_LONGEST)


def _piece(name: str, one: Any) -> str:
    if not isinstance(one, Mapping):
        return str(one)
    return line_of(one) if name == "names" else _evidence(one)


def _evidence(piece: Mapping[str, Any]) -> str:
    rest: Sequence[Any] = [said for part, said in piece.items() if said and DEFAULTS.get(part) != said]
    return ", ".join(str(said) for said in rest)
