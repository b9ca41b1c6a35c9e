"""The shapes of the ruler of years as finished SVG, and its numbers as rows of a table.

Put together here and not in a template: there are hundreds on the page of a state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cstokb.pages import words
from cstokb.pages.drawing import Bar, Point, Ruler, Tick
from cstokb.pages.html import historic_date, period
from cstokb.pages.markup import each, escaped, filled

_POINTS = {
    "dot": '<circle class="{css}" cx="{x}" cy="{y}" r="4" />',
    "sign": (
        '<use class="{css}" href="#{y2}" x="{x}" y="{y}" width="{width}" height="{width}"'
        ' transform="translate(-6 0)" />'
    ),
    "letter": '<text class="{css}" x="{x}" y="{y}" dy="11" text-anchor="middle">{y2}</text>',
    "bar": '<rect class="{css}" x="{x}" y="{y}" width="{width}" height="{y2}" />',
    "line": '<line class="{css}" x1="{x}" x2="{x}" y1="{y}" y2="{y2}" />',
}
_TICK = '<line class="tick" x1="{0}" x2="{0}" y1="20" y2="{1}" />'
_CAPTION = '<text class="{}" x="{}" y="{}" dx="{}" text-anchor="{}">{}</text>'


def ruler_shapes(chart: Ruler, name: str) -> SafeString:
    """Years, lines, spells, marks and words; ``name`` is that of the drawing, by which its pattern is found."""
    return SafeString(
        "\n".join(
            (
                *(_tick(tick, chart.foot) for tick in chart.ticks),
                each(
                    '<line class="milestone" x1="{0}" x2="{0}" y1="20" y2="{1}" />',
                    ((x, chart.foot) for x in chart.milestones),
                ),
                each('<line class="tick" x1="0" x2="100%" y1="{0}" y2="{0}" />', ((y,) for y in chart.rows)),
                *(_bar(bar, name) for bar in chart.bars),
                *(_point(point) for point in chart.points),
                each(_CAPTION, ((c.css, c.x, c.y, c.dx, c.anchor, c.text) for c in chart.captions)),
            )
        )
    )


def _tick(tick: Tick, foot: int) -> str:
    line = filled(_TICK, tick.x, foot)
    if not tick.label:
        return line
    year = '<text class="{}" x="{}" y="13" text-anchor="{}">{}</text>'
    return line + filled(year, tick.css, tick.x, tick.anchor, tick.label)


def _bar(bar: Bar, name: str) -> str:
    fill = filled('fill="url(#{}-hatch)"', name) if bar.hatched else filled('class="{}"', bar.css)
    return filled(
        '<rect {} x="{}" y="{}" width="{}" height="{}" />', fill, bar.x, bar.y, bar.width, bar.height
    )


def _point(point: Point) -> str:
    return _POINTS[point.shape].format(**{name: escaped(value) for name, value in vars(point).items()})


def ruler_rows(rows: Sequence[Mapping[str, Any]], title: str) -> SafeString:
    """The marks and spells of a ruler, each as a row of components/ruler_table.html."""
    what, when = gettext("What"), gettext("When")
    cells = (
        '<tr role="row"><th scope="row" role="rowheader">{}</th>'
        '<td role="cell" data-l="{}">{}</td><td role="cell" data-l="{}">{}</td></tr>'
    )
    said = ((row.get("label") or title, *one) for row in rows for one in _said(row))
    return each(cells, ((label, what, word, when, dated) for label, word, dated in said), "\n")


def _said(row: Mapping[str, Any]) -> Iterator[tuple[Any, SafeString]]:
    for mark in row.get("marks", ()):
        yield _word(mark), historic_date(mark["on"])
    for span in row.get("spans", ()):
        yield _word(span), period(span["start"], span.get("end"))


def _word(one: Mapping[str, Any]) -> Any:
    return one.get("label") or ruler_word(str(one["kind"]))


def ruler_word(kind: str) -> str:
    """What a kind of spell or mark is called."""
    return str(words.RULER_KINDS.get(kind, kind))
