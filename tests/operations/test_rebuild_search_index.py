"""Making the search index anew, beside the one that serves."""

import fcntl
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from cstokb.fulltext import engine, kept
from cstokb.fulltext.beside import RebuildRunning
from cstokb.fulltext.beside.postgresql import LOCK
from cstokb.fulltext.letters import letter
from cstokb.fulltext.models import (
    FacetLetter,
    FacetValue,
    IndexedRecord,
    Late,
    Opening,
    Passage,
    Rebuild,
    TitleKey,
    Word,
)
from cstokb.records import rebuilding
from cstokb.records.indexing import Step
from cstokb.records.publish import WriteRefused
from cstokb.records.rebuilding import rebuild
from members.models import State
from statements import detection
from statements.models import DetectedCitation
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.factories.records import WRITTEN, state
from tests.listing.asking import ask, body, data

MODELS = (IndexedRecord, TitleKey, Opening, Passage, FacetValue, Word)
#: Numbers of rows, and what is made of such.
NUMBERED = ("id", "letters")
LATER = WRITTEN + timedelta(days=1)


def command(**options: object) -> str:
    out = io.StringIO()
    call_command("rebuild_search_index", stdout=out, **options)
    return out.getvalue()


def spoil() -> None:
    IndexedRecord.objects.create(record_id=77, kind="state", title_words=1, sort_en="a", sort_ru="a")


def held() -> dict[str, Any]:
    """Everything that the index holds, whatever the numbers of its rows; words that no record has do not matter."""
    rows: dict[str, Any] = {
        model.__name__: sorted(
            (tuple(sorted((key, str(value)) for key, value in row.items() if key not in NUMBERED)))
            for row in model._default_manager.values()
        )
        for model in MODELS
    }
    said = {letter(one.pk): f"{one.facet}={one.value}" for one in FacetLetter.objects.all()}
    rows["letters"] = sorted(
        (key, sorted(said[one] for one in letters))
        for key, letters in IndexedRecord.objects.values_list("record_id", "letters")
    )
    with connection.cursor() as cursor:
        key = "record_id" if connection.vendor == "postgresql" else "rowid"
        for table in ("fulltext_terms", "fulltext_streams"):
            cursor.execute(f"SELECT {key}, t.* FROM {table} AS t")  # noqa: S608
            rows[table] = sorted(str(row) for row in cursor.fetchall())
    return rows


def tables() -> list[tuple[str, ...]]:
    """How the tables and indexes of the database are made."""
    if connection.vendor == "postgresql":
        sql = """
            SELECT table_name::text, column_name::text, data_type, collation_name, is_nullable, is_identity
            FROM information_schema.columns WHERE table_schema = current_schema()
            UNION ALL SELECT tablename::text, indexname, indexdef, '', '', '' FROM pg_indexes
            WHERE schemaname = current_schema()
            UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''
            FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
            UNION ALL SELECT nspname, '', '', '', '', '' FROM pg_namespace WHERE nspname !~ '^pg_'
        """
    else:
        sql = "SELECT type, name, tbl_name, replace(replace(coalesce(sql, ''), '\"', ''), '''', '') FROM sqlite_master"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sorted(tuple(str(part) for part in row) for row in cursor.fetchall())


@contextmanager
def another_process() -> Iterator[None]:
    """A rebuild that somebody else has begun."""
    if connection.vendor == "postgresql":
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        other.close()
    else:
        with Path(f"{connection.settings_dict['NAME']}.rebuild").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@pytest.mark.django_db
