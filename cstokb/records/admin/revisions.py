"""The queue of pending changes: old and proposed values side by side, applied or refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.records import ahead, rights
from cstokb.records.admin.columns import described, moment
from cstokb.records.admin.comparison import compare, field_label
from cstokb.records.admin.conflict import conflict_page
from cstokb.records.admin.filters import KindOfEntryFilter
from cstokb.records.admin.guard import is_key
from cstokb.records.admin.registered import OfEntryAdmin, edit_url
from cstokb.records.choices import RevisionState
from cstokb.records.models import Revision
from cstokb.records.payload import change_of
from cstokb.records.publish import Conflict, WriteRefused
from cstokb.records.registry import model_of
from cstokb.records.revisions import apply, refuse


class DecisionForm(forms.Form):
    """What the reviewer has to say."""

    decision = forms.CharField(
        label=gettext_lazy("Decision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=gettext_lazy("A refusal needs a reason; the author reads it here."),
    )


@admin.register(Revision)
class RevisionAdmin(OfEntryAdmin):
    """Pending changes. Nobody applies their own; administrators may, and the decision says so."""

    list_display = ("changed_fields", "record", "kind_name", "reason", "proposed_by", "proposed_at", "state")
    list_filter = ("state", KindOfEntryFilter, ("author", admin.EmptyFieldListFilter))
    list_select_related = ("entry", "author")
    ordering = ("-created_at", "-pk")

    @admin.display(description=gettext_lazy("proposed"))
    def changed_fields(self, row: Revision) -> str:
        """The fields that would change."""
        model = model_of(row.entry.kind)
        return ", ".join(field_label(model, name) for name in row.payload if name != "why")

    @admin.display(description=gettext_lazy("by"), ordering="author")
    def proposed_by(self, row: Revision) -> str:
        """Who asks."""
        return str(row.author) if row.author else _("starter data")

    @admin.display(description=gettext_lazy("proposed at"), ordering="created_at")
    def proposed_at(self, row: Revision) -> str:
        """The moment of the proposal."""
        return moment(row.created_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("entry", "author", "reviewer")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One proposal, to read or to decide on."""
        revision = self.get_object(request, unquote(object_id)) if object_id is not None else None
        if object_id is None or not self.has_view_permission(request, revision):
            raise PermissionDenied
        if revision is None:
            return self.gone(request, object_id)
        form = DecisionForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._decide(request, revision, form.cleaned_data["decision"])
            except Conflict as conflict:
                return self._conflict(request, revision, conflict)
            except WriteRefused as error:
                form.add_error(None, str(error))
        return TemplateResponse(request, "admin/records/revision.html", self._page(request, revision, form))

    def _decide(self, request: HttpRequest, revision: Revision, decision: str) -> HttpResponse:
        user: Any = request.user
        if "refuse" in request.POST:
            refuse(revision, by=user, at=timezone.now(), decision=decision)
            said = _("The proposal has been refused.")
        else:
            seen = request.POST.get("seen", "")
            version = int(seen) if is_key(seen) else None
            apply(revision, by=user, at=timezone.now(), decision=decision, seen=version)
            said = _("The proposal has been applied.")
        self.log_change(request, revision, said)
        self.message_user(request, said, messages.SUCCESS)
        queue = reverse("admin:records_revision_changelist")
        return HttpResponseRedirect(f"{queue}?state__exact={RevisionState.PENDING}")

    def _conflict(self, request: HttpRequest, revision: Revision, conflict: Conflict) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("The record was changed after this was proposed"),
            "opts": self.opts,
            "carry": (("seen", conflict.entry.version),),
            "carry_label": _("Apply the proposal to what stands now"),
            "leave_url": request.path,
        }
        return conflict_page(request, context, conflict.entry, revision.payload, revision.base_version)

    def _page(self, request: HttpRequest, revision: Revision, form: DecisionForm) -> dict[str, Any]:
        user: Any = request.user
        pending = revision.state == RevisionState.PENDING
        own = revision.author_id is not None and revision.author_id == user.pk
        return {
            **self.admin_site.each_context(request),
            "title": _("Proposed change of %(record)s") % {"record": described(revision.entry)},
            "opts": self.opts,
            "revision": revision,
            "proposed_by": self.proposed_by(revision),
            "record_url": edit_url(revision.entry),
            "lines": compare(revision.entry, revision.payload),
            "form": form,
            "ahead": _ahead(revision) if pending else [],
            "moved": pending and revision.base_version != revision.entry.version,
            "own": own,
            "may_apply": pending and rights.may_review(user) and (not own or rights.may_override(user)),
            "may_refuse": pending and (own or rights.may_review(user)),
        }


def _ahead(revision: Revision) -> list[str]:
    """What lies in the future in the record that a proposal would make; what cannot be made says so when applied."""
    try:
        record = change_of(revision.entry, revision.payload).record
    except WriteRefused:
        return []
    return ahead.warnings(record, timezone.now().date())
