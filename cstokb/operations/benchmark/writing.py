"""What the index costs whoever writes: one document more, a published record, and the whole of it made anew."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.test import Client
from django.utils import timezone

from cstokb.fulltext import engine
from cstokb.fulltext.query import parse
from cstokb.operations.benchmark.clock import now
from cstokb.operations.benchmark.corpus import SEED, Draft, Writer
from cstokb.operations.benchmark.loading import LOADED_AT, Tables, pour, standing, vocabularies
from cstokb.operations.benchmark.memory import Growth
from cstokb.operations.benchmark.rivals import answer
from cstokb.records.indexing import documents_of
from cstokb.records.models import Entry, Evidence, Source
from cstokb.records.publish import Change, write
from cstokb.records.rebuilding import rebuild
from statements.models import Statement

INSERTS = 50
#: Numbers of drafts that no corpus has.
FIRST_NUMBER = 10_000_000
#: A word that nobody has written before.
NEW_WORD = "zqxvbelstan"
ASKED = "military exercise"
Figures = dict[str, Any]


def inserted() -> Figures:
    """One document, first its rows alone, then its rows with its index, each in a transaction that is taken back."""
    drafts = [
        replace(draft, number=FIRST_NUMBER + draft.number)
        for draft in Writer(vocabularies(), standing(), seed=SEED + 1).drafts(INSERTS)
    ]
    taken: dict[bool, list[float]] = {False: [], True: []}
    for draft in drafts:
        for indexed in (False, True):
            taken[indexed].append(_insert(draft, indexed=indexed))
    return {
        "an insert of its rows, ms": statistics.median(taken[False]) * 1000,
        "an insert of its rows and its index, ms": statistics.median(taken[True]) * 1000,
    }


def _insert(draft: Draft, *, indexed: bool) -> float:
    with transaction.atomic():
        highest = Entry.objects.aggregate(Max("pk"))["pk__max"]
        source = Source.objects.order_by("entry_id").values_list("entry_id", flat=True)[0]
        gc.collect()
        began = now()
        tables = Tables(highest + 1, source)
        key = tables.statement(draft)
        for model, rows in tables.rows.items():
            pour(model, rows)
        if indexed:
            engine.index(documents_of([key]))
        spent = now() - began
        transaction.set_rollback(True)
    return spent


def published() -> Figures:
    """Whether a record that is published is found before its transaction ends, and not after that was taken back."""
    where = standing()
    with transaction.atomic():
        row = Statement(title_en=f"On {NEW_WORD}", type="statement", issuer="organ", issued_on="2026-06-30")
        row.organ_id = where.organs[0]
        backing = [Evidence(source=Source.objects.order_by("entry_id")[0])]
        began = now()
        write([Change(row, f"2026-06-30-{NEW_WORD}", "published", "", evidence=backing)], at=LOADED_AT)
        spent = now() - began
        within = row.pk in _found()
        transaction.set_rollback(True)
    return {
        "published and found in one transaction": within and not _found(),
        "publishing it, ms": spent * 1000,
    }


def _found() -> set[int]:
    return set(engine.match(parse(NEW_WORD)).values_list("record_id", flat=True))


def rebuilt(client: Client, say: Callable[[str], None]) -> Figures:
    """The index of search made anew: how quickly, in how much memory, and whether searches are answered meanwhile."""
    before = answer(client, "/api/v1/search/", q=ASKED).json()["count"]
    gc.collect()
    growth, spent, began = Growth(), 0.0, now()
    done = reports = same = 0
    for step in rebuild(timezone.now(), alone=True):
        done, total = step.done, step.total
        spent += now() - began
        growth.look()
        reports += 1
        same += answer(client, "/api/v1/search/", q=ASKED).json()["count"] == before
        say(f"  {step.what}: {done:,} of {total:,}") if not reports % 10 else None
        began = now()
    spent += now() - began
    # What SQLite knows of tables it was told before these were filled: by that it would read them from end to end.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "documents": done,
        "documents a second": done / spent,
        "memory, megabytes": growth.most,
        "reports of progress": reports,
        "searches meanwhile, answered as before": same,
        "found afterwards as before": answer(client, "/api/v1/search/", q=ASKED).json()["count"] == before,
    }
