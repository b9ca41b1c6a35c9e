"""Formulas among a hundred thousand passages at full scale: no text is compared with all others."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.records.models import Entry
from statements.formulas.table import FOLLOWER, MOST_COMPARED
from statements.models import (
    Formula,
    FormulaKinship,
    FormulaShingle,
    Passage,
    Saying,
    Statement,
    StatementText,
)
from tests.scale import at_scale

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

#: A tenth where the slow tests run at the size of every change.
TEXTS = at_scale(100, 1_000)
PASSAGES = 100
AT = datetime(2026, 1, 1, tzinfo=UTC)


def generated(chance: random.Random) -> Iterator[list[str]]:
    """Texts of which a third repeats, a third alters, and a third is new; the words are as frequent as in prose."""
    vocabulary = [f"w{number}" for number in range(20_000)]
    weights = [1 / (number + 1) for number in range(20_000)]
    said: list[list[str]] = []
    for _text in range(TEXTS):
        made = []
        for place in range(PASSAGES):
            if said and place % 3:
                words = list(chance.choice(said[-3_000:]))
                if place % 3 == 1:
                    words[chance.randrange(len(words))] = chance.choice(vocabulary)
            else:
                words = chance.choices(vocabulary, weights, k=chance.randrange(20, 100))
            made.append(words)
        said += made
        yield [" ".join(words) for words in made]


def entered(texts: Iterator[list[str]]) -> None:
    """The texts as public rows, past the writer, whose history would cost more than all the rest."""

    def entries(kind: str, count: int) -> list[Entry]:
        rows = [
            Entry(
                kind=kind,
                slug=f"{kind}-{n}",
                publication="published",
                visibility="public",
                created_at=AT,
                published_at=AT,
                changed_at=AT,
            )
            for n in range(count)
        ]
        return Entry.objects.bulk_create(rows, batch_size=5_000)

    of_texts = entries("statement", TEXTS)
    Statement.objects.bulk_create(
        Statement(
            entry=entry,
            type="declaration",
            issuer="organ",
            title_en="D",
            issued_on=f"{1993 + n // 40}-{n % 12 + 1:02}-{n % 28 + 1:02}",
        )
        for n, entry in enumerate(of_texts)
    )
    StatementText.objects.bulk_create(
        StatementText(entry=entry, statement_id=of.pk, language="en", standing="authentic")
        for entry, of in zip(entries("statement-text", TEXTS), of_texts, strict=True)
    )
    versions = list(StatementText.objects.order_by("pk").values_list("pk", "statement_id"))
    of_passages = iter(entries("passage", TEXTS * PASSAGES))
    Passage.objects.bulk_create(
        (
            Passage(
                entry=next(of_passages),
                statement_id=statement,
                statement_text_id=version,
                anchor=f"p{n + 1}",
                order=n,
                text=text,
            )
            for (version, statement), passages in zip(versions, texts, strict=True)
            for n, text in enumerate(passages)
        ),
        batch_size=5_000,
    )


def test_the_tables_are_made_and_kept_without_comparing_each_with_all() -> None:
    entered(generated(random.Random(7)))
    list(FOLLOWER.rebuild())
    assert Saying.objects.count() == TEXTS * PASSAGES
    shingles = FormulaShingle.objects.count() / Formula.objects.count()
    assert shingles < 40
    assert FormulaKinship.objects.count() <= 2 * MOST_COMPARED * Formula.objects.count()
    latest = Passage.objects.order_by("-pk").select_related("entry")
    costs = []
    for passages in (list(latest[:1]), list(latest[1:100])):
        for one in passages:
            one.text += " and quite some words more"
        Passage.objects.bulk_update(passages, ["text"])
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            FOLLOWER.refresh(passages)
        costs.append(len([one for one in asked if one["sql"].startswith("SELECT")]))
        assert time.perf_counter() - start < 20  # a busy machine may take ten times as long as an idle one
    assert costs[0] == costs[1]
