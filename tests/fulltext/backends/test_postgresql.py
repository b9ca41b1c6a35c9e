"""How PostgreSQL is asked."""

import pytest
from django.db import connection

from cstokb.fulltext import engine, tables
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.models import IndexedRecord
from cstokb.fulltext.query import parse

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL's plans"),
]


def read_row_by_row(table: str) -> int:
    """How often the table was read from its beginning to its end in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = %s", [table])
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "query", ["rare", "common", "common rare", "comm*", '"common word"', "rare NEAR/3 word"]
)
def test_no_table_of_terms_is_read_row_by_row_however_small_it_is(query: str) -> None:
    engine.index(
        Document(
            number, "statement", segments=(Segment("p1", "en", "a common word" + " rare" * (number == 3)),)
        )
        for number in range(1, 30)
    )
    before = [read_row_by_row(table) for table in ("fulltext_terms", "fulltext_streams")]
    result = engine.search(parse(query))
    after = [read_row_by_row(table) for table in ("fulltext_terms", "fulltext_streams")]
    assert (result.count, after) == (1 if "rare" in query else 29, before)


def test_among_a_hundred_thousand_records_none_is_looked_at_but_those_found() -> None:
    tables.write(
        IndexedRecord,
        ((number, "statement", None, None, 3, "", "", "") for number in range(100_000, 200_000)),
    )
    engine.index(
        Document(
            number, "statement", segments=(Segment("p1", "en", "a common word" + " rare" * (number == 3)),)
        )
        for number in range(1, 30)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE fulltext_indexedrecord")
    before = read_row_by_row("fulltext_indexedrecord")
    asked = {
        "rare": 1,
        "common": 29,
        "common rare": 1,
        "comm*": 29,
        '"common word"': 29,
        '"common word" OR ("word rare" "common word")': 29,
        '"word rare" OR rare OR nothing': 1,
        '"common word" rare': 1,
        "common NOT rare": 28,
        "common NEAR/2 rare": 1,
    }
    assert {query: engine.search(parse(query)).count for query in asked} == asked
    assert read_row_by_row("fulltext_indexedrecord") == before


def test_a_table_that_is_read_row_by_row_is_counted() -> None:
    engine.index([Document(1, "statement", segments=(Segment("p1", "en", "common"),))])
    before = read_row_by_row("fulltext_terms")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute("SELECT record_id FROM fulltext_terms WHERE vector @@ 'common'")
    assert read_row_by_row("fulltext_terms") == before + 1
