"""Making the search index anew."""

import io

import pytest
from django.core.management import call_command

from cstokb.fulltext import engine
from cstokb.fulltext.models import IndexedRecord
from tests.factories.records import state

pytestmark = pytest.mark.django_db


def rebuild(**options: object) -> str:
    out = io.StringIO()
    call_command("rebuild_index", stdout=out, **options)
    return out.getvalue()


def spoil() -> None:
    IndexedRecord.objects.create(record_id=77, kind="state", title_words=1, sort_en="a", sort_ru="a")


def test_an_index_with_a_record_too_many_is_made_anew() -> None:
    spoil()
    assert rebuild(if_needed=True) == "Search index: 0 records.\n"
    assert not IndexedRecord.objects.exists()


def test_a_record_that_is_missing_in_it_is_put_back() -> None:
    kazakhstan = state("kaz", "Kazakhstan")
    engine.clear()
    assert rebuild(if_needed=True) == "Search index: 1 records.\n"
    assert [row.pk for row in IndexedRecord.objects.all()] == [kazakhstan.pk]


def test_one_that_is_complete_is_left_alone() -> None:
    assert rebuild(if_needed=True) == ""


def test_without_the_condition_it_is_always_made_anew() -> None:
    assert rebuild() == "Search index: 0 records.\n"
