"""Search documents of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cstokb.fulltext.documents import Document, Segment
from cstokb.records.indexing import slugs_of, titles, topics_of, with_wholes, words, years
from cstokb.records.known_by import days, in_both, labels_of
from members.indexing import ORGANIZATION
from statements.choices import JoinedStanding, StatementKind
from statements.citing import CERTAIN
from statements.models import DetectedCitation, Joined, Passage, PassageReference, Statement

_NAMED = ("entry", "session__entry", "organ__entry", "speaker__entry", "speaker_state__entry")
STOOD_BEHIND = (JoinedStanding.JOINED, JoinedStanding.WITH_RESERVATION)


def statement_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of statements: titles, our summary, and every published passage under its anchor."""
    texts = Passage.objects.published().select_related("statement_text").in_order()
    passages = _grouped(texts, "statement_id", ids)
    joined = _grouped(Joined.objects.published().filter(standing__in=STOOD_BEHIND), "statement_id", ids)
    cited = _cited(passages)
    rows = list(Statement.objects.filter(pk__in=ids).select_related(*_NAMED))
    labels = slugs_of(_references(rows, passages, joined, cited))
    topics = topics_of(ids)
    for one in rows:
        held = passages[one.pk]
        states = [one.speaker_state_id, *(row.state_id for row in joined[one.pk])]
        speakers = _named(labels, (one.speaker_id, *(text.speaker_id for text in held)))
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.issued_on_min,
            date_max=one.issued_on_max,
            titles=titles(one),
            segments=(*_summary(one), *(_segment(text, one, labels) for text in held)),
            about=(
                *ORGANIZATION,
                *in_both(StatementKind(one.type).label),
                *labels_of(one.organ, one.speaker, one.speaker_state, one.session),
                *days(one.issued_on),
            ),
            facets={
                "type": (one.kind,),
                "kind": (one.type,),
                "state": _named(labels, states),
                "speaker": speakers,
                "person": speakers,
                "organ": _named(labels, (one.organ_id,)),
                "session": _named(labels, (one.session_id,)),
                "topic": topics.get(one.pk, ()),
                "year": years(one.issued_on),
                "lang": tuple(filter(None, one.languages.split(","))),
                "cites": with_wholes(_named(labels, cited[one.pk])),
                "inside": (one.public_id,),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def _summary(one: Statement) -> Iterator[Segment]:
    yield from words("", "summary", en=one.summary_en, ru=one.summary_ru)
    yield from words("", "summary", en=one.meeting_en, ru=one.meeting_ru)
    yield from words("", "place", en=one.place_en, ru=one.place_ru)


def _segment(passage: Passage, statement: Statement, labels: dict[int, str]) -> Segment:
    """A passage in the voice of its speaker: named at the passage, else that of the statement."""
    (voice,) = _named(labels, (passage.speaker_id or statement.speaker_id,)) or ("",)
    return Segment(passage.anchor, passage.statement_text.language, passage.text, voice=voice)


def _grouped(rows: Any, key: str, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(**{f"{key}__in": ids}):
        found[getattr(row, key)].append(row)
    return found


def _cited(passages: dict[int, list[Passage]]) -> dict[int, list[int]]:
    statement_of = {passage.pk: key for key, texts in passages.items() for passage in texts}
    found: dict[int, list[int]] = defaultdict(list)
    for row in PassageReference.objects.published().filter(passage_id__in=list(statement_of)):
        found[statement_of[row.passage_id]].append(row.provision_id or row.instrument_id or 0)
    for one in DetectedCitation.objects.filter(passage_id__in=list(statement_of), **CERTAIN).order_by("pk"):
        found[statement_of[one.passage_id]].append(one.target_provision_id or one.target_instrument_id)
    return found


def _references(
    rows: Iterable[Statement],
    passages: dict[int, list[Passage]],
    joined: dict[int, list[Joined]],
    cited: dict[int, list[int]],
) -> Iterator[int | None]:
    for one in rows:
        yield from (one.speaker_id, one.speaker_state_id, one.organ_id, one.session_id)
    yield from (text.speaker_id for texts in passages.values() for text in texts)
    yield from (row.state_id for stood in joined.values() for row in stood)
    yield from (key for keys in cited.values() for key in keys)


def _named(labels: dict[int, str], ids: Iterable[int | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels[key] for key in ids if key in labels))
