"""PostgreSQL: terms once more behind the letter of their weight, and functions that ask the two indexes (ADR 21)."""

from typing import Any

from django.db import migrations

_LETTERED = (
    "ALTER TABLE fulltext_terms ADD COLUMN lettered tsvector NOT NULL DEFAULT ''",
    """
    UPDATE fulltext_terms SET vector = strip(vector), lettered = COALESCE(
        (SELECT array_to_tsvector(array_agg(weights[1] || lexeme)) FROM unnest(vector)), ''
    )
    """,
    "CREATE INDEX fulltext_terms_lettered ON fulltext_terms USING gin (lettered)",
)
# Every search reads the list of what is to be put into a GIN index; at this length, in kilobytes, that costs nothing,
# and what a few dozen documents bring still goes in at once.
_PENDING = "ALTER INDEX fulltext_{name} SET (gin_pending_list_limit = 512)"
# Every vector lies out of line, where no search reads it as long as GIN is asked; but the planner, who counts the
# table's own few pages, takes reading them one after the other, or along the primary key, for the cheaper way. A
# function keeps it from both whatever it believes of the tables, and is asked once for all records.
_FUNCTION = """
CREATE FUNCTION fulltext_{name} RETURNS {returns} LANGUAGE sql STABLE ROWS 1000
SET enable_seqscan = off SET enable_indexscan = off AS $${body}$$
"""
FUNCTIONS = (
    (
        "holding(asked tsquery)",
        "SETOF bigint",
        "SELECT record_id FROM fulltext_terms WHERE vector @@ asked",
    ),
    (
        "heading(asked tsquery)",
        "SETOF bigint",
        "SELECT record_id FROM fulltext_terms WHERE lettered @@ asked",
    ),
    (
        "placing(asked tsquery)",
        "SETOF bigint",
        "SELECT record_id FROM fulltext_streams WHERE vector @@ asked",
    ),
    # The index knows no places and would weigh every distance of NEAR for each row that holds one of the words, which
    # takes minutes. So it is asked for rows that hold both sides, and only these (OFFSET 0 keeps the two apart) for NEAR.
    (
        "placing(both_sides tsquery, asked tsquery)",
        "SETOF bigint",
        """
        SELECT record_id FROM (
            SELECT record_id, vector FROM fulltext_streams WHERE vector @@ both_sides OFFSET 0
        ) AS candidates WHERE vector @@ asked
        """,
    ),
    (
        "weighing(asked tsquery[], numbers integer[])",
        "TABLE (id bigint, weight bigint)",
        """
        SELECT record_id, SUM(number) FROM unnest(asked, numbers) AS each (query, number)
        JOIN fulltext_terms ON lettered @@ query GROUP BY record_id
        """,
    ),
)


def forwards(apps: Any, schema_editor: Any) -> None:
    """Rewrite the terms in place, and make the functions."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for statement in _LETTERED:
        schema_editor.execute(statement, params=None)
    for name in ("terms_vector", "terms_lettered", "streams_vector"):
        schema_editor.execute(_PENDING.format(name=name))
    for name, returns, body in FUNCTIONS:
        schema_editor.execute(_FUNCTION.format(name=name, returns=returns, body=body), params=None)


class Migration(migrations.Migration):
    dependencies = [("fulltext", "0010_roles_open")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
