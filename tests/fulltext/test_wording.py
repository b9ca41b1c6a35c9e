"""A query is explained in words: every node of it, each with its brackets."""

from collections.abc import Collection, Mapping, Sequence

import pytest

from cstokb.fulltext.fields import DateField, FacetField, Field, PeriodField, choices
from cstokb.fulltext.query import parse
from cstokb.fulltext.wording import in_words

pytestmark = pytest.mark.django_db  # NEAR asks how many words a beginning stands for

FIELDS: dict[str, Field] = {
    "state": FacetField("state", choices("kaz", "arm")),
    "before": DateField("before"),
    "after": DateField("after"),
    "year": PeriodField(),
}
FORMS = {"tokayev": ("Токаев", "Tokaev"), "nikol pashinyan": ("Никол Пашинян",)}


def names(keys: Collection[str]) -> Mapping[str, Sequence[str]]:
    return {key: FORMS[key] for key in keys if key in FORMS}


def told(text: str) -> str:
    return in_words(parse(text, FIELDS, names), {"state": "State"})


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("treaty", ""),
        ("treaty security", ""),
        ("the treaty", "“treaty”"),
        ("tokayev", "“tokayev” (also “Токаев”, “Tokaev”)"),
        ("nikol pashinyan war", "“nikol pashinyan” (also “Никол Пашинян”) and “war”"),
        ("nikol war", ""),
        ('"collective defence"', "the phrase “collective defence”"),
        ("=tokayev", "exactly “tokayev”"),
        ('="the treaties"', "exactly the phrase “the treaties”"),
        ("terror*", "words that begin with “terror”"),
        ("=terror*", "exactly words that begin with “terror”"),
        ("a1 OR tokayev", "“a1” or “tokayev” (also “Токаев”, “Tokaev”)"),
        ("a1 OR b1 c1", "(“a1” or “b1”) and “c1”"),
        ("(a1 b1) OR c1", "(“a1” and “b1”) or “c1”"),
        ("-(a1 b1) c1 -d1", "“c1”; without (“a1” and “b1”); without “d1”"),
        ("a1 NEAR/1 b1", "“a1” within 1 word of “b1”"),
        ("the NEAR/2 tokayev", "“the” within 2 words of “tokayev” (also “Токаев”, “Tokaev”)"),
        ("tokayev NEAR/2 =b1", "exactly “tokayev” within 2 words of exactly “b1”"),
        ("(a1 OR b1*) NEAR/5 c1", "(“a1” or words that begin with “b1”) within 5 words of “c1”"),
        (
            "a1 NEAR/2 b1 NEAR/3 c1",
            "“a1” within 2 words of “b1” and “b1” within 3 words of “c1”",
        ),
        ("war state:kaz year:2010..2022", "“war”; State: kaz; from 2010 to 2022"),
        ("state:kaz", "State: kaz"),
        ("year:2010.. year:..2022 year:2011", "from 2010 on; up to 2022; of 2011"),
        ("after:2010-05 before:2022", "from 2010-05 on; up to 2022"),
        ("Article 4 -war", "“Article 4”; without “war”"),
        ("a1 OR -state:kaz b1", "(“a1” or without State: kaz) and “b1”"),
        ("a1 * OR ()", "“a1”"),
    ],
)
def test_every_part_of_a_query_is_told(query: str, words: str) -> None:
    assert told(query) == words


@pytest.mark.parametrize("query", ["", "-a1", "the", "*"])
def test_what_asks_nothing_is_not_told(query: str) -> None:
    assert told(query) == ""
