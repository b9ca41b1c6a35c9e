"""The redline of an instrument between two days: what changed, by which instrument, and article by article how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.listing.ask import Ask
from cstokb.listing.names import Names, names_of
from treaty.alignment import DAY, Outcome, Pair, Step, change_days, compared
from treaty.compare_notices import Purpose, notices, official_links
from treaty.page_parts import Item, in_words, link, own, with_time
from treaty.reading import Force, Wording, languages
from treaty.texts import Row, force_of, parts_of
from treaty.values import provision_rows

#: Outcomes of which neighbouring provisions are told in one line.
COLLAPSED = (Outcome.UNCHANGED, Outcome.NOT_YET, Outcome.NO_LONGER)


@dataclass(frozen=True)
class Compared:
    """An instrument on two days, fetched in a fixed number of queries."""

    ask: Ask
    row: Row
    force: Force
    language: str
    first: date
    last: date
    rows: Sequence[Row]
    pairs: Sequence[Pair]
    days: Sequence[tuple[date, Sequence[Pair]]]
    languages: Sequence[str]
    names: Names

    @classmethod
    def of(cls, ask: Ask, row: Row, language: str, first: date | None, last: date | None) -> Compared:
        """Fetch the instrument of a row; days not given are those round its last change."""
        rows, force = provision_rows(row["entry_id"], ask), force_of(row)
        parts = list(parts_of(rows, ask).values()) if rows else []
        days = change_days(parts, force, language)
        begin, end = span_of([day for day, _pairs in days], force, ask.day, first, last)
        pairs = [compared(part, force, begin, end, language) for part in parts]
        makers = {one.made_by for part in parts for one in part.wordings}
        names = names_of(makers, ask.scope) if parts else {}
        return cls(ask, row, force, language, begin, end, rows, pairs, days, languages(parts), names)

    @cached_property
    def by_part(self) -> dict[int, Row]:
        """The rows of the provisions by their row ids."""
        return {row["entry_id"]: row for row in self.rows}

    def anchor(self, pair: Pair) -> str:
        """The anchor of a provision on the page, the same as on the page of its instrument."""
        return str(self.by_part[pair.part.entry_id]["eid"])

    @property
    def path(self) -> str:
        """The English address of the page."""
        return f"{self.row['entry__path']}compare/"

    @property
    def label(self) -> str:
        """The instrument, in the language of the page."""
        return own(self.row, "entry__label", self.ask)

    @property
    def changed(self) -> list[Pair]:
        """What is another on the second day."""
        return [pair for pair in self.pairs if pair.is_change]

    def url(self, **changes: str) -> str:
        """The page between other days, or in another language."""
        asked = {"from": self.first.isoformat(), "to": self.last.isoformat(), "lang": self.language} | changes
        if asked["lang"] == "en":
            del asked["lang"]
        return with_time(self.ask, self.path, **asked)

    def name(self, pair: Pair) -> str:
        """A provision's kind and number on the second day, or on the first where it is no longer there."""
        day = self.first if pair.outcome == Outcome.REPEALED else self.last
        return pair.part.name_on(day, self.ask.language)


def span_of(
    days: Sequence[date], force: Force, day: date, first: date | None, last: date | None
) -> tuple[date, date]:
    """The two days to compare: those given; else the last change on or before the day shown, and the day before it.

    Where the text never changed: from entry into force to the day shown.
    """
    if first:
        return first, last or max(first, day)
    last_change = max((one for one in days if one <= (last or day)), default=None)
    if last_change:
        return last_change - DAY, last or last_change
    began = force.in_force_on.exact_day if force.in_force_on else None
    end = last or day
    return (began if began and began <= end else end), end


def context(told: Compared) -> dict[str, Any]:
    """What templates/treaty/compare.html shows."""
    ask = told.ask
    return {
        "title": _("What changed: %(instrument)s") % {"instrument": told.label},
        "lede": lede(told),
        "notices": noted(told),
        "has_text": bool(told.rows),
        "changes": summary(told),
        "counts": counts(told.pairs),
        "same_day": told.first == told.last,
        "blocks": list(blocks(told)),
        "days": day_links(told),
        "languages": language_links(told),
        "no_language": told.language if told.languages and told.language not in told.languages else "",
        "first": told.first,
        "last": told.last,
        "language": told.language,
        "keep": [(name, ask.params[name]) for name in ("on", "known_on") if ask.params.get(name)],
        "whole_url": with_time(ask, told.row["entry__path"], on=told.last.isoformat()),
        "printed_from": f"{settings.SITE_URL}{told.url()}",
        "languages_url": with_time(ask, told.path, view="languages"),
    }


