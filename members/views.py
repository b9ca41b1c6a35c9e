"""Pages of states, people and organs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.dates import HistoricDate, describe
from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.pages import ListingPage
from cstokb.listing.plain_table import plain_table
from cstokb.listing.record_pages import RecordPage
from cstokb.listing.selection import Selection
from members import filters, listings
from members.cards import role_in_words, shown_standing
from members.choices import OrganKind, PeriodEnd, PeriodStanding
from members.names import former_names
from members.status import day_after

Facts = list[dict[str, Any]]


class StateList(ListingPage):
    """States and their standing on a day, with the map of the region."""

    listing = listings.STATES
    template_name = "members/states.html"

    def first_day(self, ask: Ask) -> date | None:
        return filters.first_standing(ask)

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        return {
            "standings": {line.id: shown_standing(line) for line in lines},
            "roster": roster_table(lines, selection.ask),
        }


class StatePage(RecordPage):
    """A state: standing on the day, periods, and what other records say of it."""

    listing = listings.STATES
    template_name = "members/state.html"

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        standing = shown_standing(line)
        return {
            "lede": _own(line, ask, "official"),
            "standing": standing,
            "standing_since": line.dates["standing_since"] if standing != "paused" else None,
            "blocked_by": line.values["standing_blocked_by"],
            "ruler_rows": ruler_rows(line),
            "timelines": registry.timelines(line, self.listing.kind, ask),
            "periods": periods_table(line, ask),
            "facts": [
                {"label": _("Capital"), "text": _own(line, ask, "capital")},
                {"label": _("Codes"), "text": f"{line.id.upper()} · {line.values['alpha2']}"},
            ],
        }


class PersonList(ListingPage):
    """People by family name."""

    listing = listings.PEOPLE


class PersonPage(RecordPage):
    """A person: what he or she is on the day, and every term of office."""

    listing = listings.PEOPLE
    template_name = "members/person.html"

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        return {"lede": role_in_words(line, ask), "name_then": self._name_then(ask, line)}

    def _name_then(self, ask: Ask, line: Line) -> str:
        """The name borne on the day of ``on=``, where it was another."""
        if ask.on is None:
            return ""
        then = former_names([line.entry_id], ask.on, ask.scope).get(line.entry_id, {})
        return then.get(ask.language) or then.get("en", "")


class OrganList(ListingPage):
    """Organs, forces and bodies outside."""

    listing = listings.ORGANS
    template_name = "members/organs.html"


class OrganPage(RecordPage):
    """An organ: since when it exists, what it does, who held its offices."""

    listing = listings.ORGANS
    template_name = "members/organ.html"

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        established, dissolved = line.dates["established_on"], line.dates["dissolved_on"]
        return {
            "kind": capfirst(str(OrganKind(line.values["type"]).label)),
            "lede": existence(established, dissolved, ask),
            "function": _own(line, ask, "function"),
            "facts": [
                {"label": _("Abbreviation"), "text": _own(line, ask, "abbreviation")},
                {"label": _("Established"), "date": established},
                {"label": _("Dissolved"), "date": dissolved},
                {"label": _("Part of"), "links": list(_parent(line, ask))},
                {"label": _("Strength"), "text": _own(line, ask, "strength")},
            ],
        }


# -- the roster ----------------------------------------------------------------------------------------------------


def roster_table(lines: Sequence[Line], ask: Ask) -> dict[str, Any]:
    """Each state with its standing on the day, since when, and by which act."""
    since = {line.entry_id: line.dates["standing_since"] for line in lines}
    begun = registry.reasons(listings.STATES.kind, since, ask)
    heads = (_("State"), _("Standing"), _("Since"), _("By which act"))
    return {
        "caption": _("States and their standing on the day shown"),
        "caption_hidden": True,
        "columns": [{"label": head} for head in heads],
        "rows": [_roster_row(line, begun.get(line.entry_id, ())) for line in lines],
    }


def _roster_row(line: Line, begun: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    blocked = ", ".join(line.values["standing_blocked_by"])
    said = _("not known: %(facts)s") % {"facts": blocked} if blocked else ""
    return [
        {"text": line.label, "url": line.url},
        {"standing": shown_standing(line), "lead": True},
        {"date": line.dates["standing_since"]},
        {"linked": list(begun)} if begun else {"text": said},
    ]


# -- in words ------------------------------------------------------------------------------------------------------


def existence(established: HistoricDate | None, dissolved: HistoricDate | None, ask: Ask) -> str:
    """From when to when a body existed; of one that is gone in the past tense."""
    began = describe(established, ask.language, after_since=True) if established else ""
    gone = dissolved is not None and dissolved.latest is not None and dissolved.latest < ask.day
    if dissolved is not None and (gone or dissolved.latest is None):
        ended = describe(dissolved, ask.language)
        if began:
            return _("It existed from %(began)s to %(ended)s.") % {"began": began, "ended": ended}
        return _("It existed until %(ended)s.") % {"ended": ended}
    return _("It has existed since %(began)s.") % {"began": began} if began else ""


def _own(line: Line, ask: Ask, name: str) -> str:
    """A text of the record in the language of the page, English where the other is missing."""
    chosen = (line.values[f"{name}_ru"] if ask.language == "ru" else None) or line.values[f"{name}_en"]
    return str(chosen or "")


def _parent(line: Line, ask: Ask) -> Iterable[dict[str, str]]:
    parent = line.refs.get("parent")
    if parent:
        yield {"label": parent.label(ask.language), "url": ask.localised(parent.path)}


# -- periods -------------------------------------------------------------------------------------------------------

RULER_KIND = {
    PeriodStanding.OBSERVER: "guest",
    PeriodStanding.PARTNER: "guest",
    PeriodStanding.MEMBER: "member",
}


def ruler_rows(line: Line) -> list[dict[str, Any]]:
    """The state's standing and its pauses as the ruler draws them."""
    own = [item for item in line.values["memberships"] if item["organ"] is None]
    spans = [
        _span(item, RULER_KIND[item["standing"]], PeriodStanding(item["standing"]).label) for item in own
    ]
    spans += [
        _suspension(item) for item in own if item["ended_by"] == PeriodEnd.SUSPENSION and item["ended_on"]
    ]
    rows = [{"label": _("Standing"), "spans": spans}] if spans else []
    pauses = [_span(item, "paused", _("participation paused")) for item in line.values["pauses"]]
    return [*rows, {"label": _("Pauses"), "spans": pauses}] if pauses else rows


