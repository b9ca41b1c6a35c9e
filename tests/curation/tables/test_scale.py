"""B094: a long import while others write and read: nobody is refused, and nobody sees half of it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from cstokb.curation.models import State as UploadState
from cstokb.curation.tables import batches
from cstokb.records.publish import Change, write
from members.models import Person, State
from tests.factories.curators import curator
from tests.factories.records import state
from tests.scale import at_scale

#: More rows are written for longer than another writer waits for SQLite (cstokb.databases.SQLITE_WAIT_SECONDS).
ROWS = at_scale(2_000, 10_000)
READERS = 4


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_others_write_and_read_meanwhile() -> None:
    owner, now = curator("publisher"), timezone.now()
    arm = state("arm", "Armenia")
    lines = (f"person-{number},Person {number}\n" for number in range(ROWS))
    data = ("id,name_en\n" + "".join(lines)).encode()
    upload = batches.bring(owner, data, name="people.csv", at=now, choices={"kind": "person"})
    batches.compare(upload)
    done, seen, saves = threading.Event(), set[int](), list[int]()

    def save() -> None:
        said = {"alpha2": arm.alpha2, "name_en": arm.name_en, "capital_en": f"Yerevan {len(saves)}"}
        write([Change(State(**said), "arm")], at=now)
        saves.append(1)

    def look() -> None:
        seen.add(Person.objects.count())

    with ThreadPoolExecutor(1 + READERS) as pool:
        others = [pool.submit(_until, done, job) for job in (save, *[look] * READERS)]
        try:
            batches.confirm(upload, at=now, left_out=(), reason="", correction=False)
        finally:
            done.set()
    for one in others:
        one.result()  # nobody was told that the database is locked
    assert seen | {0, ROWS} == {0, ROWS}
    assert State.objects.get().capital_en == f"Yerevan {len(saves) - 1}"
    assert (Person.objects.count(), upload.state) == (ROWS, UploadState.CONFIRMED)


def _until(done: threading.Event, job: Callable[[], None]) -> None:
    try:
        while not done.wait(0.02):
            job()
    finally:
        connections.close_all()
