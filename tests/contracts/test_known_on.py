"""The second clock: after a correction every surface still answers for an earlier moment what it answered then."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cstokb import catalogue
from cstokb.listing import registry
from cstokb.listing.columns import utc
from cstokb.listing.listing import Listing
from cstokb.records.models import Evidence, Head, NameForm, Record, Source, Topic
from cstokb.records.publish import Change, withdraw, write
from cstokb.records.registry import load_order, model_of
from tests.factories.records import source
from tests.listing.asking import ask, body, data
from tests.scale import few_and_all

catalogue.fill()
LISTINGS = registry.listings()
#: Lists that answer for an earlier moment; those of derived tables refuse it.
REMEMBERING = [one for one in LISTINGS if "known_on" in one.filters.base_filters]

pytestmark = [pytest.mark.contract, pytest.mark.django_db, pytest.mark.usefixtures("starter")]
#: How many records of each kind are corrected and asked for.
few_and_more = few_and_all("count", 1, 3)
#: Columns that a correction may alter without breaking a rule: what is read, and nothing is looked up by.
WORDS = (
    "note_en",
    "note_ru",
    "name_en",
    "name_ru",
    "title_en",
    "title_ru",
    "title",
    "label_en",
    "summary_en",
    "text_en",
)


def moment_of_the_data() -> datetime:
    at = Head.objects.get(pk=1).changed_at
    assert at is not None
    return at


def chosen(kind: str, count: int) -> list[Record]:
    """The records of a kind that are corrected."""
    rows = model_of(kind).objects.published().select_related("entry").order_by("entry__slug")
    return list(rows[:count])


def correction_of(record: Record) -> Change:
    """A change of every part of a record that readers see."""
    for field in record._meta.concrete_fields:
        if field.name in WORDS and isinstance(field, models.CharField | models.TextField):
            setattr(record, field.name, f"{getattr(record, field.name)} corrected"[: field.max_length])
    standing = list(Evidence.objects.filter(entry=record.entry).select_related("source__entry"))
    evidence = [*standing, Evidence(source=source("00laterone"))] if record.needs_evidence else None
    names = [*NameForm.objects.filter(entry=record.entry, own=False), NameForm(text="Later", kind="alias")]
    topics = list(Topic.objects.published().order_by("entry_id").values_list("pk", flat=True)[:2])
    return Change(record, record.public_id, evidence=evidence, names=names, topics=topics)


def correct_everything(at: datetime, count: int) -> None:
    """Correct some records of every kind, one kind after the other, since a name shows in others."""
    later = Source(title="A later book", url="https://example.org/later")
    write([Change(later, "00laterone", "published")], at=at)
    for kind in load_order():
        write(
            [correction_of(record) for record in chosen(kind, count)], at=at, reason="Wrong.", correction=True
        )


def addresses(then: str, count: int) -> Iterator[str]:
    """What is asked before and after: lists, records and pages, each as of the moment."""
    for listing in REMEMBERING:
        yield f"/api/v1/{listing.api}/?page_size=100&{then}"
        yield f"/api/v1/{listing.api}.csv?page_size=100&{then}"
        if listing.path:
            yield f"{listing.path}?{then}"
            yield f"{listing.path.rstrip('/')}.atom?{then}"
    for kind in load_order():
        for record in chosen(kind, count):
            for listing in (one for one in REMEMBERING if one.kind == kind):
                yield f"/api/v1/{listing.api}/{record.public_id}/?expand=evidence,names,topics&{then}"
            path = record.entry.path
            if path and "#" not in path:
                yield f"{path}?{then}"
                yield f"/ru{path}?{then}"
    for page in ("/", "/treaties/cst/parties/", "/treaties/status/", "/summits/attendance/"):
        yield f"{page}?{then}"
    for form in ("csv", "json"):
        for bare in ("treaties/cst/parties", "treaties/status", "summits/attendance"):
            yield f"/{bare}.{form}?{then}"
    yield f"/api/v1/status/?instrument=cst&{then}"
    yield f"/data/records.ndjson?{then}"


def first_difference(one: bytes, other: bytes) -> tuple[str, str]:
    """Where two answers part, with what stands around it."""
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    cut = slice(max(0, place - 100), place + 100)
    return one[cut].decode(errors="replace"), other[cut].decode(errors="replace")


@few_and_more
def test_what_was_said_before_a_correction_is_still_answered_byte_for_byte(count: int) -> None:
    said_at = moment_of_the_data()
    then = f"known_on={utc(said_at)}"
    before = {url: body(ask(url)) for url in addresses(then, count)}
    correct_everything(max(timezone.now(), said_at + timedelta(seconds=1)), count)
    after = {url: body(ask(url)) for url in before}
    assert {
        url: first_difference(before[url], after[url]) for url in before if before[url] != after[url]
    } == {}


def test_now_something_else_is_said() -> None:
    kaz = model_of("state").objects.select_related("entry").get(entry__slug="arm")
    then = f"?known_on={utc(moment_of_the_data())}"
    correct_everything(timezone.now(), 1)
    for url in ("/states/arm.json", "/states/arm/", "/states.csv", "/states/"):
        assert b"corrected" in body(ask(url)), url
        assert b"corrected" not in body(ask(f"{url}{then}")), url
    assert kaz.public_id == "arm"


# -- now -----------------------------------------------------------------------------------------------------------

#: What a page says of the moment itself, and nothing else that may differ.
BAND = (
    rb'<section class="asof past"\s+aria-label="[^"]*">(?:(?!</section>).)*data-now="known_on".*?</section>'
)
CITED = ", (?:as this knowledge base said|как утверждала эта база знаний) [^<]*?UTC\\)?".encode()
OF_THE_MOMENT = (
    re.compile(CITED),
    re.compile(BAND, re.DOTALL),
    re.compile(rb'<input type="hidden" name="known_on"[^>]*>'),
    re.compile(rb'<p class="wrap printline">.*?</p>', re.DOTALL),
    re.compile(rb"(?:&amp;|&|\?)(?:known_on|cursor)=[^\"&<#\s]*"),
    re.compile(rb"(?:%3F|%26)known_on%3D(?:(?!%26)[^\"&<#])*"),  # in the address that a citation is of
    re.compile(rb"\s+|[?&]|amp;"),
)


#: Provisions: which texts refer to them is read from an index of the present, and for a moment from records alone.
FROM_AN_INDEX = re.compile(r"/provisions|/art-|records\.ndjson")


def unmarked(page: bytes) -> bytes:
    """An answer without what it says of the moment that was asked for."""
    for one in OF_THE_MOMENT:
        page = one.sub(b"", page)
    return page


@few_and_more
def test_now_named_is_the_same_as_now_not_named_on_every_surface(count: int) -> None:
    now = f"known_on={utc(timezone.now())}"
    differing = {}
    for url in addresses("", count):
        if FROM_AN_INDEX.search(url):
            continue
        bare = url.rstrip("?&")
        joint = "&" if "?" in bare else "?"
        plain, named = (unmarked(body(ask(one))) for one in (bare, f"{bare}{joint}{now}"))
        if plain != named:
            differing[url] = first_difference(plain, named)
    assert differing == {}


# -- what was taken off, and what an earlier moment costs ----------------------------------------------------------


def test_what_was_withdrawn_shows_at_no_moment_and_an_earlier_list_says_how_much_is_withheld() -> None:
    then = f"known_on={utc(moment_of_the_data())}"
    one = model_of("chairmanship").objects.published().select_related("entry").order_by("entry__slug")[0]
    before = data(f"/api/v1/chairmanships/?{then}")
    withdraw(one, at=timezone.now(), by=None, why="It was entered twice.")
    after = data(f"/api/v1/chairmanships/?{then}")
    assert after["count"] == before["count"] - 1
    assert one.public_id not in {row["id"] for row in after["results"]}
    assert after["notice"] == "1 record that was public then has been withdrawn since."
    assert after["notice"] in body(ask(f"/summits/chairmanships/?{then}")).decode()
    assert data(f"/api/v1/chairmanships/{one.public_id}/?{then}", 410)["reason"] == "It was entered twice."


@pytest.mark.parametrize("listing", REMEMBERING, ids=[one.api for one in REMEMBERING])
def test_an_earlier_moment_costs_the_same_for_one_row_and_for_many(listing: Listing) -> None:
    then = f"known_on={utc(moment_of_the_data())}"
    surfaces = [f"/api/v1/{listing.api}/", *([listing.path] if listing.path else [])]
    for surface in surfaces:
        costs = {size: cost(f"{surface}?page_size={size}&{then}") for size in (1, 20, 200)}
        assert len(set(costs.values())) == 1, (surface, costs)


def cost(url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        body(ask(url))
    return len(queries)
