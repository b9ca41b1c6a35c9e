"""The form with which a curator brings the text of an instrument."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cstokb.curation.importing.carried import Carried
from cstokb.curation.importing.origins import Origin, checksum_of, title_of
from cstokb.curation.importing.plan import Terms
from cstokb.curation.reading import Document, DocumentRefused, joined, read, read_text
from cstokb.curation.reading.encodings import CHOICES
from cstokb.curation.reading.read import LARGEST
from cstokb.dates.forms import EdtfFormField
from cstokb.records.admin.fields import RecordChoiceField
from cstokb.records.choices import Language, SourceType
from treaty.choices import TextStanding
from treaty.models import Instrument

MOST_FILES = 10
_STANDINGS = [one for one in TextStanding.choices if one[0] != TextStanding.RESTATEMENT]


def _in_order(name: str) -> list[str | int]:
    """A key under which page 2 comes before page 10."""
    parts = re.split(r"([0-9]{1,9})", name)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


class FilesInput(forms.FileInput):
    """A box for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each no larger than the reader reads."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files; none is an empty list.

        Raises:
            ValidationError: when there are too many, or one is too large.
        """
        files = [super(FilesField, self).clean(one, initial) for one in (data or []) if one]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(most)d files make one text."), "many", {"most": MOST_FILES})
        if sum(one.size for one in files) > LARGEST:
            raise ValidationError(
                _("The file is larger than %(most)d MB."), "large", {"most": LARGEST // 1024 // 1024}
            )
        return files


class InstrumentField(RecordChoiceField):
    """An instrument by its short title."""

    def label_from_instance(self, obj: Instrument) -> str:
        """Its short title and its id."""
        return f"{obj.short(get_language() or 'en')} ({obj.public_id})"


class ImportForm(forms.Form):
    """Instrument, wording, source and file."""

    instrument = InstrumentField(queryset=Instrument.objects.none(), label=gettext_lazy("Instrument"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
    # Nothing is chosen beforehand: what a wording is worth as law is never a default.
    standing = forms.ChoiceField(label=gettext_lazy("Standing"), choices=[("", "---------"), *_STANDINGS])
    began_on = EdtfFormField(
        label=gettext_lazy("First day of the wording"),
        required=False,
        help_text=gettext_lazy("Dates in the file are never taken for it."),
    )
    ended_on = EdtfFormField(
        label=gettext_lazy("Last day of the wording"),
        required=False,
        help_text=gettext_lazy("Empty: it is the wording."),
    )
    made_by = InstrumentField(
        queryset=Instrument.objects.none(),
        label=gettext_lazy("Made by"),
        required=False,
        help_text=gettext_lazy("The amending instrument that brought this wording; empty for the original."),
    )
    source_id = forms.CharField(
        label=gettext_lazy("Id of a source that stands"),
        required=False,
        max_length=240,
        help_text=gettext_lazy("Or leave it empty and describe the source below."),
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the page"), required=False, max_length=1000, assume_scheme="https"
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the source"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Empty: as the text calls itself."),
    )
    publisher = forms.CharField(label=gettext_lazy("Publisher"), required=False, max_length=300)
    type = forms.ChoiceField(
        label=gettext_lazy("Type of the source"), choices=SourceType.choices, initial=SourceType.OFFICIAL
    )
    file = FilesField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "HTML, DOCX, PDF or plain text, 20 MB at most. Several files are pages of one text, ordered by their names."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "cols": 100}),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        choices=[("", gettext_lazy("found by itself")), *((name, name) for name in CHOICES)],
        help_text=gettext_lazy("Choose one only when the preview shows wrong letters."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the instruments that stand, by name."""
        super().__init__(*args, **kwargs)
        for name in ("url", "title", "publisher"):
            self.fields[name].widget.attrs["class"] = "vLargeTextField"
        sort = "entry__sort_ru" if get_language() == "ru" else "entry__sort_en"
        rows = Instrument.objects.select_related("entry").filter(external=False).order_by(sort, "pk")
        for name in ("instrument", "made_by"):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # both are choices of a model

    def clean(self) -> dict[str, Any]:
        """One text, from one source, whose days follow each other."""
        values = super().clean() or {}
        nothing = not values.get("file") and not (values.get("text") or "").strip()
        if nothing and self.errors.keys().isdisjoint({"file", "text"}):
            self.add_error("file", _("Bring a file or paste a text."))
        if values.get("file") and (values.get("text") or "").strip():
            self.add_error("text", _("Bring a file or paste a text, not both."))
        if not values.get("source_id") and not values.get("url") and not values.get("title"):
            self.add_error(
                "url", _("Say where the text is from: an address, a title, or a source that stands.")
            )
        began, ended = values.get("began_on"), values.get("ended_on")
        if began and ended and began.latest and ended.earliest and ended.earliest < began.earliest:
            self.add_error("ended_on", _("The last day is before the first."))
        signed = values["instrument"].signed_on if values.get("instrument") else None
        if began and signed and began.latest and signed.earliest and began.latest < signed.earliest:
            self.add_error("began_on", _("The instrument was not signed yet on that day."))
        return values

    def carried(self, today: str) -> Carried | None:
        """The document that was brought and what is said of it; None, with the reason in the form, when refused."""
        values = self.cleaned_data
        files = sorted(values["file"], key=lambda one: _in_order(one.name))
        contents = [one.read() for one in files]
        try:
            document = self._read(contents)
            origin = self._origin(document, files, contents, today)
            origin.standing()
        except DocumentRefused as error:
            self.add_error("file" if files else "text", str(error))
            return None
        except ValidationError as error:
            self.add_error("source_id", error)
            return None
        names = ("instrument", "language", "standing", "began_on", "ended_on", "made_by")
        return Carried(document, Terms(**{name: values[name] for name in names}), origin)

    def _read(self, contents: list[bytes]) -> Document:
        values = self.cleaned_data
        if not contents:
            return read_text(values["text"], language=values["language"])
        return joined(
            [read(one, encoding=values["encoding"], language=values["language"]) for one in contents]
        )

    def _origin(self, document: Document, files: list[Any], contents: list[bytes], today: str) -> Origin:
        values = self.cleaned_data
        names = ("source_id", "url", "title", "publisher", "type", "language")
        return Origin(
            **{name: values[name].strip() for name in names},
            file_name=", ".join(one.name for one in files)[:300],
            checksum=checksum_of(contents or [values["text"].encode("utf-8", "replace")]),
            text_title=title_of(document),
            accessed_on=today,
        )
