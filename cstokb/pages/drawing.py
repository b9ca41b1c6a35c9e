"""Geometry of the drawn parts: the ruler of years and the bar chart.

Places along the time axis are percentages of the width, so that letters keep their size on a phone; heights are
pixels. Every number is handed to the template as finished text: a Russian decimal comma would break the drawing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cstokb.dates import HistoricDate
from cstokb.pages.words import CELLS

FIRST_YEAR = 1992
TICK_YEARS = 5
LANE_HEIGHT = 28
LANES_TOP = 28
STACK_TOP = 20
BAR_HEIGHT = 16
#: A sign of a matrix within a lane.
SIGN_SIZE = 12
#: A spell of a few days would vanish on a scale of decades.
LEAST_WIDTH = 0.35
#: A year on the axis gives way to the word of the day shown: always when this near, on a phone when this near.
CROWDED = 10.0
CROWDED_ON_PHONE = 22.0
#: The narrowest drawing on a phone and on a desk, and about how wide a letter of the words in it is, in pixels.
ROOM = {"narrow": 288, "wide": 640}
LETTER = 7
LINE_HEIGHT = 16
#: The line of the day shown may stand where words begin or end, so that they keep off their place a little.
BESIDE = {"start": "4", "end": "-6"}

Day = date | HistoricDate | None


def percent(value: float) -> str:
    """A place or width as an SVG percentage, the same in every language."""
    return f"{value:.2f}%"


def first_day(value: Day) -> date | None:
    """The earliest day a date can mean."""
    return value.earliest if isinstance(value, HistoricDate) else value


def last_day(value: Day) -> date | None:
    """The latest day a date can mean."""
    return value.latest if isinstance(value, HistoricDate) else value


@dataclass(frozen=True)
class Scale:
    """The time axis from 1 January of the first year to the end of the last."""

    first: date
    end: date

    @classmethod
    def until(cls, today: date) -> "Scale":
        """The scale all pages share: 1992 to the end of the present year."""
        return cls(date(FIRST_YEAR, 1, 1), date(today.year + 1, 1, 1))

    def at(self, day: date) -> float:
        """Where a day lies, in per cent of the width; days outside lie on the edge."""
        share = (day - self.first).days / (self.end - self.first).days
        return min(max(share, 0.0), 1.0) * 100

    def years(self) -> Iterable[int]:
        """The first year and every fifth after it."""
        yield self.first.year
        yield from (y for y in range(self.first.year + 1, self.end.year) if y % TICK_YEARS == 0)


@dataclass(frozen=True)
class Tick:
    """A year on the axis; `css` hides the number where it would run into another."""

    x: str
    label: str
    anchor: str
    css: str


@dataclass(frozen=True)
class Bar:
    """A spell; hatched kinds are filled with the drawing's own pattern."""

    x: str
    width: str
    y: str
    height: str
    css: str
    hatched: bool


@dataclass(frozen=True)
class Point:
    """A dated act: a dot, a stroke, or (day not known) a translucent bar; or a sign of a matrix, named in ``y2``."""

    shape: str
    x: str
    y: str
    y2: str
    width: str
    css: str


@dataclass(frozen=True)
class Caption:
    """Words in the drawing."""

    x: str
    y: str
    dx: str
    text: str
    css: str
    anchor: str = "start"


@dataclass(frozen=True)
class Now:
    """The line of the day shown, and its words, which stay within the drawing."""

    line: str
    x: str
    text: str
    anchor: str


@dataclass
class Ruler:
    """Everything the ruler's template draws."""

    height: int
    foot: int
    ticks: list[Tick]
    bars: list[Bar] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    milestones: list[str] = field(default_factory=list)
    now: Now | None = None


HATCHED = {"paused", "suspended"}


def ruler(
    rows: Sequence[Mapping[str, Any]],
    *,
    today: date,
    shown: date | None = None,
    shown_label: str = "",
    milestones: Sequence[date] = (),
    lanes: bool = True,
) -> Ruler:
    """Lay out rows of spells and marks: in lanes with labels beside them, or stacked with labels above."""
    scale = Scale.until(today)
    now = scale.at(shown or today)
    drawing = Ruler(0, 0, ticks(scale, now, room_at_start=not lanes))
    y = LANES_TOP if lanes else STACK_TOP
    for row in rows:
        y = (_lane if lanes else _stacked)(drawing, scale, row, y, today)
    drawing.foot = y
    drawing.height = y + 4
    drawing.milestones = [percent(scale.at(day)) for day in milestones]
    drawing.now = _now(now, shown_label)
    return drawing


