"""How a seat is shown: sign, words and letter."""

from typing import Any

import pytest

from summits.signs import LEGEND, PRESENT, SILENT, in_words, letter_of, sign_of


def seat(**values: Any) -> dict[str, Any]:
    return {"capacity": "head-of-state", "mode": "in-person", "signed": False, "represents": None, **values}


@pytest.mark.parametrize(
    ("values", "sign", "words"),
    [
        ({}, "in-person", "in person, head of state"),
        ({"mode": "video"}, "video", "by video, head of state"),
        (
            {"mode": "video", "capacity": "head-of-government"},
            "video",
            "by video, head of government",
        ),
        ({"mode": "absent"}, "absent", "absent"),
        ({"mode": "absent", "signed": True}, "absent", "absent"),
        ({"capacity": "representative"}, "represented", "in person, representative"),
        ({"represents": 7}, "represented", "in person, head of state"),
        ({"capacity": "guest", "mode": "video"}, "guest", "by video, guest"),
        ({"mode": "not-known", "signed": True}, "signed", "signed, so probably present, head of state"),
        ({"mode": "not-known"}, "mode-not-known", "mode not known, head of state"),
        ({"mode": "not-known", "capacity": ""}, "mode-not-known", "mode not known"),
    ],
)
def test_a_seat_has_one_sign_and_says_mode_and_level(values: dict[str, Any], sign: str, words: str) -> None:
    assert (sign_of(seat(**values)), in_words(seat(**values))) == (sign, words)


@pytest.mark.parametrize(
    ("values", "letter"),
    [
        ({}, ""),
        ({"capacity": "head-of-government"}, "G"),
        ({"capacity": "acting-head-of-state"}, "A"),
        ({"capacity": "head-of-government", "mode": "absent"}, ""),
        ({"capacity": ""}, ""),
    ],
)
def test_a_letter_marks_a_level_below_a_head_of_state_in_office(values: dict[str, Any], letter: str) -> None:
    assert letter_of(seat(**values)) == letter


def test_every_sign_of_the_legend_is_present_silent_or_absent() -> None:
    assert set(LEGEND) == PRESENT | SILENT | {"absent"}
    assert not PRESENT & SILENT
