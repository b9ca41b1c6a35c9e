"""What rules find over everything that stands, kept for as long as nothing was written.

Going through all records takes tenths of a second, too long for a first page that is opened all day. What was found is
kept under the last event, the number of records and the day: whatever is written changes one of these, and so does
saying that two records are not one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.core.cache import cache

from cstokb.curation.desk.items import Asker
from cstokb.records.models import Apart, ChangeEvent, Entry

HOURS = 3600 * 12
Found = list[tuple[Any, ...]]


def revision(kinds: Collection[str]) -> str:
    """The state of everything that is written of some kinds, drafts included, or of all where none is named."""
    entries = Entry.objects.filter(kind__in=kinds) if kinds else Entry.objects.all()
    events = ChangeEvent.objects.filter(entry__kind__in=kinds) if kinds else ChangeEvent.objects.all()
    last = events.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"{last}-{entries.count()}-{Apart.objects.count() if kinds else 0}"


def kept(
    word: str, find: Callable[[Asker], Found], *, kinds: Collection[str] = ()
) -> Callable[[Asker], Found]:
    """What a rule finds, found again when something was written since or another day has begun.

    ``kinds`` names those on which it rests; a rule without any rests on everything.
    """

    def found(asker: Asker) -> Found:
        if word not in asker.once:
            asker.once[word] = _held(word, find, asker, kinds)
        held: Found = asker.once[word]
        return held

    return found


def _held(word: str, find: Callable[[Asker], Found], asker: Asker, kinds: Collection[str]) -> Found:
    state = f"state of {' '.join(kinds)}"
    if state not in asker.once:
        asker.once[state] = revision(kinds)
    key = f"desk:{word}:{asker.once[state]}:{asker.at.date()}"
    held: Found | None = cache.get(key)
    if held is None:
        held = find(asker)
        cache.set(key, held, HOURS)
    return held
