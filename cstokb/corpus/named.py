"""Records by their public ids and row ids, as the corpus tools name them; one query for all of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from cstokb.listing.ask import Ask
from cstokb.records.models import Entry

#: The kinds of record that facets name.
KINDS = {"state": "state", "speaker": "person", "organ": "organ"}


@dataclass(frozen=True)
class Names:
    """Public records: those of row ids, and those that values of facets name."""

    ask: Ask
    ids: frozenset[int] = frozenset()
    values: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, ask: Ask, ids: Iterable[int] = (), **values: Iterable[str]) -> Names:
        """Fetched when first asked; ``values`` are public ids by facet."""
        named = ((facet, slug) for facet, slugs in values.items() for slug in slugs if slug)
        return cls(ask, frozenset(ids), frozenset(named))

    @cached_property
    def _entries(self) -> list[Any]:
        asked = Q(pk__in=self.ids)
        for facet, kind in KINDS.items():
            slugs = [slug for name, slug in self.values if name == facet]
            if slugs:
                asked |= Q(kind=kind, slug__in=slugs)
        return list(Entry.objects.public().filter(asked)) if self.ids or self.values else []

    @cached_property
    def by_id(self) -> dict[int, Any]:
        """The records of row ids."""
        return {entry.pk: entry for entry in self._entries}

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], Any]:
        return {(entry.kind, entry.slug): entry for entry in self._entries}

    def known(self, facet: str, slug: str) -> str:
        """The value where it names a public record, or needs none; else nothing: what is withdrawn is not named."""
        return slug if facet not in KINDS or (KINDS[facet], slug) in self._by_slug else ""

    def label(self, facet: str, slug: str) -> str:
        """What a value of a facet is called; years are called by their number."""
        entry = self._by_slug.get((KINDS.get(facet, ""), slug))
        return entry.label(self.ask.language) if entry else slug

    def sort_key(self, facet: str, slug: str) -> str:
        """By what a value of a facet is sorted."""
        entry = self._by_slug.get((KINDS.get(facet, ""), slug))
        if entry is None:
            return slug
        return str(entry.sort_ru if self.ask.language == "ru" else entry.sort_en)

    def page(self, facet: str, slug: str) -> str:
        """The address of the page of a value."""
        entry = self._by_slug.get((KINDS.get(facet, ""), slug))
        return self.ask.localised(entry.path) if entry and entry.path else ""
