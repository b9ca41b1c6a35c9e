"""The pages about the whole: well formed, in both languages, with addresses for search engines and no silent loss."""

import json
import re
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from cstokb.pages.terms import GLOSSARY
from cstokb.records.models import Evidence
from cstokb.records.publish import Change, write
from members.models import Person, State
from tests.factories import records as make
from tests.listing.asking import ask, body, data
from tests.pages.wellformed import Page

pytestmark = pytest.mark.django_db

PAGES = (
    *("/", "/about/", "/about/search/", "/glossary/", "/data/", "/feeds/", "/corrections/", "/topics/"),
    *("/sources/", "/search/", "/style/"),
)


def text(path: str, status: int = 200) -> str:
    return body(ask(path, status)).decode()


@pytest.mark.parametrize("path", [*PAGES, *(f"/ru{path}" for path in PAGES)])
class TestEveryPage:
    def test_is_well_formed_with_headings_in_order_and_ids_once(self, path: str) -> None:
        page = Page(text(path))
        assert page.errors == []
        assert page.headings.count(1) == 1
        assert page.jumps() == []
        assert sorted(page.ids) == sorted(set(page.ids))

    def test_has_no_line_that_the_content_security_policy_forbids(self, path: str) -> None:
        for tag, attributes in Page(text(path)).tags:
            assert "style" not in attributes, (tag, attributes)
            assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
            assert tag != "style"


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/style/"])
class TestAddresses:
    def test_names_its_own_address_and_both_languages(self, path: str) -> None:
        for here in (path, f"/ru{path}"):
            tags = [attributes for tag, attributes in Page(text(here)).tags if tag == "link"]
            canonical = [one["href"] for one in tags if one.get("rel") == "canonical"]
            assert canonical == [f"http://localhost:8000{here}"]
            others = {one["hreflang"]: one["href"] for one in tags if one.get("hreflang")}
            bare = f"http://localhost:8000{path}"
            assert others == {"en": bare, "ru": f"http://localhost:8000/ru{path}", "x-default": bare}

    def test_a_parameter_it_does_not_know_is_set_aside_with_a_notice(self, path: str) -> None:
        shown = text(f"{path}?utm_source=letter")
        assert "<code>utm_source</code>" in shown
        assert f'<a href="{path}">Address without them</a>' in shown

    def test_another_language_in_the_header_changes_nothing(self, path: str) -> None:
        plain = ask(path)
        other = ask(path, 200, **{"Accept-Language": "ru"})
        assert (other["ETag"], body(other)) == (plain["ETag"], body(plain))
        assert "Accept-Language" not in other.get("Vary", "")

    def test_a_reader_who_holds_it_gets_304_for_one_query(
        self, path: str, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        tag = ask(path)["ETag"]
        with django_assert_num_queries(1):
            ask(path, 304, **{"If-None-Match": tag})
        assert ask(f"/ru{path}")["ETag"] != tag


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        *(
            (path, parameter)
            for path in ("/about/search/", "/glossary/", "/data/", "/feeds/", "/search/")
            for parameter in ("on=2011-06-01", "known_on=2026-01-01")
        ),
        ("/corrections/", "on=2011-06-01"),
    ],
)
def test_a_day_is_refused_where_the_answer_would_mislead(path: str, parameter: str) -> None:
    assert parameter.partition("=")[0] in text(f"{path}?{parameter}", 400)


class TestAbout:
    def test_counts_disputed_and_unsure_records_of_each_kind(self) -> None:
        kaz, sure = make.state("kaz", "Kazakhstan"), make.state("blr", "Belarus")
        kaz.confidence, sure.confidence = "low", "high"
        against = Evidence(source=make.source("00against0"), stance="contradicts")
        write(
            [
                Change(kaz, evidence=[Evidence(source=make.source()), against]),
                Change(sure),
            ],
            at=datetime(2026, 2, 1, tzinfo=UTC),
        )
        make.draft(State(alpha2="XX", name_en="Nowhere"), "xxx")
        row = re.search(r'href="/states/">States</a></th>(.*?)</tr>', text("/about/").replace("\n", ""))
        assert row
        assert re.findall(r"<td[^>]*>(\d+)</td>", row[1]) == ["2", "1", "1"]

    @pytest.mark.parametrize(
        ("address", "shown"), [("kb@example.org", "mailto:kb@example.org"), ("", "CONTACT_EMAIL")]
    )
    def test_says_how_to_report_an_error(self, address: str, shown: str, settings: Settings) -> None:
        settings.CONTACT_EMAIL = address
        part = text("/about/").partition('id="errors"')[2]
        assert shown in part


