"""Public ids: what they look like, and which are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.records.models import Entry, Record

LONGEST_ID = 240
_SEGMENT = r"[a-z0-9]+(?:[-~][a-z0-9]+)*~?"
_ID = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_DAY_LIKE = re.compile(r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?~?")

FORM = gettext_lazy("Small Latin letters, digits and hyphens; a slash between a record's id and its part's.")


@dataclass(frozen=True)
class IdRule:
    """How ids of a kind are made.

    Attributes:
        reserved: last parts that are pages of their own and can name no record.
        example: an id of the kind.
        below: the field whose record's id comes first, where the record is part of another.
        days: whether a last part may be a day, a month or a year.
    """

    reserved: frozenset[str] = frozenset()
    example: str = ""
    below: str = ""
    days: bool = True

    def check(self, text: str, kind: str) -> None:
        """Say what is wrong with an id.

        Raises:
            ValidationError: in words for the person who typed it.
        """
        self.check_form(text)
        if Entry.objects.filter(kind=kind, slug=text).exists():
            raise ValidationError(_("There is a record with this id already."), code="taken")

    def check_form(self, text: str) -> None:
        """Say what is wrong with an id, whether or not a record has it.

        Raises:
            ValidationError: in words for the person who typed it.
        """
        if len(text) > LONGEST_ID or not _ID.fullmatch(text):
            raise ValidationError(FORM, code="form")
        last = text.rsplit("/", 1)[-1]
        if last in self.reserved:
            raise ValidationError(_("“%(id)s” is the name of a page and no id."), "reserved", {"id": last})
        if not self.days and _DAY_LIKE.fullmatch(last):
            raise ValidationError(_("An id here may not look like a day or a year."), code="day")

    def check_parent(self, text: str, parent: Record) -> None:
        """Say whether a part's id begins with that of the whole.

        Raises:
            ValidationError: naming the beginning that was expected.
        """
        start = f"{parent.public_id}/"
        if not text.startswith(start):
            raise ValidationError(_("The id begins with %(start)s."), "parent", {"start": start})
