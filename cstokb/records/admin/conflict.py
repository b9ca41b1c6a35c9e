"""The page for two people who changed the same record: both versions, and nothing lost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from cstokb.records.admin.comparison import compare
from cstokb.records.models import ChangeEvent, Entry

NOT_CARRIED = {
    "csrfmiddlewaretoken",
    "base_version",
    "seen",
    "_save",
    "_continue",
    "_addanother",
    "_reconsider",
}


def conflict_page(
    request: HttpRequest, context: dict[str, Any], entry: Entry, payload: dict[str, Any], base: int
) -> TemplateResponse:
    """Both versions side by side, who changed the record since, and the reader's own values carried along.

    ``context`` names the button's ``carry`` (a hidden field's name and value), ``carry_label`` and ``leave_url``.
    """
    since = ChangeEvent.objects.filter(entry=entry).select_related("by").order_by("-id")
    carried = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values
    ]
    context |= {
        "entry": entry,
        "lines": compare(entry, payload),
        "since": since[: max(entry.version - base, 1)],
        "carried": carried,
    }
    return TemplateResponse(request, "admin/conflict.html", context, status=409)
