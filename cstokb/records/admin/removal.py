"""Taking records away: drafts are deleted, published records are withdrawn, and nothing cascades."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cstokb.records import rights
from cstokb.records.admin.columns import described
from cstokb.records.admin.guard import Unseen, version_seen
from cstokb.records.admin.publishing import PublishingMixin
from cstokb.records.choices import Publication
from cstokb.records.models import Record
from cstokb.records.publish import Conflict, WriteRefused, erase, erase_all
from cstokb.records.references import Hold, hold_on
from cstokb.records.revisions import take_off

MOST_AT_ONCE = 100


class WithdrawalForm(forms.Form):
    """Why a record is withdrawn."""

    why = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=gettext_lazy("Readers see it in place of the record."),
    )


class RemovalMixin(PublishingMixin):
    """Pages and actions that take records away, beside the action that publishes."""

    actions = ("publish_drafts", "delete_drafts")

    def get_urls(self) -> list[URLPattern]:
        """Add the page that withdraws."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        page = path("<path:object_id>/withdraw/", self.admin_site.admin_view(self.withdraw_view), name=name)
        return [page, *super().get_urls()]

    def get_actions(self, request: HttpRequest, action_location: Any = None) -> dict[str, Any]:
        """Leave out Django's own deletion, which cascades; Django 6.1 also says on which page they stand."""
        place: Any = () if action_location is None else (action_location,)
        actions = super().get_actions(request, *place)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete a draft to which nothing refers; for everything else say why it stays."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self.gone(request, object_id)
        if not self.has_delete_permission(request, record):
            raise PermissionDenied
        hold = hold_on(record)
        was_public = record.entry.published_at is not None
        if request.method == "POST" and not was_public and not hold.count:
            try:
                return self._erase(request, record)
            except (Conflict, Unseen) as refused:
                self.message_user(request, str(refused), messages.ERROR)
                _bring_up(record, refused)
        status = 409 if request.method == "POST" else 200
        context = self._page(request, record, _("Delete %(record)s?"))
        context |= {
            "hold": hold,
            "was_public": was_public,
            "may_withdraw": self._may_withdraw(request, record),
        }
        return TemplateResponse(request, "admin/records/delete.html", context, status=status)

    def _erase(self, request: HttpRequest, record: Record) -> HttpResponse:
        try:
            erase(
                record, at=timezone.now(), by=self._user(request), base_version=version_seen(request, record)
            )
        except (Conflict, Unseen):
            raise
        except (WriteRefused, ProtectedError) as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.path)
        self.log_deletions(request, [record])  # type: ignore[arg-type]  # its rows are read, and it is gone
        said = _("%(record)s has been deleted.") % {"record": described(record.entry)}
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self._list_url())

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a published record off every surface, with the reason that readers will see."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self.gone(request, object_id)
        if not self._may_withdraw(request, record):
            raise PermissionDenied
        form = WithdrawalForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                return self._withdraw(request, record, form.cleaned_data["why"])
            except WriteRefused as refused:
                form.add_error(None, str(refused))
                _bring_up(record, refused)
        status = 409 if form.is_bound and form.non_field_errors() else 200
        context = self._page(request, record, _("Withdraw %(record)s?"))
        context |= {"form": form, "hold": hold_on(record)}
        return TemplateResponse(request, "admin/records/withdraw.html", context, status=status)

    def _withdraw(self, request: HttpRequest, record: Record, why: str) -> HttpResponse:
        seen = version_seen(request, record)
        take_off(record, at=timezone.now(), by=self._user(request), why=why, base_version=seen)
        self.log_change(request, record, _("Withdrawn: %(why)s") % {"why": why})
        said = _("%(record)s has been withdrawn.") % {"record": described(record.entry)}
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self._list_url())

    @admin.action(description=gettext_lazy("Delete the selected drafts"), permissions=["delete"])
    def delete_drafts(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Delete drafts, all or none: one that was published, is referred to or moved on keeps them all."""
        records = list(queryset.select_related("entry")[: MOST_AT_ONCE + 1])
        if len(records) > MOST_AT_ONCE:
            said = _("At most %(most)d drafts are deleted at once.") % {"most": MOST_AT_ONCE}
            self.message_user(request, said, messages.ERROR)
            return None
        held = [(record, hold) for record in records if (hold := _holding(record))]
        confirmed = bool(request.POST.get("confirmed"))
        if confirmed and not held and self._erase_all(request, records):
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Delete the selected drafts?"),
            "opts": self.opts,
            "records": records,
            "held": held,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        status = 409 if held or confirmed else 200
        return TemplateResponse(request, "admin/records/delete_drafts.html", context, status=status)

    def _erase_all(self, request: HttpRequest, records: list[Record]) -> bool:
        """Delete them and say so, or say why none was."""
        try:
            with transaction.atomic():
                self.log_deletions(
                    request, self.model._base_manager.filter(pk__in=[one.pk for one in records])
                )
                seen = {
                    record.pk: version_seen(request, record, f"version-{record.pk}") for record in records
                }
                erase_all(seen, at=timezone.now(), by=self._user(request), versions=seen)
        except (WriteRefused, ProtectedError) as error:
            self.message_user(request, str(error), messages.ERROR)
            for record in records:
                _bring_up(record, error)
            return False
        said = ngettext(
            "%(count)d draft has been deleted.", "%(count)d drafts have been deleted.", len(records)
        )
        self.message_user(request, said % {"count": len(records)}, messages.SUCCESS)
        return True

    def _may_withdraw(self, request: HttpRequest, record: Record) -> bool:
        return (
            rights.may_withdraw(request.user)
            and self.has_change_permission(request, record)
            and record.entry.publication == Publication.PUBLISHED
        )

    def _page(self, request: HttpRequest, record: Record, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title % {"record": described(record.entry)},
            "opts": self.opts,
            "object": record,
            "base_version": record.entry.version,
        }

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _user(self, request: HttpRequest) -> Any:
        return request.user


def _bring_up(record: Record, refused: Exception) -> None:
    """Let the page show, and send back, the version that stands now."""
    if isinstance(refused, Conflict) and refused.entry.pk == record.pk:
        record.entry = refused.entry


def _holding(record: Record) -> Hold | None:
    """What keeps a record from being deleted; a hold of nothing for one that was public once."""
    hold = hold_on(record)
    return hold if hold.count or record.entry.published_at is not None else None
