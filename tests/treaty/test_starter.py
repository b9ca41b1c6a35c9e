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


def test_the_protocol_of_2010_changed_six_articles_of_the_treaty() -> None:
    rows = data("/api/v1/amendments/?made_by=cst-protocol-2010")["results"]
    assert {one["provision"]: (one["effect"], one["consolidated"]) for one in rows} == {
        "cst/art-2": ("changes-words", True),
        "cst/art-3": ("changes-words", True),
        "cst/art-4": ("replaces", True),
        "cst/art-5": ("changes-words", False),
        "cst/art-6": ("changes-words", True),
        "cst/art-11": ("changes-words", False),
    }
    assert {one["effective_on"] for one in rows} == {"2012-12-19"}
    assert {one["id"] for one in data("/api/v1/amendments/?on=2012-12-18&instrument=cst")["results"]} == set()


def test_amendments_of_2012_without_their_words_are_said() -> None:
    missing = ["cst-protocol-2010/amends/cst/art-5", "cst-protocol-2010/amends/cst/art-11"]
    assert data("/api/v1/instruments/cst/?on=2012-12-19")["not_consolidated"] == missing
    assert data("/api/v1/instruments/cst/?on=2012-12-18")["not_consolidated"] == []
    assert "An amendment of 19 December 2012 is not yet consolidated." in page("/treaties/cst/art-5/")


def test_for_whom_article_four_is_in_force_as_amended() -> None:
    assert data("/api/v1/provisions/cst/art-4/")["in_force_for"] == [
        {
            "made_by": "cst-protocol-2010",
            "yes": ["arm", "blr", "kaz", "kgz", "rus", "tjk"],
            "no": [],
            "unknown": [],
        }
    ]


@pytest.mark.parametrize(
    ("state", "day", "answer", "began"),
    [
        ("uzb", "2012-12-18", "yes", "1994-04-20"),
        ("uzb", "2012-12-19", "no", "2012-12-19"),
        ("kaz", "2012-12-18", "yes", "1994-04-20"),
        ("kaz", "2012-12-19", "yes", "2012-12-19"),
    ],
)
def test_article_four_as_it_bound_a_state(state: str, day: str, answer: str, began: str) -> None:
    record = data(f"/api/v1/provisions/cst/art-4/?state={state}&on={day}")
    assert record["state"]["answer"] == answer
    assert [one["began_on"] for one in record["texts"]] == [began]


def test_the_fourth_protocol_to_the_charter_is_in_doubt() -> None:
    shown = page("/treaties/charter/art-8/")
    assert "it is not known whether its amendment holds on this day" in shown
    amended = data("/api/v1/provisions/charter/art-8/")["amendments"]
    assert {one["made_by"]: one["holds"] for one in amended} == {
        "charter-protocol-2010": "yes",
        "charter-protocol-2022-4": "unknown",
    }


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
