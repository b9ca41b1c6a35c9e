"""An instrument as a text in JSON: the same document as Akoma Ntoso and plain text, for programs."""

from __future__ import annotations

from typing import Any

from cstokb.dates import HistoricDate
from treaty.documents import Document, Passage, restatement_remark, speaking


def record(of: Document) -> dict[str, Any]:
    """The instrument as of its day: its names, its expression, and every provision with the words of the day."""
    with speaking(of.language):
        edition = of.edition
        return {
            "id": of.work.id,
            "type": of.work.type,
            "work": of.work.uri,
            "title": of.title,
            "title_is_ours": of.title_is_ours,
            "on": of.day.isoformat(),
            "language": of.language,
            "expression": {
                "uri": of.work.expression(of.language, edition.first if edition else None),
                "from": edition.first.isoformat() if edition and edition.first else None,
                "to": edition.last.isoformat() if edition and edition.last else None,
                "url": f"{of.site}{of.address()}",
            },
            "remark": restatement_remark(of) or None,
            "signed_on": _edtf(of.dates["signed_on"]),
            "in_force_on": _edtf(of.dates["in_force_on"]),
            "ended_on": _edtf(of.dates["ended_on"]),
            "official_url": of.values["official_url"] or None,
            "provisions": [_provision(one) for one in of.passages],
        }


def _provision(one: Passage) -> dict[str, Any]:
    held = one.wording
    return {
        "id": one.id,
        "eid": one.eid,
        "type": one.type,
        "name": one.name,
        "heading": one.heading or None,
        "heading_is_ours": one.heading_is_ours,
        "status": one.state.value,
        "notice": one.notice or None,
        "text": held.text if held else None,
        "language": held.language if held else None,
        "standing": held.standing if held else None,
        "began_on": _edtf(held.period.began_on) if held else None,
        "ended_on": _edtf(held.period.ended_on) if held else None,
        "made_by": one.made_by.work.id if one.made_by else None,
        "notes": list(one.notes),
        "provisions": [_provision(child) for child in one.children],
    }


def _edtf(value: HistoricDate | None) -> str | None:
    return value.edtf if value else None
