"""The form with which a curator brings a document: a file or pasted text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.curation.reading.encodings import CHOICES
from cstokb.curation.reading.read import LARGEST
from cstokb.records.choices import Language

PASTED = "pasted.txt"
ENCODINGS = [("", gettext_lazy("found by itself")), *((name, name) for name in CHOICES)]
LANGUAGES = [("", gettext_lazy("found by itself")), *Language.choices]


class ReadingForm(forms.Form):
    """How a document is read: its encoding and language, each found by itself unless it is chosen."""

    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        choices=ENCODINGS,
        help_text=gettext_lazy("Choose one only when letters are shown wrong."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"), required=False, choices=LANGUAGES
    )


class BringForm(ReadingForm):
    """A file or a text."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("HTML, DOCX, PDF or plain text, 20 MB at most."),
        allow_empty_file=True,  # the reader says that it is empty
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "cols": 100}),
    )
    field_order = ("file", "text", "encoding", "language")

    def clean_file(self) -> Any:
        """A file no larger than the reader reads; a larger one is told by ``too_large`` too."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST:
            said = _("The file is larger than %(most)d MB.") % {"most": LARGEST // 1024 // 1024}
            raise forms.ValidationError(said, code="large")
        if file is not None and not file.size:
            raise forms.ValidationError(_("The file is empty."), code="empty")
        return file

    def clean(self) -> dict[str, Any]:
        """One of the two, not both and not neither."""
        values = super().clean() or {}
        pasted = (values.get("text") or "").strip()
        if not values.get("file") and not pasted and self.errors.keys().isdisjoint({"file", "text"}):
            self.add_error("file", _("Bring a file or paste a text."))
        if values.get("file") and pasted:
            self.add_error("text", _("Bring a file or paste a text, not both."))
        return values

    @property
    def too_large(self) -> bool:
        """Whether the file was refused for its size."""
        return self.has_error("file", "large")

    def brought(self) -> tuple[bytes, str, str]:
        """The bytes, how they are called, and their encoding."""
        values = self.cleaned_data
        if values.get("file"):
            return values["file"].read(), values["file"].name, values["encoding"]
        return values["text"].encode("utf-8", "replace"), PASTED, "utf-8"
