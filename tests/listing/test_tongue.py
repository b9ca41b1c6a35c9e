"""The language of words by their letters."""

import pytest

from cstokb.listing.tongue import foreign, title_language


@pytest.mark.parametrize(
    ("text", "page", "told"),
    [
        ("Signed the prolongation protocol.", "ru", "en"),
        ("Signed the prolongation protocol.", "en", ""),
        ("Подписано в Москве", "en", "ru"),
        ("Подписано в Москве", "ru", ""),
        ("Протокол (SojuzPravoInform, CIS Legislation)", "ru", ""),  # a name within a Russian text
        ("The form Белоруссия is older", "en", ""),
        ("1999", "ru", ""),
        ("", "ru", ""),
        (None, "ru", ""),
    ],
)
def test_the_letters_say_what_a_text_is_written_in(text: str | None, page: str, told: str) -> None:
    assert foreign(text, page) == told


@pytest.mark.parametrize(
    ("title", "written_in", "page", "told"),
    [
        ("CSTO suspends Uzbekistan's membership", "ru", "en", ""),  # our title of a Russian page
        ("CSTO suspends Uzbekistan's membership", "ru", "ru", "en"),
        ("CSTO suspends Uzbekistan's membership", None, "ru", "en"),
        ("ОДКБ приостановила членство Узбекистана", "ru", "en", "ru"),
        ("ОДКБ приостановила членство Узбекистана", "ru", "ru", ""),
        ("Le traité de Tachkent", "fr", "en", "fr"),
    ],
)
def test_a_title_is_not_russian_because_its_source_is(
    title: str, written_in: str | None, page: str, told: str
) -> None:
    assert title_language(title, written_in, page) == told
