"""Sample standings, dates, days shown and rulers for the style page."""

from datetime import date
from typing import Any

from cstokb.pages.samples import AMENDED, NAMES, parse

TREATY_IN_FORCE = date(1994, 4, 20)
FIRST_TERM_ENDED = date(1999, 4, 20)
CHARTER_IN_FORCE = date(2003, 9, 18)


def time(today: date) -> dict[str, Any]:
    """Standings, dates, the day shown, rulers."""
    known = ("1992-05-15", "2006-12", "2013", "1996~", "XXXX")
    past = date(2010, 1, 1)
    chips = [{"label": "1994 in force", "url": "#time"}, {"label": "2012 amended", "url": "#time"}]
    return {
        "standings": [
            "member",
            "paused",
            "suspended",
            "party",
            "former",
            "observer",
            "partner",
            "none",
            "unknown",
        ],
        "days": [parse(text) for text in known],
        "today": today,
        "asof_today": {
            "day": today,
            "today": True,
            "label": "Day shown, today",
            "days": chips,
            "choose_url": "#time",
            "action": "#time",
            "slider": {"first": 1992, "last": today.year, "year": today.year, "today": today},
        },
        "asof_past": {
            "day": past,
            "today": False,
            "label": "Day shown, another day",
            "subject": "The Treaty as it stood on",
            "today_url": "#time",
            "action": "#time",
        },
        "unknown": [
            {
                "label": "Azerbaijan",
                "url": "#time",
                "blocked_by": "the day of its deposit is given in two ways, and the sources are still to be weighed.",
            }
        ],
        "milestones": [TREATY_IN_FORCE, FIRST_TERM_ENDED, CHARTER_IN_FORCE],
        "milestone_label": "1994, Treaty in force; 1999, prolonged; 2003, Charter in force",
        "lanes_title": "Parties and members, 1992 to today",
        "lanes_desc": (
            "Outlined bars: party to the Treaty before the Charter. Full bars: member of the Organization. "
            "Hatched: participation paused or membership suspended."
        ),
        "lanes_rows": [_lane(code) for code in NAMES],
        "stacked_title": "Uzbekistan and the Treaty, 1992 to today",
        "stacked_rows": _uzbekistan(),
        "wording_title": "Article 4: first wording from 20 April 1994, second wording since 19 December 2012",
        "wording_rows": _wordings(),
    }


SIGNED = {"aze": date(1993, 9, 24), "blr": date(1993, 12, 31), "geo": date(1993, 12, 9)}
LATER: dict[str, list[tuple[str, date, date | None]]] = {
    "arm": [("member", CHARTER_IN_FORCE, date(2024, 2, 21)), ("paused", date(2024, 2, 22), None)],
    "uzb": [("member", date(2006, 8, 16), date(2012, 12, 18)), ("suspended", AMENDED, None)],
}


def _lane(code: str) -> dict[str, Any]:
    left = code in ("aze", "geo", "uzb")
    spells: list[tuple[str, date, date | None]] = [
        ("party", TREATY_IN_FORCE, FIRST_TERM_ENDED if left else date(2003, 9, 17))
    ]
    spells += LATER.get(code, [] if left else [("member", CHARTER_IN_FORCE, None)])
    signed = {
        "on": SIGNED.get(code, date(1992, 5, 15)),
        "kind": "late-signature" if code in SIGNED else "signature",
    }
    spans = [{"kind": kind, "start": start, "end": end} for kind, start, end in spells]
    return {
        "label": NAMES[code],
        "abbr": code.upper(),
        "spans": spans,
        "marks": [{**signed, "label": "Signature"}],
    }


def _uzbekistan() -> list[dict[str, Any]]:
    party = [
        {"kind": "party", "start": TREATY_IN_FORCE, "end": FIRST_TERM_ENDED},
        {
            "kind": "unknown",
            "start": date(2008, 3, 28),
            "end": date(2012, 12, 18),
            "label": "party again, start not known",
        },
    ]
    member = [
        {"kind": "member", "start": date(2006, 8, 16), "end": date(2012, 12, 18)},
        {"kind": "suspended", "start": AMENDED, "end": None, "below": "suspended since 2012"},
    ]
    signed = {"on": date(1992, 5, 15), "kind": "signature", "label": "Signature"}
    law = {"on": parse("2006-12"), "kind": "act", "label": "Law on the Protocol restoring membership"}
    return [
        {"label": "Party to the Treaty", "spans": party, "marks": [signed]},
        {"label": "Member of the Organization", "spans": member, "marks": [law]},
    ]


def _wordings() -> list[dict[str, Any]]:
    first = {
        "kind": "text",
        "start": TREATY_IN_FORCE,
        "end": date(2012, 12, 18),
        "short": "1",
        "below": "1994 wording",
    }
    second = {"kind": "text2", "start": AMENDED, "end": None, "short": "2", "below": "amended 2012"}
    return [
        {
            "label": "",
            "spans": [first, second],
            "marks": [{"on": date(2022, 1, 6), "kind": "act", "label": "Invoked"}],
        }
    ]
