"""What a reader must know before comparing wordings: whose words they are, and what a difference between them means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from treaty.choices import TextStanding
from treaty.page_parts import Item
from treaty.reading import Wording

OFFICIAL = (TextStanding.AUTHENTIC, TextStanding.OFFICIAL_TRANSLATION)


class Purpose(Enum):
    """What is laid side by side."""

    DAYS = "two days of one text"
    LANGUAGES = "two languages of one text"
    PROVISIONS = "two provisions"


Sides = Sequence[tuple[Wording | None, Wording | None]]


def notices(sides: Sides, purpose: Purpose, official: Iterable[Item]) -> list[Item]:
    """The notices at the top of a comparison, the gravest first; ``official`` are links to official texts."""
    standings = [tuple(one.standing for one in pair if one) for pair in sides]
    found = (
        _restated(standings, purpose, list(official)),
        _mixed(standings),
        _translated(standings, purpose),
    )
    return [one for one in found if one]


def _restated(standings: Sequence[tuple[str, ...]], purpose: Purpose, official: list[Item]) -> Item | None:
    every = [standing for pair in standings for standing in pair]
    ours = every.count(TextStanding.RESTATEMENT)
    if not ours:
        return None
    if ours == len(every):
        title = _("What is compared here is our restatement, not the official text.")
    else:
        title = _(
            "Some of what is compared here is our restatement, not the official text; each text says which it is."
        )
    return {
        "kind": "warn",
        "title": title,
        "paragraphs": [_RESTATED[purpose](), _("Restatements have no legal force. Quote the official text.")],
        "links": official,
    }


def _restated_days() -> str:
    return _(
        "A restatement tells in our own words what our sources say a provision holds. A marked change is a change of "
        "substance that they report. The official text may have changed in other words, or in places where our words "
        "stayed the same."
    )


def _restated_languages() -> str:
    return _(
        "A restatement tells in our own words what our sources say a provision holds. Two restatements may differ in "
        "words where the official texts agree."
    )


def _restated_provisions() -> str:
    return _(
        "A restatement tells in our own words what our sources say a provision holds. Words that two restatements "
        "share are ours: they do not show that the official texts share them."
    )


_RESTATED = {
    Purpose.DAYS: _restated_days,
    Purpose.LANGUAGES: _restated_languages,
    Purpose.PROVISIONS: _restated_provisions,
}


def _mixed(standings: Sequence[tuple[str, ...]]) -> Item | None:
    """Where one side is official and the other ours, the words differ everywhere for no reason of law."""
    mixed = [
        pair
        for pair in standings
        if TextStanding.RESTATEMENT in pair and any(one != TextStanding.RESTATEMENT for one in pair)
    ]
    if not mixed:
        return None
    text = _("Their words differ because one of them is ours. Such a difference is no change of the law.")
    return {"kind": "warn", "title": _("A restatement stands beside a text of others."), "paragraphs": [text]}


def _translated(standings: Sequence[tuple[str, ...]], purpose: Purpose) -> Item | None:
    if not any(TextStanding.UNOFFICIAL_TRANSLATION in pair for pair in standings):
        return None
    text = _("A difference may be the choice of a translator. Only the authentic text decides.")
    title = _("Unofficial translations are compared here.")
    if purpose is Purpose.LANGUAGES:
        title = _("At least one side is an unofficial translation.")
    return {"kind": "acc", "title": title, "paragraphs": [text]}


def official_links(rows: Iterable[tuple[str, str]], ask: Ask) -> list[Item]:
    """Links to the official texts of instruments, given as (label, address)."""
    label = _("Official text: %(instrument)s")
    return [{"url": url, "label": label % {"instrument": name}} for name, url in dict(rows).items() if url]
