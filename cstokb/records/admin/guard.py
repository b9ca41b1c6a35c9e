"""Lists that survive any query string."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


class GuardedAdmin(admin.ModelAdmin[Any]):
    """Answers a query string that no database can look up as Django answers other wrong ones: with the plain list."""

    list_per_page = 50
    show_full_result_count = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; an impossible value leads back to it."""
        if any("\x00" in text for name, values in request.GET.lists() for text in (name, *values)):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        try:
            return super().changelist_view(request, extra_context)
        except (OverflowError, DataError):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")


class ReadOnlyAdmin(GuardedAdmin):
    """Pages of what the writer keeps: to read, never to write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
