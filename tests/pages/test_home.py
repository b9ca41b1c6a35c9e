"""The home page tells the Organization on a day; with the starter data, on days that are easily got wrong."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.listing.asking import ask, body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def home(query: str = "", language: str = "") -> str:
    return re.sub(r"\s+", " ", body(ask(f"{language}/{query}")).decode())


def roster(page: str) -> dict[str, str]:
    """The states of the roster with the words behind them."""
    part = page.partition('<ul class="roster">')[2].partition("</ul>")[0]
    return dict(
        re.findall(r'<a class="st" href="[^"]*">([^<]*)</a> <span class="since">([^<]*)</span>', part)
    )


MEMBERS = ("Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan")


def test_today_six_are_members_and_armenia_takes_no_part() -> None:
    shown = home("?on=2026-11-25")
    assert roster(shown) == {
        "Armenia": "member, participation paused",
        **dict.fromkeys(MEMBERS, "member"),
    }
    assert re.search(r"Since 22\s+February\s+2024\. The prime minister said .* was in practice frozen", shown)
    assert re.search(r"С\s+22\s+февраля\s+2024\s+года\. Премьер-министр", home("?on=2026-11-25", "/ru"))
    assert "in practice frozen" not in home("?on=2024-02-21")
    assert "membership suspended since" in shown


def test_the_searches_offered_are_in_the_language_of_the_page() -> None:
    english, russian = home(), home(language="/ru")
    assert ">Article 4</a>" in english
    assert "%22collective+defence%22" in english
    assert ">Статья 4</a>" in russian
    assert "collective+defence" not in russian


def test_in_2011_seven_were_members() -> None:
    assert roster(home("?on=2011-06-01")) == dict.fromkeys(("Armenia", *MEMBERS, "Uzbekistan"), "member")


def test_in_1996_there_were_parties_and_azerbaijan_is_not_known() -> None:
    shown = home("?on=1996-05-05")
    assert set(roster(shown).values()) == {"party to the Treaty"}
    assert set(roster(shown)) == {"Armenia", "Georgia", *MEMBERS, "Uzbekistan"}
    assert re.search(r">Azerbaijan</a>: not known\.", shown)


def test_who_left_in_1999_is_said_with_the_last_day() -> None:
    shown = home("?on=1999-04-21")
    assert re.search(r">Georgia</a>: party to the Treaty until <time[^>]*>20 April 1999</time>", shown)
    assert re.search(r">Azerbaijan</a>: sources differ on whether it was a party to the Treaty", shown)


def test_the_chair_and_the_secretary_general_of_the_day() -> None:
    shown = home("?on=2022-05-16")
    facts = shown.partition('<dl class="facts')[2].partition("</dl>")[0]
    assert "Nikol Pashinyan" in facts
    assert "Stanislav Zas" in facts
    assert "Moscow, 16 May 2022" in facts


def test_a_planned_session_that_is_past_is_said_to_be_unconfirmed() -> None:
    shown = home()
    assert "Bishkek, 27 November 2025" in shown
    assert "One was planned for" in shown or "The next is planned for" in shown
    assert "planned for" not in home("?on=2024-01-01")


def test_nothing_newer_than_the_day_is_among_the_newest() -> None:
    shown = home("?on=2022-05-16").partition('<ol class="records">')[2].partition("</ol>")[0]
    days = re.findall(r'datetime="([\d-]+)"', shown)
    assert len(days) == 4
    assert max(days) == "2022-05-16"


def test_the_ruler_shows_the_three_days_that_changed_the_whole() -> None:
    assert "1994, Treaty in force; 1999, prolonged; 2003, Charter in force" in home()


def test_the_russian_page_names_states_in_russian_order() -> None:
    assert list(roster(home(language="/ru"))) == [
        *("Армения", "Беларусь", "Казахстан", "Кыргызстан", "Россия", "Таджикистан")
    ]


def test_it_takes_a_fixed_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(15):
        home()
