"""RecordAdmin: every record in the stock admin, on the one writer."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import BooleanField, ForeignKey, QuerySet, TextField, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cstokb.records import ahead
from cstokb.records.admin.columns import column, joined, moment, shown_label, sort_column
from cstokb.records.admin.conflict import conflict_page
from cstokb.records.admin.fields import FormsWithRecords
from cstokb.records.admin.filters import MissingRussianRecordFilter, RecordFilter
from cstokb.records.admin.forms import RecordForm
from cstokb.records.admin.guard import GuardedAdmin
from cstokb.records.admin.history import HistoryMixin
from cstokb.records.admin.ids import IdRule
from cstokb.records.admin.inlines import EvidenceInline, ListInline, NameInline
from cstokb.records.admin.layout import fieldsets
from cstokb.records.admin.likeness import LikenessMixin
from cstokb.records.admin.merging import MergingMixin, merge_of
from cstokb.records.admin.preview import PreviewMixin, previews
from cstokb.records.admin.removal import RemovalMixin
from cstokb.records.admin.restoring import RestoreMixin
from cstokb.records.admin.revising import PARAMETER, RevisingMixin, pairs
from cstokb.records.admin.search import searched
from cstokb.records.admin.standing import ReviewFilter, standing_of, stands, with_proposals
from cstokb.records.choices import Publication
from cstokb.records.models import Record
from cstokb.records.payload import change_of, payload_of, record_fields, stored
from cstokb.records.publish import Change, Conflict, WriteRefused
from cstokb.records.queues import kinds_with_russian
from cstokb.records.reconciling import merged
from cstokb.records.references import references
from cstokb.records.revisions import Submitted, submit


class RecordAdmin(
    RevisingMixin,
    PreviewMixin,
    RestoreMixin,
    FormsWithRecords,
    RemovalMixin,
    MergingMixin,
    LikenessMixin,
    HistoryMixin,
    GuardedAdmin,
):
    """The pages of one kind of record.

    A subclass names what differs:

    * ``columns``: fields shown in the list between name and publication;
    * ``filters``: references by which the list is narrowed, beside all fields with choices;
    * ``search_also``: lookups of plain Latin fields that the search looks into;
    * ``id_rule``: how ids of the kind are made.
    """

    form = RecordForm
    columns: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[tuple[str, ...]] = ()
    search_also: ClassVar[tuple[str, ...]] = ()
    id_rule: ClassVar[IdRule] = IdRule()

    search_fields = ("entry__sort_en",)  # says that there is a search; ``get_search_results`` does it
    search_help_text = gettext_lazy("Names in any spelling, titles and ids, English or Russian.")
    formfield_overrides = {
        TextField: {"widget": AdminTextareaWidget({"rows": 4})},
        URLField: {"assume_scheme": "https"},
    }
    change_form_template = "admin/records/change_form.html"

    # -- the list ------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related(*joined(self.model, self.columns))
        return with_proposals(rows, "entry_id")

    def get_ordering(self, request: HttpRequest) -> Any:
        return self.ordering or (sort_column("entry__"), "pk")

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        model: Any = self.model
        repeated = {"name_ru", "title_ru"} if get_language() == "ru" else set()
        shown = [column(model, name) for name in self.columns if name not in repeated]
        why = ["why"] if request.GET.get("entry__publication__exact") == Publication.DRAFT else []
        return ("name", "public_id", *shown, *why, "publication", "confidence", "changed_at")

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        fields = [f for f in record_fields(self.model) if f.choices or isinstance(f, BooleanField)]
        chosen = [f.name for f in fields if f.name != "confidence"]
        russian = [MissingRussianRecordFilter] if self.model.kind in kinds_with_russian() else []
        publication = ("entry__publication", admin.ChoicesFieldListFilter)
        references = [(name, RecordFilter) for name in self.filters]
        return [publication, ReviewFilter, "confidence", *chosen, *references, *russian]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What the filters' own links ask; Django takes the key of a record for a way into another table."""
        own = {f"{name}__entry__exact" for name in self.filters}
        return lookup in own or super().lookup_allowed(lookup, value, request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word is looked for in labels, ids and spellings; no row comes twice."""
        return searched(queryset, search_term, also=self.search_also), False

    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, obj: Record) -> SafeString:
        """The box that selects a row, named by the record's label without asking for what the label is made of."""
        said = _("Select %(record)s") % {"record": obj.entry.slug}
        box = forms.CheckboxInput({"class": "action-select", "aria-label": said}, lambda value: False)
        return box.render(ACTION_CHECKBOX_NAME, str(obj.pk))

    @admin.display(description=gettext_lazy("name"), ordering="entry__sort_en")
    def name(self, row: Record) -> str:
        """The record's label in the language of the page."""
        return shown_label(row.entry)

    @admin.display(description=gettext_lazy("id"), ordering="entry__slug")
    def public_id(self, row: Record) -> str:
        """The record's public id."""
        return row.entry.slug

    @admin.display(description=gettext_lazy("publication"), ordering="entry__publication")
    def publication(self, row: Record) -> str:
        """Whether it is a draft, published or withdrawn, and what is proposed for it."""
        return stands(row.entry, row.proposal_state, row.asked_state)  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("why a draft or withdrawn"))
    def why(self, row: Record) -> str:
        """The reason of a draft or a withdrawal."""
        return row.entry.reason

    @admin.display(description=gettext_lazy("changed"), ordering="entry__changed_at")
    def changed_at(self, row: Record) -> str:
        """The moment of the last change."""
        return moment(row.entry.changed_at)

    # -- the form ------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Record | None = None) -> Any:
        if obj is None:
            return fieldsets(self.model)
        published = obj.entry.publication != Publication.DRAFT
        return fieldsets(
            self.model, published=published, to_read=not self.has_change_permission(request, obj)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> tuple[str, ...]:
        return ("public_id",) if obj is not None else ()

    def get_inlines(self, request: HttpRequest, obj: Record | None) -> list[Any]:
        evidence: list[type[ListInline]] = [EvidenceInline] if self.model.needs_evidence else []
        return [*evidence, NameInline] if self._has_names() else evidence

    def _has_names(self) -> bool:
        return self.model.own_names is not Record.own_names

    def get_form(
        self, request: HttpRequest, obj: Record | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.id_rule, form.refused = self.id_rule, getattr(request, "record_refused", "")
        return form

    def view_on_site(self, obj: Record) -> str | None:
        """The public page, for what readers can see."""
        return obj.entry.path or None if obj.entry.is_public else None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form. What the writer refuses comes back with everything typed; a moved base shows both versions."""
        if "_reconsider" in request.POST:
            self._refuse(request, _("Your values stand in the form again. Look them over, then save."))
        elif (
            request.method == "GET"
            and object_id
            and PARAMETER in request.GET
            and self.fill(request, object_id)
        ):
            self._refuse(request, _("The values of your proposal stand in the form. Change them, then save."))
            view: Any = super()
            response: HttpResponse = view._changeform_view(request, object_id, form_url, extra_context)
            return response
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Conflict as conflict:
            if object_id is not None:
                return self._conflict(request, conflict)
            self._refuse(request, str(conflict))
        except WriteRefused as error:
            self._refuse(request, str(error))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _refuse(self, request: HttpRequest, why: str) -> None:
        request.record_refused = why  # type: ignore[attr-defined]  # read by get_form

    def _conflict(self, request: HttpRequest, conflict: Conflict) -> HttpResponse:
        record = stored(conflict.entry)
        names = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=True, fields=names)(request.POST, instance=record)
        formsets, _inlines = self._create_formsets(  # type: ignore[attr-defined]
            request, record, change=True
        )
        form.is_valid()
        change = self._change(form, [one for one in formsets if one.is_valid()])
        both = merged(conflict.entry, payload_of(change), conflict.base_version)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Somebody changed the record meanwhile"),
            "opts": self.opts,
            "carry": (("base_version", conflict.entry.version), ("_reconsider", "1")),
            "carry_label": _("Take my values into the form"),
            "leave_url": request.get_full_path(),
        }
        if form.is_valid() and all(one.is_valid() for one in formsets):
            typed = {name: form.cleaned_data.get(name) for name in ("change_reason", "correction")}
            wanted = change_of(conflict.entry, both.payload)
            context["carried"] = pairs(self.as_sent(request, stored(conflict.entry), wanted, typed))
        return conflict_page(request, context, conflict.entry, both.payload, conflict.base_version, both.both)

    def save_model(self, request: HttpRequest, obj: Record, form: Any, change: bool) -> None:
        """Nothing yet: the record and its lists are written together."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Hand record and lists to the writer, or to the queue when the person may only propose."""
        values = form.cleaned_data
        request.record_submitted = submit(  # type: ignore[attr-defined]  # read by the answers below
            self._change(form, formsets),
            at=timezone.now(),
            by=request.user,  # type: ignore[arg-type]  # the admin lets nobody in without an account
            reason=values["change_reason"].strip(),
            correction=values.get("correction", False),
            revises=self.revised(request, form.instance if change else None),
        )

    def _change(self, form: Any, formsets: Any) -> Change:
        values, entry = form.cleaned_data, form.standing
        lists = {one.satellite.name: one.rows() for one in formsets}
        publication = values.get("publication")
        base = values.get("base_version") if entry else 0
        return Change(
            record=form.instance,
            slug=entry.slug if entry else values["public_id"],
            publication=publication,
            why="" if publication == Publication.PUBLISHED else values.get("why", "").strip(),
            evidence=lists.get("evidence"),
            names=lists.get("names"),
            topics=[topic.pk for topic in values["topics"]] if "topics" in values else None,
            base_version=-1 if base is None else base,  # a form without a version is one that nobody saw
        )

    # -- what is said afterwards ---------------------------------------------------------------------------

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """The admin's own log names the fields of the form; the record's history holds the values."""
        if self._submitted(request).changed:
            return super().construct_change_message(request, form, [], add)
        return _("Proposed a change.")

    def log_change(self, request: HttpRequest, obj: Record, message: Any) -> Any:
        """Log nothing where nothing was done."""
        submitted = getattr(request, "record_submitted", None)
        if submitted is None or submitted.changed or submitted.revision:
            return super().log_change(request, obj, message)
        return None

    def _submitted(self, request: HttpRequest) -> Submitted:
        submitted: Submitted = request.record_submitted  # type: ignore[attr-defined]  # set by save_related
        return submitted

    def response_add(
        self, request: HttpRequest, obj: Record, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._say_what_waits(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Record) -> HttpResponse:
        self._say_what_waits(request, obj)
        if self._submitted(request).changed or IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        if self._submitted(request).revision is None:
            self.message_user(
                request, _("Nothing was changed, or the same was proposed before."), messages.INFO
            )
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.path)
        return self.response_post_save_change(request, obj)

    def _say_what_waits(self, request: HttpRequest, record: Record) -> None:
        for said in ahead.warnings(record, timezone.now().date()):
            self.message_user(request, said, messages.WARNING)
        if self._submitted(request).changed and self._submitted(request).revision:
            said = _("The draft is saved. Its publication waits for a person who may publish.")
            self.message_user(request, said, messages.WARNING)
        elif self._submitted(request).revision:
            said = _(
                "Your change waits in the queue until another person applies it. Readers see nothing of it."
            )
            self.message_user(request, said, messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Add what waits for the record, what refers to it, and what may be done with it; the kind is the heading."""
        record = kwargs.get("obj")
        kind = capfirst(str(self.opts.verbose_name))
        context["title"] = kind if record is not None else _("%(kind)s: new record") % {"kind": kind}
        if record is not None:
            context |= {
                "entry": record.entry,
                "ahead": ahead.warnings(record, timezone.now().date()),
                "standing": standing_of(record, request.user),
                "previews": [] if record.entry.is_public else previews(self.opts, record.pk),
                "references": [self._reference(one) for one in references(record)],
                "may_withdraw": self._may_withdraw(request, record),
                "show_delete": record.entry.published_at is None,
                "merged": merge_of(record.entry),
            }
        context |= self.likeness(context["adminform"].form, record)
        return super().render_change_form(request, context, *args, **kwargs)

    def _reference(self, reference: Any) -> dict[str, Any]:
        meta, field = reference.model._meta, reference.field
        url = ""
        if self.admin_site.is_registered(reference.model):
            path = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
            url = f"{path}?{field.name}={reference.key}"
        label = f"{meta.verbose_name_plural}: {field.verbose_name}" if isinstance(field, ForeignKey) else ""
        return {"label": label, "count": reference.count, "url": url}
