"""Parameters are read strictly: what is misspelled, impossible or contradictory is refused by name."""

from urllib.parse import quote

import pytest

from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults, ids_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def periods() -> None:
    """Periods known to the month, the day, another month, and not at all (B002)."""
    for slug, began, ended in (
        ("aaa", "1992-05", "1992-05"),
        ("bbb", "1992-05-15", "1992-05-15"),
        ("ccc", "1992-06", "1992-06"),
        ("ddd", "XXXX", "XXXX"),
    ):
        make.member(make.state(slug, slug.upper()), began, ended)


def states(query: str) -> list[str]:
    return [one.partition("/")[0] for one in ids_in(f"/api/v1/memberships/{query}")]


class TestUnknownParameters:
    """B053: a misspelled filter returns an error and never the whole table."""

    @pytest.mark.parametrize(
        ("query", "parameter", "nearest"),
        [
            ("?stat=KG", "stat", "state"),
            ("?aftre=2022-01-01", "aftre", "after"),
            ("?state__iso=KG", "state__iso", "state"),
            ("?foo=1", "foo", None),
            ("?created_by__password__startswith=p", "created_by__password__startswith", None),
            ("?entry__reason=x", "entry__reason", None),
        ],
    )
    def test_the_api_refuses_and_names_the_nearest(
        self, query: str, parameter: str, nearest: str | None
    ) -> None:
        (fault,) = faults(f"/api/v1/memberships/{query}")
        assert (fault["parameter"], fault["code"], fault["nearest"]) == (
            parameter,
            "unknown_parameter",
            nearest,
        )
        assert "state" in fault["allowed"]
        assert set(fault) == {"parameter", "value", "code", "detail", "allowed", "nearest"}

    def test_every_fault_is_named_at_once(self) -> None:
        refused = faults("/api/v1/memberships/?foo=1&standing=boss&after=never")
        assert [fault["parameter"] for fault in refused] == ["foo", "standing", "after"]

    def test_a_page_sets_it_aside_and_says_so(self) -> None:
        make.state("kaz", "Kazakhstan")
        page = body(ask("/states/?utm_source=newsletter")).decode()
        assert "Kazakhstan" in page
        assert "<code>utm_source</code>" in page

    def test_a_page_never_sets_a_day_aside_that_it_does_not_know(self) -> None:
        assert "on=2020-01-01" in body(ask("/people/?on=2020-01-01", 400)).decode()

    @pytest.mark.parametrize("form", ["csv", "json", "ndjson", "xlsx", "atom"])
    def test_exports_refuse(self, form: str) -> None:
        assert [fault["parameter"] for fault in faults(f"/states.{form}?utm_source=newsletter")] == [
            "utm_source"
        ]

    def test_a_nul_in_a_name_is_an_unknown_parameter(self) -> None:
        assert [fault["code"] for fault in faults("/api/v1/states/?sta%00te=1")] == ["unknown_parameter"]


