"""The page of an instrument: facts, the text read whole on a day, relations, and how states stand to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstokb.dates import Answer, HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import named
from cstokb.listing.listing import Line
from cstokb.listing.names import Names
from cstokb.listing.record_pages import Beyond
from treaty.choices import ActionKind, InstrumentKind, PartyStatus, ProvisionKind
from treaty.final import told_of
from treaty.linking import Linker
from treaty.page_clauses import clauses_context
from treaty.page_facts import facts, lede
from treaty.page_parts import (
    Item,
    act_words,
    band,
    change_note,
    confidence_note,
    language_of,
    link,
    linked_list,
    name_links,
    notes,
    other_day,
    own,
    with_time,
    within,
)
from treaty.page_read import Reader, lacking_notice
from treaty.reader import study
from treaty.reading import Amending, Force, Part, Reading, Wording, changes, languages
from treaty.referring import FoundBy, references_of
from treaty.status import Parties
from treaty.texts import Row, amendments_whole, force_of, parts_of
from treaty.values import provision_rows, relations_of, verb_words


def mentioned(ask: Ask, row: Row) -> Beyond:
    """What the page of the instrument in a row names."""
    key = row["entry_id"]
    rows = provision_rows(key, ask)
    parts = parts_of(rows, ask) if rows else {}
    references = references_of(parts, ask)[0] if rows else []
    ids = {*study(key, ask).mentions, *(one["instrument"] for one in relations_of(key, ask))}
    ids |= {one[name] for one in references for name in ("target_provision", "target_instrument")}
    ids |= {one.made_by for part in parts.values() for one in part.wordings}
    return Beyond(ids | links_of(ask, row).ids)


def links_of(ask: Ask, row: Row) -> Linker:
    """What the wordings of the instrument in a row refer to."""
    rows = provision_rows(row["entry_id"], ask)
    return Linker.of(ask, row["entry_id"], rows, parts_of(rows, ask).values() if rows else ())


@dataclass(frozen=True)
class Whole:
    """Everything that the page of an instrument shows, fetched in a fixed number of queries."""

    ask: Ask
    line: Line
    force: Force
    rows: Sequence[Row]
    readings: Mapping[int, tuple[Part, Reading]]
    references: Sequence[Mapping[str, Any]]
    relations: Sequence[Mapping[str, Any]]
    acts: Sequence[Row]
    names: Names
    links: Linker
    reader: Reader

    @classmethod
    def of(cls, ask: Ask, row: Row, line: Line) -> Whole:
        """Fetch what the instrument of a row says."""
        key = row["entry_id"]
        rows = provision_rows(key, ask)
        parts = parts_of(rows, ask) if rows else {}
        references = references_of(parts, ask)[0] if rows else []
        relations, read = relations_of(key, ask), study(key, ask)
        names = named(mentioned(ask, row).names, ask)
        readings = {one: (part, read.read(part)) for one, part in parts.items()}
        acts = [act for act in read.acts if act["instrument_id"] == key]
        links, reader = links_of(ask, row), Reader(read, names, f"/treaties/{line.id}/")
        force = force_of(row)
        return cls(ask, line, force, rows, readings, references, relations, acts, names, links, reader)

    @property
    def parts(self) -> list[Part]:
        """The provisions in their order."""
        return [part for part, _reading in self.readings.values()]

    @property
    def parties(self) -> Parties:
        """How states stand to the instrument."""
        return self.reader.study.bonds.told[self.line.entry_id]


def context(whole: Whole, language: str) -> dict[str, Any]:
    """What templates/treaty/instrument.html shows."""
    ask, line, values = whole.ask, whole.line, whole.line.values
    told = whole.parties
    return {
        "kind": capfirst(str(InstrumentKind(values["type"]).label)),
        "lede": lede(line, ask),
        "asof": instrument_band(whole),
        "state_notice": whole.reader.notice(line.label),
        "lacking_notice": lacking_notice(lacking(whole), whole.names, ask) if whole.rows else None,
        "summary": own(values, "summary", ask),
        "facts": facts(line, ask),
        "ruler_rows": ruler_rows(whole),
        "articles": articles(whole, language),
        "outline": outline(whole),
        "outline_label": _("Outline"),
        "restated": any(part.is_restated for part in whole.parts),
        "headings_ours": any(one["heading_is_ours"] and one["heading_en"] for one in whole.rows),
        "languages": language_links(whole, language),
        "relations": relation_facts(whole),
        "standings": standing_facts(told, whole),
        "blocked": blocked(told, whole),
        **clauses_context(told_of(line.entry_id, ask), ask),
        "parties_url": with_time(ask, f"/treaties/{line.id}/parties/"),
        "compare_url": with_time(ask, f"/treaties/{line.id}/compare/"),
    }


# -- head ----------------------------------------------------------------------------------------------------------


def instrument_band(whole: Whole) -> Item:
    """The day shown, and the days on which the instrument or its text changed."""
    signed = whole.force.signed_on
    subject = whole.reader.subject(_("The instrument as it stood on"))
    path, earliest = whole.reader.path, signed.earliest if signed else None
    states = whole.reader.choices() if whole.rows else []
    return band(whole.ask, path, subject, notable_days(whole), earliest, states)


def lacking(whole: Whole) -> list[tuple[Amending, str, str]]:
    """The amendments that hold on the day though no words of them are held, with the names of what they change."""
    ask = whole.ask
    found = [
        (one, part.named(reading.number, ask.language), f"#{part.id.rpartition('/')[2]}")
        for part, reading in whole.readings.values()
        for one in reading.lacking
    ]
    told = whole.reader.study
    whole_ones = amendments_whole(whole.line.entry_id, ask)
    holding = [one for one in whole_ones if told.doubt(one).answer is Answer.YES]
    return [*((one, own(vars(one), "description", ask) or whole.line.label, "") for one in holding), *found]


def changed(whole: Whole) -> list[tuple[date, int]]:
    """The days on which amendments began, each with its maker's row id."""
    return changes(whole.parts, amendments_whole(whole.line.entry_id, whole.ask))


