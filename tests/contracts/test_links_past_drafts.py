"""Where a third of the records are drafts, links still lead to published ones alone."""

import pytest

from cstokb import catalogue
from cstokb.pages.addresses import english_path
from cstokb.records.models import Entry
from tests.contracts.crawling import Crawl
from tests.factories import meetings, treaties
from tests.factories import records as make

catalogue.fill()
pytestmark = [pytest.mark.slow, pytest.mark.contract, pytest.mark.django_db]

COUNT = 6


def publication(number: int) -> str:
    """Every third record is a draft, never the first and never the last, so that each has neighbours."""
    return "draft" if number % 3 == 1 else "published"


def write_neighbours() -> None:
    """Records of every kind with pages that name those before, after and beside them."""
    for number in range(COUNT):
        seen, day = {"publication": publication(number)}, f"20{number + 10}-05-16"
        code = f"q{number}"
        state = make.state(f"{code}q", f"State {number}", **seen)
        make.member(state, "2003-09-18")
        person = make.person(f"person-{number}", f"Person {number}", **seen)
        chair = make.office(f"{code}q/president", f"President {number}", state=state)
        make.term(person, chair, "2003")
        session = meetings.session(f"{day}-city", day, chair_state=state, chair_person=person, **seen)
        meetings.seat(session, state, person)
        meetings.chair(state, f"20{number + 10}", f"20{number + 10}", person=person)
        statement = meetings.statement(f"{day}-words", day, session=session, **seen)
        meetings.stood(statement, state)
        meetings.passage(meetings.text(statement), "p1", f"State {number} spoke.")
        treaty = treaties.instrument(f"treaty-{number}", f"Treaty {number}", signed_on=day, **seen)
        treaties.act(treaty, state, "signature", day)
        request = meetings.invocation(f"request-{number}", day, state=state, session=session, **seen)
        meetings.step(request, 1, "It was considered.")
        meetings.part(meetings.activity(f"exercise-{number}", day, **seen), state)
    # The help pages give examples of these.
    make.state("kaz", "Kazakhstan")
    make.topic("afghanistan", "Afghanistan")
    pact = treaties.instrument("cst", "Pact")
    for number in range(COUNT):
        article = treaties.article(pact, str(number + 1), publication=publication(number))
        treaties.wording(article, "1994-04-20", text=f"Under Article {(number + 1) % COUNT + 1} of the Pact.")


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_no_link_of_a_page_leads_to_a_draft(prefix: str) -> None:
    """B050: a crawl from the first page; near miss: every published record with a page is named somewhere."""
    write_neighbours()
    entries = Entry.objects.exclude(path="").exclude(kind="source")
    drafts = set(entries.exclude(pk__in=Entry.objects.public()).values_list("path", flat=True))
    assert len(drafts) >= entries.count() * 0.3
    crawl = Crawl(dict(Entry.objects.public().exclude(path="").values_list("path", "kind")), prefix)
    crawl.run()
    assert {
        path: (status, crawl.named_on[path]) for path, status in crawl.statuses.items() if status >= 400
    } == {}
    named = {english_path(path) for path in crawl.named_on}
    assert drafts & named == set()
    assert {path.partition("#")[0] for path in crawl.records if not path.startswith("/sources/")} <= named
