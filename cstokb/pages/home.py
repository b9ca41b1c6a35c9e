"""The home page: one search box, the Organization on a day, its ruler and map, and the newest records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Value
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.dates import HistoricDate, describe
from cstokb.listing.ask import Ask
from cstokb.listing.filters import TEXT
from cstokb.listing.moments import about_the_moment
from cstokb.pages import words
from cstokb.pages.html import historic_date, linked
from cstokb.pages.organization import Organization, Place, Row, sessions_about, standing_ids
from cstokb.pages.plain import PlainPage
from statements.listings import STATEMENTS
from statements.models import Statement
from summits.models import Session
from treaty.models import Instrument

NEWEST = 4


class HomePage(PlainPage):
    """The home page; with ``on`` it shows another day."""

    path = "/"
    name = "home"
    template_name = "pages/home.html"
    parameters = ("on", "known_on")

    def context(self, ask: Ask) -> dict[str, Any]:
        organization = Organization(ask)
        past = ask.day != ask.today
        milestones = organization.milestones()
        return {
            "notices": about_the_moment(ask),
            "examples": examples(ask),
            "held": held(ask),
            "past": past,
            "asof": {"day": ask.day, "today": not past, "today_url": ask.path},
            "choose_url": ask.localised("/states/"),
            "roster": [_roster_item(organization, place, ask) for place in organization.inside],
            "others": others(organization.outside, ask),
            "standings": standing_ids(organization.places),
            "map_desc": map_words(organization.places),
            "facts": facts(organization, ask),
            "ruler_rows": organization.ruler_rows(),
            "milestones": [day for day, _words in milestones],
            "milestone_label": "; ".join(words for _day, words in milestones),
            "records": newest(ask),
            "entries": ways_in(ask),
        }


#: In the language of the page: a phrase, an article, fields, and a name in the other language.
EXAMPLES = {
    "en": ('"collective defence"', "Article 4", "state:kaz topic:afghanistan", "Токаев"),
    "ru": ('"коллективная оборона"', "Статья 4", "state:kaz topic:afghanistan", "Tokayev"),
}


def examples(ask: Ask) -> list[dict[str, str]]:
    """Searches that show what the box takes."""
    return [
        {
            "label": query,
            "url": f"{ask.localised('/search/')}?{urlencode({'q': query})}",
            "lang": _tongue(query),
        }
        for query in EXAMPLES[ask.language]
    ]


def _tongue(text: str) -> str:
    return "en" if text.isascii() else "ru"


def held(ask: Ask) -> str:
    """How much there is, in one sentence."""
    instruments: Any = ask.scope.rows(Instrument)
    sessions: Any = ask.scope.rows(Session)
    counted = [
        _counted("instruments", instruments.own()),
        _counted("sessions", sessions.counted()),
        _counted("statements", ask.scope.rows(Statement)),
    ]
    counts = dict(counted[0].union(*counted[1:], all=True).order_by())
    parts = {
        "instruments": ngettext("%(n)d instrument", "%(n)d instruments", counts.get("instruments", 0)),
        "sessions": ngettext(
            "%(n)d meeting of the leaders", "%(n)d meetings of the leaders", counts.get("sessions", 0)
        ),
        "statements": ngettext("%(n)d statement", "%(n)d statements", counts.get("statements", 0)),
    }
    said = {name: text % {"n": counts.get(name, 0)} for name, text in parts.items()}
    return _("%(instruments)s, %(sessions)s and %(statements)s, each with its sources.") % said


def _counted(name: str, rows: Any) -> Any:
    return (
        rows.order_by()
        .annotate(value=Value(name, TEXT))
        .values("value")
        .annotate(n=Count("pk"))
        .values_list("value", "n")
    )


def _roster_item(organization: Organization, place: Place, ask: Ask) -> dict[str, Any]:
    more = [organization.pause_of(place)] if place.standing == "paused" else []
    if organization.in_the_chair(place):
        more.append(_("In the chair."))
    return {
        "label": place.line.label,
        "url": place.line.url,
        "standing": place.standing,
        "word": words.STANDINGS[place.standing].label,
        "more": " ".join(more),
    }


def others(places: Sequence[Place], ask: Ask) -> list[SafeString]:
    """Sentences about suspended and former states, and those of which the day is not known."""
    return list(_others(places, ask))


def _others(places: Sequence[Place], ask: Ask) -> Iterator[SafeString]:
    for place in places:
        label = linked(place.line.label, place.line.url)
        if place.disputed:
            yield format_html(
                _("{state}: sources differ on whether it was a party to the Treaty."), state=label
            )
        elif place.until:
            last = historic_date(place.until, "plain")
            yield format_html(_("{state}: party to the Treaty until {date}."), state=label, date=last)
        elif place.since:
            word, first = words.STANDINGS[place.standing].label, historic_date(place.since, "since plain")
            yield format_html(_("{state}: {standing} since {date}."), state=label, standing=word, date=first)
        else:
            word = words.STANDINGS[place.standing].label
            yield format_html(_("{state}: {standing}."), state=label, standing=word)


def map_words(places: Sequence[Place]) -> str:
    """The map in words: each standing with its states."""
    said = []
    for standing, sign in words.STANDINGS.items():
        named = [place.line.label for place in places if place.standing == standing]
        if named and standing != "none":
            said.append(f"{sign.label}: {', '.join(named)}")
    return "; ".join(said)


def facts(organization: Organization, ask: Ask) -> list[dict[str, Any]]:
    """Chair, Secretary General, last session."""
    chairs = [_holder(organization, row, ask) for row in organization.chairs]
    leaders = [_holder(organization, row, ask) for row in organization.leaders]
    last, planned = sessions_about(ask)
    return [
        {"label": _("Chair of the Council"), "html": _joined(chairs)},
        {"label": _("Secretary General"), "html": _joined(leaders)},
        {"label": _("Last session"), "html": _sessions(last, planned, ask)},
    ]


def _joined(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join(SafeString("; "), "{}", ((part,) for part in parts))


def _holder(organization: Organization, row: Row, ask: Ask) -> SafeString:
    named = [organization.names.get(row.get(key) or 0) for key in ("person_id", "state_id")]
    links = [linked(one.label(ask.language), ask.localised(one.path)) for one in named if one]
    who = format_html_join(", ", "{}", ((link,) for link in links))
    if not row["began_on"]:
        return who
    return format_html(_("{who}, since {date}"), who=who, date=historic_date(row["began_on"], "since plain"))


def _sessions(last: Row | None, planned: Row | None, ask: Ask) -> SafeString:
    if last is None:
        return SafeString("")
    said = linked(_session_name(last, ask), ask.localised(last["entry__path"]))
    if planned is None:
        return said
    day: HistoricDate = planned["began_on"]
    gone = day.latest is not None and day.latest < ask.day
    words = (
        _("{last}. One was planned for {date}; no source yet says that it was held.")
        if gone
        else _("{last}. The next is planned for {date}.")
    )
    date = linked(describe(day, ask.language), ask.localised(planned["entry__path"]))
    return format_html(words, last=said, date=date)


def _session_name(row: Row, ask: Ask) -> str:
    city = (row["city_ru"] if ask.language == "ru" else "") or row["city_en"]
    day = describe(row["began_on"], ask.language)
    return f"{city}, {day}" if city else day


def newest(ask: Ask) -> list[Any]:
    """The latest statements up to the day shown; what bears a later date shows elsewhere, never here."""
    rows = STATEMENTS.rows(ask).filter(issued_on_max__lte=ask.day)
    rows = rows.order_by(
        F("issued_on_min").desc(), *(key.expression() for key in STATEMENTS.order_in(ask.language))
    )
    return STATEMENTS.cards(STATEMENTS.lines(list(STATEMENTS.fetch(rows)[:NEWEST]), ask), ask)


def ways_in(ask: Ask) -> list[dict[str, str]]:
    """Where to start."""
    ways = (
        (
            "/treaties/cst/",
            _("Read the Treaty"),
            _("Its articles as they stood on any day, with every change marked."),
        ),
        (
            "/treaties/cst/art-4/",
            _("Article 4"),
            _("The duty of assistance: its wordings, and each time it was invoked."),
        ),
        (
            "/summits/attendance/",
            _("Who attended"),
            _("States by sessions: in person, by video, represented, absent."),
        ),
        (
            "/states/",
            _("States"),
            _("Periods, acts and offices of each state, with the dates that are unsure."),
        ),
        (
            "/timeline/",
            _("Timeline"),
            _("Sessions, accessions, texts and operations since 1992, drawn and as a table."),
        ),
        ("/statements/", _("Statements"), _("Numbered passages that can be cited for ever.")),
        ("/data/", _("Data and API"), _("Every list as CSV, XLSX or JSON, and the whole as one download.")),
    )
    return [{"url": ask.localised(path), "label": label, "text": text} for path, label, text in ways]
