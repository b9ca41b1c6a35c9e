"""The search index follows the records: documents are made anew for what a change concerns, in its transaction.

What an app derives from its public records beside the index is a Follower, and is made anew with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from django.db.models import QuerySet

from cstokb.dates import HistoricDate
from cstokb.fulltext import engine
from cstokb.fulltext.documents import Document, Role, Segment
from cstokb.fulltext.models import FacetValue, Opening
from cstokb.fulltext.openings import HELD, LEFT
from cstokb.records.choices import Visibility
from cstokb.records.laid_out import IDS, laid_out
from cstokb.records.models import Entry, EntryTopic, NameForm, Record, Topic
from cstokb.records.registry import model_of, record_models

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BATCH = 200
#: Facets whose values are records that the document calls by their names.
NAMED_IN = ("state", "organ", "speaker", "person", "session", "cites")


class Step(NamedTuple):
    """How far something that is made anew is: so many done of so many, and in words what is being done."""

    done: int
    total: int
    what: StrOrPromise


class Follower(Protocol):
    """Tables that are derived from public records and can be made again at any time."""

    def refresh(self, records: Sequence[Record]) -> None:
        """Make anew what is derived from these records, which changed or are public no longer."""

    def rebuild(self) -> Iterator[Step]:
        """Make everything anew, portion by portion, so that at no time there is less than there was.

        Whoever asks for a step does so in a transaction, with the lock of all writers.
        """

    def is_complete(self) -> bool:
        """Whether it was made since the tables stand; cheap."""


_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Keep derived tables in step with the records; an app says so when it is ready."""
    _followers.append(follower)


def portions(rows: QuerySet[Any], size: int) -> Iterator[tuple[list[int], int, int]]:
    """The row ids of a table in order, so many at a time, with how many that makes of how many."""
    total, done, last = rows.count(), 0, 0
    ids = rows.order_by("pk").values_list("pk", flat=True)
    while keys := list(ids.filter(pk__gt=last)[:size]):
        done, last = done + len(keys), keys[-1]
        yield keys, done, max(total, done)


def followers() -> tuple[Follower, ...]:
    """Every one, in the order in which the apps were ready."""
    return tuple(_followers)


def refresh(records: Sequence[Record], left: Collection[int] = ()) -> None:
    """Make the documents anew of every record that says something of one of these, and what else is derived.

    ``left`` are the ids of those that did so until now, and say it no longer.
    """
    for follower in followers():
        follower.refresh(records)
    owned = {owner for record in records for owner in record.index_owners()}.union(left)
    owners = owned | _under_moved([record for record in records if isinstance(record, Topic)])
    before = _faces(owners)
    make_anew(owners)
    after = _faces(before)
    make_anew(_naming([key for key, face in before.items() if after.get(key) != face]) - owners)


def make_anew(ids: Collection[int]) -> None:
    """Make the documents of some records anew, those without one included; in the caller's transaction."""
    wanted = sorted(ids)
    engine.note(wanted)
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        documents = list(documents_of(part))
        engine.remove(sorted(set(part).difference(one.id for one in documents)))
        engine.index(documents)


def _under_moved(topics: Sequence[Topic]) -> set[int]:
    """What stands under headings that came, went or moved in the tree: its documents name every heading above."""
    if not topics:
        return set()
    tree, told = headings(), engine.facets_of([topic.pk for topic in topics], "topic")
    wave = {topic.pk for topic in topics if set(with_broader(topic.pk, tree)) != told.get(topic.pk, set())}
    below: set[int] = set()
    while wave:
        below |= wave
        wave = set(Topic.objects.filter(parent_id__in=wave).values_list("pk", flat=True)) - below
    return below.union(EntryTopic.objects.filter(topic_id__in=below).values_list("entry_id", flat=True))


def _faces(ids: Collection[int]) -> dict[int, set[str]]:
    """The titles and names under which the index has those of the records that have any."""
    found: dict[int, set[str]] = defaultdict(set)
    for key, text in _titles_held(ids=list(ids)) if ids else ():
        found[key].add(text)
    return dict(found)


@laid_out(ids=IDS)
def _titles_held(ids: Any) -> QuerySet[Any, Any]:
    rows = Opening.objects.filter(record_id__in=ids, place=0).exclude(kind__in=(HELD, LEFT))
    return rows.values_list("record_id", "text")


def _naming(ids: Collection[int]) -> set[int]:
    """The records whose documents hold the names of these, which are called otherwise now or are public no longer."""
    if not ids:
        return set()
    slugs = Entry.objects.filter(pk__in=ids).values_list("slug", flat=True)
    rows = FacetValue.objects.filter(facet__in=NAMED_IN, value__in=list(slugs))
    return set(rows.values_list("record_id", flat=True))


class Known(NamedTuple):
    """What a record is to an upper app, such as who held the chair: its roles, and by what it is known for them."""

    roles: tuple[Role, ...] = ()
    about: tuple[str, ...] = ()


#: Of records of a kind with these row ids: what they are to an upper app.
Titles = Callable[[Sequence[int]], Mapping[int, Known]]
_titles: dict[str, Titles] = {}


def call(kind: str, titles: Titles) -> None:
    """Let records of a kind be found by what they are to an upper app; it says so when it is ready."""
    _titles[kind] = titles


def is_away() -> bool:
    """Whether the index is empty while there are records that it should hold: it is yet to be made."""
    public = Entry.objects.filter(kind__in=searchable_kinds(), visibility=Visibility.PUBLIC)
    return engine.is_empty() and public.exists()


