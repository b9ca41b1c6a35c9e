"""Pages and API say which text binds a state on a day; what was inserted, repealed or renumbered keeps its place."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from members.models import State
from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults, ids_in
from treaty import page_parts
from treaty.models import Instrument, Provision, ProvisionText, TreatyAction

pytestmark = pytest.mark.django_db
API = "/api/v1/provisions"


def page(path: str) -> str:
    """The text of a page with its white space made single."""
    return re.sub(r"\s+", " ", body(ask(path)).decode())


def words(path: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page(path)))


def cost(path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        body(ask(path))
    return len(asked)


def texts(path: str) -> list[str]:
    return [one["text"] for one in data(path)["texts"]]


@pytest.fixture(scope="class")
def states(own_database: None) -> dict[str, State]:
    """Two bound by the protocol, one without a ratification, one of which it is not known, one no longer a party."""
    names = {
        "kaz": "Kazakhstan",
        "blr": "Belarus",
        "kgz": "Kyrgyzstan",
        "arm": "Armenia",
        "uzb": "Uzbekistan",
    }
    return {key: make.state(key, name) for key, name in names.items()}


@pytest.fixture(scope="class")
def cst(states: dict[str, State]) -> Instrument:
    """Article 4 was amended by the protocol of 2010, Article 5 too, without words that are held."""
    cst = treaties.instrument("cst", "The Treaty", signed_on="1992-05-15", in_force_on="1994-04-20")
    protocol = treaties.instrument(
        "protocol", "The Protocol", kind="protocol", signed_on="2010-12-10", in_force_on="2012-12-19"
    )
    treaties.relation(protocol, "amends", cst)
    for state in states.values():
        treaties.act(cst, state, "consent", None, "1994-04-20")
    treaties.act(cst, states["uzb"], "withdrawal", "1999-01-10", "1999-04-21")
    treaties.act(protocol, states["kaz"], "ratification", "2011-11-28", "2012-12-19")
    treaties.act(protocol, states["blr"], "consent", None, "2012-12-19")
    treaties.act(protocol, states["arm"], "ratification", "2012-02-01", "2012")
    four, five = treaties.article(cst, "4"), treaties.article(cst, "5")
    treaties.wording(four, "1994-04-20", "2012-12-18", "The older words.")
    made = treaties.wording(four, "2012-12-19", text="The newer words.", made_by=protocol)
    treaties.wording(five, "1994-04-20", "2012-12-18", "Words of five.")
    treaties.wording(treaties.article(cst, "6"), "1994-04-20", text="Words of six.")
    treaties.amendment(protocol, four, "replaces", wording=made)
    treaties.amendment(protocol, five, description_en="Adjusted.")
    return cst


@pytest.mark.usefixtures("cst")
class TestTheTextThatBinds:
    @pytest.mark.parametrize(
        ("state", "day", "held"),
        [
            ("kaz", "2012-12-18", ["The older words."]),
            ("kaz", "2012-12-19", ["The newer words."]),
            ("kgz", "2012-12-18", ["The older words."]),
            ("kgz", "2012-12-19", ["The older words."]),
            ("kgz", "2026-01-01", ["The older words."]),
            ("arm", "2011-12-31", ["The older words."]),
            ("arm", "2012-12-20", []),
            ("arm", "2013-01-01", ["The newer words."]),
        ],
    )
    def test_page_and_api_read_alike(self, state: str, day: str, held: list[str]) -> None:
        question = f"?state={state}&on={day}"
        assert texts(f"{API}/cst/art-4/{question}") == held
        assert texts(f"/treaties/cst/art-4.json{question}") == held
        shown = page(f"/treaties/cst/{question}")
        assert [one for one in ("The older words.", "The newer words.") if one in shown] == held
        read = {one["provision"]: one for one in data(f"/api/v1/instruments/cst/{question}")["reading"]}
        assert len(read["cst/art-4"]["wordings"]) == len(held)
        rows = data(f"/treaties/cst.json{question}")["reading"]
        assert rows == list(read.values())

    def test_without_a_state_it_reads_as_in_general(self) -> None:
        assert texts(f"{API}/cst/art-4/?on=2012-12-18") == ["The older words."]
        assert texts(f"{API}/cst/art-4/?on=2012-12-19") == ["The newer words."]
        assert data(f"{API}/cst/art-4/")["state"] is None

    def test_a_status_that_is_not_known_leaves_the_text_not_known_and_names_the_act(self) -> None:
        record = data(f"{API}/cst/art-4/?state=arm&on=2012-12-20")
        blocker = "protocol/arm/ratification/2012-02-01"
        assert (record["status"], record["blocked_by"]) == ("unknown", [blocker])
        assert [one["id"] for one in record["unknown"]] == [
            "cst/art-4/en/1994-04-20",
            "cst/art-4/en/2012-12-19",
        ]
        assert {tuple(one["blocked_by"]) for one in record["unknown"]} == {(blocker,)}
        said = words("/treaties/cst/art-4/?state=arm&on=2012-12-20")
        assert "It is not known which wording of Article 4 binds Armenia on 20 December 2012." in said
        assert "Armenia, The Protocol: ratification, 1 February 2012" in said

    def test_an_amendment_without_words_binds_those_for_whom_it_is_in_force(self) -> None:
        assert data(f"{API}/cst/art-5/?state=kaz")["status"] == "wording-not-verified"
        assert texts(f"{API}/cst/art-5/?state=kgz") == ["Words of five."]
        assert "Words of five." in page("/treaties/cst/?state=kgz")
        assert "Words of five." not in page("/treaties/cst/?state=kaz")

    def test_the_page_says_why_an_older_wording_binds(self) -> None:
        assert "For Kyrgyzstan The older wording binds it: The Protocol is not in force for it." in re.sub(
            r"(For Kyrgyzstan)", r"\1 ", words("/treaties/cst/?state=kgz")
        ).replace("  ", " ")
        assert "The older wording binds it" not in words("/treaties/cst/?state=kaz")

    def test_the_band_names_the_state_and_links_within_the_text_keep_it(self) -> None:
        shown = page("/treaties/cst/?state=kgz&on=2013-01-01")
        assert "As it binds Kyrgyzstan on" in shown
        assert 'href="/treaties/cst/art-4/?state=kgz&amp;on=2013-01-01"' in shown
        assert '<option value="kgz" selected>Kyrgyzstan</option>' in shown
        assert 'href="/treaties/cst/parties/?on=2013-01-01"' in shown
        four = page("/treaties/cst/art-4/?state=kgz&on=2013-01-01")
        assert 'href="/treaties/cst/?state=kgz&amp;on=2013-01-01"' in four
        assert 'href="/treaties/cst/art-5/?state=kgz&amp;on=2013-01-01"' in four
        assert re.search(r'href="/treaties/cst/art-4/\?state=kgz"[^>]*>show today</a>', four)

    def test_a_state_is_found_by_any_spelling_and_one_that_is_none_is_refused(self) -> None:
        assert texts(f"{API}/cst/art-4/?state=KYRGYZSTAN") == ["The older words."]
        for path in (f"{API}/cst/art-4/", "/api/v1/instruments/cst/", "/treaties/cst.json"):
            fault = faults(f"{path}?state=kazz")[0]
            assert (fault["parameter"], fault["code"], fault["nearest"]) == ("state", "names_nothing", "kaz")
        ask("/treaties/cst/?state=kazz", 400)
        ask("/treaties/cst/art-4/?state=kazz", 400)
        assert faults(f"{API}/cst/art-4/?state=kaz&state=kgz")[0]["code"] == "repeated"
        ask("/treaties/cst/?state=")


def listed(question: str) -> dict[str, dict[str, Any]]:
    """The provisions of the list by their ids, from JSON, CSV and NDJSON alike."""
    rows = {one["id"]: one for one in data(f"{API}/{question}")["results"]}
    table = csv.DictReader(io.StringIO(body(ask(f"{API}.csv{question}")).decode(), newline=""))
    told = ("number", "status", "read_for")
    assert {one["id"]: [one[key] for key in told] for one in table} == {
        key: [row[name] or "" for name in told] for key, row in rows.items()
    }
    lines = [json.loads(line) for line in body(ask(f"{API}.ndjson{question}")).splitlines()]
    assert {line["id"]: line for line in lines} == rows
    return rows


def a_hundred_and_more(state: State) -> None:
    """Instruments, each with an article, its wording and an act of the state."""
    texts = {
        f"text-{n}": Instrument(title_en=f"Text {n}", type="treaty", in_force_on="1995-01-01")
        for n in range(200)
    }
    make.bare(dict(texts))
    articles = {
        f"{slug}/art-1": Provision(instrument=text, type="article", number="1", eid="art-1", order=10)
        for slug, text in texts.items()
    }
    make.bare(dict(articles))
    words = {"language": "en", "standing": "restatement", "began_on": "1995-01-01", "text": "Words."}
    make.bare(
        {f"{slug}/en/1995-01-01": ProvisionText(provision=one, **words) for slug, one in articles.items()}
    )
    consent = {"state": state, "type": "ratification", "done_on": "1994-05-05", "effective_on": "1995-01-01"}
    make.bare(
        {
            f"{slug}/kaz/ratification/1994-05-05": TreatyAction(instrument=text, **consent)
            for slug, text in texts.items()
        }
    )


@pytest.mark.usefixtures("cst")
class TestTheListOfProvisions:
    @pytest.mark.parametrize(
        ("state", "maker"), [("kaz", "2012-12-19"), ("blr", "2012-12-19"), ("kgz", "1994-04-20")]
    )
    def test_says_of_each_provision_which_wording_binds_the_state(self, state: str, maker: str) -> None:
        rows = listed(f"?instrument=cst&state={state}&on=2013-01-01")
        assert rows["cst/art-4"]["wordings"] == [f"cst/art-4/en/{maker}"]
        assert rows["cst/art-6"]["wordings"] == ["cst/art-6/en/1994-04-20"]
        assert {row["read_for"] for row in rows.values()} == {state}
        assert rows["cst/art-4"]["wordings"] == data(f"{API}/cst/art-4/?state={state}")["wordings"]

    def test_without_a_ratification_article_4_reads_as_before_for_that_state_alone(self) -> None:
        """Removed from one, the others are as amended: page, record, list and CSV."""
        gone = TreatyAction.objects.get(entry__slug="protocol/kaz/ratification/2011-11-28")
        make.withdrawn(gone)
        for state, held in (("kaz", "The older words."), ("blr", "The newer words.")):
            question = f"?state={state}&on=2013-01-01"
            assert held in page(f"/treaties/cst/{question}")
            assert texts(f"{API}/cst/art-4/{question}") == [held]
        old, new = listed("?state=kaz&on=2013-01-01"), listed("?state=blr&on=2013-01-01")
        assert old["cst/art-4"]["wordings"] == ["cst/art-4/en/1994-04-20"]
        assert new["cst/art-4"]["wordings"] == ["cst/art-4/en/2012-12-19"]

    def test_what_is_not_known_says_which_act_blocks_it(self) -> None:
        row = listed("?state=arm&on=2012-12-20")["cst/art-4"]
        assert (row["status"], row["wordings"]) == ("unknown", [])
        assert row["blocked_by"] == ["protocol/arm/ratification/2012-02-01"]

    def test_for_a_state_that_is_no_party_the_rows_are_told_in_general(self) -> None:
        row = listed("?state=uzb&on=2013-01-01")["cst/art-4"]
        assert (row["read_for"], row["wordings"]) == (None, ["cst/art-4/en/2012-12-19"])
        assert listed("?on=2013-01-01")["cst/art-4"]["read_for"] is None

    def test_one_state_is_named_and_whether_it_is_in_force_is_asked_without(self) -> None:
        fault = faults(f"{API}/?state=kazz")[0]
        assert (fault["parameter"], fault["code"], fault["nearest"]) == ("state", "names_nothing", "kaz")
        assert faults(f"{API}/?state=kaz&state=kgz")[0]["code"] == "repeated"
        fault = faults(f"{API}/?state=kaz&in_force=yes")[0]
        assert (fault["parameter"], fault["code"]) == ("state", "combination")

    def test_the_next_page_reads_for_the_same_state_on_the_same_day_at_the_same_moment(self) -> None:
        moment = f"{datetime.now(tz=UTC):%Y-%m-%dT%H:%M:%SZ}"
        question = f"instrument=cst&state=kgz&on=2013-01-01&known_on={moment}&page_size=1"
        first = data(f"{API}/?{question}")
        assert [one["id"] for one in first["results"]] == ["cst/art-4"]
        kept = parse_qs(urlsplit(first["next"]).query)
        assert [kept[name] for name in ("state", "on", "known_on")] == [["kgz"], ["2013-01-01"], [moment]]
        second = data(first["next"].removeprefix("http://testserver"))
        assert [(one["id"], one["read_for"]) for one in second["results"]] == [("cst/art-5", "kgz")]
        assert second["results"][0]["wordings"] == ["cst/art-5/en/1994-04-20"]

    def test_at_a_moment_before_an_act_was_recorded_it_is_read_as_was_known_then(self) -> None:
        """Both clocks: the day of the text, and what was known of the ratification."""
        before = f"{make.WRITTEN:%Y-%m-%dT%H:%M:%SZ}"
        treaties.act(
            Instrument.objects.get(entry__slug="protocol"),
            State.objects.get(entry__slug="kgz"),
            "ratification",
            "2012-01-01",
            "2012-12-19",
            at=make.WRITTEN + timedelta(days=1),
        )
        question = "?instrument=cst&state=kgz&on=2013-01-01"
        assert listed(question)["cst/art-4"]["wordings"] == ["cst/art-4/en/2012-12-19"]
        then = listed(f"{question}&known_on={before}")["cst/art-4"]
        assert (then["read_for"], then["wordings"]) == ("kgz", ["cst/art-4/en/1994-04-20"])

    def test_a_sheet_of_excel_reads_as_the_list(self) -> None:
        sheet = load_workbook(io.BytesIO(body(ask(f"{API}.xlsx?state=kgz&on=2013-01-01")))).active
        assert sheet is not None
        head, *rows = sheet.iter_rows(values_only=True)
        told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
        assert (told["cst/art-4"]["read_for"], told["cst/art-4"]["wordings"]) == (
            "kgz",
            "cst/art-4/en/1994-04-20",
        )

    @pytest.mark.parametrize(("question", "queries"), [("", 4), ("&state=kaz", 6)])
    def test_one_row_costs_what_two_hundred_cost(
        self, states: dict[str, State], question: str, queries: int
    ) -> None:
        """Revision, count, rows, and all that they say; for a state which one it is, and what it is called."""
        a_hundred_and_more(states["kaz"])
        sizes = (1, 20, 200)
        assert [cost(f"{API}/?page_size={size}{question}") for size in sizes] == [queries] * 3
        assert len(data(f"{API}/?page_size=200{question}")["results"]) == 200


@pytest.mark.usefixtures("cst")
class TestWhoIsNoParty:
    def test_the_page_says_so_and_shows_the_text_in_general(self) -> None:
        path = "?state=uzb&on=2013-01-01"
        said = words(f"/treaties/cst/{path}")
        assert "The Treaty: not in force for Uzbekistan on 1 January 2013." in said
        assert "without a claim that it bound Uzbekistan" in said
        assert "As it binds" not in said
        assert "The newer words." in said
        assert "not in force for Uzbekistan" in words(f"/treaties/cst/art-4/{path}")
        record = data(f"{API}/cst/art-4/{path}")
        assert (record["state"]["state"], record["state"]["answer"]) == ("uzb", "no")
        assert [one["text"] for one in record["texts"]] == ["The newer words."]

    def test_the_day_before_it_left_it_was_bound(self) -> None:
        said = words("/treaties/cst/?state=uzb&on=1999-04-20")
        assert "As it binds Uzbekistan on" in said
        assert "without a claim" not in said
        record = data(f"{API}/cst/art-4/?state=uzb&on=1999-04-20")
        assert record["state"]["answer"] == "yes"

    def test_a_state_that_never_acted_is_none_either(self) -> None:
        make.state("srb", "Serbia")
        assert data("/api/v1/instruments/cst/?state=srb")["state"]["status"] == "none"
        assert "not in force for Serbia" in words("/treaties/cst/?state=srb")


@pytest.mark.usefixtures("cst")
class TestForWhomAWordingIsInForce:
    def test_the_margin_names_the_states_in_three_groups(self) -> None:
        for path in ("/treaties/cst/?on=2012-12-20", "/treaties/cst/art-4/?on=2012-12-20"):
            assert "for: Belarus, Kazakhstan; not for: Kyrgyzstan; not known: Armenia" in words(path)
        assert 'href="/treaties/cst/art-4/?on=2012-12-20&amp;state=kgz"' in page(
            "/treaties/cst/art-4/?on=2012-12-20"
        )

    def test_the_api_names_them_too(self) -> None:
        assert data(f"{API}/cst/art-4/?on=2012-12-20")["in_force_for"] == [
            {"made_by": "protocol", "yes": ["blr", "kaz"], "no": ["kgz"], "unknown": ["arm"]}
        ]
        assert data(f"{API}/cst/art-4/?on=2012-12-18")["in_force_for"] == []

    def test_an_original_wording_needs_no_list(self) -> None:
        assert "not for:" not in words("/treaties/cst/?on=2012-12-18")


@pytest.mark.usefixtures("cst")
class TestNotYetConsolidated:
    SAID = "An amendment of 19 December 2012 is not yet consolidated."

    def test_instrument_provision_and_api_say_so(self) -> None:
        assert self.SAID in words("/treaties/cst/?on=2012-12-19")
        assert self.SAID in words("/treaties/cst/art-5/?on=2012-12-19")
        missing = ["protocol/amends/cst/art-5"]
        assert data("/api/v1/instruments/cst/?on=2012-12-19")["not_consolidated"] == missing
        assert data(f"{API}/cst/art-5/?on=2012-12-19")["not_consolidated"] == missing

    def test_not_the_day_before_nor_where_the_words_are_held(self) -> None:
        assert self.SAID not in words("/treaties/cst/?on=2012-12-18")
        assert self.SAID not in words("/treaties/cst/art-4/?on=2012-12-19")
        assert data("/api/v1/instruments/cst/?on=2012-12-18")["not_consolidated"] == []

    def test_nor_for_a_state_that_it_does_not_bind(self) -> None:
        assert self.SAID not in words("/treaties/cst/?state=kgz")
        assert data(f"{API}/cst/art-5/?state=kgz")["not_consolidated"] == []
        assert data(f"{API}/cst/art-5/?state=kaz")["not_consolidated"] == ["protocol/amends/cst/art-5"]

    def test_a_change_of_the_whole_is_said_on_the_instrument(self, cst: Instrument) -> None:
        late = treaties.instrument("late", "Late", kind="protocol", in_force_on="2006-06-23")
        treaties.amendment(late, cst, description_en="Names of organs.")
        said = words("/treaties/cst/?on=2007-01-01")
        assert "An amendment of 23 June 2006 is not yet consolidated. Late: Names of organs." in said
        assert ">2006 amended</a>" in page("/treaties/cst/?on=2007-01-01")

    def test_one_whose_entry_is_not_known_is_said_to_be_in_doubt(self, cst: Instrument) -> None:
        late = treaties.instrument("late", "Late", kind="protocol", signed_on="2022-08-26")
        treaties.amendment(late, cst.provisions.get(number="6"), description_en="Biological security.")
        said = words("/treaties/cst/art-6/?on=2022-08-26")
        assert "Late: it is not known whether its amendment holds on this day. Biological security." in said
        assert "Words of six." in said
        assert "its amendment holds" not in words("/treaties/cst/art-6/?on=2022-08-25")
        amended = data(f"{API}/cst/art-6/?on=2022-08-26")["amendments"]
        assert [(one["holds"], one["blocked_by"]) for one in amended] == [("unknown", ["late.in_force_on"])]


class TestInsertedRepealedRenumbered:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def changed(cls, cst: Instrument) -> None:
        """The protocol inserts 7A, 7B, 7C and 4bis, repeals 22, takes 9 out and numbers 10 anew as 9."""
        protocol = Instrument.objects.get(entry__slug="protocol")
        for order, number in ((41, "4bis"), (71, "7A"), (72, "7B"), (73, "7C")):
            new = treaties.article(cst, number, order=order)
            treaties.wording(new, "2012-12-19", text=f"Words of {number}.", made_by=protocol)
            treaties.amendment(protocol, new, "inserts")
        for number in ("7", "8"):
            treaties.wording(treaties.article(cst, number), "1994-04-20")
        gone = treaties.article(cst, "22")
        treaties.wording(gone, "1994-04-20", "2012-12-18", "Words of 22.")
        treaties.amendment(protocol, gone, "repeals")
        nine, ten = treaties.article(cst, "9"), treaties.article(cst, "9", eid="art-10", order=100)
        treaties.wording(nine, "1994-04-20", "2012-12-18", "Words of the old nine.")
        treaties.wording(ten, "1994-04-20", text="Words of ten.")
        treaties.number(nine, "9", "1994-04-20", "2012-12-18")
        treaties.number(ten, "10", "1994-04-20", "2012-12-18")
        treaties.number(ten, "9", "2012-12-19")
        treaties.amendment(protocol, nine, "repeals")
        treaties.amendment(protocol, ten, "renumbers")

    def test_inserted_articles_each_stand_in_their_place(self) -> None:
        shown = re.findall(r'<article class="art withmargin" id="(art-[^"]+)"', page("/treaties/cst/"))
        assert shown == [
            *("art-4", "art-4bis", "art-5", "art-6", "art-7", "art-7a", "art-7b", "art-7c", "art-8", "art-9"),
            *("art-10", "art-22"),
        ]
        for number in ("7A", "7B", "7C", "4bis"):
            assert texts(f"{API}/cst/art-{number.lower()}/") == [f"Words of {number}."]

    def test_before_its_day_an_inserted_article_is_not_yet_in_force_and_answers(self) -> None:
        said = words("/treaties/cst/art-7a/?on=2012-12-18")
        assert "On 18 December 2012 Article 7A is not yet in force." in said
        assert data(f"{API}/cst/art-7a/?on=2012-12-18")["status"] == "not-yet-in-force"

    def test_a_repealed_article_keeps_address_number_and_old_text_and_says_repealed(self) -> None:
        """B015."""
        said = words("/treaties/cst/art-22/")
        assert "Article 22 is repealed from 19 December 2012." in said
        assert "In force since" not in said
        assert data(f"{API}/cst/art-22/")["status"] == "repealed"
        assert "Article 22 is repealed from 19 December 2012." in words("/treaties/cst/")
        before = data(f"{API}/cst/art-22/?on=2012-12-18")
        assert (before["status"], before["texts"][0]["text"]) == ("in-force", "Words of 22.")

    def test_its_history_says_repealed(self) -> None:
        """B015: and not that it was passed in the year in which it went."""
        table = re.search(r'id="over-time".*?</section>', page("/treaties/cst/art-22/"))
        assert table
        said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", table[0]))
        assert re.search(r"20 April 1994 – 18 December 2012 .*English.* the original wording", said)
        assert re.search(r"19 December 2012 repealed The Protocol", said)

    def test_a_renumbered_article_shows_both_numbers(self) -> None:
        assert "Until 18 December 2012: Article 10." in words("/treaties/cst/art-10/")
        assert "From 19 December 2012: Article 9." in words("/treaties/cst/art-10/?on=2012-12-18")
        assert "Until 18 December 2012: Article 10." in words("/treaties/cst/")
        old = page("/treaties/cst/art-9/")
        assert 'href="/treaties/cst/art-10/"' in old
        assert "This number has passed" in old

    def test_a_state_not_bound_reads_all_of_it_as_before(self) -> None:
        assert data(f"{API}/cst/art-7a/?state=kgz")["status"] == "not-yet-in-force"
        assert texts(f"{API}/cst/art-22/?state=kgz") == ["Words of 22."]
        assert data(f"{API}/cst/art-10/?state=kgz")["number"] == "10"
        assert data(f"{API}/cst/art-10/?state=kaz")["number"] == "9"

    @pytest.mark.parametrize(
        ("day", "out"), [("2012-12-18", {"4bis", "7a", "7b", "7c"}), ("2012-12-19", {"9", "22"})]
    )
    def test_the_list_of_provisions_in_force_agrees(self, day: str, out: set[str]) -> None:
        every = set(ids_in(f"{API}/?instrument=cst"))
        there = set(ids_in(f"{API}/?instrument=cst&in_force=yes&on={day}"))
        assert every - there == {f"cst/art-{one}" for one in out}
        assert set(ids_in(f"{API}.csv?instrument=cst&in_force=no&on={day}")) == every - there


@pytest.mark.usefixtures("cst")
def test_a_state_costs_two_queries_and_they_do_not_grow(cst: Instrument, states: dict[str, State]) -> None:
    paths = ("/treaties/cst/", "/treaties/cst/art-4/", f"{API}/cst/art-4/", "/api/v1/instruments/cst/")
    few: dict[str, Any] = {path: (cost(path), cost(f"{path}?state=kaz")) for path in paths}
    protocol = Instrument.objects.get(entry__slug="protocol")
    for number in range(20, 30):
        article = treaties.article(cst, str(number))
        treaties.wording(article, "1994-04-20", "2012-12-18")
        treaties.wording(article, "2012-12-19", made_by=protocol)
        treaties.amendment(protocol, article)
    for state in states.values():
        treaties.act(cst, state, "signature", "1992-05-15")
    assert {path: (cost(path), cost(f"{path}?state=kaz")) for path in paths} == few
    assert {path: told[1] - told[0] for path, told in few.items()} == dict.fromkeys(paths, 2)


def test_no_line_of_states_begins_with_a_comma() -> None:
    one, two = '<a href="/a/">A</a>', '<a href="/b/">B</a>'
    both = page_parts.listed([("/a/", "A"), ("/b/", "B")])
    assert both == f'<span class="listed">{one},</span> {two}'
    assert page_parts.listed([("/a/", "A")]) == one
    assert page_parts.listed([]) == ""
