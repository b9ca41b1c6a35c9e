"""SQL that is laid out once and asked with other values each time."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from cstokb.records.laid_out import ID, TEXTS, Begins, laid_out
from cstokb.records.models import Entry, NameForm
from tests.factories import records as make

pytestmark = pytest.mark.django_db


@laid_out(beginnings=TEXTS)
def begun(order: str, beginnings: Any) -> QuerySet[NameForm, Any]:
    rows = NameForm.objects.filter(Begins("folded", beginnings))
    return rows.order_by(order).values_list("folded", "entry__changed_at")


@laid_out(entry=ID)
def guessed(entry: int) -> QuerySet[Entry, Any]:
    return Entry.objects.filter(pk__in=list(Entry.objects.values_list("pk", flat=True))).values_list("slug")


class TestLaidOut:
    def test_reads_columns_as_the_query_itself_does(self) -> None:
        row = make.state("kaz", "Kazakhstan", "Казахстан")
        own = list(NameForm.objects.order_by("folded").values_list("folded", "entry__changed_at"))
        assert begun("folded", beginnings=["kaz", "каз"]) == own
        assert {changed for _folded, changed in own} == {row.entry.changed_at}

    @pytest.mark.parametrize(
        ("beginnings", "found"),
        [
            ([], []),
            (["kaz"], ["kazakhstan"]),
            (["каз", "kazakhstan"], ["казахстан", "kazakhstan"]),
            (["akhstan"], []),
            (["k%"], []),
            (["kazakhstan "], []),
            ([""], ["казахстан", "kazakhstan"]),
        ],
    )
    def test_finds_texts_by_their_beginnings(self, beginnings: list[str], found: list[str]) -> None:
        make.state("kaz", "Kazakhstan", "Казахстан")
        assert [folded for folded, _changed in begun("-folded", beginnings=beginnings)] == found

    def test_costs_one_query_and_tells_layouts_apart(self) -> None:
        make.state("kaz", "Kazakhstan", "Казахстан")
        with CaptureQueriesContext(connection) as asked:
            rising = begun("folded", beginnings=["k", "к"])
            falling = begun("-folded", beginnings=["k", "к"])
        assert (len(asked), rising) == (2, falling[::-1])

    def test_refuses_to_ask_the_database_while_it_is_laid_out(self) -> None:
        with pytest.raises(RuntimeError, match="cannot rest on what the database says"):
            guessed(entry=1)
