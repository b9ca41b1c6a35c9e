"""One form for all ways of writing the same letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstokb.fulltext import folding
from cstokb.fulltext.normalise import fold, sort_key


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ДОГОВОР", "договор"),
        ("Пётр", "петр"),
        ("\u0435\u0308лка", "елка"),  # е with a separate diaeresis
        ("Российскои\u0306", "российской"),
        ("мой", "мой"),
        ("мои", "мои"),
        ("кол\u00adлективной", "коллективной"),
        ("CSTO\u200f", "csto"),
        ("Статья\u00a04", "статья 4"),
        ("a \t\u2003 b", "a b"),
        ("2010–2022 — −5", "2010-2022 - -5"),
        ("«мир» “peace” „Frieden“", '"мир" "peace" "frieden"'),
        ("O’Connor Oʼconnor", "o'connor o'connor"),
        ("Łukašenka Erdoğan İstanbul", "lukasenka erdogan istanbul"),
        ("ﬁle №5", "file no5"),
        ("Straße", "strasse"),
        ("Догово\u0301р", "договор"),  # a stress mark
        ("Қасым-Жомарт", "қасым-жомарт"),
        ("ўладзімір", "ўладзімір"),
    ],
)
def test_written_forms_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_sorting_puts_yo_behind_ye_and_keeps_short_i_apart() -> None:
    words = ["Жуков", "Ёлкин", "Ельцин", "«Ежик»", "Ефимов", "Йод", "Иванов", "Кот"]
    assert sorted(words, key=sort_key) == [
        "«Ежик»",
        "Ельцин",
        "Ефимов",
        "Ёлкин",
        "Жуков",
        "Иванов",
        "Йод",
        "Кот",
    ]


def test_sorting_ignores_case_diacritics_and_punctuation() -> None:
    assert sort_key("«Élan»  vital!") == sort_key("elan vital")
    assert sort_key("elan vital") < sort_key("Elan vitals")


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_fold_alone_as_they_do_beside_others(text: str) -> None:
    assert fold(f"{text} ж") == f"{fold(text)} ж".strip()


def test_letters_that_are_not_remembered_fold_as_those_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ёлки, Ærø, naïve — «Ångström»"
    remembered = fold(text)
    monkeypatch.setattr(folding, "_BARE", folding._Bare())
    monkeypatch.setattr(folding, "_MOST_LETTERS", 0)
    assert fold(text) == remembered == 'елки, aero, naive - "angstrom"'
