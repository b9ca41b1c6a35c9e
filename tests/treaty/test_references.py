"""References that wordings make: kept in step with the texts, shown as links and on both ends."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.records import indexing
from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data
from treaty.consistency import detected_references_match_the_texts
from treaty.detection import FOLLOWER
from treaty.models import DetectedReference, Instrument, Provision, ProvisionText

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def cst() -> Instrument:
    return treaties.instrument(
        "cst",
        "Collective Security Treaty",
        title_ru="Договор о коллективной безопасности",
        signed_on="1992-05-15",
        in_force_on="1994-04-20",
    )


@pytest.fixture
def charter() -> Instrument:
    return treaties.instrument(
        "charter", "CSTO Charter", kind="charter", title_ru="Устав ОДКБ", in_force_on="2003-09-18"
    )


@pytest.fixture
def four(cst: Instrument) -> Provision:
    return treaties.article(cst, "4")


@pytest.fixture
def seven(charter: Instrument) -> Provision:
    return treaties.article(charter, "7")


def says(of: Provision, text: str, **fields: str) -> ProvisionText:
    return treaties.wording(of, "2003-09-18", text=text, **fields)


def kept() -> list[tuple[str, str, str, bool]]:
    """What the table holds: who, by which words, refers to what, and whether that is uncertain."""
    rows = DetectedReference.objects.filter(held=True).order_by("wording__entry__slug", "start", "pk")
    return [
        (
            row.provision.public_id,
            row.words,
            (row.target_provision or row.target_instrument).public_id,
            row.ambiguous,
        )
        for row in rows
    ]


def shown(path: str) -> str:
    """The text of a page with its white space made single."""
    return re.sub(r"\s+", " ", body(ask(path)).decode())


class TestTheTable:
    def test_a_published_wording_is_read(self, four: Provision, seven: Provision) -> None:
        says(seven, "Members apply Article 4 of the Treaty.")
        assert kept() == [("charter/art-7", "Article 4 of the Treaty", "cst/art-4", False)]
        (row,) = DetectedReference.objects.all()
        assert row.wording.text[row.start : row.end] == row.words

    def test_a_draft_is_not(self, four: Provision, seven: Provision) -> None:
        says(seven, "Members apply Article 4 of the Treaty.", publication="draft")
        assert kept() == []

    def test_a_changed_wording_is_read_anew(self, four: Provision, seven: Provision) -> None:
        text = says(seven, "Members apply Article 4 of the Treaty.")
        text.text = "Members apply the Treaty."
        make.rewritten(text, at=LATER)
        assert kept() == [("charter/art-7", "Treaty", "cst", False)]

    def test_a_withdrawn_wording_says_nothing_and_neither_does_one_of_what_is_withdrawn(
        self, four: Provision, seven: Provision
    ) -> None:
        make.withdrawn(says(seven, "Article 4 of the Treaty."))
        assert kept() == []
        eight = treaties.article(seven.instrument, "8")
        says(eight, "Article 4 of the Treaty.")
        assert len(kept()) == 1
        make.withdrawn(eight)
        assert kept() == []

    def test_a_withdrawn_target_is_referred_to_no_more(self, four: Provision, seven: Provision) -> None:
        treaties.article(four.instrument, "5")
        says(seven, "Article 4 of the Treaty.")
        make.withdrawn(four)
        assert kept() == []

    def test_a_provision_published_later_is_found(self, four: Provision, seven: Provision) -> None:
        says(seven, "Article 5 of the Treaty and Article 4 of the Treaty.")
        assert [one[2] for one in kept()] == ["cst/art-4"]
        treaties.article(four.instrument, "5")
        assert [one[2] for one in kept()] == ["cst/art-5", "cst/art-4"]

    def test_of_an_instrument_without_provisions_the_whole_is_meant(
        self, charter: Instrument, cst: Instrument
    ) -> None:
        says(treaties.article(charter, "7"), "Article 4 of the Treaty.")
        assert kept() == [("charter/art-7", "Article 4 of the Treaty", "cst", False)]

    def test_a_new_name_is_recognised_in_earlier_texts(self, seven: Provision) -> None:
        says(seven, "The Tashkent Treaty stands.")
        assert kept() == []
        treaties.instrument("cst", "Tashkent Treaty")
        assert kept() == [("charter/art-7", "Tashkent Treaty", "cst", False)]

    def test_an_ambiguous_reference_names_each_that_may_be_meant(self, seven: Provision) -> None:
        for year in ("1999", "2010"):
            treaties.instrument(f"protocol-{year}", f"Protocol {year}", kind="protocol")
        says(seven, "As the Protocol says.")
        assert kept() == [
            ("charter/art-7", "Protocol", "protocol-1999", True),
            ("charter/art-7", "Protocol", "protocol-2010", True),
        ]

    def test_itself_and_its_own_instrument_are_no_references(self, four: Provision) -> None:
        says(four, "This Article of this Treaty; Article 4; the Treaty.")
        assert kept() == []

    def test_the_innermost_part_held(self, seven: Provision, cst: Instrument) -> None:
        eight = treaties.article(cst, "8")
        part = treaties.article(cst, "2", kind="paragraph", parent=eight, order=81, eid="art-8__p-2")
        says(seven, "Article 8, paragraph 2 of the Treaty; Article 8(1)(a) of the Treaty.")
        assert [one[2] for one in kept()] == [part.public_id, "cst/art-8"]
        assert part.public_id == "cst/art-8__p-2"

    def test_it_is_made_anew_with_the_index(self, four: Provision, seven: Provision) -> None:
        says(seven, "Article 4 of the Treaty.")
        before = kept()
        DetectedReference.objects.all().delete()
        call_command("rebuild_search_index", "--if-needed", verbosity=0)
        assert kept() == before
        assert all(follower.is_complete() for follower in indexing.followers())

    def test_the_check_names_what_is_missing_and_what_is_too_much(
        self, four: Provision, seven: Provision
    ) -> None:
        text = says(seven, "Article 4 of the Treaty.")
        today = date(2026, 3, 5)
        assert list(detected_references_match_the_texts(today)) == []
        DetectedReference.objects.update(words="Article 5")
        found = list(detected_references_match_the_texts(today))
        assert [(one.law, one.id) for one in found] == [("references", text.public_id)] * 2
        assert "«Article 4 of the Treaty»" in found[0].reason
        assert "«Article 5»" in found[1].reason

    def test_one_text_costs_as_many_queries_as_many(self, four: Provision, seven: Provision) -> None:
        def price(count: int) -> int:
            for place in range(count):
                says(treaties.article(seven.instrument, f"{20 + place + count}"), "Article 4 of the Treaty.")
            with CaptureQueriesContext(connection) as asked:
                list(FOLLOWER.rebuild())
            return len(asked)

        assert (price(1), price(20)) == (9, 9)


class TestRenumbering:
    """B018: an amendment of 2010 takes 5 out and numbers 6 anew as 5."""

    @pytest.fixture(autouse=True)
    def renumbered(self, cst: Instrument, charter: Instrument) -> None:
        five, six = treaties.article(cst, "5"), treaties.article(cst, "5", eid="art-6", order=60)
        treaties.number(five, "5", "1994-04-20", "2010-12-09")
        treaties.number(six, "6", "1994-04-20", "2010-12-09")
        treaties.number(six, "5", "2010-12-10")
        seven = treaties.article(charter, "7")
        treaties.wording(
            seven, "2009-01-01", "2011-12-31", "See Article 6 of the Treaty, then Article 5 of the Treaty."
        )
        treaties.wording(
            seven, "2012-01-01", text="See Article 5 of the Treaty, never Article 6 of the Treaty."
        )

    def test_a_text_means_the_provision_that_bore_the_number_when_it_began(self) -> None:
        assert [one[1:3] for one in kept()] == [
            ("Article 6 of the Treaty", "cst/art-6"),
            ("Article 5 of the Treaty", "cst/art-5"),
            ("Article 5 of the Treaty", "cst/art-6"),
        ]

    def test_the_links_lead_there(self) -> None:
        page = shown("/treaties/charter/art-7/")
        assert re.search(r'href="/treaties/cst/art-6/"[^>]*>Article 6 of the Treaty</a>, then', page)
        assert re.search(r'href="/treaties/cst/art-5/"[^>]*>Article 5 of the Treaty</a>\.', page)
        assert re.search(r'href="/treaties/cst/art-6/"[^>]*>Article 5 of the Treaty</a>, never', page)
        assert "never Article 6 of the Treaty." in page

    @pytest.mark.parametrize(
        ("question", "found"),
        [
            ("Article 6 of the Treaty&on=2009-01-01", ["cst/art-6"]),
            ("Article 5 of the Treaty&on=2009-01-01", ["cst/art-5"]),
            ("Article 5 of the Treaty", ["cst/art-6"]),
            ("Article 6 of the Treaty", ["cst/art-6"]),  # none bears the number now, and this one did
            ("Article 6 of the Treaty&on=2020-01-01", []),
        ],
    )
    def test_what_readers_type_means_who_bears_the_number_on_the_day(
        self, question: str, found: list[str]
    ) -> None:
        assert [one["id"] for one in data(f"/api/v1/resolve/?ref={question}")["matches"]] == found


class TestPages:
    def test_each_reference_is_a_link_of_its_own_and_the_words_stay(
        self, four: Provision, seven: Provision
    ) -> None:
        treaties.article(four.instrument, "9")
        text = "Under Articles 4 & 9 <b>of</b> the Treaty, and Articles 4 and 9 of the Treaty."
        says(seven, text)
        for path in ("/treaties/charter/", "/treaties/charter/art-7/"):
            page = shown(path)
            found = re.findall(r'<a class="cites" href="([^"]*)" title="([^"]*)">([^<]*)</a>', page)
            assert ("/treaties/cst/art-4/", "Article 4, Collective Security Treaty", "Articles 4") in found
            assert ("/treaties/cst/art-9/", "Article 9, Collective Security Treaty", "9") in found
            words = re.sub(r"<[^>]*>", "", page)
            assert text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in words
            assert "<b>of</b>" not in page

    def test_paragraphs_stay_and_the_day_is_kept(self, four: Provision, seven: Provision) -> None:
        says(seven, "One.\n\nTwo, by Article 4 of the Treaty.")
        page = shown("/treaties/charter/art-7/?on=2010-01-01")
        assert "<p>One.</p>" in page
        assert 'href="/treaties/cst/art-4/?on=2010-01-01"' in page

    def test_an_ambiguous_one_is_marked_and_says_why(self, seven: Provision) -> None:
        for year in ("1999", "2010"):
            treaties.instrument(f"protocol-{year}", f"Protocol {year}", kind="protocol")
        says(seven, "As the Protocol says.")
        mark = '<span class="unsure" title="Several fit. It may be: Protocol 1999; Protocol 2010.">Protocol</span>'
        assert f"the {mark} says" in shown("/treaties/charter/")

    def test_no_link_leads_to_the_page_itself_or_to_what_has_no_page(self, four: Provision) -> None:
        treaties.article(treaties.instrument("un-charter", "UN Charter", kind="charter", external=True), "51")
        says(four, "This Article is read with Article 51 of the UN Charter.")
        page = shown("/treaties/cst/art-4/")
        assert "This Article is read with" in page
        assert '<span title="Article 51, UN Charter">Article 51 of the UN Charter</span>' in page
        assert re.search(r'href="/treaties/cst/art-4/"[^>]*>This Article</a>', shown("/treaties/cst/"))

    def test_the_dash_of_a_range_is_a_link_that_says_its_name(
        self, seven: Provision, cst: Instrument
    ) -> None:
        for number in ("4", "5", "6"):
            treaties.article(cst, number)
        says(seven, "Articles 4–6 of the Treaty")
        assert re.search(
            r'href="/treaties/cst/art-5/" title="([^"]*)" aria-label="\1">–</a>', shown("/treaties/charter/")
        )

    def test_nothing_of_a_draft_is_linked_or_named(self, seven: Provision, cst: Instrument) -> None:
        treaties.article(cst, "4", publication="draft")
        treaties.article(cst, "5")
        treaties.instrument("secret", "Secret Pact", publication="draft")
        says(seven, "Article 4 of the Treaty and the Secret Pact.")
        assert "Article 4 of the Treaty and the Secret Pact." in shown("/treaties/charter/art-7/")


class TestBothEnds:
    def test_an_editor_and_a_text_that_say_the_same_are_one_line(
        self, four: Provision, seven: Provision
    ) -> None:
        text = says(seven, "By Article 4 of the Treaty and the Treaty.")
        treaties.reference(seven, four, "The cause")
        made = data("/api/v1/provisions/charter/art-7/")["refers_to"]
        first = {
            "provision": "charter/art-7",
            "target_provision": "cst/art-4",
            "target_instrument": None,
            "why_en": "The cause",
            "why_ru": None,
            "found_by": "editor",
            "ambiguous": False,
            "wording": text.public_id,
            "start": 3,
            "end": 26,
            "words": "Article 4 of the Treaty",
        }
        assert made[0] == first
        assert [(one["target_instrument"], one["found_by"], one["words"]) for one in made[1:]] == [
            ("cst", "detected", "Treaty")
        ]
        assert data("/api/v1/provisions/cst/art-4/")["referred_to_by"] == [first]
        page = shown("/treaties/cst/art-4/")
        assert page.count("Article 7, CSTO Charter</a>") == 1
        assert "The cause" in page

    def test_what_only_a_text_says_shows_its_words(self, four: Provision, seven: Provision) -> None:
        says(seven, "By Article 4 of the Treaty.")
        assert "“Article 4 of the Treaty”" in shown("/treaties/cst/art-4/")
        assert "Referred to by" in shown("/treaties/cst/art-4/")

    def test_of_an_earlier_moment_the_texts_of_the_provision_itself_are_read(
        self, four: Provision, seven: Provision
    ) -> None:
        text = says(seven, "By Article 4 of the Treaty.")
        text.text = "By nothing."
        make.rewritten(text, at=LATER)
        then = "?known_on=2026-01-15"
        assert data("/api/v1/provisions/charter/art-7/")["refers_to"] == []
        told = data(f"/api/v1/provisions/charter/art-7/{then}")["refers_to"]
        assert [(one["target_provision"], one["found_by"]) for one in told] == [("cst/art-4", "detected")]
        assert data(f"/api/v1/provisions/cst/art-4/{then}")["referred_to_by"] == []
        assert ">Article 4 of the Treaty</a>" in shown(f"/treaties/charter/art-7/{then}")
        assert "Article 4 of the Treaty" not in shown("/treaties/charter/art-7/")
