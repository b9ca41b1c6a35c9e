"""Every row exactly once: by number, by cursor, forward and back, with ties and with dates that are not known."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from members.models import Organ
from tests.factories import records as make
from tests.listing.asking import ask, data, faults, ids_in

pytestmark = pytest.mark.django_db

ORDERS = [
    "",
    "&sort=name",
    "&sort=-name",
    "&sort=established_on",
    "&sort=-established_on",
    "&sort=id",
    "&sort=-id",
]


@pytest.fixture(scope="class")
def organs(own_database: None) -> None:
    """Forty organs: a third without a date, a third of one day, names that tie."""
    dates = (None, "1992-05-15", "1994", "1992-05")
    make.many(
        {
            f"organ-{number:02d}": Organ(
                name_en=f"Organ {number % 5}", type="statutory", established_on=dates[number % 4]
            )
            for number in range(40)
        }
    )


def walk(url: str, way: str = "next") -> list[list[str]]:
    pages = []
    while url:
        answer = data(url)
        pages.append([one["id"] for one in answer["results"]])
        url = answer[way]
    return pages


@pytest.mark.usefixtures("organs")
class TestCursor:
    @pytest.mark.parametrize("order", ORDERS)
    def test_the_pages_hold_every_row_once_in_the_order_of_the_list(self, order: str) -> None:
        """B058, B059."""
        pages = walk(f"/api/v1/organs/?page_size=7{order}")
        whole = ids_in(f"/api/v1/organs.ndjson?{order.removeprefix('&')}")
        assert [len(page) for page in pages] == [7, 7, 7, 7, 7, 5]
        assert [one for page in pages for one in page] == whole
        assert len(set(whole)) == 40

    @pytest.mark.parametrize("order", ORDERS)
    def test_the_way_back_is_the_mirror_of_the_way_on(self, order: str) -> None:
        url, last = f"/api/v1/organs/?page_size=7{order}", ""
        pages = walk(url)
        while url:
            last, url = url, data(url)["next"]
        back = walk(last, "previous")
        assert back[0] == pages[-1]
        assert [one for page in reversed(back) for one in page] == [one for page in pages for one in page]

    def test_a_row_added_while_walking_moves_no_old_one(self) -> None:
        first = data("/api/v1/organs/?page_size=20&sort=name")
        make.organ("aaa", "A new one before all")
        make.organ("zzz", "Z new one after all")
        second = data(first["next"])
        third = data(second["next"])
        seen = [one["id"] for answer in (first, second, third) for one in answer["results"]]
        assert len(seen) == len(set(seen)) == 41
        assert "aaa" not in seen

    def test_a_cursor_that_was_altered_cut_or_made_up_is_refused(self) -> None:
        cursor = parse_qs(urlsplit(data("/api/v1/organs/?page_size=7")["next"]).query)["cursor"][0]
        swapped = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
        for bad in (swapped, cursor[:-5], cursor[5:], "%FF", "abc", "a:b", "e30:x", "1" * 3000):
            assert [fault["parameter"] for fault in faults(f"/api/v1/organs/?page_size=7&cursor={bad}")] == [
                "cursor"
            ]

    @pytest.mark.parametrize("query", ["&type=statutory", "&sort=-name", "&current=yes"])
    def test_a_cursor_of_another_question_is_refused(self, query: str) -> None:
        cursor = parse_qs(urlsplit(data("/api/v1/organs/?page_size=7")["next"]).query)["cursor"][0]
        (fault,) = faults(f"/api/v1/organs/?page_size=7&cursor={cursor}{query}")
        assert (fault["parameter"], fault["code"]) == ("cursor", "cursor")
        assert faults(f"/api/v1/people/?cursor={cursor}")[0]["parameter"] == "cursor"

    def test_a_cursor_works_with_another_size_of_page(self) -> None:
        cursor = parse_qs(urlsplit(data("/api/v1/organs/?page_size=7")["next"]).query)["cursor"][0]
        assert len(data(f"/api/v1/organs/?page_size=50&cursor={cursor}")["results"]) == 33

    def test_the_links_are_absolute_on_the_host_that_was_asked(self) -> None:
        answer = json.loads(ask("/api/v1/organs/?page_size=7", host="localhost:8123").content)
        assert answer["next"].startswith("http://localhost:8123/api/v1/organs/?page_size=7&cursor=")
        assert answer["results"][0]["url"].startswith("http://localhost:8123/api/v1/organs/")
        assert ask("/api/v1/organs/?page_size=7")["Link"].endswith('; rel="next"')


@pytest.mark.usefixtures("organs")
class TestNumbers:
    def test_pages_by_number_hold_every_row_once(self) -> None:
        pages = walk("/api/v1/organs/?page_size=7&page=1")
        assert [one for page in pages for one in page] == ids_in("/api/v1/organs.ndjson")
        assert data("/api/v1/organs/?page_size=7&page=2")["previous"].endswith("page=1")

    def test_every_list_says_how_many_rows_there_are(self) -> None:
        """B060."""
        answer = data("/api/v1/organs/?page_size=7")
        assert (answer["count"], len(answer["results"]), answer["previous"]) == (40, 7, None)

    def test_the_page_after_the_last_is_404_and_names_the_last(self) -> None:
        """B062."""
        assert data("/api/v1/organs/?page=2", 404)["last_page"] == 1
        assert b'role="search"' in ask("/organs/?page=999999", 404).content

    def test_rows_beyond_ten_thousand_are_reached_by_cursor(self) -> None:
        answer = data("/api/v1/organs/?page=201&page_size=50", 400)
        assert answer["errors"][0]["code"] == "too_deep"
        assert [one["id"] for one in data(answer["cursor_url"])["results"]] == ids_in("/api/v1/organs.ndjson")

    @pytest.mark.parametrize("size", ["201", "10000", "0", "abc", "-1", "1.5", "٣", "1" + "0" * 30])
    def test_a_size_that_is_none_is_refused_with_the_most(self, size: str) -> None:
        """B061, B056."""
        (fault,) = faults(f"/api/v1/organs/?page_size={size}")
        assert (fault["parameter"], fault["allowed"]) == ("page_size", ["1..200"])

    @pytest.mark.parametrize("page", ["0", "-1", "abc", "1" + "0" * 20])
    def test_a_page_that_is_none_is_refused(self, page: str) -> None:
        assert faults(f"/api/v1/organs/?page={page}")[0]["parameter"] == "page"
        ask(f"/organs/?page={page}", 400)

    def test_page_and_cursor_exclude_each_other(self) -> None:
        cursor = parse_qs(urlsplit(data("/api/v1/organs/?page_size=7")["next"]).query)["cursor"][0]
        assert [f["code"] for f in faults(f"/api/v1/organs/?page=1&cursor={cursor}")] == ["conflict"]

    def test_two_hundred_rows_are_the_most(self) -> None:
        assert len(data("/api/v1/organs/?page_size=200")["results"]) == 40

    def test_the_page_for_readers_says_which_rows_it_shows(self) -> None:
        pager = ask("/organs/?page_size=7&page=2").context["pager"]
        assert (pager["first"], pager["last"], pager["count"]) == (8, 14, 40)
        assert pager["next_url"] == "/organs/?page_size=7&page=3"

    def test_an_export_of_a_page_holds_that_page(self) -> None:
        assert ids_in("/organs.csv?page=2&page_size=7") == ids_in("/organs.json?page=2&page_size=7")
        assert len(ids_in("/organs.csv?page=2&page_size=7")) == 7
        assert len(ids_in("/organs.csv")) == 40
