"""Rows of several models in one query are those that each model would have given by itself."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import Beside
from cstokb.listing.together import Wanted, together
from members.models import MembershipPeriod, Organ, State
from tests.factories import records as make


def asked(query: str = "") -> Ask:
    return Ask.about(QueryDict(query), now=timezone.now(), base="http://kb")


@pytest.mark.django_db
class TestTogether:
    def test_values_have_the_types_of_their_columns(self) -> None:
        kaz = make.state("kaz", "Kazakhstan")
        make.member(kaz, "2003-09-18")
        names = ("state_id", "began_on", "began_on_min", "ended_on", "entry__changed_at", "entry__label_en")
        ((row,),) = together(Wanted.of(MembershipPeriod.objects.all(), names))
        assert row == MembershipPeriod.objects.values(*names).get()
        assert (row["began_on"], row["began_on_min"]) == (HistoricDate.parse("2003-09-18"), date(2003, 9, 18))
        assert row["entry__changed_at"].tzinfo is not None
        assert row["ended_on"] is None

    def test_rows_keep_their_order_and_the_first_few_are_those_of_the_order(self) -> None:
        for code, name in (("kaz", "Kazakhstan"), ("arm", "Armenia"), ("blr", "Belarus")):
            make.state(code, name)
        rows = State.objects.order_by(F("name_en").desc())
        whole, two = together(Wanted.of(rows, ["name_en"]), Wanted.of(rows, ["name_en"], limit=2))
        assert [row["name_en"] for row in whole] == ["Kazakhstan", "Belarus", "Armenia"]
        assert [row["name_en"] for row in two] == ["Kazakhstan", "Belarus"]

    def test_nothing_wanted_asks_nothing_and_no_rows_are_no_rows(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert together() == []
        assert len(queries) == 0
        assert together(Wanted.of(State.objects.all(), ["name_en"])) == [[]]


@pytest.mark.django_db
class TestBeside:
    def test_names_evidence_spellings_and_headings_come_in_one_query_and_are_not_asked_again(self) -> None:
        kaz, arm = make.state("kaz", "Kazakhstan"), make.state("arm", "Armenia")
        beside = Beside.kept(asked())
        with CaptureQueriesContext(connection) as queries:
            beside.fetch(names=[arm.pk], evidence=[kaz.pk], spellings=[kaz.pk], topics=[kaz.pk])
            beside.fetch(names=[arm.pk, None], evidence=[kaz.pk])
        assert len(queries) == 1
        assert [named.id for named in beside.names.values()] == ["arm"]
        assert len(beside.evidence[kaz.pk]) == 1
        assert arm.pk not in beside.evidence
        assert "Kazakhstan" in [item["text"] for item in beside.spellings[kaz.pk]]

    def test_a_question_that_keeps_none_piles_nothing_up(self) -> None:
        ask = asked()
        Beside.of(ask).fetch(names=[make.state("kaz", "Kazakhstan").pk])
        assert Beside.of(ask).names == {}
        assert Beside.kept(ask) is Beside.of(ask)

    def test_a_draft_has_no_name(self) -> None:
        hidden = make.draft(Organ(name_en="Hidden", type="working"), "hidden")
        beside = Beside.kept(asked())
        beside.fetch(names=[hidden.pk])
        assert beside.names == {}
