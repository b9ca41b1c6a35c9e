"""Words with their places, compounds and stop words."""

import sys
from types import FrameType

import pytest
import snowballstemmer
from hypothesis import given, settings
from hypothesis import strategies as st

from cstokb.fulltext.normalise import terms
from cstokb.fulltext.stems import beginning, stem
from cstokb.fulltext.terms import LONGEST_FORM, analyse


def written(text: str) -> list[str]:
    return [text[token.start : token.end] for token in terms(text)]


def test_each_term_knows_its_place_in_the_text_as_written() -> None:
    text = "The  Пётр’s “CSTO\u200f”"
    assert [(text[one.start : one.end], one.form, one.stop) for one in terms(text)] == [
        ("The", "the", True),
        ("Пётр", "петр", False),
        ("Пётр’s", "петрs", False),
        ("s", "s", True),
        ("CSTO", "csto", False),
    ]


def test_stemming_follows_the_script_and_not_the_language_that_is_claimed() -> None:
    stems = [token.stem for token in terms("treaties договоры", "en")]
    assert stems == [token.stem for token in terms("treaties договоры", "ru")] == ["treati", "договор"]


def test_a_decomposed_letter_is_one_letter() -> None:
    text = "Россиискои\u0306 мои\u0306"
    assert [(one.form, text[one.start : one.end]) for one in terms(text)][1] == ("мой", "мои\u0306")


def test_a_soft_hyphen_stands_within_a_word_and_a_zero_width_space_between_two() -> None:
    assert [one.form for one in terms("кол\u00adлективной")] == ["коллективной"]
    assert [one.form for one in terms("ОДКБ\u200bустав")] == ["одкб", "одкбустав", "устав"]


@pytest.mark.parametrize(
    "text", ["Kassym-Jomart", "Kassym\u2011Jomart", "Kassym’Jomart", "KassymʼJomart", "Kassym\u00ad-Jomart"]
)
def test_a_compound_is_its_parts_and_the_whole(text: str) -> None:
    assert [one.form for one in terms(text)] == ["kassym", "kassymjomart", "jomart"]


def test_a_dash_between_blanks_makes_no_compound() -> None:
    assert [one.form for one in terms("war - peace")] == ["war", "peace"]


def test_a_chain_of_many_hyphens_makes_no_compound() -> None:
    assert written("a-b-c-d-e-f-g") == list("abcdefg")
    assert "a-b-c-d-e-f" in written("a-b-c-d-e-f")


def test_a_sign_that_folds_to_nothing_is_no_word() -> None:
    assert terms("\u0374 \ufe70") == []


def test_a_monstrous_word_is_cut() -> None:
    (token,) = terms("щ" * 9000)
    assert (len(token.form), token.end) == (LONGEST_FORM, 9000)


def test_the_rows_differ_only_where_articles_and_compounds_are() -> None:
    rows = [[term for term, _, _ in row] for row in analyse("under Article 4 of co-operation").rows()]
    assert rows == [
        ["under", "articl", "4", "of", "co", "oper"],
        ["=under", "=article", "=4", "=of", "=co", "=operation"],
        ["under", "§4", "of", "co", "oper"],
        ["under", "§4", "of", "cooper"],
    ]
    assert len(analyse("plain words").rows()) == 2
    assert analyse("…").rows() == []


@pytest.mark.parametrize(
    "text",
    ["", "plain words", "Articles 4-7 of the co-operation of Kassym-Jomart", "ст. 4 бис и 5", "the-of §4 §5"],
)
def test_terms_are_the_same_with_their_places_and_without(text: str) -> None:
    read = analyse(text)
    assert read.sequences() == [tuple(term for term, _, _ in row) for row in read.rows()]
    assert sorted(read.found_by()) == sorted(term for term, _, _ in read.record_terms())


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Mn", "Nd", "Cf", "Pd", "Zs"])))
def test_every_term_lies_in_the_text_and_is_folded(text: str) -> None:
    for token in terms(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.form


@pytest.mark.parametrize(
    "word", ["peacekeeping", "terrorism", "treaties", "безопасности", "договорённость", "организация"]
)
def test_both_stemmers_agree(word: str) -> None:
    language = "english" if word.isascii() else "russian"
    form = word.replace("ё", "е")
    assert stem(form) == snowballstemmer.stemmer(language).stemWord(form)


@pytest.mark.parametrize(
    "forms",
    [
        "Токаев Токаева Токаеву Токаевым Токаеве",
        "Пашинян Пашиняна Пашиняну Пашиняном",
        "Казахстан Казахстана Казахстану Казахстаном Казахстане",
        "Беларусь Беларуси Беларусью",
        "Алиев Алиева",
        "Ереван Еревана Ереване",
        "ассамблея ассамблеи ассамблеей",
        "саммит саммита саммите саммитов",
        "устав устава уставом",
        "орган органа органы органов органами",
        "договор договора договоров договорами",
        "вызов вызовы вызовов",
        "миротворец миротворцы миротворцев",
        "режим режима режимом",
        "Киев Киева Киеве",
    ],
)
def test_the_cases_of_a_russian_noun_have_one_stem(forms: str) -> None:
    assert len({stem(form.casefold()) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Токаев", "ток"), ("Устав", "усталый"), ("режим", "резать"), ("мой", "мои")]
)
def test_other_words_keep_other_stems(one: str, other: str) -> None:
    assert stem(one.casefold()) != stem(other)


@pytest.mark.parametrize(
    "piece",
    ["Article 1,", "Articles 1, ", "(", "0", "bis ", "a-", "§", "\u00ad", "a\u00ad", "\u0301", "ст. 4.1 "],
)
def test_work_grows_with_the_length_and_no_faster(piece: str) -> None:
    def calls(times: int) -> int:
        count = 0

        def note(frame: FrameType, event: str, argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            analyse(piece * times)
        finally:
            sys.setprofile(None)
        return count

    calls(4000)  # forms are remembered from here on
    assert calls(4000) < 4.2 * calls(1000)


PARTS = (
    "a e i o u y b d g l n r s t z ational enci ization biliti bility ability fulness iviti logi ingly ies ying ed "
    "skies dying idly news sses eed ity ан яна ав ов ев ец ца ость ейш ит им саммит пись русь ия ях й ь я о"
)


@given(st.lists(st.sampled_from(PARTS.split()), min_size=1, max_size=6).map("".join))
@settings(max_examples=2000, deadline=None)
def test_a_word_begins_as_its_stem_says(form: str) -> None:
    assert form.startswith(beginning(stem(form)))


@pytest.mark.parametrize(
    ("form", "root", "begins"),
    [
        ("security", "secur", "sec"),
        ("dying", "die", "d"),
        ("ability", "abil", "ab"),
        ("миротворец", "миротворц", "миротво"),
        ("un", "un", "u"),
    ],
)
def test_what_a_stem_leaves_of_a_word_is_its_beginning(form: str, root: str, begins: str) -> None:
    assert (stem(form), beginning(root)) == (root, begins)
    assert form.startswith(begins)
