"""Large tables are written and undone in portions: others write in between, and what was cut short can be finished."""

from collections.abc import Callable
from typing import Any

import pytest

from cstokb.accounts.models import User
from cstokb.curation.models import State as UploadState
from cstokb.curation.models import Upload
from cstokb.curation.tables import batches, carry, pace, undo
from cstokb.curation.tables.batches import Overtaken, confirm, give_up, go_on, take_back
from cstokb.curation.tables.carry import Stopped
from cstokb.records.choices import Publication
from cstokb.records.models import ChangeEvent, Entry, Evidence, Source
from cstokb.records.publish import Change, WriteRefused, write
from members.models import Person
from tests.factories.curators import curator
from tests.factories.records import WRITTEN, person

pytestmark = pytest.mark.django_db
ROWS = 8
LAST: dict[str, Any] = {"left_out": (), "reason": "A list", "correction": False}


class Cut(Exception):
    """The process is killed."""


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than three drafts are many, and a portion holds two."""
    monkeypatch.setattr(carry, "FEW", 3)
    monkeypatch.setattr(undo, "FEW", 3)
    for name, size in (("LEAST", 2), ("FIRST", 2), ("MOST", 2), ("REST", 0)):
        monkeypatch.setattr(pace, name, size)


@pytest.fixture
def publisher() -> User:
    return curator("publisher")


def table(kind: str, by: User, *rows: str) -> Upload:
    upload = batches.bring(by, "\n".join(rows).encode(), name="a.csv", at=WRITTEN, choices={"kind": kind})
    batches.compare(upload)
    return upload


def brought(by: User, *more: str) -> Upload:
    rows = [f"p-{number},Person {number},Человек" for number in range(ROWS)]
    return table("person", by, "id,name_en,name_ru", *rows, *more)


def drafts() -> list[str]:
    rows = Entry.objects.filter(kind="person", publication=Publication.DRAFT)
    return list(rows.order_by("pk").values_list("slug", flat=True))


def again(upload: Upload) -> Upload:
    found: Upload = Upload.objects.get(pk=upload.pk)
    return found


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], None]], None]:
    """Have something happen after so many steps."""

    def after(steps: int, event: Callable[[], None]) -> None:
        left = iter(range(steps))

        def sleep(_seconds: float) -> None:
            if next(left, None) == steps - 1:
                event()

        monkeypatch.setattr("cstokb.curation.tables.pace.time.sleep", sleep)

    return after


def cut() -> None:
    raise Cut


def cut_short(upload: Upload, between: Any, steps: int = 2) -> Upload:
    between(steps, cut)
    with pytest.raises(Cut):
        confirm(upload, at=WRITTEN, **LAST)
    return again(upload)


class TestWriting:
    def test_others_write_in_between_and_what_readers_see_comes_last(
        self, publisher: User, between: Any
    ) -> None:
        known = person("known", "Known")
        seen: list[Any] = []

        def look() -> None:
            write([Change(Person(name_en="Between"), "between", "draft", "x")], at=WRITTEN)
            standing = again(upload)
            seen.append((standing.state, standing.standing, Person.objects.get(pk=known.pk).name_ru))

        upload = brought(publisher, "known,Known,Известный")
        between(2, look)
        confirm(upload, at=WRITTEN, **LAST)
        assert seen == [(UploadState.WRITING, 4, "")]
        assert Person.objects.get(pk=known.pk).name_ru == "Известный"
        assert drafts() == [*(f"p-{n}" for n in range(4)), "between", *(f"p-{n}" for n in range(4, ROWS))]
        assert set(ChangeEvent.objects.filter(by=publisher).values_list("reason", flat=True)) == {"A list"}

    def test_the_batch_is_told_as_one_that_was_written_at_once(self, publisher: User) -> None:
        upload = brought(publisher, "known,Known,")
        confirm(upload, at=WRITTEN, **LAST)
        result = again(upload).result
        assert result["created"] == [*([f"p-{n}", 1] for n in range(ROWS)), ["known", 1]]
        assert (result["changed"], result["unchanged"], result["left_out"]) == ([], 0, 0)
        assert (again(upload).state, upload.portions.count()) == (UploadState.CONFIRMED, 0)

    def test_few_drafts_are_written_with_everything_else(self, publisher: User, between: Any) -> None:
        upload = table("person", publisher, "id,name_en", "a,A", "b,B", "c,C")
        between(1, cut)
        confirm(upload, at=WRITTEN, **LAST)
        assert drafts() == ["a", "b", "c"]

    def test_a_parent_is_written_before_what_names_it_and_goes_after_it(self, publisher: User) -> None:
        rows = [f"t-{n},Topic {n},t-{n + 1}" for n in range(4)]
        upload = table("topic", publisher, "id,label_en,parent", *rows, "t-4,Topic 4,")
        confirm(upload, at=WRITTEN, **LAST)
        made = list(Entry.objects.order_by("pk").values_list("slug", flat=True))
        assert made == ["t-4", "t-3", "t-2", "t-1", "t-0"]
        take_back(upload, at=WRITTEN, by=publisher, reason="Wrong")
        assert not Entry.objects.exists()

    def test_sources_are_written_before_the_rows_and_go_with_them_unless_used(self, publisher: User) -> None:
        rows = [f"p-{n},Person {n},https://example.org/{n}" for n in range(3)]
        upload = table("person", publisher, "id,name_en,evidence_source", *rows)
        confirm(upload, at=WRITTEN, **LAST)
        kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
        assert kinds == ["source"] * 3 + ["person"] * 3
        used = Source.objects.get(url="https://example.org/1")
        write([Change(Person(name_en="A"), "a", "draft", "x", evidence=[Evidence(source=used)])], at=WRITTEN)
        take_back(upload, at=WRITTEN, by=publisher, reason="Wrong")
        assert (drafts(), Source.objects.get()) == (["a"], used)

    def test_a_refusal_in_the_middle_takes_back_what_stands_and_the_table_waits_again(
        self, publisher: User, between: Any
    ) -> None:
        upload = brought(publisher)
        between(2, lambda: write([Change(Person(name_en="Mine"), "p-6", "draft", "x")], at=WRITTEN))
        with pytest.raises(WriteRefused, match="p-6"):
            confirm(upload, at=WRITTEN, **LAST)
        assert drafts() == ["p-6"]
        waiting = again(upload)
        assert (waiting.state, waiting.decided_at, waiting.result) == (UploadState.WAITING, None, {})

    def test_a_conflict_with_a_record_that_stands_is_found_at_the_end_and_undoes_the_drafts(
        self, publisher: User, between: Any
    ) -> None:
        known = person("known", "Known")

        def change() -> None:
            write([Change(Person(entry=known.entry, name_en="Other"), "known")], at=WRITTEN)

        upload = brought(publisher, "known,Known,Известный")
        between(4, change)
        with pytest.raises(WriteRefused, match="changed meanwhile"):
            confirm(upload, at=WRITTEN, **LAST)
        assert (drafts(), again(upload).state) == ([], UploadState.WAITING)
        assert Person.objects.get().name_en == "Other"

    def test_who_comes_second_disturbs_nothing(self, publisher: User, between: Any) -> None:
        upload = brought(publisher)
        second = again(upload)
        found: list[type[Exception]] = []

        def confirm_too() -> None:
            for one in (second, again(upload)):
                try:
                    confirm(one, at=WRITTEN, **LAST)
                except WriteRefused as refused:
                    found.append(type(refused))

        between(1, confirm_too)
        with pytest.raises(
            Overtaken
        ):  # the second took it up, wrote the rest, and the first has nothing to do
            confirm(upload, at=WRITTEN, **LAST)
        assert found == [Overtaken]
        assert (drafts(), again(upload).state) == ([f"p-{n}" for n in range(ROWS)], UploadState.CONFIRMED)


class TestCutShort:
    @pytest.mark.parametrize("steps", [1, 3, 4])
    def test_going_on_writes_what_is_missing_once(self, publisher: User, between: Any, steps: int) -> None:
        upload = cut_short(brought(publisher), between, steps)
        assert (upload.state, len(drafts())) == (UploadState.WRITING, 2 * steps)
        go_on(upload, at=WRITTEN)
        assert drafts() == [f"p-{n}" for n in range(ROWS)]
        assert again(upload).result["created"] == [[f"p-{n}", 1] for n in range(ROWS)]
        assert ChangeEvent.objects.filter(entry__kind="person").count() == ROWS

    def test_a_draft_that_was_edited_meanwhile_stays_as_it_is(self, publisher: User, between: Any) -> None:
        upload = cut_short(brought(publisher), between)
        write([Change(Person(name_en="Better"), "p-1", "draft", "x")], at=WRITTEN)
        go_on(upload, at=WRITTEN)
        assert Person.objects.get(entry__slug="p-1").name_en == "Better"
        assert len(drafts()) == ROWS

    def test_it_can_be_taken_back_and_confirmed_anew(self, publisher: User, between: Any) -> None:
        upload = cut_short(brought(publisher), between)
        between(9, cut)
        give_up(upload, at=WRITTEN, by=publisher)
        assert (drafts(), again(upload).state) == ([], UploadState.WAITING)
        confirm(again(upload), at=WRITTEN, **LAST)
        assert len(drafts()) == ROWS

    def test_taking_back_keeps_what_somebody_has_touched(self, publisher: User, between: Any) -> None:
        upload = cut_short(brought(publisher), between)
        write([Change(Person(name_en="Better"), "p-1", "draft", "x")], at=WRITTEN)
        between(9, cut)
        give_up(upload, at=WRITTEN, by=publisher)
        assert (drafts(), again(upload).state) == (["p-1"], UploadState.WAITING)


class TestUndoing:
    @pytest.fixture
    def upload(self, publisher: User) -> Upload:
        upload = brought(publisher)
        confirm(upload, at=WRITTEN, **LAST)
        return upload

    def test_everything_goes(self, publisher: User, upload: Upload) -> None:
        take_back(upload, at=WRITTEN, by=publisher, reason="Wrong")
        assert not Entry.objects.exists()
        undone = again(upload)
        assert (undone.state, undone.result["undone"]["reason"]) == (UploadState.UNDONE, "Wrong")
        assert undone.portions.count() == 0

    def test_nothing_goes_when_a_record_has_moved_on(self, publisher: User, upload: Upload) -> None:
        write([Change(Person(name_en="Better"), "p-1", "draft", "x")], at=WRITTEN)
        with pytest.raises(undo.CannotUndo):
            take_back(upload, at=WRITTEN, by=publisher, reason="Wrong")
        assert (len(drafts()), again(upload).state) == (ROWS, UploadState.CONFIRMED)
        assert again(upload).result["in_the_way"] == ["p-1 was changed since, by a command."]

    def test_cut_short_it_goes_on(self, publisher: User, upload: Upload, between: Any) -> None:
        between(2, cut)
        with pytest.raises(Cut):
            take_back(upload, at=WRITTEN, by=publisher, reason="Wrong")
        undoing = again(upload)
        assert (undoing.state, drafts()) == (UploadState.UNDOING, [f"p-{n}" for n in range(ROWS - 4)])
        assert undoing.standing == ROWS - 4
        go_on(undoing, at=WRITTEN)
        assert (drafts(), again(upload).state) == ([], UploadState.UNDONE)

    def test_what_is_touched_while_it_goes_stays_and_is_named(
        self, publisher: User, upload: Upload, between: Any
    ) -> None:
        between(1, lambda: write([Change(Person(name_en="Better"), "p-1", "draft", "x")], at=WRITTEN))
        take_back(upload, at=WRITTEN, by=publisher, reason="Wrong")
        assert (drafts(), again(upload).state) == (["p-1"], UploadState.UNDONE)
        assert again(upload).result["kept"] == ["p-1 was changed since, by a command."]


def test_no_source_is_made_for_a_table_that_is_refused_before_it_begins(publisher: User) -> None:
    upload = brought(publisher, "known,,")
    with pytest.raises(Stopped):
        confirm(upload, at=WRITTEN, **LAST)
    assert (drafts(), Source.objects.count(), again(upload).state) == ([], 0, UploadState.WAITING)
