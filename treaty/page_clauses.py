"""Final clauses on the pages of an instrument: what they lay down, what follows, and where a stored date disagrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.listing.ask import Ask
from cstokb.records.choices import Confidence
from treaty.choices import ClauseRule, TimeUnit
from treaty.clauses import Computed
from treaty.final import Told
from treaty.page_parts import Item, in_words, link
from treaty.page_spells import bound_words
from treaty.sources import Sources

Row = Mapping[str, Any]


def clauses_context(told: Told, ask: Ask, sources: Sources | None = None) -> dict[str, Any]:
    """What templates/treaty/clauses.html shows."""
    return {
        "clauses": clauses_table(told, ask, sources) if told.rows else None,
        "contradictions": [contradiction_notice(one, told, ask) for one in told.contradictions],
    }


def contradiction_notice(one: Computed, told: Told, ask: Ask) -> Item:
    """A stored date that certainly is not the one that follows from a clause."""
    row = next(row for row in told.rows if row["entry__slug"] == one.clause)
    cell = _computed(one, ask)
    words = {
        "clause": _where(row, told, ask)["text"] or str(ClauseRule(one.rule).label),
        "computed": in_words(cell["date"], ask) if "date" in cell else cell["text"],
        "stored": in_words(one.stored, ask) if one.stored else _("none"),
    }
    subject = _date_name([one], told, ask)
    return {
        "kind": "warn",
        "title": _("%(date)s: the stored day disagrees with a final clause") % {"date": subject},
        "text": _("Computed from %(clause)s: %(computed)s; stored: %(stored)s.") % words,
    }


# -- the table -----------------------------------------------------------------------------------------------------


def clauses_table(told: Told, ask: Ask, sources: Sources | None) -> Item:
    """Each clause with the dates that follow from it, beside the stored ones."""
    labels = (_("Rule"), _("Where it stands"), _("What follows"), _("Computed"), _("Stored"))
    return {
        "caption": _("Final clauses and the dates that follow from them"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in labels],
        "rows": [cells for row in told.rows for cells in _rows(row, told, ask, sources)],
    }


def _rows(row: Row, told: Told, ask: Ask, sources: Sources | None) -> Iterable[list[Item]]:
    refs = {"refs": sources.numbers(row["entry_id"])} if sources else {}
    head = [{"text": _doubted(rule_words(row, told, ask), row["confidence"]), **refs}, _where(row, told, ask)]
    following = _alike([one for one in told.computed if one.clause == row["entry__slug"]], told, ask)
    for computed, stored, alike in following:
        yield [*head, {"text": _date_name(alike, told, ask)}, computed, stored]
    if not following:
        yield [*head, {"text": ""}, {"text": ""}, {"text": ""}]


def _alike(following: Sequence[Computed], told: Told, ask: Ask) -> list[tuple[Item, Item, list[Computed]]]:
    """What follows, with the same dates of several states together."""
    found: list[tuple[Item, Item, list[Computed]]] = []
    for one in following:
        stored: Item = {"date": one.stored} if one.stored else {"text": ""}
        computed = _with_gaps(one, told, ask)
        if found and found[-1][:2] == (computed, stored) and found[-1][2][0].name == one.name:
            found[-1][2].append(one)
        else:
            found.append((computed, stored, [one]))
    return found


def _doubted(sentence: str, level: str) -> str:
    """A clause, with the confidence in it where that is not high."""
    if level in ("", Confidence.HIGH):
        return sentence
    return f"{sentence.removesuffix('.')} ({Confidence(level).label})."


def _with_gaps(one: Computed, told: Told, ask: Ask) -> Item:
    """The day that follows and, where it is not known, what is missing."""
    cell = _computed(one, ask)
    missing = [state for state in _states(told, ask) if f"/{state}/deposit" in " ".join(one.blocked_by)]
    if not missing:
        return cell
    states = ", ".join(_states(told, ask)[state] for state in missing)
    said = in_words(cell["date"], ask) if "date" in cell else cell["text"]
    return {"text": _("%(day)s; deposits not found: %(states)s") % {"day": said, "states": states}}


def _states(told: Told, ask: Ask) -> dict[str, str]:
    """The names of the states that acted, by their ids, in the order of the names."""
    found = {
        named.id: named.label(ask.language) for named in (told.names or {}).values() if named.kind == "state"
    }
    return dict(sorted(found.items(), key=lambda state: state[1]))


def _where(row: Row, told: Told, ask: Ask) -> Item:
    named = (told.names or {}).get(row["provision_id"])
    if named is None:
        return {"text": ""}
    shown = link(named, ask)
    return {"text": shown["label"], "url": shown["url"]}


def _computed(one: Computed, ask: Ask) -> Item:
    cell = bound_words(one.bound, ask)
    if one.least and "date" in cell:
        return {"text": _("not before %(day)s") % {"day": in_words(cell["date"], ask)}}
    return cell


def _date_name(alike: Sequence[Computed], told: Told, ask: Ask) -> str:
    """Which date it is, and for which states."""
    one, names = alike[0], _states(told, ask)
    states = [names[state] for state in names if state in {each.state for each in alike}]
    name = {
        "in_force_on": _("Entry into force"),
        "ended_on": _("Last day in force"),
        "term_ends_on": _("End of the term"),
        "effective_on": _for_states(one.rule, len(states)),
    }[one.name]
    return f"{name}: {', '.join(states)}" if states else name


def _for_states(rule: str, count: int) -> str:
    if rule == ClauseRule.JOINING:
        return _("Entry into force for the states") if count > 1 else _("Entry into force for the state")
    return _("End for the states") if count > 1 else _("End for the state")


# -- words ---------------------------------------------------------------------------------------------------------


def rule_words(row: Row, told: Told, ask: Ask) -> str:
    """A clause in a sentence."""
    other = (told.names or {}).get(row["other_id"])
    words = {
        "count": row["count"],
        "span": span_words(row["span"], row["unit"]),
        "other": other.label(ask.language) if other else "",
    }
    after = "-after" if words["span"] and row["rule"] in (*_ON_DEPOSIT, ClauseRule.JOINING) else ""
    by = "-by" if other and row["rule"] == ClauseRule.PROLONGATION else ""
    return _sentences()[f"{row['rule']}{after}{by}"] % words


_ON_DEPOSIT = (ClauseRule.ENTRY_DEPOSITS, ClauseRule.ENTRY_ALL)


def _sentences() -> dict[str, str]:
    return {
        ClauseRule.ENTRY_SIGNATURE: _("It enters into force on signature."),
        ClauseRule.ENTRY_DEPOSITS: _("It enters into force on deposit or notice number %(count)s."),
        f"{ClauseRule.ENTRY_DEPOSITS}-after": _(
            "It enters into force %(span)s after deposit or notice number %(count)s."
        ),
        ClauseRule.ENTRY_ALL: _("It enters into force on the last deposit or notice of the signatories."),
        f"{ClauseRule.ENTRY_ALL}-after": _(
            "It enters into force %(span)s after the last deposit or notice of the signatories."
        ),
        ClauseRule.ENTRY_WITH: _("It enters into force together with: %(other)s."),
        ClauseRule.JOINING: _("For a state that joins later it is in force from its own deposit or notice."),
        f"{ClauseRule.JOINING}-after": _(
            "For a state that joins later it is in force %(span)s after its own deposit or notice."
        ),
        ClauseRule.TERM: _("It is concluded for %(span)s."),
        ClauseRule.PROLONGATION: _("It is prolonged, each time for %(span)s."),
        f"{ClauseRule.PROLONGATION}-by": _("It is prolonged by %(other)s, each time for %(span)s."),
        ClauseRule.END_WITH: _("It lasts as long as: %(other)s."),
        ClauseRule.END_ON_ENTRY: _("It ends when this enters into force: %(other)s."),
        ClauseRule.WITHDRAWAL: _("A state may leave by notice given at least %(span)s before."),
    }


def span_words(span: int | None, unit: str) -> str:
    """A delay, a term or a notice in words: "5 years"."""
    if span is None:
        return ""
    words = {
        TimeUnit.DAY: ngettext("%(n)s day", "%(n)s days", span),
        TimeUnit.MONTH: ngettext("%(n)s month", "%(n)s months", span),
        TimeUnit.YEAR: ngettext("%(n)s year", "%(n)s years", span),
    }
    return words[TimeUnit(unit)] % {"n": span}
