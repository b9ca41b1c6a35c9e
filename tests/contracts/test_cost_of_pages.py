"""What a page of a record costs, and that it costs the same for a record with little and with much."""

from collections import defaultdict

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cstokb import catalogue
from cstokb.records.models import Entry
from tests.listing.asking import ask

catalogue.fill()
pytestmark = [pytest.mark.contract, pytest.mark.django_db, pytest.mark.usefixtures("starter")]

#: The most queries of a page: revision, row, panels, and names with evidence, spellings and topics, each once; further
#: what hangs on the record (one or two), what the rows of its panels need (chairmanships look at the sessions from
#: which they follow), and the acts of a state for its ruler and its meetings for the level of representation.
MOST = {
    "state": 11,
    "person": 6,
    "organ": 6,
    "instrument": 8,
    "provision": 8,
    "session": 6,
    "invocation": 6,  # the sources of its steps and documents
    "activity": 6,
    "milestone": 3,
    "statement": 8,  # where its text is held, one more for what it does with earlier texts
    "topic": 7,
    "source": 6,
}
#: Records of a kind that are looked at: the first, the last and some between.
LOOKED_AT = 6


def cost(path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask(path)
    return len(queries)


def paths(kind: str) -> list[str]:
    found = list(Entry.objects.public().filter(kind=kind).exclude(path="").order_by("id"))
    step = max(1, len(found) // LOOKED_AT)
    return [entry.path for entry in (*found[::step], found[-1])]


@pytest.mark.parametrize("kind", MOST)
def test_the_page_of_a_record_costs_no_more_than_this(kind: str) -> None:
    cost(paths(kind)[0])
    costs = defaultdict(list)
    for path in paths(kind):
        costs[cost(path)].append(path)
    assert max(costs) <= MOST[kind], dict(costs)


def test_every_kind_with_pages_has_a_limit() -> None:
    kinds = set(Entry.objects.public().exclude(path="").values_list("kind", flat=True))
    assert kinds - {"passage"} <= set(MOST)  # a passage is a place on the page of its statement


def test_a_page_that_the_reader_holds_costs_one_query() -> None:
    for path in ("/states/kaz/", "/treaties/cst/", "/treaties/cst/art-4/", "/summits/", "/statements/"):
        held = ask(path)["ETag"]
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path, headers={"If-None-Match": held}).status_code == 304
        assert len(queries) == 1, path
