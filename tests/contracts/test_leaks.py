"""What is not published shows nowhere: not in a page, a count, a facet, a feed, a suggestion, nor in an ETag."""

import os
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from cstokb import catalogue
from cstokb.accounts.models import ApiToken, Scope, User
from cstokb.listing import registry
from cstokb.records.models import Entry, Evidence
from cstokb.records.publish import Change, withdraw, write
from cstokb.records.revisions import propose
from members.models import Person
from tests.contracts.canaries import (
    DRAFT,
    LATER,
    PENDING,
    WITHDRAWN,
    answer,
    canaries,
    deleted,
    proposals,
    reached,
    surfaces,
    withdrawn,
    write_drafts,
    write_parts_of_a_draft,
)
from tests.factories import records as make
from tests.factories.curators import curator
from tests.listing.asking import ask, body, data
from tests.scale import few_and_all

catalogue.fill()
pytestmark = [pytest.mark.contract, pytest.mark.django_db, pytest.mark.usefixtures("starter")]

#: A tenth where the slow tests run for every change.
ADDRESSES = 5_000 if os.environ.get("TEST_SCALE") == "test-long" else 500


def answers(*, whole: bool) -> dict[str, tuple[int, str, bytes]]:
    """Status, ETag and content of every surface."""
    client = Client()
    return {path: answer(client, path) for path in surfaces(whole=whole)}


def hide() -> None:
    """Bring in what nobody may see: drafts with published parts, proposals for every kind, a draft that is deleted."""
    write_drafts()
    write_parts_of_a_draft()
    assert proposals() > 20
    deleted()


def told_of(told: dict[str, tuple[int, str, bytes]]) -> list[str]:
    """The addresses whose answers hold a word that nobody may see; some answers repeat the question."""
    return [
        path
        for path, (_status, _etag, said) in told.items()
        if "zqx" not in path and re.search(rb"zqx\d\d", said)
    ]


@few_and_all("whole", few=False, whole=True)
def test_what_nobody_may_see_changes_no_answer_and_what_was_withdrawn_shows_nowhere(whole: bool) -> None:
    """B048."""
    make.source()  # what backs the drafts is published, and so is part of the whole already
    withdrawn()
    before = answers(whole=whole)
    hide()
    after = answers(whole=whole)
    assert [path for path in before if before[path] != after[path]] == []
    assert [path for path, (status, _etag, _body) in before.items() if status not in (200, 300)] == []
    assert [path for path in after if WITHDRAWN.encode() in after[path][2]] == []
    assert told_of(after) == []


@pytest.mark.slow
def test_who_follows_every_link_meets_the_same_answers_as_in_a_world_without(moment: datetime) -> None:
    """B048: two worlds, each crawled from the first page: pages, formats, feeds, exports, comparisons."""
    make.source()
    withdrawn()
    without = reached(ADDRESSES)
    hide()
    world = reached(ADDRESSES)
    assert len(without) == ADDRESSES
    assert list(world) == list(without)
    assert [path for path in world if world[path] != without[path]] == []
    assert told_of(world) == []


def counts() -> dict[str, Any]:
    """How many each list, search and corpus tool counts, and by what."""
    lists = {one.api: data(f"/api/v1/{one.api}/?page_size=1") for one in registry.listings()}
    asked = {
        path: data(f"/api/v1/{path}")
        for path in (
            *("search/?q=canary", "search/?q=council", "trends/?q=council", "concordance/?q=canary"),
            *("status/?instrument=cst", "suggest/?q=canary"),
        )
    }
    kept = {name: (one.get("count"), one.get("facets")) for name, one in lists.items()}
    return kept | asked


def test_once_withdrawn_it_is_in_no_count_and_no_facet() -> None:
    """With the near miss that nearly every list counts otherwise while it is published."""
    make.source()
    before = counts()
    records = []
    for record, slug in canaries(WITHDRAWN, "canary"):
        evidence = [Evidence(source=make.source())] if record.needs_evidence else []
        write([Change(record, slug, "published", "", evidence)], at=LATER)
        records.append(record)
    published = counts()
    assert sum(before[name] != published[name] for name in before) > 20
    for record in reversed(records):
        again = type(record)._default_manager.get(pk=record.pk)
        withdraw(again, at=datetime(2026, 9, 2, tzinfo=UTC), by=None, why="It named nobody.")
    after = counts()
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}


