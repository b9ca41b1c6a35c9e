"""What a passage holds of a query is told from its kept words just as from its text."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from cstokb.fulltext.counting import Told
from cstokb.fulltext.forms import packed
from cstokb.fulltext.passages import _Reader, _Text, merged
from cstokb.fulltext.query import parse
from cstokb.fulltext.terms import analyse
from cstokb.fulltext.tree import Leaf, Near, Phrase, Prefix, Term, wanted
from tests.fulltext import strategies


def names(keys: object) -> Mapping[str, Sequence[str]]:
    return strategies.NAMES


def forms_of(text: str) -> str:
    return packed(analyse(text))


@given(text=strategies.texts, asked=strategies.texts, quoted=st.booleans())
@settings(max_examples=900, deadline=None)
def test_words_are_counted_as_they_are_found(text: str, asked: str, quoted: bool) -> None:
    plain = asked.replace('"', " ")
    tree = parse(f'"{plain}"' if quoted else plain, strategies.FIELDS, names).tree
    sought: list[Leaf] = [leaf for leaf in wanted(tree) if not isinstance(leaf, Near)] if tree else []
    sought += [Prefix(word.form[:3], "", exact=True) for word in analyse(text).words]
    forms, whole = forms_of(text), _Text(text)
    each = [whole.spans(leaf) for leaf in sought]
    counted, placed = [len(one) for one in each], merged(span for one in each for span in one)
    told = Told(sought)
    assert told.may_hold(forms) or not any(counted)
    if told.is_told(text, forms):
        assert told.counts(forms) == counted
        assert told.spans(text, forms) is None or merged(told.spans(text, forms) or ()) == placed
    reader = _Reader(sought)
    assert (reader.counts(text, forms), reader.spans(text, forms)) == (counted, placed)


def test_a_passage_is_counted_after_others_as_it_is_by_itself() -> None:
    """Which words matter is remembered from one passage to the next."""
    told = Told([Term("peac", ""), Prefix("ord", "", exact=True)])
    passages = ("war and war", "order of war", "peace, peaceful orders", "war")
    held = [told.may_hold(forms_of(one)) and told.counts(forms_of(one)) for one in passages]
    assert held == [False, [0, 1], [2, 1], False]


def test_a_passage_of_other_words_with_the_same_beginning_is_passed_over() -> None:
    told = Told([Term("secur", ""), Phrase(("war", "war"), "")])
    passages = (
        "a section of the secretary",
        "sector-section",
        "secure",
        "unsecured",
        "a warrior",
        "war and war",
    )
    assert [told.may_hold(one) for one in passages] == [False, False, True, False, False, True]
    assert [told.counts(one) for one in ("secure war war war", "war and war", "secure")] == [
        [1, 2],
        [0, 0],
        [1, 0],
    ]


def test_a_passage_is_passed_over_by_its_compounds_and_never_by_its_articles() -> None:
    assert Told([Term("kassymjomart", "")]).may_hold("kassym-jomart")
    assert not Told([Term("kassymjomart", "")]).may_hold("kassym jomart")
    assert Told([Term("kassymjomart", "")]).may_hold("mr kass-ymjo-mart")
    assert Told([Term("§4", "")]).may_hold("article 5")


def test_signs_that_look_like_words_and_fold_to_nothing_are_read_whole() -> None:
    text = "peace ʼ\u02bc and order"
    told = Told([Term("order", "")])
    assert _Reader([Term("order", "")]).spans(text, forms_of(text)) == [(len(text) - 5, len(text))]
    assert told.spans("peace", forms_of("peace and order")) is None
    assert told.spans("peace and order", forms_of("peace and order")) == [(10, 15)]


def test_common_words_count_in_phrases_alone() -> None:
    forms = forms_of("The council of the states, the council")
    sought: list[Leaf] = [
        Term("the", ""),
        Term("=the", ""),
        Term("council", ""),
        Phrase(("the", "council"), ""),
    ]
    assert Told(sought).counts(forms) == [0, 0, 2, 2]
    phrases: list[Leaf] = [Phrase(("=the", "=states"), ""), Phrase(("the", "=states"), "")]
    assert Told(phrases).counts(forms) == [1, 0]
    assert Told([Prefix("t", "", exact=True), Prefix("co", "", exact=True)]).counts(forms) == [0, 2]


def test_compounds_articles_and_distances_are_read_whole() -> None:
    told = Told([Term("peac", "")])
    assert told.is_told("peace and order", "peace and order")
    assert not told.is_told("Kassym-Jomart", "kassym-jomart")
    assert not told.is_told("Article 4", "article 4")
    assert not told.is_told("§ 4", "4")
    assert not Told([Near((("a",),), (("b",),), 2, "")]).is_told("peace", "peace")
