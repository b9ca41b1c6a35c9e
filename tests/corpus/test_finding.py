"""What is found in the stored words is what the search marks in the text."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstokb.corpus.finding import Finder
from cstokb.corpus.texts import words_of
from cstokb.fulltext.errors import QueryError
from cstokb.fulltext.forms import packed, unpacked
from cstokb.fulltext.passages import spans_of
from cstokb.fulltext.query import parse
from cstokb.fulltext.terms import analyse
from cstokb.fulltext.tree import Or
from tests.fulltext import strategies


def found(query: str, text: str) -> list[str]:
    """The pieces of the text that a query finds."""
    tree = parse(query, strategies.FIELDS).tree
    analysis = analyse(text)
    forms = packed(analysis)
    spans = Finder(words_of(tree)).spans(forms, unpacked(forms), text)
    return [text[analysis.words[first].start : analysis.words[last].end] for first, last in spans]


def test_each_word_is_a_hit_and_a_phrase_is_one() -> None:
    text = "Collective security, and border security."
    assert found("collective security", text) == ["Collective", "security", "security"]
    assert found('"collective security"', text) == ["Collective security"]
    assert found('security OR "collective security"', text) == ["Collective security", "security"]
    assert found("=securities", text) == []
    assert found('="border security" -drugs', text) == ["border security"]


def test_an_article_is_found_by_its_number_and_never_as_another() -> None:
    text = "Article 4, Articles 2 and 4, ст. 4 and Article 40; 4 words."
    assert found('"Article 4"', text) == ["Article 4", "4", "ст. 4"]
    near = found("border NEAR/2 state", "States at the border; a state and, far away, one more border.")
    assert near == ["border", "state"]
    assert found("border NEAR/2 state", "No state is near to any of the borders.") == []


def test_a_compound_is_found_by_its_parts_and_as_a_whole() -> None:
    for query in ("KassymJomart", '"Kassym Jomart"', "kassym-jomart"):
        assert found(query, "Mr Kassym-Jomart Tokayev") == ["Kassym-Jomart"], query
    assert found("jomart", "Mr Kassym-Jomart Tokayev") == ["Jomart"]


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.queries, strategies.texts)
def test_both_ways_of_looking_find_the_same(query: str, text: str) -> None:
    try:
        tree = parse(query.replace("*", ""), strategies.FIELDS).tree
    except QueryError:
        return
    leaves = words_of(tree)
    if not leaves:
        return
    analysis = analyse(text)
    forms = packed(analysis)
    mine = Finder(leaves).spans(forms, unpacked(forms), text)
    marked = spans_of(text, Or(leaves))
    words = analysis.words
    assert [words[first].start for first, _ in mine] == [
        next(word.start for word in words if word.end > start) for start, _ in marked
    ]
    assert [words[last].end for _, last in mine] == [end for _, end in marked]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(strategies.WORDS), strategies.texts)
def test_one_word_alone_is_found_without_the_text(word: str, text: str) -> None:
    finder = Finder(words_of(parse(f"={word}").tree))
    forms = packed(analyse(text))
    assert finder.needs_text or finder.spans(forms, unpacked(forms)) == finder.spans(
        forms, unpacked(forms), text
    )
