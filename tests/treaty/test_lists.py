"""The lists of instruments, provisions, wordings and acts, exactly."""

import pytest

from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults, ids_in
from treaty.models import Instrument

pytestmark = pytest.mark.django_db
PATH = "/treaties.json"


@pytest.fixture(scope="class")
def shelf(own_database: None) -> dict[str, Instrument]:
    """Three in force, one that ended, one never dated, one known to the year, one of another body."""
    return {
        "cst": treaties.instrument("cst", "Treaty", signed_on="1992-05-15", in_force_on="1994-04-20"),
        "charter": treaties.instrument(
            "charter", "Charter", kind="charter", signed_on="2002-10-07", in_force_on="2003-09-18"
        ),
        "year": treaties.instrument(
            "year", "Aid", kind="agreement", signed_on="2007-10-06", in_force_on="2009"
        ),
        "ended": treaties.instrument(
            "ended",
            "Forces",
            kind="protocol",
            signed_on="2001-05-25",
            in_force_on="2001-05-25",
            ended_on="2012-06-12",
        ),
        "undated": treaties.instrument("undated", "Concept", kind="decision", signed_on="1995-02-10"),
        "un-charter": treaties.instrument(
            "un-charter", "UN Charter", kind="charter", external=True, in_force_on="1945-10-24"
        ),
    }


@pytest.mark.usefixtures("shelf")
class TestInstruments:
    def test_newest_first_and_none_of_another_body(self) -> None:
        assert ids_in(PATH) == ["year", "charter", "ended", "undated", "cst"]
        assert data("/api/v1/instruments/")["count"] == 5

    @pytest.mark.parametrize(
        ("day", "yes", "no", "unknown"),
        [
            ("2003-09-17", ["ended", "cst"], ["year", "charter"], ["undated"]),
            ("2003-09-18", ["charter", "ended", "cst"], ["year"], ["undated"]),
            ("2009-06-01", ["charter", "ended", "cst"], [], ["undated", "year"]),
            ("2012-06-12", ["year", "charter", "ended", "cst"], [], ["undated"]),
            ("2012-06-13", ["year", "charter", "cst"], ["ended"], ["undated"]),
            ("1995-02-09", ["cst"], ["year", "charter", "ended", "undated"], []),
        ],
    )
    def test_in_force_parts_the_list_into_yes_no_and_unknown(
        self, day: str, yes: list[str], no: list[str], unknown: list[str]
    ) -> None:
        told = data(f"{PATH}?in_force=yes&on={day}")
        assert [one["id"] for one in told["results"]] == yes
        assert sorted(one["id"] for one in told["unknown"]) == unknown
        other = data(f"{PATH}?in_force=no&on={day}")
        assert [one["id"] for one in other["results"]] == no
        assert other["unknown"] == told["unknown"]

    def test_the_unknown_name_the_date_that_is_wanting(self) -> None:
        unknown = data(f"{PATH}?in_force=yes&on=2009-06-01")["unknown"]
        assert {one["id"]: one["blocked_by"] for one in unknown} == {
            "undated": ["undated.in_force_on"],
            "year": ["year.in_force_on"],
        }

    def test_on_lists_them_whole_with_what_holds_that_day(self) -> None:
        told = {one["id"]: one["in_force"] for one in data(f"{PATH}?on=2003-09-17")["results"]}
        assert told == {"year": "no", "charter": "no", "ended": "yes", "undated": "unknown", "cst": "yes"}

    def test_kind_year_and_range(self) -> None:
        assert ids_in(f"{PATH}?type=protocol&type=charter") == ["charter", "ended"]
        assert ids_in(f"{PATH}?year=2002") == ["charter"]
        assert ids_in(f"{PATH}?after=2001-05-25&before=2002-10-06") == ["ended"]

    def test_the_states_that_acted(self, shelf: dict[str, Instrument]) -> None:
        kaz, geo = make.state("kaz", "Kazakhstan"), make.state("geo", "Georgia")
        treaties.act(shelf["cst"], kaz, "signature", "1992-05-15")
        treaties.act(shelf["charter"], kaz, "signature", "2002-10-07", publication="draft")
        treaties.act(shelf["ended"], geo, "signature", "2001-05-25")
        assert ids_in(f"{PATH}?state=kaz") == ["cst"]
        assert ids_in(f"{PATH}?state=Kazakhstan&state=geo") == ["ended", "cst"]

    def test_a_topic(self) -> None:
        heading = make.topic("peacekeeping", "Peacekeeping")
        treaties.instrument("ka", "Peacekeeping Agreement", topics=[heading.pk])
        assert ids_in(f"{PATH}?topic=peacekeeping") == ["ka"]

    def test_words(self) -> None:
        assert ids_in(f"{PATH}?q=concept") == ["undated"]
        assert ids_in(f"{PATH}?q=nowhere") == []

    def test_a_bad_value_is_refused_with_its_name(self) -> None:
        assert [
            (one["parameter"], one["nearest"]) for one in faults("/api/v1/instruments/?in_force=yess")
        ] == [("in_force", "yes")]
        assert [one["parameter"] for one in faults(f"{PATH}?status=party")] == ["status"]

    def test_a_draft_is_nowhere(self) -> None:
        treaties.instrument("secret", "Secret protocol", publication="draft")
        assert "secret" not in ids_in(PATH)
        ask("/treaties/secret/", 404)
        ask("/api/v1/instruments/secret/", 404)
        assert faults("/api/v1/status/?instrument=secret")[0]["code"] == "names_nothing"

    def test_one_of_another_body_answers_only_by_its_id(self) -> None:
        assert data("/api/v1/instruments/un-charter/")["external"] is True
        assert data("/api/v1/instruments/un-charter/")["html_url"] is None
        ask("/treaties/un-charter/", 404)


