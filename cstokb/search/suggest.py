"""Suggestions while somebody types: names that begin with what is typed, or that sound like it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cstokb.fulltext.names import name_key
from cstokb.fulltext.normalise import fold
from cstokb.listing.ask import Ask
from cstokb.records.choices import Visibility
from cstokb.records.models import NameForm
from cstokb.search.kinds import KINDS

MOST = 10
#: Names looked at before the best are chosen.
LOOKED_AT = 300
LEAST_KEY = 3
LONGEST = 100


def suggestions(text: str, ask: Ask) -> list[dict[str, Any]]:
    """Records that may be meant, the likeliest first, each once under the name that fits best."""
    folded, key = fold(text)[:LONGEST], beginning_key(text[:LONGEST])
    if not folded:
        return []
    fits = Q(folded__startswith=folded) | Q(folded__contains=f" {folded}") | Q(folded__contains=f"-{folded}")
    if len(key) >= LEAST_KEY:
        fits |= Q(key__startswith=key)
    names = NameForm.objects.filter(fits, entry__visibility=Visibility.PUBLIC, entry__kind__in=KINDS)
    names = names.exclude(entry__path="").select_related("entry").order_by("folded", "id")
    best: dict[int, tuple[tuple[Any, ...], NameForm]] = {}
    for name in names[:LOOKED_AT]:
        rank = _rank(name, folded)
        if name.entry_id not in best or rank < best[name.entry_id][0]:
            best[name.entry_id] = (rank, name)
    chosen = sorted(best.values(), key=lambda pair: pair[0])[:MOST]
    return [_told(name, ask) for _rank_of, name in chosen]


def beginning_key(text: str) -> str:
    """The key with which the keys of names begin; an o that stands last may not be the last of the name."""
    key = name_key(text)
    return key[:-1] if fold(text).endswith(("o", "о")) else key


def _rank(name: NameForm, folded: str) -> tuple[Any, ...]:
    """Whole names first, then beginnings, then beginnings of a word, then what sounds alike; short ones first."""
    if name.folded == folded:
        place = 0
    elif name.folded.startswith(folded):
        place = 1
    else:
        place = 2 if f" {folded}" in name.folded or f"-{folded}" in name.folded else 3
    return place, list(KINDS).index(name.entry.kind), len(name.folded), name.folded, name.entry_id


def _told(name: NameForm, ask: Ask) -> dict[str, Any]:
    entry = name.entry
    return {
        "text": name.text,
        "type": entry.kind,
        "id": entry.slug,
        "label": entry.label(ask.language),
        "html_url": ask.absolute(ask.localised(entry.path)),
    }
