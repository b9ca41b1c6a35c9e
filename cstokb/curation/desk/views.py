"""The page of one shelf of the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from cstokb.curation.desk.desk import A_PAGE, BY_WORD, may_look
from cstokb.curation.desk.items import Asker
from cstokb.records.admin.guard import is_key


def shelf(request: HttpRequest, word: str) -> HttpResponse:
    """Everything that lies on one shelf, fifty items a page; a page beyond the last is the last."""
    user: Any = request.user
    if not may_look(user):
        raise PermissionDenied
    if word not in BY_WORD:
        raise Http404
    one, asker = BY_WORD[word], Asker(user, timezone.now())
    count = one.count(asker)
    last = max(1, -(-count // A_PAGE))
    asked = request.GET.get("p", "1")
    page = min(max(int(asked), 1), last) if is_key(asked) else 1
    start = (page - 1) * A_PAGE
    context = {
        **admin.site.each_context(request),
        "title": one.title,
        "about": one.about,
        "count": count,
        "items": list(one.items(asker, start, start + A_PAGE)) if count else [],
        "page": page,
        "last": last,
        "previous": page - 1,
        "next": page + 1 if page < last else 0,
    }
    return TemplateResponse(request, "curation/desk.html", context)
