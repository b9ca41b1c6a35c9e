"""Downloads that were asked for under an earlier state are made anew, so that the next reader is sent a file."""

import io
import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from cstokb.listing import asked, downloads, export, remaking
from cstokb.listing.errors import SearchAway
from cstokb.listing.throttling import LEASES
from cstokb.records.publish import withdraw
from tests.factories import records as make
from tests.listing.test_downloads import LATER, LIST, kept, shelf, streamed, took, world

__all__ = ["shelf", "world"]
pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


@pytest.fixture(autouse=True)
def ground(shelf: Path) -> None:
    """What is downloaded is kept."""


def published() -> None:
    make.state("blr", "Belarus", "Беларусь", at=LATER)


def made(seconds: float = 60) -> int | None:
    return remaking.make_anew(timezone.now(), seconds)


def fresh(path: str, **headers: str) -> bytes:
    """A download as it is made where nothing is kept."""
    with override_settings(DOWNLOADS_KEPT=0):
        return took(path, **headers)[0]


def is_ready(path: str, **headers: str) -> bool:
    """Whether a reader is sent a file."""
    response = Client().get(path, headers=headers)
    ready = "Content-Length" in response.headers
    if ready:
        list(streamed(response))
    return ready


def noted() -> list[str]:
    return [one.question.path for one in asked.standing(TODAY)]


class TestAnew:
    @pytest.mark.parametrize(
        ("path", "headers"),
        [
            (LIST, {}),
            ("/states.csv?sort=-name", {}),
            ("/ru/states.json", {"host": "127.0.0.1"}),
            ("/ru/states.ndjson?q=Арм%D0%B5%D0%BD%D0%B8%D1%8F", {}),
            ("/states.ndjson?known_on=2026-01-01T13:00:00Z", {}),
            ("/states.ndjson?on=2026-01-01", {}),
            ("/api/v1/states.ndjson", {}),
            ("/api/v1/states/", {"accept": "text/html;q=0.5, text/csv"}),
            ("/api/v1/states/?format=ndjson", {}),
            ("/data/records.ndjson", {}),
        ],
    )
    def test_a_reader_is_sent_a_file_that_is_to_the_letter_what_he_would_be_sent(
        self, shelf: Path, path: str, headers: dict[str, str]
    ) -> None:
        took(path, **headers)
        published()
        assert made() == 1
        told = took(path, **headers)
        assert (told[0], told[2], len(kept(shelf))) == (fresh(path, **headers), 1, 1)

    def test_the_scheme_is_part_of_the_question(self) -> None:
        list(streamed(Client().get(LIST, secure=True)))
        published()
        assert made() == 1
        assert not is_ready(LIST)
        response = Client().get(LIST, secure=True)
        assert response.headers["Content-Length"] == str(len(b"".join(streamed(response))))

    def test_the_next_day_and_the_next_release_are_another_state(self, shelf: Path) -> None:
        took(LIST)
        assert (made(), made()) == (0, 0)
        with override_settings(RELEASE="another"):
            assert (is_ready(LIST), made(), is_ready(LIST), made()) == (False, 1, True, 0)
        assert len(kept(shelf)) == 1

    def test_the_next_day_is_another_state(self, monkeypatch: pytest.MonkeyPatch) -> None:
        took(LIST)
        tomorrow = timezone.now() + timedelta(days=1)
        monkeypatch.setattr(timezone, "now", lambda: tomorrow)
        assert (is_ready(LIST), made(), is_ready(LIST), made()) == (False, 1, True, 0)

    def test_where_nothing_was_published_one_query_is_asked(self, django_assert_num_queries: Any) -> None:
        took(LIST)
        published()
        assert made() == 1
        with django_assert_num_queries(1):
            assert made() == 0

    def test_none_is_made_where_that_is_switched_off(self, settings: Any) -> None:
        took(LIST)
        published()
        settings.DOWNLOADS_KEPT = 0
        assert made() == 0

    def test_what_was_withdrawn_is_in_no_file(self, shelf: Path) -> None:
        row = make.state("uzb", "Uzbekistan", "Узбекистан", at=LATER)
        took(LIST)
        took("/states.csv")
        assert all(b"uzb" in (shelf / one).read_bytes() for one in kept(shelf))
        withdraw(row, at=LATER, by=None, why="It named nobody.")
        assert made() == 2
        assert len(kept(shelf)) == 2
        assert not any(b"uzb" in (shelf / one).read_bytes() for one in kept(shelf))

    def test_files_of_the_earlier_state_go_even_where_nothing_is_made(self, shelf: Path) -> None:
        took(LIST)
        asked.forget(asked.standing(TODAY)[0].question.name)
        published()
        assert (len(kept(shelf)), made(), kept(shelf)) == (1, 0, [])


