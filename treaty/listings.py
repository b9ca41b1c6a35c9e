"""The lists of instruments, provisions, wordings, amendments and acts of states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.columns import Boolean, Choice, Date, Integer, Ref, Refs, Text, Texts, Url, bilingual
from cstokb.listing.filterset import Rows
from cstokb.listing.listing import Line, Listing
from cstokb.listing.ordering import newest_first
from cstokb.listing.panels import Panel
from cstokb.records.choices import Language
from treaty import amendments, filters, read_values, reservations
from treaty import values as told
from treaty.choices import (
    ActionKind,
    AmendmentEffect,
    ClauseRule,
    EffectScope,
    InForce,
    InstrumentKind,
    ProvisionKind,
    TextStanding,
    TimeUnit,
    WordingState,
)
from treaty.models import Amendment, FinalClause, Instrument, Provision, ProvisionText, TreatyAction
from treaty.questions import AMENDS, FORCE


def _own(rows: Any, ask: Ask) -> Rows:
    """Instruments of the Treaty and the Organization; those of other bodies are named by others and never listed."""
    found: Rows = rows.own()
    return found


def instrument_card(line: Line, ask: Ask) -> dict[str, Any]:
    """An instrument with its kind, and whether it is in force on the day shown."""
    values = line.values
    summary = (values["summary_ru"] if ask.language == "ru" else None) or values["summary_en"] or ""
    meta = [capfirst(str(InstrumentKind(values["type"]).label)), told.in_force_words(line, ask)]
    return {
        "title": line.label,
        "url": line.url,
        "on": line.dates["signed_on"],
        "meta": [part for part in meta if part],
        "summary": summary,
        "lang": "en" if ask.language == "ru" and not values["title_ru"] else "",
    }


def instrument_details(rows: Any, ask: Ask) -> dict[str, Any]:
    """What only a single instrument says."""
    return {**told.instrument_details(rows, ask), **read_values.of_instrument(rows[0]["entry_id"], ask)}


def provision_details(rows: Any, ask: Ask) -> dict[str, Any]:
    """What only a single provision says."""
    return {**told.provision_details(rows, ask), **read_values.of_provision(rows, ask)}


INSTRUMENTS = Listing(
    kind="instrument",
    citable=True,
    tells_day=True,
    model=Instrument,
    filters=filters.InstrumentFilter,
    api="instruments",
    path="/treaties/",
    title=_("Treaties and other instruments"),
    description=_(
        "Treaties, protocols, agreements and decisions, what they say and whom they bind on the day shown."
    ),
    base=_own,
    order=newest_first("signed_on"),
    dated="signed_on",
    heading=("title_en", "title_ru"),
    summary=("summary_en", "summary_ru"),
    facets=("type", "topic", "year"),
    columns=(
        Choice("type", _("kind"), words=InstrumentKind),
        *bilingual("title", _("title"), _("title (Russian)")),
        Boolean("title_en_is_ours", _("the title is our wording")),
        Boolean("title_ru_is_ours", _("the Russian title is our wording")),
        *bilingual("short", _("short title"), _("short title (Russian)")),
        Date("signed_on", _("signed or adopted on")),
        *bilingual("place", _("place"), _("place (Russian)")),
        Choice("in_force", _("in force on the day asked about"), told.in_force, needs=FORCE, words=InForce),
        Texts(
            "in_force_blocked_by",
            _("facts that keep this from being known"),
            told.in_force_blocked,
            needs=FORCE,
        ),
        Date("in_force_on", _("in force from")),
        *bilingual("in_force_basis", _("basis of that date"), _("basis of that date (Russian)")),
        Date("ended_on", _("last day in force; null: none is known")),
        Boolean("external", _("an instrument of another body")),
        Text("unts_number", _("UNTS registration number")),
        Text("unts_volume", _("UNTS volume")),
        Date("registered_on", _("registered with the UN on")),
        Url("official_url", _("official text")),
        *bilingual("summary", _("summary (ours)"), _("summary (ours, Russian)")),
    ),
    prepare=told.the_day,
    details=(*told.INSTRUMENT_DETAILS, *read_values.INSTRUMENT_READ),
    prepare_details=instrument_details,
    card=instrument_card,
)

PROVISIONS = Listing(
    kind="provision",
    tells_day=True,
    model=Provision,
    filters=filters.ProvisionFilter,
    api="provisions",
    title=_("Provisions"),
    facets=("instrument", "type"),
    columns=(
        Ref("instrument", _("instrument")),
        Ref("parent", _("provision of which it is a part")),
        Choice("type", _("kind"), words=ProvisionKind),
        Text("number", _("number on the day asked about"), told.number, needs=("number",)),
        Text("name_en", _("kind and number on the day"), told.name_en, needs=("type", "number")),
        Text("name_ru", _("kind and number on the day (Russian)"), told.name_ru, needs=("type", "number")),
        Text("eid", _("eId")),
        Integer("order", _("place in the instrument")),
        *bilingual("heading", _("heading"), _("heading (Russian)")),
        Boolean("heading_is_ours", _("the heading is our wording")),
        Choice("status", _("what can be read of it on that day"), told.wording_state, words=WordingState),
        Texts("blocked_by", _("facts that keep this from being known"), told.wording_blocked),
        Refs("wordings", _("wordings in force on that day"), told.wordings),
        Ref(
            "read_for",
            _("state that it binds so; null: it is told in general, or the state is no party that day"),
            told.read_for,
        ),
    ),
    prepare=told.readings,
    names=told.names,
    details=(*told.PROVISION_DETAILS, *read_values.PROVISION_READ),
    prepare_details=provision_details,
)

PROVISION_TEXTS = Listing(
    kind="provision-text",
    model=ProvisionText,
    filters=filters.ProvisionTextFilter,
    api="provision-texts",
    title=_("Wordings"),
    order=newest_first("began_on"),
    dated="began_on",
    home="provision",
    facets=("lang", "standing"),
    columns=(
        Ref("provision", _("provision")),
        Choice("language", _("language"), words=Language),
        Choice("standing", _("what it is worth as law"), words=TextStanding),
        Date("began_on", _("first day")),
        Date("ended_on", _("last day; null: none is known")),
        Ref("made_by", _("instrument that made it; null: the original")),
        Text("text", _("text")),
        *bilingual("change", _("what changed (ours)"), _("what changed (ours, Russian)")),
    ),
)

AMENDMENTS = Listing(
    kind="amendment",
    model=Amendment,
    filters=filters.AmendmentFilter,
    api="amendments",
    title=_("Amendments"),
    home="instrument",
    tells_day=True,
    facets=("effect", "instrument", "made_by"),
    columns=(
        Ref("instrument", _("amended instrument")),
        Ref("provision", _("amended provision; null: which one is not recorded")),
        Ref("made_by", _("amending instrument")),
        Ref("made_by_provision", _("amending provision")),
        Choice("effect", _("what it does to the provision"), words=AmendmentEffect),
        Date(
            "began_on", _("first day of its own; null: it follows the amending instrument's entry into force")
        ),
        Date("ended_on", _("last day; null: it has not ended")),
        Date("effective_on", _("day from which it holds, by either"), amendments.since, needs=AMENDS),
        Choice(
            "holds",
            _("whether it holds on the day asked about"),
            amendments.holds,
            needs=AMENDS,
            words=InForce,
        ),
        Texts("holds_blocked_by", _("facts that keep this from being known"), amendments.holds_blocked),
        Ref("wording", _("wording it made; null: not yet consolidated")),
        Boolean("consolidated", _("a wording that it made is held"), amendments.consolidated),
        *bilingual("description", _("what changed (ours)"), _("what changed (ours, Russian)")),
    ),
    prepare=amendments.told,
)

TREATY_ACTIONS = Listing(
    kind="treaty-action",
    model=TreatyAction,
    filters=filters.TreatyActionFilter,
    api="treaty-actions",
    title=_("Acts of states"),
    order=newest_first("done_on"),
    dated="done_on",
    home="instrument",
    facets=("type", "state"),
    columns=(
        Ref("instrument", _("instrument")),
        Ref("state", _("state")),
        Choice("type", _("act"), words=ActionKind),
        Date("done_on", _("done on")),
        Date("effective_on", _("in effect from")),
        Choice("scope", _("whose date that is"), words=EffectScope),
        *bilingual("basis", _("basis"), _("basis (Russian)")),
        *bilingual("place", _("place"), _("place (Russian)")),
        Text("text", _("text")),
        Refs("provisions", _("provisions it concerns"), reservations.provision_ids),
        Text("provision_names_en", _("their names"), reservations.names_en),
        Text("provision_names_ru", _("their names (Russian)"), reservations.names_ru),
        Ref("objects_to", _("act to which an objection objects")),
        Boolean("disputed", _("sources disagree whether it bound the state")),
    ),
    prepare=reservations.concerned,
    names=reservations.names_in,
)

FINAL_CLAUSES = Listing(
    kind="final-clause",
    model=FinalClause,
    filters=filters.FinalClauseFilter,
    api="final-clauses",
    title=_("Final clauses"),
    home="instrument",
    columns=(
        Ref("instrument", _("instrument")),
        Ref("provision", _("provision in which it stands; null: not seen")),
        Choice("rule", _("rule"), words=ClauseRule),
        Integer("count", _("number of deposits or notices")),
        Integer("span", _("how long a delay, a term or a notice is")),
        Choice("unit", _("counted in"), words=TimeUnit),
        Ref("other", _("other instrument on which it turns")),
    ),
)


def act_table(lines: Any, ask: Ask) -> Mapping[str, Any]:
    """Acts as a table, for the page of a state or an instrument."""
    columns = [_("Day"), _("State"), _("Act"), _("Instrument"), _("In effect from")]
    return {
        "caption": TREATY_ACTIONS.title,
        "caption_hidden": True,
        "columns": [{"label": label} for label in columns],
        "rows": [_act_row(line, ask) for line in lines],
    }


def _act_row(line: Line, ask: Ask) -> list[dict[str, Any]]:
    state, instrument = line.refs["state"], line.refs["instrument"]
    done = line.dates["done_on"]
    return [
        {"date": done} if done else {"text": _("day not known")},
        {"text": state.label(ask.language), "url": ask.localised(state.path)},
        {"text": ActionKind(line.values["type"]).label, "lead": True},
        {"text": instrument.label(ask.language), "url": ask.localised(instrument.path)},
        {"date": line.dates["effective_on"]},
    ]


#: More amendments than any instrument has.
_ALL = 200
LISTINGS = (INSTRUMENTS, PROVISIONS, PROVISION_TEXTS, AMENDMENTS, TREATY_ACTIONS, FINAL_CLAUSES)
PANELS = {
    "state": (Panel(TREATY_ACTIONS, "state", table=act_table),),
    "instrument": (
        Panel(AMENDMENTS, "instrument", limit=_ALL, table=amendments.amendment_table),
        Panel(AMENDMENTS, "made_by", _("What it amends"), limit=_ALL, table=amendments.amendment_table),
    ),
    "provision": (
        Panel(AMENDMENTS, "provision", limit=_ALL, table=amendments.amendment_table),
        Panel(
            TREATY_ACTIONS,
            "provision",
            _("Reservations and declarations"),
            limit=_ALL,
            table=reservations.said_table,
        ),
    ),
}
