"""An earlier version of a record comes back: through the writer, or as a proposal of those who may not publish."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.records.admin.columns import described, moment
from cstokb.records.admin.comparison import compare
from cstokb.records.admin.guard import GuardedAdmin, is_key
from cstokb.records.choices import Publication
from cstokb.records.models import ChangeEvent, Entry, Record
from cstokb.records.payload import change_of
from cstokb.records.publish import WriteRefused
from cstokb.records.revisions import submit
from cstokb.records.versions import Version, version_at


class RestoreForm(forms.Form):
    """Why an earlier version is brought back, and whether what stands was wrong."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for this change"), widget=forms.Textarea(attrs={"rows": 2, "cols": 80})
    )
    correction = forms.BooleanField(
        label=gettext_lazy("A correction"),
        required=False,
        help_text=gettext_lazy("What was published before was wrong."),
    )
    without = forms.BooleanField(
        label=gettext_lazy("Bring the rest back without what is gone"), required=True
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, entry: Entry, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not version.gone:
            del self.fields["without"]
        if entry.publication == Publication.DRAFT:
            del self.fields["correction"]
        self.entry = entry

    def clean_base_version(self) -> int:
        """The version that the person compared; the page is shown anew when the record has moved on."""
        seen: int = self.cleaned_data["base_version"]
        if seen != self.entry.version:
            said = _(
                "The record was changed since you opened this page. What differs now is shown; look it over."
            )
            raise forms.ValidationError(said)
        return seen


class RestoreMixin(GuardedAdmin):
    """Adds the page that brings a record back to how an event left it."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page below the history."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        where = "<path:object_id>/history/<int:event>/restore/"
        return [path(where, self.admin_site.admin_view(self.restore_view), name=name), *super().get_urls()]

    def restore_view(self, request: HttpRequest, object_id: str, event: int) -> HttpResponse:
        """What would change, and the button that does it."""
        record: Record | None = self.get_object(request, unquote(object_id))
        found = _event(record, event)
        if record is None or found is None:
            return self.gone(request, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        try:
            version = version_at(record.entry, found.at)
        except WriteRefused as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(self._history_url(record))
        form = self._form(request, record.entry, found, version)
        if request.method == "POST" and form.is_valid():
            try:
                return self._restore(request, record, version, form.cleaned_data)
            except WriteRefused as error:
                form.add_error(None, str(error))
        return self._restore_page(request, record, found, version, form)

    def _form(self, request: HttpRequest, entry: Entry, event: ChangeEvent, version: Version) -> RestoreForm:
        why = _("As it was on %(moment)s UTC.") % {"moment": moment(event.at)}
        initial = {"base_version": entry.version, "reason": why}
        data = request.POST if request.method == "POST" else None
        return RestoreForm(data, entry=entry, version=version, initial=initial)

    def _restore_page(
        self, request: HttpRequest, record: Record, event: ChangeEvent, version: Version, form: RestoreForm
    ) -> HttpResponse:
        moved = "base_version" in form.errors
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bring %(record)s back to %(moment)s UTC?")
            % {"record": described(record.entry), "moment": moment(event.at)},
            "opts": self.opts,
            "object": record,
            "event": event,
            "version": version,
            "lines": compare(record.entry, version.payload),
            "form": form,
            "stands_at": record.entry.version,
            "history_url": self._history_url(record),
        }
        status = 409 if moved else 200
        return TemplateResponse(request, "admin/records/restore.html", context, status=status)

    def _restore(
        self, request: HttpRequest, record: Record, version: Version, values: dict[str, Any]
    ) -> HttpResponse:
        change = change_of(record.entry, version.payload)
        change.base_version = values["base_version"]
        done = submit(
            change,
            at=timezone.now(),
            by=request.user,  # type: ignore[arg-type]  # the admin lets nobody in without an account
            reason=values["reason"].strip(),
            correction=values.get("correction", False),
        )
        said = _("Nothing was changed, or the same was proposed before.")
        if done.changed:
            said = _("The earlier version stands again.")
        elif done.revision:
            said = _("The earlier version is proposed: another person applies it.")
        self.log_change(request, record, said)
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self._history_url(record))

    def _history_url(self, record: Record) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[record.pk])


def _event(record: Record | None, key: int) -> ChangeEvent | None:
    if record is None or not is_key(key):
        return None
    return ChangeEvent.objects.filter(entry_id=record.pk, pk=key).first()