def test_a_record_names_its_provisions_and_relations_both_ways(shelf: dict[str, Instrument]) -> None:
    treaties.article(shelf["cst"], "2")
    treaties.article(shelf["cst"], "1")
    treaties.relation(shelf["charter"], "implements", shelf["cst"])
    treaties.relation(shelf["cst"], "supersedes", shelf["ended"])
    record = data("/api/v1/instruments/cst/")
    assert record["provisions"] == ["cst/art-1", "cst/art-2"]
    assert record["relations"] == [
        {"verb": "supersedes", "reverse": False, "instrument": "ended"},
        {"verb": "implements", "reverse": True, "instrument": "charter"},
    ]


class TestProvisions:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def article_four(cls, shelf: dict[str, Instrument]) -> None:
        cst = shelf["cst"]
        protocol = treaties.instrument(
            "cst-protocol-2010", "Protocol", kind="protocol", in_force_on="2012-12-19"
        )
        four = treaties.article(cst, "4")
        treaties.wording(four, "1994-04-20", "2012-12-18", "The older words.")
        treaties.wording(four, "2012-12-19", text="The newer words.", made_by=protocol)
        treaties.article(cst, "5")
        treaties.article(shelf["undated"], "1")
        treaties.reference(four, treaties.article(shelf["un-charter"], "51"), "Self-defence")

    def test_a_record_says_the_wording_of_the_day(self) -> None:
        record = data("/api/v1/provisions/cst/art-4/?on=2010-01-01")
        assert record["status"] == "in-force"
        assert record["texts"] == [
            {
                "id": "cst/art-4/en/1994-04-20",
                "language": "en",
                "standing": "restatement",
                "began_on": "1994-04-20",
                "ended_on": "2012-12-18",
                "made_by": None,
                "text": "The older words.",
            }
        ]

    @pytest.mark.parametrize(
        ("day", "status", "texts"),
        [
            ("1994-04-19", "not-yet-in-force", []),
            ("2012-12-18", "in-force", ["The older words."]),
            ("2012-12-19", "in-force", ["The newer words."]),
        ],
    )
    def test_the_days_on_which_it_changes(self, day: str, status: str, texts: list[str]) -> None:
        record = data(f"/api/v1/provisions/cst/art-4/?on={day}")
        assert (record["status"], [one["text"] for one in record["texts"]]) == (status, texts)

    def test_today_is_the_day_without_one(self) -> None:
        record = data("/api/v1/provisions/cst/art-4/")
        assert [(one["text"], one["made_by"]) for one in record["texts"]] == [
            ("The newer words.", "cst-protocol-2010")
        ]
        assert record["all_wordings"] == ["cst/art-4/en/1994-04-20", "cst/art-4/en/2012-12-19"]
        assert (record["name_en"], record["name_ru"]) == ("Article 4", "Статья 4")

    def test_it_says_what_it_refers_to_and_what_refers_to_it(self) -> None:
        item = {
            "provision": "cst/art-4",
            "target_provision": "un-charter/art-51",
            "target_instrument": None,
            "why_en": "Self-defence",
            "why_ru": None,
            "found_by": "editor",
            "ambiguous": False,
            **dict.fromkeys(("wording", "start", "end", "words")),
        }
        assert data("/api/v1/provisions/cst/art-4/")["refers_to"] == [item]
        assert data("/api/v1/provisions/un-charter/art-51/")["referred_to_by"] == [item]

    def test_a_wording_not_verified_is_said_to_be_so(self) -> None:
        record = data("/api/v1/provisions/cst/art-5/?on=2010-01-01")
        assert (record["status"], record["texts"]) == ("wording-not-verified", [])

    def test_the_list_of_an_instrument_in_its_order(self) -> None:
        told = data("/api/v1/provisions/?instrument=cst&sort=order&on=2010-01-01")["results"]
        assert [(one["id"], one["wordings"]) for one in told] == [
            ("cst/art-4", ["cst/art-4/en/1994-04-20"]),
            ("cst/art-5", []),
        ]

    def test_in_force_follows_the_instrument(self) -> None:
        told = data("/api/v1/provisions/?instrument=cst&instrument=undated&in_force=yes&on=2010-01-01")
        assert [one["id"] for one in told["results"]] == ["cst/art-4", "cst/art-5"]
        assert told["unknown"] == [{"id": "undated/art-1", "blocked_by": ["undated.in_force_on"]}]
        assert ids_in("/api/v1/provisions/?instrument=cst&in_force=yes&on=1994-04-19") == []

    def test_wordings_of_a_day(self) -> None:
        assert ids_in("/api/v1/provision-texts/?provision=cst/art-4&on=2012-12-18") == [
            "cst/art-4/en/1994-04-20"
        ]
        assert ids_in("/api/v1/provision-texts/?instrument=cst") == [
            "cst/art-4/en/2012-12-19",
            "cst/art-4/en/1994-04-20",
        ]
        assert ids_in("/api/v1/provision-texts/?made_by=cst-protocol-2010") == ["cst/art-4/en/2012-12-19"]

    def test_a_wording_by_its_id(self) -> None:
        record = data("/api/v1/provision-texts/cst/art-4/en/2012-12-19/")
        assert (record["provision"], record["text"]) == ("cst/art-4", "The newer words.")
        assert record["html_url"] == "http://testserver/treaties/cst/art-4/"


