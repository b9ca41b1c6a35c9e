"""B094: a long import while others write and read: nobody is refused, and no reader sees half of it."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from cstokb.curation.models import State as UploadState
from cstokb.curation.tables import batches
from cstokb.records.models import Entry
from cstokb.records.publish import Change, write
from members.models import Person, State
from tests.factories.curators import curator
from tests.factories.records import person, state
from tests.scale import at_scale

logger = logging.getLogger(__name__)

ROWS = at_scale(2_000, 50_000)
#: Records that readers see, which the same table changes.
CHANGED = 50
EDITORS = 3
READERS = 8
#: In seconds: how long an editor thinks, and how long a reader reads.
THINKING, READING = 1.0, 0.1


def table() -> bytes:
    rows = [f"person-{number},Person {number},Новое имя" for number in range(ROWS)]
    rows += [f"known-{number},Known {number},Новое имя" for number in range(CHANGED)]
    return "\n".join(["id,name_en,name_ru", *rows]).encode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_others_write_and_read_meanwhile() -> None:
    owner, now = curator("publisher"), timezone.now()
    for number in range(CHANGED):
        person(f"known-{number}", f"Known {number}")
    places = [
        state(slug, name) for slug, name in (("arm", "Armenia"), ("blr", "Belarus"), ("kaz", "Kazakhstan"))
    ]
    upload = batches.bring(owner, table(), name="people.csv", at=now, choices={"kind": "person"})
    batches.compare(upload)
    done, seen = threading.Event(), set[tuple[int, int]]()
    waits: list[list[float]] = [[] for _place in places]

    def save(place: int) -> None:
        said = {"alpha2": places[place].alpha2, "name_en": places[place].name_en}
        began = time.monotonic()
        write(
            [Change(State(**said, capital_en=f"Town {len(waits[place])}"), places[place].public_id)], at=now
        )
        waits[place].append(time.monotonic() - began)

    def look() -> None:
        public = Person.objects.published()
        seen.add((public.count(), public.filter(name_ru="Новое имя").count()))

    editors = [lambda place=place: save(place) for place in range(EDITORS)]
    began = time.monotonic()
    with ThreadPoolExecutor(EDITORS + READERS) as pool:
        others = [pool.submit(_until, done, job, THINKING) for job in editors]
        others += [pool.submit(_until, done, look, READING) for _reader in range(READERS)]
        try:
            batches.confirm(upload, at=now, left_out=(), reason="", correction=False)
        finally:
            done.set()
    for one in others:
        one.result()  # nobody was told that the database is locked
    assert seen | {(CHANGED, 0), (CHANGED, CHANGED)} == {(CHANGED, 0), (CHANGED, CHANGED)}
    for place, times in zip(places, waits, strict=True):
        assert State.objects.get(pk=place.pk).capital_en == f"Town {len(times) - 1}"
    assert Entry.objects.filter(kind="person", publication="draft").count() == ROWS
    assert (upload.state, upload.portions.count()) == (UploadState.CONFIRMED, 0)
    every = sorted(wait for times in waits for wait in times)
    logger.info(  # no test asserts a time
        "%d rows in %.0f s; %d saves, the longest %.2f s, 19 of 20 within %.2f s",
        *(ROWS, time.monotonic() - began, len(every), every[-1], every[int(0.95 * (len(every) - 1))]),
    )


def _until(done: threading.Event, job: Callable[[], None], pause: float) -> None:
    try:
        while not done.wait(pause):
            job()
    finally:
        connections.close_all()
