"""The form of a record: its fields, its id, its publication, and why it is changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.records.admin.fields import RecordsChoiceField, select
from cstokb.records.admin.ids import FORM, IdRule
from cstokb.records.admin.likeness import LikenessForm
from cstokb.records.choices import Publication
from cstokb.records.models import Entry, EntryTopic, Record, Topic

TOPIC_LINK = EntryTopic._meta.get_field("topic")

#: Where a record may go from where it stands.
WAYS = {
    Publication.DRAFT: (Publication.DRAFT, Publication.PUBLISHED),
    Publication.PUBLISHED: (Publication.PUBLISHED, Publication.WITHDRAWN),
    Publication.WITHDRAWN: (Publication.WITHDRAWN, Publication.PUBLISHED),
}

_LINES = {"rows": 2, "cols": 80}


class RecordForm(LikenessForm):
    """Asks for the fields, and for what the writer needs to know beside them.

    ``refused`` is what the writer said to the same values before; it makes the form invalid, so that it is shown
    again with everything that was typed.
    """

    id_rule: ClassVar[IdRule] = IdRule()
    refused: ClassVar[str] = ""

    public_id = forms.CharField(label=gettext_lazy("Id"), max_length=240, help_text=FORM)
    topics = RecordsChoiceField(label=gettext_lazy("Topics"), queryset=Topic.objects.none(), required=False)
    publication = forms.ChoiceField(label=gettext_lazy("Publication"), choices=Publication.choices)
    why = forms.CharField(
        label=gettext_lazy("Why a draft or withdrawn"),
        required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=gettext_lazy("Readers see the reason of a withdrawal in place of the record."),
    )
    change_reason = forms.CharField(
        label=gettext_lazy("Reason for this change"),
        required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=gettext_lazy(
            "Stands in the history, and for published records on the page of corrections."
        ),
    )
    correction = forms.BooleanField(
        label=gettext_lazy("A correction"),
        required=False,
        help_text=gettext_lazy("What was published before was wrong."),
    )
    base_version = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry = self.standing
        self._start("publication", entry.publication if entry else Publication.DRAFT)
        self._start("why", entry.reason if entry else "")
        self._start("base_version", entry.version if entry else 0)
        if entry and "topics" in self.fields:
            links = EntryTopic.objects.filter(entry=entry).order_by("pk")
            self._start("topics", list(links.values_list("topic_id", flat=True)))
        self._offer_ways(entry)
        self._prepare_topics()

    def _offer_ways(self, entry: Entry | None) -> None:
        if isinstance(choice := self.fields.get("publication"), forms.ChoiceField):
            ways = WAYS[Publication(entry.publication if entry else Publication.DRAFT)]
            choice.choices = [(way.value, way.label) for way in ways]
        if "public_id" in self.fields and self.id_rule.example:
            said = _("For example %(example)s.") % {"example": self.id_rule.example}
            self.fields["public_id"].help_text = f"{FORM} {said}"

    def _prepare_topics(self) -> None:
        field = self.fields.get("topics")
        if isinstance(field, RecordsChoiceField):
            field.queryset = Topic.objects.select_related("entry")
            field.widget = select(
                TOPIC_LINK, admin.site, several=True
            )  # made now, in the language of the page
            field.widget.is_required = False

    def _start(self, name: str, value: Any) -> None:
        if name in self.fields:
            self.initial.setdefault(name, value)

    @property
    def standing(self) -> Entry | None:
        """The entry of the record that is changed; None for a new one."""
        return self.instance.entry if self.instance.pk else None

    def clean_public_id(self) -> str:
        """The id, when a record of the kind may bear it."""
        text: str = self.cleaned_data["public_id"].strip()
        self.id_rule.check(text, self.instance.kind)
        return text

    def clean(self) -> dict[str, Any]:
        """Withdrawing needs a reason; what the writer refused is refused."""
        values = super().clean() or self.cleaned_data
        if values.get("publication") == Publication.WITHDRAWN and not values.get("why", "").strip():
            self.add_error("why", _("A withdrawal needs a reason; it is shown in place of the record."))
        self._check_parent(values)
        if self.refused:
            raise ValidationError(self.refused, code="refused")
        return values

    def _check_parent(self, values: dict[str, Any]) -> None:
        parent = values.get(self.id_rule.below)
        if values.get("public_id") and isinstance(parent, Record):
            try:
                self.id_rule.check_parent(values["public_id"], parent)
            except ValidationError as error:
                self.add_error("public_id", error)
