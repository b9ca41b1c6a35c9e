"""The frame of the curators' own pages: the admin's, with a way back; and the page of work that goes on."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from cstokb.curation.models.progress import Progress

#: After so many seconds a page of work that goes on asks again.
REFRESH = 3


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of curation in the frame of the admin."""
    whole = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"curation/{name}.html", whole, status=status)


def work_page(request: HttpRequest, row: Progress, title: str, back: tuple[str, str]) -> HttpResponse:
    """How far the work on a row is; ``back`` is the address and the name of the page above."""
    return page(request, "work_page", {"title": title, "row": row, "refresh": REFRESH, "back": back})
