"""Answers kept ready: what a question finds, counted and ordered once for all readers, until the index changes.

An answer follows from the tables of the index alone. Whoever writes there draws a new stamp in the same transaction,
and an answer is kept with the stamp that stood before it was asked for. So it is true exactly as long as the stamp is
the same, whoever writes meanwhile and whenever it was kept: nobody has to take it away, and no writer waits for it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Value

from cstokb import __version__
from cstokb.fulltext.backends.base import Ready
from cstokb.fulltext.models import Kept, Stamp
from cstokb.fulltext.tree import Node

#: So many of the first records of each order are kept; what lies behind is asked for.
MOST = 200
#: The orders that are kept, each in its column. A shelf of titles is walked by its index and needs no help.
COLUMNS = {"relevance": "best", "-date": "newest", "date": "oldest"}

Rows = Sequence[tuple[int, int]]
Counts = Mapping[str, Sequence[tuple[str, int]]]
#: The counts and the first records of an order as they are written down.
Answer = tuple[str, str]

_DRAW = """
INSERT INTO fulltext_stamp (id, number) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET number = excluded.number
"""


def outdate() -> None:
    """Say that the index is another now; in the transaction that changes it. No kept answer is true any more."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [secrets.randbits(62)])


def stamp() -> int:
    """The stamp of the index as it is."""
    number = Stamp.objects.values_list("number", flat=True).first()
    if number is None:
        outdate()
        return stamp()
    return number


def place(tree: Node | None, keys: Sequence[Sequence[str]], sort: str) -> Ready:
    """Where the answer to a question is kept: a tree that nothing narrows, and the titles and names that it equals.

    Prefixes stand as they were read: which words they are completed to follows from the index as all the rest does.
    """
    told = json.dumps([*_finder(), _told(tree), keys])
    return Ready(sha256(told.encode()).hexdigest(), COLUMNS.get(sort, ""))


def _finder() -> list[str]:
    """Who finds: another release, or this one with its code edited, may order otherwise and has answers of its own."""
    return [str(getattr(settings, "RELEASE", "") or __version__), _code()]


@cache
def _code() -> str:
    """A digest of the code of this package as it is when it is first asked."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _told(value: Any) -> Any:
    """A tree without how it was written: as lists, each node under its own name."""
    if is_dataclass(value):
        own = (_told(getattr(value, one.name)) for one in fields(value) if one.compare)
        return [type(value).__name__, *own]
    if isinstance(value, tuple):
        return list(map(_told, value))
    return value.isoformat() if isinstance(value, date) else value


def keep(key: str, number: int, counts: tuple[int, Counts], rows: Mapping[str, Rows]) -> None:
    """Keep the answer to a question that was asked while the stamp was this number."""
    told = {COLUMNS[sort]: json.dumps(first) for sort, first in rows.items()}
    told["counts"] = json.dumps(counts, ensure_ascii=False, separators=(",", ":"))
    Kept.objects.update_or_create(key=key, defaults={"stamp": number, **told})


def look(ready: Ready) -> Answer | None:
    """The answer that is kept there, if it is true."""
    rows = Kept.objects.filter(key=ready.key, stamp__in=Stamp.objects.values("number"))
    return rows.values_list("counts", ready.column or Value("")).first()


def read(answer: Answer) -> tuple[int, Counts, Rows]:
    """The total, the facets, and the first records of an order, empty where that is not kept."""
    counts, first = answer
    count, facets = json.loads(counts)
    return count, facets, json.loads(first or "[]")


def is_kept(key: str, number: int) -> bool:
    """Whether the answer is there that is true at this stamp."""
    return Kept.objects.filter(key=key, stamp=number).exists()


def is_whole(number: int) -> bool:
    """Whether all that is to be kept is there, true at this stamp and kept by who finds now."""
    return is_kept(_whole(), number)


def _whole() -> str:
    """The key of a row that holds no answer and says that all were kept; no digest begins as it does."""
    return "whole " + sha256(json.dumps(_finder()).encode()).hexdigest()


def finish(keys: Collection[str], number: int) -> None:
    """Say that these are all that is to be kept, true at this stamp, and take the others away."""
    Kept.objects.exclude(key__in=keys).delete()
    Kept.objects.update_or_create(key=_whole(), defaults={"stamp": number})
