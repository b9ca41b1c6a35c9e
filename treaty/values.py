"""Values of the lists that are computed for the day asked about, and what only a single record says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.dates import Answer, HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.columns import Data, Refs
from cstokb.listing.listing import Line
from cstokb.listing.names import Names
from cstokb.listing.table import Row
from cstokb.records.choices import Language
from treaty import fetching
from treaty.choices import REVERSE, TextStanding, Verb
from treaty.clause_values import CLAUSE_DETAILS
from treaty.editions import Edition, editions, expression_path
from treaty.final import told_of
from treaty.numbering import ProvisionName
from treaty.reader import readings_of, state_of
from treaty.reading import Part, Reading, Wording
from treaty.referring import FoundBy, references_of
from treaty.texts import force_of, parts_of

Readings = Mapping[int, tuple[Part, Reading]]
Item = dict[str, Any]

# -- instruments ---------------------------------------------------------------------------------------------------


def the_day(rows: Sequence[Row], ask: Ask) -> date:
    """The day of which the rows speak."""
    return ask.day


def in_force(row: Row, day: date) -> str:
    """Whether an instrument is in force on the day: yes, no or unknown."""
    return force_of(row).on(day).answer.value


def in_force_blocked(row: Row, day: date) -> tuple[str, ...]:
    """What keeps the answer from being known."""
    return force_of(row).on(day).blocked_by


def in_force_words(line: Line, ask: Ask) -> str:
    """Whether an instrument is in force on the day shown, in a few words."""
    answer = line.values["in_force"]
    if answer == Answer.YES:
        return gettext("in force")
    began, ended = line.dates["in_force_on"], line.dates["ended_on"]
    if answer == Answer.NO:
        return gettext("no longer in force") if _before(ended, ask.day) else gettext("not in force yet")
    return gettext("entry into force not known") if began is None else gettext("not known whether in force")


def _before(ended: HistoricDate | None, day: date) -> bool:
    return ended is not None and ended.latest is not None and ended.latest < day


def relations_of(instrument: int, ask: Ask) -> list[Item]:
    """How an instrument stands to others, both ways, as {verb, reverse, instrument (row id)}; one query."""
    return ask.once(("relations", instrument), lambda: _fetch_relations(instrument, ask))


def _fetch_relations(instrument: int, ask: Ask) -> list[Item]:
    rows = fetching.relations(instrument, ask)
    found = [
        {
            "verb": row["verb"],
            "reverse": row["source_id"] != instrument,
            "instrument": row["target_id"] if row["source_id"] == instrument else row["source_id"],
        }
        for row in rows
    ]
    return sorted(found, key=lambda item: (item["reverse"], Verb.values.index(item["verb"])))


def verb_words(relation: Mapping[str, Any]) -> str:
    """The verb of a relation as its instrument's page says it: "amends", "amended by"."""
    verb = Verb(relation["verb"])
    return str(REVERSE[verb] if relation["reverse"] else verb.label)


def provision_rows(instrument: int, ask: Ask) -> list[Row]:
    """The provisions of an instrument in their order, as `treaty.texts` reads them; one query."""
    return list(fetching.provisions(instrument, ask))


def instrument_details(rows: Sequence[Row], ask: Ask) -> Item:
    """What only a single instrument says."""
    key, slug = rows[0]["entry_id"], rows[0]["entry__slug"]
    fetching.fetch_instrument(key, ask)
    return {
        "provisions": [row["entry_id"] for row in provision_rows(key, ask)],
        "relations": relations_of(key, ask),
        "expressions": _expressions(slug, editions_of(rows[0], ask), ask),
        "told": told_of(key, ask),
    }


def editions_of(row: Row, ask: Ask) -> list[Edition]:
    """The expressions of the instrument of a row, worked out once for a question; three queries."""

    def work_out() -> list[Edition]:
        provisions = provision_rows(row["entry_id"], ask)
        parts = parts_of(provisions, ask) if provisions else {}
        return editions(force_of(row), list(parts.values()))

    return ask.once(("editions", row["entry_id"]), work_out)


def _expressions(slug: str, found: Iterable[Edition], ask: Ask) -> list[Item]:
    """Each span over which the text reads the same, once for each language in which a wording of it is held."""
    return [
        {
            "language": language,
            "from": one.first.isoformat() if one.first else None,
            "to": one.last.isoformat() if one.last else None,
            "url": ask.absolute(ask.localised(expression_path(slug, one, language))),
        }
        for one in found
        for language in one.languages
    ]


INSTRUMENT_DETAILS = (
    Refs("provisions", _("provisions in their order"), lambda row, made: made["provisions"]),
    Data(
        "relations",
        _("how it stands to other instruments; reverse: the other one is the subject of the verb"),
        lambda row, made: made["relations"],
        ids=("instrument",),
        title="InstrumentRelation",
        members={
            "verb": serializers.ChoiceField(choices=Verb.values),
            "reverse": serializers.BooleanField(),
            "instrument": serializers.CharField(),
        },
    ),
    Data(
        "expressions",
        _("the texts that are held, each with the days, both included, on which it reads so"),
        lambda row, made: made["expressions"],
        title="Expression",
        members={
            "language": serializers.ChoiceField(choices=Language.values),
            "from": serializers.DateField(allow_null=True, help_text=str(_("Null: no day begins it."))),
            "to": serializers.DateField(allow_null=True, help_text=str(_("Null: no later change is known."))),
            "url": serializers.URLField(),
        },
    ),
    *CLAUSE_DETAILS,
)

