"""Pages of statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Asked
from cstokb.listing.evidence import Beside
from cstokb.listing.listing import Line
from cstokb.listing.pages import ListingPage
from cstokb.listing.record_pages import Beyond, RecordPage
from cstokb.listing.selection import Selection
from statements import linked_data, listings, page_statement
from statements.documents import cited, document, require_passage
from statements.formulas import page as formulas
from statements.parts import reading, statement_parts
from treaty.page_parts import language_asked

#: The anchor of a passage, as a fragment of an address has it.
PASSAGE = re.compile(r"p\d+[a-z]*")


class StatementList(ListingPage):
    """Statements, newest first; how many texts are held is said above them."""

    listing = listings.STATEMENTS
    template_name = "statements/statements.html"

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        held = selection.filterset.filters["held"].count(selection.tally, "yes")
        if held is None:
            return {}
        return {
            "held": _("Texts held, whole or in part: %(n)d of %(all)d.")
            % {"n": held, "all": selection.tallied_count}
        }


class PassageList(ListingPage):
    """Passages of the texts that are held, by what they cite, who said them, for which state and when."""

    listing = listings.PASSAGES


class JoinedList(ListingPage):
    """How states stood to collective texts, newest first."""

    listing = listings.JOINED


class StatementPage(RecordPage):
    """A statement: who issued it, which states stood behind it, its words or our summary, and its sources."""

    listing = listings.STATEMENTS
    template_name = "statements/statement.html"
    parameters = ("lang", "passage")

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        parts, read = statement_parts(row, ask), reading(row, ask)
        said = self._formulas(ask, row)
        named = (
            *read.names(),
            *(one["state_id"] for one in parts.stood),
            *(said.names() if said else ()),
        )
        backed = [one["entry_id"] for one in parts.stood]
        return Beyond(named, [*backed, *(one["entry_id"] for _anchor, one in read.recorded())])

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        wanted, beside = language_asked(ask), Beside.of(ask)
        view = page_statement.StatementView(
            line, statement_parts(row, ask), reading(row, ask), beside.names, beside.evidence, ask
        )
        pin = require_passage(row, ask.params.get("passage", ""), ask)
        linked = linked_data.script(linked_data.statement(document(ask, row, line, wanted)))
        return {
            **view.context(wanted, alone=bool(ask.params.get("lang")), pin=pin),
            "linked_data": linked,
            "formulas": formulas.context(self._formulas(ask, row), line.id, beside.names, ask),
        }

    def citation(self, ask: Ask, row: dict[str, Any], line: Line, asked_for: Asked, place: str) -> Cited:
        pin = ask.params.get("passage", "") or (place if PASSAGE.fullmatch(place) else "")
        return cited(line, ask, require_passage(row, pin, ask))

    def _formulas(self, ask: Ask, row: dict[str, Any]) -> formulas.Formulas | None:
        text = statement_parts(row, ask).text_in(language_asked(ask))
        passages = reading(row, ask).of(text) if text else ()
        return formulas.formulas_of(row, text, passages, ask)
