"""The page of one provision: its wordings over time, references both ways, and the sources of each wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.listing.ask import Ask
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Asked
from cstokb.listing.evidence import Beside
from cstokb.listing.listing import Line
from cstokb.listing.names import Named, Names
from cstokb.listing.record_pages import Beyond
from treaty.choices import WordingState
from treaty.citing import provision_cited, whole_of
from treaty.linking import Linker
from treaty.models import Instrument
from treaty.page_numbers import number_table, passed_on
from treaty.page_parts import (
    Item,
    band,
    change_note,
    compare_links,
    in_words,
    link,
    linked_list,
    name_links,
    notes,
    other_day,
    own,
    within,
    wording_spans,
)
from treaty.page_read import Reader, over_time, renumbered_words
from treaty.reader import study
from treaty.reading import Numbered, Part, Reading, Wording, changes
from treaty.referring import FoundBy, references_of
from treaty.sources import Sources
from treaty.texts import Row, numbers_of, parts_of
from treaty.values import provision_rows
from treaty.wordings import exact


def mentioned(ask: Ask, row: Row) -> Beyond:
    """What the page of the provision in a row names, and the wordings whose evidence it shows."""
    part = parts_of([row], ask)[row["entry_id"]]
    made, received = references_of([row["entry_id"]], ask)
    read = study(row["instrument_id"], ask)
    ids = {row["parent_id"], *read.mentions, *(one.made_by for one in part.wordings)}
    ids |= {one[name] for one in made for name in ("target_provision", "target_instrument")}
    ids |= {one["provision"] for one in received} | links_of(ask, row).ids
    return Beyond(ids, [one.entry_id for one in part.wordings])


def links_of(ask: Ask, row: Row) -> Linker:
    """What the wordings of the provision in a row refer to."""
    part = parts_of([row], ask)[row["entry_id"]]
    return Linker.of(ask, row["entry_id"], provision_rows(row["instrument_id"], ask), [part])


def cited(ask: Ask, row: Row, line: Line, asked_for: Asked) -> Cited:
    """How a provision is cited."""
    whole = whole_of(ask.scope.rows(Instrument), row["instrument_id"])
    return provision_cited(row, line, asked_for, whole)


@dataclass(frozen=True)
class Single:
    """Everything that the page of a provision shows, fetched in a fixed number of queries."""

    ask: Ask
    row: Row
    part: Part
    reading: Reading
    neighbours: Sequence[Row]
    refers_to: Sequence[Mapping[str, Any]]
    referred_to_by: Sequence[Mapping[str, Any]]
    names: Names
    evidence: Mapping[int, Sequence[dict[str, Any]]]
    numbers: Mapping[int, Sequence[Numbered]]
    links: Linker
    reader: Reader

    @classmethod
    def of(cls, ask: Ask, row: Row, line: Line) -> Single:
        """Fetch what the provision of a row says."""
        key, instrument = row["entry_id"], row["instrument_id"]
        part = parts_of([row], ask)[key]
        made, received = references_of([key], ask)
        neighbours, read = provision_rows(instrument, ask), study(instrument, ask)
        others = numbers_of((one["entry_id"] for one in neighbours), ask)
        beyond, beside = mentioned(ask, row), Beside.of(ask)
        beside.fetch(names=beyond.names, evidence=[key, *beyond.backed])
        links, names, evidence = links_of(ask, row), beside.names, beside.evidence
        reading, reader = read.read(part), Reader(read, names, f"/treaties/{part.id}/")
        return cls(
            ask, row, part, reading, neighbours, made, received, names, evidence, others, links, reader
        )

    @property
    def path(self) -> str:
        """The English address of the page."""
        return f"/treaties/{self.part.id}/"

    @property
    def instrument(self) -> Named | None:
        """The instrument of which it is a part."""
        return self.names.get(self.row["instrument_id"])

    @property
    def name(self) -> str:
        """Its kind and number on the day."""
        return self.part.named(self.reading.number, self.ask.language)

    def borne(self, row: Row) -> tuple[Numbered, ...]:
        """The numbers over time of a provision of the instrument."""
        return tuple(self.numbers.get(row["entry_id"], ()))

    def name_of(self, row: Row) -> str:
        """The name on the day of another provision of the instrument."""
        part = Part(
            row["entry_id"],
            row["entry__slug"],
            row["type"],
            row["number"],
            tuple(self.numbers[row["entry_id"]]),
        )
        return part.name_on(self.ask.day, self.ask.language)


def context(single: Single, line: Line, language: str) -> dict[str, Any]:
    """What templates/treaty/provision.html shows."""
    ask = single.ask
    chosen = in_order(single, language)
    sources = Sources(ask, single.evidence, backed(single))
    shown = [wording(single, one, sources, line) for one in chosen]
    return {
        "kind": single.instrument.label(ask.language) if single.instrument else "",
        "title": single.name,
        "heading": own(single.row, "heading", ask),
        "lede": lede(single),
        "asof": provision_band(single),
        "state_notice": state_notice(single),
        "party_notice": party_notice(single),
        "lacking_notices": lacking_notices(single),
        "over_time": over_time(part=single.part, anchors=anchors(single), reader=single.reader),
        "ruler_rows": ruler_rows(single),
        "wordings_today": [one for one in shown if one["held"]],
        "wordings_other": [one for one in shown if not one["held"]],
        "parts_of_it": children(single),
        "refers_to": reference_entries(single, single.refers_to, _target),
        "referred_to_by": reference_entries(single, single.referred_to_by, _source),
        "numbers": number_table(single),
        "passed_on": passed_on(single),
        "evidence": sources.notes(),
        "neighbours": around(single),
        "comparisons": compare_links(single.ask, single.part.id, single.row["eid"]),
        "outline": page_outline(single),
    }


# -- head ----------------------------------------------------------------------------------------------------------


def lede(single: Single) -> str:
    """How many wordings are held, after the heading."""
    count = len({(one.period.began_on, one.period.ended_on) for one in single.part.wordings})
    held = ngettext("%(n)s wording is held.", "%(n)s wordings over time are held.", count) % {"n": count}
    heading = own(single.row, "heading", single.ask)
    said = [f"{heading}." if heading else "", held if count else ""]
    return " ".join(one for one in (*said, *renumbered_words(single.part, single.reading, single.ask)) if one)


def provision_band(single: Single) -> Item:
    """The day shown, and the days on which a wording began."""
    begun = {day for one in single.part.wordings if (day := exact(one.period.began_on))}
    amended = {day for day, _maker in changes([single.part])} - begun
    days = [(day, _("%(year)s wording") % {"year": day.year}) for day in begun]
    days += [(day, _("%(year)s amended") % {"year": day.year}) for day in amended]
    subject = single.reader.subject(_("As it stood on"))
    return band(single.ask, single.path, subject, sorted(days), None, single.reader.choices())


def party_notice(single: Single) -> Item | None:
    """That it is not certain that the instrument binds the state for which it is read."""
    return single.reader.notice(single.instrument.label(single.ask.language) if single.instrument else "")


def lacking_notices(single: Single) -> list[Item]:
    """The amendments that hold on the day, or may, without words that are held."""
    return [{"kind": "warn", **one} for one in single.reader.not_in_it(single.reading)]


def anchors(single: Single) -> dict[str, str]:
    """Where each wording stands on the page."""
    return {one.id: anchor(one) for one in single.part.wordings}


def anchor(one: Wording) -> str:
    """The name of a wording on the page."""
    began = one.period.began_on
    return f"w-{one.language}-{began.edtf if began else 'undated'}-{one.standing}"


def state_notice(single: Single) -> Item | None:
    """Why no wording is shown for the day, and the way to the nearest that is."""
    words = single.reader.why_none(single.part, single.reading)
    if not words:
        return None
    way = other_day(single.part, single.path, single.ask)
    blocked = [
        _("What keeps it from being known: %(facts)s.")
        % {"facts": single.reader.facts(single.reading.blocked_by)}
    ]
    return {
        "kind": "warn" if single.reading.state == WordingState.UNKNOWN else "",
        "title": words,
        "paragraphs": blocked if single.reading.blocked_by else [],
        "links": [way] if way else [],
    }


def ruler_rows(single: Single) -> list[Item]:
    """The wordings on the scale of years."""
    spans = wording_spans([single.part])
    return [{"label": "", "spans": spans, "marks": []}] if spans else []


# -- wordings ------------------------------------------------------------------------------------------------------


def in_order(single: Single, language: str) -> list[Wording]:
    """The wordings of the day first, in the language asked for before others; then the rest, newest first."""
    held = list(single.reading.wordings or single.reading.possible)
    first = single.reading.wording(language)
    today = [*([first] if first else []), *(one for one in held if one is not first)]
    rest = [one for one in reversed(single.part.wordings) if one not in held]
    return [*today, *rest]


def wording(single: Single, one: Wording, sources: Sources, line: Line) -> Item:
    """One wording as components/wording.html shows it; ``held`` is true for one of the day."""
    ask, began = single.ask, one.period.began_on
    held = one in single.reading.wordings
    note = own(vars(one), "note", ask)
    return {
        "anchor": anchor(one),
        "began_on": began,
        "ended_on": one.period.ended_on,
        "current": one.period.ended_on is None and single.reading.state != WordingState.REPEALED,
        "voice": one.standing,
        "lang": one.language,
        "text": one.text,
        "html": single.links.html(one, single.names),
        "refs": sources.numbers(one.entry_id),
        "held": held,
        "notes": notes(
            change_note(one, single.part, single.names, ask),
            *(single.reader.whose(single.part, one) if held or not single.reader.study.reads_for else ()),
            {"title": _("Note"), "text": note} if note else None,
            _refers_to(single) if held else None,
            _not_known(single, one),
        ),
        "confidence": one.confidence,
    }


def _refers_to(single: Single) -> Item | None:
    said = (_target(one) for one in single.refers_to if one["found_by"] == FoundBy.EDITOR)
    links = name_links(said, single.names, single.ask)
    return {"title": _("Refers to"), "text": linked_list(links)} if links else None


def _not_known(single: Single, one: Wording) -> Item | None:
    if one not in single.reading.possible:
        return None
    said = _("Not known whether it holds on %(day)s") % {"day": in_words(single.ask.day, single.ask)}
    return {"title": said, "text": single.reader.facts(single.reading.blocked(one))}


def backed(single: Single) -> Iterable[tuple[int, str]]:
    """The wordings and the provision, with what a line of evidence about each backs."""
    for one in single.part.wordings:
        began, words = one.period.began_on, _("wording from %(day)s")
        yield (
            one.entry_id,
            words % {"day": in_words(began, single.ask, after_since=True)} if began else _("wording"),
        )
    yield single.part.entry_id, ""


# -- references ----------------------------------------------------------------------------------------------------


def _target(one: Mapping[str, Any]) -> int | None:
    found: int | None = one["target_provision"] or one["target_instrument"]
    return found


def _source(one: Mapping[str, Any]) -> int | None:
    found: int | None = one["provision"]
    return found


def reference_entries(single: Single, references: Iterable[Mapping[str, Any]], end: Any) -> list[Item]:
    """References as rows of links with their reasons."""
    return [
        {**link(single.names[key], single.ask), "text": why(one, single.ask)}
        for one in references
        if (key := end(one)) in single.names
    ]


def why(one: Mapping[str, Any], ask: Ask) -> str:
    """Why something refers to something: the editors' reason, else the words of the text."""
    reason = own(one, "why", ask)
    if reason or not one["words"]:
        return reason
    said = (
        _("The text says “%(words)s”; it may mean something else.") if one["ambiguous"] else _("“%(words)s”")
    )
    return said % {"words": one["words"]}