# -- provisions ----------------------------------------------------------------------------------------------------


def number(row: Row, readings: Readings) -> str:
    """The number on the day."""
    return readings[row["entry_id"]][1].number


def name_en(row: Row, readings: Readings) -> str:
    """ "Article 4"."""
    return ProvisionName(row["type"], number(row, readings)).text("en")


def name_ru(row: Row, readings: Readings) -> str:
    """«Статья 4»."""
    return ProvisionName(row["type"], number(row, readings)).text("ru")


def wording_state(row: Row, readings: Readings) -> str:
    """What can be read of a provision on the day."""
    return readings[row["entry_id"]][1].state.value


def wording_blocked(row: Row, readings: Readings) -> tuple[str, ...]:
    """What keeps it from being known."""
    return readings[row["entry_id"]][1].blocked_by


def wordings(row: Row, readings: Readings) -> list[int]:
    """Row ids of the wordings in force on the day."""
    return [one.entry_id for one in readings[row["entry_id"]][1].wordings]


def read_for(row: Row, readings: Readings) -> int | None:
    """Row id of the state that it binds so; None where none was asked about, or the state is no party that day."""
    return readings[row["entry_id"]][1].read_for


def text_item(one: Wording) -> Item:
    """A wording as the API says it with its provision."""
    began, ended = one.period.began_on, one.period.ended_on
    return {
        "id": one.id,
        "language": one.language,
        "standing": one.standing,
        "began_on": began.edtf if began else None,
        "ended_on": ended.edtf if ended else None,
        "made_by": one.made_by,
        "text": one.text,
    }


def readings(rows: Sequence[Row], ask: Ask) -> Readings:
    """How the provisions of a page, or a single one, stand on the day asked about; one query."""
    fetching.fetch_provisions(rows, ask, for_state=state_of(ask) is not None)
    return readings_of(rows, ask)


def names(rows: Sequence[Row], ask: Ask) -> Names:
    """What the provisions of a page name: their instruments and wordings, and the state for which they are read."""
    asked = state_of(ask)
    found = fetching.fetch_provisions(rows, ask, for_state=asked is not None)
    return {**found, **({asked.key: asked.named} if asked else {})}


def provision_details(rows: Sequence[Row], ask: Ask) -> Item:
    """What only a single provision says."""
    key = rows[0]["entry_id"]
    part, reading = readings_of(rows, ask)[key]
    made, received = references_of([key], ask)
    unknown = [{"id": one.id, "blocked_by": list(reading.blocked(one))} for one in reading.possible]
    return {
        "texts": [text_item(one) for one in reading.wordings],
        "unknown": unknown,
        "all_wordings": [one.entry_id for one in part.wordings],
        "numbers": [_number_item(one.number, one.period) for one in part.numbers],
        "refers_to": made,
        "referred_to_by": received,
    }


def _number_item(text: str, period: Any) -> Item:
    began, ended = period.began_on, period.ended_on
    return {
        "number": text,
        "began_on": began.edtf if began else None,
        "ended_on": ended.edtf if ended else None,
    }


def _text(label: Any = "") -> serializers.CharField:
    return serializers.CharField(allow_null=True, help_text=str(label))


def _number_of(label: Any) -> serializers.IntegerField:
    return serializers.IntegerField(allow_null=True, help_text=str(label))


def _part(name: str) -> Any:
    return lambda row, made: made[name]


PROVISION_DETAILS = (
    Data(
        "texts",
        _("wordings in force on the day asked about"),
        _part("texts"),
        ids=("made_by",),
        title="TextInForce",
        members={
            "id": serializers.CharField(),
            "language": serializers.ChoiceField(choices=Language.values),
            "standing": serializers.ChoiceField(choices=TextStanding.values),
            "began_on": _text(),
            "ended_on": _text(),
            "made_by": _text(_("Null: the original wording.")),
            "text": serializers.CharField(),
        },
    ),
    Data(
        "unknown",
        _("wordings of which it is not known whether they hold that day"),
        _part("unknown"),
        title="TextNotKnown",
        members={
            "id": serializers.CharField(),
            "blocked_by": serializers.ListField(child=serializers.CharField()),
        },
    ),
    Refs("all_wordings", _("every wording, oldest first"), _part("all_wordings")),
    Data(
        "numbers",
        _("numbers over time, where they changed"),
        _part("numbers"),
        title="NumberOverTime",
        members={"number": serializers.CharField(), "began_on": _text(), "ended_on": _text()},
    ),
    *(
        Data(
            name,
            label,
            _part(name),
            ids=("provision", "target_provision", "target_instrument", "wording"),
            title="ReferenceMade" if name == "refers_to" else "ReferenceReceived",
            members={
                "provision": serializers.CharField(),
                "target_provision": _text(),
                "target_instrument": _text(),
                "why_en": _text(),
                "why_ru": _text(),
                "found_by": serializers.ChoiceField(
                    choices=FoundBy.values, help_text=str(_("An editor, or the words of a text alone."))
                ),
                "ambiguous": serializers.BooleanField(
                    help_text=str(_("The words may mean something else as well."))
                ),
                "wording": _text(_("The wording that says it; null: no text does.")),
                "start": _number_of(_("Where its words begin in the text of that wording.")),
                "end": _number_of(_("Where they end.")),
                "words": _text(_("The words.")),
            },
        )
        for name, label in (("refers_to", _("what it refers to")), ("referred_to_by", _("what refers to it")))
    ),
)
