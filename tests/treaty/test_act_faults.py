"""Faults that other systems had with acts and status, as cases here."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction

from cstokb.records.publish import WriteRefused
from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults, ids_in
from treaty.models import Instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def cst() -> Instrument:
    return treaties.instrument("cst", "Treaty", signed_on="1992-05-15", in_force_on="1994-04-20")


def test_an_act_known_by_its_month_or_year_is_never_shown_with_a_day(cst: Instrument) -> None:
    """B001."""
    blr = make.state("blr", "Belarus", "Беларусь")
    treaties.act(cst, blr, "signature", "1992-05")
    treaties.act(cst, blr, "ratification", "1993", "1994-04-20")
    english = body(ask("/treaties/cst/parties/")).decode().replace("\u00a0", " ")
    russian = body(ask("/ru/treaties/cst/parties/")).decode().replace("\u00a0", " ")
    assert ("May 1992" in english, "1 May 1992" in english) == (True, False)
    assert ("май 1992" in russian, "1 мая 1992" in russian) == (True, False)
    told = data("/api/v1/treaty-actions/?sort=done_on")["results"]
    assert [(one["done_on"], one["done_on_precision"]) for one in told] == [
        ("1992-05", "month"),
        ("1993", "year"),
    ]
    rows = csv.DictReader(
        io.StringIO(body(ask("/api/v1/treaty-actions.csv?sort=done_on")).decode(), newline="")
    )
    assert [row["done_on"] for row in rows] == ["1992-05", "1993"]


def test_an_act_of_a_month_is_in_every_range_that_it_may_lie_in(cst: Instrument) -> None:
    """B002."""
    states = {slug: make.state(slug, slug.upper()) for slug in ("arm", "blr", "kaz")}
    month = treaties.act(cst, states["arm"], "signature", "1992-05")
    day = treaties.act(cst, states["blr"], "signature", "1992-05-15")
    treaties.act(cst, states["kaz"], "signature", "1992-06")
    found = ids_in("/api/v1/treaty-actions/?after=1992-05-10&before=1992-05-20")
    assert sorted(found) == sorted([month.public_id, day.public_id])


def test_an_instrument_that_ends_before_it_begins_is_refused() -> None:
    """B005."""
    with pytest.raises((WriteRefused, IntegrityError)), transaction.atomic():
        treaties.instrument("wrong", in_force_on="2021-09-08", ended_on="2021-05-16")


@pytest.mark.parametrize("year", ["0", "99999", "100000000000000000000"])
def test_a_year_out_of_range_is_refused(cst: Instrument, year: str) -> None:
    """B010."""
    assert faults(f"/api/v1/treaty-actions/?year={year}")[0]["parameter"] == "year"


def test_an_instrument_is_in_force_from_its_day_to_the_day_before_its_end() -> None:
    """B013."""
    treaties.instrument(
        "charter", signed_on="2002-10-07", in_force_on="2003-09-18", ended_on="2012-12-18", kind="charter"
    )
    answers = {
        day: ids_in(f"/treaties.json?in_force=yes&on={day}")
        for day in ("2002-10-08", "2003-09-17", "2003-09-18", "2012-12-18", "2012-12-19")
    }
    assert [bool(found) for found in answers.values()] == [False, False, True, True, False]


def test_what_has_ended_is_not_in_force_and_the_answers_add_up(today: object) -> None:
    """B014."""
    for place in range(3):
        treaties.instrument(f"stands-{place}", signed_on="2000-01-01", in_force_on="2001-01-01")
    treaties.instrument("ends-today", signed_on="2000-01-01", in_force_on="2001-01-01", ended_on="2026-11-24")
    treaties.instrument("ended", signed_on="2000-01-01", in_force_on="2001-01-01", ended_on="2010-01-01")
    treaties.instrument("not-yet", signed_on="2000-01-01", in_force_on="2030-01-01")
    yes, no = (data(f"/api/v1/instruments/?in_force={word}&on=2026-11-25")["count"] for word in ("yes", "no"))
    assert (yes, no) == (3, 3)
    assert data("/api/v1/instruments/")["count"] == 6


def test_the_parties_of_an_instrument_that_has_ended_are_former_ones_on_the_day_after() -> None:
    """B013, B014."""
    of = treaties.instrument("old", signed_on="2000-01-01", in_force_on="2001-01-01", ended_on="2012-06-12")
    treaties.act(of, make.state("arm", "Armenia"), "consent", None, "2001-01-01")
    for day, answer, status in (("2012-06-12", "yes", "party"), ("2012-06-13", "no", "former")):
        (row,) = data(f"/api/v1/status/?instrument=old&on={day}")["results"]
        assert (row["answer"], row["status"], row["act"] is None) == (answer, status, answer == "no")
