"""The page for two people who changed the same record: both versions, and nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from cstokb.records.admin.comparison import compare, field_in_words
from cstokb.records.models import ChangeEvent, Entry
from cstokb.records.registry import model_of

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
    request: HttpRequest,
    context: dict[str, Any],
    entry: Entry,
    payload: dict[str, Any],
    base: int,
    both: Sequence[str] = (),
) -> TemplateResponse:
    """Both versions side by side, who changed the record since, and the reader's own values carried along.

    ``payload`` is what the reader asks for beside what others did, ``both`` the fields in it that both changed.
    ``context`` names the button's ``carry`` (a hidden field's name and value), ``carry_label`` and ``leave_url``; and
    ``carried``, where something else than what was sent is carried along.
    """
    since = ChangeEvent.objects.filter(entry=entry).select_related("by").order_by("-id")
    sent = ((name, value) for name, values in request.POST.lists() for value in values)
    model = model_of(entry.kind)
    context = {"carried": list(sent)} | context
    context["carried"] = [(name, value) for name, value in context["carried"] if name not in NOT_CARRIED]
    context |= {
        "entry": entry,
        "lines": compare(entry, payload),
        "both": [field_in_words(model, name) for name in both],
        "since": since[: max(entry.version - base, 1)],
    }
    return TemplateResponse(request, "admin/conflict.html", context, status=409)