def notable_days(whole: Whole) -> list[tuple[date, str]]:
    """Entry into force, prolongations and amendments, each with a short label."""
    found: dict[date, str] = {day: _("%(year)s amended") for day, _maker in changed(whole)}
    found |= {day: _("%(year)s prolonged") for day in prolongations(whole.acts)}
    if began := _exact(whole.force.in_force_on):
        found[began] = _("%(year)s in force")
    return [(day, label % {"year": day.year}) for day, label in sorted(found.items())]


def _exact(value: HistoricDate | None) -> date | None:
    return value.exact_day if value else None


def ruler_rows(whole: Whole) -> list[Item]:
    """The time in force, divided where wordings changed, with the signature and prolongations as marks."""
    force = whole.force
    marks: list[Item] = []
    if _dated(force.signed_on):
        marks.append({"on": force.signed_on, "kind": "signature", "label": _("signed")})
    marks += [{"on": day, "kind": "act", "label": _("prolonged")} for day in prolongations(whole.acts)]
    spans = _spans(force, [day for day, _maker in changed(whole)])
    return [{"label": "", "spans": spans, "marks": marks}] if spans or marks else []


def prolongations(acts: Iterable[Row]) -> list[date]:
    """The days from which states prolonged the instrument."""
    days = (_exact(act["effective_on"]) for act in acts if act["type"] == ActionKind.PROLONGATION)
    return sorted({day for day in days if day})


def _dated(value: HistoricDate | None) -> bool:
    return value is not None and value.earliest is not None


