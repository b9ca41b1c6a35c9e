"""How a state or an organ sat in a session, as one sign and in words. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext

from summits.choices import Capacity, Mode

#: Signs of the matrix, in the order of its legend.
LEGEND = (
    *("in-person", "video", "represented", "signed", "absent", "guest"),
    *("mode-not-known", "not-known", "none"),
)
#: Signs that say that somebody sat for the state.
PRESENT = frozenset({"in-person", "video", "represented", "signed", "guest"})
#: Signs that say nothing about it: a record without a mode, no record at all, and no seat to take.
SILENT = frozenset({"mode-not-known", "not-known", "none"})

Seat = Mapping[str, Any]


def sign_of(seat: Seat) -> str:
    """The sign of an attendance: ``capacity``, ``mode``, ``signed`` and ``represents`` (another person, or none)."""
    mode, capacity = seat["mode"], seat["capacity"]
    if mode == Mode.ABSENT:
        return "absent"
    if capacity == Capacity.GUEST:
        return "guest"
    if seat["represents"] or capacity == Capacity.REPRESENTATIVE:
        return "represented"
    if mode in (Mode.IN_PERSON, Mode.VIDEO):
        return str(mode)
    return "signed" if seat["signed"] else "mode-not-known"


def in_words(seat: Seat) -> str:
    """Mode and level of an attendance: "by video, head of government"."""
    parts = [mode_in_words(seat), level_in_words(seat)]
    return ", ".join(part for part in parts if part)


def mode_in_words(seat: Seat) -> str:
    """How somebody took part, as well as it is recorded."""
    mode = Mode(seat["mode"])
    if mode is Mode.UNKNOWN:
        return gettext("signed, so probably present") if seat["signed"] else gettext("mode not known")
    return str(mode.label)


def level_in_words(seat: Seat) -> str:
    """In what quality somebody sat; nothing of those who were absent, or where it is not recorded."""
    if seat["mode"] == Mode.ABSENT or not seat["capacity"]:
        return ""
    return str(Capacity(seat["capacity"]).label)


def letter_of(seat: Seat) -> str:
    """The letter that marks a level other than that of a head of state in office."""
    if seat["mode"] == Mode.ABSENT:
        return ""
    return {
        Capacity.HEAD_OF_GOVERNMENT: pgettext("letter for a head of government", "G"),
        Capacity.ACTING_HEAD_OF_STATE: pgettext("letter for an acting head of state", "A"),
    }.get(seat["capacity"], "")
