"""Who stood behind which text, row by row: the list of pairs, its files, and what a statement says of each state."""

import csv
import io

import pytest
from django.test import Client

from tests.listing.asking import ask, body, data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
ANNIVERSARY = "2022-05-16-anniversary"


def test_each_state_stands_once_to_a_text_with_its_date() -> None:
    rows = data(f"/api/v1/joined/?statement={ANNIVERSARY}")["results"]
    assert sorted((one["state"], one["standing"]) for one in rows) == [
        (state, "joined") for state in ("arm", "blr", "kaz", "kgz", "rus", "tjk")
    ]
    assert {one["issued_on"] for one in rows} == {"2022-05-16"}


def test_texts_that_a_state_stood_apart_from_are_those_of_the_list_of_statements() -> None:
    apart = data("/api/v1/joined/?state=arm&standing=did-not-join&standing=absent&page_size=200")["results"]
    listed = data("/api/v1/statements/?not_joined=arm&page_size=200")["results"]
    assert {one["statement"] for one in apart} == {one["id"] for one in listed}
    assert data("/api/v1/joined/?state=arm&standing=did-not-join&before=2012")["count"] == 0


def test_the_page_shows_the_rows_that_the_file_holds(client: Client) -> None:
    said = list(
        csv.DictReader(io.StringIO(body(ask(f"/joined.csv?statement={ANNIVERSARY}")).decode("utf-8-sig")))
    )
    page = client.get(f"/joined/?statement={ANNIVERSARY}").content.decode()
    assert len(said) == 6
    assert all(row["state_name_en"] in page for row in said)


def test_a_statement_says_whether_each_state_was_a_member_that_day() -> None:
    said = data(f"/api/v1/statements/{ANNIVERSARY}/")["standings"]
    assert {one["member_then"] for one in said} == {"yes"}
    early = data("/api/v1/statements/2001-05-25-joint/")["standings"]
    assert {one["member_then"] for one in early} <= {None}
