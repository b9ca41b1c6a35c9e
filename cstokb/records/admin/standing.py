"""Where a record stands on its way to the reader, what may be done next, and by whom: in lists and on forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.records import rights
from cstokb.records.admin.columns import moment
from cstokb.records.choices import OPEN, Publication, RevisionState, StepKind
from cstokb.records.models import Entry, Record, Revision
from cstokb.records.moments import in_zone
from cstokb.records.readiness import lacks

#: What the filter calls a proposal that asks for something else than publication.
CHANGE = "change"


def with_proposals(rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Rows with the state of the newest open proposal of their record, and whether one asks for its publication.

    ``path`` leads to the record's entry.
    """
    newest = Revision.objects.open().filter(entry_id=OuterRef(path)).order_by("-pk")
    asking = newest.filter(payload__publication=Publication.PUBLISHED)
    found: QuerySet[Any] = rows.annotate(
        proposal_state=Subquery(newest.values("state")[:1]), asked_state=Subquery(asking.values("state")[:1])
    )
    return found


def stands(entry: Entry, proposal_state: str | None, asked_state: str | None = None) -> str:
    """Publication and open proposal in a few words: "draft · in review" where its publication is asked for."""
    said, state = str(entry.get_publication_display()), asked_state or proposal_state
    if not state:
        return said
    if state == RevisionState.PENDING and not asked_state:
        return f"{said} · {_('change proposed')}"
    return f"{said} · {RevisionState(state).label}"


class ReviewFilter(admin.SimpleListFilter):
    """Records by what is proposed for them."""

    title = gettext_lazy("review")
    parameter_name = "review"
    path = "entry_id"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        rest = [(state.value, state.label) for state in OPEN if state != RevisionState.PENDING]
        return [
            (RevisionState.PENDING.value, gettext_lazy("publication asked for")),
            (CHANGE, gettext_lazy("change proposed")),
            *rest,
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        state = RevisionState.PENDING if self.value() == CHANGE else self.value()
        if state not in OPEN:
            return queryset
        proposals = Revision.objects.filter(entry_id=OuterRef(self.path), state=state)
        asking = proposals.filter(payload__publication=Publication.PUBLISHED)
        if self.value() == CHANGE:
            return queryset.filter(Exists(proposals), ~Exists(asking))
        return queryset.filter(Exists(asking if state == RevisionState.PENDING else proposals))


class ReviewOfEntryFilter(ReviewFilter):
    """The same in the list of all records."""

    path = "pk"


@dataclass(frozen=True)
class Standing:
    """What the head of a form says.

    ``state`` is the state in a few words, ``next`` what may be done and by whom, ``lacks`` what keeps the record from
    its readers, ``proposals`` the open proposals with what is to be known of each.
    """

    state: str
    next: str
    lacks: list[str] = field(default_factory=list)
    proposals: list[tuple[Revision, str]] = field(default_factory=list)


def standing_of(record: Record, user: Any) -> Standing:
    """Where a record stands, for the person who looks at its form."""
    entry = record.entry
    rows = Revision.objects.open().filter(entry=entry).select_related("author", "reviewer").order_by("-pk")
    proposals = list(rows.prefetch_related("steps__by"))
    return Standing(
        state=stands(
            entry,
            next((one.state for one in proposals), None),
            next((one.state for one in proposals if one.asks_for_publication), None),
        ),
        next=_next(entry, user),
        lacks=[] if entry.is_public else lacks(record),
        proposals=[(revision, waits_for(revision, user)) for revision in proposals],
    )


def _next(entry: Entry, user: Any) -> str:
    if entry.publication == Publication.WITHDRAWN:
        return _("It is published again by two people: one asks, another one who may publish decides.")
    if rights.may_publish(user):
        if entry.publication == Publication.DRAFT:
            return _("Readers see nothing of it. You may publish it.")
        return _("What you save here is published at once.")
    if entry.publication == Publication.DRAFT:
        return _(
            "Readers see nothing of it. Choose “published” and save to ask for its publication: a person who may"
            " publish decides."
        )
    return _(
        "What you save here becomes a proposal: another person applies it, and readers see nothing of it before."
    )


def waits_for(revision: Revision, user: Any) -> str:
    """What an open proposal waits for, in a sentence."""
    own = revision.author_id is not None and revision.author_id == user.pk
    author = str(revision.author) if revision.author else _("starter data")
    told = {"author": _("you") if own else author, "at": f"{moment(revision.created_at)} UTC"}
    said = _last_words(revision)
    if revision.state == RevisionState.SCHEDULED:
        told |= {"when": when(revision.publish_at), "reviewer": str(revision.reviewer)}
        return _("Approved by %(reviewer)s for %(when)s.") % told
    if revision.state == RevisionState.RETURNED:
        told["said"] = said
        if own:
            return _("You were asked to change it: “%(said)s” Revise it and hand it in again.") % told
        return _("%(author)s was asked to change it: “%(said)s”") % told
    if revision.state == RevisionState.FAILED:
        return _("It was due and could not be applied: %(said)s A reviewer decides again.") % {"said": said}
    if revision.asks_for_publication or revision.merged_into_id:
        return _("Proposed by %(author)s, %(at)s. Another person who may publish decides.") % told
    return _("Proposed by %(author)s, %(at)s. Another person who may review decides.") % told


def _last_words(revision: Revision) -> str:
    steps = [one for one in revision.steps.all() if one.kind in (StepKind.RETURNED, StepKind.FAILED)]
    return steps[-1].words if steps else ""


def when(value: datetime | None) -> str:
    """A moment in the editors' zone with UTC beside it; empty for none."""
    return in_zone(value.astimezone(UTC), settings.EDITORS_TIME_ZONE) if value else ""
