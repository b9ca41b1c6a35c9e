"""Columns: how a field of a record stands in a cell, and what a cell may say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cstokb.curation.tables.reading import Broken, Cell, Dated
from cstokb.dates import EdtfField, HistoricDate, InvalidDate
from cstokb.listing.export import LONGEST_CELL, restored
from cstokb.records.payload import target

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: A cell that leaves its field as it is, and a new record's at what the field is by itself.
NOT_SAID: Final = object()
BLANKS = " \u00a0"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufffd\ud800-\udfff]")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})")
#: Whole numbers below are years, from it on the days that a spreadsheet counts.
_FIRST_SERIAL = 10_000
_YES = {"true", "yes", "да", "истина", "1"}
_NO = {"false", "no", "нет", "ложь", "0"}


class CellRefused(ValueError):
    """A cell cannot be taken; the message says why in a sentence."""


@dataclass(frozen=True)
class Circumstances:
    """What cells are read by: the day from which a workbook counts, whether texts stand as they are, whose file it is.

    A list that readers download shows no record that is not public, so an empty reference in it says nothing.
    """

    epoch: date | None = None
    exact: bool = False
    public: bool = False


@dataclass(frozen=True)
class Column:
    """One field of a record in a table."""

    name: str
    label: StrPromise | str
    help: StrPromise | str = ""
    required: bool = False
    #: An empty cell leaves the field alone: it cannot be empty, and is something by itself.
    stands: bool = False

    def read(self, cell: Cell, told: Circumstances) -> Any:
        """The value as a proposal holds it, or ``NOT_SAID``.

        Raises:
            CellRefused: when the cell holds no such value.
        """
        if isinstance(cell, Broken):
            raise CellRefused(cell.reason)
        if cell is None or (isinstance(cell, str) and not cell.strip(BLANKS)):
            if self.required:
                raise CellRefused(_("This column may not be empty."))
            return NOT_SAID if self.stands else self.nothing
        return self.value(cell, told)

    @property
    def nothing(self) -> Any:
        """What an empty cell says."""
        return None

    def value(self, cell: Cell, told: Circumstances) -> Any:
        """The value of a cell that is not empty. Raises CellRefused."""
        raise NotImplementedError

    def write(self, value: Any) -> str | int | None:
        """The cell that says a value."""
        return None if value is None else str(value)

    def differs(self, old: Any, new: Any) -> bool:
        """Whether a value is another than the one that stands."""
        return bool(old != new)

    def allowed(self) -> str:
        """What a cell may hold, in words for the notes of a template."""
        return _("text")


def plain(cell: Cell, told: Circumstances) -> str:
    """The text of a cell, without the blanks around it.

    Raises:
        CellRefused: for a date, a fraction that a text would not show, or signs that are no text.
    """
    if isinstance(cell, Dated):
        said = _(
            "The cell holds a date, and this column takes text. Format the cell as text and write it again."
        )
        raise CellRefused(said)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    text = str(cell)
    text = unicodedata.normalize("NFC", text if told.exact else restored(text)).strip(BLANKS)
    if found := _NO_TEXT.search(text):
        said = _("The cell holds a sign that is no text: U+%(code)04X.")
        raise CellRefused(said % {"code": ord(found[0])})
    return text


@dataclass(frozen=True)
class Text(Column):
    """A text as it is."""

    @property
    def nothing(self) -> Any:
        return ""

    def value(self, cell: Cell, told: Circumstances) -> Any:
        return plain(cell, told)

    def differs(self, old: Any, new: Any) -> bool:
        before, after = alike(old or ""), alike(new or "")
        # A sheet holds no longer text in a cell, so our own exports cut it there.
        cut = len(after) >= LONGEST_CELL - 1 and before.startswith(after)
        return before != after and not cut


def alike(text: str) -> str:
    """A text without what files change of themselves: blanks around it, the sort of line ends, the normal form."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip(BLANKS)


@dataclass(frozen=True)
class Choice(Column):
    """One of some words, by the stored word or its label in English or Russian."""

    choices: tuple[tuple[str, Any], ...] = ()

    @property
    def nothing(self) -> Any:
        return ""

    def value(self, cell: Cell, told: Circumstances) -> Any:
        text = plain(cell, told)
        wanted = _word(text)
        for stored, label in self.choices:
            if wanted == _word(stored) or wanted in {_word(said) for said in _labels(label)}:
                return stored
        words = ", ".join(stored for stored, _label in self.choices)
        raise CellRefused(_("It is none of: %(words)s.") % {"words": words})

    def allowed(self) -> str:
        return "; ".join(f"{stored} ({label})" for stored, label in self.choices)


