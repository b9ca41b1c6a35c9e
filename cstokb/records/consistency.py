"""The laws of the model that a database cannot hold, checked over everything that stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cstokb.fulltext import engine
from cstokb.records import indexing
from cstokb.records.ahead import HAPPENED, HELD
from cstokb.records.choices import Publication, Visibility
from cstokb.records.models import Address, Entry, EntryFace, EntryTopic, Evidence, NameForm, Record
from cstokb.records.publish import backed_ids
from cstokb.records.registry import record_models
from cstokb.records.said import day_said
from cstokb.records.writer.events import first_broken_link
from cstokb.records.writer.history import history_of
from cstokb.records.writer.visibility import misplaced

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Broken:
    """A record that breaks a law, and why, in the language of whoever reads it.

    ``field`` is that at which it is mended, where the law alone does not say it.
    """

    law: str
    kind: str
    id: str
    reason: _StrPromise
    field: str = ""

    def __str__(self) -> str:
        return f"{self.law}: {self.kind} {self.id}: {self.reason}"


Rule = Callable[[date], Iterator[Broken]]


def published_has_evidence(today: date) -> Iterator[Broken]:
    """Law 4: nothing is published without a source."""
    for model in record_models().values():
        if model.needs_evidence:
            rows = list(
                model._base_manager.filter(entry__publication=Publication.PUBLISHED).select_related("entry")
            )
            backed = backed_ids(rows)
            for row in rows:
                if row.pk not in backed:
                    yield Broken("evidence", row.kind, row.public_id, _("published without a source"))


def visibility_follows_the_rule(today: date) -> Iterator[Broken]:
    """Law 6: who may see a record follows from its publication and its parents'."""
    for kind, slug, should in misplaced():
        yield Broken(
            "visibility",
            kind,
            slug,
            format_lazy(_("should be {visibility}"), visibility=Visibility(should).label),
        )


def history_matches_the_rows(today: date) -> Iterator[Broken]:
    """Law 5: every row has exactly one open span, equal to it and to its record's visibility."""
    for model in (*record_models().values(), Evidence, NameForm, EntryTopic):
        yield from _spans_of(model)


def _spans_of(model: Any) -> Iterator[Broken]:
    names = [field.attname for field in model._meta.concrete_fields]
    key = model._meta.pk.attname
    spans = {getattr(s, key): s for s in history_of(model)._base_manager.filter(valid_to__isnull=True)}
    for row in model._base_manager.select_related("entry"):
        span = spans.pop(row.pk, None)
        if span is None:
            said = format_lazy(_("no open span of {table}"), table=model._meta.model_name)
            yield Broken("history", row.entry.kind, row.entry.slug, said)
            continue
        wrong = [name for name in names if getattr(span, name) != getattr(row, name)]
        if wrong or span.public != row.entry.is_public:
            values = {"table": model._meta.model_name, "columns": ", ".join(wrong or ["public"])}
            said = format_lazy(_("the open span of {table} differs in {columns}"), **values)
            yield Broken("history", row.entry.kind, row.entry.slug, said)
    for gone in spans:
        yield Broken("history", model._meta.model_name, str(gone), _("an open span without a row"))


def chain_holds(today: date) -> Iterator[Broken]:
    """The chain of public events follows from one link to the next."""
    broken = first_broken_link()
    if broken is not None:
        yield Broken("chain", "event", str(broken), _("the hash does not follow from the event before"))


def faces_match_the_entries(today: date) -> Iterator[Broken]:
    """Every record has one open face, which says what its entry says now."""
    standing = {face.entry_id: face for face in EntryFace.objects.filter(valid_to__isnull=True)}
    for entry in Entry.objects.order_by("kind", "slug").iterator():
        face = standing.get(entry.pk)
        if face is None or not face.fits(entry):
            said = _("what it is called is not what its history says")
            yield Broken("history", entry.kind, entry.slug, said)


def index_matches_the_records(today: date) -> Iterator[Broken]:
    """Every public searchable record has a document, and nothing else has."""
    should, has = set(indexing.searchable_ids()), set(engine.indexed_ids())
    entries = Entry.objects.in_bulk(list(should ^ has))
    for key in sorted(should ^ has):
        entry = entries.get(key)
        kind, slug = (entry.kind, entry.slug) if entry else ("record", str(key))
        said = _("not in the index") if key in should else _("in the index, not public")
        yield Broken("index", kind, slug, said)


def public_pages_have_addresses(today: date) -> Iterator[Broken]:
    """Law 7: every public record with a page is found under its current address."""
    current = Address.objects.filter(entry=OuterRef("pk"), current=True, path=OuterRef("path"))
    pages = Entry.objects.public().exclude(path="").exclude(path__contains="#")
    for entry in pages.filter(~Exists(current)):
        said = format_lazy(_("{path} is not its current address"), path=entry.path)
        yield Broken("address", entry.kind, entry.slug, said)


def nothing_public_comes_from_the_future(today: date) -> Iterator[Broken]:
    """A record of something that happened lies in the past; what was planned says so."""
    for model in record_models().values():
        for name in HAPPENED:
            if any(field.name == f"{name}_min" for field in model._meta.concrete_fields):
                yield from _future(model, name, today)


def _future(model: type[Record], name: str, today: date) -> Iterator[Broken]:
    rows: QuerySet[Any] = model._base_manager.all()
    rows = rows.filter(entry__visibility=Visibility.PUBLIC, **{f"{name}_min__gt": today})
    if any(field.name == "status" for field in model._meta.concrete_fields):
        rows = rows.filter(status=HELD)
    said = format_lazy(_("“{field}” lies after {day}"), field=called(model, name), day=day_said(today))
    for row in rows.select_related("entry"):
        yield Broken("future", model.kind, row.public_id, said, name)


def called(model: type[Record], name: str) -> Any:
    """What curators call a field; its bare name for what is no field of the model."""
    try:
        return getattr(model._meta.get_field(name), "verbose_name", name)
    except FieldDoesNotExist:
        return name


def evidence_is_ranked_soundly(today: date) -> Iterator[Broken]:
    """Of the readings of one field at most one is preferred."""
    twice = (
        Evidence.objects.filter(rank="preferred")
        .exclude(field="")
        .values("entry_id", "field")
        .annotate(readings=Count("value", distinct=True))
        .filter(readings__gt=1)
    )
    entries = Entry.objects.in_bulk([row["entry_id"] for row in twice])
    for row in twice:
        entry = entries[row["entry_id"]]
        field = called(record_models()[entry.kind], row["field"])
        said = format_lazy(_("two preferred readings of “{field}”"), field=field)
        yield Broken("readings", entry.kind, entry.slug, said)


def merged_records_point_on(today: date) -> Iterator[Broken]:
    """A merged record is withdrawn and points at one that is not merged itself."""
    wrong = Entry.objects.filter(merged_into__isnull=False).filter(
        ~Q(publication=Publication.WITHDRAWN)
        | Q(merged_into__merged_into__isnull=False)
        | Q(merged_into=F("pk"))
    )
    for entry in wrong:
        said = _("merged records are withdrawn and point at a living one")
        yield Broken("merge", entry.kind, entry.slug, said)


RULES: tuple[Rule, ...] = (
    published_has_evidence,
    visibility_follows_the_rule,
    history_matches_the_rows,
    chain_holds,
    faces_match_the_entries,
    index_matches_the_records,
    public_pages_have_addresses,
    nothing_public_comes_from_the_future,
    evidence_is_ranked_soundly,
    merged_records_point_on,
)
