"""Invented statements into a database of their own, past the writer of records: there is nobody whose history to keep.

Only a database that this package made is written to; the rows go in the way a database takes them quickest, and the
search index is made by the product's own code.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from cstokb.fulltext import engine, kept
from cstokb.fulltext.models import Passage as IndexedPassage
from cstokb.fulltext.normalise import sort_key
from cstokb.operations.benchmark.corpus import SEED, Draft, Standing, Writer
from cstokb.operations.benchmark.repeating import FIRST_ID, repeat
from cstokb.operations.benchmark.vocabulary import Vocabulary
from cstokb.records.choices import Publication, Visibility
from cstokb.records.indexing import documents_of
from cstokb.records.models import Address, Entry, EntryTopic, Evidence, Head, Source, Topic
from members.models import Organ, Person, State
from statements.choices import IssuerKind, JoinedStanding
from statements.models import Joined, Passage, Statement, StatementText
from treaty.choices import TextStanding

BATCH = 1000
#: More documents than these are these again and again.
MOST_INVENTED = 10_000
LOADED_AT = datetime(2026, 7, 1, tzinfo=UTC)

Row = dict[str, Any]


def load(number: int, say: Callable[[str], None]) -> None:
    """Bring the database in use to so many invented statements, with their index.

    Up to MOST_INVENTED it holds the starter data alone; beyond, it holds that many already, which are repeated.
    """
    with _quickly():
        if number > MOST_INVENTED:
            repeat(number // MOST_INVENTED, say)
        else:
            _invent(number, say)
        _close(number)


def _invent(number: int, say: Callable[[str], None]) -> None:
    drafts = Writer(vocabularies(), standing()).drafts(number)
    done, first = 0, FIRST_ID
    while batch := list(islice(drafts, BATCH)):
        first = _load(batch, first)
        done += len(batch)
        say(f"  {done:,} of {number:,}")


def vocabularies() -> dict[str, Vocabulary]:
    """The words of the starter data in the database in use, by language."""
    real = IndexedPassage.objects.filter(record_id__lt=FIRST_ID).order_by("record_id", "ordinal")
    texts = list(real.values_list("text", flat=True))
    chance = random.Random(SEED)  # noqa: S311 - nobody is to be kept from guessing
    return {code: Vocabulary.of(code, texts, chance) for code in ("en", "ru")}


def standing() -> Standing:
    """What the statements may refer to."""
    return Standing(*(list(_public(model)) for model in (State, Organ, Person, Topic)))


def _public(model: Any) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model.objects.published().order_by("entry_id")
    return rows.values_list("entry_id", flat=True)


class _quickly:  # noqa: N801 - reads as what it does
    """Nothing is synced while a corpus is loaded: one that breaks off is made anew."""

    def __enter__(self) -> None:
        self._sync("OFF", "off")

    def __exit__(self, *problem: object) -> None:
        self._sync("FULL", "on")

    def _sync(self, lite: str, postgres: str) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA synchronous={lite}")
            else:
                cursor.execute(f"SET synchronous_commit TO {postgres}")


def _load(drafts: Sequence[Draft], first: int) -> int:
    tables = Tables(first, Source.objects.order_by("entry_id").values_list("entry_id", flat=True)[0])
    ids = [tables.statement(draft) for draft in drafts]
    with transaction.atomic():
        for model, rows in tables.rows.items():
            pour(model, rows)
        engine.index(documents_of(ids))
    return tables.next_id


@dataclass
class Tables:
    """The rows of some statements, table by table, in an order in which they may be written."""

    next_id: int
    source: int
    keys: dict[str, str] = field(default_factory=dict)
    rows: dict[type[models.Model], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def sorted_by(self, label: str) -> str:
        """The sort key of a label; passages of one statement share all but its end."""
        title, _, end = label.rpartition(", ")
        if title not in self.keys:
            self.keys = {title: sort_key(title)}
        return f"{self.keys[title]} {end}" if title else sort_key(label)

    def entry(self, kind: str, slug: str, label: str, path: str) -> int:
        key, self.next_id = self.next_id, self.next_id + 1
        self.rows[Entry].append(
            {
                "id": key,
                "kind": kind,
                "slug": slug,
                "publication": Publication.PUBLISHED.value,
                "visibility": Visibility.PUBLIC.value,
                "label_en": label,
                "sort_en": self.sorted_by(label),
                "sort_ru": self.sorted_by(label),
                "path": path,
                "version": 1,
                "created_at": LOADED_AT,
                "changed_at": LOADED_AT,
                "published_at": LOADED_AT,
            }
        )
        return key

    def statement(self, draft: Draft) -> int:
        """Everything of one statement; its id."""
        day, path = draft.on.isoformat(), f"/statements/{draft.slug}/"
        key = self.entry("statement", draft.slug, draft.title, path)
        self.rows[Address].append({"path": path, "entry_id": key, "began_at": LOADED_AT, "current": True})
        self.rows[Statement].append(
            {
                "entry_id": key,
                "type": draft.kind,
                "title_en": draft.title,
                "issued_on": day,
                "issued_on_min": day,
                "issued_on_max": day,
                "issuer": IssuerKind.SPEAKER.value,
                "organ_id": draft.organ,
                "speaker_id": draft.speaker,
                "speaker_state_id": draft.state,
                "languages": draft.language,
            }
        )
        self.beside(key, draft)
        self.text(key, draft)
        return key

    def beside(self, key: int, draft: Draft) -> None:
        """Its evidence, its topics and the states that joined it."""
        backed = {"uid": f"b{key}", "entry_id": key, "source_id": self.source, "stance": "supports"}
        self.rows[Evidence].append(backed)
        self.rows[EntryTopic].extend({"entry_id": key, "topic_id": topic} for topic in draft.topics)
        for state in draft.joined:
            own = self.entry("joined", f"{draft.slug}/{state}", "", "")
            joined = {"statement_id": key, "state_id": state, "standing": JoinedStanding.JOINED.value}
            self.rows[Joined].append({"entry_id": own, **joined})

    def text(self, key: int, draft: Draft) -> None:
        """Its passages, in the one language in which it is held."""
        version = self.entry("statement-text", f"{draft.slug}/{draft.language}", draft.title, "")
        self.rows[StatementText].append(
            {
                "entry_id": version,
                "statement_id": key,
                "language": draft.language,
                "original": True,
                "standing": TextStanding.AUTHENTIC.value,
                "complete": True,
            }
        )
        for order, text in enumerate(draft.passages, start=1):
            path = f"/statements/{draft.slug}/#p{order}"
            own = self.entry("passage", f"{draft.slug}/p{order}", f"{draft.title}, p{order}", path)
            at = {"statement_id": key, "statement_text_id": version, "anchor": f"p{order}", "order": order}
            self.rows[Passage].append({"entry_id": own, **at, "role": "paragraph", "text": text})


def pour(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows as they are; a column that a row leaves out has the field's default."""
    if not rows:
        return
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.BigAutoField)]
    if "id" in rows[0]:
        fields = list(model._meta.concrete_fields)
    defaults: dict[str, Any] = {str(one.column): _default(one) for one in fields}
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, defaults))
    values: Iterator[tuple[Any, ...]] = (tuple({**defaults, **row}.values()) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN") as copy:
                for value in values:
                    copy.write_row(value)
        else:
            marks = ", ".join(["%s"] * len(defaults))
            sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - our tables
            cursor.executemany(sql, list(values))


def _default(column: models.Field[Any, Any]) -> Any:
    return None if column.null else column.get_db_prep_save(column.get_default(), connection)


def _close(number: int) -> None:
    """A public revision and an index of its own, and what the database knows of its tables."""
    kept.outdate()
    Head.objects.filter(pk=1).update(chain=f"corpus-{number}", changed_at=LOADED_AT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            highest = "(SELECT MAX(id) FROM records_entry)"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('records_entry', 'id'), {highest})")