def _span(item: Mapping[str, Any], kind: str, label: Any) -> dict[str, Any]:
    return {
        "start": _date(item["began_on"]),
        "end": _date(item["ended_on"]),
        "kind": kind,
        "label": str(label),
    }


def _suspension(item: Mapping[str, Any]) -> dict[str, Any]:
    """From the day after the last day as a member on."""
    return {
        "start": day_after(_date(item["ended_on"])),
        "end": None,
        "kind": "suspended",
        "label": _("membership suspended"),
    }


def periods_table(line: Line, ask: Ask) -> dict[str, Any]:
    """Every period and pause of a state."""
    periods = [*line.values["memberships"], *line.values["pauses"]]
    rows = [
        [
            {"began_on": _date(item["began_on"]), "ended_on": _date(item["ended_on"])},
            {"text": _standing_word(item), "lead": True},
            _organ_cell(item, ask),
            {"text": PeriodEnd(item["ended_by"]).label if item.get("ended_by") else ""},
        ]
        for item in periods
    ]
    heads = (gettext_lazy("Days"), gettext_lazy("Standing"), gettext_lazy("In"), gettext_lazy("Ended by"))
    return plain_table(_("Periods of membership and pauses in taking part"), heads, rows)


def _organ_cell(item: Mapping[str, Any], ask: Ask) -> dict[str, str]:
    organ = item.get("organ")
    return (
        {"text": organ, "url": ask.localised(f"/organs/{organ}/")}
        if organ
        else {"text": _("the Organization")}
    )


def _standing_word(item: Mapping[str, Any]) -> str:
    standing = item.get("standing")
    return str(PeriodStanding(standing).label) if standing else _("participation paused")


def _date(edtf: str | None) -> HistoricDate | None:
    return HistoricDate.parse(edtf) if edtf else None
