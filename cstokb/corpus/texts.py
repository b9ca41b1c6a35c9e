"""Which passages a question is about.

The query language narrows records; here it narrows their passages. Who spoke (``speaker``) and in which language
(``lang``) is asked of each passage; everything else, such as the words of `AND`, `OR` and `NOT`, of its whole record,
as in the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from cstokb.fulltext.matching import condition
from cstokb.fulltext.models import FacetValue, IndexedRecord, Passage
from cstokb.fulltext.tree import And, Dated, HasFacet, Node, Not, Or, both, either, wanted, without

LANGUAGE, SPEAKER = "lang", "speaker"
#: Passages that are words of the text itself, and no summary of ours.
OWN_WORDS = "body"


class Known(NamedTuple):
    """What the index knows of a record: its possible days, and by what it sorts."""

    date_min: date | None
    date_max: date | None
    sort_en: str

    @property
    def year(self) -> str:
        """The year, where all its possible days are of one."""
        if self.date_min and self.date_max and self.date_min.year == self.date_max.year:
            return str(self.date_min.year)
        return ""


class Amount(NamedTuple):
    """How many words a record holds in one language and voice."""

    record: int
    language: str
    voice: str
    words: int


@dataclass(frozen=True)
class Texts:
    """The passages of some records; empty ``languages`` and ``voices`` are any. ``tree`` is a completed query."""

    narrowed: Q
    tree: Node | None = None
    languages: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()

    @cached_property
    def known(self) -> dict[int, Known]:
        """The records, which are far fewer than their passages, in one query."""
        rows = self.records.values_list("record_id", "date_min", "date_max", "sort_en")
        return {key: Known(first, last, title) for key, first, last, title in rows}

    @property
    def records(self) -> QuerySet[IndexedRecord]:
        """The records as the index has them."""
        wide = widened(self.tree) if self.tree else True
        if wide is False:
            return IndexedRecord.objects.none()
        asked = Q() if wide is True else condition(wide)
        return IndexedRecord.objects.filter(self.narrowed & asked)

    @property
    def passages(self) -> QuerySet[Passage]:
        """The passages in the order of the index; ``holds`` is still to be asked of each."""
        rows = Passage.objects.filter(role=OWN_WORDS, record_id__in=self.records.values("record_id"))
        if self.languages:
            rows = rows.filter(language__in=self.languages)
        if self.voices:
            rows = rows.filter(voice__in=self.voices)
        return rows.order_by("record_id", "ordinal")

    @cached_property
    def of_each(self) -> bool:
        """Whether something is asked of each passage by itself."""
        return self.tree is not None and _asks_of_passages(self.tree)

    def holds(self, language: str, voice: str) -> bool:
        """Whether a passage of these records is meant, by its language and voice."""
        return not self.of_each or self.tree is None or allows(self.tree, language, voice)

    def amounts(self) -> list[Amount]:
        """How many words there are, in one query."""
        rows = self.passages.order_by().values_list("record_id", "language", "voice")
        every = (Amount(*row) for row in rows.annotate(total=Sum("words")))
        return [one for one in every if self.holds(one.language, one.voice)]

    def values(self, facet: str) -> dict[int, list[str]]:
        """The values that the records have in a facet, in one query."""
        found: dict[int, list[str]] = {}
        rows = FacetValue.objects.filter(facet=facet, record_id__in=self.records.values("record_id"))
        for key, value in rows.order_by("value").values_list("record_id", "value"):
            found.setdefault(key, []).append(value)
        return found


def widened(node: Node, *, wide: bool = True) -> Node | bool:
    """The condition over records that holds wherever any passage may fit; when not ``wide``, where all of them do."""
    match node:
        case HasFacet("lang", _):
            return wide
        case HasFacet("speaker", _):
            return node if wide else False
        case Not(part):
            inner = widened(part, wide=not wide)
            return not inner if isinstance(inner, bool) else without(inner) or False
        case And(parts):
            return _joined([widened(part, wide=wide) for part in parts], all_of=True)
        case Or(parts):
            return _joined([widened(part, wide=wide) for part in parts], all_of=False)
        case _:
            return node


def _joined(parts: Sequence[Node | bool], *, all_of: bool) -> Node | bool:
    decides = not all_of
    if any(part is decides for part in parts):
        return decides
    kept = [part for part in parts if not isinstance(part, bool)]
    return (both(kept) if all_of else either(kept)) or all_of


def allows(node: Node, language: str, voice: str, *, wide: bool = True) -> bool:
    """Whether a passage of a record that fits may fit by its language and voice."""
    match node:
        case HasFacet("lang", values):
            return language in values
        case HasFacet("speaker", values):
            return voice in values
        case Not(part):
            return not allows(part, language, voice, wide=not wide)
        case And(parts):
            return all(allows(part, language, voice, wide=wide) for part in parts)
        case Or(parts):
            return any(allows(part, language, voice, wide=wide) for part in parts)
        case _:
            return wide


def _asks_of_passages(node: Node) -> bool:
    match node:
        case HasFacet(facet, _):
            return facet in (LANGUAGE, SPEAKER)
        case Not(part):
            return _asks_of_passages(part)
        case And(parts) | Or(parts):
            return any(map(_asks_of_passages, parts))
        case _:
            return False


def fields_of(node: Node | None) -> Node | None:
    """What a query says beside its words: those of the parts that it joins by AND which hold no word."""
    if node is None:
        return None
    parts = node.parts if isinstance(node, And) else (node,)
    return both(part for part in parts if not _holds_words(part))


def _holds_words(node: Node) -> bool:
    match node:
        case Not(part):
            return _holds_words(part)
        case And(parts) | Or(parts):
            return any(map(_holds_words, parts))
        case _:
            return not isinstance(node, HasFacet | Dated)


def names_languages(node: Node | None) -> bool:
    """Whether a query says in which language to look."""
    match node:
        case HasFacet(facet, _):
            return facet == LANGUAGE
        case Not(part):
            return names_languages(part)
        case And(parts) | Or(parts):
            return any(map(names_languages, parts))
        case _:
            return False


def words_of(node: Node | None) -> tuple[Any, ...]:
    """The leaves of a query that words in a text can be, each once."""
    found = wanted(node) if node else ()
    return tuple(dict.fromkeys(leaf for leaf in found if not isinstance(leaf, HasFacet | Dated)))
