"""The history of a record: who changed what, when and why."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cstokb.records.admin.columns import described
from cstokb.records.admin.comparison import event_lines, evidence_by_uid
from cstokb.records.admin.guard import GuardedAdmin
from cstokb.records.models import ChangeEvent

EVENTS_A_PAGE = 50


class HistoryMixin(GuardedAdmin):
    """Shows the record's events in place of the admin's own log, which knows only what was done here."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Events, the newest first, with their field differences."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self.gone(request, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        events = ChangeEvent.objects.filter(entry=record.entry).select_related("by").order_by("-id")
        page = Paginator(events, EVENTS_A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(record)s") % {"record": described(record.entry)},
            "opts": self.opts,
            "object": record,
            "page": page,
            "events": with_lines(record.kind, list(page)),
            "may_restore": self.has_change_permission(request, record),
            "newest": events.values_list("pk", flat=True).first(),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/records/history.html", context)


def with_lines(kind: str, events: list[ChangeEvent]) -> list[dict[str, Any]]:
    """Events with their differences in words; evidence is looked up once for all."""
    uids = {
        uid
        for event in events
        for change in event.changes
        if change["field"] == "evidence"
        for side in ("old", "new")
        for uid in change[side]
    }
    evidence = evidence_by_uid(uids) if uids else {}
    return [{"event": event, "lines": event_lines(kind, event.changes, evidence)} for event in events]
