"""What addresses are found to be, asked of a server of this machine, and which are asked next."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cstokb.curation.links import check as checking
from cstokb.curation.links.check import check, due, in_turn, look_at
from cstokb.curation.management.commands.check_links import Command, agent
from cstokb.records.models import LinkCheck, Source
from cstokb.records.publish import Change, erase, write
from tests.curation.links.server import Clock, Site, serving, way
from tests.factories import records as make
from tests.factories.curators import curator, signed_in
from tests.listing.asking import ask, body, data

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as number:
        yield number


@pytest.fixture
def clock() -> Clock:
    Site.asked.clear()
    return Clock()


class TestFindings:
    @pytest.mark.parametrize(
        ("path", "state", "status", "moved_to", "said"),
        [
            ("/ok", "ok", 200, "", ""),
            ("/ok#part", "ok", 200, "", ""),
            ("/for-now", "ok", 200, "", ""),
            ("/no-head", "ok", 206, "", ""),
            ("/moved", "moved", 200, "http://a.example:{port}/ok", ""),
            ("/moved-twice", "moved", 200, "http://a.example:{port}/ok", ""),
            ("/elsewhere", "moved", 200, "http://b.example:{port}/ok", ""),
            ("/step-5", "moved", 200, "http://a.example:{port}/ok", ""),
            ("/step-6", "error", None, "", "it leads on and on"),
            ("/round", "error", None, "", "it leads on and on"),
            ("/gone", "gone", 404, "", ""),
            ("/gone-for-good", "gone", 410, "", ""),
            ("/to-a-missing-page", "gone", 404, "", ""),
            ("/broken", "error", 500, "", ""),
            ("/no-way", "error", 301, "", ""),
            ("/turned-away", "refused", 403, "", "the host turns programs away"),
            ("/busy", "refused", 429, "", "the host turns programs away"),
            ("/kept-out", "refused", None, "", "robots.txt asks programs to stay away"),
            ("/to-inner", "refused", None, "", "169.254.169.254 cannot"),
            ("/to-this-machine", "refused", None, "", "c.example is 10.1.2.3, which is no public address"),
            ("/to-another-port", "refused", None, "", "port 25 is not one of the web"),
            ("/to-a-file", "refused", None, "", "file is not http or https"),
            ("/with-a-password", "refused", None, "", "it carries a name or password"),
        ],
    )
    def test_what_an_address_is_found_to_be(
        self, port: int, clock: Clock, path: str, state: str, status: int | None, moved_to: str, said: str
    ) -> None:
        found = look_at(f"http://a.example:{port}{path}", way(port, clock))
        if path == "/to-inner":  # the tests' resolver knows names alone
            state, said = "error", "169.254.169.254 cannot be found"
        assert (found.state, found.status, found.moved_to, found.said) == (
            state,
            status,
            moved_to.format(port=port),
            said,
        )

    def test_a_host_that_is_not_there(self, port: int, clock: Clock) -> None:
        found = look_at(f"http://nowhere.example:{port}/", way(port, clock))
        assert (found.state, found.said) == ("error", "nowhere.example cannot be found")

    def test_a_host_that_says_nothing_is_left_in_time(self, port: int, clock: Clock) -> None:
        web = way(port, clock, seconds=0.3)
        found = look_at(f"http://a.example:{port}/silent", web)
        assert (found.state, found.status) == ("error", None)

    def test_the_name_is_looked_up_once_and_the_number_that_was_looked_at_is_asked(
        self, port: int, clock: Clock
    ) -> None:
        """A name that means another machine at the second look-up gains nothing by it."""
        web, asked = way(port, clock), list[str]()

        def rebinding(host: str, _port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

        web.guard = type(web.guard)(resolve=rebinding, beside=web.guard.beside)
        assert look_at(f"http://a.example:{port}/no-head", web).state == "ok"
        assert asked == ["a.example"]
        assert look_at(f"http://a.example:{port}/ok", web).state == "refused"

    def test_who_asks_says_so_and_asks_for_no_more_than_it_needs(self, port: int, clock: Clock) -> None:
        look_at(f"http://a.example:{port}/ok", way(port, clock))
        name = "Tester/1 (+https://example.org)"
        assert Site.asked == [
            ("GET", f"a.example:{port}", "/robots.txt", name),
            ("HEAD", f"a.example:{port}", "/ok", name),
        ]
        assert agent().startswith("CSTO-Knowledge-Base/")
        assert "(+http" in agent()

    def test_each_host_is_given_its_pause_and_no_other(self, port: int, clock: Clock) -> None:
        web = way(port, clock)
        look_at(f"http://a.example:{port}/ok", web)
        assert clock.waits == [2.0]  # after robots.txt, which is asked once
        look_at(f"http://b.example:{port}/ok", web)
        assert clock.waits == [2.0, 2.0]
        look_at(f"http://a.example:{port}/ok", web)
        assert clock.waits == [2.0, 2.0]  # two seconds had gone by
        look_at(f"http://a.example:{port}/ok", web)
        assert clock.waits == [2.0, 2.0, 2.0]


def source(slug: str, url: str, **fields: Any) -> Source:
    one = Source(title=f"Source {slug}", url=url, **fields)
    write([Change(one, slug, publication="published")], at=make.WRITTEN)
    return one


@pytest.mark.django_db
class TestWhatIsKept:
    def test_an_answer_is_kept_and_asked_for_again_when_its_time_has_come(
        self, port: int, clock: Clock
    ) -> None:
        one = source("aaaaaaaaaa", f"http://a.example:{port}/ok")
        assert due(at=NOW, every=MONTH) == [one]
        check(one, way(port, clock), at=NOW)
        assert due(at=NOW + MONTH - timedelta(seconds=1), every=MONTH) == []
        assert due(at=NOW + MONTH, every=MONTH) == [one]
        assert due(at=NOW, every=MONTH, again=True) == [one]

    def test_what_was_silent_is_asked_after_a_day_and_remembers_since_when(
        self, port: int, clock: Clock
    ) -> None:
        one, web = source("aaaaaaaaaa", f"http://a.example:{port}/broken"), way(port, clock)
        check(one, web, at=NOW)
        later = NOW + timedelta(days=1)
        assert due(at=later - timedelta(seconds=1), every=MONTH) == []
        assert due(at=later, every=MONTH) == [one]
        kept = check(one, web, at=later)
        assert (kept.state, kept.checked_at, kept.failing_since) == ("error", later, NOW)

    def test_another_address_has_not_been_asked(self, port: int, clock: Clock) -> None:
        one, web = source("aaaaaaaaaa", f"http://a.example:{port}/gone"), way(port, clock)
        check(one, web, at=NOW)
        one.url = f"http://a.example:{port}/ok"
        write([Change(one, "aaaaaaaaaa")], at=NOW)
        assert due(at=NOW, every=MONTH) == [one]
        kept = check(one, web, at=NOW)
        assert (kept.state, kept.failing_since) == ("ok", None)
        assert LinkCheck.objects.count() == 1

    def test_withdrawn_sources_and_those_without_an_address_are_left_alone(self) -> None:
        make.withdrawn(source("aaaaaaaaaa", "https://example.org/a"))
        source("bbbbbbbbbb", "")
        left = source("cccccccccc", "https://example.org/c")
        assert due(at=NOW, every=MONTH) == [left]

    def test_hosts_take_turns(self) -> None:
        urls = ["https://a.example/1", "https://a.example/2", "https://b.example/1", "https://a.example/3"]
        rows = [Source(title=url, url=url) for url in urls]
        assert [one.url for one in in_turn(rows)] == [urls[0], urls[2], urls[1], urls[3]]


@pytest.mark.django_db
class TestCommand:
    def test_it_goes_on_where_it_was_cut_off(
        self, port: int, clock: Clock, monkeypatch: pytest.MonkeyPatch, capsys: Any
    ) -> None:
        for number, path in enumerate(["/ok", "/gone", "/moved"]):
            source(f"aaaaaaaaa{number}", f"http://a.example:{port}{path}")
        real, options = look_at, {"days": 30, "all": False, "most": 0, "archive": False}

        def dying(url: str, web: Any) -> Any:
            if url.endswith("/gone"):
                raise KeyboardInterrupt
            return real(url, web)

        monkeypatch.setattr(checking, "look_at", dying)
        with pytest.raises(KeyboardInterrupt):
            Command().run(way(port, clock), options)
        assert LinkCheck.objects.count() == 1
        monkeypatch.setattr(checking, "look_at", real)
        Site.asked.clear()
        Command().run(way(port, clock), options)
        assert [path for _method, _host, path, _agent in Site.asked if path == "/ok"] == ["/ok"]  # by /moved
        said = capsys.readouterr().out.splitlines()
        assert said == [
            f"gone: source aaaaaaaaa1 http://a.example:{port}/gone: status 404",
            f"moved: source aaaaaaaaa2 http://a.example:{port}/moved: http://a.example:{port}/ok",
            "2 addresses asked: 1 gone, 1 moved.",
        ]

    def test_this_machine_is_refused_and_nothing_allows_it(self, port: int, capsys: Any) -> None:
        source("aaaaaaaaaa", f"http://127.0.0.1:{port}/ok"), source("bbbbbbbbbb", "http://127.0.0.1/")
        Site.asked.clear()
        call_command("check_links", pause=0)
        assert set(LinkCheck.objects.values_list("state", flat=True)) == {"refused"}
        assert Site.asked == []

    def test_impossible_wishes(self) -> None:
        with pytest.raises(CommandError):
            call_command("check_links", seconds=0)


@pytest.mark.django_db
class TestWhatIsShown:
    def found(self, slug: str, state: str, **fields: Any) -> Source:
        one = source(slug, f"https://example.org/{slug}", **fields)
        moved = "https://example.org/new" if state == "moved" else ""
        LinkCheck.objects.create(entry=one.entry, url=one.url, state=state, checked_at=NOW, moved_to=moved)
        return one

    def test_readers_are_told_of_an_address_that_led_nowhere(self) -> None:
        self.found("aaaaaaaaaa", "gone", archived_url="https://archive.example/1")
        page = body(ask("/sources/aaaaaaaaaa/")).decode()
        assert "The address did not answer on 2026-11-29." in page
        assert 'href="https://archive.example/1"' in page
        assert "did not answer" not in body(ask("/sources/aaaaaaaaaa/?known_on=2026-01-10")).decode()
        assert data("/api/v1/sources/aaaaaaaaaa/")["archived_url"] == "https://archive.example/1"

    @pytest.mark.parametrize(
        ("state", "said"),
        [("ok", ""), ("refused", ""), ("moved", "The address has moved."), ("error", "did")],
    )
    def test_and_of_no_other(self, state: str, said: str) -> None:
        self.found("aaaaaaaaaa", state)
        page = body(ask("/sources/aaaaaaaaaa/")).decode()
        assert ("did not answer" in page) == (state == "error")
        assert ("The address has moved." in page) == (state == "moved")

    def test_the_list_of_sources_is_narrowed_by_what_was_found(self) -> None:
        self.found("aaaaaaaaaa", "gone"), self.found("bbbbbbbbbb", "ok")
        other = self.found("cccccccccc", "gone")
        other.url = "https://example.org/another"
        write([Change(other, "cccccccccc")], at=NOW)
        client = signed_in(curator("editor"))
        for state, slugs in (("gone", {"aaaaaaaaaa"}), ("ok", {"bbbbbbbbbb"}), ("never", {"cccccccccc"})):
            page = client.get(f"/admin/records/source/?link={state}")
            assert {row.entry.slug for row in page.context["cl"].result_list} == slugs
        assert client.get("/admin/records/source/?link=x").context["cl"].result_count == 3

    def test_a_check_goes_with_its_draft(self) -> None:
        one = make.draft(Source(title="Draft", url="https://example.org/draft"), "aaaaaaaaaa")
        LinkCheck.objects.create(entry=one.entry, url=one.url, state="ok", checked_at=NOW)
        erase(one, at=NOW, by=None)
        assert not LinkCheck.objects.exists()
