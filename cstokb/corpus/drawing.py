"""Geometry of the charts: places along the width are percentages, heights are pixels, numbers are finished text.

A line joins only years that follow each other and have text; a year without text is a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Any

from django.utils.formats import number_format

TOP, FOOT = 24, 224
LEFT, RIGHT = 9.0, 98.0
STEPS = 4
#: Years named on the axis, and on a phone.
MOST_YEARS = 14
BAR, BETWEEN, ROW = 14, 4, 24
#: The longest bar ends here, so that its number fits behind it.
LONGEST = 86.0


def percent(value: float) -> str:
    """A place or width, the same in every language."""
    return f"{value:.2f}%"


def ceiling(most: float) -> float:
    """A round number at or above the greatest value, of which every quarter is short to write."""
    if most <= 0:
        return 1.0
    unit = 10.0 ** floor(log10(most))
    return next(step * unit for step in (1, 2, 4, 6, 8, 10) if step * unit >= most)


def said(value: float) -> str:
    """A number as the page's language writes it, with so many decimals as it needs."""
    places = 0 if value == int(value) else 1 if value >= 10 else 2
    return str(number_format(round(value, places), decimal_pos=places, force_grouping=True))


@dataclass(frozen=True)
class Mark:
    """A point; `thin` ones are hollow. `told` is its number in words."""

    x: str
    y: str
    css: str
    told: str


@dataclass(frozen=True)
class Segment:
    """The line from one year to the next."""

    x1: str
    y1: str
    x2: str
    y2: str
    css: str


@dataclass(frozen=True)
class Tick:
    """A number on an axis."""

    at: str
    text: str
    css: str = ""
    anchor: str = "middle"


@dataclass
class Chart:
    """Everything the line chart draws."""

    height: int = FOOT + 26
    foot: str = str(FOOT)
    label_y: str = str(FOOT + 20)
    years: list[Tick] = field(default_factory=list)
    levels: list[Tick] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def lines(series: Sequence[Mapping[str, Any]]) -> Chart:
    """Rates over the years, a line for each series."""
    points = [point for one in series for point in one["points"] if point["per_10k"] is not None]
    top = ceiling(max((point["per_10k"] for point in points), default=0))
    chart = Chart()
    periods = [point["period"] for point in series[0]["points"]] if series else []
    chart.years = list(_years(periods))
    chart.levels = [
        Tick(_height(top * step / STEPS, top), said(top * step / STEPS)) for step in range(STEPS + 1)
    ]
    for number, one in enumerate(series, start=1):
        _draw(chart, one["points"], top, f"s{number}")
    return chart


def _draw(chart: Chart, points: Sequence[Mapping[str, Any]], top: float, css: str) -> None:
    before: tuple[str, str] | None = None
    for place, point in enumerate(points):
        if point["per_10k"] is None:
            before = None
            continue
        here = _across(place, len(points)), _height(point["per_10k"], top)
        if before:
            chart.segments.append(Segment(*before, *here, css))
        told = f"{point['label']}: {said(point['per_10k'])}"
        chart.marks.append(Mark(*here, f"{css} thin" if point["thin"] else css, told))
        before = here


def _years(periods: Sequence[str]) -> Iterator[Tick]:
    every = ceil(len(periods) / MOST_YEARS) or 1
    for place, period in enumerate(periods):
        if place % every == 0:
            css = "wide" if len(periods) > 6 and place % (2 * every) else ""
            anchor = (
                "start"
                if place == 0 and len(periods) > 1
                else "end"
                if place == len(periods) - 1
                else "middle"
            )
            yield Tick(_across(place, len(periods)), period, css, anchor if len(periods) > 1 else "middle")


def _across(place: int, count: int) -> str:
    return percent(50 if count == 1 else LEFT + (RIGHT - LEFT) * place / (count - 1))


def _height(value: float, top: float) -> str:
    return str(round(FOOT - value / top * (FOOT - TOP)))


@dataclass(frozen=True)
class Bar:
    """One series in one period."""

    y: str
    text_y: str
    width: str
    text_x: str
    css: str
    told: str


@dataclass
class Bars:
    """Everything the bar chart draws: a caption for each period with its bars below."""

    height: int = 0
    captions: list[Tick] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)


def bars(series: Sequence[Mapping[str, Any]]) -> Bars:
    """Rates of states, speakers or organs, a bar for each series that has text there."""
    rows = list(zip(*(one["points"] for one in series), strict=True))
    rates = [point["per_10k"] for row in rows for point in row if point["per_10k"] is not None]
    top = max(rates, default=0) or 1
    chart, y = Bars(), 0
    for row in rows:
        chart.captions.append(Tick(str(y + 16), row[0]["label"]))
        y += ROW
        for number, point in enumerate(row, start=1):
            if point["per_10k"] is None:
                continue
            width = point["per_10k"] / top * LONGEST
            css = f"s{number} thin" if point["thin"] else f"s{number}"
            chart.bars.append(
                Bar(str(y), str(y + BAR - 3), percent(width), percent(width), css, said(point["per_10k"]))
            )
            y += BAR + BETWEEN
        y += BETWEEN
    chart.height = y
    return chart
