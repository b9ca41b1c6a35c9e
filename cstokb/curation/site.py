"""The curators' site: what it is called, and what waits on its first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import treaty.consistency
from cstokb.accounts.models import User
from cstokb.curation.tables.actions import offer_tables
from cstokb.records.admin.base import RecordAdmin
from cstokb.records.admin.finder import RecordFinder
from cstokb.records.admin.guard import GuardedAdmin, survive
from cstokb.records.queues import Queues
from cstokb.records.scope import NOW
from summits.turns import contradicted


@dataclass(frozen=True)
class Waiting:
    """One queue: how many wait, what for, and where the list is."""

    count: int
    label: Any
    url: str


def prepare(site: AdminSite) -> None:
    """Name a site, give its first page the queues, and have the lists of accounts survive any query string too."""
    site.site_title = site.site_header = _("CSTO Knowledge Base: curation")
    site.index_title = _("What waits, and all records")
    site.enable_nav_sidebar = False  # the lists need the width; the first page names every kind
    site.index_template = "curation/index.html"
    for shown in site._registry.values():
        if not isinstance(shown, GuardedAdmin):
            _guard(shown)
        if isinstance(shown, RecordAdmin):
            offer_tables(shown)
    finder = RecordFinder.as_view(admin_site=site)
    site.autocomplete_view = finder  # type: ignore[method-assign, assignment]  # a site has no setting for it


def _guard(shown: ModelAdmin[Any]) -> None:
    view = shown.changelist_view

    def guarded(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return survive(request, lambda: view(request, extra_context))

    shown.changelist_view = guarded  # type: ignore[method-assign]  # their apps know nothing of records


def waiting(user: User | AnonymousUser) -> list[Waiting]:
    """The queues with their counts, for those who may see all records; nothing for others."""
    if not user.has_perms(["records.view_entry", "records.view_revision", "records.view_evidence"]):
        return []
    queues = Queues.counted()
    clauses = {doubt.id for rule in treaty.consistency.DOUBTS for doubt in rule(timezone.now().date())}
    entries, revisions, evidence = (
        reverse(f"admin:records_{model}_changelist") for model in ("entry", "revision", "evidence")
    )
    return [
        Waiting(queues.drafts, _("drafts"), f"{entries}?publication__exact=draft"),
        Waiting(queues.proposals, _("proposed changes"), f"{revisions}?state__exact=pending"),
        Waiting(
            queues.failed,
            _("approved changes that could not be applied"),
            f"{revisions}?state__exact=failed",
        ),
        Waiting(
            queues.scheduled, _("approved changes that are scheduled"), f"{revisions}?state__exact=scheduled"
        ),
        Waiting(
            queues.contradictions, _("contradictions not weighed yet"), f"{evidence}?contradictions=open"
        ),
        Waiting(
            len(clauses),
            _("final clauses with which stored dates disagree"),
            f"{reverse('admin:treaty_finalclause_changelist')}?computed=disagrees",
        ),
        Waiting(
            len(contradicted(NOW)),
            _("chairmanships that disagree with the Charter's rule"),
            f"{reverse('admin:summits_chairmanship_changelist')}?computed=disagrees",
        ),
        Waiting(queues.without_russian, _("without a Russian name"), f"{entries}?russian=missing"),
    ]
