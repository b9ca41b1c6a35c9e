"""Which words a great part of the records hold."""

import pytest

from cstokb.fulltext import engine, heavy
from cstokb.fulltext.documents import Document, Segment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three records are many."""
    monkeypatch.setattr(heavy, "LEAST", 3)


def put(*texts: str) -> None:
    engine.index(
        Document(number, "statement", segments=(Segment("p1", "en", text),))
        for number, text in enumerate(texts, start=1)
    )


def found() -> list[tuple[str, str, int]]:
    return [(one.form, one.stem, one.holders) for one in heavy.heavy()]


def test_words_that_most_hold_come_first_in_the_form_that_texts_have_most_often() -> None:
    put("treaties and treaty", "treaty security", "treaty secure", "the treaty's security", "a rare word")
    assert found() == [("treaty", "treati", 4), ("security", "secur", 3)]


def test_forms_of_one_word_count_together_in_both_languages() -> None:
    put("договор", "договоры и договора", "договора")
    assert found() == [("договора", "договор", 3)]


def test_what_fewer_hold_is_left_out() -> None:
    put("treaty treaty treaty treaty", "treaty", "nothing")
    assert found() == []


def test_words_too_common_to_be_searched_for_are_no_words() -> None:
    put("the of and", "the of and", "the of and")
    assert found() == []


def test_only_so_many_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heavy, "MOST", 2)
    put("a1 b1 c1", "a1 b1 c1", "a1 b1 c1", "c1 b1")
    assert found() == [("b1", "b1", 4), ("c1", "c1", 4)]


def test_only_some_records_are_looked_at_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heavy, "SAMPLE", 2)
    put("treaty", "peace treaty", "treaty", "peace treaty", "peace treaty")
    assert found() == [("treaty", "treati", 5)]  # the first and the third are looked at


def test_an_empty_index_has_none() -> None:
    assert found() == []


def test_a_beginning_of_several_words_is_heavy_though_none_of_them_is() -> None:
    put("peacekeeping", "peacemaker", "peaceful", "police", "secure")
    assert (found(), heavy.beginnings()) == ([], ["peace"])


def test_of_beginnings_that_the_same_records_hold_the_longest_stands_for_them() -> None:
    put("security", "secure", "secured treaty", "treaty", "treaty")
    assert heavy.beginnings() == ["secur"]  # not secu, and treaty is a word


def test_shorter_beginnings_stand_with_those_that_the_same_words_begin_with() -> None:
    put("security", "secure", "secular treaty", "treaty", "treaty")
    assert heavy.with_shorter(["secur", "treaty", "treat"]) == [
        ["secur"],
        ["secu"],
        ["treaty", "treat", "trea"],
    ]


def test_a_beginning_of_no_word_is_none() -> None:
    put("security")
    assert heavy.with_shorter(["treaty", "sec"]) == []
