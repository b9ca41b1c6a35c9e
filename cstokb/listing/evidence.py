"""What stands behind records: their evidence, names and topics, for a whole page in one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.listing.ask import Ask
from cstokb.listing.names import Named, names_of
from cstokb.records.choices import Language, NameKind, Rank, Stance, Visibility
from cstokb.records.models import EntryTopic, Evidence, NameForm

Item = dict[str, Any]
ByEntry = Mapping[int, list[Item]]

_EVIDENCE = {
    "id": "uid",
    "source": "source__entry__slug",
    "source_title": "source__title",
    "publisher": "source__publisher",
    "source_url": "source__url",
    "language": "source__language",
    "field": "field",
    "value": "value",
    "locator": "locator",
    "quotation": "quotation",
    "stance": "stance",
    "rank": "rank",
    "note_en": "note_en",
    "note_ru": "note_ru",
}


def evidence_of(ids: Sequence[int], ask: Ask) -> ByEntry:
    """Evidence of the records from sources that anyone may see, preferred readings first."""
    rows = ask.scope.rows(Evidence).filter(entry_id__in=ids, source__entry__visibility=Visibility.PUBLIC)
    found: dict[int, list[Item]] = defaultdict(list)
    for entry_id, *values in rows.order_by("entry_id", "id").values_list("entry_id", *_EVIDENCE.values()):
        found[entry_id].append({name: value or None for name, value in zip(_EVIDENCE, values, strict=True)})
    rank = {Rank.PREFERRED: 0, Rank.NORMAL: 1, Rank.DEPRECATED: 2}
    for items in found.values():
        items.sort(key=lambda item: (item["field"] or "", rank[item["rank"]]))
    return found


def spellings_of(ids: Sequence[int], ask: Ask) -> ByEntry:
    """Every spelling under which the records are found, first those that the records call themselves."""
    rows = ask.scope.rows(NameForm).filter(entry_id__in=ids).order_by("entry_id", "-own", "id")
    names = ("text", "kind", "language", "script", "began_on", "ended_on")
    found: dict[int, list[Item]] = defaultdict(list)
    for entry_id, *values in rows.values_list("entry_id", *names):
        item = {name: value or None for name, value in zip(names, values, strict=True)}
        for name in ("began_on", "ended_on"):
            date = item[name]
            item[name] = date.edtf if date else None
        found[entry_id].append(item)
    return found


def headings_of(ids: Sequence[int], ask: Ask) -> Mapping[int, list[Named]]:
    """The headings under which the records stand."""
    links = list(
        ask.scope.rows(EntryTopic).filter(entry_id__in=ids).order_by("id").values_list("entry_id", "topic_id")
    )
    names = names_of((topic for _entry, topic in links), ask.scope)
    found: dict[int, list[Named]] = defaultdict(list)
    for entry_id, topic in links:
        if topic in names:
            found[entry_id].append(names[topic])
    return found


def topics_of(ids: Sequence[int], ask: Ask) -> Mapping[int, list[str]]:
    """Public ids of the headings under which the records stand."""
    return {key: [heading.id for heading in found] for key, found in headings_of(ids, ask).items()}


class EvidenceItem(serializers.Serializer[Any]):
    """One piece of evidence: what a source says of a record, or of one of its fields."""

    id = serializers.CharField()
    source = serializers.CharField(help_text=str(_("The source's id.")))  # type: ignore[assignment]
    source_title = serializers.CharField(allow_null=True)
    publisher = serializers.CharField(allow_null=True)
    source_url = serializers.CharField(allow_null=True)
    language = serializers.ChoiceField(choices=Language.values, allow_null=True)
    field = serializers.CharField(allow_null=True, help_text=str(_("Null: the record as a whole.")))
    value = serializers.CharField(allow_null=True, help_text=str(_("The reading, where it differs.")))
    locator = serializers.CharField(allow_null=True)
    quotation = serializers.CharField(allow_null=True)
    stance = serializers.ChoiceField(choices=Stance.values)
    rank = serializers.ChoiceField(choices=Rank.values)
    note_en = serializers.CharField(allow_null=True)
    note_ru = serializers.CharField(allow_null=True)


class SpellingItem(serializers.Serializer[Any]):
    """One spelling of a record's name, with the time in which it was in use."""

    text = serializers.CharField()
    kind = serializers.ChoiceField(choices=NameKind.values)
    language = serializers.ChoiceField(choices=Language.values, allow_null=True)
    script = serializers.CharField(allow_null=True)
    began_on = serializers.CharField(allow_null=True)
    ended_on = serializers.CharField(allow_null=True)


@dataclass(frozen=True)
class Expansion:
    """What ``expand=`` adds to each record of a page."""

    fetch: Callable[[Sequence[int], Ask], Mapping[int, Sequence[Any]]]
    schema: Callable[[], serializers.Field[Any, Any, Any, Any]]


EXPANSIONS: dict[str, Expansion] = {
    "evidence": Expansion(evidence_of, lambda: EvidenceItem(many=True, required=False)),
    "names": Expansion(spellings_of, lambda: SpellingItem(many=True, required=False)),
    "topics": Expansion(
        topics_of, lambda: serializers.ListField(child=serializers.CharField(), required=False)
    ),
}


def expand(wanted: Sequence[str], keys: Sequence[int], records: Sequence[Item], ask: Ask) -> None:
    """Add the expansions to records, which stand in the order of their row ids ``keys``."""
    for name in wanted:
        found = EXPANSIONS[name].fetch(keys, ask)
        for key, record in zip(keys, records, strict=True):
            record[name] = list(found.get(key, ()))
