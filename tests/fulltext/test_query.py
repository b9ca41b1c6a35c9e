"""The query language: what is read, what is repaired and said, what is refused and where."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import pytest

from cstokb.fulltext import engine
from cstokb.fulltext.documents import Document
from cstokb.fulltext.errors import BadValue, FieldValueError, QueryError, QueryTooLong
from cstokb.fulltext.fields import DateField, FacetField, Field, PeriodField, choices
from cstokb.fulltext.query import Query, parse
from cstokb.fulltext.tree import And, Dated, HasFacet, Near, Not, Or, Phrase, Prefix, Term

pytestmark = pytest.mark.django_db  # NEAR asks how many words a beginning stands for

FIELDS: dict[str, Field] = {
    "state": FacetField("state", choices("kaz", "arm")),
    "before": DateField("before"),
    "after": DateField("after"),
    "year": PeriodField(),
}
FORMS = {
    "tokayev": ("Токаев", "Tokaev"),
    "nikol pashinyan": ("Никол Пашинян",),
    "tok*": ("Токаев",),
}


def names(keys: Collection[str]) -> Mapping[str, Sequence[str]]:
    return {key: FORMS[key] for key in keys if key in FORMS}


def read(text: str) -> Query:
    return parse(text, FIELDS, names)


def term(word: str) -> Term:
    return Term(word, "")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("treaty", term("treati")),
        ("treaty security", And((term("treati"), term("secur")))),
        ('"the treaties"', Phrase(("the", "treati"), "")),
        ("=treaties", term("=treaties")),
        ('="the treaties"', Phrase(("=the", "=treaties"), "")),
        ("=the", Phrase(("=the",), "")),
        ("terror*", Prefix("terror", "")),
        ("=terror*", Prefix("terror", "", exact=True)),
        ("border OR frontier", Or((term("border"), term("frontier")))),
        ("a1 b1 OR c1", And((term("a1"), Or((term("b1"), term("c1")))))),
        ("a1 AND b1", And((term("a1"), term("b1")))),
        ("(a1 b1) OR c1", Or((And((term("a1"), term("b1"))), term("c1")))),
        ("a1 -b1", And((term("a1"), Not(term("b1"))))),
        ("a1 \u2212b1", And((term("a1"), Not(term("b1"))))),
        ("a1\u00a0NOT b1", And((term("a1"), Not(term("b1"))))),
        ("a1 NOT NOT b1", And((term("a1"), term("b1")))),
        ("a1 -(b1 c1)", And((term("a1"), Not(And((term("b1"), term("c1"))))))),
        ("a1 NEAR/5 b1", Near((("a1",),), (("b1",),), 5, "")),
        ("peacekeep* NEAR/5 UN", Near((Prefix("peacekeep", ""),), (("un",),), 5, "")),
        ("(a1 OR b1) NEAR/2 c1", Near((("a1",), ("b1",)), (("c1",),), 2, "")),
        ("a1 NEAR/2 =b1", Near((("=a1",),), (("=b1",),), 2, "")),
        ("a1 not b1 or near", And((term("a1"), term("b1"), term("near")))),
        (
            "a1 NEAR/2 b1 NEAR/3 c1",
            And((Near((("a1",),), (("b1",),), 2, ""), Near((("b1",),), (("c1",),), 3, ""))),
        ),
        ("a1 NEAR/2 ()", term("a1")),
        ("a1 NEAR/2 (*)", term("a1")),
        ("a1 OR ()", term("a1")),
        ("a1 -()", term("a1")),
        ("a1 -the", term("a1")),
        ('a1 ""', term("a1")),
        ("a1 *", term("a1")),
        ("a1 …*", term("a1")),
        ("a1 NEAR/2 …*", term("a1")),
        ("=: NEAR/1 a1", term("a1")),
        ("=b1 NEAR/1 a1", Near((("=b1",),), (("=a1",),), 1, "")),
        ("(=: OR b1) NEAR/1 a1", Near((("b1",),), (("a1",),), 1, "")),
        ("(=b1 OR a1) NEAR/1 :", Or((term("=b1"), term("a1")))),
        ("kassym-jom*", Or((And((term("kassym"), Prefix("jom", ""))), Prefix("kassymjom", "")))),
        (
            "=kassym-jom*",
            Or((And((term("=kassym"), Prefix("jom", "", exact=True))), Prefix("kassymjom", "", exact=True))),
        ),
        ("kassym-jom* NEAR/2 a1", Near((Prefix("kassymjom", ""),), (("a1",),), 2, "")),
        ("=co-operation", Or((Phrase(("=co", "=operation"), ""), term("=cooperation")))),
        ("= a1", term("a1")),
        ("==a1", term("=a1")),
        ("20.04", Phrase(("20", "04"), "")),
        ("a1/b1", Phrase(("a1", "b1"), "")),
        ("@x1 ^y1", And((term("x1"), term("y1")))),
        ("co-operation", Or((Phrase(("co", "oper"), ""), term("cooper")))),
        ("O'Connor", Or((Phrase(("o", "connor"), ""), term("oconnor")))),
        ("Pashinyan, N.", And((term("pashinyan"), Prefix("n", "", exact=True)))),
        ("п. 4", And((term("п"), term("4")))),
        ("Article 4", term("§4")),
        ('"Article 4"', term("§4")),
        ("ст. 4 договора", And((term("§4"), term("договор")))),
        ("§ 4", term("§4")),
        ("Article 4 OR Article 5", Or((term("§4"), term("§5")))),
        ("Articles 4 and 5", And((term("§4"), term("§5")))),
        ('"under Article 4"', Phrase(("under", "§4"), "")),
        ('="Article 4"', Phrase(("=article", "=4"), "")),
        ("state:kaz OR state:arm", Or((HasFacet("state", ("kaz",), ""), HasFacet("state", ("arm",), "")))),
        ('STATE:"KAZ"', HasFacet("state", ("kaz",), "")),
        ("year:2010..2022", Dated(date(2010, 1, 1), date(2022, 12, 31), "")),
        ("year:2020", Dated(date(2020, 1, 1), date(2020, 12, 31), "")),
        ("year:2020..", Dated(date(2020, 1, 1), None, "")),
        ("year:..2020", Dated(None, date(2020, 12, 31), "")),
        ("after:2021-06", Dated(date(2021, 6, 1), None, "")),
        ("before:2021-06", Dated(None, date(2021, 6, 30), "")),
    ],
)
def test_what_a_query_means(text: str, tree: object) -> None:
    query = read(text)
    assert query.tree == tree == read(query.canonical).tree
    assert [one.code for one in query.notices if one.code != "near-exact"] == []
    assert query.hint is None


@pytest.mark.parametrize(
    ("text", "same_as", "code", "suggestion"),
    [
        ('"collective security', "collective security", "unbalanced-quote", '"collective security"'),
        ("collective security»", "collective security", "unbalanced-quote", "collective security"),
        ("((treaty", "treaty", "unbalanced-bracket", "((treaty))"),
        ("treaty)", "treaty", "unbalanced-bracket", "treaty"),
        ("NEAR(", "near", "unbalanced-bracket", "NEAR()"),
        ("мир OR", "мир", "lone-operator", "мир"),
        ("AND мир", "мир", "lone-operator", "мир"),
        ("мир - treaty", "мир treaty", "lone-operator", "мир treaty"),
        ("NEAR/3 мир", "мир", "lone-operator", "мир"),
        ("мир AND", "мир", "lone-operator", "мир"),
        ("мир AND AND treaty", "мир AND treaty", "lone-operator", "мир AND treaty"),
        ("мир NOT", "мир", "lone-operator", "мир"),
        ("мир NEAR/3", "мир", "lone-operator", "мир"),
        ("мир NEAR/3 -treaty", "мир -treaty", "lone-operator", "мир -treaty"),
        ("мир OR AND treaty", "мир AND treaty", "lone-operator", "мир AND treaty"),
        ("=(мир)", "мир", "lone-operator", "мир"),
        ("“collective security”", '"collective security"', "typographic-quotes", '"collective security"'),
        ("«коллективная безопасность»", '"коллективная безопасность"', "typographic-quotes", None),
        ("„мир и безопасность“", '"мир и безопасность"', "typographic-quotes", None),
        ("title:x1", "title x1", "unknown-field", "title x1"),
        ("title: x1", "title x1", "unknown-field", "title x1"),
        ("title:-x1", "title -x1", "unknown-field", "title -x1"),
        ('title:"x1 y1"', 'title "x1 y1"', "unknown-field", 'title "x1 y1"'),
        ("http://x1", "http x1", "unknown-field", "http //x1"),
        ("*говор", "говор", "leading-wildcard", "говор"),
        ("a1*b1*", "a1 b1*", "leading-wildcard", "a1 b1*"),
    ],
)
def test_a_slip_is_repaired_and_said(text: str, same_as: str, code: str, suggestion: str | None) -> None:
    """B026, B027, B028."""
    query = read(text)
    assert query.tree == read(same_as).tree
    assert {one.code for one in query.notices} == {code}
    assert all(str(one.message) for one in query.notices)
    if suggestion is not None:
        assert query.notices[0].suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("  a1   OR\u00a0b1 ", "a1 OR b1"),
        ("(a1 (b1)) OR (c1)", "(a1 AND b1) OR c1"),
        ("Nikol AND Pashinyan", "Nikol AND Pashinyan"),
        ("a1 OR b1 (c1)", "a1 OR b1 AND c1"),
        ("NOT (a1 b1) c1", "-(a1 b1) c1"),
        ("«Договор о „мире“» =x1 y1*", '"Договор о  мире " =x1 y1*'),
        ("STATE:kaz year:«2010..2012»", "state:kaz year:2010..2012"),
        ("(a1 OR b1*) NEAR/2 c1 NEAR/3 =d1", "(a1 OR b1*) NEAR/2 c1 =c1 NEAR/3 =d1"),
        ("a1 NEAR/2 b1 NEAR/3 c1", "a1 NEAR/2 b1 NEAR/3 c1"),
        ("a1 NEAR/2 (*) *", "a1"),
        ("ст.    4 NEAR/2 x1", "ст. 4 NEAR/2 x1"),
        ("Article (4)", "Article AND 4"),
        # What is excluded twice is not excluded, be there ever so much that says nothing around it.
        ("-(* -a1)", "a1"),
        ("-(-(a1 b1))", "a1 b1"),
        ("-(-a1 -b1)", "-(-a1 -b1)"),
        # Between two numbers a dash is one word with them, but not where something else parts it from one of them.
        ("Articles 2 - 5", "Articles 2 - 5"),
        ("7 OR 2 - 5", "7 OR 2 AND 5"),
        ("2 - 5 OR 7", "2 AND 5 OR 7"),
    ],
)
def test_a_query_is_written_out_without_what_says_nothing(text: str, canonical: str) -> None:
    assert read(text).canonical == canonical
    assert read(canonical).tree == read(text).tree


def test_several_slips_are_each_said_with_the_query_as_it_was_read() -> None:
    notices = read("((treaty OR x:").notices
    assert [one.code for one in notices] == ["unbalanced-bracket", "unbalanced-bracket", "unknown-field"]
    assert {one.suggestion for one in notices} == {"treaty OR x"}


def test_a_dash_between_two_numbers_is_a_range_of_articles() -> None:
    assert read("Articles 2 - 4").tree == And((term("§2"), term("§4")))
    assert read("Articles 2 - 4").notices == ()


def test_quotes_of_another_kind_may_stand_inside_angle_quotes() -> None:
    assert read("«Договор о „мире“»").tree == read('"Договор о мире"').tree


def test_an_unknown_field_is_told_the_nearest() -> None:
    (notice,) = read("stat:kaz").notices
    assert (notice.start, notice.end, notice.nearest) == (0, 5, "state")
    assert notice.allowed == ("after", "before", "state", "year")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "empty"),
        (" \u00a0\u200b", "empty"),
        ("…", "empty"),
        ("\x00", "empty"),
        ("-", "empty"),
        ("AND", "empty"),
        ('""', "empty"),
        ("()", "empty"),
        ("*", "only-wildcard"),
        ("***", "only-wildcard"),
        ("the of and", "only-stop-words"),
        ("и в на", "only-stop-words"),
        ("-treaty", "only-exclusions"),
        ("NOT treaty -war", "only-exclusions"),
        ("treaty OR -war", "only-exclusions"),
        ("the -treaty", "only-exclusions"),
    ],
)
def test_nothing_to_look_for_gets_a_hint(text: str, hint: str) -> None:
    """B029, B033, B034."""
    query = read(text)
    assert query.tree is None
    assert query.hint is not None
    assert (query.hint.code, bool(str(query.hint.message))) == (hint, True)


@pytest.mark.parametrize(
    ("text", "start", "end", "value"),
    [
        ("war before:tomorrow", 11, 19, "tomorrow"),
        ("war state:", 10, 10, ""),
        ("war state:xxx", 10, 13, "xxx"),
        ('state:"x y"', 6, 11, "x y"),
        ("year:2022..2010", 5, 15, "2022..2010"),
        ("year:..", 5, 7, ".."),
        ("year:1992-13", 5, 12, "1992-13"),
        ("after:~", 6, 7, "~"),
        ("a1 NEAR/0 b1", 3, 9, "0"),
        ("a1 NEAR/31 b1", 3, 10, "31"),
    ],
)
def test_a_bad_value_is_refused_with_its_place(text: str, start: int, end: int, value: str) -> None:
    with pytest.raises(BadValue) as caught:
        read(text)
    assert (caught.value.start, caught.value.end, caught.value.value) == (start, end, value)
    assert str(caught.value)


def test_a_bad_value_says_what_would_be_valid() -> None:
    with pytest.raises(BadValue) as caught:
        read("state:xxx")
    assert caught.value.allowed == ("kaz", "arm")


def test_a_resolver_may_name_the_nearest() -> None:
    def resolve(value: str) -> Sequence[str]:
        raise FieldValueError("No such state.", nearest="kaz")

    with pytest.raises(BadValue, match="No such state") as caught:
        parse("state:kax", {"state": FacetField("state", resolve)})
    assert caught.value.nearest == "kaz"


@pytest.mark.parametrize("text", ["(a1 b1) NEAR/2 c1", "state:kaz NEAR/2 c1", "a1 NEAR/2 (-b1)"])
def test_near_joins_words_and_phrases_only(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        read(text)
    assert text[caught.value.start : caught.value.end] == "NEAR/2"


def test_near_takes_only_so_many_words() -> None:
    engine.index([Document(1, "statement", names=tuple(f"word{number}" for number in range(1000)))])
    assert read("word12* NEAR/5 war").tree is not None
    for text in (
        "word* NEAR/5 war",
        "word1* NEAR/5 word2*",
        "word1* NEAR/30 (a1 OR b1)",
        "word1* NEAR/1 w " * 4,
    ):
        with pytest.raises(BadValue) as caught:
            read(text)
        assert text[caught.value.start : caught.value.end].startswith("NEAR/")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1001,
        "щ" * 9000,
        "x " * 65,
        '"' + "x " * 65 + '"',
        " OR ".join("x" * 65),
        "(" * 17 + "x" + ")" * 17,
    ],
)
def test_too_long_is_refused(text: str) -> None:
    with pytest.raises(QueryTooLong):
        read(text)


@pytest.mark.parametrize("text", ["x" * 1000, "x " * 64, "(" * 16 + "x" + ")" * 16, "(" * 900 + "x"])
def test_up_to_the_limits_is_read(text: str) -> None:
    assert read(text).tree is not None


# -- names --


def test_a_name_stands_for_its_other_forms_and_says_so() -> None:
    query = read("tokayev war")
    assert query.tree == And((Or((term("tokayev"), term("тока"), term("tokaev"))), term("war")))
    assert query.explained == '(tokayev OR "Токаев" OR "Tokaev") AND war'


def test_words_beside_each_other_that_form_a_name_mean_the_phrase_or_all_words() -> None:
    form = Phrase(("никол", "пашинян"), "")
    assert read('"Nikol Pashinyan"').tree == Or((Phrase(("nikol", "pashinyan"), ""), form))
    words = And((term("nikol"), term("pashinyan")))
    assert read("Nikol Pashinyan speech").tree == And((Or((words, form)), term("speech")))
    assert read("speech Nikol Pashinyan").tree == And((term("speech"), Or((words, form))))


@pytest.mark.parametrize("text", ["Nikol AND Pashinyan", "Nikol (Pashinyan)", "Nikol war Pashinyan"])
def test_words_that_do_not_stand_beside_each_other_form_no_name(text: str) -> None:
    assert "Никол" not in read(text).explained


def test_the_equals_sign_switches_names_off() -> None:
    assert read("=tokayev").tree == term("=tokayev")
    assert read('="Nikol Pashinyan"').tree == Phrase(("=nikol", "=pashinyan"), "")


def test_an_exclusion_excludes_what_the_word_finds() -> None:
    assert read("war -tokayev").tree == And(
        (term("war"), Not(Or((term("tokayev"), term("тока"), term("tokaev")))))
    )


def test_a_prefix_finds_the_names_it_may_be_completed_to() -> None:
    assert read("tok*").tree == Or((Prefix("tok", ""), term("тока")))


def test_names_stand_on_both_sides_of_near() -> None:
    query = read("war NEAR/3 tokayev")
    assert query.tree == Near((("war",),), (("tokayev",), ("тока",), ("tokaev",)), 3, "")
    assert query.explained == 'war NEAR/3 (tokayev OR "Токаев" OR "Tokaev")'


def test_names_are_asked_for_once_for_the_whole_query() -> None:
    asked: list[set[str]] = []

    def note(keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        asked.append(set(keys))
        return {}

    parse('Nikol Pashinyan, "a b" tok* -(war NEAR/3 peace) =x', names=note)
    assert asked == [
        {
            "nikol",
            "pashinyan,",
            "pashinyan",
            "nikol pashinyan,",
            "nikol pashinyan",
            "a b",
            "tok*",
            "war",
            "peace",
        }
    ]


def test_the_keys_are_those_of_a_title_that_the_query_equals() -> None:
    # With the common words around it, and without.
    council = ("о совет безопасн", "совет безопасн")
    assert read("О Совете  Безопасности").keys == read('"о совете безопасности"').keys == council
    assert read("state:kaz Nikol Pashinyan").keys == ("nikol pashinyan", "никол пашинян")
    assert read("Article 4").keys == read("ст. 4").keys == ("§4",)
    assert read("a1 OR b1").keys == read("a1 -b1").keys == read("a1*").keys == ()
