"""How long lists are and how they divide is counted once in each state of what is public."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cstokb.listing import counts
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Listing
from cstokb.records.models import Head
from cstokb.records.publish import withdraw
from members.models import State
from statements.listings import STATEMENTS
from summits.listings import SESSIONS
from summits.matrix import MATRIX as SEATS
from tests.factories import meetings, treaties
from tests.factories import records as make
from treaty.fetching import library_of
from treaty.listings import INSTRUMENTS
from treaty.matrix import MATRIX as STANDINGS

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def remembering(settings: Any) -> Iterator[None]:
    """A process that keeps its counts, as processes do that are no test."""
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counts of tests"}
    settings.CACHES = {**settings.CACHES, counts.CACHE: kept}
    caches[counts.CACHE].clear()
    yield
    caches[counts.CACHE].clear()


@pytest.fixture(autouse=True)
def world() -> None:
    make.state("kaz", "Kazakhstan")
    for number in range(1, 4):
        meetings.statement(f"2022-0{number}-text", f"2022-0{number}-01", type="declaration")
    meetings.statement("2021-01-letter", "2021-01-01", type="statement")


def told(path: str) -> tuple[int, int]:
    """The count that a list says, and how many queries it took."""
    with CaptureQueriesContext(connection) as captured:
        found = Client().get(f"/api/v1/statements/{path}")
    return found.json()["count"], len(captured)


def shown(path: str) -> tuple[dict[str, int], int]:
    """What a page counts of each type, and how many queries it took."""
    with CaptureQueriesContext(connection) as captured:
        found = Client().get(path)
    assert found.status_code == 200
    types = next(one for one in found.context["facets"] if one.name == "type")
    return {one.value: one.count for one in types.values}, len(captured)


def test_a_list_is_counted_for_its_first_reader_alone() -> None:
    (first, cost), second = told(""), told("")
    assert (first, second) == (4, (4, cost - 1))
    assert told("?page=2&page_size=1") == (4, cost - 1)
    assert told("?sort=date") == (4, cost - 1)
    assert told("?type=declaration") == (3, cost)
    assert told("?type=declaration") == (3, cost - 1)


def test_another_state_is_counted_anew() -> None:
    letter = meetings.statement("2020-01-letter", "2020-01-01")
    assert told("")[0] == 5
    meetings.statement("2020-02-letter", "2020-02-01")
    assert told("")[0] == 6
    withdraw(letter, at=NOON, by=None, why="A slip.")
    assert told("")[0] == 5


def test_facets_are_counted_for_the_first_reader_alone_and_each_surface_by_itself() -> None:
    (first, cost), second = shown("/statements/"), shown("/statements/")
    assert second == (first, cost - 1)
    assert first == {"declaration": 3, "statement": 1}
    assert shown("/statements/?year=2022") == ({"declaration": 3}, cost)
    assert told("")[0] == 4


def once(params: str, marker: int, **more: Any) -> int:
    ask = Ask.about(QueryDict(params), now=more.pop("now", NOON), **more)
    return counts.once(STATEMENTS.examine(ask), "rows", lambda: marker)


@pytest.mark.parametrize(
    ("params", "more", "kept"),
    [
        ("type=declaration", {}, True),
        ("page=3&page_size=7&sort=name&fields=id&type=declaration", {}, True),
        ("type=declaration", {"now": NOON.replace(hour=23)}, True),
        ("type=declaration", {"now": NOON.replace(day=2)}, False),
        ("type=declaration", {"language": "ru"}, False),
        ("type=declaration&type=statement", {}, False),
        ("type=declaration&year=2022", {}, False),
        ("type=declaration&on=2022-01-01", {}, False),
        ("type=declaration&known_on=2025-01-01", {}, False),
        ("", {}, False),
    ],
)
def test_what_is_kept_is_told_to_the_same_question_on_the_same_day(
    params: str, more: dict[str, Any], kept: bool
) -> None:
    assert once("type=declaration", 1) == 1
    assert once(params, 2, **more) == (1 if kept else 2)


@pytest.mark.parametrize(("listing", "matrix"), [(INSTRUMENTS, STANDINGS), (SESSIONS, SEATS)])
def test_a_matrix_is_counted_apart_from_the_list_of_the_same_records(
    listing: Listing, matrix: Listing
) -> None:
    ask = Ask.about(QueryDict(""), now=NOON)
    pair = (listing, matrix)
    asked = [counts.once(one.examine(ask), "facets", partial(str, one.path)) for one in (*pair, *pair)]
    assert asked == [listing.path, matrix.path] * 2


@pytest.mark.parametrize("first", [1, -1])
def test_each_page_counts_itself_whichever_was_read_before(first: int) -> None:
    """Nobody acted upon the letter, and the session that is planned has no seats yet."""
    treaties.instrument("letter-1992")
    treaties.act(treaties.instrument("cst"), State.objects.get(), "ratification", "1993-01-01", "1994-04-20")
    meetings.session("2022-05-16-moscow", "2022-05-16")
    meetings.session("2026-11-26-moscow", "2026-11-26", status="planned")
    counted = {"/treaties/": 2, "/treaties/status/": 1, "/summits/": 2, "/summits/attendance/": 1}
    told = {path: Client().get(path).context["count"] for path in (*counted,)[::first]}
    assert told == counted


def test_where_nothing_was_ever_published_nothing_is_kept() -> None:
    Head.objects.all().delete()
    assert (once("", 1), once("", 2)) == (1, 2)


def about(params: str = "", **more: Any) -> Ask:
    return Ask.about(QueryDict(params), now=NOON, **more)


def test_what_was_read_of_the_whole_is_known_in_any_language_until_something_is_published() -> None:
    counts.know(about(), "names", ("a", "b"))
    assert counts.known(about("type=letter", language="ru"), "names") == ("a", "b")
    assert counts.known(about(), "numbers") is None
    meetings.statement("2020-03-letter", "2020-03-01")
    assert counts.known(about(), "names") is None


def test_of_an_earlier_moment_nothing_is_kept() -> None:
    counts.know(about("known_on=2025-01-01"), "names", ("then",))
    assert counts.known(about(), "names") is None
    counts.know(about(), "names", ("now",))
    assert counts.known(about("known_on=2025-01-01"), "names") is None


def test_names_of_instruments_are_asked_for_once_and_a_new_one_is_recognised_at_once() -> None:
    treaties.instrument("charter", "Charter of Concord")
    said = about()
    first = library_of(said)
    with CaptureQueriesContext(connection) as captured:
        assert library_of(about()) is first
    assert len(captured) == 1  # the public revision
    treaties.instrument("pact", "Pact of Concord")
    assert set(library_of(about()).ids) == {"charter", "pact"}


def test_what_was_read_before_a_publication_is_not_taken_for_what_was_read_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = about()
    assert counts.known(slow, "names") is None  # it has begun to read
    make.state("arm", "Armenia")
    counts.know(about(), "names", "new")
    # The slow one puts its own in the place and is stopped before it says of which state that is.
    monkeypatch.setattr(caches[counts.CACHE], "set", lambda *_said: None)
    counts.know(slow, "names", "old")
    assert counts.known(about(), "names") is None