#: Where the drafts would stand.
OF_DRAFTS = (
    *(f"/people/{DRAFT}/", f"/topics/{DRAFT}/", f"/sources/{DRAFT}/", f"/organs/{DRAFT}/", "/states/zqx/"),
    *(f"/treaties/{DRAFT}/", f"/treaties/cst/{DRAFT}/", f"/summits/{DRAFT}/", f"/statements/{DRAFT}/"),
    *(f"/invocations/{DRAFT}/", f"/activities/{DRAFT}/", f"/api/v1/people/{DRAFT}/", "/api/v1/states/zqx/"),
    *(f"/statements/{DRAFT}.json", f"/api/v1/statements/{DRAFT}/", f"/api/v1/passages/{DRAFT}/p1/"),
)


def test_the_address_of_a_draft_answers_like_one_that_never_was() -> None:
    never = [path.replace(DRAFT, "zqx00").replace("zqx/", "zqy/") for path in OF_DRAFTS]
    nothing = [body(ask(path, 404)) for path in never]
    write_drafts()
    write_parts_of_a_draft()
    for path, said in zip(OF_DRAFTS, nothing, strict=True):
        assert body(ask(path, 404)) == said.replace(b"zqx00", DRAFT.encode()).replace(b"zqy/", b"zqx/")


#: What a program with a token asks: services, and the lists in which the drafts would stand.
WITH_A_TOKEN = (
    *("/api/v1/search/?q=zqx*", "/api/v1/suggest/?q=zqx", "/api/v1/changes/?page_size=200"),
    *(
        f"/api/v1/{name}/?page_size=200"
        for name in ("people", "states", "statements", "instruments", "topics")
    ),
    *(f"/api/v1/people/{DRAFT}/", "/api/v1/states/kaz/", "/api/v1/people.ndjson"),
)


def of_a_token(group: str) -> dict[str, tuple[int, str, bytes]]:
    """The same answers as programs get that sign in for a person of a group."""
    text = ApiToken.objects.issue(curator(group), "research", scopes=list(Scope.values))[1]
    told = {}
    for path in WITH_A_TOKEN:
        response = Client().get(path, headers={"authorization": f"Bearer {text}"})
        told[path] = (response.status_code, response.get("ETag", ""), body(response))
    return told


@pytest.mark.parametrize("group", ["editor", "administrator"])
def test_a_token_shows_no_draft_and_no_proposal_either(group: str) -> None:
    """B048: with the near miss that the draft shows as soon as it is published."""
    make.source()
    before = of_a_token(group)
    write_drafts()
    kaz = Entry.objects.get(kind="state", slug="kaz")
    propose(kaz, {"name_en": f"Kazakhstan {PENDING}"}, at=LATER, by=None, reason=f"why {PENDING}")
    ApiToken.objects.all().delete()
    User.objects.filter(email=f"{group}@example.org").delete()
    assert of_a_token(group) == before
    write([Change(Person.objects.get(entry__slug=DRAFT), DRAFT, "published", "")], at=LATER)
    assert data("/api/v1/search/?q=zqx*")["count"] == 1
    assert data(f"/api/v1/people/{DRAFT}/")["name_en"] == f"Canary {DRAFT}"


def test_a_draft_is_the_value_of_no_filter() -> None:
    write_drafts()
    for path in ("/api/v1/statements/", "/api/v1/search/"):
        for query in ("state=zqx", f"speaker={quote(f'Canary {DRAFT}')}", f"topic={DRAFT}"):
            (fault,) = ask(f"{path}?{query}", 400).json()["errors"]
            assert (fault["code"], "zqx" in str(fault["nearest"])) == ("names_nothing", False)


class TestWithdrawn:
    @pytest.fixture(autouse=True)
    def canary(self) -> None:
        withdrawn()

    def test_its_address_says_that_it_was_withdrawn_and_why(self) -> None:
        page = body(ask("/people/canary/", 410)).decode()
        assert "It named nobody." in page
        assert WITHDRAWN not in page
        problem = ask("/api/v1/people/canary/", 410).json()
        assert (problem["kind"], problem["id"], problem["reason"]) == ("person", "canary", "It named nobody.")
        assert WITHDRAWN not in str(problem)

    def test_its_events_say_no_more_than_that(self) -> None:
        events = ask("/api/v1/changes/?type=person&kind=withdrawn").json()["results"]
        assert [(one["id"], one["changes"], one["reason"]) for one in events] == [
            ("canary", [], "It named nobody.")
        ]
