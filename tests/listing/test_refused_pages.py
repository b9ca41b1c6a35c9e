"""A list whose question cannot be read offers no other form of it, only the way out."""

import pytest

from tests.factories import records as make
from tests.listing.asking import ask, body

pytestmark = pytest.mark.django_db


def page(path: str, status: int = 200) -> str:
    return body(ask(path, status)).decode()


def test_a_refused_list_has_no_feed_and_no_file_but_the_way_to_the_whole_list() -> None:
    refused = page("/states/?standing=boss", 400)
    assert ".csv" not in refused
    assert ".atom" not in refused
    assert '<a href="/states/">The page without these parameters</a>' in refused


def test_a_list_that_answers_has_them() -> None:
    make.state("kaz", "Kazakhstan")
    shown = page("/states/?standing=none")
    assert "/states.csv?standing=none" in shown
    assert "/states.atom?standing=none" in shown
    assert "The page without these parameters" not in shown
