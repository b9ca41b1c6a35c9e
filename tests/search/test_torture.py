"""Whatever is typed is answered: on the page, by the API, and in time among many records."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from cstokb.fulltext import engine
from cstokb.fulltext.backends import answering
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.query import parse
from tests.factories import meetings
from tests.factories import records as make
from tests.scale import at_scale

pytestmark = pytest.mark.django_db

CASES = (
    '"collective security',
    "((treaty",
    "treaty)",
    "O'Connor",
    "co-operation",
    "20.04",
    "@x",
    "title:x",
    "NEAR(",
    "AND",
    "мир OR",
    "^a",
    "a/b",
    "-",
    "*",
    "***",
    "*говор",
    "the of and",
    "и в на",
    "-treaty",
    "\x00",
    "a\x00b",
    "state:",
    "state:\x00",
    "before:tomorrow",
    "year:9999..0001",
    "after:99999999999",
    "a NEAR/0 b",
    "a* NEAR/30 b*",
    "NEAR/5",
    "'; DROP TABLE fulltext_terms; --",
    '") OR ("',
    "{heading} : x",
    "x' | 'y",
    "a & b | !c <-> d",
    ":*",
    "\ud7ff\U0010ffff",
    "и\u0306" * 40,
    "(" * 16 + "x" + ")" * 16,
    "Articles 1-9999",
    "§" * 50,
    "ст. 4 бис NEAR/2 §",
    "=" * 30,
    "«" * 20 + "»" * 20,
    "%s %(x)s {0} {{ x }} <script>",
    "cites:cst/art-4 speaker:nobody",
    "topic:«a „b“»",
    "lang:xx type:yy",
    "treaty - state:kaz Article 4",
    "Article     4 traety",
    "Article 4 - \xad : OR: x",
)
PIECES = (
    *(
        "treaty",
        "договор",
        "Токаева",
        "Kazakhstan",
        "collective",
        "security",
        "Article 4",
        "ст. 4",
        "the",
        "в",
        "4",
    ),
    *(
        "OR",
        "AND",
        "NOT",
        "NEAR/3",
        "NEAR/31",
        "-",
        "=",
        "*",
        "(",
        ")",
        '"',
        "«",
        "»",
        "state:kaz",
        "state:x",
        ":",
    ),
    *(
        "year:2010..2022",
        "after:2020",
        "x:",
        "\u200b",
        "\u00ad",
        "\u2212",
        "'",
        "&",
        "|",
        "!",
        "\\",
        "%",
        "\x00",
        "é",
    ),
)


def queries(count: int) -> Iterator[str]:
    """The cases, and random rows of pieces up to so many."""
    yield from CASES[:count]
    chance = random.Random(4)
    for _ in range(count - len(CASES)):
        glue = chance.choice((" ", " ", ""))
        yield glue.join(chance.choices(PIECES, k=chance.randint(1, 12)))


def ask(path: str, query: str) -> None:
    response = Client().get(f"{path}?q={quote(query)}")
    body = response.content.decode()
    assert response.status_code in (200, 400), (path, query)
    assert "no such column" not in body
    assert "syntax error" not in body


@pytest.fixture(scope="class")
def world(own_database: None) -> None:
    """A person, a state and a statement."""
    make.person("tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев")
    make.state("kaz", "Kazakhstan", "Казахстан")
    meetings.statement("words", "2015", title_en="On collective security", summary_en="Article 4, ст. 4.")


@pytest.mark.usefixtures("world")
class TestAnyQuery:
    def test_page_and_api_fail_on_none(self) -> None:
        """B028, B029: each query here by the one or the other in turn, every one by both in the slow lane."""
        for number, query in enumerate(queries(80)):
            ask(("/api/v1/search/", "/search/")[number % 2], query)

    @pytest.mark.slow
    def test_page_and_api_fail_on_none_of_three_hundred(self) -> None:
        for query in queries(300):
            for path in ("/api/v1/search/", "/search/", "/ru/search/"):
                ask(path, query)


MANY = at_scale(2_000, 20_000)
TIMED = (
    "договор",
    "коллективная безопасность",
    '"collective security"',
    "w1* security",
    "w11* NEAR/5 w2",
    "collective OR w3 -w4",
    "*говор",
    "state:kaz w5 year:2010..2012",
    "(w1 OR w2 OR w3) (w4 OR w5) -(w6 w7)",
    "the w1",
    "=security",
)


@pytest.mark.slow
def test_among_many_records_no_query_takes_ten_times_as_long_as_a_common_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """B029: a star in front of a word scans nothing."""
    # The measure is a common word as whoever asks first meets it, not as it is once it is known who holds what.
    monkeypatch.setattr(answering, "MANY", MANY)
    chance = random.Random(7)
    vocabulary = [f"w{number}" for number in range(3000)]
    common = tuple("collective security treaty договор коллективная безопасность of и".split())  # noqa: SIM905
    first = date(2000, 1, 1)
    engine.index(
        Document(
            number,
            "statement",
            date_min=first + timedelta(days=number % 8000),
            titles=(("en", " ".join(chance.choices(common, k=6))),),
            segments=tuple(
                Segment(
                    f"p{place}",
                    "en",
                    " ".join(chance.choices(vocabulary, k=40) + chance.choices(common, k=20)),
                )
                for place in range(2)
            ),
            facets={"state": (chance.choice(("kaz", "arm", "blr")),), "year": (str(2000 + number % 22),)},
        )
        for number in range(1, MANY + 1)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself, once it sees so many new rows committed
    from tests.fulltext.test_wording import FIELDS

    def seconds(text: str) -> float:
        query = parse(text, FIELDS)
        began = perf_counter()
        result = engine.search(query)
        engine.passages([hit.id for hit in result.hits], query)
        return perf_counter() - began

    plain = sorted(seconds("договор") for _ in range(3))[1]
    times = {text: min(seconds(text) for _ in range(3)) / plain for text in TIMED}
    assert {text: ratio for text, ratio in times.items() if ratio > 10} == {}
