"""What a curator sent back from the review screen, as choices; what was not sent stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from cstokb.curation.documents.choices import Choices, Decision, Do, Keep, SaidBy
from cstokb.curation.documents.model import FindingKind, Recognised
from cstokb.curation.documents.spellings import RECORD_KINDS, Spelling, spellings
from cstokb.dates import HistoricDate, InvalidDate
from cstokb.records.choices import SourceType
from cstokb.records.models import Entry
from statements.models import Passage
from treaty.choices import TextStanding

PLAIN = {
    "title": 500,
    "publisher": 300,
    "url": 1000,
    "published_on": 40,
    "statement_en": 400,
    "statement_ru": 400,
    "issued_on": 40,
    "place": 120,
    "session": 240,
}
#: What a name that was not recognised may be the name of.
NAMEABLE = (
    FindingKind.STATE,
    FindingKind.PERSON,
    FindingKind.ORGAN,
    FindingKind.INSTRUMENT,
    FindingKind.TOPIC,
)
_LONGEST_ID = 240
#: How many places of one spelling are shown, each with a box.
MOST_PLACES = 20
_STANDINGS = {str(value) for value, _label in TextStanding.choices if value != TextStanding.RESTATEMENT}


@dataclass
class Answers:
    """Choices as they were sent, and what is wrong with them, by the name of the field."""

    choices: Choices
    errors: dict[str, str] = field(default_factory=dict)


def answers(found: Recognised, before: Choices, sent: Any) -> Answers:
    """The choices that stood with those that were sent put over them.

    Args:
        found: what was recognised.
        before: the choices so far.
        sent: the fields of the form, a ``QueryDict``.
    """
    listed = spellings(found)
    choices = replace(
        before,
        **_plain(sent, before),
        spellings=before.spellings
        | {one.index: _decision(one, sent) for one in listed if f"s{one.index}" in sent},
        quotations=before.quotations
        | {index: _said_by(index, sent) for index in range(len(found.quotations)) if f"q{index}" in sent},
    )
    return Answers(choices, _errors(choices, listed))


def _text(sent: Mapping[str, str], name: str, longest: int) -> str:
    return sent.get(name, "").replace("\x00", "").strip()[:longest]


def _plain(sent: Any, before: Choices) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: _text(sent, name, longest) for name, longest in PLAIN.items() if name in sent
    }
    if sent.get("type") in SourceType.values:
        values["type"] = sent["type"]
    if sent.get("standing") in _STANDINGS:
        values["standing"] = sent["standing"]
    if sent.get("keep") in {one.value for one in Keep}:
        values["keep"] = Keep(sent["keep"])
    if "title" in sent:  # a box that is not ticked is not sent; the page as a whole is
        values["again"] = "again" in sent
    return values


def _decision(spelling: Spelling, sent: Any) -> Decision:
    name = f"s{spelling.index}"
    answer, typed = sent.get(name, ""), _text(sent, f"{name}-record", _LONGEST_ID)
    kind = sent.get(f"{name}-kind", "") or spelling.kind.value
    kind = kind if kind in {one.value for one in FindingKind} else spelling.kind.value
    said = Decision(
        kind=kind,
        backs=f"{name}-backs" in sent,
        remember=f"{name}-remember" in sent,
        not_here=_not_here(spelling, sent),
    )
    if answer in {Do.REFUSE.value, Do.PERSON.value, Do.ORGAN.value}:
        return replace(said, do=Do(answer), record=typed)
    if answer.startswith("r:"):
        return replace(said, do=Do.ACCEPT, record=answer[2:][:_LONGEST_ID])
    return replace(said, do=Do.ACCEPT, record=typed) if answer == "other" else said


def _not_here(spelling: Spelling, sent: Any) -> tuple[int, ...]:
    """The places that were not ticked; a single place has no box."""
    if len(spelling.places) == 1:
        return ()
    here = set(sent.getlist(f"s{spelling.index}-here"))
    return tuple(one.start for one in spelling.places[:MOST_PLACES] if str(one.start) not in here)


def _said_by(index: int, sent: Mapping[str, str]) -> SaidBy:
    name = f"q{index}"
    answer = sent.get(name, "")
    do = Do(answer) if answer in {Do.ACCEPT.value, Do.REFUSE.value} else Do.UNDECIDED
    typed, chosen = _text(sent, f"{name}-other", _LONGEST_ID), _text(sent, f"{name}-speaker", _LONGEST_ID)
    return SaidBy(
        do,
        speaker=typed or chosen,
        office=_text(sent, f"{name}-office", Passage._meta.get_field("speaker_office_en").max_length or 200),
        document=_text(sent, f"{name}-document", _LONGEST_ID),
    )


def _errors(choices: Choices, listed: Sequence[Spelling]) -> dict[str, str]:
    """What would be refused in the end, said now and at its field."""
    errors = {
        name: _("This is no date.")
        for name in ("published_on", "issued_on")
        if not _is_date(getattr(choices, name))
    }
    if choices.url and not choices.url.startswith(("https://", "http://")):
        errors["url"] = _("An address begins with https:// or http://.")
    wanted = dict(_references(choices, listed))
    standing = set(
        Entry.objects.filter(slug__in={slug for _kinds, slug in wanted.values()}).values_list("kind", "slug")
    )
    for name, (kinds, slug) in wanted.items():
        if not any((kind, slug) in standing for kind in kinds):
            errors[name] = _("There is no record with the id “%(id)s”.") % {"id": slug}
    for one in listed:
        decision = choices.spellings.get(one.index)
        if decision and decision.do is Do.ACCEPT and not decision.record:
            errors[f"s{one.index}"] = _("Say which record is meant.")
        elif decision and decision.kind == "date" and decision.record and not _is_date(decision.record):
            errors[f"s{one.index}"] = _("This is no date.")
    return errors


def _references(
    choices: Choices, listed: Sequence[Spelling]
) -> list[tuple[str, tuple[tuple[str, ...], str]]]:
    """The records that choices name: by field, of which kinds the record may be, and its id."""
    named: list[tuple[str, tuple[tuple[str, ...], str]]] = []
    if choices.session:
        named.append(("session", (("session",), choices.session)))
    for one in listed:
        decision = choices.spellings.get(one.index)
        if decision and decision.do is Do.ACCEPT and decision.record and decision.kind in RECORD_KINDS:
            named.append((f"s{one.index}", ((decision.kind,), decision.record)))
    for index, said in choices.quotations.items():
        if said.do is Do.ACCEPT and said.speaker and not said.speaker.startswith("new:"):
            named.append((f"q{index}-speaker", (("person",), said.speaker)))
        if said.do is Do.ACCEPT and said.document:
            named.append((f"q{index}-document", (("statement", "provision", "instrument"), said.document)))
    return named


def _is_date(text: str) -> bool:
    try:
        return not text.strip() or HistoricDate.parse(text.strip()) is not None
    except InvalidDate:
        return False
