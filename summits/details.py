"""What only a single session, invocation or activity says: the parts that hang on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.columns import Data, Ref, Refs
from cstokb.listing.evidence import Beside
from cstokb.listing.table import Row
from summits.choices import ActivityRole, Capacity, Mode, TextKind
from summits.parts import (
    InvocationParts,
    Part,
    SessionParts,
    contingents_of,
    invocation_parts,
    requests_of,
    session_parts,
)


def _text(label: Any = "") -> serializers.CharField:
    return serializers.CharField(allow_null=True, help_text=str(label))


def _plain(part: Part, *names: str) -> dict[str, Any]:
    """A part as an object of the API: its public id, references under their names, empty texts as null."""
    values = {name: part.get(f"{name}_id", part.get(name)) for name in names}
    return {"id": part["entry__slug"], **{name: _shown(value) for name, value in values.items()}}


def _shown(value: Any) -> Any:
    if isinstance(value, HistoricDate):
        return value.edtf
    return None if value == "" else value


# -- sessions ---------------------------------------------------------------------------------------------------


def of_sessions(rows: Sequence[Row], ask: Ask) -> Mapping[int, SessionParts]:
    """The parts of each session."""
    return {row["entry_id"]: session_parts(row, ask) for row in rows}


def _seats(row: Row, made: Mapping[int, SessionParts]) -> list[dict[str, Any]]:
    names = (
        *(
            "state",
            "organ",
            "person",
            "capacity",
            "mode",
            "signed",
            "represents",
            "office",
            "office_en",
            "office_ru",
        ),
        *("reason_en", "reason_ru", "name_inferred", "confidence"),
    )
    return [_plain(seat, *names) for seat in made[row["entry_id"]].seats]


def _agenda(row: Row, made: Mapping[int, SessionParts]) -> list[dict[str, Any]]:
    points = made[row["entry_id"]].agenda
    return [{**_plain(point, "order", "text_en", "text_ru"), "topics": point["topics"]} for point in points]


def _adopted(row: Row, made: Mapping[int, SessionParts]) -> list[dict[str, Any]]:
    names = ("type", "instrument", "title_en", "title_ru", "title_is_ours")
    return [_plain(text, *names) for text in made[row["entry_id"]].adopted]


SESSION_DETAILS = (
    Data(
        "attendances",
        _("who sat; a member without a row is not known, never absent"),
        _seats,
        ids=("state", "organ", "person", "represents", "office"),
        title="SessionAttendance",
        members={
            "id": serializers.CharField(),
            "state": _text(),
            "organ": _text(),
            "person": _text(),
            "capacity": serializers.ChoiceField(choices=Capacity.values, allow_null=True),
            "mode": serializers.ChoiceField(choices=Mode.values),
            "signed": serializers.BooleanField(),
            "represents": _text(_("The person who was represented.")),
            "office": _text(),
            "office_en": _text(_("The office on that day, as the source names it.")),
            "office_ru": _text(),
            "reason_en": _text(_("The stated reason of an absence.")),
            "reason_ru": _text(),
            "name_inferred": serializers.BooleanField(),
            "confidence": _text(),
        },
    ),
    Data(
        "agenda",
        _("points of the agenda"),
        _agenda,
        lists=("topics",),
        title="SessionAgenda",
        members={
            "id": serializers.CharField(),
            "order": serializers.IntegerField(),
            "topics": serializers.ListField(child=serializers.CharField()),
            "text_en": _text(),
            "text_ru": _text(),
        },
    ),
    Data(
        "adopted",
        _("texts adopted or signed, statements apart"),
        _adopted,
        ids=("instrument",),
        title="SessionAdopted",
        members={
            "id": serializers.CharField(),
            "type": serializers.ChoiceField(choices=TextKind.values),
            "instrument": _text(),
            "title_en": _text(),
            "title_ru": _text(),
            "title_is_ours": serializers.BooleanField(),
        },
    ),
    Ref(
        "previous",
        _("the session before it"),
        lambda row, made: made[row["entry_id"]].previous,
        needs=("began_on_min",),
    ),
    Ref("following", _("the session after it"), lambda row, made: made[row["entry_id"]].following),
)

# -- invocations ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """The parts of an invocation, and the sources that speak of each step by itself."""

    parts: InvocationParts
    sources: Mapping[int, Sequence[str]]


def of_invocations(rows: Sequence[Row], ask: Ask) -> Mapping[int, Told]:
    """The steps and documents of each invocation; the sources of all of them in one query."""
    parts = {row["entry_id"]: invocation_parts(row, ask) for row in rows}
    beside = Beside.of(ask)
    beside.fetch(evidence=[key for one in parts.values() for key in one.backed()])
    return {
        key: Told(
            one, {part: [item["source"] for item in beside.evidence.get(part, ())] for part in one.backed()}
        )
        for key, one in parts.items()
    }


def _steps(row: Row, made: Mapping[int, Told]) -> list[dict[str, Any]]:
    told = made[row["entry_id"]]
    return [
        {**_plain(step, "done_on", "text_en", "text_ru"), "sources": told.sources[step["entry_id"]]}
        for step in told.parts.steps
    ]


def _papers(row: Row, made: Mapping[int, Told]) -> list[dict[str, Any]]:
    told = made[row["entry_id"]]
    names = ("title_en", "title_ru", "instrument", "session", "note_en", "note_ru")
    return [
        {**_plain(paper, *names), "sources": told.sources[paper["entry_id"]]} for paper in told.parts.papers
    ]


_SOURCES = serializers.ListField(
    child=serializers.CharField(),
    help_text="Sources that speak of it by itself; those of the invocation back it too.",
)
INVOCATION_DETAILS = (
    Data(
        "steps",
        _("dated steps"),
        _steps,
        title="InvocationStep",
        members={
            "id": serializers.CharField(),
            "done_on": _text(),
            "text_en": _text(),
            "text_ru": _text(),
            "sources": _SOURCES,
        },
    ),
    Data(
        "documents",
        _("documents, held or only known of"),
        _papers,
        ids=("instrument", "session"),
        title="InvocationDocument",
        members={
            "id": serializers.CharField(),
            "title_en": _text(),
            "title_ru": _text(),
            "instrument": _text(),
            "session": _text(),
            "note_en": _text(),
            "note_ru": _text(),
            "sources": _SOURCES,
        },
    ),
)

# -- activities -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """Hosts and participants of an activity, the requests behind it, and the sessions that dealt with these."""

    states: Sequence[Part]
    requests: Sequence[Part]

    @property
    def sessions(self) -> list[int]:
        """Row ids of the sessions."""
        found = (one["session_id"] for one in self.requests if one["session_id"])
        return list(dict.fromkeys(found))


def of_activities(rows: Sequence[Row], ask: Ask) -> Mapping[int, Taken]:
    """What hangs on each activity."""
    return {row["entry_id"]: Taken(contingents_of(row, ask), requests_of(row, ask)) for row in rows}


def _states_as(role: ActivityRole) -> Any:
    return lambda row, made: [
        part["state_id"] for part in made[row["entry_id"]].states if part["role"] == role
    ]


def _contingents(row: Row, made: Mapping[int, Taken]) -> list[dict[str, Any]]:
    names = ("state", "role", "contingent", "contingent_qualifier", "note_en", "note_ru")
    return [_plain(part, *names) for part in made[row["entry_id"]].states]


ACTIVITY_DETAILS = (
    Refs("hosts", _("states that hosted it"), _states_as(ActivityRole.HOST)),
    Refs("participants", _("states that took part"), _states_as(ActivityRole.PARTICIPANT)),
    Refs(
        "invocations",
        _("requests behind it"),
        lambda row, made: [one["entry_id"] for one in made[row["entry_id"]].requests],
    ),
    Refs(
        "sessions",
        _("sessions that dealt with these requests"),
        lambda row, made: made[row["entry_id"]].sessions,
    ),
    Data(
        "states",
        _("states with their part and contingent"),
        _contingents,
        ids=("state",),
        title="ActivityStates",
        members={
            "id": serializers.CharField(),
            "state": _text(),
            "role": serializers.ChoiceField(choices=ActivityRole.values),
            "contingent": serializers.IntegerField(allow_null=True),
            "contingent_qualifier": _text(),
            "note_en": _text(),
            "note_ru": _text(),
        },
    ),
)
