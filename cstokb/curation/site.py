"""The curators' site: what it is called, and its first page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cstokb.curation.tables.actions import offer_tables
from cstokb.records.admin.base import RecordAdmin
from cstokb.records.admin.finder import RecordFinder
from cstokb.records.admin.guard import GuardedAdmin, survive


def prepare(site: AdminSite) -> None:
    """Name a site, give its first page the desk, and have the lists of accounts survive any query string too."""
    site.site_title = site.site_header = _("CSTO Knowledge Base: curation")
    site.index_title = _("What waits, and all records")
    site.enable_nav_sidebar = False  # the lists need the width; the first page names every kind
    site.index_template = "curation/index.html"
    _list_kinds_once(site)
    for shown in site._registry.values():
        if not isinstance(shown, GuardedAdmin):
            _guard(shown)
        if isinstance(shown, RecordAdmin):
            offer_tables(shown)
    finder = RecordFinder.as_view(admin_site=site)
    site.autocomplete_view = finder  # type: ignore[method-assign, assignment]  # a site has no setting for it


def _list_kinds_once(site: AdminSite) -> None:
    """Let the list of all kinds be made when a page shows it: most show none, and the first one asks twice."""
    listed = site.get_app_list

    def get_app_list(request: HttpRequest, app_label: str | None = None) -> Any:
        name = f"kinds of {app_label}"
        if not hasattr(request, name):
            setattr(request, name, SimpleLazyObject(lambda: listed(request, app_label)))
        return getattr(request, name)

    site.get_app_list = get_app_list  # type: ignore[method-assign]  # a site has no setting for it


def _guard(shown: ModelAdmin[Any]) -> None:
    view = shown.changelist_view

    def guarded(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return survive(request, lambda: view(request, extra_context))

    shown.changelist_view = guarded  # type: ignore[method-assign]  # their apps know nothing of records
