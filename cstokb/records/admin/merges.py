"""Pages of what was merged: who merged what and why, and undoing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.records.admin.columns import described, moment
from cstokb.records.admin.guard import ReadOnlyAdmin
from cstokb.records.admin.registered import edit_url
from cstokb.records.merging.merge import hindrances, may_merge, undo
from cstokb.records.models import Merge
from cstokb.records.publish import WriteRefused
from cstokb.records.registry import model_of


class UndoForm(forms.Form):
    """Why a merge is undone."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3, "cols": 80})
    )


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    """What was merged into what, by whom and why; each can be undone while the records stand as it left them."""

    list_display = ("loser_name", "winner_name", "kind_name", "merged_at", "by", "reason", "undone")
    list_select_related = ("loser", "winner", "by")
    search_fields = ("loser__sort_en", "winner__sort_en")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("loser", "winner", "by", "undone_by")

    @admin.display(description=gettext_lazy("merged record"), ordering="loser__sort_en")
    def loser_name(self, row: Merge) -> str:
        """The record that was merged."""
        return described(row.loser)

    @admin.display(description=gettext_lazy("record that stays"), ordering="winner__sort_en")
    def winner_name(self, row: Merge) -> str:
        """The record that stays."""
        return described(row.winner)

    @admin.display(description=gettext_lazy("kind"), ordering="loser__kind")
    def kind_name(self, row: Merge) -> str:
        """What sort of records they are."""
        return str(model_of(row.loser.kind)._meta.verbose_name)

    @admin.display(description=gettext_lazy("at"), ordering="at")
    def merged_at(self, row: Merge) -> str:
        """The moment of the merge."""
        return moment(row.at)

    @admin.display(description=gettext_lazy("undone at"), ordering="undone_at")
    def undone(self, row: Merge) -> str:
        """The moment at which it was undone."""
        return moment(row.undone_at)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One merge, to read or to undo."""
        kept = self.get_object(request, unquote(object_id)) if object_id is not None else None
        if object_id is None or not self.has_view_permission(request, kept):
            raise PermissionDenied
        if kept is None:
            return self.gone(request, object_id)
        form = UndoForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._undo(request, kept, form.cleaned_data["reason"])
            except WriteRefused as error:
                form.add_error(None, str(error))
        context = {
            **self.admin_site.each_context(request),
            "title": str(kept),
            "opts": self.opts,
            "merge": kept,
            "loser_url": edit_url(kept.loser),
            "winner_url": edit_url(kept.winner),
            "hindrances": hindrances(kept),
            "may_merge": may_merge(request.user),
            "form": form,
        }
        return TemplateResponse(request, "admin/records/merged.html", context)

    def _undo(self, request: HttpRequest, kept: Merge, reason: str) -> HttpResponse:
        user: Any = request.user
        undo(kept, at=timezone.now(), by=user, reason=reason)
        self.message_user(request, _("The merge is undone; both records stand as before."), messages.SUCCESS)
        return HttpResponseRedirect(request.path)
