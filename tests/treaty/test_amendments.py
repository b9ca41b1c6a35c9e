"""Amendments as data: what one instrument changed in another, from when, and whether its text is held."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults, ids_in
from treaty import consistency
from treaty.models import Amendment, Instrument

pytestmark = pytest.mark.django_db
API = "/api/v1/amendments/"
FOUR, FIVE, WHOLE, NINE = (
    "protocol/amends/cst/art-4",
    "protocol/amends/cst/art-5",
    "undated/amends/cst",
    "own/amends/cst/art-9",
)


@pytest.fixture(scope="class")
def cst(own_database: None) -> Instrument:
    """Amended by a protocol of 2010 in articles 4 and 5, by an undated one as a whole, by one with days of its own."""
    cst = treaties.instrument("cst", "Treaty", signed_on="1992-05-15", in_force_on="1994-04-20")
    protocol = treaties.instrument(
        "protocol",
        "Protocol",
        kind="protocol",
        signed_on="2010-12-10",
        in_force_on="2012-12-19",
        ended_on="2020-01-31",
    )
    undated = treaties.instrument("undated", "Undated", kind="protocol", signed_on="2015-03-01")
    own = treaties.instrument("own", "Own days", kind="protocol", in_force_on="1999-01-01")
    for maker in (protocol, undated, own):
        treaties.relation(maker, "amends", cst)
    four = treaties.article(cst, "4")
    treaties.wording(four, "1994-04-20", "2012-12-18")
    made = treaties.wording(four, "2012-12-19", made_by=protocol)
    treaties.amendment(protocol, four, "replaces", wording=made, description_en="Reissued.")
    treaties.amendment(protocol, treaties.article(cst, "5"))
    treaties.amendment(undated, cst)
    treaties.amendment(own, treaties.article(cst, "9"), "repeals", began_on="2000-06", ended_on="2001-12-31")
    return cst


@pytest.mark.usefixtures("cst")
class TestTheList:
    def test_by_instrument_and_place_in_it(self) -> None:
        assert ids_in(API) == [WHOLE, FOUR, FIVE, NINE]

    def test_each_filter_keeps_its_own(self) -> None:
        assert ids_in(f"{API}?made_by=undated") == [WHOLE]
        assert ids_in(f"{API}?provision=cst/art-5") == [FIVE]
        assert ids_in(f"{API}?effect=replaces&effect=repeals") == [FOUR, NINE]
        assert ids_in(f"{API}?instrument=cst&consolidated=yes") == [FOUR]
        assert ids_in(f"{API}?consolidated=no") == [WHOLE, FIVE, NINE]
        assert ids_in(f"{API}?instrument=protocol") == []
        assert faults(f"{API}?made_by=protocal")[0]["nearest"] == "protocol"

    @pytest.mark.parametrize(
        ("day", "held", "unknown"),
        [
            ("2000-05-31", [], {}),
            ("2000-06-15", [], {NINE: [f"{NINE}.began_on"]}),
            ("2001-12-31", [NINE], {}),
            ("2002-01-01", [], {}),
            ("2012-12-18", [], {}),
            ("2012-12-19", [FOUR, FIVE], {}),
            ("2015-02-28", [FOUR, FIVE], {}),
            ("2015-03-01", [FOUR, FIVE], {WHOLE: ["undated.in_force_on"]}),
            ("2025-01-01", [FOUR, FIVE], {WHOLE: ["undated.in_force_on"]}),
        ],
    )
    def test_on_a_day_those_that_hold_and_beside_them_those_not_known(
        self, day: str, held: list[str], unknown: dict[str, list[str]]
    ) -> None:
        told = data(f"{API}?on={day}")
        assert [one["id"] for one in told["results"]] == held
        assert {one["id"]: one["blocked_by"] for one in told["unknown"]} == unknown

    def test_a_row_says_the_same_of_the_day_as_the_filter(self) -> None:
        for day in ("2000-06-15", "2001-12-31", "2012-12-18", "2012-12-19", "2015-03-01"):
            rows = data(f"{API}?made_by=protocol&made_by=undated&made_by=own&on={day}")
            said = {one["id"]: data(f"{API}{one['id']}/?on={day}")["holds"] for one in rows["results"]}
            assert set(said.values()) <= {"yes"}
            for one in rows["unknown"]:
                assert data(f"{API}{one['id']}/?on={day}")["holds"] == "unknown"

    def test_a_record_names_what_it_changes_who_made_it_and_the_wording(self) -> None:
        record = data(f"{API}{FOUR}/")
        assert {
            name: record[name] for name in ("instrument", "provision", "made_by", "effect", "wording")
        } == {
            "instrument": "cst",
            "provision": "cst/art-4",
            "made_by": "protocol",
            "effect": "replaces",
            "wording": "cst/art-4/en/2012-12-19",
        }
        assert (record["began_on"], record["effective_on"], record["consolidated"]) == (
            None,
            "2012-12-19",
            True,
        )
        other = data(f"{API}{FIVE}/")
        assert (other["wording"], other["consolidated"], other["effective_on"]) == (None, False, "2012-12-19")

    def test_the_same_rows_as_csv(self) -> None:
        assert ids_in("/api/v1/amendments.csv?on=2012-12-19") == [FOUR, FIVE]


class TestDaysOfAmendmentAndOfText:
    """B012: amended on 23 June 2006 and 10 December 2010; texts are held of the original and of 2010."""

    @pytest.fixture(autouse=True, params=["whole", "article"])
    def amended(self, request: pytest.FixtureRequest) -> str:
        """The change of 2006 is recorded of the whole instrument, or of its Article 1."""
        act = treaties.instrument("act", "Act", signed_on="1992-05-15", in_force_on="1994-04-20")
        older = treaties.instrument("older", "Older", kind="protocol", in_force_on="2006-06-23")
        newer = treaties.instrument("newer", "Newer", kind="protocol", in_force_on="2010-12-10")
        one = treaties.article(act, "1")
        treaties.wording(one, "1994-04-20", "2010-12-09", "The original words.")
        made = treaties.wording(one, "2010-12-10", text="The words of 2010.", made_by=newer)
        treaties.amendment(older, one if request.param == "article" else act)
        treaties.amendment(newer, one, "replaces", wording=made)
        return str(request.param)

    def test_two_texts_are_offered_and_both_amendments_are_counted(self) -> None:
        texts = data("/api/v1/instruments/act/")["expressions"]
        assert [(one["from"], one["to"]) for one in texts] == [
            ("1994-04-20", "2010-12-09"),
            ("2010-12-10", None),
        ]
        assert data(f"{API}?instrument=act")["count"] == 2
        assert len(ids_in(f"{API}?instrument=act&consolidated=yes")) == 1

    @pytest.mark.parametrize(
        ("day", "shown", "lacking"),
        [
            ("2006-06-22", "The original words.", False),
            ("2007-01-01", "The original words.", True),
            ("2010-12-09", "The original words.", True),
        ],
    )
    def test_between_them_the_original_stands_with_a_notice(
        self, day: str, shown: str, lacking: bool
    ) -> None:
        page = " ".join(body(ask(f"/treaties/act/?on={day}")).decode().replace("\xa0", " ").split())
        assert [one for one in ("The original words.", "The words of 2010.") if one in page] == [shown]
        assert ("An amendment of 23 June 2006 is not yet consolidated." in page) == lacking
        assert bool(data(f"/api/v1/instruments/act/?on={day}")["not_consolidated"]) == lacking

    def test_a_later_text_of_the_article_takes_up_its_change_and_not_one_of_the_whole(
        self, amended: str
    ) -> None:
        page = body(ask("/treaties/act/?on=2010-12-10")).decode()
        assert ("The words of 2010." in page, "The original words." in page) == (True, False)
        left = {"article": [], "whole": ["older/amends/act"]}
        assert data("/api/v1/instruments/act/?on=2010-12-10")["not_consolidated"] == left[amended]


class TestWhatItMayName:
    def test_a_wording_of_another_provision_is_refused(self, cst: Instrument) -> None:
        made = cst.provisions.get(number="4").texts.get(made_by__isnull=False)
        one = Amendment(
            made_by=made.made_by, instrument=cst, provision=cst.provisions.get(number="5"), wording=made
        )
        with pytest.raises(ValidationError, match="another provision"):
            one.clean()
        one.provision = made.provision
        one.clean()

    def test_a_provision_of_another_instrument_is_refused(self, cst: Instrument) -> None:
        other = treaties.instrument("other")
        one = Amendment(made_by=other, instrument=other, provision=cst.provisions.get(number="5"))
        with pytest.raises(ValidationError, match="no part of the amended instrument"):
            one.clean()
        one.instrument, one.made_by_provision = cst, cst.provisions.get(number="5")
        with pytest.raises(ValidationError, match="no part of the amending instrument"):
            one.clean()


class TestConsistency:
    DAY = date(2026, 1, 1)

    def test_an_amendment_without_the_relation_is_found(self, cst: Instrument) -> None:
        assert list(consistency.an_amendment_amends_what_its_maker_amends(self.DAY)) == []
        treaties.amendment(treaties.instrument("stranger"), cst)
        broken = list(consistency.an_amendment_amends_what_its_maker_amends(self.DAY))
        assert [one.id for one in broken] == ["stranger/amends/cst"]

    def test_a_wording_made_by_nothing_that_is_recorded_is_found(self, cst: Instrument) -> None:
        assert list(consistency.a_changed_wording_has_its_amendment(self.DAY)) == []
        protocol = Instrument.objects.get(entry__slug="protocol")
        treaties.wording(treaties.article(cst, "11"), "2012-12-19", made_by=protocol)
        broken = list(consistency.a_changed_wording_has_its_amendment(self.DAY))
        assert [one.id for one in broken] == ["cst/art-11/en/2012-12-19"]
