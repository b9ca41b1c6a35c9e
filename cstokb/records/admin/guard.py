"""Lists that survive any query string."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstokb.records.admin.columns import described
from cstokb.records.models import Record
from cstokb.records.publish import WriteRefused

MOST_DIGITS = 18


def is_key(value: Any) -> bool:
    """Whether a value that was sent can be a row's key on either database."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


class Unseen(WriteRefused):
    """Nobody knows which version of a record was seen, so that nothing is done to it."""


def version_seen(request: HttpRequest, record: Record, name: str = "base_version") -> int:
    """The version of a record that the page showed, which its form sends back. Raises Unseen where it sends none."""
    text = request.POST.get(name, "")
    if not is_key(text):
        said = _("The form does not say which version of %(record)s you saw: look at it and ask again.")
        raise Unseen(said % {"record": described(record.entry)})
    return int(text)


def survive(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of a list, or the way back to the plain list from a query string that no database can look up."""
    back = HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
    if any("\x00" in text for name, values in request.GET.lists() for text in (name, *values)):
        return back
    try:
        return answer()
    except (OverflowError, DataError, ValueError):  # a year 0, a number past a column's width
        if not request.GET:
            raise
        return back


class GuardedAdmin(admin.ModelAdmin[Any]):
    """Answers a query string that no database can look up as Django answers other wrong ones: with the plain list."""

    list_per_page = 50
    show_full_result_count = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, headed by what it lists; an impossible value leads back to it."""
        # Django's own heading puts a kind into a sentence, where Russian would need it in another case.
        told = {"title": capfirst(str(self.opts.verbose_name_plural)), **(extra_context or {})}
        return survive(request, lambda: super(GuardedAdmin, self).changelist_view(request, told))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row with a key; None for what can be no key."""
        return super().get_object(request, object_id, from_field) if is_key(object_id) else None

    def gone(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The answer to an address of a row that does not stand."""
        said = _("There is no %(name)s with the key “%(key)s”.")
        name = {"name": self.opts.verbose_name, "key": unquote(object_id)[:40]}
        self.message_user(request, said % name, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:index"))


class ReadOnlyAdmin(GuardedAdmin):
    """Pages of what the writer keeps: to read, never to write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
