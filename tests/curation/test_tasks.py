"""The search index and the checks from a page: who may begin them, how far they are, and what they found."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cstokb.curation import work
from cstokb.curation.models import Task, TaskKind
from cstokb.curation.models.progress import SILENCE
from cstokb.curation.tasks import jobs
from cstokb.fulltext.models import IndexedRecord
from cstokb.records.rebuilding import RebuildRunning
from tests.factories import records as make
from tests.factories.curators import curator, signed_in

PAGE = "/admin/work/"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work shares the test's transaction."""
    monkeypatch.setattr(work, "launch", lambda job: job())


def publisher() -> Client:
    return signed_in(curator("publisher"))


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize(
        ("group", "status"), [("editor", 403), ("reviewer", 403), ("publisher", 200), ("administrator", 200)]
    )
    def test_those_who_publish_may(self, group: str, status: int) -> None:
        client = signed_in(curator(group))
        assert client.get(PAGE).status_code == status
        assert client.post(PAGE, {"kind": "checks"}).status_code == (302 if status == 200 else 403)
        assert (PAGE in client.get("/admin/").text) == (status == 200)

    def test_who_is_signed_in_is_told_of_a_right_and_not_to_sign_in(self) -> None:
        said = signed_in(curator("editor")).get(PAGE).text
        assert "Your account has no right to this." in said
        assert "Sign in" not in said.partition("<main")[2].partition("</main>")[0]

    def test_nobody_else(self) -> None:
        assert "login" in Client().get(PAGE)["Location"]

    def test_the_checks_say_what_breaks_a_law(self) -> None:
        make.state("kaz", "Kazakhstan")
        client = publisher()
        client.post(PAGE, {"kind": "checks"})
        assert Task.objects.get().result["broken"] == []
        IndexedRecord.objects.create(record_id=77, kind="state", title_words=1, sort_en="a", sort_ru="a")
        response = client.post(PAGE, {"kind": "checks"})
        page = client.get(response["Location"]).text
        assert "index: record 77: in the index, not public" in page
        run = Task.objects.first()
        assert run is not None
        assert (run.result["broken_count"], run.moved_at, run.ended_at is not None) == (1, None, True)

    def test_a_rebuild_that_runs_elsewhere_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refused(_at: object) -> None:
            raise RebuildRunning

        monkeypatch.setattr(jobs, "rebuild", refused)
        client = publisher()
        response = client.post(PAGE, {"kind": "index"})
        assert "Another process makes the index anew already." in client.get(response["Location"]).text

    def test_what_is_no_work_begins_nothing(self) -> None:
        assert publisher().post(PAGE, {"kind": "everything"}).status_code == 200
        assert not Task.objects.exists()

    def test_work_that_goes_on_is_joined_and_what_was_cut_off_begins_anew(self) -> None:
        user, now = curator("publisher"), timezone.now()
        client = signed_in(user)
        first = Task.objects.begin(TaskKind.INDEX, by=user, at=now)
        first.tell("Making", at=now, done=3, total=9)
        assert Task.objects.begin(TaskKind.INDEX, by=user, at=now) == first
        assert Task.objects.begin(TaskKind.CHECKS, by=user, at=now) != first
        page = client.get(f"{PAGE}{first.pk}/").text
        assert '<meta http-equiv="refresh" content="3">' in page
        assert "3 of 9" in page
        first.tell("Making", at=now - SILENCE - timedelta(seconds=1))
        assert "cut off" in client.get(f"{PAGE}{first.pk}/").text
        assert Task.objects.begin(TaskKind.INDEX, by=user, at=now + timedelta(seconds=1)) != first


@pytest.mark.django_db(transaction=True)
def test_the_index_is_made_anew() -> None:
    make.state("kaz", "Kazakhstan")
    IndexedRecord.objects.create(record_id=77, kind="state", title_words=1, sort_en="a", sort_ru="a")
    client = publisher()
    response = client.post(PAGE, {"kind": "index"})
    run = Task.objects.get()
    assert (run.result, run.done, run.total) == ({"indexed": 1}, 1, 1)
    assert not IndexedRecord.objects.filter(record_id=77).exists()
    assert client.get(response["Location"]).status_code == 200
