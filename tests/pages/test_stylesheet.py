"""The stylesheet: what it names exists, and every text colour can be read on every ground, by day and by night."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "static/css/site.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([\w-]+):light-dark\((#[0-9a-f]+,#[0-9a-f]+)\)", CSS))
TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "wash", "field")),
    *(
        (ink, "paper")
        for ink in ("accent", "accent-deep", "member", "pause", "former", "guest", "gone", "error")
    ),
    *((kind, f"{kind}-wash") for kind in ("member", "pause", "former", "guest", "accent", "gone")),
    ("ink", "mark"),
    ("ink-2", "pause-wash"),
    ("accent", "pause-wash"),
    ("error", "field"),
]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_has_a_contrast_of_four_and_a_half(text: str, ground: str, scheme: str) -> None:
    place = ("light", "dark").index(scheme)
    assert contrast(TOKENS[text].split(",")[place], TOKENS[ground].split(",")[place]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("token", ["edge", "member-fill", "fill-edge"])
def test_borders_and_drawn_shapes_have_a_contrast_of_three(token: str, scheme: str) -> None:
    place = ("light", "dark").index(scheme)
    assert contrast(TOKENS[token].split(",")[place], TOKENS["paper"].split(",")[place]) >= 3


@pytest.mark.parametrize("fill", ["fill", "fill-deep", "member-fill", "text-fill"])
def test_white_can_be_read_on_every_fill(fill: str) -> None:
    assert [colour for colour in TOKENS[fill].split(",") if contrast("#fff", colour) < 4.4] == []


def test_every_file_the_stylesheet_names_is_there() -> None:
    named = re.findall(r"url\((\.\./[^)]+)\)", CSS)
    assert len(named) == 8
    assert [path for path in named if not (Path(settings.BASE_DIR) / "static/css" / path).is_file()] == []
    assert re.findall(r"url\((?!\.\./fonts/)[^)]*\)|@import|https?:", CSS) == []


def test_every_token_that_is_used_is_set() -> None:
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) - set(re.findall(r"--([\w-]+):", CSS)) == set()


def test_braces_close() -> None:
    assert CSS.count("{") == CSS.count("}")