class TestNobody:
    def test_it_is_asked_by_nobody_and_counted_by_no_limit(
        self, shelf: Path, monkeypatch: pytest.MonkeyPatch, client: Client, django_user_model: Any
    ) -> None:
        client.force_login(django_user_model.objects.create(email="editor@example.org"))
        list(streamed(client.get("/api/v1/states.csv", headers={"user-agent": "Reader/1"})))
        (note,) = (one for one in (shelf / asked.FOLDER).iterdir())
        assert set(json.loads(note.read_text())["question"]) == {
            "scheme",
            "host",
            "script",
            "path",
            "query",
            "media_type",
        }
        published()
        monkeypatch.setattr(LEASES, "take", lambda *given: pytest.fail("It was counted."))
        assert made() == 1

    def test_no_header_makes_a_reader_us(self, monkeypatch: pytest.MonkeyPatch) -> None:
        taken = Mock(return_value=1)
        monkeypatch.setattr(LEASES, "take", taken)
        took("/api/v1/states.csv", **{"cstokb.anew": "1", "cstokb-anew": "1"})
        assert (taken.call_count, noted()) == (1, ["/api/v1/states.csv"])

    def test_a_host_that_is_no_longer_allowed_is_forgotten(self, shelf: Path, settings: Any) -> None:
        took(LIST)
        took(LIST, host="127.0.0.1")
        published()
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        assert (made(), len(kept(shelf)), noted()) == (1, 1, [LIST])
        assert is_ready(LIST, host="127.0.0.1")

    def test_what_is_made_anew_is_not_asked_for(self, shelf: Path) -> None:
        took(LIST)
        (note,) = (shelf / asked.FOLDER).iterdir()
        os.utime(note, (1_000, 1_000))
        published()
        made()
        (file,) = kept(shelf)
        assert (shelf / file).stat().st_mtime == note.stat().st_mtime == 1_000


