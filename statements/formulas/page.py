"""The panel of a statement: what its passages repeat and alter, and what only the text before it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.listing.ask import Ask
from cstokb.listing.names import Names
from cstokb.listing.plain_table import plain_table
from cstokb.listing.prepared import DAY, ID, TEXT, prepared
from cstokb.listing.together import Wanted
from cstokb.records.scope import NOW, Scope
from statements.choices import Travel
from statements.formulas.alignment import Outcome, align
from statements.formulas.travels import Travelled, travels, wanted
from statements.models import Passage, Saying, Statement, StatementText
from statements.parts import Part
from summits.facts import cell, link, sentence

COMPARE = "/statements/compare/"
_PASSAGE = ("entry_id", "statement_id", "text")
_ISSUER = ("organ_id", "speaker_id")


@dataclass(frozen=True)
class Formulas:
    """What the passages of one language version do, and the passages of the text before it in its series."""

    text: Part
    passages: Sequence[Part]
    travelled: dict[int, Travelled]
    before: Sequence[Part]

    def names(self) -> Iterable[int | None]:
        """Row ids of every record that the panel names."""
        for one in self.travelled.values():
            yield from (one.earlier, one.first, one.last, *one.quotes)
        for part in self.before:
            yield from (part["entry_id"], part["statement_id"])

    @property
    def dropped(self) -> list[Part]:
        """The passages of the text before that are neither repeated nor altered here."""
        rows = align([one["text"] for one in self.before], [one["text"] for one in self.passages])
        return [self.before[row.old] for row in rows if row.outcome == Outcome.DROPPED if row.old is not None]


def formulas_of(row: Any, text: Part | None, passages: Sequence[Part], ask: Ask) -> Formulas | None:
    """What is shown of the text of a statement, in one query; None of an earlier moment and of what is not held."""
    if text is None or not passages or ask.scope.known_on:
        return None
    return ask.once(("formulas", text["entry_id"]), lambda: _fetched(row, text, passages))


def _fetched(row: Any, text: Part, passages: Sequence[Part]) -> Formulas:
    named = tuple(name for name in _ISSUER if row[name])
    said, kin, everywhere, previous = _said_before(
        NOW,
        named,
        text=text["entry_id"],
        language=text["language"],
        day=row["issued_on"].earliest if row["issued_on"] else None,
        **{name: row[name] for name in ("type", "issuer", *_ISSUER)},
    )
    return Formulas(text, passages, travels((said, kin, everywhere)), previous)


@prepared(text=ID, language=TEXT, day=DAY, type=TEXT, issuer=TEXT, organ_id=ID, speaker_id=ID)
def _said_before(
    scope: Scope, named: Sequence[str], text: int, language: str, day: date, **series: Any
) -> Iterable[Wanted]:
    """What the passages of a text do, and the passages of the text before it; ``named`` says who issued it."""
    mine = Saying.objects.filter(passage__statement_text_id=text)
    nobody = {f"{name}__isnull": True for name in _ISSUER if name not in named}
    alike = {name: value for name, value in series.items() if name in ("type", "issuer", *named)}
    before = _before(language, issued_on_max__lt=day, **alike, **nobody)
    return (*wanted(mine), Wanted.of(before.order_by("order"), _PASSAGE))


def _before(language: str, **alike: Any) -> QuerySet[Any]:
    """The passages of the text before in the series: of the same kind by the same issuer, held in the language."""
    texts = StatementText.objects.published().filter(language=language)
    held = Exists(texts.filter(statement_id=OuterRef("pk")))
    series = Statement.objects.published().filter(held, **alike)
    latest = series.newest_first().values("entry_id")[:1]
    words = Exists(texts.filter(pk=OuterRef("statement_text_id")))
    said: QuerySet[Any] = Passage.objects.published().filter(words, statement_id=Subquery(latest))
    return said


# -- as the template shows it ------------------------------------------------------------------------------------------


def context(found: Formulas | None, public_id: str, names: Names, ask: Ask) -> dict[str, Any] | None:
    """The panel; None where there is nothing to say, a sentence alone of an earlier moment."""
    if found is None:
        return None
    counts = [one.said for one in found.travelled.values()]
    dropped = found.dropped
    said = {
        "repeated": counts.count(Travel.REPEATED),
        "altered": counts.count(Travel.ALTERED),
        "new": counts.count(Travel.NEW),
    }
    previous = names.get(found.before[0]["statement_id"]) if found.before else None
    return {
        "said": _(
            "Beside the earlier texts held in its language: %(repeated)d repeated, %(altered)d altered, %(new)d new."
        )
        % said,
        "table": _table(found, names, ask),
        "previous": link(previous, ask),
        "dropped_said": _dropped_in_words(len(dropped)) if previous else "",
        "dropped": [
            {**link(names.get(one["entry_id"]), ask), "text": one["text"], "lang": found.text["language"]}
            for one in dropped
        ],
        "compare_url": _compare_url(previous.id, public_id, ask) if previous else "",
        "all_url": f"{ask.localised('/statements/formulas/')}?statement={public_id}",
    }


def _dropped_in_words(count: int) -> str:
    if not count:
        return _("Nothing of the text before it in its series is missing here.")
    said = ngettext(
        "%(n)d passage of the text before it in its series is neither repeated nor altered here.",
        "%(n)d passages of the text before it in its series are neither repeated nor altered here.",
        count,
    )
    return said % {"n": count}


def _compare_url(one: str, other: str, ask: Ask) -> str:
    return f"{ask.localised(COMPARE)}?a={one}&b={other}"


def _table(found: Formulas, names: Names, ask: Ask) -> dict[str, Any] | None:
    heads = (_("Passage"), _("What it does"), _("Taken from"), _("First said"), _("Last said"))
    shown = [
        (one, found.travelled[one["entry_id"]])
        for one in found.passages
        if one["entry_id"] in found.travelled
    ]
    rows = [
        [
            {"text": one["anchor"].removeprefix("p"), "url": f"#{one['anchor']}"},
            {"text": _does(travelled)},
            _from(travelled, names, ask),
            _elsewhere(travelled.first, one, names, ask),
            _last(travelled, one, names, ask),
        ]
        for one, travelled in shown
        if travelled.earlier or travelled.quotes or travelled.again
    ]
    return plain_table(_("Passages that stand in other texts too"), heads, rows) if rows else None


def _does(one: Travelled) -> str:
    if one.said is None:
        return _("Day not known")
    if one.said == Travel.NEW and one.quotes:
        return _("Quotes")
    word = sentence(str(one.said.label))
    return f"{word}, {round(100 * (one.share or 0))}\u00a0%" if one.said == Travel.ALTERED else word


def _from(one: Travelled, names: Names, ask: Ask) -> dict[str, Any]:
    keys = [one.earlier] if one.earlier else list(one.quotes)
    linked = [cell(names[key], ask) for key in keys if key in names]
    return linked[0] if len(linked) == 1 else {"text": "", "linked": linked}


def _elsewhere(key: int, one: Part, names: Names, ask: Ask) -> dict[str, Any]:
    return {"text": _("here")} if key == one["entry_id"] else cell(names.get(key), ask)


def _last(travelled: Travelled, one: Part, names: Names, ask: Ask) -> dict[str, Any]:
    if not travelled.again:
        return {"text": _("here; not said again")}
    return _elsewhere(travelled.last, one, names, ask)
