"""What choices are called."""

from django.utils import translation

from cstokb.records.choices import Language


class TestLanguages:
    def test_a_language_is_called_as_that_of_the_page_has_it(self) -> None:
        assert Language.name_of("ru") == "Russian"
        with translation.override("ru"):
            assert Language.name_of("ru") == "русский"

    def test_one_that_no_text_is_kept_in_is_called_by_its_code(self) -> None:
        assert (Language.name_of("de"), Language.name_of("")) == ("de", "")
