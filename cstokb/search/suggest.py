"""Suggestions while somebody types: names and titles that open with what is typed, or sound like it, and articles.

The likeliest come first: a whole name, the beginning of a name, the beginning of a word in it, what sounds alike; among
these states, people and instruments before the rest. What only the other keyboard layout explains comes last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from cstokb.fulltext.keyboard import other_layout
from cstokb.fulltext.names import name_key
from cstokb.fulltext.normalise import fold
from cstokb.fulltext.openings import Asked, Opened, opened, typed
from cstokb.listing.ask import Ask
from cstokb.records.models import Entry
from cstokb.search.articles import articles, numbered
from cstokb.search.kinds import KINDS
from treaty.models import Provision

MOST = 10
#: Headings of each kind, and of each place in them, that are looked at before the best are chosen.
EACH = 16
#: Fewer sounds, or letters on the other keyboard, mean nothing.
LEAST = 3
LONGEST = 100
#: Kinds in the order of their worth among names that fit equally well.
ORDER = (
    *("state", "person", "instrument", "organ", "topic"),
    *("provision", "session", "statement", "invocation", "activity", "milestone"),
)
#: Kinds whose names are romanised in many ways.
SOUNDING = ("state", "person", "organ")
FITS = ("exact", "name", "word", "sound", "layout")


class Fit(NamedTuple):
    """How a heading fits what was typed; the least is the best."""

    fit: int
    kind: int
    length: int
    text: str
    record_id: int


def suggestions(text: str, ask: Ask) -> list[dict[str, Any]]:
    """Records that may be meant, the likeliest first, each once under the name that fits best."""
    written = text.strip()[:LONGEST]
    best: dict[int, Fit] = {}
    for fit in sorted(_fits(written)):
        best.setdefault(fit.record_id, fit)
    cited = articles(written, MOST)
    chosen = list(best.values())[: 2 * MOST]
    entries = Entry.objects.public().exclude(path="").in_bulk([*cited, *(fit.record_id for fit in chosen)])
    told = [_told(entries[key], "", "exact", ask) for key in cited if key in entries]
    told += [
        _told(entries[fit.record_id], fit.text, FITS[fit.fit], ask)
        for fit in chosen
        if fit.record_id in entries and fit.record_id not in cited
    ]
    return told[:MOST]


def beginning_key(text: str) -> str:
    """The key with which the keys of names begin; an o that stands last may not be the last of the name."""
    key = name_key(text)
    return key[:-1] if fold(text).endswith(("o", "о")) else key


def _fits(written: str) -> Iterator[Fit]:
    """Every heading that fits, with how well it does; one query."""
    text, sound = typed(written), beginning_key(written)
    other = typed(other_layout(written))
    # Of articles a number says which are meant: Article 4 is no beginning of Article 40.
    kinds = [kind for kind in ORDER if kind != Provision.kind] if numbered(written) else ORDER
    asked = [Asked(kind, text) for kind in kinds] if text else []
    if text and len(sound) >= LEAST:
        asked += [Asked(kind, sound, sound=True) for kind in SOUNDING]
    if len(other) >= LEAST:
        asked += [Asked(kind, other) for kind in ORDER]
    for found in opened(asked, EACH):
        kind = ORDER.index(found.kind)
        yield Fit(_fit(found, text, other), kind, len(found.text), found.text, found.record_id)


def _fit(found: Opened, text: str, other: str) -> int:
    if text and found.start.startswith(text):
        return found.place + 1 if found.place or found.start != text else 0
    return FITS.index("layout" if len(other) >= LEAST and found.start.startswith(other) else "sound")


def _told(entry: Entry, text: str, fit: str, ask: Ask) -> dict[str, Any]:
    label = entry.label(ask.language)
    return {
        "text": text or label,
        "type": entry.kind,
        "type_label": str(KINDS[entry.kind]),
        "id": entry.slug,
        "label": label,
        "fit": fit,
        "html_url": ask.absolute(ask.localised(entry.path)),
    }
