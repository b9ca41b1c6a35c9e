"""What stands behind records: their evidence, names and topics, for a whole page in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.listing.ask import Ask
from cstokb.listing.filterset import Rows
from cstokb.listing.names import Called, Named, Names
from cstokb.listing.prepared import IDS, prepared
from cstokb.listing.together import Wanted
from cstokb.records.choices import Language, NameKind, Rank, Stance, Visibility
from cstokb.records.models import EntryTopic, Evidence, NameForm, Source
from cstokb.records.scope import Scope

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


_SPELLING = ("text", "kind", "language", "script", "began_on", "ended_on")
_WEIGHT = {Rank.PREFERRED: 0, Rank.NORMAL: 1, Rank.DEPRECATED: 2}


class Beside:
    """What stands behind and beside the records of one question: evidence, spellings, headings and names.

    A page says first all that it needs, and one query fetches it; what was fetched before is not asked for again.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._asked: dict[str, set[int]] = defaultdict(set)
        self.names: Names = {}
        #: The kind of each record whose evidence is held.
        self.kinds: dict[int, str] = {}
        self.evidence: dict[int, list[Item]] = defaultdict(list)
        self.spellings: dict[int, list[Item]] = defaultdict(list)
        self.topics: dict[int, list[int]] = defaultdict(list)

    @classmethod
    def of(cls, ask: Ask) -> Beside:
        """That of a page which keeps one; else one that is thrown away, so that an export does not pile it up."""
        return cast("Beside", ask.memo.get(_KEPT)) if _KEPT in ask.memo else cls(ask)

    @classmethod
    def kept(cls, ask: Ask) -> Beside:
        """One that answers for the whole of the question."""
        return ask.once(_KEPT, lambda: cls(ask))

    def fetch(
        self,
        *,
        names: Iterable[int | None] = (),
        evidence: Iterable[int] = (),
        spellings: Iterable[int] = (),
        topics: Iterable[int] = (),
    ) -> None:
        """Fetch what is not known yet, in one query. Headings bring their names with them."""
        wanted = {
            "names": [key for key in self._new("names", names) if key not in self.names],
            "evidence": self._new("evidence", evidence),
            "spellings": self._new("spellings", spellings),
            "topics": self._new("topics", topics),
        }
        if not any(wanted.values()):
            return
        found = _beside(self._ask.scope, **wanted)
        takers = (self._take_evidence, self._take_spellings, self._take_topics, self._take_names)
        for take, rows in zip((*takers, self._take_names), found, strict=True):
            take(rows)

    def headings(self, entry_id: int) -> list[Named]:
        """The headings under which a record stands, in the order in which they were entered."""
        return [self.names[key] for key in self.topics.get(entry_id, ()) if key in self.names]

    def _new(self, what: str, ids: Iterable[int | None]) -> list[int]:
        new = {key for key in ids if key is not None} - self._asked[what]
        self._asked[what] |= new
        return sorted(new)

    def _take_evidence(self, found: Iterable[Item]) -> None:
        for row in found:
            item = {name: row[column] or None for name, column in _EVIDENCE.items()}
            self.evidence[row["entry_id"]].append(item)
            self.kinds[row["entry_id"]] = row["entry__kind"]
        for items in self.evidence.values():
            items.sort(key=lambda item: (item["field"] or "", _WEIGHT[item["rank"]]))

    def _take_spellings(self, found: Iterable[Item]) -> None:
        for row in found:
            item = {name: row[name] or None for name in _SPELLING}
            for name in ("began_on", "ended_on"):
                item[name] = row[name].edtf if row[name] else None
            self.spellings[row["entry_id"]].append(item)

    def _take_topics(self, found: Iterable[Item]) -> None:
        for row in found:
            self.topics[row["entry_id"]].append(row["topic_id"])

    def _take_names(self, found: Iterable[Item]) -> None:
        self.names |= Called.at(self._ask.scope).read(found)


_KEPT = "beside"


@prepared(names=IDS, evidence=IDS, spellings=IDS, topics=IDS)
def _beside(scope: Scope, names: Any, evidence: Any, spellings: Any, topics: Any) -> Sequence[Wanted]:
    """Evidence from sources that anyone may see, spellings, headings, and the names of both and of others."""
    backed = from_public_sources(scope.rows(Evidence), scope).filter(entry_id__in=evidence)
    spelt = scope.rows(NameForm).filter(entry_id__in=spellings)
    filed = scope.rows(EntryTopic).filter(entry_id__in=topics)
    called = Called.at(scope)
    return (
        Wanted.of(backed.order_by("entry_id", "id"), ("entry_id", "entry__kind", *_EVIDENCE.values())),
        Wanted.of(spelt.order_by("entry_id", "-own", "id"), ("entry_id", *_SPELLING)),
        Wanted.of(filed.order_by("id"), ("entry_id", "topic_id")),
        called.among(filed.order_by().values("topic_id")),
        called.among(names),
    )


def from_public_sources(rows: Rows, scope: Scope) -> Rows:
    """Evidence whose source shows in the scope of the question; what a source says of itself is of that scope too."""
    if scope.known_on is None:
        return rows.filter(source__entry__visibility__of_each=Visibility.PUBLIC)
    sources = scope.rows(Source)
    own = sources.filter(entry_id=OuterRef("source_id"))
    # An annotation that is called like a path stands before it, so that the columns need not know the scope.
    then = {
        f"source__{name}": Subquery(own.values(name)[:1])
        for name in ("title", "publisher", "url", "language")
    }
    found: Rows = rows.filter(source_id__in=sources.values("entry_id")).annotate(**then)
    return found


def named(ids: Iterable[int | None], ask: Ask) -> Names:
    """The public records among the ids, by row id; perhaps more of those that the page names."""
    beside = Beside.of(ask)
    beside.fetch(names=ids)
    return beside.names


def evidence_of(ids: Iterable[int], ask: Ask) -> ByEntry:
    """Evidence of the records from sources that anyone may see, preferred readings first."""
    beside = Beside.of(ask)
    beside.fetch(evidence=ids)
    return beside.evidence


def spellings_of(ids: Sequence[int], ask: Ask) -> ByEntry:
    """Every spelling under which the records are found, first those that the records call themselves."""
    beside = Beside.of(ask)
    beside.fetch(spellings=ids)
    return beside.spellings


def topics_of(ids: Sequence[int], ask: Ask) -> Mapping[int, list[str]]:
    """Public ids of the headings under which the records stand."""
    beside = Beside.of(ask)
    beside.fetch(topics=ids)
    return {key: [heading.id for heading in beside.headings(key)] for key in ids}


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


def expanded(wanted: Sequence[str], keys: Sequence[int], ask: Ask) -> dict[str, list[list[Any]]]:
    """The expansions of records, by name, in the order of their row ids ``keys``."""
    fetched = {name: EXPANSIONS[name].fetch(keys, ask) for name in wanted}
    return {name: [list(found.get(key, ())) for key in keys] for name, found in fetched.items()}
