"""What is missing, what no longer answers, and what may stand twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.curation.desk.found import Found, kept
from cstokb.curation.desk.items import Asker, Item, Shelf, for_all, item_of, of_found
from cstokb.records.admin.columns import shown_label
from cstokb.records.choices import LinkState, Publication
from cstokb.records.likeness import TEXTS, twins
from cstokb.records.models import Entry, Evidence, LinkCheck, Source
from cstokb.records.models.links import ROTTED
from cstokb.records.queues import RUSSIAN_NAMES, kinds_with_russian, without_russian
from cstokb.records.registry import model_of, record_models
from cstokb.records.said import day_said

CYRILLIC = "[А-Яа-яЁё]"


def _without_evidence() -> QuerySet[Entry]:
    """Drafts that need a source of their own and have none; what is published without one breaks a law."""
    kinds = [
        kind for kind, model in record_models().items() if model.needs_evidence and not model.evidence_of
    ]
    rows = Entry.objects.filter(publication=Publication.DRAFT, kind__in=kinds)
    return rows.exclude(Exists(Evidence.objects.filter(entry_id=OuterRef("pk")))).order_by(
        "kind", "sort_en", "pk"
    )


def _lacks_evidence(entry: Entry) -> Item:
    return item_of(entry, _("It has no source, and cannot be published without one."), "evidence")


def _without_russian() -> QuerySet[Entry]:
    return Entry.objects.filter(without_russian()).order_by("kind", "sort_en", "pk")


def _lacks_russian(entry: Entry) -> Item:
    return item_of(entry, _("It has no Russian name or title."), _name_field(entry.kind, "ru"))


def _without_english() -> QuerySet[Entry]:
    """Records that are called in English what they are called in Russian."""
    rows = Entry.objects.filter(kind__in=kinds_with_russian(), label_en__regex=CYRILLIC)
    return rows.exclude(publication=Publication.WITHDRAWN).order_by("kind", "sort_en", "pk")


def _lacks_english(entry: Entry) -> Item:
    return item_of(entry, _("Its English name or title is in Russian."), _name_field(entry.kind, "en"))


def _name_field(kind: str, language: str) -> str:
    own = {field.name for field in model_of(kind)._meta.concrete_fields}
    names = sorted(name.removesuffix("ru") + language for name in RUSSIAN_NAMES)
    return next((name for name in names if name in own), "")


def _rotted() -> QuerySet[LinkCheck]:
    """Checks of addresses that the sources still have."""
    has_it = Source.objects.filter(pk=OuterRef("pk"), url=OuterRef("url"))
    rows = LinkCheck.objects.filter(Exists(has_it), state__in=[*ROTTED, LinkState.MOVED])
    # Once an archive's copy is in the source, readers are served; a new address is still to be put in.
    served = Source.objects.filter(pk=OuterRef("pk")).exclude(archived_url="")
    rows = rows.exclude(Exists(served), state__in=ROTTED)
    rows = rows.exclude(entry__publication=Publication.WITHDRAWN)
    return rows.select_related("entry").order_by("failing_since", "pk")


def _rot(row: LinkCheck) -> Item:
    if row.state == LinkState.MOVED:
        said = _("The address has moved for good: %(url)s") % {"url": row.moved_to}
        return item_of(row.entry, said, "url")
    why = row.said or (_("status %(status)d") % {"status": row.status} if row.status else "")
    day = day_said(row.failing_since.date(), within=True) if row.failing_since else ""
    said = _("%(url)s does not answer since %(day)s (%(why)s).") % {"url": row.url, "day": day, "why": why}
    if row.copy_url:
        copy = _("A copy was found: %(url)s") % {"url": row.copy_url}
        said = f"{said} {copy}"
    return item_of(row.entry, said, "archived_url")


def _twins(asker: Asker) -> Found:
    return [(kind, *pair) for kind in TEXTS for pair in twins(kind)]


def _standing_title(entry: Entry) -> str:
    """What a record is called, and how it stands where readers do not see it."""
    hidden = entry.publication != Publication.PUBLISHED
    return f"{shown_label(entry)} · {entry.get_publication_display()}" if hidden else shown_label(entry)


def _pairs(found: Sequence[Any]) -> Iterator[Item]:
    """The later of the two opens where it can be merged into the earlier, or said to be another one."""
    entries = Entry.objects.in_bulk([key for row in found for key in row[1:3]])
    for kind, one, other, score in found:
        if one not in entries or other not in entries:
            continue
        first, second = entries[one], entries[other]
        meta = model_of(kind)._meta
        page = reverse(f"admin:{meta.app_label}_{meta.model_name}_merge", args=[other])
        asked = urlencode({"into": first.slug, "stays": "other"})
        said = _("It may be the same as %(other)s (alike to %(score)d of 100).")
        says = said % {"other": _standing_title(first), "score": score}
        yield Item(shown_label(second), str(meta.verbose_name), says, f"{page}?{asked}")


SHELVES: tuple[Shelf, ...] = (
    for_all(
        "evidence",
        gettext_lazy("Without a source"),
        gettext_lazy("Drafts that need evidence before they can be published."),
        _without_evidence,
        _lacks_evidence,
    ),
    for_all(
        "russian",
        gettext_lazy("Without a Russian name"),
        gettext_lazy("Records that readers of the Russian pages find under their English name."),
        _without_russian,
        _lacks_russian,
    ),
    for_all(
        "english",
        gettext_lazy("Without an English name"),
        gettext_lazy("Records that readers of the English pages find under their Russian name."),
        _without_english,
        _lacks_english,
    ),
    for_all(
        "links",
        gettext_lazy("Addresses that led nowhere"),
        gettext_lazy("Sources whose address is gone, silent or moved, as it was when it was last asked."),
        _rotted,
        _rot,
    ),
    of_found(
        "duplicates",
        gettext_lazy("Possible duplicates"),
        gettext_lazy("Records that may be one: merge them, or say that they are two."),
        kept("duplicates", _twins, kinds=tuple(TEXTS)),
        _pairs,
    ),
)