def test_every_term_of_the_glossary_has_an_anchor() -> None:
    ids = Page(text("/glossary/")).ids
    assert [entry.id for group in GLOSSARY for entry in group.entries if entry.id not in ids] == []


class TestCorrections:
    def test_tells_what_was_wrong_what_it_says_now_and_why(self) -> None:
        one = make.state("kaz", "Kazakstan")
        one.name_en = "Kazakhstan"
        at = datetime(2026, 2, 1, tzinfo=UTC)
        write([Change(one)], at=at, reason="A letter was missing.", correction=True)
        shown = re.sub(r"\s+", " ", text("/corrections/"))
        assert '<a href="/states/kaz/">Kazakhstan</a>' in shown
        assert "<del>Kazakstan</del> <ins>Kazakhstan</ins>" in shown
        assert "A letter was missing." in shown

    def corrected(self) -> None:
        kaz, kgz = make.state("kaz", "Kazakstan"), make.state("kgz", "Kyrgystan")
        period = make.member(kaz, "2003-09-18")
        period.state, period.began_on = kgz, "2003-10"
        kaz.name_en, kgz.name_en = "Kazakhstan", "Kyrgyzstan"
        more = [Evidence(source=make.source(), field="name_en", locator="p. 7")]
        more.append(Evidence(source=make.source("00other000"), field="capital_en"))
        at = datetime(2026, 2, 1, tzinfo=UTC)
        write([Change(kaz, evidence=more)], at=at, reason="A letter was missing.", correction=True)
        write([Change(kgz), Change(period)], at=at, reason="Read again.", correction=True)

    def test_names_the_field_in_words_and_shows_what_backs_it(self) -> None:
        self.corrected()
        shown = re.sub(r"\s+", " ", text("/corrections/?record=state/kaz"))
        assert "<b>Name:</b> <del>Kazakstan</del> <ins>Kazakhstan</ins>" in shown
        assert "<b>Evidence:</b> <del>1 piece</del> <ins>2 pieces</ins>" in shown
        assert "p. 7" in shown
        assert shown.count('<span class="stance') == 1
        told = re.sub(r"\s+", " ", text("/corrections/"))
        assert "<b>State:</b> <del>Kazakhstan</del> <ins>Kyrgyzstan</ins>" in told
        assert "<b>First day:</b> <del>18 September 2003</del> <ins>October 2003</ins>" in told

    def test_of_one_record_it_tells_that_one_alone_and_its_page_leads_there(self) -> None:
        self.corrected()
        shown = text("/corrections/?record=state/kaz")
        assert "Corrections: Kazakhstan" in shown
        assert "Kyrgystan" not in shown
        assert "/corrections/?record=state/kaz" in text("/states/kaz/")
        assert "/ru/corrections/?record=state/kaz" in text("/ru/states/kaz/")
        assert "No correction yet" in text("/corrections/?record=source/00testsrc0")

    @pytest.mark.parametrize(
        "record", ["state/xxx", "nothing/kaz", "kaz", "state/", "state/kaz%00", "person/ann"]
    )
    def test_no_other_record_is_named_and_a_draft_is_none(self, record: str) -> None:
        make.state("kaz", "Kazakhstan")
        make.draft(Person(name_en="Ann"), "ann")
        assert "There is no such record" in text(f"/corrections/?record={record}", 400)

    def test_it_is_a_feed_too(self) -> None:
        self.corrected()
        feed = body(ask("/corrections.atom")).decode()
        assert feed.count("<entry>") == 3
        said = (
            "Name: Kazakstan → Kazakhstan",
            "Evidence: 1 piece → 2 pieces",
            "Names: Kazakstan → Kazakhstan",
        )
        assert " · ".join((*said, "A letter was missing.")) in feed
        one = body(ask("/ru/corrections.atom?record=state/kaz")).decode()
        assert one.count("<entry>") == 1
        assert "/ru/corrections/?record=state/kaz#" in one
        ask("/corrections.atom?page=2", 400)
        assert "/corrections.atom" in text("/feeds/")

    def test_a_change_in_the_world_is_no_correction(self) -> None:
        one = make.state("kaz", "Kazakhstan")
        one.capital_en = "Astana"
        write([Change(one)], at=datetime(2026, 2, 1, tzinfo=UTC))
        assert "No correction yet" in text("/corrections/")

    def test_there_is_no_page_after_the_last(self) -> None:
        ask("/corrections/?page=2", 404)