class TestActs:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def acts(cls, shelf: dict[str, Instrument]) -> None:
        aze, kaz = make.state("aze", "Azerbaijan"), make.state("kaz", "Kazakhstan")
        treaties.act(shelf["cst"], kaz, "signature", "1992-05-15")
        treaties.act(shelf["cst"], aze, "accession", "1993-12", disputed=True)
        treaties.act(shelf["cst"], kaz, "consent", None, "1994-04-20")

    def test_newest_first_and_undated_ones_last(self) -> None:
        assert ids_in("/api/v1/treaty-actions/") == [
            "cst/aze/accession/1993-12",
            "cst/kaz/signature/1992-05-15",
            "cst/kaz/consent/1994-04-20",
        ]

    def test_those_of_a_day_and_those_that_may_be(self) -> None:
        assert ids_in("/api/v1/treaty-actions/?on=1992-05-15") == ["cst/kaz/signature/1992-05-15"]
        told = data("/api/v1/treaty-actions/?on=1993-12-15")
        assert told["results"] == []
        assert told["unknown"] == [
            {"id": "cst/aze/accession/1993-12", "blocked_by": ["cst/aze/accession/1993-12.done_on"]}
        ]

    def test_a_range_meets_dates_that_may_lie_in_it(self) -> None:
        assert ids_in("/api/v1/treaty-actions/?after=1993-12-31") == ["cst/aze/accession/1993-12"]
        assert ids_in("/api/v1/treaty-actions/?after=1994-01-01") == []

    def test_by_state_kind_and_doubt(self) -> None:
        assert ids_in("/api/v1/treaty-actions/?state=kaz&type=consent") == ["cst/kaz/consent/1994-04-20"]
        assert ids_in("/api/v1/treaty-actions/?disputed=yes") == ["cst/aze/accession/1993-12"]
        record = data("/api/v1/treaty-actions/cst/kaz/consent/1994-04-20/")
        assert (record["state"], record["instrument"], record["done_on"]) == ("kaz", "cst", None)


def test_csv_holds_the_ids_of_the_list(shelf: dict[str, Instrument]) -> None:
    lines = body(ask("/treaties.csv?in_force=yes&on=2003-09-18")).decode().splitlines()
    assert [line.partition(",")[0] for line in lines] == ["id", "charter", "ended", "cst"]
