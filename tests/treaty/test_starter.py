"""What the starter data must answer about the Treaty and the Charter."""

import re

import pytest

from tests.listing.asking import ask, body, data, ids_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def page(path: str) -> str:
    return re.sub(r"\s+", " ", body(ask(path)).decode())


@pytest.mark.parametrize(("path", "articles"), [("/treaties/cst/", 11), ("/treaties/charter/", 29)])
def test_all_articles_are_listed(path: str, articles: int) -> None:
    shown = page(path)
    assert re.findall(r'<article class="art withmargin" id="art-(\d+)"', shown) == [
        str(n + 1) for n in range(articles)
    ]
    assert re.findall(r">Article (\d+)</a>", shown) == [str(n + 1) for n in range(articles)]


def test_article_four_has_two_wordings_with_their_sources() -> None:
    texts = data("/api/v1/provision-texts/?provision=cst/art-4")["results"]
    assert [(one["began_on"], one["ended_on"], one["made_by"]) for one in texts] == [
        ("2012-12-19", None, "cst-protocol-2010"),
        ("1994-04-20", "2012-12-18", None),
    ]
    shown = page("/treaties/cst/art-4/")
    words = re.sub("<[^>]*>", "", shown)  # references stand in them as links
    assert all(one["text"].replace("'", "&#x27;") in words for one in texts)
    assert "wording from 20 April 1994" in shown
    assert "wording from 19 December 2012" in shown
    assert "Stability and Security Mechanism" in shown


def test_the_older_wording_of_article_four_held_in_2010() -> None:
    texts = data("/api/v1/provisions/cst/art-4/?on=2010-01-01")["texts"]
    assert [(one["began_on"], one["ended_on"]) for one in texts] == [("1994-04-20", "2012-12-18")]


@pytest.mark.parametrize(
    ("day", "uzb", "aze"),
    [("1999-04-01", "yes", "unknown"), ("1999-04-20", "yes", "unknown"), ("1999-04-21", "no", "no")],
)
def test_who_was_a_party_when_the_first_term_ran_out(day: str, uzb: str, aze: str) -> None:
    told = {
        one["state"]: one["answer"] for one in data(f"/api/v1/status/?instrument=cst&on={day}")["results"]
    }
    assert (told["uzb"], told["aze"], told["kaz"]) == (uzb, aze, "yes")


def test_no_instrument_of_another_body_is_counted() -> None:
    ids = ids_in("/treaties.json")
    assert "cst" in ids
    assert not {"un-charter", "chemical-weapons-convention"} & set(ids)


def test_the_charter_entered_into_force_on_its_day() -> None:
    assert "charter" not in ids_in("/treaties.json?in_force=yes&on=2003-09-17")
    assert "charter" in ids_in("/treaties.json?in_force=yes&on=2003-09-18")
    assert "is not yet in force" in page("/treaties/charter/art-1/?on=2003-09-17")


def test_the_notes_of_drafts_show_nowhere() -> None:
    assert "is not yet verified" in page("/treaties/cst/art-10/")
    ask("/treaties/covert-control/", 404)
