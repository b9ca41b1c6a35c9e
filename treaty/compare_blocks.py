"""The provisions of an instrument between two days as a page shows them: lines, headings, redlines."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from treaty.alignment import Outcome, Pair
from treaty.compare_days import Compared, maker, outcome_word
from treaty.page_parts import Item, in_words, own, told_of_change, with_time
from treaty.reading import Wording

#: Outcomes of which neighbouring provisions are told in one line.
COLLAPSED = (Outcome.UNCHANGED, Outcome.NOT_YET, Outcome.NO_LONGER)


def blocks(told: Compared) -> Iterable[Item]:
    """The provisions in order; neighbours of which there is nothing to tell but one word share a line."""
    for outcome, pairs in groupby(told.pairs, key=_line_of):
        if outcome is None:
            yield from (block(pair, told) for pair in pairs)
        else:
            yield {
                "kind": "line",
                "links": [
                    {
                        "anchor": told.anchor(pair),
                        "url": with_time(told.ask, f"/treaties/{pair.part.id}/"),
                        "label": told.name(pair),
                    }
                    for pair in pairs
                ],
                "text": line_words(outcome),
            }


def _line_of(pair: Pair) -> Outcome | None:
    return pair.outcome if pair.outcome in COLLAPSED and not pair.is_renumbered else None


def line_words(outcome: Outcome) -> str:
    """What neighbouring provisions have in common."""
    return {
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.NOT_YET: _("not yet in force on either day"),
        Outcome.NO_LONGER: _("no longer in force on the second day"),
    }[outcome]


def block(pair: Pair, told: Compared) -> Item:
    """A provision that is shown by itself."""
    ask, made, row = told.ask, pair.redline, told.by_part[pair.part.entry_id]
    return {
        "kind": "heading" if pair.outcome == Outcome.HEADING else "provision",
        "anchor": told.anchor(pair),
        "url": with_time(ask, f"/treaties/{pair.part.id}/", on=told.last.isoformat()),
        "name": told.name(pair),
        "heading": own(row, "heading", ask),
        "outcome": outcome_word(pair),
        "sentences": list(sentences(pair, told)),
        "sides": sides(pair, told),
        "paragraphs": made.paragraphs() if made else [],
        "texts": [] if made else [text_item(one) for one in dict.fromkeys(pair.shown)],
        "ours": any(one.standing == "restatement" for one in pair.shown),
        "lang": pair.shown[0].language if pair.shown else "",
        "notes": change_notes(pair, told),
    }


def text_item(one: Wording) -> Item:
    """A wording shown whole, with nothing to compare it with."""
    return {"voice": one.standing, "lang": one.language, "text": one.text}


def sentences(pair: Pair, told: Compared) -> Iterable[str]:
    """What became of a provision, in words."""
    ask = told.ask
    days = {"first": in_words(told.first, ask), "last": in_words(told.last, ask)}
    said = {
        Outcome.INSERTED: _("Inserted: it was not yet in force on %(first)s and is in force on %(last)s."),
        Outcome.REPEALED: _("Repealed: it was in force on %(first)s and is no longer in force on %(last)s."),
        Outcome.NOT_COMPARABLE: _(
            "On %(first)s and %(last)s no wording in one and the same language is held."
        ),
        Outcome.NOT_CONSOLIDATED: _(
            "Amended between %(first)s and %(last)s; the wording held does not show the change yet."
        ),
        Outcome.UNKNOWN: _("It is not known which wording holds on %(first)s or on %(last)s."),
    }.get(pair.outcome, "")
    if said:
        yield said % days
    if pair.outcome == Outcome.NOT_VERIFIED:
        missing = told.first if pair.old is None else told.last
        both = pair.old is None and pair.new is None
        words = (
            _("Its wording is not yet verified on either day: it waits for a source that was read in full.")
            if both
            else _("Its wording on %(day)s is not yet verified: it waits for a source that was read in full.")
        )
        yield words % {"day": in_words(missing, ask)}
    if pair.is_renumbered:
        names = {"old": pair.part.name_on(told.first, ask.language), "new": told.name(pair)}
        yield _("Renumbered: %(old)s became %(new)s.") % names
    if pair.redline and pair.redline.is_changed and not pair.redline.changes_words:
        yield _("Only the division into paragraphs or the spacing changed.")


def sides(pair: Pair, told: Compared) -> list[Item]:
    """Whose words stand on each side, and how long they held."""
    both = (
        (pgettext("side of a comparison", "Before"), pair.old),
        (pgettext("side of a comparison", "After"), pair.new),
    )
    return [
        {
            "label": label,
            "voice": one.standing,
            "began_on": one.period.began_on,
            "ended_on": one.period.ended_on,
        }
        for label, one in both
        if one
    ]


def change_notes(pair: Pair, told: Compared) -> list[Item]:
    """The days of change with their makers, what we say of the change, and wordings that could not be placed."""
    found = [
        {
            "title": _("From %(day)s") % {"day": in_words(step.day, told.ask)},
            "text": told_of_change(step.day, step.made_by, pair.amendings, pair.part.wordings, told.ask),
            "changed": True,
            **(maker(step.made_by, told) or {}),
        }
        for step in pair.steps
        if pair.is_change
    ]
    for key in pair.undated:
        text = _("A change is recorded of which it is not known since when it holds; it is not compared.")
        found.append({"title": _("Not dated"), "text": text, **(maker(key, told) or {})})
    return [*found, *_wording_notes(pair, told)]


def _wording_notes(pair: Pair, told: Compared) -> list[Item]:
    """What is noted of the wordings that are laid side by side: words that one of them leaves out look deleted."""
    if not (pair.redline and pair.redline.is_changed):
        return []
    return [
        {
            "title": _("Note on the wording from %(day)s")
            % {"day": in_words(one.period.began_on, told.ask, after_since=True)},
            "text": note,
        }
        for one in (pair.old, pair.new)
        if one and one.period.began_on and (note := own(vars(one), "note", told.ask))
    ]
