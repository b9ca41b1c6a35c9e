"""Numbered articles in running text, in both languages: 4 is never 40 or 4bis."""

import pytest

from cstokb.fulltext.terms import analyse


def articles(text: str) -> dict[str, str]:
    found = analyse(text)
    units = {one.token.stem: text[one.token.start : one.token.end] for one in found.units}
    return units | {term: text[start:end] for start, end, term in found.between}


@pytest.mark.parametrize(
    "text",
    [
        "Article 4",
        "ARTICLE 4",
        "Art. 4",
        "art 4",
        "Article 04",
        "ст. 4",
        "ст.4",
        "ст.\u200b4",
        "Статья 4",
        "статья\u00a04",
        "статьи 4",
        "статьёй 4",
        "статье 4",
        "статья § 4",
        "§ 4",
        "§4",
    ],
)
def test_ways_of_writing_one_article(text: str) -> None:
    assert list(articles(f"see {text}, end")) == ["§4"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Article 40", ["§40"]),
        ("Article 4bis", ["§4bis"]),
        ("Article 4 bis", ["§4bis"]),
        ("статья 4 бис", ["§4bis"]),
        ("Article 4a", ["§4a"]),
        ("Article 4¹", ["§4·1"]),
        ("статья 4.1", ["§4·1"]),
        ("статья 4-1", ["§4·1"]),
        ("Article 4.1", ["§4"]),
        ("Article 4(1)", ["§4"]),
        ("Articles 4 and 5", ["§4", "§5"]),
        ("статьи 2, 4 и 7", ["§2", "§4", "§7"]),
        ("§§ 4, 5", ["§4", "§5"]),
        ("§ 4, 5", ["§4"]),
        ("Article 4 and 5 states", ["§4"]),
        ("Articles 2–5", ["§2", "§5", "§3", "§4"]),
        ("Articles 2-900", ["§2", "§900"]),
        ("Article 51 of 4 states", ["§51"]),
        ("4 articles", []),
        ("article four", []),
        ("article. Then 4", []),
        ("party 4", []),
        ("Article", []),
        ("Article 12345", []),
    ],
)
def test_which_articles_are_meant(text: str, terms: list[str]) -> None:
    assert list(articles(text)) == terms


def test_an_article_covers_its_word_and_its_number_as_written() -> None:
    assert articles("по статье 4 бис и § 7") == {"§4bis": "статье 4 бис", "§7": "§ 7"}