class TestUnfinished:
    def test_without_time_the_next_run_goes_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        took(LIST)
        took("/states.csv")
        published()
        assert made(seconds=0) is None
        clock = iter([0.0, 0.0, 99.0])
        monkeypatch.setattr(
            remaking, "time", SimpleNamespace(monotonic=lambda: next(clock), time=lambda: 0.0)
        )
        assert (made(), is_ready("/states.csv"), is_ready(LIST)) == (None, True, False)

    def test_what_stands_is_not_made_again(self, shelf: Path) -> None:
        took(LIST)
        took("/states.csv")
        published()
        took(LIST)
        assert made() == 1

    def test_after_a_kill_nothing_half_is_left_and_the_rest_is_made(self, shelf: Path) -> None:
        took(LIST)
        took("/states.csv")
        published()
        state = shelf / "state"
        state.mkdir()
        (state / f"{downloads.MADE_ANEW}x").write_bytes(b"half")
        killed = next(one.question for one in asked.standing(TODAY) if one.question.path == LIST)
        (shelf / remaking.PROGRESS).write_text(json.dumps({"state": "", "making": killed.name}))
        assert (made(), noted()) == (1, ["/states.csv"])
        assert not list(shelf.rglob("*anew-*"))
        took(LIST)
        assert noted() == [LIST, "/states.csv"]

    def test_of_two_at_once_one_works(self) -> None:
        took(LIST)
        published()
        with remaking._claimed() as progress:
            assert progress is not None
            assert made() is None
        assert made() == 1

    def test_on_a_full_disk_it_waits(
        self, shelf: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def full(number: int) -> None:
            raise OSError(28, "No space left on device")

        took(LIST)
        published()
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            assert made() is None
        assert "Downloads are not made anew: [Errno 28] No space left on device" in caplog.text
        assert not list(shelf.rglob(f"{downloads.UNFINISHED}*"))
        assert made() == 1

    def test_what_breaks_off_is_forgotten_and_the_others_are_made(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*given: Any) -> Iterator[bytes]:
            yield b"half"
            raise RuntimeError

        took(LIST)
        took("/states.csv")
        published()
        with monkeypatch.context() as patched:
            patched.setitem(export.FORMATS, "csv", ("text/csv", broken))
            assert made() == 1
        assert noted() == [LIST]
        assert "A download breaks off and is not made anew: /states.csv" in caplog.text

    def test_where_the_search_is_away_it_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(*given: Any) -> None:
            raise SearchAway

        took(LIST)
        published()
        with monkeypatch.context() as patched:
            patched.setattr("cstokb.listing.pages.export", away)
            assert (made(), noted()) == (None, [LIST])
        assert made() == 1

    def test_what_became_too_short_for_a_file_is_forgotten(self, monkeypatch: pytest.MonkeyPatch) -> None:
        took(LIST)
        published()
        monkeypatch.setattr(downloads, "LEAST", 1_000_000)
        assert (made(), noted(), made()) == (0, [], 0)

    def test_who_comes_late_with_an_earlier_state_takes_no_later_one_away(self, shelf: Path) -> None:
        late = streamed(Client().get("/states.csv"))
        first = next(late)
        published()
        assert is_ready(LIST) is False
        took(LIST)
        assert first + b"".join(late)
        assert is_ready(LIST)


def question(path: str) -> asked.Question:
    return asked.Question("http", "localhost", "", path, "", "text/csv")


class TestAsked:
    def note(self, path: str, *days: int, size: int = 10) -> None:
        for day in days:
            asked.note(question(path), size, date(2026, 1, day))

    def standing(self, day: date) -> list[str]:
        return [one.question.path for one in asked.standing(day)]

    def test_most_days_first_and_then_the_last(self, shelf: Path) -> None:
        self.note("/one", 3)
        self.note("/often", 1, 1, 2)
        self.note("/two", 3)
        os.utime(shelf / asked.FOLDER / question("/two").name, (1, 1))
        assert self.standing(date(2026, 1, 3)) == ["/often", "/one", "/two"]

    def test_what_nobody_asks_for_in_thirty_days_goes(self, shelf: Path) -> None:
        self.note("/one", 1)
        self.note("/two", 1, 2)
        (shelf / asked.FOLDER / "torn").write_text("{")
        asked.forget_old(date(2026, 1, 30))
        assert self.standing(date(2026, 1, 30)) == ["/two", "/one"]
        asked.forget_old(date(2026, 1, 31))
        assert [one.days for one in asked.standing(date(2026, 1, 31))] == [("2026-01-02",)]
        assert len(list((shelf / asked.FOLDER).iterdir())) == 1

    def test_who_walks_through_all_addresses_drives_out_none_that_is_asked_for_day_by_day(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asked, "MOST", 3)
        self.note("/daily", 1, 2)
        self.note("/often", 1, 2, 3)
        for number in range(5):
            self.note(f"/walked-{number}", 4)
        standing = self.standing(date(2026, 1, 4))
        assert (standing[:2], len(standing)) == (["/often", "/daily"], 3)

    def test_a_disk_that_refuses_a_note_is_not_told_to_the_reader(
        self, shelf: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*given: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(asked, "_write", full)
        assert took(LIST)[0].count(b"\n") == 2
        assert took(LIST)[0].count(b"\n") == 2


class TestRoom:
    def test_what_has_no_room_is_left_to_its_readers(self, shelf: Path, settings: Any) -> None:
        took("/states.csv")
        took(LIST)
        sizes = {one.question.path: one.size for one in asked.standing(TODAY)}
        published()
        settings.DOWNLOADS_KEPT = sizes[LIST] * 2
        assert made() == 1
        assert (is_ready(LIST), is_ready("/states.csv")) == (True, False)
        assert set(noted()) == {LIST, "/states.csv"}
        assert made() == 0

    def test_one_that_grew_beyond_all_room_is_forgotten(self, shelf: Path, settings: Any) -> None:
        took(LIST)
        (one,) = asked.standing(TODAY)
        settings.DOWNLOADS_KEPT = one.size
        published()
        assert (made(), noted(), kept(shelf)) == (0, [], [])


class TestCommand:
    def said(self, **options: Any) -> str:
        out = io.StringIO()
        call_command("keep_answers", stdout=out, **options)
        return out.getvalue()

    def test_the_answers_come_first_and_it_says_what_it_did(self) -> None:
        took(LIST)
        published()
        assert self.said(seconds=0) == "Answers: the rest is left to the next run.\n"
        assert self.said() == "Answers: 1 are kept ready.\nLists: 1 are kept ready.\n"
        assert self.said() == ""
