"""A short press text and what is recognised in it, written by hand: the review is tested apart from finding."""

from datetime import UTC, datetime
from typing import Any

from cstokb.accounts.models import User
from cstokb.curation.documents.kept import kept
from cstokb.curation.documents.model import (
    About,
    Candidate,
    Finding,
    FindingKind,
    Quotation,
    Recognised,
    Warned,
)
from cstokb.curation.models import Kind, StoredFile, Upload

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
PARAGRAPHS = (
    "Allies meet in Yerevan",
    "On 16 May 2022 the President of Kazakhstan, Qasym Toqayev, met Ivan Neverov of the Bureau of Alliances.",
    "“The Treaty has proved its worth in difficult days,” Toqayev said. “We shall strengthen it together.”",
    "Article 4 reads: “If one of the States Parties is subjected to aggression, all will help.” So it read in 1992.",
)
TEXT = "\n\n".join(PARAGRAPHS)
K = FindingKind


def spans() -> tuple[tuple[int, int], ...]:
    starts = [sum(len(one) + 2 for one in PARAGRAPHS[:number]) for number in range(len(PARAGRAPHS))]
    return tuple((start, start + len(one)) for start, one in zip(starts, PARAGRAPHS, strict=True))


def at(
    kind: FindingKind, words: str, record: str = "", score: float = 1.0, nth: int = 0, **rest: Any
) -> Finding:
    """A finding where the words stand for the nth time, from 0."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Finding(kind, words, start, start + len(words), record, score, **rest)


def quotation(*pieces: str, **rest: str) -> Quotation:
    places = tuple((TEXT.index(one), TEXT.index(one) + len(one)) for one in pieces)
    return Quotation(" ".join(pieces), places, **rest)


def press(**changed: Any) -> Recognised:
    """What is recognised: a state, a person twice, a day, a topic, an article; two names that nobody bears."""
    values: dict[str, Any] = {
        "source": About(title="Allies meet in Yerevan", published="2022-05-17", publisher="Example Agency"),
        "language": "en",
        "text": TEXT,
        "paragraphs": spans(),
        "headings": spans()[:1],
        "findings": (
            at(K.DATE, "16 May 2022", "2022-05-16"),
            at(K.STATE, "Kazakhstan", "kaz"),
            at(K.PERSON, "Qasym Toqayev", "tokayev", 0.9, candidates=(Candidate("tokayev", "Tokayev", 0.9),)),
            at(K.PERSON, "Toqayev", "tokayev", 0.7, nth=1),
            at(K.TOPIC, "strengthen", "defence", 0.85),
            at(K.PROVISION, "Article 4", "cst/art-4"),
        ),
        "quotations": (
            quotation(
                "The Treaty has proved its worth in difficult days,",
                "We shall strengthen it together.",
                speaker="tokayev",
                office="President of Kazakhstan",
            ),
            quotation(
                "If one of the States Parties is subjected to aggression, all will help.",
                document="cst/art-4",
            ),
        ),
        "not_recognised": (at(K.NAME, "Ivan Neverov"), at(K.NAME, "Bureau of Alliances")),
        "warnings": (Warned("no-day", "The text says no day of its own."),),
    }
    return Recognised(**(values | changed))


def brought(
    owner: User, found: Recognised | None = None, data: bytes = TEXT.encode(), when: datetime = NOON
) -> Upload:
    """An upload of the text that has been read."""
    file = StoredFile.objects.keep(data, name="press.txt", media_type="text/plain", at=NOON)
    upload = Upload.objects.bring(owner, file, kind=Kind.DOCUMENT, at=when)
    upload.found = kept(found or press())
    upload.save()
    return upload