class TestValues:
    def test_a_page_with_a_bad_value_keeps_the_form_and_what_was_typed(self) -> None:
        page = body(ask("/organs/?q=council&current=maybe", 400)).decode()
        assert 'value="council"' in page
        assert "current=maybe" in page

    def test_an_empty_value_is_no_question(self) -> None:
        make.roster()
        assert len(ids_in("/api/v1/states/?standing=&on=&q=")) == 8

    @pytest.mark.parametrize("value", ["banana", "YES", "1", "true"])
    def test_yes_or_no_is_never_guessed(self, value: str) -> None:
        (fault,) = faults(f"/api/v1/terms/?acting={value}")
        assert (fault["parameter"], fault["allowed"]) == ("acting", ["yes", "no"])

    @pytest.mark.parametrize("name", ["on", "after", "current", "sort", "q"])
    def test_two_different_values_where_one_is_meant_are_refused(self, name: str) -> None:
        list_of = "organs" if name == "q" else "memberships"
        (fault,) = faults(f"/api/v1/{list_of}/?{name}=2020-01-01&{name}=2021-01-01")
        assert (fault["parameter"], fault["code"]) == (name, "repeated")

    def test_the_same_value_twice_is_one_value(self) -> None:
        assert data("/api/v1/memberships/?on=2020-01-01&on=2020-01-01")["count"] == 0

    @pytest.mark.parametrize("value", ["a\x00b", "a\x1bb", "\x7f", "\ufffd"])
    def test_characters_that_no_text_has_are_refused(self, value: str) -> None:
        (fault,) = faults(f"/api/v1/organs/?q={quote(value)}")
        assert fault["code"] == "characters"

    def test_bytes_that_are_no_utf8_are_refused(self) -> None:
        assert [fault["code"] for fault in faults("/api/v1/memberships/?state=%FF%FE")] == ["characters"]

    def test_a_list_of_values_has_an_end(self) -> None:
        query = "&".join(f"state=s{number}" for number in range(101))
        assert [fault["code"] for fault in faults(f"/api/v1/memberships/?{query}")] == ["too_many"]

    def test_several_records_mean_any_of_them_once(self) -> None:
        """B047."""
        make.roster()
        assert states("?state=kaz&state=kgz&state=Kazakhstan") == ["kaz", "kgz"]
        assert data("/api/v1/memberships/?state=kaz&state=kgz")["count"] == 2


