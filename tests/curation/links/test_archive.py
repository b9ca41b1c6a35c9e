"""Copies of pages that no longer answer, asked of a server of this machine that answers as the public archive does."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from cstokb.curation.links import archive
from cstokb.curation.links.archive import copy_of
from cstokb.curation.links.check import check
from cstokb.curation.links.web import Web
from cstokb.curation.management.commands.check_links import Command
from cstokb.records.models import LinkCheck, Source
from cstokb.records.publish import Change, write
from tests.curation.links.server import Clock, serving, way
from tests.curation.links.wayback import STAMP, Wayback
from tests.factories import records as make

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
OLD = "https://old.example/"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(Wayback) as number:
        yield number


@pytest.fixture
def clock() -> Clock:
    Wayback.asked.clear()
    Wayback.times.clear()
    return Clock()


@pytest.fixture
def web(port: int, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Web:
    service = f"http://archive.example:{port}/wayback/available?url="
    monkeypatch.setattr(archive, "SERVICE", service)
    return way(port, clock, seconds=0.5)


def copy(page: str) -> str:
    return f"https://web.archive.org/web/{STAMP}/{page}"


class TestAnswers:
    @pytest.mark.parametrize("page", ["held", "of-a-redirect", "moved"])
    def test_a_copy_is_told_and_kept_by_https(self, web: Web, page: str) -> None:
        told = "held" if page == "moved" else page
        assert copy_of(f"{OLD}{page}", web) == copy(f"{OLD}{told}")

    def test_the_whole_address_is_asked_about(self, web: Web) -> None:
        page = f"{OLD}held?a=1&b=Москва%20#x"
        assert copy_of(page, web) == copy(page)
        ((method, _host, path, agent),) = Wayback.asked
        assert (method, agent) == ("GET", "Tester/1 (+https://example.org)")
        assert path.endswith(
            "?url=https%3A%2F%2Fold.example%2Fheld%3Fa%3D1%26b%3D"
            "%D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B0%2520%23x"
        )

    @pytest.mark.parametrize(
        "page",
        [
            *("never-seen", "blocked", "nearly", "of-an-error", "no-document", "a-list"),
            *("elsewhere", "a-script", "too-long", "no-text", "no-address"),
            *("broken", "a-page", "odd-bytes", "deep", "endless", "cut-off", "in-error"),
            *("round", "to-inner", "silent-one"),
        ],
    )
    def test_what_is_no_copy_or_no_answer_is_none_and_nothing_fails(self, web: Web, page: str) -> None:
        assert copy_of(f"{OLD}{page}", web) == ""
        assert copy_of(f"{OLD}held", web) == copy(f"{OLD}held")

    def test_a_service_that_is_not_there(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "SERVICE", "http://nowhere.example/?url=")
        assert copy_of(f"{OLD}held", web) == ""
        assert Wayback.asked == []


class TestPutOff:
    """The service says 429 or 503, and when it wants to be asked again."""

    @pytest.mark.parametrize(("page", "rest"), [("put-off", 7.0), ("put-off-until", 9.0), ("away", 4.0)])
    def test_it_is_given_that_time_and_asked_once_more(
        self, web: Web, clock: Clock, page: str, rest: float
    ) -> None:
        assert copy_of(f"{OLD}{page}", web) == copy(f"{OLD}{page}")
        assert clock.waits == [rest]
        assert Wayback.times == {page: 2}

    def test_it_is_not_asked_a_third_time_and_the_next_question_waits_too(
        self, web: Web, clock: Clock
    ) -> None:
        assert copy_of(f"{OLD}put-off-again", web) == ""
        assert Wayback.times == {"put-off-again": 2}
        assert copy_of(f"{OLD}held", web) == copy(f"{OLD}held")
        assert clock.waits == [7.0, 7.0]

    def test_for_longer_than_anybody_waits_it_is_left_alone_until_then(self, web: Web, clock: Clock) -> None:
        assert copy_of(f"{OLD}put-off-for-long", web) == ""
        assert copy_of(f"{OLD}held", web) == ""
        assert (Wayback.times, clock.waits) == ({"put-off-for-long": 1}, [])
        clock.now += 3600
        assert copy_of(f"{OLD}held", web) == copy(f"{OLD}held")

    @pytest.mark.parametrize("page", ["too-many", "put-off-somehow"])
    def test_without_a_time_that_can_be_read_it_is_given_the_usual_pause(
        self, web: Web, clock: Clock, page: str
    ) -> None:
        assert copy_of(f"{OLD}{page}", web) == ""
        assert (Wayback.times, clock.waits) == ({page: 1}, [])
        assert copy_of(f"{OLD}held", web) == copy(f"{OLD}held")
        assert clock.waits == [2.0]


def source(slug: str, url: str) -> Source:
    one = Source(title=f"Source {slug}", url=url)
    write([Change(one, slug, publication="published")], at=make.WRITTEN)
    return one


@pytest.mark.django_db
class TestKept:
    """Pages of the same server: none of them is there, so that each is asked about."""

    def test_a_copy_is_looked_for_where_that_was_asked_for_and_kept(self, port: int, web: Web) -> None:
        one = source("aaaaaaaaaa", f"http://a.example:{port}/held")
        assert check(one, web, at=NOW).copy_url == ""
        assert Wayback.times == {}
        assert check(one, web, at=NOW, archive=True).copy_url == copy(one.url)
        assert check(one, web, at=NOW, archive=True).copy_url == copy(one.url)
        assert Wayback.times == {"held": 1}

    def test_a_run_goes_on_whatever_the_archive_says(self, port: int, web: Web) -> None:
        pages = ("held", "broken", "put-off-for-long", "blocked")
        for number, page in enumerate(pages):
            source(f"aaaaaaaaa{number}", f"http://a.example:{port}/{page}")
        Command().run(web, {"days": 30, "all": False, "most": 0, "archive": True})
        kept = dict(LinkCheck.objects.values_list("url", "copy_url"))
        first = f"http://a.example:{port}/held"
        assert {url: place for url, place in kept.items() if place} == {first: copy(first)}
        assert len(kept) == 4
        assert Wayback.times == {"held": 1, "broken": 1, "put-off-for-long": 1}

    def test_a_page_that_answers_is_not_asked_about(self, port: int, web: Web) -> None:
        one = source("aaaaaaaaaa", f"http://a.example:{port}/wayback/available")
        assert (check(one, web, at=NOW, archive=True).state, Wayback.times) == ("ok", {"": 1})
