"""Comparisons as JSON: the same days, changes and pieces as on the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstokb.listing.names import Names
from cstokb.redline import Redline
from treaty.alignment import Outcome, Pair, Step, since
from treaty.compare_days import Compared
from treaty.page_compare import noted
from treaty.page_parts import Item
from treaty.reading import Wording


def record(told: Compared) -> dict[str, Any]:
    """An instrument between two days."""
    return {
        "instrument": told.row["entry__slug"],
        "from": told.first.isoformat(),
        "to": told.last.isoformat(),
        "lang": told.language,
        "languages_held": list(told.languages),
        "notices": notice_records(noted(told)),
        "counts": {
            outcome.value: sum(pair.outcome == outcome for pair in told.pairs)
            for outcome in Outcome
            if outcome != Outcome.HEADING
        },
        "changes": _changes(told),
        "undated_changes": [
            {
                "made_by": _id(key, told.names),
                "provisions": [pair.part.id for pair in told.pairs if key in pair.undated],
            }
            for key in told.undated
        ],
        "change_days": [day.isoformat() for day, _pairs in told.days],
        "provisions": [_provision(pair, told) for pair in told.pairs],
    }


def _changes(told: Compared) -> list[dict[str, Any]]:
    steps = {step for pair in told.changed for step in pair.steps}
    steps |= {Step(day, one.made_by) for one in told.whole if (day := since(one))}
    return [
        {
            "day": step.day.isoformat(),
            "made_by": _id(step.made_by, told.names),
            "provisions": [pair.part.id for pair in told.changed if step in pair.steps],
        }
        for step in sorted(steps, key=Step.in_order)
    ]


def _id(key: int | None, names: Names) -> str | None:
    return names[key].id if key is not None and key in names else None


def _provision(pair: Pair, told: Compared) -> dict[str, Any]:
    return {
        "id": pair.part.id,
        "outcome": pair.outcome.value,
        "renumbered": pair.is_renumbered,
        "from": _side(pair.before.number, pair.before.state, pair.old),
        "to": _side(pair.after.number, pair.after.state, pair.new),
        "made_by": [_id(step.made_by, told.names) for step in pair.steps] if pair.is_change else [],
        "amendments": [one.id for one in pair.amendings],
        "redline": pieces_record(pair.redline),
    }


def _side(number: str, state: str, one: Wording | None) -> Mapping[str, Any]:
    return {"number": number, "state": str(state), **wording_record(one)}


def wording_record(one: Wording | None) -> dict[str, Any]:
    """A wording as the comparisons in JSON name it; nulls where there is none."""
    if one is None:
        return {
            "wording": None,
            "language": None,
            "standing": None,
            "began_on": None,
            "ended_on": None,
            "text": None,
            "note_en": None,
            "note_ru": None,
        }
    began, ended = one.period.began_on, one.period.ended_on
    return {
        "wording": one.id,
        "language": one.language,
        "standing": one.standing,
        "began_on": began.edtf if began else None,
        "ended_on": ended.edtf if ended else None,
        "text": one.text,
        "note_en": one.note_en,
        "note_ru": one.note_ru,
    }


def pieces_record(made: Redline | None) -> list[dict[str, str]] | None:
    """The pieces of a redline; null where there is none."""
    return [{"kind": piece.kind.value, "text": piece.text} for piece in made.pieces] if made else None


def notice_records(found: Sequence[Item]) -> list[dict[str, str]]:
    """What a reader must know first, as on the page."""
    return [{"title": one["title"], "text": " ".join(one["paragraphs"])} for one in found]