def _word(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


def _labels(label: Any) -> Iterable[str]:
    for language in ("en", "ru"):
        with override(language):
            yield str(label)


@dataclass(frozen=True)
class Flag(Column):
    """Yes or no."""

    def value(self, cell: Cell, told: Circumstances) -> Any:
        word = _word(plain(cell, told))
        if word not in _YES | _NO:
            raise CellRefused(_("Write yes or no."))
        return word in _YES

    def write(self, value: Any) -> str | int | None:
        return "true" if value else "false"

    def allowed(self) -> str:
        return _("yes or no")


@dataclass(frozen=True)
class Number(Column):
    """A whole number."""

    def value(self, cell: Cell, told: Circumstances) -> Any:
        text = plain(cell, told)
        if not re.fullmatch(r"-?[0-9]{1,9}", text):
            raise CellRefused(_("Write a whole number."))
        return int(text)

    def write(self, value: Any) -> str | int | None:
        return None if value is None else int(value)

    def allowed(self) -> str:
        return _("whole number")


@dataclass(frozen=True)
class Dates(Column):
    """A date as well as it is known; ``exact`` where only a day will do."""

    exact: bool = False

    def value(self, cell: Cell, told: Circumstances) -> Any:
        text = dated(cell, told)
        try:
            read = HistoricDate.parse(text)
        except InvalidDate as error:
            raise CellRefused(str(error)) from error
        if self.exact and read.exact_day is None:
            raise CellRefused(_("Only a day will do here: YYYY-MM-DD."))
        return read.edtf

    def allowed(self) -> str:
        if self.exact:
            return _("a day: 1992-05-15")
        return _(
            "a date as well as it is known: 1992-05-15, 1992-05, 1992; ~ behind it: about; XXXX: not known"
        )


def dated(cell: Cell, told: Circumstances) -> str:
    """The date of a cell as EDTF writes it, where the cell says it plainly. Raises CellRefused."""
    if isinstance(cell, Dated):
        return cell.edtf
    if isinstance(cell, bool | Broken) or cell is None:
        raise CellRefused(_("The cell holds no date."))
    if isinstance(cell, int | float):
        return _counted(cell, told)
    text = plain(cell, told)
    if parts := _DAY_FIRST.fullmatch(text):
        return f"{parts[3]}-{int(parts[2]):02d}-{int(parts[1]):02d}"
    if parts := _YEAR_FIRST.fullmatch(text):
        return f"{parts[1]}-{int(parts[2]):02d}-{int(parts[3]):02d}"
    return text


def _counted(number: float, told: Circumstances) -> str:
    if int(number) != number:
        said = _("%(number)s is a number and no date. A month is written as text: 1992-05.")
        raise CellRefused(said % {"number": number})
    if number < _FIRST_SERIAL or told.epoch is None:
        return f"{int(number):04d}"
    try:
        return (told.epoch + timedelta(days=int(number))).isoformat()
    except OverflowError as error:
        raise CellRefused(_("The cell holds no date.")) from error


@dataclass(frozen=True)
class Ref(Column):
    """A record of some kind, by its id or any of its names. The value is the text until names are looked up."""

    kind: str = ""

    def read(self, cell: Cell, told: Circumstances) -> Any:
        value = super().read(cell, told)
        return NOT_SAID if value is None and told.public else value

    def value(self, cell: Cell, told: Circumstances) -> Any:
        return plain(cell, told)

    def allowed(self) -> str:
        return _("id of a record of the kind %(kind)s, or one of its names") % {"kind": self.kind}


@dataclass(frozen=True)
class Refs(Column):
    """Records of some kind, a semicolon between them."""

    kind: str = ""

    @property
    def nothing(self) -> Any:
        return []

    def value(self, cell: Cell, told: Circumstances) -> Any:
        named = (one.strip(BLANKS) for one in re.split(r"[;\n]", plain(cell, told)))
        return list(dict.fromkeys(one for one in named if one))

    def write(self, value: Any) -> str | int | None:
        return "; ".join(value) or None

    def differs(self, old: Any, new: Any) -> bool:
        return sorted(old or ()) != sorted(new)

    def allowed(self) -> str:
        return _("ids of records of the kind %(kind)s, a semicolon between them") % {"kind": self.kind}


def column_of(one: models.Field[Any, Any]) -> Column:
    """The column of a field of a record."""
    required = not one.blank and not one.has_default()
    said: dict[str, Any] = {
        "name": one.name,
        "label": one.verbose_name,
        "help": one.help_text,
        "required": required,
        "stands": not one.blank and not required,
    }
    model = target(one)
    if model is not None:
        return Ref(**said, kind=model.kind)
    if isinstance(one, EdtfField):
        return Dates(**said)
    if isinstance(one, models.DateField):
        return Dates(**said, exact=True)
    if isinstance(one, models.BooleanField):
        return Flag(**said | {"required": False, "stands": True})
    if isinstance(one, models.IntegerField):
        return Number(**said)
    if one.choices:
        return Choice(**said, choices=tuple((str(word), label) for word, label in one.flatchoices))
    return Text(**said)


@dataclass(frozen=True)
class Identity(Text):
    """The id under which a row is found and a new record stands."""

    label: StrPromise | str = field(default=gettext_lazy("id"))

    def allowed(self) -> str:
        return _("the id of a record that stands, or of the new one")


@dataclass(frozen=True)
class Version(Number):
    """The version of the record that the file was made from: a guard against changes made since."""

    label: StrPromise | str = field(default=gettext_lazy("version"))

    def allowed(self) -> str:
        return _(
            "as exported: a record that was changed since is not written over; leave it empty for new records"
        )