def children(single: Single) -> list[Item]:
    """The provisions that are parts of this one."""
    return [
        {
            "url": within(single.ask, f"/treaties/{row['entry__slug']}/"),
            "label": single.name_of(row),
            "text": own(row, "heading", single.ask),
        }
        for row in single.neighbours
        if row["parent_id"] == single.part.entry_id
    ]


def around(single: Single) -> list[Item]:
    """The provisions of the same kind before and after."""
    rows = [row for row in single.neighbours if row["type"] == single.row["type"]]
    places = [place for place, row in enumerate(rows) if row["entry_id"] == single.part.entry_id]
    near = [(place + step, rel) for place in places for step, rel in ((-1, "prev"), (1, "next"))]
    return [
        {
            "url": within(single.ask, f"/treaties/{rows[place]['entry__slug']}/"),
            "label": single.name_of(rows[place]),
            "rel": rel,
        }
        for place, rel in near
        if 0 <= place < len(rows)
    ]


def page_outline(single: Single) -> list[Item]:
    """The sections of the page."""
    part = single.part
    found = [
        ("wording", _("Wording on the day"), bool(single.reading.wordings)),
        ("others", _("Other wordings"), len(part.wordings) > len(single.reading.wordings)),
        ("over-time", _("Wordings and amendments over time"), bool(part.wordings or part.amendments)),
        ("parts", _("Parts"), any(row["parent_id"] == part.entry_id for row in single.neighbours)),
        ("refers", _("Refers to"), bool(single.refers_to)),
        ("referred", _("Referred to by"), bool(single.referred_to_by)),
        ("numbers", _("Numbers over time"), bool(part.numbers)),
        ("evidence", _("Evidence"), True),
    ]
    return [{"url": f"#{anchor}", "label": label} for anchor, label, there in found if there]