@pytest.mark.usefixtures("periods")
class TestRanges:
    """B002: the interval in which a date may lie meets the range."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("?after=1992-05-10&before=1992-05-20", ["aaa", "bbb"]),
            ("?before=1992-05-14", ["aaa"]),
            ("?before=1992-05", ["aaa", "bbb"]),
            ("?after=1992-06", ["ccc"]),
            ("?after=1992-05-31", ["aaa", "ccc"]),
            ("?year=1992", ["aaa", "bbb", "ccc"]),
            ("?year=1991", []),
            ("?year=1991&year=1992", ["aaa", "bbb", "ccc"]),
            ("?on=1992-05-15", ["bbb"]),
            ("", ["aaa", "bbb", "ccc", "ddd"]),
        ],
    )
    def test_a_range_finds_what_may_lie_in_it(self, query: str, expected: list[str]) -> None:
        assert sorted(states(query)) == expected

    def test_a_day_inside_a_month_is_not_known(self) -> None:
        answer = data("/api/v1/memberships/?on=1992-05-15")
        assert answer["unknown"] == [
            {
                "id": "aaa/member/1992-05",
                "blocked_by": ["aaa/member/1992-05.began_on", "aaa/member/1992-05.ended_on"],
            },
            {"id": "ddd/member/XXXX", "blocked_by": ["ddd/member/XXXX.began_on", "ddd/member/XXXX.ended_on"]},
        ]


class TestDaysThatAreNone:
    @pytest.mark.parametrize(
        "value",
        ["2022-02-30", "13.05.2022", "tomorrow", "2022-05-16T25:00", "0000", "99999", "1" + "0" * 20, "XXXX"],
    )
    @pytest.mark.parametrize("name", ["after", "before", "year", "on"])
    def test_what_is_no_day_is_refused(self, name: str, value: str) -> None:
        """B010, B054."""
        assert [fault["parameter"] for fault in faults(f"/api/v1/memberships/?{name}={value}")] == [name]

    def test_a_range_that_ends_before_it_begins_is_refused(self) -> None:
        (fault,) = faults("/api/v1/memberships/?after=2020&before=2019")
        assert (fault["parameter"], fault["code"]) == ("after", "range")
        assert data("/api/v1/memberships/?after=2020&before=2020")["count"] == 0


class TestTopics:
    def test_a_heading_finds_what_stands_under_narrower_ones(self) -> None:
        """B071."""
        broad = make.topic("security", "Security")
        narrow = make.topic("borders", "Borders", parent=broad)
        other = make.topic("trade", "Trade")
        make.state("kaz", "Kazakhstan", topics=[narrow.pk])
        make.state("kgz", "Kyrgyzstan", topics=[broad.pk])
        make.state("rus", "Russia", topics=[other.pk])
        assert ids_in("/api/v1/states/?topic=security") == ["kaz", "kgz"]
        assert ids_in("/api/v1/states/?topic=borders") == ["kaz"]
        assert ids_in("/states.atom?topic=security") == ["kaz", "kgz"]
        assert faults("/states.atom?topic=nothing")[0]["code"] == "names_nothing"

    def test_a_facet_counts_a_row_once_under_each_heading_above_its_own(self) -> None:
        broad = make.topic("security", "Security")
        narrow = make.topic("borders", "Borders", parent=broad)
        narrower = make.topic("river", "The river", parent=narrow)
        other = make.topic("drugs", "Drugs", parent=broad)
        make.state("kaz", "Kazakhstan", topics=[narrow.pk, other.pk, broad.pk])
        make.state("kgz", "Kyrgyzstan", topics=[narrower.pk])
        make.state("rus", "Russia", topics=[other.pk, narrow.pk])
        _standing, facet = ask("/states/?topic=borders").context["facets"]
        counts = {value.value: (value.count, value.selected) for value in facet.values}
        assert counts == {
            "security": (3, False),
            "borders": (3, True),
            "drugs": (2, False),
            "river": (1, False),
        }
        for heading, (count, _selected) in counts.items():
            assert data(f"/api/v1/states/?topic={heading}")["count"] == count


class TestFacets:
    """B046: each facet counts rows once, with every filter but its own."""

    def test_counts_leave_their_own_filter_out(self) -> None:
        make.organ("aaa", "First", type="statutory", established_on="1992")
        make.organ("bbb", "Second", type="working", established_on="1992")
        make.organ("ccc", "Third", type="working", established_on="1992", dissolved_on="1999")
        page = ask("/organs/?type=statutory&type=working&current=yes").context
        assert page["count"] == 2
        (facet,) = page["facets"]
        counts = {value.value: (value.count, value.selected) for value in facet.values}
        assert counts == {"statutory": (1, True), "working": (1, True)}

    def test_a_chosen_value_without_rows_can_be_taken_back(self) -> None:
        make.organ("aaa", "First", type="statutory")
        (facet,) = ask("/organs/?type=force").context["facets"]
        assert [(v.value, v.count, v.selected) for v in facet.values] == [
            ("statutory", 1, False),
            ("force", 0, True),
        ]

    def test_a_standing_counts_states_on_the_day(self) -> None:
        make.roster()
        (facet,) = ask("/states/?on=2013-01-01").context["facets"]
        assert {v.value: v.count for v in facet.values} == {"member": 6, "suspended": 1, "none": 1}


class TestSort:
    def test_the_words_are_those_of_the_list(self) -> None:
        """B051: nobody sorts by what he may not see."""
        for word in ("created_by__password", "-entry__reason", "name,id", "NAME"):
            (fault,) = faults(f"/api/v1/states/?sort={word}")
            assert fault["allowed"] == ["name", "-name", "id", "-id"]

    def test_rows_without_a_date_stand_last_either_way(self) -> None:
        make.organ("aaa", "A")
        make.organ("bbb", "B", established_on="1994")
        make.organ("ccc", "C", established_on="1994-05")
        assert ids_in("/api/v1/organs/?sort=established_on") == ["bbb", "ccc", "aaa"]
        assert ids_in("/api/v1/organs/?sort=-established_on") == ["ccc", "bbb", "aaa"]

    def test_a_russian_page_sorts_by_russian_names(self) -> None:
        make.state("aut", "Austria", "Австрия")
        make.state("che", "Switzerland", "Швейцария")
        make.state("afg", "Afghanistan", "Афганистан")
        make.state("ind", "India", "Индия")
        assert ids_in("/states.csv") == ["afg", "aut", "ind", "che"]
        assert ids_in("/ru/states.csv") == ["aut", "afg", "ind", "che"]
