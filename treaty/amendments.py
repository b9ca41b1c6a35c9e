"""What the list of amendments says of each, on the day asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from treaty import fetching, questions
from treaty.choices import AmendmentEffect
from treaty.reading import Amending
from treaty.texts import amending, force_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """What the rows of a page of amendments share: the day, and which of them have a consolidated wording."""

    day: date
    amendings: Mapping[int, Amending]
    consolidated: frozenset[int]

    def of(self, row: Row) -> Amending:
        """The amendment of a row."""
        return self.amendings[row["entry_id"]]


def told(rows: Sequence[Row], ask: Ask) -> Told:
    """Fetch for a page of amendments when their makers are in force and which wordings they made; one query."""
    makers = frozenset(row["made_by_id"] for row in rows)
    acting, texts = fetching.fetch_made(makers, ask)
    forces = {row["entry_id"]: force_of(row) for row in acting}
    made = {tuple(row[name] for name in questions.MADE) for row in texts}
    return Told(
        ask.day,
        {row["entry_id"]: amending(row, forces) for row in rows},
        frozenset(row["entry_id"] for row in rows if (row["provision_id"], row["made_by_id"]) in made),
    )


def holds(row: Row, told: Told) -> str:
    """Whether an amendment holds on the day: yes, no or unknown."""
    return told.of(row).on(told.day).answer.value


def holds_blocked(row: Row, told: Told) -> tuple[str, ...]:
    """What keeps that from being known."""
    return told.of(row).on(told.day).blocked_by


def since(row: Row, told: Told) -> HistoricDate | None:
    """The day from which it holds: its own, else that of the amending instrument's entry into force."""
    return told.of(row).since


def consolidated(row: Row, told: Told) -> bool:
    """Whether a wording that it made is held."""
    return row["entry_id"] in told.consolidated


def amendment_table(lines: Sequence[Line], ask: Ask) -> Mapping[str, Any]:
    """Amendments as a table, for the pages of instruments and provisions."""
    columns = [_("Provision"), _("Effect"), _("Made by"), _("Holds from"), _("What changed (ours)")]
    return {
        "caption": _("Amendments"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in columns],
        "rows": [_table_row(line, ask) for line in lines],
    }


def _table_row(line: Line, ask: Ask) -> list[dict[str, Any]]:
    subject, maker = line.refs.get("provision") or line.refs["instrument"], line.refs["made_by"]
    since, values = line.dates["effective_on"], line.values
    said = (values["description_ru"] if ask.language == "ru" else None) or values["description_en"] or ""
    missing = "" if values["consolidated"] or not values["provision"] else _("Not yet consolidated.")
    return [
        {"text": subject.label(ask.language), "url": ask.localised(subject.path) if subject.path else ""},
        {"text": str(AmendmentEffect(values["effect"]).label), "lead": True},
        {"text": maker.label(ask.language), "url": ask.localised(maker.path) if maker.path else ""},
        {"date": since} if since else {"text": _("entry into force not known")},
        {"text": " ".join(part for part in (said, missing) if part)},
    ]