def ticks(scale: Scale, now: float, *, room_at_start: bool = True) -> list[Tick]:
    """The years of the axis, thinned near the day shown; and near the first year, where labels take room beside it."""
    return [_tick(scale.at(date(year, 1, 1)), year, now, room_at_start) for year in scale.years()]


def _tick(x: float, year: int, now: float, room_at_start: bool) -> Tick:
    near = abs(x - now)
    crowded = near < CROWDED or (0 < x < CROWDED and not room_at_start)
    css = "wide" if (year % 10 and x > 0) or near < CROWDED_ON_PHONE else ""
    return Tick(percent(x), "" if crowded else str(year), "middle" if x > 0 else "start", css)


def _now(x: float, label: str) -> Now:
    anchor = "end" if x > 95 else "start" if x < 5 else "middle"
    return Now(percent(x), percent(100.0 if anchor == "end" else x), label, anchor)


def _lane(drawing: Ruler, scale: Scale, row: Mapping[str, Any], y: int, today: date) -> int:
    """One row of the lanes; returns where the next begins."""
    middle = y + LANE_HEIGHT // 2
    drawing.rows.append(middle)
    for span in row.get("spans", ()):
        height = 6 if span["kind"] == "suspended" else 14
        drawing.bars.append(_bar(scale, span, middle - height // 2, height, today))
    drawing.points += _points(scale, row.get("marks", ()), middle, 14)
    drawing.points += _signs(scale, row.get("signs", ()), middle)
    return y + LANE_HEIGHT


def _stacked(drawing: Ruler, scale: Scale, row: Mapping[str, Any], y: int, today: date) -> int:
    """One row under its own label; returns where the next begins."""
    if row.get("label"):
        drawing.captions.append(Caption("0", str(y + 18), "0", str(row["label"]), "nm"))
        y += 14
    top = y + 10
    for span in row.get("spans", ()):
        drawing.bars.append(_bar(scale, span, top, BAR_HEIGHT, today))
        drawing.captions += _words(scale, span, top)
    told, lines = _told_below(scale, row.get("spans", ()), top + BAR_HEIGHT + LINE_HEIGHT)
    drawing.captions += told
    drawing.points += _points(scale, row.get("marks", ()), top + BAR_HEIGHT // 2, BAR_HEIGHT)
    return top + BAR_HEIGHT + (6 + LINE_HEIGHT * lines if lines else 10)


def _words(scale: Scale, span: Mapping[str, Any], top: int) -> Iterable[Caption]:
    x = percent(scale.at(first_day(span["start"]) or scale.first))
    if span.get("short"):
        yield Caption(x, str(top + 13), "8", str(span["short"]), "inbar")
    if span["kind"] == "unknown":
        yield Caption(percent(_middle(scale, span)), str(top + 13), "0", "?", "", "middle")


def _told_below(scale: Scale, spans: Sequence[Mapping[str, Any]], y: int) -> tuple[list[Caption], int]:
    """The words under spells, once where a phone and a desk show them alike, else once for each; and their lines."""
    words = [
        (scale.at(first_day(one["start"]) or scale.first), str(one["below"]))
        for one in spans
        if one.get("below")
    ]
    phone, desk = (_placed(words, room) for room in ROOM.values())
    laid = ((phone, ""),) if phone == desk else zip((phone, desk), ROOM, strict=True)
    told = [
        Caption(percent(x), str(y + LINE_HEIGHT * line), BESIDE[anchor], text, css, anchor)
        for placed, css in laid
        for x, line, text, anchor in placed
    ]
    return told, max((line + 1 for _x, line, _text, _anchor in phone + desk), default=0)


def _placed(words: Sequence[tuple[float, str]], room: int) -> list[tuple[float, int, str, str]]:
    """Each word at its place, on the first line where it touches none before it; none leaves the drawing."""
    ends: list[float] = []
    placed = []
    for x, text in words:
        width = (len(text) + 1) * LETTER / room * 100
        start = max(min(x, 100 - width), 0.0)
        line = next((i for i, end in enumerate(ends) if end <= start), len(ends))
        ends[line : line + 1] = [start + width]
        placed.append((x, line, text, "start") if start == x else (100.0, line, text, "end"))
    return placed


def _middle(scale: Scale, span: Mapping[str, Any]) -> float:
    """The middle of a spell whose end is known."""
    start, end = first_day(span["start"]) or scale.first, last_day(span.get("end")) or scale.end
    return (scale.at(start) + scale.at(end)) / 2


def _bar(scale: Scale, span: Mapping[str, Any], y: int, height: int, today: date) -> Bar:
    began = first_day(span["start"])
    start = scale.at(began or scale.first)
    last = last_day(span.get("end"))
    end = scale.at(last + timedelta(days=1) if last else today)
    kind = str(span["kind"]) if began else "unknown"
    width = percent(max(end - start, LEAST_WIDTH))
    hatched = kind in HATCHED
    return Bar(percent(start), width, str(y), str(height), "" if hatched else f"f-{kind}", hatched)


def _points(scale: Scale, marks: Sequence[Mapping[str, Any]], middle: int, height: int) -> Iterable[Point]:
    for mark in marks:
        first, last = first_day(mark["on"]), last_day(mark["on"])
        if first and last:
            yield _point(scale, str(mark["kind"]), first, last, middle, height)


def _point(scale: Scale, kind: str, first: date, last: date, middle: int, height: int) -> Point:
    x = scale.at(first)
    if last > first:
        width = percent(max(scale.at(last) - x, LEAST_WIDTH))
        return Point("bar", percent(x), str(middle + height // 2 + 1), "6", width, "evm")
    if kind in ("signature", "late-signature"):
        return Point("dot", percent(x), str(middle), "", "", "dot full" if kind == "signature" else "dot")
    reach = height // 2 + 3
    return Point("line", percent(x), str(middle - reach), str(middle + reach), "", "ev")


def _signs(scale: Scale, signs: Sequence[Mapping[str, Any]], middle: int) -> Iterable[Point]:
    """Signs of a matrix on their days, the middle of a day that is not known; those without a shape are letters."""
    for one in signs:
        first, last = first_day(one["on"]), last_day(one["on"])
        if first and last:
            found = CELLS[str(one["kind"])]
            x = percent(scale.at(first + (last - first) / 2))
            shape, drawn = ("sign", found.symbol) if found.symbol else ("letter", found.text)
            yield Point(shape, x, str(middle - SIGN_SIZE // 2), drawn, str(SIGN_SIZE), found.css)


# -- bars ----------------------------------------------------------------------------------------------------------

BARS_TOP = 30
BARS_FOOT = 130
MANY_COLUMNS = 16


@dataclass(frozen=True)
class Column:
    """One bar of a chart, its number above and its label below."""

    x: str
    width: str
    middle: str
    y: str
    height: str
    value_y: str
    value: str
    label: str
    css: str
    value_css: str


def bars(columns: Sequence[Mapping[str, Any]], maximum: float | None = None) -> list[Column]:
    """Lay out a bar chart whose axis starts at nought; `maximum` gives several charts one scale."""
    top = maximum or max((float(column["value"]) for column in columns), default=0) or 1
    step = 98 / max(len(columns), 1)
    return [_column(column, i, len(columns), step, top) for i, column in enumerate(columns)]


def _column(column: Mapping[str, Any], i: int, count: int, step: float, top: float) -> Column:
    height = round(float(column["value"]) / top * (BARS_FOOT - BARS_TOP))
    x = 1 + i * step
    y = BARS_FOOT - height
    every = -(-count // MANY_COLUMNS)
    label = str(column["label"]) if i % every == 0 else ""
    told = every == 1 or float(column["value"]) == top
    value = str(column.get("shown", column["value"])) if told else ""
    css = "wide" if count > 8 and i % (2 * every) else ""
    return Column(
        percent(x + step * 0.14),
        percent(step * 0.72),
        percent(x + step / 2),
        str(y),
        str(height),
        str(y - 6),
        value,
        label,
        css,
        css if every == 1 and float(column["value"]) != top else "",
    )
