"""Questions that are laid out once and asked with other values each time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.listing.prepared import DAY, ID, IDS, TEXT, prepared
from cstokb.listing.together import Wanted, together
from cstokb.records.scope import NOW, Scope
from members.models import MembershipPeriod, State
from tests.factories import records as make

pytestmark = pytest.mark.django_db
laid_out: list[str] = []


@prepared(state=ID)
def periods(scope: Scope, order: str, state: int) -> list[Wanted]:
    laid_out.append(order)
    rows = scope.rows(MembershipPeriod).filter(state_id=state).order_by(order)
    return [Wanted.of(rows, ("state_id", "standing", "began_on"))]


@prepared(ids=IDS, slug=TEXT)
def states(scope: Scope, ids: Any, slug: str) -> Sequence[Wanted]:
    rows = scope.rows(State).order_by("entry__slug")
    named = Wanted.of(rows.filter(entry__slug=slug), ["entry__slug"])
    return [Wanted.of(rows.filter(entry_id__in=ids), ["entry__slug", "entry__changed_at"]), named]


@prepared(day=DAY)
def begun(scope: Scope, day: date) -> list[Wanted]:
    rows: Any = scope.rows(MembershipPeriod)
    return [Wanted.of(rows.on(day), ["state_id"])]


def slugs(found: Sequence[dict[str, Any]]) -> list[str]:
    return [row["entry__slug"] for row in found]


def test_a_question_is_laid_out_once_for_each_shape_and_answers_for_each_value() -> None:
    kaz, rus = make.state("kaz", "Kazakhstan"), make.state("rus", "Russia")
    make.member(kaz, "2003-09-18")
    laid_out.clear()
    asked = [periods(NOW, "entry_id", state=one.pk)[0] for one in (kaz, rus, kaz)]
    periods(NOW, "-entry_id", state=kaz.pk)
    assert [[row["state_id"] for row in rows] for rows in asked] == [[kaz.pk], [], [kaz.pk]]
    assert laid_out.count("entry_id") <= 1
    assert laid_out.count("-entry_id") <= 1


def test_it_reads_rows_as_together_does_in_one_query() -> None:
    kaz = make.state("kaz", "Kazakhstan")
    make.member(kaz, "2003-09-18")
    rows = MembershipPeriod.objects.filter(state_id=kaz.pk)
    with CaptureQueriesContext(connection) as queries:
        (found,) = periods(NOW, "entry_id", state=kaz.pk)
    assert found == together(Wanted.of(rows, ("state_id", "standing", "began_on")))[0]
    assert len(queries) == 1


def test_however_many_ids_are_asked_for_each_is_found_and_no_other() -> None:
    kaz, kgz, rus = (make.state(*one) for one in (("kaz", "K"), ("kgz", "G"), ("rus", "R")))
    for wanted, expected in (((), []), ([kgz.pk], ["kgz"]), ({rus.pk, kaz.pk}, ["kaz", "rus"])):
        many, one = states(NOW, ids=wanted, slug="rus")
        assert (slugs(many), slugs(one)) == (expected, ["rus"])
        assert all(row["entry__changed_at"].tzinfo for row in many)


def test_a_day_may_be_given_and_a_missing_one_finds_nothing() -> None:
    kaz = make.state("kaz", "Kazakhstan")
    make.member(kaz, "2003-09-18")
    on_the_day, before, never = (
        begun(NOW, day=day)[0] for day in (date(2003, 9, 18), date(2003, 9, 17), None)
    )
    assert ([row["state_id"] for row in on_the_day], before, never) == ([kaz.pk], [], [])


def test_a_moment_is_given_too() -> None:
    kaz = make.state("kaz", "Kazakhstan")
    early, late = (Scope(datetime(year, 1, 1, tzinfo=UTC)) for year in (2001, 2100))
    found = [slugs(states(scope, ids=[kaz.pk], slug="kaz")[0]) for scope in (early, late, NOW)]
    assert found == [[], ["kaz"], ["kaz"]]


def test_while_it_is_laid_out_the_database_cannot_be_asked() -> None:
    @prepared()
    def hasty(scope: Scope) -> list[Wanted]:
        return [Wanted.of(scope.rows(State).filter(pk__in=list(scope.rows(State))), ["entry_id"])]

    with pytest.raises(RuntimeError, match="laid out once"):
        hasty(NOW)