class TestTopics:
    def test_headings_stand_under_broader_ones_with_what_is_under_them(self) -> None:
        threats = make.topic("threats", "Threats")
        drugs = make.topic("drugs", "Drugs", threats)
        make.state("kaz", "Kazakhstan", topics=[drugs.pk])
        tree = re.sub(r"\s+", " ", text("/topics/")).partition('<ul class="headings">')[2]
        assert re.search(
            r'href="/topics/threats/">Threats</a> <ul class="headings"> '
            r'<li> <a href="/topics/drugs/">Drugs</a> <span class="count">1</span>',
            tree,
        )
        page = re.sub(r"\s+", " ", text("/topics/threats/"))
        assert 'href="/topics/drugs/">Drugs</a>' in page
        assert 'href="/states/kaz/">Kazakhstan</a>' in text("/topics/drugs/")


class TestSources:
    def test_a_source_names_every_record_that_rests_on_it(self) -> None:
        make.state("kaz", "Kazakhstan")
        shown = text("/sources/00testsrc0/")
        assert 'href="/states/kaz/">Kazakhstan</a>' in shown
        assert 'href="https://example.org/00testsrc0"' in shown

    def test_evidence_of_a_record_is_asked_for_by_its_id_and_kind(self) -> None:
        make.state("kaz", "Kazakhstan")
        make.person("kaz-person", "A Person")
        asked = data("/api/v1/evidence/?record=kaz&kind=state")
        assert [(one["record"], one["source"], one["stance"]) for one in asked["results"]] == [
            ("kaz", "00testsrc0", "supports")
        ]
        assert data("/api/v1/evidence/?record=kaz&kind=person")["count"] == 0
        assert data("/api/v1/evidence/?record=nothing", 400)["errors"][0]["code"] == "names_nothing"


class TestDownload:
    def test_a_record_stands_there_with_evidence_names_and_topics(self) -> None:
        make.state("kaz", "Kazakhstan", topics=[make.topic("steppe", "Steppe").pk])
        lines = map(json.loads, body(ask("/data/records.ndjson")).decode().splitlines())
        (kaz,) = [one for one in lines if one["kind"] == "state"]
        assert (kaz["id"], kaz["name_en"], kaz["topics"]) == ("kaz", "Kazakhstan", ["steppe"])
        assert [one["source"] for one in kaz["evidence"]] == ["00testsrc0"]
        assert [one["text"] for one in kaz["names"]] == ["Kazakhstan"]

    def test_known_on_tells_what_was_said_then(self) -> None:
        make.state("kaz", "Kazakhstan")
        make.state("blr", "Belarus", at=datetime(2026, 3, 1, tzinfo=UTC))
        lines = body(ask("/data/records.ndjson?known_on=2026-02-01")).decode().splitlines()
        assert [one["id"] for one in map(json.loads, lines) if one["kind"] == "state"] == ["kaz"]

    def test_a_parameter_it_does_not_know_is_refused(self) -> None:
        assert data("/data/records.ndjson?state=kaz", 400)["errors"][0]["code"] == "unknown_parameter"
