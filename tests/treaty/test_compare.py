"""Comparing an instrument between two days, in two languages, and two provisions with each other."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cstokb.records.models import Address, Record
from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults
from treaty.models import Instrument, ProvisionText

pytestmark = pytest.mark.django_db


def page(path: str, status: int = 200) -> str:
    """The text of a page with its white space made single."""
    return re.sub(r"\s+", " ", body(ask(path, status)).decode())


def words(path: str) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(path)))


def cost(path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        body(ask(path))
    return len(asked)


def moved(record: Record, path: str) -> None:
    """A record once stood at an address."""
    Address.objects.create(entry=record.entry, path=path, began_at=timezone.now(), current=False)


@pytest.fixture(scope="class")
def cst(own_database: None) -> Instrument:
    """Four articles: one amended twice, one not at all, one inserted later, one repealed later; and a draft."""
    cst = treaties.instrument(
        "cst",
        "Treaty",
        title_ru="Договор",
        in_force_on="1994-04-20",
        official_url="https://example.org/treaty",
    )
    first = treaties.instrument("protocol", "Protocol of 2010", kind="protocol")
    second = treaties.instrument("protocol-2", "Protocol of 2020", kind="protocol")
    four = treaties.article(cst, "4", heading_en="Mutual assistance")
    treaties.wording(four, "1994-04-20", "2012-12-18", "Help is given to the victim.")
    treaties.wording(
        four,
        "2012-12-19",
        "2020-05-31",
        "Help is given at once to the victim.",
        made_by=first,
        change_en="Help became urgent.",
        note_en="Its second sentence was not seen.",
    )
    treaties.wording(four, "2020-06-01", text="Help is given at once to the party.", made_by=second)
    treaties.wording(treaties.article(cst, "5"), "1994-04-20", text="Words of five.", note_en="Of five.")
    six = treaties.article(cst, "6")
    treaties.wording(six, "2012-12-19", text="Words of six.", made_by=first)
    treaties.number(six, "6", "2012-12-19")
    seven = treaties.article(cst, "7")
    treaties.wording(seven, "1994-04-20", "2012-12-18", "Words of seven.")
    treaties.number(seven, "7", "1994-04-20", "2012-12-18")
    treaties.article(cst, "8", publication="draft")
    return cst


@pytest.fixture(scope="class")
def russian(cst: Instrument) -> None:
    five = cst.provisions.get(number="5")
    treaties.wording(five, "1994-04-20", text="1. Первое.\n\n2. Второе.", language="ru", standing="authentic")


@pytest.fixture(scope="class")
def charter(cst: Instrument) -> Instrument:
    charter = treaties.instrument("charter", "Charter", in_force_on="2003-09-18")
    treaties.wording(treaties.article(charter, "7"), "2003-09-18", text="Help is given to the members.")
    return charter


@pytest.mark.usefixtures("cst")
class TestBetweenTwoDays:
    def test_without_days_it_is_the_last_change(self) -> None:
        told = data("/treaties/cst/compare.json")
        assert (told["from"], told["to"]) == ("2020-05-31", "2020-06-01")
        assert [one["id"] for one in told["provisions"] if one["outcome"] == "changed"] == ["cst/art-4"]

    def test_on_a_day_it_is_the_last_change_until_then(self) -> None:
        told = data("/treaties/cst/compare.json?on=2020-05-31")
        assert (told["from"], told["to"]) == ("2012-12-18", "2012-12-19")

    def test_before_any_change_it_is_the_text_since_its_entry(self) -> None:
        told = data("/treaties/cst/compare.json?on=2000-01-01")
        assert (told["from"], told["to"], told["changes"]) == ("1994-04-20", "2000-01-01", [])
        assert "No change of the text is recorded between 20 April 1994 and 1 January 2000." in page(
            "/treaties/cst/compare/?on=2000-01-01"
        )

    def test_each_provision_says_what_became_of_it(self) -> None:
        told = data("/treaties/cst/compare.json?from=2012-12-18&to=2012-12-19")
        assert {one["id"]: one["outcome"] for one in told["provisions"]} == {
            "cst/art-4": "changed",
            "cst/art-5": "unchanged",
            "cst/art-6": "inserted",
            "cst/art-7": "repealed",
        }
        shown = page("/treaties/cst/compare/?from=2012-12-18&to=2012-12-19")
        assert (
            "Inserted: it was not yet in force on 18 December 2012 and is in force on 19 December 2012."
            in shown
        )
        assert "Repealed: it was in force on 18 December 2012 and is no longer" in shown
        assert re.search(
            r'id="art-5" href="/treaties/cst/art-5/">Article 5</a> <span>unchanged</span>', shown
        )
        assert "Words of five." not in shown

    def test_the_change_is_told_word_by_word(self) -> None:
        told = data("/treaties/cst/compare.json?from=2012-12-18&to=2012-12-19")
        four = told["provisions"][0]
        assert [(one["kind"], one["text"]) for one in four["redline"]] == [
            ("kept", "Help is given "),
            ("inserted", "at once "),
            ("kept", "to the victim."),
        ]
        joined = {
            left_out: "".join(one["text"] for one in four["redline"] if one["kind"] != left_out)
            for left_out in ("inserted", "deleted")
        }
        assert (joined["inserted"], joined["deleted"]) == (four["from"]["text"], four["to"]["text"])

    def test_what_is_noted_of_a_wording_stands_beside_its_redline_and_nowhere_else(self) -> None:
        shown = page("/treaties/cst/compare/?from=2012-12-18&to=2012-12-19")
        assert "<b>Note on the wording from 19 December 2012</b>Its second sentence was not seen." in shown
        assert "Of five." not in shown
        assert "second sentence" not in page("/treaties/cst/compare/?from=1994-05-01&to=2012-12-18")

    def test_programs_are_told_what_is_noted_of_each_wording(self) -> None:
        told = data("/treaties/cst/compare.json?from=2012-12-18&to=2012-12-19")
        noted = {one["id"]: (one["from"]["note_en"], one["to"]["note_en"]) for one in told["provisions"]}
        assert noted["cst/art-4"] == ("", "Its second sentence was not seen.")
        assert noted["cst/art-5"] == ("Of five.", "Of five.")
        assert noted["cst/art-6"] == (None, "")

    def test_the_page_says_it_with_ins_and_del_and_hidden_words(self) -> None:
        shown = page("/treaties/cst/compare/")
        assert re.search(r"<del><span [^>]*>\[deleted: </span>victim<span [^>]*>\]</span></del>", shown)
        assert re.search(r"<ins><span [^>]*>\[inserted: </span>party<span [^>]*>\]</span></ins>", shown)

    def test_who_made_each_change_stands_on_top_with_links_to_the_articles(self) -> None:
        told = data("/treaties/cst/compare.json?from=2012-12-18&to=2020-06-01")
        assert [(one["day"], one["made_by"], one["provisions"]) for one in told["changes"]] == [
            ("2012-12-19", None, ["cst/art-7"]),
            ("2012-12-19", "protocol", ["cst/art-4", "cst/art-6"]),
            ("2020-06-01", "protocol-2", ["cst/art-4"]),
        ]
        shown = page("/treaties/cst/compare/?from=2012-12-18&to=2020-06-01")
        assert '<a href="/treaties/protocol/">Protocol of 2010</a>' in shown
        assert '<a href="#art-4">Article 4</a> (changed)' in shown
        assert "Help became urgent." in shown

    def test_a_print_says_from_which_address_it_came(self) -> None:
        assert re.search(
            r"/treaties/cst/compare/\?from=2020-05-31&amp;to=2020-06-01\s*<", page("/treaties/cst/compare/")
        )

    def test_every_change_is_a_link_away(self) -> None:
        shown = page("/treaties/cst/compare/")
        assert 'href="/treaties/cst/compare/?from=2012-12-18&amp;to=2012-12-19"' in shown
        assert re.search(r'\?from=2020-05-31&amp;to=2020-06-01" aria-current="true"', shown)
        assert 'href="/treaties/cst/compare/?from=1994-04-20&amp;to=2020-06-01"' in shown

    def test_entry_into_force_is_no_change_of_the_text(self) -> None:
        assert data("/treaties/cst/compare.json")["change_days"] == ["2012-12-19", "2020-06-01"]
        told = data("/treaties/cst/compare.json?from=1994-04-19&to=1994-04-20")
        assert {one["outcome"] for one in told["provisions"]} == {"inserted", "not-yet-in-force"}

    def test_a_day_before_everything_says_not_yet_in_force(self) -> None:
        assert "not yet in force on either day" in page(
            "/treaties/cst/compare/?from=1990-01-01&to=1991-01-01"
        )

    def test_the_same_day_twice_compares_nothing(self) -> None:
        assert "Both days are the same" in page("/treaties/cst/compare/?from=2000-01-01&to=2000-01-01")

    def test_a_wording_not_verified_is_a_change_without_words(self, cst: Instrument) -> None:
        five = cst.provisions.get(number="5")
        nine = treaties.article(cst, "9")
        treaties.wording(nine, "1994-04-20", "2021-12-31", "Words of nine.")
        treaties.wording(nine, "2022-01-01", text="Unverified words.", publication="draft")
        told = data("/treaties/cst/compare.json")
        assert (told["to"], told["provisions"][-1]["outcome"]) == ("2022-01-01", "wording-not-verified")
        shown = page("/treaties/cst/compare/")
        assert "Its wording on 1 January 2022 is not yet verified" in shown
        assert "Unverified words." not in shown
        assert five.public_id in {one["id"] for one in told["provisions"]}

    def test_one_numbered_anew_says_so(self, cst: Instrument) -> None:
        ten = treaties.article(cst, "11", eid="art-10")
        treaties.wording(ten, "1994-04-20", text="Words of ten.")
        treaties.number(ten, "10", "1994-04-20", "2022-12-31")
        treaties.number(ten, "11", "2023-01-01")
        told = data("/treaties/cst/compare.json")
        assert (told["to"], told["provisions"][-1]["renumbered"]) == ("2023-01-01", True)
        assert "Renumbered: Article 10 became Article 11." in page("/treaties/cst/compare/")

    def test_the_past_of_the_knowledge_base_can_be_asked(self) -> None:
        assert (
            data("/treaties/cst/compare.json?known_on=2100-01-01", 400)["errors"][0]["parameter"]
            == "known_on"
        )
        ask("/treaties/cst/compare/?known_on=2000-01-01", 404)

    def test_a_correction_changes_what_is_said_now_and_not_what_was_said_then(self, cst: Instrument) -> None:
        newest = ProvisionText.objects.get(provision__number="4", began_on="2020-06-01")
        newest.text = "Help is given at once to the ally."
        make.rewritten(newest, at=datetime(2026, 3, 1, tzinfo=UTC), correction=True)
        now, then = (data(f"/treaties/cst/compare.json{asked}") for asked in ("", "?known_on=2026-02-15"))
        assert now["provisions"][0]["to"]["text"] == "Help is given at once to the ally."
        assert then["provisions"][0]["to"]["text"] == "Help is given at once to the party."
        assert "party" in page("/treaties/cst/compare/?known_on=2026-02-15")

    def test_in_russian_the_names_are_russian_and_the_words_stay(self) -> None:
        shown = page("/ru/treaties/cst/compare/")
        assert ">Статья 4</a>" in shown
        assert 'class="text redline ours" lang="en"' in shown


@pytest.mark.usefixtures("cst")
class TestAmendmentsWhoseTextIsNotHeld:
    @pytest.fixture
    def protocol(self) -> Instrument:
        return treaties.instrument(
            "protocol-3", "Protocol of 2023", kind="protocol", in_force_on="2023-05-01"
        )

    def test_a_provision_is_never_called_unchanged(self, cst: Instrument, protocol: Instrument) -> None:
        five = cst.provisions.get(number="5")
        treaties.amendment(protocol, five, description_en="Five was widened.", description_ru="Расширена.")
        told = data("/treaties/cst/compare.json")
        assert (told["to"], told["changes"][-1]["made_by"]) == ("2023-05-01", "protocol-3")
        assert told["provisions"][1]["outcome"] == "amended-not-consolidated"
        shown = page("/treaties/cst/compare/")
        assert "the wording held does not show the change yet" in shown
        assert "Five was widened." in shown
        assert "Words of five." in shown
        assert "Расширена." in page("/ru/treaties/cst/compare/")

    def test_one_of_the_whole_is_a_change_of_no_provision(
        self, cst: Instrument, protocol: Instrument
    ) -> None:
        treaties.amendment(protocol, cst)
        told = data("/treaties/cst/compare.json")
        assert told["changes"] == [{"day": "2023-05-01", "made_by": "protocol-3", "provisions": []}]
        assert "Which provisions it changed is not recorded." in page("/treaties/cst/compare/")
        assert {one["outcome"] for one in told["provisions"]} == {"unchanged", "no-longer-in-force"}

    def test_one_that_repeals_and_one_that_inserts_say_so(
        self, cst: Instrument, protocol: Instrument
    ) -> None:
        treaties.amendment(protocol, cst.provisions.get(number="5"), "repeals")
        nine = treaties.article(cst, "9")
        treaties.wording(nine, "2023-05-01", text="Words of nine.", made_by=protocol)
        treaties.amendment(protocol, nine, "inserts")
        told = data("/treaties/cst/compare.json")
        outcomes = {one["id"]: one["outcome"] for one in told["provisions"]}
        assert (outcomes["cst/art-5"], outcomes["cst/art-9"]) == ("repealed", "inserted")
        assert told["changes"] == [
            {"day": "2023-05-01", "made_by": "protocol-3", "provisions": ["cst/art-5", "cst/art-9"]}
        ]
        assert "no longer in force on the second day" in page(
            "/treaties/cst/compare/?from=2024-01-01&to=2024-02-01"
        )

    def test_one_without_a_day_stands_apart(self, cst: Instrument) -> None:
        undated = treaties.instrument("protocol-4", "Protocol of some day", kind="protocol")
        treaties.amendment(undated, cst.provisions.get(number="5"))
        told = data("/treaties/cst/compare.json")
        assert told["undated_changes"] == [{"made_by": "protocol-4", "provisions": ["cst/art-5"]}]
        assert told["to"] == "2020-06-01"
        assert "Changed on a day that is not known" in page("/treaties/cst/compare/")

    def test_a_draft_changes_nothing(self, cst: Instrument, protocol: Instrument) -> None:
        treaties.amendment(protocol, cst.provisions.get(number="5"), publication="draft")
        assert data("/treaties/cst/compare.json")["to"] == "2020-06-01"

    def test_an_instrument_of_which_no_provision_is_held_tells_its_amendments(
        self, protocol: Instrument
    ) -> None:
        bare = treaties.instrument("agreement", kind="agreement", in_force_on="2010-01-01")
        treaties.amendment(protocol, bare)
        told = data("/treaties/agreement/compare.json")
        assert (told["from"], told["to"], told["provisions"]) == ("2023-04-30", "2023-05-01", [])
        assert '<a href="/treaties/protocol-3/">Protocol of 2023</a>' in page("/treaties/agreement/compare/")


@pytest.mark.usefixtures("cst")
class TestWhoseWords:
    def test_restatements_are_said_to_be_ours_before_anything_else(self) -> None:
        shown = page("/treaties/cst/compare/")
        notice = shown.index("What is compared here is our restatement, not the official text.")
        assert notice < shown.index('<form class="pick"') < shown.index("<ins>")
        assert 'href="https://example.org/treaty"' in shown
        assert shown.count("Restatement in our own words") == 2

    def test_authentic_texts_need_no_notice(self) -> None:
        act = treaties.instrument("act", in_force_on="1994-04-20")
        twelve = treaties.article(act, "12")
        treaties.wording(twelve, "1994-04-20", "2023-12-31", "Old authentic words.", standing="authentic")
        treaties.wording(twelve, "2024-01-01", text="New authentic words.", standing="authentic")
        shown = page("/treaties/act/compare/")
        assert "our restatement" not in shown
        assert shown.count("Authentic text") == 2
        assert data("/treaties/act/compare.json")["notices"] == []

    def test_also_where_nothing_changed_the_reader_is_told_that_our_words_did_not(self) -> None:
        told = data("/treaties/cst/compare.json?from=2015-01-01&to=2016-01-01")
        assert (told["changes"], len(told["notices"])) == ([], 1)

    def test_translations_of_others_are_said_to_be_translations(self) -> None:
        act = treaties.instrument("act", in_force_on="1994-04-20")
        treaties.wording(treaties.article(act, "1"), "1994-04-20", standing="unofficial-translation")
        titles = [one["title"] for one in data("/treaties/act/compare.json")["notices"]]
        assert titles == ["Unofficial translations are compared here."]

    def test_an_authentic_text_is_never_redlined_into_a_restatement_in_silence(self, cst: Instrument) -> None:
        twelve = treaties.article(cst, "12")
        treaties.wording(twelve, "1994-04-20", "2023-12-31", "Our older words.")
        treaties.wording(twelve, "2024-01-01", text="Newer authentic words.", standing="authentic")
        titles = [one["title"] for one in data("/treaties/cst/compare.json")["notices"]]
        assert titles == [
            "Some of what is compared here is our restatement, not the official text; each text says which it is.",
            "A restatement stands beside a text of others.",
        ]

    def test_wordings_of_one_standing_are_compared_where_both_days_have_them(self, cst: Instrument) -> None:
        four = cst.provisions.get(number="4")
        row = treaties.wording(four, "2020-06-01", text="Authentic.", standing="authentic", language="ru")
        assert row.public_id == "cst/art-4/ru/2020-06-01"
        told = data("/treaties/cst/compare.json?lang=ru")
        assert told["provisions"][0]["to"]["language"] == "en"
        assert told["provisions"][0]["outcome"] == "changed"


@pytest.mark.usefixtures("cst")
class TestQuestionsThatCannotBeRead:
    @pytest.mark.parametrize(
        ("question", "parameter", "code"),
        [
            ("from=2020-02-30", "from", "day"),
            ("to=2020", "to", "form"),
            ("from=2020-01-01&from=2021-01-01", "from", "repeated"),
            ("from=2021-01-01&to=2020-12-31", "from", "order"),
            ("on=yesterday", "on", "form"),
            ("lang=xx", "lang", "unknown_word"),
            ("view=redlin", "view", "unknown_word"),
            ("between=1", "between", "unknown_parameter"),
            ("with=ru", "with", "unknown_parameter"),
            ("view=languages&with=klingon", "with", "unknown_word"),
            ("view=languages&from=2020-01-01", "from", "unknown_parameter"),
        ],
    )
    def test_a_fault_names_its_parameter(self, question: str, parameter: str, code: str) -> None:
        found = faults(f"/treaties/cst/compare.json?{question}")
        assert [(one["parameter"], one["code"]) for one in found] == [(parameter, code)]

    def test_every_fault_is_named_at_once(self) -> None:
        found = faults("/treaties/cst/compare.json?from=x&to=y&lang=z")
        assert [one["parameter"] for one in found] == ["lang", "from", "to"]

    def test_on_a_page_a_fault_is_a_sentence(self) -> None:
        shown = page("/treaties/cst/compare/?from=2021-01-01&to=2020-12-31", 400)
        assert "The first day, 2021-01-01, lies after the second, 2020-12-31: swap them." in shown

    def test_one_that_a_page_does_not_know_is_set_aside(self) -> None:
        shown = page("/treaties/cst/compare/?between=1")
        assert "<code>between</code>" in shown
        assert "set aside" not in page("/treaties/cst/compare/?from=2000-01-01")

    def test_what_does_not_exist_is_not_found(self, cst: Instrument) -> None:
        ask("/treaties/nothing/compare/", 404)
        ask("/treaties/nothing/compare.json", 404)
        make.withdrawn(cst)
        assert data("/treaties/cst/compare.json", 410)["id"] == "cst"

    def test_below_an_old_address_it_leads_to_the_new_one(self, cst: Instrument) -> None:
        moved(cst, "/treaties/treaty-of-tashkent/")
        for old, new in (("/", "/"), (".json", ".json")):
            response = ask(f"/treaties/treaty-of-tashkent/compare{old}?lang=en", 301)
            assert response["Location"] == f"/treaties/cst/compare{new}?lang=en"

    def test_below_an_old_address_the_parties_lead_to_the_new_one_too(self, cst: Instrument) -> None:
        moved(cst, "/treaties/treaty-of-tashkent/")
        for form in ("/", ".csv"):
            response = ask(f"/treaties/treaty-of-tashkent/parties{form}?on=2001-01-01", 301)
            assert response["Location"] == f"/treaties/cst/parties{form}?on=2001-01-01"

    def test_an_instrument_without_provisions_says_so(self) -> None:
        assert "No provision of this instrument is recorded" in page("/treaties/protocol/compare/")
        assert data("/treaties/protocol/compare.json")["provisions"] == []


@pytest.mark.usefixtures("russian")
class TestTwoLanguages:
    def test_paragraphs_stand_beside_each_other(self, cst: Instrument) -> None:
        nine = treaties.article(cst, "9")
        treaties.wording(nine, "1994-04-20", text="1. First.\n\n2. Second.")
        treaties.wording(
            nine, "1994-04-20", text="1. Первое.\n\n2. Второе.", language="ru", standing="authentic"
        )
        told = data("/treaties/cst/compare.json?view=languages&lang=en&with=ru")
        assert told["provisions"][-1]["paragraphs"] == [
            ["1. First.", "1. Первое."],
            ["2. Second.", "2. Второе."],
        ]
        shown = page("/treaties/cst/compare/?view=languages")
        assert re.search(
            r'lang="en"\s*><p>1. First.</p></div> <div class="text " lang="ru"\s*><p>1. Первое.</p>', shown
        )

    def test_each_side_says_what_it_is_worth(self) -> None:
        shown = words("/treaties/cst/compare/?view=languages&lang=ru&with=en")
        assert "Russian Authentic text English Restatement in our own words" in shown
        assert "A restatement stands beside a text of others." in shown

    def test_a_language_that_is_not_held_says_so(self) -> None:
        shown = words("/treaties/cst/compare/?view=languages")
        assert "Not held in this language: Russian." in shown
        assert "No wording of this instrument is held" not in shown
        assert "is held in this language for the day shown: Armenian" in words(
            "/treaties/cst/compare/?view=languages&with=hy"
        )
        assert data("/treaties/cst/compare.json?view=languages&with=hy")["languages_missing"] == ["hy"]

    def test_beside_a_language_of_which_nothing_is_held_the_other_stands_alone(self) -> None:
        alone = page("/treaties/cst/compare/?view=languages&with=hy")
        assert "Not held in this language" not in alone
        assert ("<b>English</b>" in alone, "<b>Armenian</b>" in alone) == (True, False)
        assert 'class="beside' not in alone
        both = page("/treaties/cst/compare/?view=languages&with=ru")
        assert ("Not held in this language" in both, 'class="beside' in both) == (True, True)

    def test_it_is_the_text_of_the_day(self) -> None:
        before = data("/treaties/cst/compare.json?view=languages&on=2000-01-01")["provisions"][0]["left"][
            "text"
        ]
        assert before == "Help is given to the victim."
        assert "is not yet in force" in page("/treaties/cst/compare/?view=languages&on=1990-01-01")


@pytest.mark.usefixtures("charter")
class TestTwoProvisions:
    def test_both_stand_side_by_side(self) -> None:
        shown = page("/treaties/compare/?a=cst/art-4&b=charter/art-7")
        assert shown.index("Help is given at once to the party.") < shown.index(
            "Help is given to the members."
        )
        assert "<ins>" not in shown
        assert "What is compared here is our restatement" in shown
        assert '<a href="/treaties/cst/art-4/">Article 4</a>' in shown

    def test_word_by_word_where_that_is_asked_for(self) -> None:
        told = data("/treaties/compare.json?a=cst/art-4&b=charter/art-7&view=redline")
        assert [(one["kind"], one["text"]) for one in told["redline"]] == [
            ("kept", "Help is given "),
            ("deleted", "at once "),
            ("kept", "to the "),
            ("deleted", "party"),
            ("inserted", "members"),
            ("kept", "."),
        ]
        assert "<ins>" in page("/treaties/compare/?a=cst/art-4&b=charter/art-7&view=redline")
        assert data("/treaties/compare.json?a=cst/art-4&b=charter/art-7")["redline"] is None

    def test_each_stands_as_on_the_day(self) -> None:
        told = data("/treaties/compare.json?a=cst/art-4&b=charter/art-7&on=2000-01-01")
        assert told["a"]["text"] == "Help is given to the victim."
        assert (told["b"]["state"], told["b"]["text"]) == ("not-yet-in-force", None)
        shown = page("/treaties/compare/?a=cst/art-4&b=charter/art-7&on=2000-01-01&view=redline")
        assert "is not yet in force" in shown
        assert "These two cannot be compared word by word" in shown

    def test_they_are_compared_in_one_language(self, charter: Instrument) -> None:
        seven = charter.provisions.get(number="7")
        treaties.wording(seven, "2003-09-18", text="Помощь.", language="ru", standing="authentic")
        told = data("/treaties/compare.json?a=cst/art-4&b=charter/art-7&lang=ru&view=redline")
        assert (told["a"]["language"], told["b"]["language"]) == ("en", "en")

    @pytest.mark.parametrize(
        "written",
        ["/treaties/cst/art-4/", "CST/art-4", "https://example.org/ru/treaties/cst/art-4/?on=2000-01-01"],
    )
    def test_an_address_names_a_provision_too(self, written: str) -> None:
        assert data(f"/treaties/compare.json?a={written}&b=cst/art-5")["a"]["id"] == "cst/art-4"

    def test_an_id_that_moved_leads_on(self, cst: Instrument) -> None:
        four = cst.provisions.get(number="4")
        Address.objects.create(
            entry=four.entry, path="/treaties/cst/art-4-old/", began_at=timezone.now(), current=False
        )
        response = ask("/treaties/compare/?a=cst/art-4-old&b=charter/art-7", 301)
        assert response["Location"] == "/treaties/compare/?a=cst%2Fart-4&b=charter%2Fart-7"

    def test_one_withdrawn_is_gone_and_says_why(self, charter: Instrument) -> None:
        make.withdrawn(charter.provisions.get(number="7"))
        assert (
            data("/treaties/compare.json?a=cst/art-4&b=charter/art-7", 410)["reason"] == "It was a mistake."
        )
        assert "It was a mistake." in page("/treaties/compare/?a=cst/art-4&b=charter/art-7", 410)

    def test_one_unknown_is_refused_with_the_nearest(self) -> None:
        found = faults("/treaties/compare.json?a=charter/art-77&b=cst/art-4")
        assert [(one["parameter"], one["code"], one["nearest"]) for one in found] == [
            ("a", "names_nothing", "charter/art-7")
        ]
        assert "The nearest is charter/art-7." in page("/treaties/compare/?a=charter/art-77&b=cst/art-4", 400)

    @pytest.mark.parametrize("written", ["cst/art-8", "%00", "x" * 500, "http://[", "///"])
    def test_a_draft_and_nonsense_are_unknown(self, written: str) -> None:
        assert faults(f"/treaties/compare.json?b={written}&a=cst/art-4")[0]["parameter"] == "b"

    def test_without_two_there_is_a_form_and_no_json(self) -> None:
        shown = page("/treaties/compare/?a=cst/art-4")
        assert 'name="a" value="cst/art-4"' in shown
        assert "Name two provisions by their ids" in shown
        assert [one["code"] for one in faults("/treaties/compare.json")] == ["required", "required"]
        assert [one["parameter"] for one in faults("/treaties/compare.json?a=cst/art-4")] == ["b"]

    def test_one_can_be_compared_with_itself(self) -> None:
        assert "Both have the same words." in page("/treaties/compare/?a=cst/art-4&b=cst/art-4&view=redline")


def test_the_pages_of_texts_lead_to_their_comparisons(cst: Instrument) -> None:
    assert 'href="/treaties/cst/compare/?on=2010-01-01"' in page("/treaties/cst/?on=2010-01-01")
    shown = page("/treaties/cst/art-4/")
    assert 'href="/treaties/cst/compare/#art-4"' in shown
    assert 'href="/treaties/compare/?a=cst%2Fart-4"' in shown


def test_comparisons_cost_the_same_for_few_articles_and_for_many(cst: Instrument) -> None:
    paths = (
        "/treaties/cst/compare/?from=1994-04-20&to=2020-06-01",
        "/treaties/cst/compare.json",
        "/treaties/cst/compare/?view=languages",
        "/treaties/compare/?a=cst/art-4&b=cst/art-5&view=redline",
    )
    few = [cost(path) for path in paths]
    maker = treaties.instrument("protocol-3", kind="protocol")
    for number in range(20, 40):
        article = treaties.article(cst, str(number))
        treaties.wording(article, "1994-04-20", "2019-12-31")
        treaties.wording(article, "2020-01-01", made_by=maker)
    assert [cost(path) for path in paths] == few == [4, 4, 3, 6]
