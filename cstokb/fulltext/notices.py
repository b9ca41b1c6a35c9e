"""Repairs and hints: what was read differently from how it was written, and why nothing can be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_REPAIRS = {
    "unbalanced-quote": _("A quotation mark stands alone; the words were searched without it."),
    "unbalanced-bracket": _("A bracket stands alone; it was left out."),
    "lone-operator": _("An operator lacks what it joins; it was left out."),
    "typographic-quotes": _("Typographic quotation marks were read as the marks of a phrase."),
    "unknown-field": _("This is no field of the search; it was searched as words."),
    "leading-wildcard": _(
        "A star in front of a word or within one is left out; at its end it finds all endings."
    ),
    "near-exact": _("Beside NEAR, = holds for both sides."),
}
_HINTS = {
    "empty": _("Write a word to search for."),
    "only-exclusions": _("Only words to leave out: add a word to search for."),
    "only-stop-words": _("Only common words: add another, or put them in quotation marks."),
    "only-wildcard": _("A star alone finds nothing: put it at the end of a word's beginning."),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One repair. `start` and `end` say where in the query; `suggestion` is a whole query without the slip."""

    code: str
    start: int
    end: int
    suggestion: str = ""
    allowed: tuple[str, ...] = ()
    nearest: str | None = None

    @property
    def message(self) -> StrPromise:
        """The repair as a sentence."""
        return _REPAIRS[self.code]


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a query finds nothing whatever the index holds."""

    code: str

    @property
    def message(self) -> StrPromise:
        """The hint as a sentence."""
        return _HINTS[self.code]


def unknown_field(name: str, start: int, allowed: Sequence[str]) -> Notice:
    """The notice for `name:` that is no field."""
    close = get_close_matches(name.casefold(), allowed, n=1, cutoff=0.7)
    return Notice(
        "unknown-field",
        start,
        start + len(name) + 1,
        allowed=tuple(allowed),
        nearest=close[0] if close else None,
    )
