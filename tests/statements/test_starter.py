"""What the starter data must answer about statements and passages."""

import re

import pytest

from tests.listing.asking import ask, body, data, ids_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
REPORT = "2022-05-16-stability-and-security-mechanism"
#: Collective texts whose row for Armenia says that it did not join or was absent.
WITHOUT_ARMENIA = [
    "2025-11-27-declaration",
    "2025-11-27-drugs",
    "2025-06-30-middle-east",
    "2024-11-28-declaration",
    "2024-11-28-victory-80",
    "2024-06-21-afghanistan",
    "2024-06-21-belarus",
    "2024-06-21-information",
    "2024-06-21-mena",
    "2024-06-21-space",
    "2023-11-23-declaration",
    "2023-11-23-budget-2024",
    "2023-11-22-eurasia",
    "2022-11-23-draft-assistance",
    "2022-11-23-draft-declaration",
]


def words(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body(ask(path)).decode()))


@pytest.mark.parametrize("path", ["/api/v1/statements/", "/statements.csv", "/statements.json"])
def test_texts_that_armenia_did_not_join(path: str) -> None:
    assert sorted(ids_in(f"{path}?not_joined=arm")) == sorted(WITHOUT_ARMENIA)


def test_the_summit_shows_the_adopted_statement_and_the_seed() -> None:
    ids = ids_in("/api/v1/statements/?session=2022-05-16-moscow")
    assert {"2022-05-16-anniversary", REPORT} <= set(ids)
    shown = body(ask("/summits/2022-05-16-moscow/")).decode()
    assert 'href="/statements/2022-05-16-anniversary/"' in shown


def test_the_anniversary_statement_was_joined_by_six_and_its_text_is_not_held() -> None:
    record = data("/api/v1/statements/2022-05-16-anniversary/")
    assert record["joined"] == ["arm", "blr", "kaz", "kgz", "rus", "tjk"]
    said = words("/statements/2022-05-16-anniversary/")
    assert "The text of this statement is not held." in said
    assert "An organ preferred Presidents of six states not preferred" in said


def test_the_passage_on_aggression_cites_both_articles() -> None:
    assert ids_in("/api/v1/passages/?cites=cst/art-4") == [f"{REPORT}/p10"]
    assert ids_in("/api/v1/passages/?cites=un-charter/art-51") == [f"{REPORT}/p10"]
    assert f'href="/statements/{REPORT}/#p10"' in body(ask("/treaties/cst/art-4/")).decode()


def test_the_seed_is_held_in_ten_passages_and_nothing_else_is() -> None:
    assert len(ids_in(f"/api/v1/passages/?statement={REPORT}&page_size=200")) == 10
    assert ids_in("/api/v1/statements/?held=yes") == [REPORT]
