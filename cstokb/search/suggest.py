"""Suggestions while somebody types: names, titles and offices that open with what is typed or sound like it; articles.

The likeliest come first: a whole name, the beginning of a name, the beginning of a word in it, what sounds alike; among
these states, people and instruments before the rest. For an office whoever holds it is suggested, and behind all else
who held it. What only the other keyboard layout explains comes last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from cstokb.fulltext.keyboard import other_layout
from cstokb.fulltext.names import name_key
from cstokb.fulltext.normalise import fold
from cstokb.fulltext.openings import HELD, LEFT, Asked, Opened, opened, typed
from cstokb.listing.ask import Ask
from cstokb.records.models import Entry
from cstokb.search.articles import articles, numbered
from cstokb.search.kinds import KINDS
from cstokb.search.posts import Post, posts
from treaty.models import Provision

MOST = 10
#: Headings of each kind, and of each place in them, that are looked at before the best are chosen.
EACH = 16
#: Fewer sounds, or letters on the other keyboard, mean nothing.
LEAST = 3
LONGEST = 100
#: Kinds in the order of their worth among names that fit equally well.
ORDER = (
    *("state", "person", "instrument", "organ", HELD, "topic"),
    *("provision", "session", "statement", "invocation", "activity", "milestone", LEFT),
)
#: Kinds whose names are romanised in many ways, or typed in Latin letters where they are Russian (ustav, mirotvor).
SOUNDING = ("state", "person", "organ", "instrument", "topic")
FITS = ("exact", "name", "word", "sound", "layout")


class Fit(NamedTuple):
    """How a heading fits what was typed; the least is the best."""

    fit: int
    kind: int
    length: int
    since: int
    text: str
    record_id: int
    post: Post | None


def suggestions(text: str, ask: Ask) -> list[dict[str, Any]]:
    """Records that may be meant, the likeliest first, each once under the name or the office that fits best."""
    written = text.strip()[:LONGEST]
    best: dict[int, Fit] = {}
    for fit in sorted(_fits(written, ask)):
        best.setdefault(fit.record_id, fit)
    cited = articles(written, MOST)
    chosen = list(best.values())[: 2 * MOST]
    entries = Entry.objects.public().exclude(path="").in_bulk([*cited, *(fit.record_id for fit in chosen)])
    told = [_told(entries[key], "", "exact", None, ask) for key in cited if key in entries]
    told += [
        _told(entries[fit.record_id], "" if fit.post else fit.text, FITS[fit.fit % len(FITS)], fit.post, ask)
        for fit in chosen
        if fit.record_id in entries and fit.record_id not in cited
    ]
    return told[:MOST]


def beginning_key(text: str) -> str:
    """The key with which the keys of names begin; an o that stands last may not be the last of the name."""
    key = name_key(text)
    return key[:-1] if fold(text).endswith(("o", "о")) else key


def _fits(written: str, ask: Ask) -> Iterator[Fit]:
    """Every heading that fits, with how well it does; one query, and where offices are among them that of ``posts``."""
    text, sound = typed(written), beginning_key(written)
    other = typed(other_layout(written))
    # Of articles a number says which are meant: Article 4 is no beginning of Article 40.
    kinds = [kind for kind in ORDER if kind != Provision.kind] if numbered(written) else ORDER
    asked = [Asked(kind, text) for kind in kinds] if text else []
    if text and len(sound) >= LEAST:
        asked += [Asked(kind, sound, sound=True) for kind in SOUNDING]
    if len(other) >= LEAST:
        asked += [Asked(kind, other) for kind in ORDER]
    found = opened(asked, EACH)
    held = posts({(one.record_id, one.text) for one in found if one.kind in (HELD, LEFT)}, ask)
    for one in found:
        post = held.get((one.record_id, one.text)) if one.kind in (HELD, LEFT) else None
        if post or one.kind not in (HELD, LEFT):
            yield _fit(one, post, text, other)


def _fit(found: Opened, post: Post | None, text: str, other: str) -> Fit:
    kind = (HELD if post.current else LEFT) if post else found.kind
    # Of who held an office the last one comes first.
    since = post.began_on.earliest if post and post.began_on else None
    return Fit(
        fit=_place(found, text, other) + len(FITS) * (kind == LEFT),
        kind=ORDER.index(kind),
        length=len(found.text),
        since=-since.toordinal() if since else 0,
        text=found.text,
        record_id=found.record_id,
        post=post,
    )


def _place(found: Opened, text: str, other: str) -> int:
    if text and found.start.startswith(text):
        return found.place + 1 if found.place or found.start != text else 0
    return FITS.index("layout" if len(other) >= LEAST and found.start.startswith(other) else "sound")


def _told(entry: Entry, text: str, fit: str, post: Post | None, ask: Ask) -> dict[str, Any]:
    label = entry.label(ask.language)
    return {
        "text": text or label,
        "type": entry.kind,
        "type_label": str(KINDS[entry.kind]),
        "id": entry.slug,
        "label": label,
        "office": post.words(ask.language) if post else None,
        "fit": fit,
        "html_url": ask.absolute(ask.localised(entry.path)),
    }
