"""Records as the search tells of them: what they are called, where they stand, and what a person is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Subquery

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.prepared import DAY, IDS, TEXTS, prepared
from cstokb.listing.together import Wanted
from cstokb.records.models import Entry
from cstokb.records.scope import Scope
from members.listings import telling_terms

#: What is told of a person's term, and where the term has it.
TERM = {
    "office_en": "office__entry__label_en",
    "office_ru": "office__entry__label_ru",
    "term_began_on": "began_on",
    "term_ended_on": "ended_on",
    "term_over": "over",
}
#: What is told of every record, and of one that is named alone.
NAMED = ("pk", "kind", "slug", "label_en", "label_ru")
SHOWN = (*NAMED, "path", "changed_at")
#: The kinds of records that are named beside those that are found.
KINDS = ("state", "person", "organ", "topic", "session", "provision", "instrument", "statement")


@dataclass(slots=True)
class Card:
    """A public record; only one that was found has more than a name. ``finer`` is its finer kind, if it has one."""

    pk: int
    kind: str
    slug: str
    label_en: str
    label_ru: str
    path: str = ""
    changed_at: datetime | None = None
    office_en: str | None = None
    office_ru: str | None = None
    term_began_on: HistoricDate | None = None
    term_ended_on: HistoricDate | None = None
    term_over: bool | None = None
    finer: str | None = None

    def label(self, language: str) -> str:
        """What it is called in a language; English where the other is not known."""
        return (self.label_ru if language == "ru" else self.label_en) or self.label_en


def cards(
    found: Collection[int], named: Mapping[str, Collection[str]], ask: Ask, *, people: bool
) -> list[Card]:
    """The public among the records found, by row id, and of those named, by kind and public id; in one query.

    With ``people``, of a person also the term that tells what somebody is on the day asked about.
    """
    slugs = {kind: sorted(named.get(kind, ())) for kind in KINDS}
    if not found and not any(slugs.values()):
        return []
    rows = _cards(ask.scope, people, ids=found, day=ask.day, **slugs)
    return [Card(**row) for part in rows for row in part]


@prepared(ids=IDS, day=DAY, **dict.fromkeys(KINDS, TEXTS))
def _cards(
    scope: Scope, people: bool, *, ids: Collection[int], day: date, **named: Collection[str]
) -> list[Wanted]:
    public = Entry.objects.public()
    found = public.filter(pk__in=ids)
    columns: tuple[str, ...] = SHOWN
    if people:
        terms = telling_terms("pk", Ask.laid_out(scope, "en", day))
        found = found.annotate(**{name: Subquery(terms.values(path)[:1]) for name, path in TERM.items()})
        columns = (*SHOWN, *TERM)
    others = [Wanted(public.filter(kind=kind, slug__in=slugs), NAMED) for kind, slugs in named.items()]
    return [Wanted(found, columns), *others]
