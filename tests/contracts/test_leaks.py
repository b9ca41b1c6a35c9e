"""What is not published shows nowhere: not in a page, a count, a facet, a feed, a suggestion, nor in an ETag."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.test import Client

from cstokb import catalogue
from cstokb.accounts.models import ApiToken, Scope, User
from cstokb.listing import registry
from cstokb.records.models import Entry, Evidence, NameForm, Record, Source, Topic
from cstokb.records.publish import Change, write
from cstokb.records.revisions import propose
from members.models import Organ, Person, State, Term
from statements.models import Joined, Passage, Statement, StatementText
from summits.models import Activity, Attendance, Invocation, Session
from tests.factories import records as make
from tests.factories.curators import curator
from tests.listing.asking import ask, body, data
from treaty.models import Amendment, Instrument, Provision, TreatyAction

catalogue.fill()
pytestmark = [pytest.mark.contract, pytest.mark.django_db, pytest.mark.usefixtures("starter")]

PENDING, DRAFT, WITHDRAWN = "zqx77", "zqx78", "zqx79"
LATER = datetime(2026, 9, 1, 12, tzinfo=UTC)
FIXED = (
    *("/", "/ru/", "/?on=2010-06-01", "/about/", "/data/", "/feeds/", "/corrections/", "/glossary/"),
    *(
        "/data/records.ndjson",
        "/sitemap.xml",
        "/api/v1/",
        "/api/v1/changes/?page_size=200",
        "/api/v1/exports/",
    ),
    *(
        "/states/kaz/",
        "/people/kassym-jomart-tokayev/",
        "/organs/csc/",
        "/treaties/cst/",
        "/treaties/cst/art-4/",
    ),
    *("/treaties/cst/parties/", "/treaties/status/", "/summits/2022-05-16-moscow/", "/summits/attendance/"),
    *("/topics/afghanistan/", "/api/v1/status/?instrument=cst", "/search/", "/search/?q=collective"),
    *(
        "/api/v1/search/?q=zqx*",
        "/api/v1/suggest/?q=zqx",
        "/api/v1/resolve/?ref=zqx78",
        "/search.atom",
        "/search.csv",
        "/search/concordance/?q=zqx*",
        "/api/v1/trends/?q=zqx*&by=speaker",
    ),
)


def surfaces() -> Iterator[str]:
    """Every list in every form, every part of the sitemap, and the pages that join what records say."""
    yield from FIXED
    for listing in registry.listings():
        yield f"/api/v1/{listing.api}/?page_size=200"
        yield f"/api/v1/{listing.api}.ndjson"
        if listing.path:
            bare = listing.path.rstrip("/")
            yield from (f"{bare}/", f"/ru{bare}/", f"{bare}.csv", f"{bare}.json", f"{bare}.atom")
    for kind in (
        "pages",
        "state",
        "person",
        "statement",
        "session",
        "source",
        "topic",
        "instrument",
        "provision",
    ):
        yield f"/sitemap-{kind}-1.xml"


def answers() -> dict[str, tuple[int, str, bytes]]:
    """Status, ETag and body of every surface."""
    client = Client()
    told = {}
    for path in surfaces():
        response = client.get(path)
        told[path] = (response.status_code, response.get("ETag", ""), body(response))
    return told


def entry_id(kind: str, slug: str) -> int:
    return Entry.objects.get(kind=kind, slug=slug).pk


def drafts() -> list[tuple[Record, str]]:
    """A draft of every kind that a reader could meet, tied to records that are published."""
    kaz, csc = entry_id("state", "kaz"), entry_id("organ", "csc")
    session, cst = entry_id("session", "2022-05-16-moscow"), entry_id("instrument", "cst")
    office, article = entry_id("office", "kaz/president"), entry_id("provision", "cst/art-4")
    tokayev = entry_id("person", "kassym-jomart-tokayev")
    name = f"Canary {DRAFT}"
    return [
        (Source(title=name, url=f"https://example.org/{DRAFT}"), DRAFT),
        (Topic(label_en=name, definition_en=name), DRAFT),
        (State(alpha2="ZQ", name_en=name), "zqx"),
        (Person(name_en=name), DRAFT),
        (Organ(name_en=name, type="working", parent_id=csc), DRAFT),
        (
            Term(person_id=tokayev, office_id=office, began_on="2010", ended_on="2011", note_en=name),
            f"kaz/{DRAFT}",
        ),
        (Instrument(type="protocol", title_en=name, signed_on="2022-05-16"), DRAFT),
        (Provision(instrument_id=cst, type="article", number="78", eid="art_78", order=978), f"cst/{DRAFT}"),
        (
            Amendment(
                instrument_id=cst,
                provision_id=article,
                made_by_id=entry_id("instrument", "cst-protocol-2010"),
                effect="repeals",
                description_en=name,
            ),
            f"cst-protocol-2010/{DRAFT}",
        ),
        (TreatyAction(instrument_id=cst, state_id=kaz, type="signature", note_en=name), f"cst/kaz/{DRAFT}"),
        (
            Session(
                title_en=name,
                type="regular",
                format="in-person",
                organ_id=csc,
                began_on="2022-05-17",
                summary_en=name,
            ),
            DRAFT,
        ),
        (Attendance(session_id=session, organ_id=csc, person_id=tokayev, note_en=name), f"moscow/{DRAFT}"),
        (Invocation(title_en=name, state_id=kaz, provision_id=article, requested_on="2022"), DRAFT),
        (Activity(name_en=name, type="exercise", began_on="2022"), DRAFT),
        (
            Statement(
                title_en=name,
                type="declaration",
                issuer="organ",
                organ_id=csc,
                session_id=session,
                issued_on="2022-05-16",
                summary_en=name,
            ),
            DRAFT,
        ),
    ]


def write_drafts() -> None:
    topic = entry_id("topic", "afghanistan")
    for record, slug in drafts():
        evidence = [Evidence(source=make.source(), quotation=DRAFT)] if record.needs_evidence else []
        names = [NameForm(text=f"Zqx alias {DRAFT}", kind="alias", language="en")]
        topics = [topic] if record.kind in ("session", "statement", "instrument") else []
        write([Change(record, slug, "draft", f"why {DRAFT}", evidence, names, topics)], at=LATER)


def write_parts_of_a_draft() -> None:
    """Records that are published and hang on a draft."""
    statement = Statement.objects.get(entry__slug=DRAFT)
    text = StatementText(statement=statement, language="en", standing="authentic", original=True)
    parts: list[tuple[Record, str]] = [
        (text, f"{DRAFT}/en"),
        (Joined(statement=statement, state_id=entry_id("state", "kaz"), standing="joined"), f"{DRAFT}/kaz"),
    ]
    for record, slug in parts:
        evidence = [Evidence(source=make.source())] if record.needs_evidence else []
        write([Change(record, slug, "published", "", evidence)], at=LATER)
    passage = Passage(statement=statement, statement_text=text, anchor="p1", order=1, text=f"Words {DRAFT}")
    write([Change(passage, f"{DRAFT}/p1", "published", "")], at=LATER)


def withdrawn() -> None:
    """A person that was published, and is taken off."""
    one = make.person("canary", f"Canary {WITHDRAWN}", at=LATER)
    assert WITHDRAWN in body(ask("/people/canary/")).decode()
    make.withdrawn(one, "It named nobody.", at=datetime(2026, 9, 2, tzinfo=UTC))


def test_drafts_and_proposals_change_no_answer_at_all_and_what_was_withdrawn_shows_nowhere() -> None:
    """B048."""
    make.source()  # what backs the drafts is published, and so is part of the whole already
    withdrawn()
    before = answers()
    write_drafts()
    write_parts_of_a_draft()
    kaz = Entry.objects.get(kind="state", slug="kaz")
    propose(kaz, {"name_en": f"Kazakhstan {PENDING}"}, at=LATER, by=None, reason=f"why {PENDING}")
    after = answers()
    assert [path for path in before if before[path] != after[path]] == []
    assert [path for path, (status, _etag, _body) in before.items() if status not in (200, 300)] == []
    assert [path for path in after if WITHDRAWN.encode() in after[path][2]] == []
    assert [
        path for path in after if re.search(rb"zqx7\d", _without_the_question(path, after[path][2]))
    ] == []


def _without_the_question(path: str, content: bytes) -> bytes:
    """The answer less the words of the question, which some answers repeat."""
    return content if "zqx" not in path else b""


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
