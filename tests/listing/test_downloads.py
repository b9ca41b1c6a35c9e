"""Whole lists that are kept once they were sent, and for how long they are true."""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cstokb.listing import asked, downloads
from cstokb.records.publish import withdraw
from tests.factories import records as make

pytestmark = pytest.mark.django_db
LIST = "/states.ndjson"
LATER = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def shelf(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where downloads are kept, be they ever so short."""
    settings.DOWNLOADS_DIR, settings.DOWNLOADS_KEPT = tmp_path / "kept", 1_000_000
    monkeypatch.setattr(downloads, "LEAST", 1)
    return tmp_path / "kept"


@pytest.fixture(autouse=True)
def world() -> None:
    make.state("kaz", "Kazakhstan", "Казахстан")
    make.state("arm", "Armenia", "Армения")


def streamed(response: Any) -> Iterator[bytes]:
    """What is sent of an answer, piece by piece."""
    return iter(response.streaming_content)


def kept(shelf: Path) -> list[str]:
    """The downloads in their folders, without the notes on what was asked."""
    found = (one.relative_to(shelf) for one in shelf.glob("*/*") if one.is_file())
    return sorted(str(one) for one in found if one.parts[0] != asked.FOLDER)


def keeping(pieces: Iterable[bytes], place: Path) -> Iterator[bytes]:
    """Pieces on their way to a reader and into a file."""
    return downloads._keeping(pieces, downloads._Copy(place, b"{}\n"), lambda size: None)


def took(path: str, **headers: str) -> tuple[bytes, dict[str, str], int]:
    """A download whole, what was said with it, and how many queries it took."""
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(path, headers=headers)
        body = b"".join(streamed(response))
    assert response.status_code == 200
    said = {name: value for name, value in response.items() if not name.startswith("RateLimit")}
    return body, said, len(captured)


class TestKept:
    @pytest.mark.parametrize(
        "path",
        [
            LIST,
            "/states.csv",
            "/states.json",
            "/ru/states.csv?sort=-name",
            "/api/v1/states.ndjson",
            "/data/records.ndjson",
        ],
    )
    def test_a_download_is_sent_again_to_the_letter_for_one_query(self, shelf: Path, path: str) -> None:
        body, said, queries = took(path)
        again, also, less = took(path)
        assert (again, also.pop("Content-Length"), also) == (body, str(len(body)), said)
        assert less == 1 < queries
        assert len(kept(shelf)) == 1

    def test_a_short_one_is_made_each_time(self, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        size = len(took(LIST)[0])
        monkeypatch.setattr(downloads, "LEAST", size + 1)
        took("/api/v1/states.ndjson")
        assert len(kept(shelf)) == 1
        monkeypatch.setattr(downloads, "LEAST", size)
        took("/api/v1/states.ndjson")
        assert len(kept(shelf)) == 2

    def test_pages_and_answers_of_the_api_are_no_downloads(self, shelf: Path) -> None:
        for path in ("/states/", "/api/v1/states/", "/api/v1/states/kaz/", "/states.atom"):
            assert Client().get(path).status_code == 200
        assert kept(shelf) == []

    def test_none_is_kept_where_that_is_switched_off(self, shelf: Path, settings: Any) -> None:
        settings.DOWNLOADS_KEPT = 0
        took(LIST)
        assert not shelf.exists()

    def test_a_refusal_is_none(self, shelf: Path) -> None:
        assert Client().get("/states.ndjson?nonsense=1").status_code == 400
        assert not shelf.exists()


class TestTrue:
    def test_what_is_published_shows_at_once_and_the_earlier_state_goes(self, shelf: Path) -> None:
        before = took(LIST)[0]
        (old,) = kept(shelf)
        make.state("blr", "Belarus", "Беларусь", at=LATER)
        after = took(LIST)[0]
        assert (before.count(b"\n"), after.count(b"\n")) == (2, 3)
        (new,) = kept(shelf)
        assert new.split("/")[0] != old.split("/")[0]

    def test_what_is_withdrawn_is_never_sent_again(self, shelf: Path) -> None:
        assert b'"kaz"' in took(LIST)[0]
        row = make.state("uzb", "Uzbekistan", "Узбекистан", at=LATER)
        assert b'"uzb"' in took(LIST)[0]
        withdraw(row, at=LATER, by=None, why="It named nobody.")
        assert b'"uzb"' not in took(LIST)[0]

    @pytest.mark.parametrize(
        ("path", "host"),
        [
            ("/ru/states.ndjson", "localhost"),
            ("/states.ndjson?sort=id", "localhost"),
            ("/states.ndjson?known_on=2026-01-01T13:00:00Z", "localhost"),
            ("/states.csv", "localhost"),
            (LIST, "127.0.0.1"),
        ],
    )
    def test_another_question_is_another_file(self, shelf: Path, path: str, host: str) -> None:
        took(LIST, host="localhost")
        took(path, host=host)
        assert len(kept(shelf)) == 2


class TestWhole:
    def test_who_leaves_half_way_leaves_nothing(self, shelf: Path) -> None:
        response = Client().get("/states.csv")
        assert next(streamed(response))
        response.close()
        assert kept(shelf) == []

    def test_a_head_alone_leaves_nothing(self, shelf: Path) -> None:
        assert Client().head(LIST).status_code == 200
        assert kept(shelf) == []

    def test_what_breaks_off_leaves_nothing(self, shelf: Path) -> None:
        def broken() -> Iterator[bytes]:
            yield b"half"
            raise RuntimeError

        copied = keeping(broken(), shelf / "state" / "one")
        with pytest.raises(RuntimeError):
            list(copied)
        assert kept(shelf) == []

    def test_two_at_once_keep_one_file(self, shelf: Path) -> None:
        place = shelf / "state" / "one"
        first, second = (keeping([b"a", b"b"], place) for _ in range(2))
        assert [next(first), next(second), *first, *second] == [b"a", b"a", b"b", b"b"]
        assert (kept(shelf), place.read_bytes()) == (["state/one"], b"{}\nab")

    def test_a_full_disk_is_said_in_the_log_and_not_to_the_reader(
        self, shelf: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def full(number: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        assert took(LIST)[0].count(b"\n") == 2
        assert kept(shelf) == []
        assert "A download is not kept: [Errno 28] No space left on device" in caplog.text


class TestRoom:
    def keep(self, shelf: Path, name: str, size: int) -> None:
        list(keeping([b"x" * size], shelf / "state" / name))

    def test_what_is_asked_for_least_goes_first(self, shelf: Path, settings: Any) -> None:
        settings.DOWNLOADS_KEPT = 1_000
        for age, name in ((100, "one"), (200, "two"), (300, "three")):
            self.keep(shelf, name, 300)
            os.utime(shelf / "state" / name, (age, age))
        os.utime(shelf / "state" / "one")  # asked for just now
        self.keep(shelf, "four", 300)
        assert kept(shelf) == ["state/four", "state/one", "state/three"]

    def test_one_that_is_larger_than_all_room_is_not_kept(self, shelf: Path, settings: Any) -> None:
        settings.DOWNLOADS_KEPT = 1_000
        self.keep(shelf, "one", 300)
        self.keep(shelf, "large", 1_001)
        assert kept(shelf) == ["state/one"]

    def test_what_nobody_finished_goes_after_a_day(self, shelf: Path) -> None:
        self.keep(shelf, "one", 10)
        old, new = (shelf / "state" / f"{downloads.UNFINISHED}{name}" for name in ("old", "new"))
        for file in (old, new):
            file.write_bytes(b"half")
        os.utime(old, (1, 1))
        self.keep(shelf, "two", 10)
        assert kept(shelf) == ["state/one", "state/two", f"state/{new.name}"]
