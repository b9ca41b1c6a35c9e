"""The page that merges two records: what would move, and merging."""

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
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.records.admin.columns import described
from cstokb.records.admin.comparison import field_label
from cstokb.records.admin.guard import GuardedAdmin
from cstokb.records.likeness import TEXTS, alike
from cstokb.records.merging.merge import Rehearsal, may_merge, rehearse
from cstokb.records.merging.plan import references_of
from cstokb.records.models import Apart, Entry, Merge, Record
from cstokb.records.publish import WriteRefused
from cstokb.records.registry import model_of
from cstokb.records.revisions import make_one, propose_merge

#: Of each kind of row so many are named; all are counted.
MOST_NAMED = 20


class ChoiceForm(forms.Form):
    """Which record is the same, and which of the two stays."""

    into = forms.CharField(label=gettext_lazy("Id of the other record"), max_length=240)
    stays = forms.ChoiceField(
        label=gettext_lazy("Which one stays"),
        choices=[("other", gettext_lazy("the other one")), ("this", gettext_lazy("this one"))],
        widget=forms.RadioSelect,
        initial="other",
    )

    def __init__(self, record: Record, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record

    def clean_into(self) -> Entry:
        """The other record."""
        slug = self.cleaned_data["into"].strip()
        found = Entry.objects.filter(kind=self.record.kind, slug=slug).first()
        if found is None:
            raise forms.ValidationError(_("There is no record of this kind with this id."))
        return found


class MergeForm(forms.Form):
    """Why the two are one, and which versions of them the person saw."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=gettext_lazy("Readers see it in the register of changes."),
    )
    seen_loser = forms.IntegerField(widget=forms.HiddenInput)
    seen_winner = forms.IntegerField(widget=forms.HiddenInput)


class MergingMixin(GuardedAdmin):
    """The page on which a record is merged into another, or another into it."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        page = path("<path:object_id>/merge/", self.admin_site.admin_view(self.merge_view), name=name)
        return [page, *super().get_urls()]

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the other record, show everything that would move, and merge."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self.gone(request, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        asked = request.GET if "into" in request.GET else None
        choice = ChoiceForm(record, asked)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Merge %(record)s") % {"record": described(record.entry)},
            "opts": self.opts,
            "object": record,
            "choice": choice,
            "candidates": _candidates(record),
        }
        if choice.is_valid():
            other, this_stays = choice.cleaned_data["into"], choice.cleaned_data["stays"] == "this"
            loser, winner = (other, record.entry) if this_stays else (record.entry, other)
            return self._rehearsed(request, loser, winner, context)
        return TemplateResponse(request, "admin/records/merge.html", context)

    def _rehearsed(
        self, request: HttpRequest, loser: Entry, winner: Entry, context: dict[str, Any]
    ) -> HttpResponse:
        user: Any = request.user
        seen = {"seen_loser": loser.version, "seen_winner": winner.version}
        form = MergeForm(request.POST if request.method == "POST" else None, initial=seen)
        if request.method == "POST" and "apart" in request.POST:
            return self._apart(request, loser, winner)
        if request.method == "POST" and form.is_valid():
            act = self._merge if may_merge(user) else self._propose
            try:
                return act(request, loser, winner, form.cleaned_data)
            except WriteRefused as error:
                form.add_error(None, str(error))
        told = rehearse(loser, winner, at=timezone.now(), by=user)
        context |= {
            "loser": loser,
            "winner": winner,
            "told": told,
            "may_merge": may_merge(user),
            "form": form,
        }
        return TemplateResponse(request, "admin/records/merge.html", context | lines(told))

    def _merge(
        self, request: HttpRequest, loser: Entry, winner: Entry, values: dict[str, Any]
    ) -> HttpResponse:
        user: Any = request.user
        seen = (values["seen_loser"], values["seen_winner"])
        kept = make_one(loser, winner, at=timezone.now(), by=user, reason=values["reason"], seen=seen)
        said = _("%(loser)s is merged into %(winner)s.")
        self.message_user(
            request, said % {"loser": described(loser), "winner": described(winner)}, messages.SUCCESS
        )
        return HttpResponseRedirect(reverse("admin:records_merge_change", args=[kept.pk]))

    def _propose(
        self, request: HttpRequest, loser: Entry, winner: Entry, values: dict[str, Any]
    ) -> HttpResponse:
        user: Any = request.user
        seen = (values["seen_loser"], values["seen_winner"])
        made = propose_merge(loser, winner, at=timezone.now(), by=user, reason=values["reason"], seen=seen)
        said = _("The merge is proposed; another person who may merge decides.")
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:records_revision_change", args=[made.pk]))

    def _apart(self, request: HttpRequest, one: Entry, other: Entry) -> HttpResponse:
        """Keep that the two are not one, so that nobody is asked again."""
        user: Any = request.user
        if one.pk != other.pk and one.kind == other.kind:
            first, second = sorted((one, other), key=lambda entry: entry.pk)
            values = {"by": user, "at": timezone.now()}
            Apart.objects.get_or_create(one=first, other=second, defaults=values)
        self.message_user(request, _("They are kept as two, and nobody is asked again."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:index"))


def _candidates(record: Record) -> list[dict[str, Any]]:
    texts = [getattr(record, name) for name in TEXTS.get(record.kind, ())]
    found = alike(record.kind, texts, url=getattr(record, "url", ""), but=record.pk)
    return [{"entry": one.entry, "label": described(one.entry), "score": one.score} for one in found]


def merge_url(loser: Entry, winner: Entry) -> str:
    """The page that shows what merging one record into another would move."""
    opts = model_of(loser.kind)._meta
    page = reverse(f"admin:{opts.app_label}_{opts.model_name}_merge", args=[loser.pk])
    return f"{page}?{urlencode({'into': winner.slug, 'stays': 'other'})}"


def lines(told: Rehearsal) -> dict[str, Any]:
    """What a rehearsal found, in words: what moves by kind, what becomes one, what is taken over, and what stays."""
    plan = told.plan
    groups: dict[str, list[str]] = {}
    for one in plan.moved.values():
        name = capfirst(str(one.record._meta.verbose_name_plural))
        groups.setdefault(name, []).append(described(one.record.entry))
    moves = [
        {"name": name, "count": len(rows), "rows": rows[:MOST_NAMED], "more": max(len(rows) - MOST_NAMED, 0)}
        for name, rows in sorted(groups.items())
    ]
    names = {"evidence": _("Evidence"), "names": _("Names"), "topics": _("Topics")}
    return {
        "moves": moves,
        "taken": [(names[name], count) for name, count in told.lists.taken.items() if count],
        "dropped": [(names[name], _said(rows)) for name, rows in told.lists.dropped.items()],
        "ones": [
            (described(plan.records[loser].entry), described(plan.records[winner].entry))
            for loser, winner in list(plan.pairs.items())[1:]
        ],
        "filled": [
            (described(one.record.entry), ", ".join(_name(one.record, column) for column in one.was))
            for one in plan.filled.values()
        ],
        "kept": _kept(told),
    }


def _said(rows: list[Any]) -> list[str]:
    """What is not said twice, each with the record of which it is said."""
    entries = Entry.objects.in_bulk({row.entry_id for row in rows})
    return [f"{row} ({entries[row.entry_id].slug})" for row in rows]


def _kept(told: Rehearsal) -> list[tuple[str, str, str, str]]:
    """The fields in which both say something; references by what they are called."""
    plan, found = told.plan, []
    keys = {
        value for one in plan.kept for value in (one.value, one.instead) if _refers(one.record, one.field)
    }
    entries = Entry.objects.in_bulk(keys)
    for one in plan.kept:
        mine, theirs = one.value, one.instead
        if _refers(one.record, one.field):
            mine, theirs = described(entries[mine]), described(entries[theirs])
        of = "" if one.record.pk == plan.loser.pk else described(one.record.entry)
        found.append((of, _name(one.record, one.field), str(mine), str(theirs)))
    return found


def _refers(record: Record, column: str) -> bool:
    return any(one.attname == column for one in references_of(type(record)))


def _name(record: Record, column: str) -> str:
    names = {f.attname: f.name for f in record._meta.concrete_fields}
    return field_label(type(record), names.get(column, column))


def merge_of(entry: Entry) -> Merge | None:
    """The merge that made a record one with another; None, without asking, for a record that stands alone."""
    if not entry.merged_into_id:
        return None
    return Merge.objects.filter(loser=entry, undone_at__isnull=True).select_related("winner").first()
