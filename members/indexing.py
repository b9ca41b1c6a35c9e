"""Search documents of states, people and organs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from cstokb.fulltext.documents import Document
from cstokb.records.indexing import names_of, slugs_of, titles, topics_of, words
from members.models import Office, Organ, Person, State, Term


def state_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of states: every name and the capital."""
    names, topics = names_of(ids), topics_of(ids)
    for one in State.objects.filter(pk__in=ids).select_related("entry"):
        yield Document(
            id=one.pk,
            kind=one.kind,
            titles=titles(one),
            names=names.get(one.pk, ()),
            segments=tuple(words("", "place", en=one.capital_en, ru=one.capital_ru)),
            facets={"type": (one.kind,), "state": (one.public_id,), "topic": topics.get(one.pk, ())},
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def organ_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of organs: every name and what the organ does."""
    names, topics = names_of(ids), topics_of(ids)
    for one in Organ.objects.filter(pk__in=ids).select_related("entry"):
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.established_on_min,
            date_max=one.established_on_max,
            titles=titles(one),
            names=names.get(one.pk, ()),
            segments=tuple(words("", "summary", en=one.function_en, ru=one.function_ru)),
            facets={
                "type": (one.kind,),
                "kind": (one.type,),
                "organ": (one.public_id,),
                "topic": topics.get(one.pk, ()),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def person_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of people: every spelling of the name, and the offices held."""
    names, topics, offices = names_of(ids), topics_of(ids), _offices(ids)
    slugs = slugs_of(key for held in offices.values() for one in held for key in (one.state_id, one.organ_id))
    for one in Person.objects.filter(pk__in=ids).select_related("entry"):
        held = offices[one.pk]
        yield Document(
            id=one.pk,
            kind=one.kind,
            titles=titles(one),
            names=names.get(one.pk, ()),
            segments=tuple(
                part for office in held for part in words("", "office", en=office.name_en, ru=office.name_ru)
            ),
            facets={
                "type": (one.kind,),
                "person": (one.public_id,),
                "state": _named(slugs, (office.state_id for office in held)),
                "organ": _named(slugs, (office.organ_id for office in held)),
                "topic": topics.get(one.pk, ()),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def _offices(ids: Sequence[int]) -> dict[int, list[Office]]:
    """The offices that each person held, the first one first."""
    held: dict[int, dict[int, Office]] = defaultdict(dict)
    for term in Term.objects.published().filter(person_id__in=ids).select_related("office").in_order():
        held[term.person_id].setdefault(term.office_id, term.office)
    return defaultdict(list, {person: list(offices.values()) for person, offices in held.items()})


def _named(slugs: dict[int, str], ids: Iterable[int | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs[key] for key in ids if key in slugs))
