"""Several drafts are published in one step, all or none; by those who may not publish, asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cstokb.records import rights
from cstokb.records.admin.guard import GuardedAdmin, version_seen
from cstokb.records.choices import Publication
from cstokb.records.models import Record
from cstokb.records.payload import stored
from cstokb.records.publish import Change, WriteRefused
from cstokb.records.readiness import lacks
from cstokb.records.revisions import submit

MOST_AT_ONCE = 100


class ReasonForm(forms.Form):
    """Why drafts are published together."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for this change"), widget=forms.Textarea(attrs={"rows": 2, "cols": 80})
    )


class PublishingMixin(GuardedAdmin):
    """The action of the lists that publishes drafts."""

    @admin.action(description=gettext_lazy("Publish the selected drafts"), permissions=["change"])
    def publish_drafts(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Show what would be published and what it lacks; then publish, or ask for it, all or none."""
        records = list(queryset.select_related("entry")[: MOST_AT_ONCE + 1])
        if len(records) > MOST_AT_ONCE:
            said = _("At most %(most)d drafts are published at once.") % {"most": MOST_AT_ONCE}
            self.message_user(request, said, messages.ERROR)
            return None
        confirmed = "confirmed" in request.POST
        form = ReasonForm(request.POST if confirmed else None)
        if confirmed and form.is_valid():
            try:
                self._publish_all(request, records, form.cleaned_data["reason"].strip())
            except WriteRefused as error:
                form.add_error(None, str(error))
            else:
                return None
        return self._publish_page(request, records, form)

    def _publish_page(
        self, request: HttpRequest, records: Sequence[Record], form: ReasonForm
    ) -> HttpResponse:
        told = [(record, _wants(record)) for record in records]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish the selected drafts?"),
            "opts": self.opts,
            "told": told,
            "asks": not rights.may_publish(request.user),
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        status = 409 if form.is_bound and form.non_field_errors() else 200
        return TemplateResponse(request, "admin/records/publish_drafts.html", context, status=status)

    def _publish_all(self, request: HttpRequest, records: Sequence[Record], reason: str) -> None:
        by: Any = request.user
        at = timezone.now()
        with transaction.atomic():
            done = [
                submit(_change(request, record), at=at, by=by, reason=reason)
                for record in records
                if record.entry.publication == Publication.DRAFT
            ]
        published = sum(one.changed for one in done)
        asked = sum(one.revision is not None for one in done)
        if published:
            said = ngettext("%(n)d draft has been published.", "%(n)d drafts have been published.", published)
            self.message_user(request, said % {"n": published}, messages.SUCCESS)
        if asked:
            said = ngettext(
                "The publication of %(n)d draft waits for a person who may publish.",
                "The publication of %(n)d drafts waits for a person who may publish.",
                asked,
            )
            self.message_user(request, said % {"n": asked}, messages.WARNING)
        if not published and not asked:
            self.message_user(
                request, _("Nothing was changed, or the same was proposed before."), messages.INFO
            )


def _change(request: HttpRequest, record: Record) -> Change:
    seen = version_seen(request, record, f"version-{record.pk}")
    return Change(stored(record.entry), record.public_id, Publication.PUBLISHED, "", base_version=seen)


def _wants(record: Record) -> list[str]:
    """What keeps a record from being published with the others."""
    if record.entry.publication != Publication.DRAFT:
        return [_("It is no draft, and is left as it is.")]
    return lacks(record)
