"""The queue of pending changes: old and proposed values side by side, and every decision about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
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
from cstokb.records.admin.merging import lines, merge_url
from cstokb.records.admin.preview import PreviewMixin, previews
from cstokb.records.admin.registered import OfEntryAdmin, edit_url
from cstokb.records.admin.revising import PARAMETER
from cstokb.records.admin.standing import waits_for, when
from cstokb.records.choices import DECIDABLE, OPEN, RevisionState
from cstokb.records.decisions import apply, refuse, request_changes, schedule, unschedule
from cstokb.records.merging.merge import may_merge, rehearse
from cstokb.records.models import Revision
from cstokb.records.moments import NoSuchMomentError, in_zone, require_ahead, typed
from cstokb.records.payload import change_of
from cstokb.records.publish import Conflict, WriteRefused
from cstokb.records.readiness import lacks
from cstokb.records.reconciling import merged
from cstokb.records.registry import model_of


class DecisionForm(forms.Form):
    """What the reviewer has to say, and the moment for which something is approved."""

    decision = forms.CharField(
        label=gettext_lazy("Decision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=gettext_lazy("A refusal and a request for changes need words; the author reads them here."),
    )
    moment = forms.CharField(
        label=gettext_lazy("Moment of publication"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        said = _(
            "In the zone %(zone)s, for example 2026-12-01 09:30. It is now %(now)s. Leave it empty for at once."
        )
        zone = settings.EDITORS_TIME_ZONE
        self.fields["moment"].help_text = said % {"zone": zone.key, "now": in_zone(now, zone)}

    def clean(self) -> dict[str, Any]:
        """A moment is read for the schedule alone; with any other button it would be lost."""
        values = super().clean() or self.cleaned_data
        text = values.get("moment", "")
        if "schedule" not in self.data:
            if text and "apply" in self.data:
                said = _("Take the moment away to apply it at once, or approve it for that moment.")
                self.add_error("moment", said)
            return values
        try:
            values["at"] = typed(text, settings.EDITORS_TIME_ZONE)
            require_ahead(values["at"], self.now, settings.EDITORS_TIME_ZONE)
        except NoSuchMomentError as error:
            self.add_error("moment", str(error))
        return values


@admin.register(Revision)
class RevisionAdmin(PreviewMixin, OfEntryAdmin):
    """Pending changes. Nobody applies their own; administrators may, and the decision says so."""

    list_display = (
        *("changed_fields", "record", "kind_name", "reason", "proposed_by", "proposed_at"),
        *("state", "scheduled_for"),
    )
    list_filter = ("state", KindOfEntryFilter, ("author", admin.EmptyFieldListFilter))
    list_select_related = ("entry", "author", "merged_into")
    ordering = ("-created_at", "-pk")

    @admin.display(description=gettext_lazy("proposed"))
    def changed_fields(self, row: Revision) -> str:
        """The fields that would change, or the record into which it would be merged."""
        if row.merged_into is not None:
            return _("merge into %(record)s") % {"record": described(row.merged_into)}
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

    @admin.display(description=gettext_lazy("scheduled for"), ordering="publish_at")
    def scheduled_for(self, row: Revision) -> str:
        """The moment for which it is approved, in the editors' zone and in UTC."""
        return when(row.publish_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("entry", "author", "reviewer", "merged_into__merged_into")

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
        now = timezone.now()
        form = DecisionForm(request.POST if request.method == "POST" else None, now=now)
        if request.method == "POST" and form.is_valid():
            try:
                return self._decide(request, revision, form.cleaned_data, now)
            except Conflict as conflict:
                return self._conflict(request, revision, conflict)
            except WriteRefused as error:
                form.add_error(None, str(error))
                revision = self.get_queryset(request).get(pk=revision.pk)
        return TemplateResponse(request, "admin/records/revision.html", self._page(request, revision, form))

    def _decide(
        self, request: HttpRequest, revision: Revision, values: dict[str, Any], now: datetime
    ) -> HttpResponse:
        told: dict[str, Any] = {"by": request.user, "at": now, "steps": _number(request, "steps")}
        said = self._carry(request, revision, values, told)
        self.log_change(request, revision, said)
        self.message_user(request, said, messages.SUCCESS)
        queue = reverse("admin:records_revision_changelist")
        return HttpResponseRedirect(f"{queue}?state__exact={RevisionState.PENDING}")

    def _carry(
        self, request: HttpRequest, revision: Revision, values: dict[str, Any], told: dict[str, Any]
    ) -> str:
        """Carry a decision out, and say in a sentence what was done."""
        words = values["decision"]
        if "refuse" in request.POST:
            refuse(revision, decision=words, **told)
            return _("The proposal has been refused.")
        if "return" in request.POST:
            request_changes(revision, words=words, **told)
            return _("The proposal went back to its author, with your words.")
        if "unschedule" in request.POST:
            unschedule(revision, decision=words, **told)
            return _("The schedule has been lifted; the proposal waits for a decision again.")
        told |= {"decision": words, "seen": _number(request, "seen")}
        if revision.merged_into_id and "apply" in request.POST:
            apply(revision, stays=_number(request, "stays"), **told)
            return _("The records have been merged.")
        if "schedule" in request.POST:
            schedule(revision, moment=values["at"], zone=settings.EDITORS_TIME_ZONE, **told)
            return _("Approved for %(moment)s.") % {"moment": when(values["at"])}
        apply(revision, **told)
        return _("The proposal has been applied.")

    def _conflict(self, request: HttpRequest, revision: Revision, conflict: Conflict) -> HttpResponse:
        scheduling = "schedule" in request.POST
        context = {
            **self.admin_site.each_context(request),
            "title": _("The record was changed after this was proposed"),
            "opts": self.opts,
            "carry": (("seen", conflict.entry.version),),
            "carry_label": _("Approve it for what stands now")
            if scheduling
            else _("Apply the proposal to what stands now"),
            "leave_url": request.path,
        }
        both = merged(conflict.entry, revision.payload, revision.base_version)
        return conflict_page(request, context, conflict.entry, both.payload, revision.base_version, both.both)

    def _page(self, request: HttpRequest, revision: Revision, form: DecisionForm) -> dict[str, Any]:
        user: Any = request.user
        return {
            **self.admin_site.each_context(request),
            "title": _title(revision),
            "opts": self.opts,
            "revision": revision,
            "proposed_by": self.proposed_by(revision),
            "record_url": edit_url(revision.entry),
            **_asked(revision, user),
            "steps": list(revision.steps.select_related("by")),
            "form": form,
            "scheduled_for": when(revision.publish_at),
            "revise_url": revise_url(revision),
            **may(revision, user),
            **(_about(revision, user) if revision.state in OPEN else {}),
        }


def _title(revision: Revision) -> str:
    if revision.merged_into is None:
        return _("Proposed change of %(record)s") % {"record": described(revision.entry)}
    names = {"loser": described(revision.entry), "winner": described(revision.merged_into)}
    return _("Proposed merge of %(loser)s into %(winner)s") % names


def _asked(revision: Revision, user: Any) -> dict[str, Any]:
    """What is proposed: values beside those that stand, or for as long as it is open what a merge would move."""
    winner = revision.would_stay
    if winner is None:
        return {"lines": compare(revision.entry, revision.payload)}
    if revision.state not in OPEN:
        return {"winner": winner, "winner_url": edit_url(winner)}
    told = rehearse(revision.entry, winner, at=timezone.now(), by=user)
    return {"winner": winner, "winner_url": edit_url(winner), "told": told, **lines(told)}


def revise_url(revision: Revision) -> str:
    """Where the author of a proposal changes it: the form of the record, or the page that merges it."""
    if revision.would_stay is not None:
        return merge_url(revision.entry, revision.would_stay)
    return f"{edit_url(revision.entry)}?{PARAMETER}={revision.pk}"


def may(revision: Revision, user: Any) -> dict[str, Any]:
    """What the person may do about a proposal, as its page asks it."""
    own = revision.author_id is not None and revision.author_id == user.pk
    reviews, still_open = rights.may_review(user), revision.state in OPEN
    decides = reviews and revision.state in DECIDABLE
    merges = revision.merged_into_id is None or may_merge(user)
    return {
        "own": own,
        "may_apply": decides and merges and (not own or rights.may_override(user)),
        "may_schedule": revision.merged_into_id is None,
        "may_return": decides and not own and revision.author_id is not None,
        "may_unschedule": revision.state == RevisionState.SCHEDULED and (own or reviews),
        "may_refuse": still_open and (own or reviews),
        "may_revise": still_open and own,
    }


def _about(revision: Revision, user: Any) -> dict[str, Any]:
    """What to know before deciding: what it waits for, what it lacks, whether its base moved, what lies ahead."""
    if revision.merged_into_id:  # what would move is shown as it stands now
        return {"waits_for": waits_for(revision, user)}
    moved = revision.base_version != revision.entry.version
    try:
        record = change_of(revision.entry, revision.payload).record
    except WriteRefused:  # what cannot be made says so when it is applied
        return {"waits_for": waits_for(revision, user), "moved": moved}
    return {
        "waits_for": waits_for(revision, user),
        "moved": moved,
        "previews": previews(Revision._meta, revision.pk),
        "ahead": ahead.warnings(record, timezone.now().date()),
        "lacks": lacks(record, revision.payload) if revision.asks_for_publication else [],
    }


def _number(request: HttpRequest, name: str) -> int | None:
    """A number that the page sent along."""
    text = request.POST.get(name, "")
    return int(text) if is_key(text) else None
