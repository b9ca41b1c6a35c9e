"""Long work tells how far it is, goes on beside the request, and ends with a sentence whatever happens in it."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from cstokb.accounts.models import User
from cstokb.curation import work
from cstokb.curation.models import Kind, StoredFile, Upload
from cstokb.curation.models.progress import SILENCE
from cstokb.curation.reading import DocumentRefused
from cstokb.records.publish import WriteRefused


def upload() -> Upload:
    now = timezone.now()
    owner = User.objects.create_user("anna@example.org")
    file = StoredFile.objects.keep(b"x", name="x.txt", media_type="text/plain", at=now)
    return Upload.objects.bring(owner, file, kind=Kind.DOCUMENT, at=now)


def failing(error: Exception) -> Callable[[Upload], None]:
    def job(row: Upload) -> None:
        raise error

    return job


@pytest.mark.django_db
class TestItsEnd:
    @pytest.fixture(autouse=True)
    def at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(work, "launch", lambda job: job())

    def test_done_is_said_by_silence(self) -> None:
        row = upload()
        work.start(row, lambda one: one.tell("Half", at=timezone.now(), done=1, total=2))
        assert (row.said, row.moved_at, row.done, row.total) == ("", None, 1, 2)

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (WriteRefused("There is no state zzz."), "There is no state zzz."),
            (DocumentRefused("The file is empty."), "The file is empty."),
            (ValidationError("No date."), "No date."),
            (
                ZeroDivisionError("secret"),
                "Something went wrong; nothing was written. It has been noted in the log.",
            ),
        ],
    )
    def test_a_failure_is_said_in_a_sentence(self, error: Exception, said: str) -> None:
        row = upload()
        work.start(row, failing(error))
        assert (row.said, row.moved_at) == (said, None)

    def test_it_speaks_the_language_of_the_page(self) -> None:
        heard: list[str | None] = []
        with translation.override("ru"):
            work.start(upload(), lambda _row: heard.append(translation.get_language()))
        assert heard == ["ru"]

    def test_nobody_begins_what_is_being_done(self) -> None:
        row, began = upload(), list[str]()
        row.tell("At it", at=timezone.now())
        work.start(row, lambda _row: began.append("again"))
        assert began == []
        row.tell("At it", at=timezone.now() - SILENCE - timedelta(seconds=1))
        assert row.was_cut_off(at=timezone.now())
        work.start(row, lambda _row: began.append("after it was cut off"))
        assert began == ["after it was cut off"]


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_for_long_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread goes on; others see how far it is."""
    monkeypatch.setattr(work, "PATIENCE", 0.05)
    told, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def job(row: Upload) -> None:
        row.tell("Reading", at=timezone.now(), done=1, total=2)
        told.set()
        assert go_on.wait(20)

    def apart(run: Callable[[], None]) -> None:
        def whole() -> None:
            run()
            ended.set()

        work.in_thread(whole)

    monkeypatch.setattr(work, "launch", apart)
    row = upload()
    work.start(row, job)
    assert told.wait(20)
    row.refresh_from_db()
    assert (row.said, row.done, row.total, row.is_at_work(at=timezone.now())) == ("Reading", 1, 2, True)
    go_on.set()
    assert ended.wait(20)
    row.refresh_from_db()
    assert row.moved_at is None
