"""What the starter data must answer when wordings are compared."""

import re

import pytest

from tests.listing.asking import ask, body, data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def page(path: str) -> str:
    return re.sub(r"\s+", " ", body(ask(path)).decode())


def outcomes(path: str) -> dict[str, list[str]]:
    """The numbers of the articles by what became of them."""
    found: dict[str, list[str]] = {}
    for one in data(path)["provisions"]:
        found.setdefault(one["outcome"], []).append(one["id"].rpartition("-")[2])
    return found


def test_the_treaty_changed_last_in_2012_by_the_protocol_of_2010() -> None:
    told = data("/treaties/cst/compare.json")
    assert (told["from"], told["to"], told["change_days"]) == ("2012-12-18", "2012-12-19", ["2012-12-19"])
    assert [(one["day"], one["made_by"]) for one in told["changes"]] == [("2012-12-19", "cst-protocol-2010")]
    assert told["changes"][0]["provisions"] == [f"cst/art-{number}" for number in (2, 3, 4, 5, 6, 11)]
    assert outcomes("/treaties/cst/compare.json") == {
        "unchanged": ["1", "7", "8", "9"],
        "changed": ["2", "3", "4", "6"],
        "wording-not-verified": ["5", "10", "11"],
    }


def test_article_three_lost_the_commander() -> None:
    three = data("/treaties/cst/compare.json")["provisions"][2]
    assert [(one["kind"], one["text"]) for one in three["redline"]] == [
        ("kept", "A Council is set up, made up of the parties' leaders "),
        ("deleted", "together with the commander of the CIS joint forces"),
        ("inserted", "alone"),
        ("kept", "."),
    ]


def test_words_that_a_restatement_leaves_out_are_said_beside_the_redline() -> None:
    left_out = "Shown without its last sentence, which is not yet verified for the amended article."
    assert f"<b>Note on the wording from 19 December 2012</b>{left_out}" in page("/treaties/cst/compare/")
    assert left_out not in page("/treaties/cst/compare/?from=2000-01-01&to=2001-01-01")


def test_what_a_change_did_is_told_in_the_language_of_the_page_wherever_it_is_told() -> None:
    for path in ("/ru/treaties/cst/", "/ru/treaties/cst/art-4/", "/ru/treaties/cst/compare/"):
        shown = page(path)
        assert "</b>Статья изложена заново." in shown
        assert "The article was reissued." not in shown
    assert "</b>The article was reissued." in page("/treaties/cst/art-4/")


def test_the_charter_changed_in_2012_and_2021() -> None:
    told = data("/treaties/charter/compare.json")
    assert told["change_days"] == ["2012-12-19", "2021-01-19"]
    assert [one["made_by"] for one in told["changes"]] == [
        "charter-protocol-2018-2",
        "charter-protocol-2018-3",
    ]


@pytest.mark.parametrize("path", ["/treaties/cst/compare/", "/ru/treaties/charter/compare/"])
def test_a_restatement_is_never_shown_as_the_official_text(path: str) -> None:
    shown = page(path)
    assert re.search(r'class="notice warn"', shown)
    assert shown.index('class="notice warn"') < shown.index("<ins>")
    texts = re.findall(r'<div class="text ([^"]*)"', shown)
    assert texts
    assert [one for one in texts if "ours" not in one] == []


def test_nothing_of_drafts_is_compared() -> None:
    shown = page("/treaties/cst/compare/")
    assert "technical adjustments made in 2010" not in shown
    assert "Its wording on 19 December 2012 is not yet verified" in shown


def test_no_wording_is_held_in_russian_and_the_page_says_so() -> None:
    told = data("/treaties/cst/compare.json?view=languages&lang=en&with=ru")
    assert (told["languages_held"], told["languages_missing"]) == (["en"], ["ru"])
    assert "is held in this language for the day shown: Russian." in page(
        "/treaties/cst/compare/?view=languages"
    )


def test_an_article_of_the_treaty_beside_one_of_the_charter_and_of_the_un() -> None:
    told = data("/treaties/compare.json?a=cst/art-4&b=charter/art-7&view=redline")
    assert (told["a"]["instrument"], told["b"]["instrument"]) == ("cst", "charter")
    assert "".join(one["text"] for one in told["redline"] if one["kind"] != "inserted") == told["a"]["text"]
    un = data("/treaties/compare.json?a=cst/art-4&b=un-charter/art-51&view=redline")
    assert (un["b"]["text"], un["redline"]) == (None, None)


def test_a_moment_before_there_was_a_knowledge_base_knows_no_treaty() -> None:
    ask("/treaties/cst/compare/?known_on=1999-01-01", 404)
    ask("/treaties/cst/compare.json?known_on=1999-01-01", 404)
