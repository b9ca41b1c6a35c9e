"""Laws of statements and passages that no single row can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cstokb.records.consistency import Broken, Rule
from cstokb.records.models import Entry
from statements import detection
from statements.choices import IssuerKind
from statements.formulas import table
from statements.models import Passage, PassageReference, Statement

_ANCHOR = re.compile(r"^p[1-9]\d{0,4}[a-z]?$")


def passages_belong_to_the_text_of_their_statement(today: date) -> Iterator[Broken]:
    """A passage and its language version are of one statement."""
    wrong = Passage.objects.exclude(statement_text__statement_id=F("statement_id"))
    for row in wrong.select_related("entry"):
        said = _("its language version is of another statement")
        yield Broken("passages", "passage", row.public_id, said)


def anchors_are_well_formed(today: date) -> Iterator[Broken]:
    """Law 7: an anchor is p and a number, with a letter for a paragraph put in later."""
    for row in Passage.objects.select_related("entry"):
        if not _ANCHOR.match(row.anchor):
            said = format_lazy(_("{anchor} is no anchor"), anchor=row.anchor)
            yield Broken("passages", "passage", row.public_id, said)


def spans_lie_in_their_passage(today: date) -> Iterator[Broken]:
    """The span of a reference lies inside the words of its passage."""
    rows = PassageReference.objects.filter(end__isnull=False).select_related("entry", "passage")
    for row in rows:
        if row.end is not None and row.end > len(row.passage.text):
            said = _("its span goes beyond the passage")
            yield Broken("passages", "passage-reference", row.public_id, said)


def the_issuer_is_named(today: date) -> Iterator[Broken]:
    """A text of an organ names the organ, one of a speaker the speaker (law 10)."""
    named = {IssuerKind.ORGAN: "organ_id", IssuerKind.SPEAKER: "speaker_id"}
    for row in Statement.objects.published().select_related("entry"):
        column = named.get(IssuerKind(row.issuer))
        if column and getattr(row, column) is None:
            issuer = IssuerKind(row.issuer).label
            said = format_lazy(_("issued by “{issuer}”, which is not named"), issuer=issuer)
            yield Broken("issuer", "statement", row.public_id, said)


def formulas_match_the_passages(today: date) -> Iterator[Broken]:
    """The table of formulas holds what the public passages say, and nothing else."""
    found = list(table.differences())
    entries = Entry.objects.in_bulk([key for key, _reason in found])
    for key, reason in found:
        yield Broken("formulas", "passage", entries[key].slug, reason)


def found_citations_match_the_passages(today: date) -> Iterator[Broken]:
    """The table of citations found in passages says what the public passages say, and nothing else."""
    found = list(detection.differences())
    entries = Entry.objects.in_bulk([key for key, _reason in found])
    for key, reason in found:
        yield Broken("references", "passage", entries[key].slug, reason)


RULES: tuple[Rule, ...] = (
    passages_belong_to_the_text_of_their_statement,
    anchors_are_well_formed,
    spans_lie_in_their_passage,
    the_issuer_is_named,
    formulas_match_the_passages,
    found_citations_match_the_passages,
)
