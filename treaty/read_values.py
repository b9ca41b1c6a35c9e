"""What a single instrument or provision says in the API of its text on the day: amendments, whom it binds, and how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.dates import Answer
from cstokb.listing.ask import Ask
from cstokb.listing.columns import Data, Texts
from cstokb.listing.table import Row
from treaty.acts import standing_record
from treaty.choices import AmendmentEffect, PartyStatus, WordingState
from treaty.reader import Study, readings_of, study
from treaty.reading import Amending, Part, Reading
from treaty.texts import amendments_whole
from treaty.values import provision_rows

Item = dict[str, Any]


def of_provision(rows: Sequence[Row], ask: Ask) -> Item:
    """The amendments to a provision, those whose words are not held, and for whom its wordings are in force."""
    row = rows[0]
    part, reading = readings_of(rows, ask)[row["entry_id"]]
    known = study(row["instrument_id"], ask)
    return {
        "amendments": [_amendment(one, ask) for one in part.amendments],
        "not_consolidated": [one.id for one in reading.lacking],
        "in_force_for": [_reach(maker, known) for maker in _makers(reading)],
        "state": _state(known),
    }


def of_instrument(instrument: int, ask: Ask) -> Item:
    """How the provisions of an instrument are read on the day, and the amendments whose words are not held."""
    rows = provision_rows(instrument, ask)
    found = readings_of(rows, ask) if rows else {}
    known = study(instrument, ask)
    whole = [one for one in amendments_whole(instrument, ask) if known.doubt(one).answer is Answer.YES]
    lacking = [*whole, *(one for _part, reading in found.values() for one in reading.lacking)]
    return {
        "reading": [_read(part, reading) for part, reading in found.values()],
        "not_consolidated": [one.id for one in lacking],
        "state": _state(known),
    }


def _read(part: Part, reading: Reading) -> Item:
    return {
        "provision": part.entry_id,
        "number": reading.number or None,
        "status": reading.state.value,
        "wordings": [one.id for one in reading.wordings],
        "not_consolidated": [one.id for one in reading.lacking],
        "blocked_by": list(reading.blocked_by),
    }


def _amendment(one: Amending, ask: Ask) -> Item:
    verdict, since = one.on(ask.day), one.since
    return {
        "id": one.id,
        "made_by": one.made_by,
        "effect": one.effect,
        "effective_on": since.edtf if since else None,
        "holds": verdict.answer.value,
        "blocked_by": list(verdict.blocked_by),
    }


def _makers(reading: Reading) -> Iterable[int]:
    """The instruments that made the wordings of the day, or those that may be."""
    makers = (one.made_by for one in (reading.wordings or reading.possible))
    return list(dict.fromkeys(maker for maker in makers if maker is not None))


def _reach(maker: int, known: Study) -> Item:
    reach = known.bonds.reach(maker)
    groups = {"yes": reach.yes, "no": reach.no, "unknown": reach.unknown}
    return {"made_by": maker, **{name: [int(one) for one in states] for name, states in groups.items()}}


def _state(known: Study) -> Item | None:
    if known.state is None:
        return None
    standing = known.bonds.standing(known.state.id)
    return {"state": known.state.key, **standing_record(standing)}


# -- the columns ---------------------------------------------------------------------------------------------------


def _text(label: Any = "") -> serializers.CharField:
    return serializers.CharField(allow_null=True, help_text=str(label))


def _list() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField())


def _answer() -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=[answer.value for answer in Answer])


def _part(name: str) -> Any:
    return lambda row, made: made[name]


_NOT_CONSOLIDATED = Texts(
    "not_consolidated",
    _("amendments that hold on the day though no wording consolidated with them is held"),
    _part("not_consolidated"),
)


def _state_column(title: str) -> Data:
    """The state for which the text is read; each kind of record needs a name of its own in the API's description."""
    return Data(
        "state",
        _(
            "the state asked about and how it stands to the instrument; no: the text is shown without binding it"
        ),
        _part("state"),
        many=False,
        ids=("state",),
        title=title,
        members={
            "state": serializers.CharField(),
            "answer": _answer(),
            "status": serializers.ChoiceField(choices=PartyStatus.values),
            "since": _text(),
            "act": _text(),
            "blocked_by": _list(),
        },
    )


PROVISION_READ = (
    Data(
        "amendments",
        _("what other instruments change in it"),
        _part("amendments"),
        ids=("made_by",),
        title="AmendmentOfProvision",
        members={
            "id": serializers.CharField(),
            "made_by": serializers.CharField(),
            "effect": serializers.ChoiceField(choices=AmendmentEffect.values),
            "effective_on": _text(),
            "holds": _answer(),
            "blocked_by": _list(),
        },
    ),
    _NOT_CONSOLIDATED,
    Data(
        "in_force_for",
        _("for which parties the instruments that made the wordings of the day are in force"),
        _part("in_force_for"),
        ids=("made_by",),
        lists=("yes", "no", "unknown"),
        title="InForceFor",
        members={"made_by": serializers.CharField(), "yes": _list(), "no": _list(), "unknown": _list()},
    ),
    _state_column("ProvisionReadFor"),
)
INSTRUMENT_READ = (
    Data(
        "reading",
        _("what can be read of each provision on the day, for the state where one is asked about"),
        _part("reading"),
        ids=("provision",),
        title="ProvisionRead",
        members={
            "provision": serializers.CharField(),
            "number": _text(),
            "status": serializers.ChoiceField(choices=WordingState.values),
            "wordings": _list(),
            "not_consolidated": _list(),
            "blocked_by": _list(),
        },
    ),
    _NOT_CONSOLIDATED,
    _state_column("InstrumentReadFor"),
)
