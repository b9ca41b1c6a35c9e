"""What the starter data must answer about statements and passages."""

import re

import pytest

from tests.listing.asking import ask, body, data, ids_in
from tests.treaty.akn import all_of, document

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


def test_the_passage_on_aggression_stands_under_both_articles_on_every_surface() -> None:
    """Its words cite Article 51; that it is Article 4 the report says before it, and an editor tagged."""
    for article in ("cst/art-4", "un-charter/art-51"):
        for path in ("/api/v1/passages/", "/statements/passages.csv", "/statements/passages.atom"):
            assert ids_in(f"{path}?cites={article}") == [f"{REPORT}/p10"], (path, article)
        assert (
            f'href="/statements/{REPORT}/#p10"'
            in body(ask(f"/statements/passages/?cites={article}")).decode()
        )
    assert ids_in("/api/v1/passages/?cites=cst/art-7") == []
    assert f'href="/statements/{REPORT}/#p10"' in body(ask("/treaties/cst/art-4/")).decode()
    found = data(f"/api/v1/passages/{REPORT}/p10/")["references"]
    assert [(one["target"], one["basis"], one["words"]) for one in found] == [
        ("cst/art-4", "tagged", None),
        ("un-charter/art-51", "cited", "Article 51 of the UN Charter"),
    ]


def test_texts_adopted_without_armenia_begin_with_that_of_november_2023() -> None:
    adopted = [
        one for one in WITHOUT_ARMENIA if not one.startswith("2022-") and not one.startswith("2024-06")
    ]
    found = ids_in("/api/v1/statements/?not_joined=arm&adopted=yes&sort=date")
    assert sorted(found) == sorted(adopted)
    assert found[0] == "2023-11-22-eurasia"
    shown = words("/states/arm/")
    assert shown.index("first that was adopted without it") > shown.index("first of all")
    page = body(ask("/statements/?not_joined=arm&page_size=100")).decode()
    assert set(re.findall(r'<h3 ?>\s*<a href="/statements/([^/"#]+)/"', page)) == set(WITHOUT_ARMENIA)


def test_every_statement_is_valid_akoma_ntoso() -> None:
    documents = [
        document(f"/statements/{one}.xml") for one in (*WITHOUT_ARMENIA[:3], REPORT, "2022-05-16-tokayev")
    ]
    assert [len(all_of(one, "//a:paragraph")) for one in documents] == [0, 0, 0, 10, 0]


def test_the_seed_is_held_in_ten_passages_and_nothing_else_is() -> None:
    assert len(ids_in(f"/api/v1/passages/?statement={REPORT}&page_size=200")) == 10
    assert ids_in("/api/v1/statements/?held=yes") == [REPORT]
