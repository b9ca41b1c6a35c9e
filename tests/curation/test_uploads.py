"""Uploads: kept once, seen by their owner alone, and gone with their bytes when nobody confirms them."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from cstokb.accounts.models import User
from cstokb.curation.models import Kind, State, StoredFile, Upload
from cstokb.curation.models.files import last_part
from cstokb.curation.models.progress import SILENCE
from cstokb.curation.models.uploads import LIFETIME
from cstokb.operations import backups
from cstokb.records.models import Source
from cstokb.records.publish import Change, write

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
DATA = b"\x00\xff a file"


def someone(name: str = "anna") -> User:
    return User.objects.create_user(f"{name}@example.org")


def kept(data: bytes = DATA, name: str = "file.txt") -> StoredFile:
    return StoredFile.objects.keep(data, name=name, media_type="text/plain", at=NOON)


def brought(owner: User, data: bytes = DATA, at: datetime = NOON) -> Upload:
    return Upload.objects.bring(owner, kept(data), kind=Kind.DOCUMENT, at=at)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("press.html", "press.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\press.html", "press.html"),
        ("a\x00b\n.txt", "ab.txt"),
        ("..", ".."),
        ("", ""),
        ("я" * 400 + ".pdf", "я" * 296 + ".pdf"),
    ],
)
def test_of_a_path_only_the_last_part_is_kept(given: str, name: str) -> None:
    """B086."""
    assert last_part(given) == name


@pytest.mark.django_db
class TestFiles:
    def test_the_same_bytes_are_kept_once(self) -> None:
        first, again, other = kept(), kept(name="other.txt"), kept(b"other")
        assert (first.pk, first.name, first.size) == (again.pk, again.name, len(DATA))
        assert other.pk != first.pk
        assert StoredFile.objects.get(pk=first.pk).data == DATA

    def test_a_file_goes_only_when_nothing_needs_it(self) -> None:
        file, needed, named = kept(), kept(b"needed"), kept(b"named")
        Upload.objects.bring(someone(), needed, kind=Kind.TABLE, at=NOON)
        write([Change(Source(title="A page", checksum=named.sha256), "named", "draft", "new")], at=NOON)
        gone = [StoredFile.objects.let_go(one.sha256) for one in (file, needed, named)]
        assert gone == [True, False, False]
        assert set(StoredFile.objects.values_list("pk", flat=True)) == {needed.pk, named.pk}


@pytest.mark.django_db
class TestUploads:
    def test_each_person_sees_their_own_the_newest_first(self) -> None:
        anna, boris = someone(), someone("boris")
        first, second, _ = (
            brought(anna),
            brought(anna, at=NOON + timedelta(hours=1)),
            brought(boris),
        )
        assert list(Upload.objects.all().of(anna)) == [second, first]

    def test_what_waited_for_too_long_is_cleared_with_its_bytes(self) -> None:
        anna = someone()
        old, confirmed = brought(anna), brought(anna, b"confirmed")
        fresh = brought(anna, b"fresh", at=NOON + timedelta(seconds=1))
        confirmed.decide(State.CONFIRMED, at=NOON)
        assert Upload.objects.all().clear(at=NOON + LIFETIME) == 1
        assert set(Upload.objects.all()) == {confirmed, fresh}
        assert not StoredFile.objects.filter(pk=old.file_id).exists()

    def test_bytes_that_another_upload_needs_stay(self) -> None:
        first, second = brought(someone()), brought(someone("boris"), at=NOON + timedelta(days=1))
        assert Upload.objects.all().clear(at=NOON + LIFETIME) == 1
        assert StoredFile.objects.get().pk == first.file_id == second.file_id

    def test_each_person_calls_the_same_bytes_by_their_own_name(self) -> None:
        file, other = kept(name="mine.txt"), kept(name="theirs.txt")
        mine = Upload.objects.bring(someone(), file, kind=Kind.DOCUMENT, at=NOON)
        theirs = Upload.objects.bring(
            someone("boris"), other, name="a/theirs.txt", kind=Kind.DOCUMENT, at=NOON
        )
        assert (mine.name, theirs.name, file.pk == other.pk) == ("mine.txt", "theirs.txt", True)

    def test_work_that_is_silent_for_long_is_none(self) -> None:
        one = brought(someone())
        one.tell("Reading the file", at=NOON, done=1, total=3)
        assert one.is_at_work(at=NOON + SILENCE - timedelta(seconds=1))
        assert not one.is_at_work(at=NOON + SILENCE)
        one.rest()
        assert not one.is_at_work(at=NOON)

    def test_what_is_decided_has_its_moment(self) -> None:
        one = brought(someone())
        one.state = State.CONFIRMED
        with pytest.raises(IntegrityError), transaction.atomic():
            one.save()

    def test_the_command_says_how_many_went(self) -> None:
        brought(someone(), at=NOON - timedelta(days=3650))
        out = io.StringIO()
        call_command("clear_uploads", stdout=out)
        assert out.getvalue() == "Uploads deleted: 1.\n"


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_the_bytes(tmp_path: Path) -> None:
    file = kept(bytes(range(256)) * 10)
    backups.back_up(tmp_path / "made.backup")
    StoredFile.objects.all().delete()
    backups.restore(tmp_path / "made.backup")
    assert StoredFile.objects.get(sha256=file.sha256).data == bytes(range(256)) * 10
