"""Instruments and provisions as JSON-LD, in terms of schema.org and of the European Legislation Identifier (ELI).

The context stands in the document itself, so that nothing has to be fetched to read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cstokb.dates import Answer, HistoricDate
from cstokb.listing.names import Named
from treaty.akomantoso.meta import MEDIA_TYPE as AKN
from treaty.akomantoso.naming import WorkName, language_code
from treaty.choices import ActionKind, InstrumentKind, TextStanding, Verb
from treaty.editions import Edition, expression_path
from treaty.page_instrument import Whole
from treaty.page_provision import Single
from treaty.reading import Wording

MEDIA_TYPE = "application/ld+json"
Item = dict[str, Any]

CONTEXT = {
    "@vocab": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "url": {"@type": "@id"},
    "contentUrl": {"@type": "@id"},
    "legislationLegalForce": {"@type": "@vocab"},
    "legislationLegalValue": {"@type": "@vocab"},
    "eli:in_force": {"@type": "@id"},
    "eli:language": {"@type": "@id"},
    "eli:legal_value": {"@type": "@id"},
}
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_FORCE = {
    Answer.YES: ("InForce", "eli:InForce-inForce"),
    Answer.NO: ("NotInForce", "eli:InForce-notInForce"),
}
#: How one instrument stands to another in ELI: from the one that acts, and from the one that is acted upon.
_VERBS = {
    Verb.AMENDS: ("eli:amends", "eli:amended_by"),
    Verb.PROLONGS: ("eli:changes", "eli:changed_by"),
    Verb.SUPERSEDES: ("eli:repeals", "eli:repealed_by"),
    Verb.TERMINATES: ("eli:repeals", "eli:repealed_by"),
    Verb.IMPLEMENTS: ("eli:based_on", "eli:basis_for"),
    Verb.SUPPLEMENTS: ("eli:related_to", "eli:related_to"),
}
#: An authentic text alone has the value of law; nothing of ours is official.
_VALUES = {
    TextStanding.AUTHENTIC: ("AuthoritativeLegalValue", "eli:LegalValue-authoritative"),
    TextStanding.OFFICIAL_TRANSLATION: ("OfficialLegalValue", "eli:LegalValue-official"),
}
_UNOFFICIAL = ("UnofficialLegalValue", "eli:LegalValue-unofficial")
_FORMATS = {"xml": AKN, "json": "application/json", "txt": "text/plain"}
_ESCAPES = (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026"))


def script(record: Item) -> SafeString:
    """A record as a block of data for the head of a page. It is no program, and no policy lets it be one."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for letter, written in _ESCAPES:
        text = text.replace(letter, written)
    return mark_safe(f'<script type="{MEDIA_TYPE}">{text}</script>')  # noqa: S308 (nothing in it can end it)


# -- instruments ---------------------------------------------------------------------------------------------------


def instrument(whole: Whole, edition: Edition | None, language: str) -> Item:
    """A work, the expression of the day asked about, and its formats."""
    values, dates = whole.line.values, whole.line.dates
    work = WorkName(values["type"], whole.line.id, dates["signed_on"])
    signed = [act["state_id"] for act in whole.acts if act["type"] == ActionKind.SIGNATURE]
    return without_empty(
        {
            "@context": CONTEXT,
            "@id": at(f"/treaties/{whole.line.id}/"),
            "@type": ["Legislation", "eli:LegalResource"],
            "url": at(f"/treaties/{whole.line.id}/"),
            "name": said(values["title_en"], values["title_ru"]),
            "alternateName": said(values["short_en"], values["short_ru"]),
            "abstract": said(values["summary_en"], values["summary_ru"]),
            "legislationType": str(InstrumentKind(values["type"])),
            "eli:type_document": str(InstrumentKind(values["type"])),
            "legislationIdentifier": work.uri,
            "eli:id_local": whole.line.id,
            "legislationDate": dated(dates["signed_on"]),
            "eli:date_document": dated(dates["signed_on"]),
            "eli:first_date_entry_in_force": dated(dates["in_force_on"]),
            "eli:date_no_longer_in_force": dated(dates["ended_on"]),
            **_force(whole),
            "legislationPassedBy": [named(one, "Country") for one in _public(signed, whole.names)],
            **_relations(whole),
            "hasPart": [
                {
                    "@id": at(f"/treaties/{part.id}/"),
                    "@type": ["Legislation", "eli:LegalResourceSubdivision"],
                    "name": said(part.name_on(whole.ask.day, "en"), part.name_on(whole.ask.day, "ru")),
                }
                for part in whole.parts
            ],
            "eli:is_realized_by": _expression(whole, edition, language),
        }
    )


