"""What was found, marked as it is written, in HTML that is safe."""

import pytest

from cstokb.fulltext import engine
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.fields import FacetField, choices
from cstokb.fulltext.passages import EXCERPT
from cstokb.fulltext.query import parse

pytestmark = pytest.mark.django_db


def marked(text: str, query: str) -> str:
    engine.index([Document(1, "statement", segments=(Segment("p1", "en", text),))])
    excerpts = engine.passages([1], parse(query)).get(1, [])
    return "|".join(str(one.html) for one in excerpts)


@pytest.mark.parametrize(
    ("text", "query", "html"),
    [
        ("Practice of the Act", "act", "Practice of the <mark>Act</mark>"),
        ("a&b <b>", "a&b", "<mark>a&amp;b</mark> &lt;b&gt;"),
        ("<script>war</script>", "war", "&lt;script&gt;<mark>war</mark>&lt;/script&gt;"),
        ("Treaties, a treaty", "treaty", "<mark>Treaties</mark>, a <mark>treaty</mark>"),
        ("one two, two one two", '"one two"', "<mark>one two</mark>, two <mark>one two</mark>"),
        ("under ст. 4 of 4", "Article 4", "under <mark>ст. 4</mark> of 4"),
        ("Articles 2–5 of", "Article 3", "<mark>Articles 2–5</mark> of"),
        ("Kassym-Jomart spoke", "KassymJomart", "<mark>Kassym-Jomart</mark> spoke"),
        (
            "peacekeepers of the UN. UN",
            "peacekeep* NEAR/3 UN",
            "<mark>peacekeepers</mark> of the <mark>UN</mark>. UN",
        ),
        ("war, peace", "war -zzz", "<mark>war</mark>, peace"),
        (
            "peacekeeping, peace, peacekeepers",
            "peacekeepi*",
            "<mark>peacekeeping</mark>, peace, <mark>peacekeepers</mark>",
        ),
        ("peacekeeping, peacekeepers", "=peacekeepi*", "<mark>peacekeeping</mark>, peacekeepers"),
        ("a1 a1 b1 c1 a1", "a1 NEAR/1 c1", "a1 a1 b1 <mark>c1</mark> <mark>a1</mark>"),
        ("a1 b1 c1 d1", '"a1 b1" NEAR/1 "c1 d1"', "<mark>a1 b1</mark> <mark>c1 d1</mark>"),
        (
            "x y z x q q c1",
            'c1 NEAR/4 ("x y z" OR x)',
            "<mark>x y z</mark> <mark>x</mark> q q <mark>c1</mark>",
        ),
        ("x y z x q q c1", 'c1 NEAR/3 ("x y z" OR x)', "x y z <mark>x</mark> q q <mark>c1</mark>"),
        ("x y z x q c1 x", 'c1 NEAR/1 ("x y z" OR x)', "x y z x q <mark>c1</mark> <mark>x</mark>"),
        ("security securities", "=security", "<mark>security</mark> securities"),
        ("war or peace", "peace OR zzz", "war or <mark>peace</mark>"),
        ("Пётр", "Петр", "<mark>Пётр</mark>"),
    ],
)
def test_whole_words_are_marked_as_written(text: str, query: str, html: str) -> None:
    """B044, B045."""
    assert marked(text, query) == html


def test_a_long_passage_is_cut_between_words_around_its_densest_marks() -> None:
    text = "war " + "lorem ipsum " * 60 + "war and war <and> war " + "dolor sit " * 60
    html = marked(text, "war")
    assert html.count("<mark>war</mark>") == 3
    assert html.startswith("… ")
    assert html.endswith(" …")
    bare = (
        html.replace("<mark>", "")
        .replace("</mark>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .strip("… ")
    )
    assert bare in text
    assert len(bare) <= EXCERPT
    assert set(bare.split()) <= set(text.split())


def test_a_mark_longer_than_an_excerpt_is_shown_whole() -> None:
    word = "щ" * 500
    assert marked(f"a {word} b " + "c " * 200, word).startswith(f"a <mark>{word}</mark>")


def test_the_best_passages_come_in_the_order_of_their_worth() -> None:
    texts = ("war", "peace war", "nothing", "war war", "peace, war and war")
    segments = tuple(Segment(f"p{number}", "en", text, "note") for number, text in enumerate(texts))
    engine.index(
        [Document(1, "statement", segments=segments), Document(2, "statement", titles=(("en", "War"),))]
    )
    found = engine.passages([1, 2, 3], parse("war peace"))
    assert [(one.anchor, one.language, one.role) for one in found[1]] == [
        ("p4", "en", "note"),
        ("p1", "en", "note"),
        ("p3", "en", "note"),
    ]
    assert list(found) == [1]
    assert [one.anchor for one in engine.passages([1], parse("war peace"), each=1)[1]] == ["p4"]


def test_a_title_is_marked_whole_and_escaped() -> None:
    assert engine.highlight("War & <peace>", parse("peace")) == "War &amp; &lt;<mark>peace</mark>&gt;"
    assert engine.highlight("War & <peace>", parse("-peace")) == "War &amp; &lt;peace&gt;"


def test_a_field_marks_nothing() -> None:
    query = parse("state:kaz war", {"state": FacetField("state", choices("kaz"))})
    segment = Segment("p1", "en", "war in kaz")
    engine.index([Document(1, "statement", segments=(segment,), facets={"state": ("kaz",)})])
    assert [str(one.html) for one in engine.passages([1], query)[1]] == ["<mark>war</mark> in kaz"]


def test_nothing_sought_shows_nothing() -> None:
    engine.index([Document(1, "statement", segments=(Segment("p1", "en", "war"),))])
    assert engine.passages([1], parse("-war")) == engine.passages([], parse("war")) == {}
