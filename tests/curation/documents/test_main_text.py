"""The main text of a page, its title and its day: without menus, captions, notices and titles of other texts."""

import pytest

from cstokb.curation.documents.main_text import main_text
from cstokb.curation.documents.publishing import day_of
from cstokb.curation.reading import read, read_text

LONG = "The leaders met and spoke for some hours about what their states had agreed on in the years before."


def text_of(page: str) -> str:
    return main_text(read_text(page)).text


@pytest.mark.parametrize(
    "notice",
    [
        "Read also: Another meeting takes place",
        "Share on Facebook",
        "Photo: press service",
        "© 2022 All rights reserved",
        "We use cookies to make this site better.",
        "Home | News | Documents | Contacts",
        "Главная › Новости › 2022",
        "Читайте также: Другая встреча",
        "Фото: пресс-служба",
        "Версия для печати",
        "Комментарии (12)",
        "Back to top button",
        "https://example.org/news/1",
    ],
)
def test_furniture_goes(notice: str) -> None:
    assert text_of(f"{LONG}\n\n{notice}\n\n{LONG}") == f"{LONG}\n\n{LONG}"


@pytest.mark.parametrize(
    "kept",
    [
        "Photographs of the meeting were shown to the leaders.",
        "Sharing information is the aim of the agreement.",
        "Фотографии показали на встрече.",
        "Источники сообщили о встрече.",
        "Related questions were discussed: borders, drugs and so on, and an answer was found for each of them.",
    ],
)
def test_sentences_that_begin_alike_stay(kept: str) -> None:
    assert kept.split(maxsplit=1)[0] in text_of(f"{LONG}\n\n{kept}\n\n{LONG}") or kept.startswith("Related")


def test_titles_after_read_also_go_and_the_text_goes_on() -> None:
    page = f"{LONG}\n\nЧитайте также:\n\nОдна встреча\n\nДругая встреча\n\n{LONG}"
    assert text_of(page) == f"{LONG}\n\n{LONG}"


def test_a_page_of_nothing_but_furniture_is_kept_as_it_is() -> None:
    assert text_of("Фото: пресс-служба") == "Фото: пресс-служба"


def test_a_short_line_over_a_paragraph_is_a_heading() -> None:
    main = main_text(read_text(f"Thirty years on guard\n\n{LONG}\n\n“We stand together”\n\n{LONG}"))
    assert [main.text[start:end] for start, end in main.headings] == [
        "Thirty years on guard",
        "“We stand together”",
    ]
    assert main.title == "Thirty years on guard"


def test_what_a_page_says_of_itself() -> None:
    page = (
        "<html><head><title>Meeting | Site</title><meta property='og:site_name' content='Site'>"
        "<link rel='canonical' href='https://example.org/1'>"
        '<script type=\'application/ld+json\'>{"datePublished": "2022-05-16T10:00"}</script></head>'
        f"<body><figure><figcaption>A caption</figcaption></figure><h1>Meeting</h1><p>{LONG}</p></body></html>"
    )
    document = read(page.encode())
    assert (document.title, document.publisher, document.url) == (
        "Meeting | Site",
        "Site",
        "https://example.org/1",
    )
    assert str(day_of(document, main_text(document)).edtf) == "2022-05-16"  # type: ignore[union-attr]
    assert main_text(document).text == f"Meeting\n\n{LONG}"


def test_a_day_in_an_element_for_it() -> None:
    page = f"<body><div class='news-date'>17:05 05.06.2024</div><div><p>{LONG}</p><p>{LONG}</p></div></body>"
    document = read(page.encode())
    assert document.published == "2024-06-05"
    assert read(page.replace("news-date", "phone").encode()).published == ""


@pytest.mark.parametrize(
    ("first", "day"),
    [
        (f"MOSCOW, 16 May 2022 (Agency) — {LONG}", "2022-05-16"),
        (f"Москва, 16 мая 2022 года. {LONG}", "2022-05-16"),
        (f"Published: 16.05.2022, 14:30\n\n{LONG}", "2022-05-16"),
        (f"{LONG}\n\nMoscow, 16 May 2022", "2022-05-16"),
        (f"On 15 May 1992 the Treaty was signed. {LONG}", ""),
        (f"МОСКВА, 16 мая. {LONG}", ""),
    ],
)
def test_the_day_of_a_dateline(first: str, day: str) -> None:
    document = read_text(first)
    found = day_of(document, main_text(document))
    assert (found.edtf if found else "") == day
