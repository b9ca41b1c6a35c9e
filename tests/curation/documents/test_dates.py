"""Dates in running text: days, months and years in both languages, and the year that is said elsewhere."""

import pytest

from cstokb.curation.documents.dates import dates
from cstokb.dates import HistoricDate


def said(text: str, published: str = "") -> list[str]:
    day = HistoricDate.parse(published) if published else None
    return [f"{one.text} > {one.record or '?'}" for one in dates(text, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 15 May 1992 there", ["15 May 1992 > 1992-05-15"]),
        ("on May 15, 1992, there", ["May 15, 1992 > 1992-05-15"]),
        ("the 16th of May, 2022", ["16th of May, 2022 > 2022-05-16"]),
        ("15 мая 1992 года в", ["15 мая 1992 года > 1992-05-15"]),
        ("15-го мая\u00a01992\u00a0г. в", ["15-го мая\u00a01992\u00a0г. > 1992-05-15"]),
        ("5 июн. 2024 и 28 ноя 2024", ["5 июн. 2024 > 2024-06-05", "28 ноя 2024 > 2024-11-28"]),
        ("«15» мая 1992 г.", ["«15» мая 1992 г. > 1992-05-15"]),
        ("16 МАЯ 2022 ГОДА", ["16 МАЯ 2022 ГОДА > 2022-05-16"]),
        ("15.05.1992 и 2022-05-16", ["15.05.1992 > 1992-05-15", "2022-05-16 > 2022-05-16"]),
        ("14–15 May 2022", ["14 > 2022-05-14", "15 May 2022 > 2022-05-15"]),
        ("May 14-15, 2022", ["May 14 > 2022-05-14", "15 > 2022-05-15"]),
        ("с 6 по 19 января 2022 года", ["6 > 2022-01-06", "19 января 2022 года > 2022-01-19"]),
        ("в мае 2022 г.", ["мае 2022 г. > 2022-05"]),
        ("Since June 2012 it", ["June 2012 > 2012-06"]),
        ("in 2004 and since 1999", ["2004 > 2004", "1999 > 1999"]),
        ("в 2021–2022 годах", ["2021 > 2021", "2022 годах > 2022"]),
    ],
)
def test_dates_that_the_words_say(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "it may 5 times be so",
        "31 June 2022",
        "resolution 71/179 of 30 members",
        "the 2022 of them",
        "in 2500 cases",
        "in the 1990s",
        "20-летие и 30 лет",
        "Протокол № 2004",
        "version 1.05.1992.3",
        "in 2012% of cases",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert said(text) == []


def test_a_day_without_a_year_has_the_one_that_brings_it_nearest_to_the_publication() -> None:
    assert said("on 28 December", "2022-01-10") == ["28 December > 2021-12-28"]
    assert said("on 16 May", "2022-05-16") == ["16 May > 2022-05-16"]
    assert said("16 мая с. г.", "2022-12-01") == ["16 мая с. г. > 2022-05-16"]
    assert said("в январе", "2022-05-16") == ["январе > 2022-01"]


def test_without_a_day_of_publication_the_last_year_of_the_text_is_taken_with_doubt() -> None:
    text = "On 16 May they met; it was signed in 1992, and in 2022 it holds."
    assert said(text)[0] == "16 May > 2022-05-16"
    assert [one.score for one in dates(text)] == [0.6, 1.0, 1.0]
    assert said("On 16 May they met.") == ["16 May > ?"]
