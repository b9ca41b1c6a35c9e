"""A corpus many times over, made by the database itself: a hundred thousand documents in minutes, not hours.

Ten thousand invented documents have all the words that a hundred thousand would have, since the vocabulary ends. What a
search has to count, sort and read grows tenfold all the same. Copies have ids and addresses of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, models, transaction

from cstokb.fulltext.models import FacetValue, IndexedRecord, Opening, TitleKey
from cstokb.fulltext.models import Passage as IndexedPassage
from cstokb.records.models import Address, Entry, EntryTopic, Evidence
from statements.models import Joined, Passage, Statement, StatementText

#: Invented records stand far behind the ids of real ones, and each copy as far behind the one before.
FIRST_ID = SPAN = 1_000_000

_TABLES: tuple[type[models.Model], ...] = (
    *(Entry, Address, Statement, StatementText, Passage, Joined, Evidence, EntryTopic),
    *(IndexedRecord, TitleKey, Opening, IndexedPassage, FacetValue),
)
#: Columns that name an invented record, and those that hold its public id.
_IDS = ("id", "record_id", "entry_id", "statement_id", "statement_text_id")
_SLUGS = ("slug", "path", "value")
_TERMS = {
    "sqlite": (
        ("fulltext_terms", "rowid", "rowid + {shift}, heading, often, several, seldom", 1),
        ("fulltext_streams", "rowid", "rowid + {shift}, terms", 1 << 20),
    ),
    "postgresql": (
        ("fulltext_terms", "record_id", "record_id + {shift}, vector, lettered", 1),
        ("fulltext_streams", "record_id", "record_id + {shift}, number, vector", 1),
    ),
}


def repeat(times: int, say: Callable[[str], None]) -> None:
    """Bring the invented documents in the database to so many times their number."""
    for copy in range(1, times):
        with transaction.atomic(), connection.cursor() as cursor:
            for model in _TABLES:
                cursor.execute(_copied(model, copy))
            for table, key, columns, scale in _TERMS[connection.vendor]:
                bounds = f"{FIRST_ID * scale} AND {(FIRST_ID + SPAN) * scale - 1}"
                names = columns.replace(" + {shift}", "")
                values = columns.format(shift=copy * SPAN * scale)
                cursor.execute(
                    f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} BETWEEN {bounds}"  # noqa: S608 - our own tables
                )
        say(f"  {copy + 1} times of {times}")


def _copied(model: type[models.Model], copy: int) -> str:
    own = isinstance(model._meta.pk, models.BigAutoField) and model is not Entry
    columns = [str(one.column) for one in model._meta.concrete_fields if not (own and one.primary_key)]
    key = next(name for name in ("entry_id", "record_id", "id") if name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(_value(name, copy) for name in columns)
    return (
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {model._meta.db_table} "  # noqa: S608
        f"WHERE {key} BETWEEN {FIRST_ID} AND {FIRST_ID + SPAN - 1}"
    )


def _value(column: str, copy: int) -> str:
    if column in _IDS:
        return f'"{column}" + {copy * SPAN}'
    if column in _SLUGS:
        return f"replace(\"{column}\", '-invented-', '-invented-{copy}-')"
    return f"\"{column}\" || '-{copy}'" if column == "uid" else f'"{column}"'
