"""The list of travelling formulas: every passage held, with what it does with what earlier texts said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.columns import Boolean, Choice, Date, Integer, Ref, RefName, Refs, Text
from cstokb.listing.filters import After, Before, ChoiceFilter, Dated, RecordFilter, Sort, Year
from cstokb.listing.filterset import Rows, StrictFilterSet
from cstokb.listing.listing import Line, Listing
from cstokb.listing.ordering import oldest_first
from cstokb.listing.table import Row
from cstokb.records.choices import Language
from statements.choices import PassageRole, StatementKind, Travel
from statements.filters import IN_TEXT_ORDER, PassageLanguage
from statements.formulas.travels import Travelled, travels_of, with_travel
from statements.listings import with_statement, with_statement_apart
from statements.models import Passage, Statement
from summits.facts import meta, sentence
from summits.filters import Whether

Made = Mapping[int, Travelled]


class _OfStatement(RecordFilter):
    """Passages of texts whose statement names a record."""

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        texts = self.ask.scope.rows(Statement).filter(**{f"{self.field_name}_id__in": value})
        return qs.filter(statement_id__in=texts.values("entry_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return None


class _Kind(ChoiceFilter):
    """Passages of texts of some kinds."""

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        texts = self.ask.scope.rows(Statement).filter(type__in=value)
        return qs.filter(statement_id__in=texts.values("entry_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return None


class FormulaFilter(StrictFilterSet):
    """Passages by what they do with earlier texts. The tables know the present only, so there is no ``known_on``."""

    statement = RecordFilter("statement", "statement", _("statement"))
    said = ChoiceFilter("said", Travel, _("beside earlier texts"))
    again = Whether(Q(again=True), _("said again later"))
    lang = PassageLanguage()
    organ = _OfStatement("organ", "organ", _("organ"))
    type = _Kind("type", StatementKind, _("kind"))
    role = ChoiceFilter("role", PassageRole, _("role"))
    year = Year("issued_on")
    after = After("issued_on")
    before = Before("issued_on")
    dated = Dated("issued_on")
    sort = Sort({"date": (_("date"), oldest_first("issued_on"))})


def _rows(rows: Rows, ask: Ask) -> Rows:
    return with_travel(with_statement(rows, ask))


def _counted(rows: Rows, ask: Ask) -> Rows:
    return with_travel(with_statement_apart(rows, ask))


def _prepare(rows: Sequence[Row], ask: Ask) -> Made:
    return travels_of([row["entry_id"] for row in rows])


def _of(name: str) -> Any:
    return lambda row, made: getattr(made[row["entry_id"]], name)


def _percent(row: Row, made: Made) -> int | None:
    share = made[row["entry_id"]].share
    return None if share is None else round(100 * share)


def formula_card(line: Line, ask: Ask) -> dict[str, Any]:
    """A passage under its text, with what it does and where it was said before."""
    values, statement = line.values, line.refs.get("statement")
    html = format_html("{}", values["text"])
    return {
        "title": statement.label(ask.language) if statement else line.label,
        "url": line.url,
        "on": line.dates["issued_on"],
        "meta": meta(*_words(line, ask)),
        "passages": [{"anchor": values["anchor"], "url": line.url, "lang": values["language"], "html": html}],
    }


def _words(line: Line, ask: Ask) -> list[str]:
    values, earlier, first = line.values, line.refs.get("earlier"), line.refs.get("first_said")
    said = sentence(str(Travel(values["said"]).label)) if values["said"] else gettext("Day not known")
    if earlier:
        said = gettext("%(said)s from: %(earlier)s") % {"said": said, "earlier": earlier.label(ask.language)}
    words = [said]
    if first and first != earlier and first.id != line.id:
        words.append(gettext("First said: %(passage)s") % {"passage": first.label(ask.language)})
    if not values["said_again"]:
        words.append(gettext("Not said again"))
    return words


FORMULAS = Listing(
    kind="passage",
    word="formula",
    model=Passage,
    filters=FormulaFilter,
    api="formulas",
    path="/statements/formulas/",
    title=_("Travelling formulas"),
    description=_(
        "Every passage held, and what it does with earlier texts in its language: repeats them, alters them, or says "
        "something new; when it was first said, last said, and whether it was said again."
    ),
    order=IN_TEXT_ORDER,
    facets=("said", "again"),
    dated="issued_on",
    base=_rows,
    counted=_counted,
    columns=(
        Ref("statement", _("statement")),
        RefName("statement_title", _("title of the statement"), "statement"),
        Date("issued_on", _("date of the statement")),
        Choice("language", _("language"), words=Language),
        Text("anchor", _("anchor")),
        Text("text", _("text")),
        Choice(
            "said",
            _("beside earlier texts: new, repeated or altered; null where its day is not known"),
            words=Travel,
        ),
        Ref(
            "earlier",
            _("the earlier passage that it repeats, or of which it is most a version"),
            _of("earlier"),
        ),
        Integer("likeness", _("how much of both is the same, of a hundred"), _percent),
        Refs("quotes", _("earlier passages of which a run of words stands in it"), _of("quotes")),
        Ref("first_said", _("the first passage that says it in these or in altered words"), _of("first")),
        Ref("last_said", _("the last one"), _of("last")),
        Integer("times", _("how many passages say it in these or in altered words"), _of("times")),
        Boolean("said_again", _("whether a later text that is held says it again"), "again"),
    ),
    prepare=_prepare,
    card=formula_card,
)
LISTINGS = (FORMULAS,)
