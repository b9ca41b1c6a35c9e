"""What the addresses of comparison are asked: days, languages, views and provisions, read strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cstokb.dates import InvalidDate, parse_day
from cstokb.listing.ask import Ask
from cstokb.listing.errors import BadQuestion, Fault, Moved, NothingHere, nearest, repeated
from cstokb.listing.listing import Listing
from cstokb.listing.record_pages import explain_absence, find_row, readable
from cstokb.records import naming
from cstokb.records.choices import Language
from treaty.listings import PROVISIONS


@dataclass
class Reader:
    """Reads the parameters of a question one by one and gathers what is wrong with them."""

    ask: Ask
    faults: dict[str, Fault] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The one value of a parameter; empty where it was not given."""
        given = list(dict.fromkeys(value.strip() for value in self.ask.params.getlist(name) if value.strip()))
        if len(given) > 1:
            self.faults.setdefault(name, repeated(name, given))
            return ""
        return given[0] if given else ""

    def day(self, name: str) -> date | None:
        """A day; None where none was given."""
        text = self.text(name)
        try:
            return parse_day(text) if text else None
        except InvalidDate as error:
            self.refuse(name, text, error.code, str(error))
            return None

    def word(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One word of a vocabulary."""
        text = self.text(name)
        if text and text not in allowed:
            detail = _("It is none of the words allowed here.")
            self.refuse(name, text, "unknown_word", detail, allowed=allowed, nearest=nearest(text, allowed))
        return text if text in allowed else default

    def language(self, name: str, default: str) -> str:
        """A language of texts, by its code."""
        return self.word(name, list(Language.values), default)

    def refuse(self, name: str, value: str, code: str, detail: str, **more: Any) -> None:
        """Note what is wrong with a parameter; the first fault of each counts."""
        self.faults.setdefault(name, Fault(name, value[:200], code, detail, **more))

    def require_sound(self) -> None:
        """Refuse the question if anything in it could not be read.

        Raises:
            BadQuestion: with every fault.
        """
        if self.faults:
            raise BadQuestion(faults=tuple(self.faults.values()))


def span(reader: Reader) -> tuple[date | None, date | None]:
    """The two days of a redline as they were given; the first never lies after the second."""
    first, last = reader.day("from"), reader.day("to")
    if first and last and first > last:
        days = {"first": first.isoformat(), "last": last.isoformat()}
        detail = _("The first day, %(first)s, lies after the second, %(last)s: swap them.") % days
        reader.refuse("from", first.isoformat(), "order", detail)
    return first, last


# -- provisions ----------------------------------------------------------------------------------------------------


class Said(NamedTuple):
    """What is said of an id that names nothing: an example, or the nearest id (``%(id)s``)."""

    none: str
    nearest: str


def provision_row(reader: Reader, name: str) -> Mapping[str, Any] | None:
    """The row of the provision that a parameter names by its id or address; None where none is named."""
    said = Said(
        _("No provision has this id; ids look like cst/art-4."),
        _("No provision has this id. The nearest is %(id)s."),
    )
    return record_row(reader, name, PROVISIONS, said, below="treaties")


def record_row(
    reader: Reader, name: str, listing: Listing, said: Said, *, below: str
) -> Mapping[str, Any] | None:
    """The row of the record that a parameter names by its id or address; None where none is named.

    Raises:
        Moved: to the same question about the record under its present id.
        Withdrawn: with the tombstone of one that was taken off.
    """
    given = reader.text(name)
    if not given:
        return None
    public_id = id_in(given, below)
    try:
        return find_row(listing, public_id, reader.ask)
    except NothingHere:
        reason = explain_absence(listing, public_id, f"/{below}/{public_id}/", reader.ask)
    if isinstance(reason, Moved) and reason.entry:
        raise Moved(_asked_of(reader.ask, name, reason.entry.slug))
    if not isinstance(reason, NothingHere):
        raise reason
    close = naming.nearest(listing.kind, public_id, reader.ask.scope) if readable(public_id) else None
    detail = said.nearest % {"id": close} if close else said.none
    reader.refuse(name, given, "names_nothing", detail, nearest=close)
    return None


def id_in(text: str, below: str = "treaties") -> str:
    """The id of a record in an id or an address: ``/ru/treaties/cst/art-4/`` names ``cst/art-4``."""
    try:
        path = urlsplit(text).path
    except ValueError:
        path = text
    parts = [part for part in path.lower().split("/") if part]
    if below in parts[:2]:
        parts = parts[parts.index(below) + 1 :]
    return "/".join(parts).removesuffix(".json")


def _asked_of(ask: Ask, name: str, public_id: str) -> str:
    params = ask.params.copy()
    params[name] = public_id
    return f"{ask.path}?{params.urlencode()}"
