"""What waits for the curators: contradictions that nobody has weighed, missing Russian names, addresses."""

from __future__ import annotations

from functools import cache

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cstokb.records.choices import Publication, Rank, Stance
from cstokb.records.models import Evidence, LinkCheck
from cstokb.records.registry import record_models

RUSSIAN_NAMES = frozenset({"name_ru", "title_ru", "label_ru", "text_ru"})


def open_contradictions(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Evidence against a record that is not weighed: neither deprecated, nor beside a preferred reading."""
    preferred = Evidence.objects.filter(
        entry_id=OuterRef("entry_id"), field=OuterRef("field"), rank=Rank.PREFERRED
    )
    return rows.filter(~Exists(preferred), stance=Stance.CONTRADICTS, rank=Rank.NORMAL)


def link_found(state: str | None = None) -> Exists:
    """Sources whose present address was asked, and found to be so where a state is given."""
    kept = LinkCheck.objects.filter(entry_id=OuterRef("pk"), url=OuterRef("url"))
    return Exists(kept.filter(state=state) if state else kept)


@cache
def kinds_with_russian() -> list[str]:
    """Kinds whose own fields hold a name or title in Russian."""
    return sorted(
        kind
        for kind, model in record_models().items()
        if RUSSIAN_NAMES.intersection(field.name for field in model._meta.concrete_fields)
    )


def without_russian(path: str = "") -> Q:
    """Records that are called in Russian what they are called in English, for want of a Russian name."""
    same = Q(**{f"{path}label_ru": ""}) | Q(**{f"{path}label_ru": F(f"{path}label_en")})
    living = ~Q(**{f"{path}publication": Publication.WITHDRAWN})
    return same & living & Q(**{f"{path}kind__in": kinds_with_russian()})
