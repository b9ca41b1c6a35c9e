"""Drafts and proposals: one's own, those to be decided on, those that came back, those approved for later."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.curation.desk.items import Asker, Item, Shelf, for_all, item_of, of_rows
from cstokb.records import rights
from cstokb.records.admin.columns import moment, shown_label
from cstokb.records.admin.comparison import field_in_words
from cstokb.records.admin.revisions import revise_url
from cstokb.records.choices import Publication, RevisionState
from cstokb.records.models import ChangeEvent, Entry, Revision
from cstokb.records.registry import model_of

#: Proposals that wait for somebody to decide.
UNDECIDED = (RevisionState.PENDING, RevisionState.FAILED)


def _drafts(asker: Asker) -> QuerySet[Entry]:
    mine = ChangeEvent.objects.filter(entry_id=OuterRef("pk"), by=asker.user)
    drafts = Entry.objects.filter(Exists(mine), publication=Publication.DRAFT)
    return drafts.order_by("-changed_at", "-pk")


def _draft(entry: Entry) -> Item:
    return item_of(
        entry, entry.reason or _("It is a draft and was changed by you: publish it, or hand it in.")
    )


def _every_draft() -> QuerySet[Entry]:
    return Entry.objects.filter(publication=Publication.DRAFT).order_by("-changed_at", "-pk")


def _any_draft(entry: Entry) -> Item:
    return item_of(entry, entry.reason or _("It is a draft, and nothing says why."))


def _to_decide(asker: Asker) -> QuerySet[Revision]:
    """Proposals that this person may decide on: not their own, unless they may override."""
    rows = Revision.objects.select_related("entry", "author", "merged_into").filter(state__in=UNDECIDED)
    if not rights.may_review(asker.user):
        return rows.none()
    if not rights.may_override(asker.user):
        rows = rows.filter(Q(author__isnull=True) | ~Q(author=asker.user))
    return rows.order_by("created_at", "pk")


def _decision(row: Revision) -> Item:
    model = model_of(row.entry.kind)
    who = str(row.author) if row.author else _("starter data")
    fields = ", ".join(field_in_words(model, name) for name in row.payload if name != "why")
    said = _("%(who)s proposes to change: %(fields)s.") % {"who": who, "fields": fields}
    if row.merged_into is not None:
        names = {"who": who, "record": shown_label(row.merged_into)}
        said = _("%(who)s proposes to merge it into “%(record)s”.") % names
    if row.state == RevisionState.FAILED:
        said = _("It could not be applied when it was due: %(why)s") % {"why": row.decision}
    return _proposal(row, said, reverse("admin:records_revision_change", args=[row.pk]))


def _returned(asker: Asker) -> QuerySet[Revision]:
    rows = Revision.objects.filter(state=RevisionState.RETURNED, author=asker.user)
    rows = rows.select_related("entry", "merged_into__merged_into")
    return rows.prefetch_related("steps").order_by("pk")


def _request(row: Revision) -> Item:
    words = next((step.words for step in reversed(row.steps.all()) if step.words), "")
    said = _("Changes were requested: %(words)s") % {"words": words}
    return _proposal(row, said, revise_url(row))


def _scheduled() -> QuerySet[Revision]:
    rows = Revision.objects.filter(state=RevisionState.SCHEDULED).select_related("entry")
    return rows.order_by("publish_at", "pk")


def _date(row: Revision) -> Item:
    said = _("It is approved and will be applied at %(moment)s UTC.") % {"moment": moment(row.publish_at)}
    return _proposal(row, said, reverse("admin:records_revision_change", args=[row.pk]))


def _proposal(row: Revision, says: str, url: str) -> Item:
    kind: Any = model_of(row.entry.kind)._meta.verbose_name
    return Item(shown_label(row.entry), str(kind), says, url)


SHELVES: tuple[Shelf, ...] = (
    of_rows(
        "review",
        gettext_lazy("Waiting for review"),
        gettext_lazy("Proposals on which you may decide, the oldest first."),
        _to_decide,
        _decision,
    ),
    of_rows(
        "returned",
        gettext_lazy("Returned to you"),
        gettext_lazy("Proposals of yours for which a reviewer asked for changes."),
        _returned,
        _request,
    ),
    of_rows(
        "my-drafts",
        gettext_lazy("My drafts"),
        gettext_lazy("Drafts that you made or changed, the latest first."),
        _drafts,
        _draft,
    ),
    for_all(
        "scheduled",
        gettext_lazy("Scheduled"),
        gettext_lazy("Proposals that are approved for a moment to come."),
        _scheduled,
        _date,
    ),
)
DRAFTS = for_all(
    "drafts",
    gettext_lazy("All drafts"),
    gettext_lazy("Every record that no reader sees yet, with the reason."),
    _every_draft,
    _any_draft,
)
