"""Records that nobody may see yet, or any more, each marked with a word that stands nowhere else."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zipfile import ZipFile, is_zipfile

from django.apps import apps
from django.db import models
from django.test import Client

from cstokb.listing import registry
from cstokb.records.models import Entry, Evidence, NameForm, Record, Source, Topic
from cstokb.records.publish import Change, erase, write
from cstokb.records.revisions import propose
from members.models import MembershipPeriod, Office, Organ, Person, State, Term
from statements.models import Joined, Passage, Statement, StatementText
from summits.models import Activity, Attendance, Invocation, Milestone, Session
from tests.contracts.crawling import links
from tests.factories import records as make
from tests.listing.asking import ask, body
from tests.pages.wellformed import Page
from treaty.models import Amendment, Instrument, Provision, ProvisionText, TreatyAction

PENDING, DRAFT, WITHDRAWN, DELETED = "zqx77", "zqx78", "zqx79", "zqx80"
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
    *("/opensearch.xml", "/robots.txt", "/timeline/", "/timeline.csv", "/timeline.ndjson"),
    *(
        "/search.ndjson?q=collective",
        "/search.xlsx?q=collective",
        "/search.ris?q=collective",
        "/api/v1/search/?q=security&state=kaz&year=2022",
    ),
    *(
        "/search/trends/?q=treaty,security&by=state",
        "/api/v1/concordance/?q=security&page_size=100",
        "/api/v1/collocations/?q=security",
        "/api/v1/keyness/?speaker=tokayev&least=2",
        "/search/concordance.csv?q=security",
    ),
    *(
        "/treaties/cst.xml",
        "/treaties/cst.txt",
        "/treaties/cst.jsonld",
        "/treaties/cst/art-4.xml",
        "/treaties/cst/2012-12-19/en.xml",
        "/treaties/cst/2012-12-19/en/",
        "/treaties/cst/compare/",
        "/treaties/cst/parties.csv",
        "/treaties/status.xlsx",
        "/summits/attendance.csv",
    ),
    *(
        f"/statements/2022-05-16-stability-and-security-mechanism.{form}"
        for form in ("xml", "bib", "ris", "csl")
    ),
    *(
        "/statements/2022-05-16-stability-and-security-mechanism/",
        "/statements/compare/?a=2020-12-02-declaration&b=2021-09-16-declaration",
        "/api/v1/states/?known_on=2026-09-15",
        "/api/v1/statements/?known_on=2026-09-15&page_size=200",
        "/people/?known_on=2026-09-15",
    ),
)


def surfaces(*, whole: bool) -> Iterator[str]:
    """Every list as page and in the API, every part of the sitemap, and the pages that join what records say.

    Lists have their other forms all where the whole is asked for, else one, another for the next list: all forms of a
    list hold the same rows (test_same_answer.py).
    """
    yield from FIXED
    if whole:
        yield "/api/v1/schema/"
    for number, listing in enumerate(registry.listings()):
        yield f"/api/v1/{listing.api}/?page_size=200"
        forms = [f"/api/v1/{listing.api}.ndjson"]
        if listing.path:
            bare = listing.path.rstrip("/")
            yield from (f"{bare}/", f"/ru{bare}/")
            forms += [f"{bare}.{form}" for form in ("csv", "json", "atom", "xlsx")]
        yield from forms if whole else forms[number % len(forms) :][:1]
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


def entry_id(kind: str, slug: str) -> int:
    return Entry.objects.get(kind=kind, slug=slug).pk


def canaries(mark: str, slug: str) -> list[tuple[Record, str]]:
    """A record of every kind that a reader could meet, tied to records that are published and marked with a word."""
    kaz, csc = entry_id("state", "kaz"), entry_id("organ", "csc")
    session, cst = entry_id("session", "2022-05-16-moscow"), entry_id("instrument", "cst")
    office, article = entry_id("office", "kaz/president"), entry_id("provision", "cst/art-4")
    tokayev = entry_id("person", "kassym-jomart-tokayev")
    name = f"Canary {mark}"
    return [
        (Source(title=name, url=f"https://example.org/{mark}"), slug),
        (Topic(label_en=name, definition_en=name), slug),
        (State(alpha2="ZQ", name_en=name), "zqx"),
        (Person(name_en=name), slug),
        (Organ(name_en=name, type="working", parent_id=csc), slug),
        (
            Term(person_id=tokayev, office_id=office, began_on="2010", ended_on="2011", note_en=name),
            f"kaz/{slug}",
        ),
        (Instrument(type="protocol", title_en=name, signed_on="2022-05-16"), slug),
        (Provision(instrument_id=cst, type="article", number="78", eid="art_78", order=978), f"cst/{slug}"),
        (
            Amendment(
                instrument_id=cst,
                provision_id=article,
                made_by_id=entry_id("instrument", "cst-protocol-2010"),
                effect="repeals",
                description_en=name,
            ),
            f"cst-protocol-2010/{slug}",
        ),
        (TreatyAction(instrument_id=cst, state_id=kaz, type="signature", note_en=name), f"cst/kaz/{slug}"),
        (
            Session(
                title_en=name,
                type="regular",
                format="in-person",
                organ_id=csc,
                began_on="2022-05-17",
                summary_en=name,
            ),
            slug,
        ),
        (Attendance(session_id=session, organ_id=csc, person_id=tokayev, note_en=name), f"moscow/{slug}"),
        (Office(name_en=name, state_id=kaz, role="minister"), f"kaz/{slug}"),
        (
            MembershipPeriod(
                state_id=kaz, organ_id=csc, standing="observer", began_on="1990", ended_on="1991"
            ),
            f"kaz/{slug}",
        ),
        (
            ProvisionText(
                provision_id=article, language="hy", standing="restatement", text=name, began_on="1994"
            ),
            f"cst/art-4/{slug}",
        ),
        (Milestone(text_en=name, happened_on="2022"), slug),
        (Invocation(title_en=name, state_id=kaz, provision_id=article, requested_on="2022"), slug),
        (Activity(name_en=name, type="exercise", began_on="2022"), slug),
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
            slug,
        ),
    ]


def proposals() -> int:
    """Propose another wording of every text of a published record of every kind; says of how many kinds."""
    kinds = 0
    for model in apps.get_models():
        texts = [field.name for field in model._meta.concrete_fields if _is_free_text(field)]
        if not issubclass(model, Record) or model._meta.abstract or not texts:
            continue
        found = model._default_manager.filter(entry__publication="published").order_by("pk").first()
        if found is not None:
            values = dict.fromkeys(texts, f"Proposed {PENDING}")
            propose(found.entry, values, at=LATER, by=None, reason=f"why {PENDING}")
            kinds += 1
    return kinds


def _is_free_text(field: Any) -> bool:
    return isinstance(field, models.TextField | models.CharField) and not field.choices and field.editable


def deleted() -> None:
    """A draft that is deleted again."""
    gone = Person(name_en=f"Canary {DELETED}")
    write([Change(gone, DELETED, "draft", f"why {DELETED}", [Evidence(source=make.source())])], at=LATER)
    erase(Person.objects.get(entry__slug=DELETED), at=LATER, by=None)


def plain(content: bytes) -> bytes:
    """What an answer holds; of a workbook its parts."""
    if not is_zipfile(io.BytesIO(content)):
        return content
    with ZipFile(io.BytesIO(content)) as book:
        parts = sorted(
            name for name in book.namelist() if name != "docProps/core.xml"
        )  # the moment it was made
        return b"".join(book.read(name) for name in parts)


def answer(client: Client, path: str) -> tuple[int, str, bytes]:
    """Status, ETag and content of an address."""
    response = client.get(path)
    return response.status_code, response.get("ETag", ""), plain(body(response))


def reached(most: int) -> dict[str, tuple[int, str, bytes]]:
    """What a reader meets who follows every link from the first page, until so many addresses are open."""
    client, waiting, told = Client(), deque(["/"]), dict[str, tuple[int, str, bytes]]()
    seen = {"/"}
    while waiting and len(told) < most:
        here = waiting.popleft()
        told[here] = answer(client, here)
        text = told[here][2].decode(errors="replace")
        if not text.lstrip().startswith("<!DOCTYPE html"):
            continue
        for path in links(Page(text), here):
            if path not in seen:
                seen.add(path)
                waiting.append(path)
    return told


def write_drafts() -> None:
    topic = entry_id("topic", "afghanistan")
    for record, slug in canaries(DRAFT, DRAFT):
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
