"""Wordings with their references as links: the words stay as they are, each reference leads to what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.names import Names
from treaty.citations import Citation, Doubt, find, pieces
from treaty.fetching import library_of
from treaty.library import Library, Place, Target, steps_of, unsure
from treaty.page_parts import with_time
from treaty.reading import Part, Wording
from treaty.texts import Row

#: How many of the possible meanings of a stretch are named.
MOST_NAMED = 6


Resolved = Sequence[tuple[Citation, Sequence[Target]]]


@dataclass(frozen=True)
class Linker:
    """The references of the wordings of a page, found and resolved in a fixed number of queries.

    ``here`` is the row id of the record whose page it is, to which no link leads.
    """

    ask: Ask
    here: int
    found: Mapping[int, Resolved]

    @classmethod
    def of(cls, ask: Ask, here: int, rows: Sequence[Row], parts: Iterable[Part]) -> Linker:
        """Read the wordings of parts once for a question; ``rows`` are all provisions of their instrument."""
        return ask.once(("links", here), lambda: cls._of(ask, here, rows, parts))

    @classmethod
    def _of(cls, ask: Ask, here: int, rows: Sequence[Row], parts: Iterable[Part]) -> Linker:
        library = library_of(ask)
        read = list(_read(library, places_of(rows), parts))
        shelf = library.shelf(one for _wording, citations in read for one in citations)
        found = {
            wording.entry_id: [(one, shelf.targets(one, _day(wording))) for one in citations]
            for wording, citations in read
        }
        return cls(ask, here, found)

    @property
    def ids(self) -> set[int]:
        """Row ids of what the references may mean, whose names ``html`` needs."""
        return {
            _key(target)
            for resolved in self.found.values()
            for _citation, targets in resolved
            for target in targets
            if target.held
        }

    def html(self, one: Wording, names: Names) -> SafeString:
        """The wording in paragraphs, with its references as links."""
        return self.linked(one.entry_id, one.text, names)

    def linked(self, key: int, text: str, names: Names) -> SafeString:
        """The text of a record in paragraphs, with its references as links."""
        resolved = self.found.get(key, ())
        targets = {citation.start: targets for citation, targets in resolved}
        shown = "".join(
            self._reference(words, citation, targets[citation.start], names) if citation else escape(words)
            for words, citation in pieces(text, [citation for citation, _targets in resolved])
        )
        return mark_safe(linebreaks(shown))  # noqa: S308 (escaped piece by piece above)

    def _reference(self, text: str, one: Citation, targets: Sequence[Target], names: Names) -> SafeString:
        """A stretch of text as a link, marked where it is ambiguous, or as it is where there is nothing to lead to."""
        keys = dict.fromkeys(_key(target) for target in targets if target.held)
        named = [names[key] for key in keys if key in names]
        labels = [each.label(self.ask.language) for each in named]
        if unsure(one, targets):
            return _unsure(text, one.doubt, labels)
        if not named or _key(targets[0]) == self.here:
            return escape(text)
        title = "; ".join(labels)
        if not named[0].path:
            return format_html('<span title="{}">{}</span>', title, text)
        # A dash says nothing by itself to those who hear it.
        spoken = "" if any(letter.isalnum() for letter in text) else format_html(' aria-label="{}"', title)
        url = with_time(self.ask, named[0].path)
        return format_html('<a class="cites" href="{}" title="{}"{}>{}</a>', url, title, spoken, text)


def places_of(rows: Iterable[Row]) -> dict[int, Place]:
    """Where provisions stand, by their row ids."""
    names = ("instrument_id", "parent_id", "type", "number")
    return {row["entry_id"]: Place(*(row[name] for name in names)) for row in rows}


def _read(
    library: Library, places: Mapping[int, Place], parts: Iterable[Part]
) -> Iterator[tuple[Wording, Sequence[Citation]]]:
    for part in parts:
        context = library.context(places[part.entry_id].instrument, steps_of(places, part.entry_id))
        for one in part.wordings:
            yield one, find(one.text, library.book, context).citations


def _day(one: Wording) -> date | None:
    """The day by whose numbers a wording refers: its first."""
    return one.period.began_on.earliest if one.period.began_on else None


def _key(target: Target) -> int:
    return target.provision or target.instrument


def _unsure(text: str, doubt: Doubt | None, meanings: Sequence[str]) -> SafeString:
    """A stretch of which it is not certain what it means; the title says why, and what it may mean."""
    why = {
        Doubt.NO_INSTRUMENT: _("It is not said of which instrument."),
        Doubt.EITHER: _("It may be of this instrument or of the one named after it."),
    }.get(doubt or Doubt.SEVERAL, _("Several fit."))
    named = "; ".join(meanings[:MOST_NAMED]) + (" …" if len(meanings) > MOST_NAMED else "")
    title = _("%(why)s It may be: %(meanings)s.") % {"why": why, "meanings": named} if meanings else why
    return format_html('<span class="unsure" title="{}">{}</span>', title, text)
