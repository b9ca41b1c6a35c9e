"""The whole search index made anew beside the one that serves, and put in its place in a moment.

Readers search the earlier index until the last moment, and editors go on writing: what they write meanwhile goes into
the earlier index as always and is noted, and what was noted is made once more before the swap. A rebuild that is cut
short leaves tables that nobody asks; the next one takes them away.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from cstokb.fulltext import engine
from cstokb.fulltext.beside import RebuildRunning, beside, mend
from cstokb.fulltext.models import Late, Rebuild
from cstokb.records.choices import Visibility
from cstokb.records.indexing import (
    BATCH,
    Follower,
    Step,
    documents_of,
    followers,
    searchable_kinds,
)
from cstokb.records.models import Entry, Head

__all__ = ["DOCUMENTS", "RebuildRunning", "rebuild", "tidy"]

#: How often the swap is tried where readers or writers hold the tables, and how long it rests in between.
TRIES = 60
REST_SECONDS = 1.0
#: After so long the lock of all writers is left for so long: on SQLite whoever waits for it asks ten times a second.
HELD_SECONDS = 0.5
ROOM_SECONDS = 0.11
DOCUMENTS = _("Making the search index anew")


def rebuild(at: datetime, *, alone: bool = False) -> Iterator[Step]:
    """Make the index anew, and first what else is derived from the records; says after each batch how far that is.

    What it says of documents has ``DOCUMENTS`` as its words. ``alone``: the index and nothing else, where that was made
    already.

    Raises:
        RebuildRunning: when another process is at it.
    """
    place = beside()
    with place.claimed():
        _tidy()
        for follower in () if alone else followers():
            yield from _followed(follower)
        place.make()
        _begin(at)
        yield from _fill()
        place.finish()
        _swap()
        place.settle()


def tidy() -> None:
    """Take away what a rebuild that was cut short has left. Raises RebuildRunning."""
    with beside().claimed():
        _tidy()


def _tidy() -> None:
    beside().forget()
    mend()
    with transaction.atomic():
        Rebuild.objects.all().delete()
        Late.objects.all().delete()


def _begin(at: datetime) -> None:
    """From here on whoever writes notes it: the lock of all writers is held, so that none is between the two."""
    with transaction.atomic():
        Head.locked()
        Rebuild.objects.create(began_at=at)


def _followed(follower: Follower) -> Iterator[Step]:
    """What is derived beside the index, portion by portion, so that whoever writes waits for one alone.

    What was never made is made whole or not at all: of a part that a dead process left nobody could tell.
    """
    steps, began = follower.rebuild(), time.monotonic()
    if not follower.is_complete():
        with transaction.atomic():
            Head.locked()
            yield from steps
        return
    while True:
        with transaction.atomic():
            Head.locked()
            step = next(steps, None)
        if step is None:
            return
        yield step
        if time.monotonic() - began > HELD_SECONDS:
            time.sleep(ROOM_SECONDS)
            began = time.monotonic()


def _fill() -> Iterator[Step]:
    public = Entry.objects.filter(kind__in=searchable_kinds(), visibility=Visibility.PUBLIC)
    done, total, last = 0, public.count(), 0
    while ids := list(public.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        _write(ids)
        done, last = done + len(ids), ids[-1]
        yield Step(done, max(total, done), DOCUMENTS)
    while _catch_up(BATCH) == BATCH:
        continue


def _write(ids: list[int], notes: Sequence[int] = ()) -> None:
    """The documents of records into the second index; texts are read before anybody has to wait for it."""
    read = engine.read(documents_of(ids))
    with transaction.atomic():
        with beside().into():
            engine.remove(ids)
            engine.put(read)
        Late.objects.filter(pk__in=notes).delete()


def _catch_up(most: int | None = None) -> int:
    """Make once more what was written meanwhile, the earliest first; how many notes that was.

    A note is taken away only with the documents that were read after it.
    """
    notes = dict(Late.objects.order_by("pk").values_list("pk", "record_id")[:most])
    for start in range(0, len(notes), BATCH):
        part = dict(list(notes.items())[start : start + BATCH])
        _write(sorted(set(part.values())), list(part))
    return len(notes)


def _swap() -> None:
    """Let the second index serve, while nobody writes. Who reads the first one is waited for, never interrupted."""
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                Head.locked()
                _catch_up()
                beside().swap()
                Rebuild.objects.all().delete()
        except OperationalError:
            if attempt == TRIES:
                raise
            time.sleep(REST_SECONDS)
        else:
            return
