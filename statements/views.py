"""Pages of statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import Beside
from cstokb.listing.listing import Line
from cstokb.listing.pages import ListingPage
from cstokb.listing.record_pages import Beyond, RecordPage
from cstokb.listing.selection import Selection
from statements import listings, page_statement
from statements.formulas import page as formulas
from statements.parts import reading, statement_parts
from treaty.page_parts import language_asked


class StatementList(ListingPage):
    """Statements, newest first; how many texts are held is said above them."""

    listing = listings.STATEMENTS
    template_name = "statements/statements.html"

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        held = selection.filterset.filters["held"].count(selection.tally, "yes")
        if held is None:
            return {}
        return {"held": _("Texts held: %(n)d of %(all)d.") % {"n": held, "all": selection.tallied_count}}


class StatementPage(RecordPage):
    """A statement: who issued it, which states stood behind it, its words or our summary, and its sources."""

    listing = listings.STATEMENTS
    template_name = "statements/statement.html"
    parameters = ("lang",)

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        parts = statement_parts(row, ask)
        read = reading(parts.text_in(language_asked(ask)), ask)
        said = formulas.formulas_of(row, parts.text_in(language_asked(ask)), read.passages, ask)
        named = (
            *read.names(),
            *(one["state_id"] for one in parts.stood),
            *(said.names() if said else ()),
        )
        return Beyond(named, (one["entry_id"] for one in parts.stood))

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        wanted, parts, beside = language_asked(ask), statement_parts(row, ask), Beside.of(ask)
        text = parts.text_in(wanted)
        read = reading(text, ask)
        view = page_statement.StatementView(line, parts, text, read, beside.names, beside.evidence, ask)
        said = formulas.formulas_of(row, text, read.passages, ask)
        return {**view.context(wanted), "formulas": formulas.context(said, line.id, beside.names, ask)}