def _force(whole: Whole) -> Item:
    """Whether it is in force on the day; nothing where that is not known."""
    answer = whole.force.on(whole.ask.day).answer
    if answer is Answer.UNKNOWN:
        return {}
    ours, eli = _FORCE[answer]
    return {"legislationLegalForce": ours, "eli:in_force": eli}


def _relations(whole: Whole) -> Item:
    found: dict[str, list[Item]] = {}
    for one in whole.relations:
        if one["instrument"] in whole.names:
            name = _VERBS[Verb(one["verb"])][1 if one["reverse"] else 0]
            found.setdefault(name, []).append(named(whole.names[one["instrument"]], "Legislation"))
    return dict(found)


def _expression(whole: Whole, edition: Edition | None, language: str) -> Item | None:
    if edition is None or edition.first is None:
        return None
    path = expression_path(whole.line.id, edition, language)
    held = [reading.wording(language) for _part, reading in whole.readings.values() if reading.wordings]
    standings = {one.standing for one in held if one}
    ours, eli = _value(next(iter(standings)) if len(standings) == 1 else "")
    return {
        "@id": at(path),
        "@type": ["Legislation", "eli:LegalExpression"],
        "url": at(path),
        "inLanguage": language,
        "eli:language": f"{_LANGUAGE}{language_code(language).upper()}",
        "legislationDateVersion": dated(HistoricDate.of_day(edition.first)),
        "legislationLegalValue": ours,
        "eli:legal_value": eli,
        "encoding": [
            {
                "@type": ["LegislationObject", "eli:Format"],
                "encodingFormat": media_type,
                "contentUrl": at(f"{path.rstrip('/')}.{suffix}"),
            }
            for suffix, media_type in _FORMATS.items()
        ],
    }


# -- provisions ----------------------------------------------------------------------------------------------------


def provision(single: Single, language: str) -> Item:
    """A provision with its words of the day, what it cites and what cites it."""
    part, names = single.part, single.names
    refers = [one["target_provision"] or one["target_instrument"] for one in single.refers_to]
    wording = single.reading.wording(language) if single.reading.wordings else None
    return without_empty(
        {
            "@context": CONTEXT,
            "@id": at(single.path),
            "@type": ["Legislation", "eli:LegalResourceSubdivision"],
            "url": at(single.path),
            "name": said(part.name_on(single.ask.day, "en"), part.name_on(single.ask.day, "ru")),
            "headline": said(single.row["heading_en"], single.row["heading_ru"]),
            "isPartOf": named(single.instrument, "Legislation") if single.instrument else None,
            **(_words(wording) if wording else {}),
            "eli:cites": [named(one, "Legislation") for one in _public(refers, names)],
            "eli:cited_by": [
                named(one, "Legislation")
                for one in _public((one["provision"] for one in single.referred_to_by), names)
            ],
        }
    )


def _words(one: Wording) -> Item:
    ours, eli = _value(one.standing)
    return {
        "text": {"@value": one.text, "@language": one.language},
        "legislationDateVersion": dated(one.period.began_on),
        "legislationLegalValue": ours,
        "eli:legal_value": eli,
    }


# -- small parts ---------------------------------------------------------------------------------------------------


def _value(standing: str) -> tuple[str, str]:
    return _VALUES[TextStanding(standing)] if standing in _VALUES else _UNOFFICIAL


def at(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def said(english: str | None, russian: str | None) -> list[Item]:
    """A text in the languages in which it is held."""
    return [{"@value": text, "@language": code} for code, text in (("en", english), ("ru", russian)) if text]


def dated(value: HistoricDate | None) -> Item | None:
    """A date as exactly as it is known; one without even a year, or only approximate, is left out."""
    if value is None or value.approximate or value.precision == "unknown":
        return None
    kind = {"day": "date", "month": "gYearMonth", "year": "gYear"}[value.precision]
    return {"@value": value.edtf, "@type": f"xsd:{kind}"}


def named(one: Named, kind: str) -> Item:
    """Another record with its names; without an address of its own where it has no page."""
    place = {"@id": at(one.path)} if one.path else {}
    return {**place, "@type": kind, "name": said(one.label_en, one.label_ru)}


def _public(keys: Iterable[int | None], names: Any) -> list[Named]:
    return [names[key] for key in dict.fromkeys(keys) if key in names]


def without_empty(record: Item) -> Item:
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}