class TestCommand:
    def test_an_index_with_a_record_too_many_is_made_anew(self) -> None:
        spoil()
        assert command(if_needed=True) == "Search index: 0 records.\n"
        assert not IndexedRecord.objects.exists()

    def test_a_record_that_is_missing_in_it_is_put_back(self) -> None:
        kazakhstan = state("kaz", "Kazakhstan")
        engine.clear()
        assert command(if_needed=True) == "Search index: 1 records.\n"
        assert [row.pk for row in IndexedRecord.objects.all()] == [kazakhstan.pk]

    def test_one_that_is_complete_is_left_alone(self) -> None:
        assert command(if_needed=True) == ""

    def test_without_the_condition_it_is_always_made_anew_and_says_how_far_it_is(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        state("kaz", "Kazakhstan")
        state("arm", "Armenia")
        monkeypatch.setattr(rebuilding, "BATCH", 1)
        assert command() == "  1 of 2\nSearch index: 2 records.\n"

    def test_the_commonest_answers_are_kept_again(self) -> None:
        state("kaz", "Kazakhstan")
        command()
        assert kept.is_whole(kept.stamp())
        state("arm", "Armenia")
        assert not kept.is_whole(kept.stamp())

    def test_a_second_rebuild_at_once_is_refused_with_a_sentence(self) -> None:
        with another_process():
            with pytest.raises(CommandError, match="made anew by another process already"):
                command()
            spoil()
            assert "another process" in command(if_needed=True)
            assert IndexedRecord.objects.filter(pk=77).exists()
        assert command() == "Search index: 0 records.\n"


@pytest.mark.django_db
class TestBeside:
    @pytest.fixture(autouse=True)
    def small_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rebuilding, "BATCH", 1)

    def test_the_new_index_is_what_the_writer_has_made_and_its_tables_are_what_the_migrations_make(
        self,
    ) -> None:
        threats = make.topic("threats", "Threats")
        make.topic("drugs", "Drugs", threats)
        state("kaz", "Kazakhstan", "Казахстан")
        before, shape = held(), tables()
        spoil()
        command()
        assert held() == before
        assert tables() == shape
        state("arm", "Armenia")  # rows get numbers of their own
        command()
        assert tables() == shape

    def test_what_is_written_meanwhile_is_found_at_once_and_afterwards(self) -> None:
        kaz, arm, rus = state("kaz", "Kazakhstan"), state("arm", "Armenia"), state("rus", "Russia")
        going = rebuild(timezone.now())
        next(going)
        next(going)
        kaz.name_en = "Qazaqstan"
        make.rewritten(kaz, at=LATER)
        make.withdrawn(arm, at=LATER)
        state("tjk", "Tajikistan")
        rus.name_en = "Rus"
        make.rewritten(rus, at=LATER)
        now = held()
        assert data("/api/v1/search/?q=qazaqstan&type=state")["count"] == 1
        assert data("/api/v1/search/?q=armenia&type=state")["count"] == 0
        assert {*Late.objects.values_list("record_id", flat=True)} >= {kaz.pk, arm.pk, rus.pk}
        for _done in going:
            pass
        after = held()
        words = {dict(row)["form"] for row in after.pop("Word")}
        assert after == {name: rows for name, rows in now.items() if name != "Word"}
        assert "qazaqstan" in words
        assert not Late.objects.exists()

    def test_one_that_was_cut_short_leaves_the_earlier_index_and_the_next_takes_its_tables_away(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        state("arm", "Armenia")
        before, shape = held(), tables()
        going = rebuild(timezone.now())
        next(going)
        going.close()  # type: ignore[attr-defined]  # a generator
        assert held() == before
        assert data("/api/v1/search/?q=kazakhstan")["count"] == 1
        assert tables() != shape
        make.rewritten(kaz, at=LATER)
        assert command(if_needed=True) == ""
        assert tables() == shape
        assert not Rebuild.objects.exists()
        going = rebuild(timezone.now())
        next(going)
        going.close()  # type: ignore[attr-defined]
        assert command() == "  1 of 2\nSearch index: 2 records.\n"
        assert (held(), tables()) == (before, shape)

    def test_a_change_that_fails_leaves_no_trace_in_the_index(self, monkeypatch: pytest.MonkeyPatch) -> None:
        kaz = state("kaz", "Kazakhstan")
        before = held()

        def index_and_fail(documents: Any) -> None:
            index(documents)
            raise RuntimeError("after the index")

        index = engine.index
        kaz.name_en = "Zqx"
        with monkeypatch.context() as patched:
            patched.setattr(engine, "index", index_and_fail)
            with pytest.raises(RuntimeError), transaction.atomic():
                make.rewritten(kaz, at=LATER)
        assert held() == before
        assert data("/api/v1/search/?q=zqx")["count"] == 0

    def test_what_is_derived_beside_is_made_in_portions_each_in_a_transaction_of_its_own(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Counted:
            complete = True

            def is_complete(self) -> bool:
                return self.complete

            def rebuild(self) -> Iterator[Step]:
                for done in (1, 2):
                    depths.append(len(connection.savepoint_ids))
                    yield Step(done, 2, "Counting")

        state("kaz", "Kazakhstan")
        depths, between = list[int](), list[int]()
        monkeypatch.setattr(rebuilding, "followers", lambda: (Counted(),))
        for step in rebuild(timezone.now()):
            between.append(len(connection.savepoint_ids))
            if step.what == "Counting":
                state(f"s{step.done}", f"State {step.done}")  # nobody waits for the whole
        assert between == [depths[0] - 1] * 5
        assert depths == depths[:1] * 2
        assert data("/api/v1/search/?q=state&type=state")["count"] == 2
        assert command() == "  Counting: 1 of 2\n  1 of 3\n  2 of 3\nSearch index: 3 records.\n"
        monkeypatch.setattr(Counted, "complete", False)  # whole or not at all
        depth, between = len(connection.savepoint_ids), []
        for _step in rebuild(timezone.now()):
            between.append(len(connection.savepoint_ids) - depth)
        assert between == [1, 1, 0, 0, 0]

    def test_it_says_what_is_found_in_texts_before_the_documents(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(detection, "BATCH", 1)
        text = meetings.text(meetings.statement("2022-05-16-speech", "2022-05-16"))
        for number in (1, 2):
            meetings.passage(text, f"p{number}", "Article 4 of the Treaty.")
        assert command() == "  Finding what passages cite: 1 of 2\n  1 of 2\nSearch index: 2 records.\n"

    def test_alone_it_leaves_what_is_found_in_texts_as_it_is(self) -> None:
        treaties.article(treaties.instrument("cst", "Collective Security Treaty"), "4")
        text = meetings.text(meetings.statement("2022-05-16-speech", "2022-05-16"))
        meetings.passage(text, "p1", "Article 4 of the Collective Security Treaty.")
        assert DetectedCitation.objects.exists()
        DetectedCitation.objects.all().delete()
        assert command(alone=True).endswith("Search index: 4 records.\n")
        assert not DetectedCitation.objects.exists()
        command()
        assert DetectedCitation.objects.exists()

    def test_the_lock_is_let_go_when_a_rebuild_ends(self) -> None:
        going = rebuild(timezone.now())
        state("kaz", "Kazakhstan")
        next(going)
        going.close()  # type: ignore[attr-defined]
        with another_process(), pytest.raises(RebuildRunning):
            next(rebuild(timezone.now()))


STREAMS = "fulltext_streams_data" if connection.vendor == "sqlite" else "fulltext_streams"
OTHERS = ("fulltext_terms", "fulltext_passage", "fulltext_word", "fulltext_indexedrecord", "fulltext_late")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "lost",
    [(STREAMS, "fulltext_facetvalue"), pytest.param(OTHERS, marks=pytest.mark.slow)],
    ids=["two", "others"],
)
def test_while_tables_of_the_index_are_lost_the_search_says_so_and_everything_else_goes_on(
    lost: Sequence[str],
) -> None:
    kaz = state("kaz", "Kazakhstan")
    try:
        for table in lost:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {table}")
            if table not in ("fulltext_late", "fulltext_word"):  # these are not asked for by a plain word
                _says_that_the_search_rests('"kazakhstan armenia"' if table == STREAMS else "kazakhstan")
                with pytest.raises(WriteRefused, match="rebuild_search_index"):
                    make.published(State(alpha2="AM", name_en="Armenia", capital_en="Yerevan"), "arm")
            assert ask("/readyz", 503).json()["checks"]["index"] == "lost; run manage.py rebuild_search_index"
            for path in ("/", "/states/kaz/", "/api/v1/states/"):
                ask(path)
            assert command(if_needed=True) == "Search index: 1 records.\n"
            assert data('/api/v1/search/?q="kazakhstan"')["count"] == 1
        ask("/readyz")
        engine.clear()
        _says_that_the_search_rests("kazakhstan")
    finally:
        command()
    make.rewritten(kaz, at=LATER)


def _says_that_the_search_rests(query: str) -> None:
    page = ask(f"/search/?q={query}", 503)
    assert page["Retry-After"] == "60"
    assert "The search index is being made anew" in body(page).decode()
    for path in ("/api/v1/search/", "/search.json", "/search.csv", "/search.atom"):
        refusal = ask(f"{path}?q={query}", 503)
        assert (refusal["Content-Type"], refusal["Retry-After"]) == ("application/problem+json", "60")
        assert "made anew" in refusal.json()["detail"]
