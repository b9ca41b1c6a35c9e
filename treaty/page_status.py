"""How states stand to instruments on a day: the matrix of all, and the signs of statuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.names import Named, Names, names_of
from treaty.acts import act_rows, parties_told
from treaty.choices import PartyStatus
from treaty.fetching import FORCE
from treaty.listings import INSTRUMENTS
from treaty.page_parts import Item, link, own, with_time
from treaty.reading import Force
from treaty.status import Standing
from treaty.texts import Row, force_of

#: The sign of the matrix for each status; where it serves several, the word beside it tells them apart.
SIGNS = {
    PartyStatus.PARTY: "party",
    PartyStatus.CONTRACTING: "contracting",
    PartyStatus.PROVISIONAL: "contracting",
    PartyStatus.SIGNATORY: "signatory",
    PartyStatus.SUSPENDED: "former",
    PartyStatus.FORMER: "former",
    PartyStatus.NONE: "none",
    PartyStatus.UNKNOWN: "not-known",
}


def status_cell(one: Standing) -> Item:
    """A status as a sign with its word."""
    status = PartyStatus(one.status)
    return {"sign": SIGNS[status], "text": status.label}


@dataclass(frozen=True)
class Matrix:
    """Own instruments by states on a day, in a fixed number of queries however many there are."""

    ask: Ask
    instruments: Sequence[Row]
    told: Mapping[int, Mapping[str, Standing]]
    states: Sequence[Named]

    @classmethod
    def of(cls, ask: Ask) -> Matrix:
        """Fetch every own instrument upon which a state acted."""
        order = INSTRUMENTS.order_in(ask.language)
        rows = INSTRUMENTS.rows(ask).order_by(*(key.expression() for key in order))
        labels = (
            "entry_id",
            "entry__slug",
            "entry__label_en",
            "entry__label_ru",
            "entry__path",
            "short_en",
            "short_ru",
        )
        instruments = list(rows.values(*labels, *FORCE))
        forces = {row["entry_id"]: force_of(row) for row in instruments}
        return cls._told(ask, instruments, forces)

    @classmethod
    def _told(cls, ask: Ask, instruments: Sequence[Row], forces: Mapping[int, Force]) -> Matrix:
        acts = act_rows(forces, ask)
        names: Names = names_of((act["state_id"] for act in acts), ask.scope)
        told = {
            key: one.on(ask.day) for key, one in parties_told(acts, forces, names).items() if one.histories
        }
        states = sorted(names.values(), key=lambda named: named.label(ask.language))
        return cls(ask, [row for row in instruments if row["entry_id"] in told], told, states)

    @property
    def keys(self) -> list[str]:
        """The columns of an export: the instrument's id, then the states."""
        return ["id", *sorted(named.id for named in self.states)]

    def records(self) -> Iterable[dict[str, Any]]:
        """The rows of an export: the status of each state, null where it did not act."""
        for row in self.instruments:
            told = self.told[row["entry_id"]]
            statuses = {state: str(told[state].status) if state in told else None for state in self.keys[1:]}
            yield {"id": row["entry__slug"], **statuses}

    def table(self) -> Item:
        """The matrix as components/matrix.html shows it."""
        rows = [self._row(row) for row in self.instruments]
        caption = _("How each state stands to each instrument on the day shown")
        return {
            "caption": caption,
            "row_heading": _("Instrument"),
            "columns": [self._column(one) for one in self.states],
            "groups": [{"rows": rows}],
        }

    def _column(self, one: Named) -> Item:
        shown = link(one, self.ask)
        return {"label": one.id.upper(), "title": shown["label"], "url": shown["url"]}

    def _row(self, row: Row) -> Item:
        told = self.told[row["entry_id"]]
        label = {"label_en": row["entry__label_en"], "label_ru": row["entry__label_ru"]}
        return {
            "date": row["signed_on"],
            "label": _("undated"),
            "place": own(row, "short", self.ask) or own(label, "label", self.ask),
            "url": with_time(self.ask, f"{row['entry__path']}parties/"),
            "cells": [self._cell(told.get(one.id)) for one in self.states],
        }

    def _cell(self, one: Standing | None) -> Item:
        status = PartyStatus(one.status) if one else PartyStatus.NONE
        return {"kind": SIGNS[status], "label": str(status.label)}
