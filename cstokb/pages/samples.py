"""Sample facts for the style page, true ones, so that the parts are seen with the words they will carry.

What has to do with time is in cstokb.pages.sample_time, tables and drawings are in cstokb.pages.sample_figures.
"""

from datetime import date
from typing import Any

from django.utils.html import format_html

from cstokb.dates import HistoricDate

parse = HistoricDate.parse

SWATCHES = (
    ("--paper", "ground"),
    ("--wash", "panel"),
    ("--ink", "text"),
    ("--ink-2", "second text"),
    ("--ink-3", "third text"),
    ("--hair", "hairline"),
    ("--edge", "field edge"),
    ("--accent", "accent: plum"),
    ("--accent-wash", "accent panel"),
    ("--mark", "found word"),
    ("--member", "member, added"),
    ("--pause", "paused, disputed"),
    ("--former", "former"),
    ("--guest", "observer, guest"),
    ("--gone", "taken out"),
    ("--error", "error"),
)

NAMES = {
    "arm": "Armenia",
    "aze": "Azerbaijan",
    "blr": "Belarus",
    "geo": "Georgia",
    "kaz": "Kazakhstan",
    "kgz": "Kyrgyzstan",
    "rus": "Russia",
    "tjk": "Tajikistan",
    "uzb": "Uzbekistan",
}
AMENDED = date(2012, 12, 19)


def asking() -> dict[str, Any]:
    """Search boxes and facets."""
    states = [
        {"value": "tjk", "label": "Tajikistan", "count": 3, "selected": True},
        {"value": "kaz", "label": "Kazakhstan", "count": 1, "selected": False},
    ]
    return {
        "search_query": '"collective defence" state:arm',
        "search_examples": [
            {"label": "Article 4", "url": "#asking"},
            {"label": "state:kaz topic:afghanistan", "url": "#asking"},
            {"label": "Токаев", "url": "#asking", "lang": "ru"},
        ],
        "facet_boxes": {"name": "state", "label": "State", "open": True, "values": states},
        "facet_links": {
            "name": "year",
            "label": "Year",
            "open": True,
            "values": [
                {"label": "2022", "count": 2, "url": "#asking", "selected": True},
                {"label": "2021", "count": 5, "url": "#asking"},
            ],
        },
    }


RESTATED = (
    "Aggression against one party, explained as an armed attack endangering its security, stability, territory and "
    "sovereignty, is treated by every party as directed against all of them."
)


REDLINED = [
    [
        {"kind": "kept", "text": "A Council is set up, made up of the parties’ leaders "},
        {"kind": "deleted", "text": "together with the commander of the CIS joint forces"},
        {"kind": "inserted", "text": "alone"},
        {"kind": "kept", "text": "."},
    ]
]


def _compared(changed: dict[str, Any]) -> dict[str, Any]:
    before = {"began_on": parse("1994-04-20"), "ended_on": parse("2012-12-18")}
    after = {"began_on": HistoricDate.of_day(AMENDED), "ended_on": None}
    return {
        "anchor": "art-3",
        "url": "#texts",
        "name": "Article 3",
        "heading": "Collective Security Council",
        "outcome": "changed",
        "sides": [
            {"label": "Before", "voice": "restatement", **before},
            {"label": "After", "voice": "restatement", **after},
        ],
        "paragraphs": REDLINED,
        "ours": True,
        "lang": "en",
        "notes": [changed],
    }


def texts() -> dict[str, Any]:
    """Wordings, passages and what proves them."""
    changed = {
        "title": "Changed",
        "text": "Reissued by the Protocol of 2010, in force 19 December 2012.",
        "url": "#texts",
        "label": "Both wordings",
        "changed": True,
    }
    made_by = {"title": "Made by", "url": "#texts", "label": "Protocol on Amendments of 10 December 2010"}
    return {
        "wording": {
            "anchor": "w2",
            "began_on": HistoricDate.of_day(AMENDED),
            "current": True,
            "voice": "restatement",
            "text": RESTATED,
            "refs": [1, 2],
            "official_url": "https://en.odkb-csto.org/documents/documents/dogovor_o_kollektivnoy_bezopasnosti_/",
            "notes": [made_by],
            "confidence": "high",
        },
        "articles": [
            {
                "anchor": "art-4",
                "url": "#art-4",
                "name": "Article 4",
                "heading": "Mutual assistance against aggression",
                "voice": "restatement",
                "text": RESTATED,
                "notes": [changed],
            },
            {
                "anchor": "art-5",
                "url": "#art-5",
                "name": "Article 5",
                "heading": "Coordination by the Council and its organs",
                "notice": "The wording on this day is not published yet: it waits for a source that was read in full.",
            },
        ],
        "paragraphs": REDLINED,
        "compared": _compared(changed),
        "passages": [
            {
                "anchor": "p5",
                "number": 5,
                "text": "“Kazakhstan is ready for this work and will always support its allies,”",
                "topics": [{"url": "#texts", "label": "Kazakhstan, January 2022"}],
                "cite_url": "#cite",
                "between": "lessons should be drawn and the rules adjusted.",
            }
        ],
        "evidence": _evidence(),
        "readings": _readings(),
        "citation": {
            "text": "Collective Security Treaty, signed 15 May 1992, Article 4, as in force on 25 November 2026.",
            "work": "CSTO Knowledge Base",
            "rest": ", /treaties/cst/art-4/?on=2026-11-25.",
            "formats": [{"url": "#cite", "label": label} for label in ("BibTeX", "RIS", "CSL-JSON")],
        },
    }


