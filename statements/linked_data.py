"""A statement as JSON-LD, in terms of schema.org: a work, who stands over it, its passages, and what they cite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstokb.listing.names import Named
from statements.choices import IssuerKind, StatementKind
from statements.documents import StatementDocument, Words
from treaty.akomantoso.meta import MEDIA_TYPE as AKN
from treaty.linked_data import MEDIA_TYPE, at, dated, named, said, script, without_empty

__all__ = ["MEDIA_TYPE", "script", "statement"]

Item = dict[str, Any]
CONTEXT = {
    "@vocab": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "url": {"@type": "@id"},
    "contentUrl": {"@type": "@id"},
}
_FORMATS = {"xml": AKN, "json": "application/json", "txt": "text/plain"}
_AGENTS = {"person": "Person", "state": "Country"}


def statement(of: StatementDocument) -> Item:
    """The statement and the passages of the language version shown; where none is held, its summary alone."""
    values, path = of.line.values, of.path
    return without_empty(
        {
            "@context": CONTEXT,
            "@id": at(path),
            "@type": "CreativeWork",
            "url": at(path),
            "name": said(values["title_en"], values["title_ru"]),
            "abstract": said(values["summary_en"], values["summary_ru"]),
            "genre": str(StatementKind(values["type"])),
            "identifier": of.id,
            "datePublished": dated(of.issued),
            "author": [_agent(one) for one in _authors(of)],
            "contributor": [_agent(one) for one in _speakers(of.passages)],
            "inLanguage": list(of.languages),
            "isPartOf": named(of.session, "Event") if of.session else None,
            "hasPart": [_passage(one, of) for one in of.passages],
            "encoding": [
                {
                    "@type": "MediaObject",
                    "encodingFormat": media_type,
                    "contentUrl": at(f"{path.rstrip('/')}.{suffix}"),
                }
                for suffix, media_type in _FORMATS.items()
            ],
        }
    )


def _authors(of: StatementDocument) -> Sequence[Named]:
    return of.authors if of.line.values["issuer"] != IssuerKind.PRESS else ()


def _speakers(passages: Sequence[Words]) -> Sequence[Named]:
    return list({one.speaker.id: one.speaker for one in passages if one.speaker}.values())


def _agent(one: Named) -> Item:
    return named(one, _AGENTS.get(one.kind, "Organization"))


def _passage(one: Words, of: StatementDocument) -> Item:
    place = f"{of.path}#{one.anchor}"
    return without_empty(
        {
            "@id": at(place),
            "@type": "Quotation" if one.role == "quotation" else "CreativeWork",
            "url": at(place),
            "position": one.anchor.removeprefix("p"),
            "text": {"@value": one.text, "@language": of.language},
            "spokenByCharacter": _agent(one.speaker) if one.speaker and one.role == "quotation" else None,
            "creator": _agent(one.speaker) if one.speaker and one.role != "quotation" else None,
            "citation": [named(target, "Legislation") for target in one.cites],
        }
    )
