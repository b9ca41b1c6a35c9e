"""Sample tables, matrix, charts and map for the style page."""

from typing import Any

from cstokb.pages.samples import NAMES, parse


def figures() -> dict[str, Any]:
    """Tables, the matrix, charts, the map."""
    years = {2018: 1, 2019: 1, 2020: 0, 2021: 5, 2022: 2, 2023: 0, 2024: 1}
    standings = dict.fromkeys(NAMES, "member") | {
        "arm": "paused",
        "aze": "former",
        "geo": "former",
        "uzb": "suspended",
    }
    return {
        "table_fold": _acts(),
        "table_scroll": _instruments(),
        "matrix": _attendance(),
        "legend": [
            *("in-person", "video", "represented", "signed", "absent", "guest"),
            *("mode-not-known", "not-known", "none"),
        ],
        "chart": [{"label": year, "value": count} for year, count in years.items()],
        "chart_title": "Records found for each year, 2018 to 2024: 1, 1, 0, 5, 2, 0, 1",
        "chart_caption": "Records with afghanistan and border, by year. The axis starts at nought.",
        "long_chart": [{"label": year, "value": (year * 7) % 11} for year in range(1992, 2027)],
        "long_chart_title": "Thirty-five sample years",
        "map_standings": standings,
        "map_title": "The region today",
        "map_desc": (
            "Solid: the members. Hatched: Armenia, member with participation paused. Dashed outline: the former "
            "parties Azerbaijan and Georgia, and Uzbekistan, whose membership is suspended."
        ),
    }


def _acts() -> dict[str, Any]:
    rows = [
        ("1992-05-15", "Signature", "Tashkent", [1]),
        ("2006-12", "Law", "12 to 14 December are given", [2]),
    ]
    return {
        "caption": "Acts of Uzbekistan",
        "mode": "run",
        "columns": [{"label": "Day"}, {"label": "Act"}, {"label": "Remark"}],
        "rows": [
            [{"date": parse(day)}, {"text": act, "lead": True}, {"text": remark, "refs": numbers}]
            for day, act, remark, numbers in rows
        ],
    }


def _instruments() -> dict[str, Any]:
    rows = [
        ("Agreement on the Collective Rapid Reaction Forces", "2009-06-14", "2010-09-10", 5),
        ("Protocol on Amendments to the Treaty", "2010-12-10", "2012-12-19", 6),
    ]
    columns = [
        {"label": "Instrument"},
        {"label": "Signed"},
        {"label": "In force"},
        {"label": "Parties", "numeric": True},
    ]
    return {
        "caption": "Two instruments signed since June 2009",
        "mode": "scroll",
        "columns": columns,
        "rows": [
            [
                {"text": name, "url": "#figures"},
                {"date": parse(signed)},
                {"date": parse(since)},
                {"text": parties},
            ]
            for name, signed, since, parties in rows
        ],
    }


def _attendance() -> dict[str, Any]:
    sessions = [
        (
            "2025-11-27",
            "Bishkek",
            "regular",
            "absent none in-person none in-person in-person in-person in-person none",
        ),
        ("2021-08-23", "by video", "extraordinary", "video none video none video video video video guest"),
        (
            "2010-12-10",
            "Moscow",
            "regular",
            "signed none signed none signed signed in-person not-known represented",
        ),
    ]
    rows = [
        {
            "url": "#figures",
            "date": parse(day),
            "place": place,
            "extras": [kind],
            "cells": [{"kind": sign} for sign in signs.split()],
        }
        for day, place, kind, signs in sessions
    ]
    return {
        "caption": "Attendance of nine states at three meetings",
        "row_heading": "Meeting",
        "extra_headings": ["Kind"],
        "columns": [{"label": code.upper(), "title": name} for code, name in NAMES.items()],
        "groups": [{"title": "The Organization", "rows": rows}],
        "foot": {
            "label": "Attended",
            "cells": ["2/3", "0/0", "3/3", "0/0", "3/3", "3/3", "3/3", "2/2", "1/1"],
        },
    }
