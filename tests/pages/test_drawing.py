"""Geometry of the ruler and of the bar chart."""

from datetime import date
from typing import Any

from cstokb.dates import HistoricDate
from cstokb.pages import drawing

TODAY = date(2026, 11, 25)
SCALE = drawing.Scale.until(TODAY)


def one_row(*spans: dict[str, Any], marks: tuple[dict[str, Any], ...] = ()) -> list[dict[str, Any]]:
    return [{"label": "Armenia", "spans": spans, "marks": marks}]


class TestScale:
    """1992 to the end of the present year."""

    def test_ends(self) -> None:
        assert SCALE.at(date(1992, 1, 1)) == 0
        assert SCALE.at(date(2027, 1, 1)) == 100
        assert drawing.percent(SCALE.at(date(1994, 4, 20))) == "6.57%"

    def test_days_outside_lie_on_the_edge(self) -> None:
        assert SCALE.at(date(1949, 4, 4)) == 0
        assert SCALE.at(date(2040, 1, 1)) == 100

    def test_years(self) -> None:
        assert list(SCALE.years()) == [1992, 1995, 2000, 2005, 2010, 2015, 2020, 2025]


class TestRuler:
    """Both days of a spell belong to it."""

    def test_the_last_day_is_drawn(self) -> None:
        spans = [
            {"kind": "party", "start": date(1994, 4, 20), "end": date(2003, 9, 17)},
            {"kind": "member", "start": date(2003, 9, 18), "end": None},
        ]
        first, second = drawing.ruler(one_row(*spans), today=TODAY).bars
        touching = float(first.x[:-1]) + float(first.width[:-1])
        assert abs(touching - float(second.x[:-1])) < 0.011
        assert (first.css, second.css) == ("f-party", "f-member")

    def test_an_open_spell_ends_today(self) -> None:
        (bar,) = drawing.ruler(one_row({"kind": "member", "start": date(2003, 9, 18)}), today=TODAY).bars
        assert abs(float(bar.x[:-1]) + float(bar.width[:-1]) - SCALE.at(TODAY)) < 0.011

    def test_paused_and_suspended_are_hatched_and_suspended_is_thin(self) -> None:
        spans = [{"kind": kind, "start": date(2012, 12, 19)} for kind in ("paused", "suspended", "member")]
        bars = drawing.ruler(one_row(*spans), today=TODAY).bars
        assert [(bar.hatched, bar.height) for bar in bars] == [(True, "14"), (True, "6"), (False, "14")]

    def test_a_short_spell_can_still_be_seen(self) -> None:
        spell = {"kind": "member", "start": date(2022, 1, 6), "end": date(2022, 1, 7)}
        assert drawing.ruler(one_row(spell), today=TODAY).bars[0].width == "0.35%"

    def test_a_spell_whose_beginning_is_not_known_is_drawn_as_not_known(self) -> None:
        spell = {"kind": "member", "start": HistoricDate.UNKNOWN, "end": date(2000, 1, 1)}
        assert drawing.ruler(one_row(spell), today=TODAY).bars[0].css == "f-unknown"

    def test_an_act_with_its_day_is_a_point_and_one_without_is_a_bar(self) -> None:
        marks = (
            {"kind": "signature", "on": date(1992, 5, 15)},
            {"kind": "act", "on": HistoricDate.parse("1999-04-02")},
            {"kind": "act", "on": HistoricDate.parse("2006-12")},
            {"kind": "act", "on": HistoricDate.UNKNOWN},
        )
        points = drawing.ruler(one_row(marks=marks), today=TODAY).points
        assert [point.shape for point in points] == ["dot", "line", "bar"]

    def test_years_give_way_to_the_day_shown(self) -> None:
        chart = drawing.ruler(one_row(), today=TODAY, shown=date(2010, 1, 1), shown_label="1 January 2010")
        further = ["2000", "2005", "", "2015", "2020", "2025"]
        assert [tick.label for tick in chart.ticks] == ["1992", "", *further]  # the labels of lanes take room
        chart = drawing.ruler(one_row(), today=TODAY, shown=date(2010, 1, 1), shown_label="x", lanes=False)
        assert [tick.label for tick in chart.ticks] == ["1992", "1995", *further]
        assert chart.now
        assert (chart.now.text, chart.now.anchor) == ("x", "middle")

    def test_the_word_for_today_stays_inside(self) -> None:
        now = drawing.ruler(one_row(), today=TODAY, shown_label="today").now
        assert now
        assert (now.x, now.anchor) == ("100.00%", "end")

    def test_rows_in_lanes_and_rows_in_a_stack(self) -> None:
        rows = one_row({"kind": "member", "start": date(2003, 9, 18)}) * 3
        assert drawing.ruler(rows, today=TODAY).height == 28 + 3 * 28 + 4
        assert [caption.text for caption in drawing.ruler(rows, today=TODAY, lanes=False).captions] == [
            "Armenia"
        ] * 3

    def test_words_in_a_stack_stand_in_below_and_on_the_bar(self) -> None:
        spans = [
            {
                "kind": "text",
                "start": date(1994, 4, 20),
                "end": date(2012, 12, 18),
                "short": "1",
                "below": "1994 wording",
            },
            {"kind": "unknown", "start": date(2012, 12, 19), "end": date(2013, 12, 18)},
        ]
        chart = drawing.ruler([{"label": "", "spans": spans}], today=TODAY, lanes=False)
        assert [(caption.text, caption.css) for caption in chart.captions] == [
            ("1", "inbar"),
            ("?", ""),
            ("1994 wording", ""),
        ]

    def test_words_below_touch_none_and_stay_within_the_drawing_on_a_phone(self) -> None:
        def laid(*days: tuple[int, str]) -> list[tuple[str, str, str, str, str]]:
            spans = [{"kind": "text", "start": date(year, 1, 1), "below": text} for year, text in days]
            found = drawing.ruler([{"label": "", "spans": spans}], today=TODAY, lanes=False).captions
            return [(one.text, one.x, one.y, one.anchor, one.css) for one in found]

        assert laid((1994, "in force"), (2012, "amended 2012")) == [
            ("in force", "5.72%", "62", "start", ""),
            ("amended 2012", "57.14%", "62", "start", ""),
        ]
        assert laid((2000, "in force"), (2012, "amended 2012"), (2021, "amended 2021")) == [
            ("in force", "22.86%", "62", "start", "narrow"),
            ("amended 2012", "57.14%", "62", "start", "narrow"),
            ("amended 2021", "100.00%", "78", "end", "narrow"),
            ("in force", "22.86%", "62", "start", "wide"),
            ("amended 2012", "57.14%", "62", "start", "wide"),
            ("amended 2021", "82.86%", "62", "start", "wide"),
        ]

    def test_words_below_keep_off_the_line_of_the_day_shown(self) -> None:
        spans = [{"kind": "text", "start": date(year, 1, 1), "below": "amended"} for year in (2012, 2026)]
        chart = drawing.ruler([{"spans": spans}], today=TODAY, shown=date(2012, 1, 1), lanes=False)
        assert chart.now
        assert chart.now.line == chart.captions[0].x
        assert [(one.anchor, one.dx) for one in chart.captions] == [("start", "4"), ("end", "-6")]

    def test_words_below_take_room_for_each_of_their_lines(self) -> None:
        def height(*years: int) -> int:
            spans = [
                {"kind": "text", "start": date(year, 1, 1), "below": f"amended {year}"} for year in years
            ]
            return drawing.ruler([{"label": "", "spans": spans}], today=TODAY, lanes=False).height

        assert height() + 12 == height(2003) == height(1995, 2010)
        assert height(2003, 2005, 2007) == height(2003) + 2 * drawing.LINE_HEIGHT


class TestBars:
    """The axis starts at nought."""

    def test_heights_are_in_proportion(self) -> None:
        drawn = drawing.bars(
            [{"label": 2021, "value": 5}, {"label": 2022, "value": 2}, {"label": 2023, "value": 0}]
        )
        assert [bar.height for bar in drawn] == ["100", "40", "0"]
        assert [bar.value for bar in drawn] == ["5", "2", "0"]

    def test_several_charts_may_share_a_scale(self) -> None:
        assert drawing.bars([{"label": "a", "value": 5}], maximum=10)[0].height == "50"

    def test_nothing_and_only_noughts(self) -> None:
        assert drawing.bars([]) == []
        assert drawing.bars([{"label": "a", "value": 0}])[0].height == "0"

    def test_many_columns_thin_their_words_and_keep_the_highest_number(self) -> None:
        drawn = drawing.bars([{"label": year, "value": year - 1990} for year in range(1992, 2027)])
        assert [bar.label for bar in drawn if bar.label][:3] == ["1992", "1995", "1998"]
        assert [bar.value for bar in drawn if bar.value] == ["36"]
