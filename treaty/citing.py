"""How instruments and their parts are cited: by the title, the days and the series of the act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cstokb.listing.citation import Act, Cited
from cstokb.listing.citing import LANGUAGES, Asked, of_record
from cstokb.listing.listing import Line
from treaty.choices import InstrumentKind
from treaty.listings import PROVISIONS
from treaty.texts import Row

#: What an organ adopts; any other kind of instrument is signed.
ADOPTED = (InstrumentKind.STRATEGY, InstrumentKind.DECISION, InstrumentKind.REGULATION)
#: What is said of an instrument on the page of one of its parts.
OF_THE_WHOLE = ("type", "signed_on", "in_force_on", "unts_number", "unts_volume", "place_en", "place_ru")


def instrument_cited(cited: Cited, row: Row) -> Cited:
    """An instrument as its list cites it, with what makes it an act."""
    return replace(cited, act=_act(row, cited.title))


def provision_cited(row: Row, line: Line, asked_for: Asked, instrument: Mapping[str, Any]) -> Cited:
    """A provision: its name on the day and its instrument, with where and when that was signed."""
    names = {language: line.values[f"name_{language}"] for language in LANGUAGES}
    whole = {language: line.refs["instrument"].label(language) for language in LANGUAGES}
    place = {one: instrument[f"place_{one}"] for one in LANGUAGES if instrument.get(f"place_{one}")}
    return replace(
        of_record(PROVISIONS, row, line, asked_for),
        title={language: f"{names[language]}, {whole[language]}" for language in LANGUAGES},
        issued=instrument.get("signed_on"),
        dated=True,
        at=place,
        act=_act(instrument, whole, names) if instrument else None,
    )


def whole_of(rows: Any, instrument: int) -> Mapping[str, Any]:
    """What is said of an instrument where a part of it is cited; one query."""
    found: Mapping[str, Any] = rows.filter(entry_id=instrument).values(*OF_THE_WHOLE).first() or {}
    return found


def _act(row: Row, title: Mapping[str, str], part: Mapping[str, str] | None = None) -> Act:
    return Act(
        title=title,
        signed=row["type"] not in ADOPTED,
        in_force_on=row["in_force_on"],
        number=row["unts_number"],
        volume=row["unts_volume"],
        part=part or {},
    )