def noted(told: Compared) -> list[Item]:
    """Whose words are compared, as notices at the top."""
    official = official_links([(told.label, told.row["official_url"])], told.ask)
    return notices([(one.old, one.new) for one in told.pairs if one.redline], Purpose.DAYS, official)


# -- head --------------------------------------------------------------------------------------------------------------


def lede(told: Compared) -> str:
    """How many provisions changed between which days, and of how many the new words are not held."""
    days = {"first": in_words(told.first, told.ask), "last": in_words(told.last, told.ask)}
    if not told.rows:
        return _("No provision of this instrument is recorded, so there is nothing to compare.")
    if not told.changed:
        return _("No change of the text is recorded between %(first)s and %(last)s.") % days
    unverified = sum(pair.outcome == Outcome.NOT_VERIFIED for pair in told.changed)
    known = len(told.changed) - unverified
    words = ngettext(
        "%(n)s provision changed between %(first)s and %(last)s.",
        "%(n)s provisions changed between %(first)s and %(last)s.",
        known,
    )
    more = ngettext(
        "Of %(n)s more the wording of one of the two days is not yet verified.",
        "Of %(n)s more the wordings of one of the two days are not yet verified.",
        unverified,
    )
    said = [words % {"n": known, **days}, more % {"n": unverified} if unverified else ""]
    return " ".join(one for one in said if one)


def summary(told: Compared) -> list[Item]:
    """Each change with its day, the instrument that made it, and the provisions it touched."""
    grouped: dict[Step, list[Pair]] = {}
    for pair in told.changed:
        for step in pair.steps:
            grouped.setdefault(step, []).append(pair)
    return [
        {
            "day": step.day,
            "maker": maker(step.made_by, told),
            "provisions": [
                {"label": told.name(pair), "url": f"#{told.anchor(pair)}", "word": outcome_word(pair)}
                for pair in pairs
            ],
        }
        for step, pairs in sorted(grouped.items(), key=lambda item: (item[0].day, item[0].made_by or 0))
    ]


def maker(key: int | None, told: Compared) -> Item | None:
    """The instrument that made a change, as a link."""
    return link(told.names[key], told.ask) if key in told.names and key is not None else None


def outcome_word(pair: Pair) -> str:
    """What became of a provision, in a word; renumbered where its words stayed the same."""
    if pair.is_renumbered and pair.outcome == Outcome.UNCHANGED:
        return _("renumbered")
    return str(pair.outcome.label)


def counts(pairs: Iterable[Pair]) -> list[Item]:
    """How many provisions had each outcome, headings left out."""
    found = [pair.outcome for pair in pairs if pair.outcome != Outcome.HEADING]
    return [
        {"label": str(outcome.label), "count": found.count(outcome)}
        for outcome in Outcome
        if outcome in found
    ]


def day_links(told: Compared) -> list[Item]:
    """Each change of the text by itself, the newest first, and the whole way from the first text to the newest."""
    links = [
        {
            "url": told.url(**{"from": (day - DAY).isoformat(), "to": day.isoformat()}),
            "label": in_words(day, told.ask),
            "text": ngettext("%(n)s provision", "%(n)s provisions", len(pairs)) % {"n": len(pairs)},
            "current": (told.first, told.last) == (day - DAY, day),
        }
        for day, pairs in reversed(told.days)
    ]
    began = told.force.in_force_on.exact_day if told.force.in_force_on else None
    newest = max((day for day, _pairs in told.days), default=None)
    if began and newest and len(told.days) > 1:
        whole = {
            "url": told.url(**{"from": began.isoformat(), "to": newest.isoformat()}),
            "label": _("First text to newest"),
            "text": "",
            "current": (told.first, told.last) == (began, newest),
        }
        links.append(whole)
    return links


def language_links(told: Compared) -> list[Item]:
    """The languages in which wordings are held, where there is more than one."""
    links = [
        {"code": code, "url": told.url(lang=code), "current": code == told.language}
        for code in told.languages
    ]
    return links if len(links) > 1 else []


# -- the text ----------------------------------------------------------------------------------------------------------


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
    both = ((_("Before"), pair.old), (_("After"), pair.new))
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
            "text": _told_of(pair, step, told),
            "changed": True,
            **(maker(step.made_by, told) or {}),
        }
        for step in pair.steps
        if pair.is_change
    ]
    for one in pair.undated:
        text = _("A wording whose first day is not known is held too and is not compared.")
        found.append({"title": _("Not dated"), "text": text, **(maker(one.made_by, told) or {})})
    return found


def _told_of(pair: Pair, step: Step, told: Compared) -> str:
    """Our note on what a wording changed."""
    began = [
        one for one in pair.part.wordings if one.period.began_on and one.period.began_on.exact_day == step.day
    ]
    return next((own(vars(one), "change", told.ask) for one in began if one.change_en), "")
