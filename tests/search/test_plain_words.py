"""What readers ask in plain words: who signed a treaty, who leads the members, what the Organization is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import MembershipPeriod, Office, Person, State, Term
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, data
from tests.search.test_known_by import found
from treaty.models import Instrument, TreatyAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def arm() -> State:
    return make.state("arm", "Armenia", "Армения")


@pytest.fixture
def treaty() -> Instrument:
    one = treaties.instrument("cst", "Security Treaty", title_ru="Договор о безопасности", signed_on="1992")
    about = treaties.article(one, "1", heading_en="What parties of the Treaty do")
    treaties.wording(about, "1994", text="Parties to the Treaty and states parties to the Treaty.")
    return one


class TestParties:
    """An instrument with acts of states is what is asked for by its parties and signatories."""

    @pytest.mark.parametrize(
        "query",
        [
            *(
                "parties to the treaty",
                "who ratified the treaty",
                "contracting parties",
                "the treaty's parties",
            ),
            *("which states are parties to the treaty", "участники договора", "стороны договора"),
            *("государства-участники договора", "кто ратифицировал договор"),
        ],
    )
    def test_it_stands_before_its_articles_and_a_consent_makes_parties(
        self, query: str, treaty: Instrument, arm: State
    ) -> None:
        assert "cst" not in found(query)[:1]
        treaties.act(treaty, arm, "ratification", "1993")
        assert found(query)[0] == "cst"

    def test_who_became_a_party_is_found_behind_it(self, treaty: Instrument, arm: State) -> None:
        treaties.act(treaty, arm, "ratification", "1993")
        make.state("blr", "Belarus")
        assert found("parties to the treaty") == ["cst", "cst/art-1", "arm"]
        assert found("участники договора") == ["cst", "arm"]

    @pytest.mark.parametrize(
        "query", ["who signed the treaty", "signatories of the treaty", "кто подписал договор"]
    )
    def test_a_signature_makes_signatories_and_no_parties(
        self, query: str, treaty: Instrument, arm: State
    ) -> None:
        treaties.act(treaty, arm, "signature", "1992")
        assert found(query)[:1] == ["cst"]
        assert found("who ratified the treaty") == []
        assert found("parties to the treaty")[0] == "cst/art-1"

    def test_what_only_has_other_acts_or_drafts_of_them_has_none(
        self, treaty: Instrument, arm: State
    ) -> None:
        treaties.act(treaty, arm, "objection", "1992")
        treaties.act(treaty, arm, "ratification", "1993", publication="draft")
        assert "cst" not in found("parties treaty")

    def test_the_index_follows_the_act(self, treaty: Instrument, arm: State) -> None:
        act = treaties.act(treaty, arm, "signature", "1992")
        other = treaties.instrument("other", "Other Treaty")
        act.instrument = other
        make.rewritten(act, at=make.WRITTEN)
        assert found("signatories")[0] == "other"
        assert "cst" not in found("signatories")
        make.withdrawn(TreatyAction.objects.get())
        assert found("signatories") == []

    def test_states_alone_are_the_members_before_any_instrument_that_has_states(
        self, treaty: Instrument, arm: State
    ) -> None:
        make.member(arm, "2003-09-18")
        make.member(make.state("uzb", "Uzbekistan"), "2006", "2012", ended_by="withdrawal")
        treaties.act(treaty, arm, "ratification", "1993")
        for query in ("states", "which countries", "страны", "государства-участники", "страны-участницы"):
            assert found(query)[0] == "arm", query
            assert found(query).index("cst") > 0
        assert found("участники ОДКБ")[0] == "arm"

    def test_nobody_is_suggested_parties(self, treaty: Instrument, arm: State) -> None:
        treaties.act(treaty, arm, "ratification", "1993")
        assert data("/api/v1/suggest/?q=parties") == []


LEADERS = (
    *("leaders of CSTO countries", "leaders of CSTO member states", "presidents of member states"),
    *("heads of CSTO states", "президенты стран ОДКБ", "лидеры стран ОДКБ", "главы государств-членов ОДКБ"),
)


class TestLeaders:
    """Whoever is at the head of a member is found by that, before who was, and who leads no member not at all."""

    @pytest.fixture
    def office(self, arm: State) -> Office:
        return make.office("arm/president", "President of Armenia", name_ru="Президент Армении", state=arm)

    @pytest.fixture
    def now(self, office: Office) -> Person:
        one = make.person("now", "Now")
        make.term(one, office, "2015")
        return one

    @pytest.fixture
    def before(self, office: Office) -> Person:
        one = make.person("before", "Before")
        make.term(one, office, "2000", "2015")
        return one

    @pytest.mark.parametrize("query", LEADERS)
    def test_the_present_one_stands_before_the_earlier_and_others_are_none(
        self, query: str, arm: State, now: Person, before: Person
    ) -> None:
        assert {"now", "before"}.isdisjoint(found(query))  # of no member yet
        make.member(arm, "2003-09-18")
        chn = make.state("chn", "China")
        make.term(make.person("far", "Far"), make.office("chn/president", "President", state=chn), "2013")
        assert found(query)[:2] == ["now", "before"]
        assert "far" not in found(query)

    def test_a_head_of_government_is_a_leader_and_no_head_of_state(self, arm: State) -> None:
        make.member(arm, "2003-09-18")
        office = make.office("arm/pm", "Prime Minister", role="head-of-government", state=arm)
        make.term(make.person("premier", "Premier"), office, "2018")
        minister = make.office("arm/minister", "Minister", role="minister", state=arm)
        make.term(make.person("minister", "Minister"), minister, "2018")
        assert found("leaders of CSTO countries") == found("лидеры стран ОДКБ") == ["premier"]
        make.term(make.person("head", "Head"), make.office("arm/king", "King of Armenia", state=arm), "1990")
        assert found("heads of CSTO states")[0] == "head"
        assert found("главы государств ОДКБ")[0] == "head"

    def test_heads_of_state_alone_are_those_of_the_members(
        self, arm: State, now: Person, before: Person
    ) -> None:
        chn = make.state("chn", "China")
        make.term(make.person("far", "Far"), make.office("chn/head", "Head of State", state=chn), "2013")
        meetings.statement("words", "2020", title_en="Heads of state", title_ru="Главы государств")
        assert found("heads of state")[:2] == ["words", "far"]
        make.member(arm, "2003-09-18")
        assert set(found("heads of state")[:2]) == {"words", "now"}
        assert set(found("главы государств")[:2]) == {"words", "now"}

    def test_who_left_before_the_state_became_a_member_led_none(self, arm: State, before: Person) -> None:
        make.member(arm, "2016")
        assert "before" not in found("leaders of CSTO countries")

    def test_a_state_that_left_is_led_by_nobody_now(self, arm: State, now: Person) -> None:
        period = make.member(arm, "2003-09-18")
        meetings.statement("words", "2020", title_en="The leaders of CSTO countries meet")
        assert found("leaders of CSTO countries") == ["now", "words"]
        period.ended_on, period.ended_by = "2020-01-01", "withdrawal"
        make.rewritten(period, at=make.WRITTEN)
        assert found("leaders of CSTO countries") == ["words", "now"]
        make.withdrawn(MembershipPeriod.objects.get())
        assert found("leaders of CSTO countries") == ["words"]

    def test_a_membership_of_an_organ_makes_no_leader(self, arm: State, now: Person) -> None:
        row = MembershipPeriod(
            state=arm, organ=make.organ("pa", "Assembly"), standing="member", began_on="2013"
        )
        make.published(row, "arm/pa/member/2013")
        assert "now" not in found("leaders of CSTO countries")

    def test_at_the_head_of_a_state_one_follows_under_another_title(self, arm: State) -> None:
        elder, younger = make.person("elder", "Elder"), make.person("younger", "Younger")
        chair = make.office("arm/chairman", "Chairman of the Soviet", state=arm)
        make.term(elder, chair, "1991", "1994")
        meetings.statement("words", "2020", title_en="The chairman of the Soviet speaks")
        minister = make.office("arm/minister", "Minister", role="minister", state=arm)
        make.term(make.person("other", "Other"), minister, "1994")
        assert found("chairman of the soviet") == ["elder", "words"]
        term = make.term(younger, make.office("arm/president", "President", state=arm), "1994")
        assert found("chairman of the soviet") == ["words", "elder"]
        make.withdrawn(Term.objects.get(pk=term.pk))
        assert found("chairman of the soviet") == ["elder", "words"]

    def test_a_membership_costs_the_same_however_many_led_the_state(self, arm: State) -> None:
        counts = []
        for number, slug in enumerate(("one", "two", "six")):
            state = make.state(slug, slug.title())
            office = make.office(f"{slug}/president", "President", state=state)
            for each in range(1 + 3 * number):
                make.term(make.person(f"{slug}-{each}", f"P {each}"), office, f"{2000 + each}")
            with CaptureQueriesContext(connection) as queries:
                make.member(state, "2003-09-18")
            counts.append(len(queries))
        assert counts[1] == counts[2]


class TestOrganization:
    """What the Organization is, its founding instruments tell: it has no record of its own."""

    @pytest.fixture
    def founding(self) -> None:
        treaties.instrument("cst", "Security Treaty", title_ru="Договор", signed_on="1992")
        treaties.instrument(
            "charter", "CSTO Charter", title_ru="Устав ОДКБ", kind="charter", signed_on="2002"
        )
        treaties.instrument("agreement", "CSTO", kind="agreement", signed_on="2020", title_ru="ОДКБ и другие")
        treaties.instrument("un-charter", "UN Charter", kind="charter", external=True, signed_on="1945")

    @pytest.mark.parametrize(
        "query",
        [
            *("CSTO", "what is the CSTO", "What is the CSTO?", "ОДКБ", "что такое ОДКБ", "что это за ОДКБ"),
            *(
                "the Collective Security Treaty Organization",
                "Организация Договора о коллективной безопасности",
            ),
        ],
    )
    def test_the_charter_and_the_treaty_come_first_and_no_foreign_charter(
        self, query: str, founding: None
    ) -> None:
        results = [one for one in found(query) if one != "agreement"]
        assert results[:2] == ["charter", "cst"]
        assert "un-charter" not in results

    def test_beside_other_words_they_stand_where_they_stood(self, founding: None) -> None:
        organ = make.organ("staff", "CSTO Staff")
        assert found("CSTO staff") == found("what is the CSTO staff") == [organ.public_id]
        assert found('"what is the CSTO"') == []

    def test_nobody_is_suggested_them_by_a_name_that_is_not_theirs(self, founding: None) -> None:
        assert [one["id"] for one in data("/api/v1/suggest/?q=collective%20security%20tr")] == []


class TestWhatIs:
    """Common words around what is asked about take nothing from its being the whole name of a record."""

    @pytest.fixture
    def defence(self) -> None:
        make.topic("defence", "Common defence")
        make.organ("office", "Common Defence", function_en="Common defence.")
        make.topic("wide", "Defence, common")

    @pytest.mark.parametrize(
        "query",
        ["common defence", "what is common defence?", "the common defence", "what are the common defence"],
    )
    def test_what_is_called_so_comes_first(self, query: str, defence: None) -> None:
        assert set(found(query)[:2]) == {"defence", "office"}

    def test_in_another_order_or_with_common_words_inside_it_is_the_name_of_none(self, defence: None) -> None:
        make.topic("of", "Defence of the common")
        assert found("what is the defence of the common")[0] == "of"
        assert found("what is the defence, common")[0] == "wide"


class TestNumberedArticles:
    """An article by its number alone is that of the eldest instrument before all others, as it is suggested."""

    @pytest.fixture
    def numbered(self) -> None:
        elder = treaties.instrument("elder", "Elder Treaty", signed_on="1992")
        younger = treaties.instrument("younger", "Younger Treaty", signed_on="2002")
        undated = treaties.instrument("undated", "Undated Treaty")
        for one, day in ((younger, "2003"), (undated, "2005"), (elder, "1994")):
            treaties.wording(treaties.article(one, "4"), day, text="Words.")
        treaties.wording(treaties.article(elder, "40"), "1994", text="Beside article 4 it says more.")
        inside = treaties.article(elder, "1", kind="paragraph", eid="art-4/p-1", order=41)
        treaties.wording(inside, "1994", text="Of article 4 the first.")
        meetings.statement("words", "2022", title_en="Article 4")

    @pytest.mark.parametrize(
        "query", ["Article 4", "art. 4", "ст. 4", "статья 4", "§ 4", '"Article 4"', "what is article 4"]
    )
    def test_the_eldest_comes_first_then_what_else_is_called_so(self, query: str, numbered: None) -> None:
        results = found(query)
        assert results[:3] == ["elder/art-4", "younger/art-4", "undated/art-4"]
        assert {"words", "elder/art-40"} <= set(results[3:])
        told = data("/api/v1/suggest/?q=article 4")
        assert [one["id"] for one in told][:3] == results[:3]

    def test_beside_other_words_fields_and_another_order_it_is_as_ever(self, numbered: None) -> None:
        assert found("article 4 younger")[0] == "younger/art-4"
        assert found("article 4 type:statement") == ["words"]
        newest = data("/api/v1/search/?q=article 4&sort=-date")["results"]
        assert newest[0]["id"] == "words"
        assert found("articles 4 and 40") == ["elder/art-40"]
        assert found("article 5") == []

    def test_pages_hold_all_of_them_once(self, numbered: None) -> None:
        pages = [
            data(f"/api/v1/search/?q=article 4&page_size=2&page={page}")["results"] for page in (1, 2, 3)
        ]
        assert [one["id"] for page in pages for one in page] == found("article 4")

    def test_a_number_costs_three_queries_more_and_another_order_none(self, numbered: None) -> None:
        ask("/api/v1/search/?q=words")
        counts = []
        for query in ("words", "article 4", "article 4&sort=-date"):
            with CaptureQueriesContext(connection) as queries:
                ask(f"/api/v1/search/?q={query}")
            counts.append(len(queries))
        assert counts == [5, 8, 6]