def _evidence() -> list[dict[str, Any]]:
    return [
        {
            "number": 1,
            "title": "History of creation, basis of activity, structure",
            "url": "https://en.odkb-csto.org/25years/",
            "publisher": "CSTO (official site)",
            "stance": "supports",
            "rank": "preferred",
            "backs": "signature at Tashkent, 15 May 1992.",
        },
        {
            "number": 2,
            "title": "CSTO Secretary General leaves office, November 2018",
            "url": "https://24.kg/english/100583_CSTO_Secretary_General_leaves_office/",
            "page_url": "#texts",
            "publisher": "24.kg",
            "stance": "contradicts",
            "rank": "deprecated",
            "backs": "names Uzbekistan a member in 2018.",
            "reason": "The Council had suspended the membership in 2012.",
        },
    ]


def _readings() -> dict[str, Any]:
    return {
        "title": "Start of the chair of Belarus",
        "choices": [
            {
                "value": "23 November 2022",
                "preferred": True,
                "reason": "Handed over at the Yerevan session.",
                "refs": [1],
            },
            {
                "value": "1 January 2023",
                "preferred": False,
                "reason": "Some sources count by calendar years.",
            },
        ],
        "why": "The chair passes at the session, so the day of the session is taken.",
    }


def records() -> dict[str, Any]:
    """Lists, panels and what surrounds them."""
    hit = format_html(
        "asks for a security belt around <mark>{}</mark>, near the <mark>{}</mark>.", "Afghanistan", "border"
    )
    found = {
        "title": "Emomali Rahmon at the extraordinary session",
        "url": "#records",
        "on": parse("2022-01-10"),
        "meta": ["Remarks", "President of Tajikistan", "by video"],
        "passages": [{"anchor": "p2", "url": "#records", "html": hit}],
    }
    joined = {
        "title": "Declaration of the Collective Security Council, Bishkek 2025",
        "url": "#records",
        "on": parse("2025-11-27"),
        "meta": ["Declaration"],
        "states": [
            {"label": "Armenia", "url": "#records", "kind": "absent"},
            {"label": "Belarus", "url": "#records", "kind": "joined"},
            {"label": "Kazakhstan", "url": "#records", "kind": "joined"},
        ],
    }
    undated = {
        "title": "Decision on awarding participants of the peacekeeping mission",
        "when": "Decision",
        "summary": "Text not held. Title is descriptive.",
    }
    links = [{"url": "#records", "label": label} for label in ("CSV", "XLSX", "JSON", "Feed")]
    return {
        "records": [found, joined, undated],
        "panel": {
            "id": "panel-statements",
            "title": "Statements",
            "count": 15,
            "records": [joined],
            "all_url": "#records",
            "feed_url": "#records",
        },
        "roster": [
            {
                "label": "Armenia",
                "url": "#records",
                "standing": "paused",
                "word": "member, paused",
                "more": "Its prime minister called participation frozen in practice on 22 February 2024.",
            },
            {"label": "Belarus", "url": "#records", "standing": "member", "word": "member"},
        ],
        "facts": [
            {"label": "Organ", "text": "Collective Security Council", "url": "#records"},
            {"label": "Day", "date": parse("2022-05-16"), "refs": [1]},
            {"label": "Native name", "text": "Қасым-Жомарт Тоқаев", "lang": "kk"},
            {"label": "Left out, since empty", "text": ""},
        ],
        "topics": [
            {"url": "#records", "label": label} for label in ("Peacekeeping", "Afghanistan", "UN cooperation")
        ],
        "tools": links,
        "entries": [
            {
                "url": "#records",
                "label": "Read the Treaty",
                "text": "Eleven articles as they stood on any day since 1994.",
            },
            {"url": "#records", "label": "Article 4", "text": "Two wordings, and each time it was invoked."},
        ],
        "outline": [
            {"url": "#art-4", "number": "4", "label": "Mutual assistance", "current": True},
            {"url": "#art-5", "number": "5", "label": "Coordination"},
        ],
        "pager": {
            "first": 21,
            "last": 40,
            "count": 115,
            "size": 20,
            "previous_url": "#records",
            "next_url": "#records",
        },
    }


def messages() -> dict[str, Any]:
    """Notices, parameters set aside, the empty state."""
    return {
        "notices": [
            {"text": "The bracket was never closed; we closed it at the end."},
            {
                "kind": "acc",
                "title": "Today is shown.",
                "text": "The day asked for lies before the first publication.",
            },
            {
                "kind": "warn",
                "title": "Two readings",
                "text": "The sources give two days; both are shown below.",
            },
            {
                "kind": "bad",
                "title": "before:tomorrow cannot be read",
                "text": "At character 8. A day is written 2015-01-01; a month or a year will do too.",
            },
        ],
        "set_aside": ["utm_source", "fbclid"],
        "empty": {
            "title": "No statement of Georgia is recorded.",
            "text": "Georgia was a party to the Treaty until 20 April 1999; our statements of that time are few.",
            "links": [
                {"url": "#messages", "label": "All statements before 2000"},
                {"url": "#messages", "label": "Georgia"},
            ],
        },
    }
