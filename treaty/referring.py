"""What provisions refer to and what refers to them: what editors recorded and what the texts say, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from treaty import fetching
from treaty.detection import found_in

Item = dict[str, Any]
_ENDS = ("provision", "target_provision", "target_instrument")
_SAID = ("wording", "start", "end", "words")


class FoundBy(TextChoices):
    """Who says that something refers to something."""

    EDITOR = "editor", _("an editor")
    DETECTED = "detected", _("the text")


def references_of(provisions: Iterable[int], ask: Ask) -> tuple[list[Item], list[Item]]:
    """What provisions refer to, and what refers to them; two queries.

    Items are {provision, target_provision, target_instrument, why_en, why_ru, found_by, ambiguous, wording, start,
    end, words}; provisions, instruments and wordings are row ids. There is one item for each pair: an editor's says
    also where a text says the same, and a text that says it several times is shown where it says it first. Of an
    earlier moment only what the texts of the provisions themselves say is found; who refers to them, editors said.
    """
    wanted = frozenset(provisions)
    items = ask.once(
        ("referring", wanted), lambda: _merged([*_recorded(wanted, ask), *_detected(wanted, ask)])
    )
    made = [one for one in items if one["provision"] in wanted]
    return made, [one for one in items if one["target_provision"] in wanted]


def _recorded(wanted: frozenset[int], ask: Ask) -> Iterator[Item]:
    for row in fetching.references(wanted, ask):
        yield {
            **{name: row[f"{name}_id"] for name in _ENDS},
            "why_en": row["why_en"] or None,
            "why_ru": row["why_ru"] or None,
            "found_by": FoundBy.EDITOR.value,
            "ambiguous": False,
            **dict.fromkeys(_SAID),
        }


def _detected(wanted: frozenset[int], ask: Ask) -> Iterator[Item]:
    """What the texts say; what is certain first."""
    if ask.scope.known_on is None:
        found: Iterable[Mapping[str, Any]] = fetching.detected(wanted, ask)
    else:
        texts = (vars(one) for one in found_in(Q(provision_id__in=wanted), ask.scope))
        found = sorted((one for one in texts if one["held"]), key=lambda one: bool(one["ambiguous"]))
    for row in found:
        provision = row["target_provision_id"]
        yield {
            "provision": row["provision_id"],
            "target_provision": provision,
            "target_instrument": None if provision else row["target_instrument_id"],
            "why_en": None,
            "why_ru": None,
            "found_by": FoundBy.DETECTED.value,
            "ambiguous": row["ambiguous"],
            "wording": row["wording_id"],
            **{name: row[name] for name in ("start", "end", "words")},
        }


def _merged(items: Iterable[Item]) -> list[Item]:
    """One item for each pair; an editor's also says where the text says it."""
    kept: dict[tuple[Any, ...], Item] = {}
    for one in items:
        key = tuple(one[name] for name in _ENDS)
        first = kept.setdefault(key, one)
        if first is not one and first["wording"] is None:
            kept[key] = {**first, **{name: one[name] for name in _SAID}}
    return list(kept.values())
