"""What a passage holds of a query is told from its kept words just as from its text."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from cstokb.fulltext.counting import counts_in_forms, is_plain
from cstokb.fulltext.forms import packed
from cstokb.fulltext.passages import _Text, counts
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
    found = [len(whole.spans(leaf)) for leaf in sought]
    if is_plain(text, forms, sought):
        assert counts_in_forms(forms, sought) == found
    assert counts(text, forms, sought) == found


def test_common_words_count_in_phrases_alone() -> None:
    forms = forms_of("The council of the states, the council")
    sought: list[Leaf] = [
        Term("the", ""),
        Term("=the", ""),
        Term("council", ""),
        Phrase(("the", "council"), ""),
    ]
    assert counts_in_forms(forms, sought) == [0, 0, 2, 2]
    assert counts_in_forms(forms, [Phrase(("=the", "=states"), ""), Phrase(("the", "=states"), "")]) == [1, 0]
    assert counts_in_forms(forms, [Prefix("t", "", exact=True), Prefix("co", "", exact=True)]) == [0, 2]


def test_compounds_articles_and_distances_are_read_whole() -> None:
    assert is_plain("peace and order", "peace and order", [Term("peac", "")])
    assert not is_plain("Kassym-Jomart", "kassym-jomart", [Term("peac", "")])
    assert not is_plain("Article 4", "article 4", [Term("peac", "")])
    assert not is_plain("§ 4", "4", [Term("peac", "")])
    assert not is_plain("peace", "peace", [Near((("a",),), (("b",),), 2, "")])
