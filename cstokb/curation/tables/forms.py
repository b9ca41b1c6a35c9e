"""The forms with which a curator brings a table and says how to read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.accounts.models import User
from cstokb.curation.reading.encodings import CHOICES
from cstokb.curation.tables.reading import LARGEST
from cstokb.records.models import Record
from cstokb.records.registry import load_order, model_of

DELIMITERS = [
    ("", gettext_lazy("found by itself")),
    (",", gettext_lazy("comma")),
    (";", gettext_lazy("semicolon")),
    ("\t", gettext_lazy("tabulator")),
    ("|", gettext_lazy("vertical bar")),
]
ENCODINGS = [("", gettext_lazy("found by itself")), *((name, name) for name in CHOICES)]


def may_import(user: User | AnonymousUser, model: type[Record]) -> bool:
    """Whether the person adds and changes records of a kind."""
    meta = model._meta
    return all(user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}") for verb in ("add", "change"))


def kinds_for(user: User | AnonymousUser) -> list[tuple[str, str]]:
    """The kinds of record that a person imports, by what they are called."""
    models = (model_of(kind) for kind in load_order())
    named = (
        (one.kind, str(capfirst(one._meta.verbose_name_plural))) for one in models if may_import(user, one)
    )
    return sorted(named, key=lambda pair: pair[1].casefold())


class UncutChoice(forms.ChoiceField):
    """A choice among values of which one is white space."""

    def to_python(self, value: Any) -> str:
        return "" if value in self.empty_values else str(value)


class ReadingForm(forms.Form):
    """How to read a table that was read wrongly."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False, choices=ENCODINGS)
    delimiter = UncutChoice(label=gettext_lazy("Between the cells"), required=False, choices=DELIMITERS)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)

    def __init__(self, *args: Any, sheets: list[str], is_book: bool, **kwargs: Any) -> None:
        """Ask for what the file has: a workbook has sheets, a text has an encoding and a delimiter."""
        super().__init__(*args, **kwargs)
        for name in ("encoding", "delimiter") if is_book else ("sheet",):
            del self.fields[name]
        if isinstance(choice := self.fields.get("sheet"), forms.ChoiceField):
            choice.choices = [(one, one) for one in sheets]


class BringForm(forms.Form):
    """Which records, and the table itself."""

    kind = forms.ChoiceField(label=gettext_lazy("Records"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("CSV, TSV or XLSX, 50 MB at most."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the table"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "cols": 100}),
        help_text=gettext_lazy("As copied from a spreadsheet, its header first."),
    )
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False, choices=ENCODINGS)
    delimiter = UncutChoice(label=gettext_lazy("Between the cells"), required=False, choices=DELIMITERS)

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        """Offer the kinds that the person may import."""
        super().__init__(*args, **kwargs)
        self.too_large = False
        self.fields["kind"].choices = [("", "---------"), *kinds_for(user)]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """The file, unless it is too large to be read."""
        file = self.cleaned_data.get("file")
        if file and file.size > LARGEST:
            self.too_large = True
            raise forms.ValidationError(
                _("The file is larger than %(most)d MB.") % {"most": LARGEST // 1024 // 1024}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """One table."""
        values = super().clean() or {}
        pasted = bool((values.get("text") or "").strip())
        if not values.get("file") and not pasted and self.errors.keys().isdisjoint({"file", "text"}):
            self.add_error("file", _("Bring a file or paste a table."))
        if values.get("file") and pasted:
            self.add_error("text", _("Bring a file or paste a table, not both."))
        return values

    def brought(self) -> tuple[bytes, str, dict[str, Any]]:
        """The bytes, the name of the file, and what was chosen."""
        values = self.cleaned_data
        chosen = {name: values[name] for name in ("kind", "encoding", "delimiter")}
        if values["file"]:
            return values["file"].read(), values["file"].name, chosen
        # A text area sends its line ends as CRLF; lone surrogates that a browser never sends are no text either.
        return values["text"].encode("utf-8", "replace"), "", chosen | {"encoding": "utf-8"}


class ConfirmForm(forms.Form):
    """Why, and whether what stood was wrong."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for this change"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Stands in the history, and for published records on the page of corrections. "
            "Empty: the name of the file."
        ),
        widget=forms.TextInput({"class": "vLargeTextField"}),
    )
    correction = forms.BooleanField(
        label=gettext_lazy("A correction"),
        required=False,
        help_text=gettext_lazy("What was published before was wrong."),
    )


class UndoForm(forms.Form):
    """Why an import is undone."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for undoing it"),
        max_length=500,
        widget=forms.TextInput({"class": "vLargeTextField"}),
    )
