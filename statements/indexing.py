"""Search documents of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cstokb.fulltext.documents import Document, Role, Segment
from cstokb.listing.names import Names, names_of
from cstokb.listing.prepared import IDS, prepared
from cstokb.listing.together import Found, Wanted
from cstokb.records.indexing import Headings, broader, titles, with_wholes, words, years
from cstokb.records.known_by import days, in_both
from cstokb.records.models import EntryTopic, Topic
from cstokb.records.scope import NOW, Scope
from members.indexing import ORGANIZATION
from members.models import State
from members.peoples import adjectives_of
from statements.choices import JoinedStanding, StatementKind
from statements.citing import CERTAIN
from statements.models import DetectedCitation, Joined, Passage, PassageReference, Statement

STOOD_BEHIND = (JoinedStanding.JOINED, JoinedStanding.WITH_RESERVATION)

_SPOKE = "сказал, сказала, говорил, говорила, заявил, заявила"
#: What readers call a text of a kind beside its name: what somebody said is a speech to them, of whatever sort.
SAID: Mapping[str, tuple[str, ...]] = {
    StatementKind.ADDRESS: ("speech, remarks, said, say", "речь, выступление, слова", _SPOKE),
    StatementKind.REMARKS: ("speech, said, say", "речь, выступление, слова", _SPOKE),
    StatementKind.REPORT: ("said, say", _SPOKE),
}

Row = dict[str, Any]
#: What a document says of the statement itself: columns of its own, and of its entry.
_OWN = (
    *("entry_id", "type", "title_en", "title_ru", "issued_on", "languages"),
    *("organ_id", "speaker_id", "speaker_state_id", "session_id"),
    *("summary_en", "summary_ru", "meeting_en", "meeting_ru", "place_en", "place_ru"),
)
_ENTRY = ("entry__slug", "entry__sort_en", "entry__sort_ru")
_PASSAGE = ("statement_id", "entry_id", "anchor", "text", "speaker_id", "statement_text__language")


def statement_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of statements: titles, our summary, and every published passage under its anchor.

    Whoever speaks in one is what it is called beside its title: these texts stand above sessions that they attended.
    Two queries, laid out once: whoever publishes one statement waits for little else.
    """
    rows, texts, behind, recorded, said, links, tree = _told(NOW, ids=ids)
    passages, joined = _grouped(texts, "statement_id"), _grouped(behind, "statement_id")
    cited = _cited(texts, recorded, said)
    names = names_of(_references(rows, texts, behind, cited), NOW)
    topics = broader(((row["entry_id"], row["topic_id"]) for row in links), _headings(tree))
    for row in rows:
        one = Statement(**{name: row[name] for name in _OWN})
        held = passages[one.pk]
        states = [one.speaker_state_id, *(state["state_id"] for state in joined[one.pk])]
        voices = (one.speaker_id, *(text["speaker_id"] for text in held))
        speakers = _named(names, voices)
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.issued_on_min,
            date_max=one.issued_on_max,
            titles=titles(one),
            segments=(*_summary(one), *(_segment(text, one, names) for text in held)),
            about=(
                *ORGANIZATION,
                *in_both(StatementKind(one.type).label),
                *SAID.get(one.type, ()),
                *_called(names, (one.organ_id, one.speaker_state_id, one.session_id)),
                *days(one.issued_on),
            ),
            roles=tuple(
                Role(name, held=False, opens=False) for name in dict.fromkeys(_called(names, voices))
            ),
            facets={
                "type": (one.kind,),
                "kind": (one.type,),
                "state": _named(names, states),
                "speaker": speakers,
                "person": speakers,
                "organ": _named(names, (one.organ_id,)),
                "session": _named(names, (one.session_id,)),
                "topic": topics.get(one.pk, ()),
                "year": years(one.issued_on),
                "lang": tuple(filter(None, one.languages.split(","))),
                "cites": with_wholes(_named(names, cited[one.pk])),
                "inside": (row["entry__slug"],),
            },
            sort_en=row["entry__sort_en"],
            sort_ru=row["entry__sort_ru"],
        )


@prepared(ids=IDS)
def _told(scope: Scope, ids: Any) -> list[Wanted]:
    """All that documents of statements say but what other records than headings are called."""
    texts: Any = scope.rows(Passage).filter(statement_id__in=ids)
    behind = scope.rows(Joined).filter(statement_id__in=ids, standing__in=STOOD_BEHIND)
    recorded = scope.rows(PassageReference).filter(passage__statement_id__in=ids)
    said = DetectedCitation.objects.filter(passage__statement_id__in=ids, **CERTAIN)
    return [
        Wanted.of(Statement.objects.filter(pk__in=ids), (*_OWN, *_ENTRY)),
        Wanted.of(texts.in_order(), _PASSAGE),
        Wanted.of(behind, ("statement_id", "state_id")),
        Wanted.of(recorded, ("passage_id", "provision_id", "instrument_id")),
        Wanted.of(said, ("passage_id", "target_provision_id", "target_instrument_id")),
        Wanted.of(EntryTopic.objects.filter(entry_id__in=ids), ("entry_id", "topic_id")),
        Wanted.of(scope.rows(Topic), ("entry_id", "entry__slug", "parent_id")),
    ]


def _headings(tree: Found) -> Headings:
    return {row["entry_id"]: (row["entry__slug"], row["parent_id"]) for row in tree}


def _summary(one: Statement) -> Iterator[Segment]:
    yield from words("", "summary", en=one.summary_en, ru=one.summary_ru)
    yield from words("", "summary", en=one.meeting_en, ru=one.meeting_ru)
    yield from words("", "place", en=one.place_en, ru=one.place_ru)


def _segment(passage: Row, statement: Statement, names: Names) -> Segment:
    """A passage in the voice of its speaker: named at the passage, else that of the statement."""
    (voice,) = _named(names, (passage["speaker_id"] or statement.speaker_id,)) or ("",)
    return Segment(passage["anchor"], passage["statement_text__language"], passage["text"], voice=voice)


def _grouped(rows: Found, key: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def _cited(texts: Found, recorded: Found, said: Found) -> dict[int, list[int]]:
    """What the public passages of each statement cite."""
    statement_of = {text["entry_id"]: text["statement_id"] for text in texts}
    found: dict[int, list[int]] = defaultdict(list)
    for prefix, rows in (("", recorded), ("target_", said)):
        for row in rows:
            if row["passage_id"] in statement_of:
                target = row[f"{prefix}provision_id"] or row[f"{prefix}instrument_id"]
                found[statement_of[row["passage_id"]]].append(target)
    return found


def _references(
    rows: Found, texts: Found, behind: Found, cited: Mapping[int, Sequence[int]]
) -> Iterator[int | None]:
    for one in rows:
        yield from (one["speaker_id"], one["speaker_state_id"], one["organ_id"], one["session_id"])
    yield from (text["speaker_id"] for text in texts)
    yield from (row["state_id"] for row in behind)
    yield from (key for keys in cited.values() for key in keys)


def _named(names: Names, ids: Iterable[int | None]) -> tuple[str, ...]:
    """The public ids of those that are public."""
    return tuple(dict.fromkeys(names[key].id for key in ids if key in names))


def _called(names: Names, ids: Iterable[int | None]) -> Iterator[str]:
    """What those that are public are called, in both languages, and the adjectives of states."""
    for one in (names[key] for key in ids if key in names):
        yield from dict.fromkeys((one.label("en"), one.label("ru")))
        yield from adjectives_of(one.id) if one.kind == State.kind else ()