def _spans(force: Force, changed: Iterable[date]) -> list[Item]:
    if force.in_force_on is None or not _dated(force.in_force_on):
        return []
    starts: list[HistoricDate] = [force.in_force_on]
    for day in sorted(set(changed)):
        if starts[-1].earliest and day > starts[-1].earliest:
            starts.append(HistoricDate.of_day(day))
    ends: list[HistoricDate | None] = [_day_before(start) for start in starts[1:]]
    ends.append(force.ended_on)
    return [
        {
            "start": start,
            "end": end,
            "kind": "text2" if place % 2 else "text",
            "label": _("amended text") if place else _("in force, first text"),
            "below": _("amended %(year)s") % {"year": start.year} if place else _("in force"),
        }
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _day_before(start: HistoricDate) -> HistoricDate | None:
    first = start.exact_day
    return HistoricDate.of_day(date.fromordinal(first.toordinal() - 1)) if first else None


# -- the text ------------------------------------------------------------------------------------------------------


def articles(whole: Whole, language: str) -> list[Item]:
    """The provisions with their wording on the day, or why there is none."""
    return [article(whole, row, language) for row in whole.rows]


def article(whole: Whole, row: Row, language: str) -> Item:
    """One provision as components/article.html shows it; ``heads`` is true for a chapter without words of its own."""
    ask, (part, reading) = whole.ask, whole.readings[row["entry_id"]]
    wording = reading.wording(language) if reading.wordings else None
    path = f"/treaties/{part.id}/"
    return {
        "anchor": row["eid"],
        "url": within(ask, path),
        "name": part.named(reading.number, ask.language),
        "heading": own(row, "heading", ask),
        "heading_lang": language_of(row, "heading", ask),
        "ours": row["heading_is_ours"],
        "heads": part.is_heading,
        **(shown(wording, whole) if wording else {}),
        **({} if wording or part.is_heading else _notice(whole, part, reading, path)),
        "notes": notes(
            change_note(wording, part, whole.names, ask) if wording else None,
            *whole.reader.notes(part, reading, wording),
            _refers_to(whole, part),
            {"title": _("Note"), "text": own(row, "note", ask)} if own(row, "note", ask) else None,
            confidence_note(wording.confidence) if wording else None,
        ),
    }


def shown(one: Wording, whole: Whole) -> Item:
    """The words of a wording, with its references as links."""
    return {
        "voice": one.standing,
        "lang": one.language,
        "text": one.text,
        "html": whole.links.html(one, whole.names),
    }


def _notice(whole: Whole, part: Part, reading: Reading, path: str) -> Item:
    way = other_day(part, path, whole.ask) or {"url": "", "label": ""}
    return {
        "notice": whole.reader.why_none(part, reading),
        "notice_url": way["url"],
        "notice_label": way["label"],
    }


def _refers_to(whole: Whole, part: Part) -> Item | None:
    ids = [
        one["target_provision"] or one["target_instrument"]
        for one in whole.references
        if one["provision"] == part.entry_id and one["found_by"] == FoundBy.EDITOR
    ]
    links = name_links(ids, whole.names, whole.ask)
    return {"title": _("Refers to"), "text": linked_list(links)} if links else None


def outline(whole: Whole) -> list[Item]:
    """The provisions as a list of links."""
    ask = whole.ask
    return [
        {
            "url": f"#{row['eid']}",
            "number": whole.readings[row["entry_id"]][1].number,
            "label": own(row, "heading", ask)
            or whole.readings[row["entry_id"]][0].named(
                whole.readings[row["entry_id"]][1].number, ask.language
            ),
            "chapter": row["type"] == ProvisionKind.CHAPTER,
        }
        for row in whole.rows
    ]


def language_links(whole: Whole, shown: str) -> list[Item]:
    """The languages in which wordings are held, where there is more than one."""
    held = languages(whole.parts)
    path = f"/treaties/{whole.line.id}/"
    links = [
        {"code": code, "url": within(whole.ask, path, lang=code), "current": code == shown} for code in held
    ]
    return links if len(held) > 1 else []


# -- others --------------------------------------------------------------------------------------------------------


def relation_facts(whole: Whole) -> list[Item]:
    """How the instrument stands to others, verb by verb."""
    grouped: dict[str, list[int]] = {}
    for relation in whole.relations:
        if relation["instrument"] in whole.names:
            grouped.setdefault(verb_words(relation), []).append(relation["instrument"])
    ask = whole.ask
    return [
        {
            "label": words[:1].upper() + words[1:],
            "links": [link(whole.names[key], ask) for key in keys],
            "titles": len(keys) > 1,
        }
        for words, keys in grouped.items()
    ]


def standing_facts(told: Parties, whole: Whole) -> list[Item]:
    """States by their status on the day, each status with its states in the order of the page's language."""
    states = whole.reader.states
    by_status: dict[str, list[Item]] = {}
    for state, one in told.on(whole.ask.day).items():
        if state not in states:
            continue
        by_status.setdefault(one.status, []).append(link(states[state], whole.ask))
    return [
        {
            "label": _status_heading(status),
            "links": sorted(by_status[status], key=lambda item: str(item["label"])),
        }
        for status in PartyStatus.values
        if status in by_status
    ]


def _status_heading(status: str) -> str:
    label = str(PartyStatus(status).label)
    return label[:1].upper() + label[1:]


def blocked(told: Parties, whole: Whole) -> list[str]:
    """For each state whose standing is not known: its name, and the acts that keep it from being known."""
    ask = whole.ask
    acts = {
        act["entry__slug"]: act_words(act["type"], act["done_on"] or act["effective_on"], ask)
        for act in whole.acts
    }
    labels = {key: named.label(ask.language) for key, named in whole.reader.states.items()}
    return [
        f"{labels[state]}: {'; '.join(acts.get(fact, fact) for fact in one.blocked_by)}"
        for state, one in told.on(ask.day).items()
        if one.blocked_by and state in labels
    ]