def documents_of(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of the public records among the ids, whatever their kinds."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, key in _public(ids=ids):
        by_kind[kind].append(key)
    for kind, keys in by_kind.items():
        called = _titles[kind](keys) if kind in _titles else {}
        for document in model_of(kind).documents(keys):
            known = called.get(document.id, Known())
            roles, about = (*document.roles, *known.roles), (*document.about, *known.about)
            yield replace(document, roles=roles, about=about)


@laid_out(ids=IDS)
def _public(ids: Any) -> QuerySet[Any, Any]:
    """The kind and row id of those records that are public."""
    return Entry.objects.public().filter(pk__in=ids).values_list("kind", "pk")


def searchable_kinds() -> list[str]:
    """Kinds that have documents, in a stable order."""
    return sorted(kind for kind, model in record_models().items() if model.searchable)


def searchable_ids() -> list[int]:
    """Ids of every public record that should have a document."""
    entries = Entry.objects.filter(kind__in=searchable_kinds(), visibility=Visibility.PUBLIC)
    return list(entries.order_by("pk").values_list("pk", flat=True))


def names_of(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Every spelling of each record, for its document."""
    names: dict[int, list[str]] = defaultdict(list)
    for entry_id, text in _names(ids=ids):
        names[entry_id].append(text)
    return {key: tuple(texts) for key, texts in names.items()}


@laid_out(ids=IDS)
def _names(ids: Any) -> QuerySet[Any, Any]:
    return (
        NameForm.objects.filter(entry_id__in=ids).order_by("entry_id", "id").values_list("entry_id", "text")
    )


def topics_of(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Public ids of the topics each record stands under, and of all that are broader."""
    links = _topics(ids=ids)
    return broader(links, headings() if links else {})


@laid_out(ids=IDS)
def _topics(ids: Any) -> QuerySet[Any, Any]:
    return (
        EntryTopic.objects.filter(entry_id__in=ids)
        .order_by("entry_id", "id")
        .values_list("entry_id", "topic_id")
    )


#: Public headings by row id: the public id, and the heading above.
Headings = Mapping[int, tuple[str, int | None]]


def headings() -> Headings:
    """The tree of public headings."""
    return {key: (slug, parent) for key, slug, parent in _headings()}


@laid_out()
def _headings() -> QuerySet[Any, Any]:
    return Topic.objects.published().values_list("entry_id", "entry__slug", "parent_id")


def broader(links: Iterable[tuple[int, int]], tree: Headings) -> dict[int, tuple[str, ...]]:
    """Of links of records and headings: by record the public ids of its headings and of all that are broader."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for entry_id, topic_id in links:
        found[entry_id].update(dict.fromkeys(with_broader(topic_id, tree)))
    return {key: tuple(slugs) for key, slugs in found.items()}


def with_broader(topic_id: int | None, tree: Headings) -> list[str]:
    """Public ids of a heading and of those above it; a record under a heading is under all of these."""
    slugs: list[str] = []
    while topic_id is not None and topic_id in tree:
        slug, topic_id = tree[topic_id]
        if slug in slugs:
            break
        slugs.append(slug)
    return slugs


def with_wholes(slugs: Iterable[str]) -> tuple[str, ...]:
    """Public ids of provisions and instruments with what each is a part of: who cites a paragraph cites its article."""
    steps = [slug.split("/") for slug in slugs]
    return tuple(dict.fromkeys("/".join(one[:end]) for one in steps for end in range(len(one), 0, -1)))


def topic_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of topics: heading and definition in both languages."""
    names, tree = names_of(ids), headings()
    for topic in Topic.objects.filter(pk__in=ids).select_related("entry"):
        definitions = (("en", topic.definition_en), ("ru", topic.definition_ru))
        yield Document(
            id=topic.pk,
            kind="topic",
            date_min=None,
            titles=titles(topic),
            names=names.get(topic.pk, ()),
            segments=tuple(Segment("", language, text, "summary") for language, text in definitions if text),
            facets={"type": ("topic",), "topic": tuple(with_broader(topic.pk, tree))},
            sort_en=topic.entry.sort_en,
            sort_ru=topic.entry.sort_ru,
        )


def titles(record: Record) -> tuple[tuple[str, str], ...]:
    """A record's labels as a document's titles; the Russian one only where it differs."""
    english, russian = record.label("en"), record.label("ru")
    return (("en", english),) if russian == english else (("en", english), ("ru", russian))


def years(*dates: HistoricDate | None) -> tuple[str, ...]:
    """The calendar years in which the dates may lie, oldest first."""
    found: set[int] = set()
    for value in dates:
        if value is not None and value.earliest is not None and value.latest is not None:
            found.update(range(value.earliest.year, value.latest.year + 1))
    return tuple(str(year) for year in sorted(found))


def words(anchor: str, role: str, **by_language: str) -> Iterator[Segment]:
    """Segments for those languages in which there is a text."""
    for language, text in by_language.items():
        if text:
            yield Segment(anchor, language, text, role)


def slugs_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Public ids of the public records among the ids."""
    wanted = {key for key in ids if key is not None}
    return dict(_slugs(ids=sorted(wanted))) if wanted else {}


@laid_out(ids=IDS)
def _slugs(ids: Any) -> QuerySet[Any, Any]:
    return Entry.objects.public().filter(pk__in=ids).values_list("pk", "slug")
