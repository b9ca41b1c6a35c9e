"""Records are found by what they are known by beside their words: office, date, standing, whose they are."""

from urllib.parse import urlencode

import pytest

from cstokb.records.models import NameForm
from members.models import Organ, State, Term
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import data
from treaty.choices import ActionKind
from treaty.indexing import SAID
from treaty.models import Instrument

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    """What the search finds, best first."""
    return [one["id"] for one in data(f"/api/v1/search/?{urlencode({'q': query})}")["results"]]


def test_a_person_is_found_by_office_state_and_chair() -> None:
    kaz, arm = make.state("kaz", "Kazakhstan", "Казахстан"), make.state("arm", "Armenia")
    tokayev, pashinyan = make.person("tokayev", "Tokayev"), make.person("pashinyan", "Pashinyan")
    make.term(tokayev, make.office("kaz/president", "President", state=kaz), "2019")
    make.term(pashinyan, make.office("arm/pm", "Prime Minister", state=arm), "2018")
    assert found("president of Kazakhstan") == found("Казахстану president") == ["tokayev"]
    assert found("president Armenia") == found("chairman CSTO") == []
    meetings.chair(arm, "2021-09-16", person=pashinyan)
    assert found("chairman CSTO") == found("председатель ОДКБ") == ["pashinyan"]
    assert (
        found("who chaired the CSTO in 2021") == found("кто председательствовал в 2021 году") == ["pashinyan"]
    )
    assert found("who chaired in 2022") == []


def test_who_holds_an_office_last_stands_before_who_left_it_also_when_a_successor_comes() -> None:
    office = make.office("kaz/president", "President", state=make.state("kaz", "Kazakhstan", "Казахстан"))
    elder, younger = make.person("elder", "Elder"), make.person("younger", "Younger")
    make.term(elder, office, "1991", "2019")
    meetings.statement("words", "2020", title_en="Words", summary_en="The president of Kazakhstan.")
    assert found("president Kazakhstan") == ["elder", "words"]
    make.term(younger, office, "2019", "2999")
    assert found("president Kazakhstan")[0] == "younger"
    assert set(found("president Kazakhstan")) == {"younger", "elder", "words"}
    assert set(found("head of state Kazakhstan")) == {"younger", "elder"}
    make.withdrawn(Term.objects.get(person=younger))
    assert found("president Kazakhstan") == ["elder", "words"]


def test_an_office_that_was_abolished_is_left_by_all() -> None:
    gone = make.office(
        "kaz/president", "President", state=make.state("kaz", "Kazakhstan"), abolished_on="1993"
    )
    make.term(make.person("elder", "Elder"), gone, "1991", "1993")
    meetings.statement("words", "2020", title_en="President of Kazakhstan")
    assert found("president Kazakhstan") == ["words", "elder"]


def test_a_dated_record_is_found_by_its_day_and_a_session_of_the_council_as_a_summit() -> None:
    meetings.session(
        "2022-11-23-yerevan", "2022-11-23", title_en="Session", city_en="Yerevan", city_ru="Ереван"
    )
    meetings.session("2016-10", "2016-10", title_en="Session", city_en="Yerevan", city_ru="Ереван")
    assert found("Yerevan summit November 2022") == found("саммит в Ереване 2022") == ["2022-11-23-yerevan"]
    assert (
        found('"23 November 2022"')
        == found('"23 ноября 2022 года"')
        == found('"November 23, 2022"')
        == found("November 23rd 2022")
        == found("в ноябре 2022 г.")
        == found("23.11.2022")
        == found("2022-11-23")
        == ["2022-11-23-yerevan"]
    )
    assert found("22.11.2022") == found("November 22nd 2022") == []
    assert found("октябрь 2016") == found("октябрь 2016 года") == ["2016-10"]
    assert found('"1 October 2016"') == []


def test_a_state_is_found_by_how_it_stood() -> None:
    uzb, arm = make.state("uzb", "Uzbekistan", "Узбекистан"), make.state("arm", "Armenia", "Армения")
    make.member(uzb, "2006-08-16", "2012-12-18", ended_by="withdrawal")
    make.member(arm, "2003-09-18")
    assert found("former member of the CSTO") == found("withdrawal 2012") == ["uzb"]
    assert sorted(found("member of the CSTO")) == ["arm", "uzb"]


def test_a_state_that_is_a_member_stands_before_what_only_speaks_of_members() -> None:
    uzb, arm = make.state("uzb", "Uzbekistan", "Узбекистан"), make.state("arm", "Armenia", "Армения")
    make.member(uzb, "2006-08-16", "2012-12-18", ended_by="withdrawal")
    make.member(arm, "2003-09-18")
    treaties.instrument("rules", "Agreement on the CSTO member states", title_ru="Соглашение членов ОДКБ")
    assert found("CSTO member states") == found("CSTO members") == ["arm", "rules", "uzb"]
    assert found("члены ОДКБ") == ["arm", "rules", "uzb"]
    assert found("государства-члены ОДКБ") == ["arm", "uzb"]
    assert "uzb" not in found("observer states")


def test_a_pause_is_asked_for_in_many_words() -> None:
    arm, blr = make.state("arm", "Armenia", "Армения"), make.state("blr", "Belarus", "Беларусь")
    for one in (arm, blr):
        make.member(one, "2003-09-18")
    make.pause(arm, "2024-02-22")
    for query in (
        *("froze participation", "freeze", "frozen", "suspended participation"),
        *("заморозила участие", "приостановила участие", "приостановка участия"),
    ):
        assert found(query) == ["arm"], query


def test_an_adjective_finds_what_has_to_do_with_the_state() -> None:
    arm, blr = make.state("arm", "Armenia", "Армения"), make.state("blr", "Belarus", "Беларусь")
    for state, who in ((arm, "pashinyan"), (blr, "lukashenko")):
        make.term(
            make.person(who, who.title()), make.office(f"{state.public_id}/head", "Head", state=state), "2018"
        )
        meetings.statement(f"{who}-words", "2020", title_en="Words", speaker_state=state, type="address")
    meetings.invocation("arm-asked", "2022", state=arm)
    assert set(found("Armenian")) == {"arm", "pashinyan", "pashinyan-words", "arm-asked"}
    assert set(found("армянская")) == set(found("Armenian"))
    assert found("Armenian head") == found("армянский head") == ["pashinyan"]
    assert set(found("Belarusian")) == {"blr", "lukashenko", "lukashenko-words"}


def test_what_somebody_said_is_a_speech_of_whatever_sort() -> None:
    speaker = make.person("speaker", "Zqxov", "Зкуксов")
    for number, sort in enumerate(("address", "remarks", "letter"), start=1):
        meetings.statement(sort, f"2015-0{number}", title_en="Words", speaker=speaker, type=sort)
    assert set(found("Zqxov speech")) == set(found("речь Зкуксова")) == {"address", "remarks"}
    assert found("Zqxov letter") == ["letter"]


def test_the_organization_is_found_in_latin_letters_and_with_an_ending() -> None:
    make.organ("staff", "Staff")
    assert found("ODKB staff") == found("CSTO's staff") == found("ОДКБ staff") == ["staff"]
    assert found("SCO's staff") == []


def test_a_request_is_found_by_the_article_and_by_what_was_done() -> None:
    article = treaties.article(treaties.instrument("cst", "Treaty on Zqxity", short_en="ZT"), "4")
    kaz = make.state("kaz", "Kazakhstan", "Казахстан")
    meetings.invocation("kaz-2022", "2022-01-05", state=kaz, provision=article)
    for query in (
        "article 4 invoked",
        "who invoked article 4 ZT",
        "appeal of Kazakhstan",
        "обращение Казахстана",
    ):
        assert found(query) == ["kaz-2022"], query
    assert "kaz-2022" not in found("article 5")
    article.number = "5"
    make.rewritten(article, at=make.WRITTEN)
    assert found("article 5 invoked") == ["kaz-2022"]
    assert found("article 4 invoked") == []


def test_an_instrument_is_found_by_changing_another_and_by_having_its_words() -> None:
    treaty = treaties.instrument("cst", "Treaty on Zqxity")
    protocol = treaties.instrument("protocol", "Protocol on Zqxity", title_ru="Протокол о зкуксии")
    assert found("Zqxity amendments") == found("Zqxity full text") == []
    relation = treaties.relation(protocol, "amends", treaty)
    assert found("Zqxity amendments") == found("поправки зкуксия") == ["protocol"]
    article = treaties.article(treaty, "1")
    words = treaties.wording(article, "1993", text="Its words.")
    assert found("Zqxity full text") == ["cst"]
    make.withdrawn(words)
    make.withdrawn(relation)
    assert found("Zqxity amendments") == found("Zqxity full text") == []


class TestActs:
    """A state is found by what it did to an instrument."""

    def test_every_kind_of_act_has_its_deed(self) -> None:
        assert set(SAID) == set(ActionKind)

    @pytest.fixture
    def treaty(self) -> Instrument:
        return treaties.instrument("cst", "Treaty on Zqxity", title_ru="Договор о зкуксии", short_en="ZT")

    @pytest.fixture
    def geo(self) -> State:
        return make.state("geo", "Georgia", "Грузия")

    def test_by_the_deed_in_either_language_and_under_every_title(
        self, treaty: Instrument, geo: State
    ) -> None:
        make.state("arm", "Armenia", "Армения")
        treaties.act(treaty, geo, "ratification", "1994-02")
        for query in ("Georgia ratification", "Georgia ratified treaty", "ратификация Грузии", "Georgia ZT"):
            assert found(query) == ["geo"]
        assert found("Грузия ратифицировала договор о зкуксии") == found("Georgia February 1994") == ["geo"]
        assert found("Georgia withdrew") == found("Armenia ratified") == found("Georgia March 1994") == []
        assert found("Zqxity") == ["cst", "geo"]

    @pytest.mark.parametrize("kind", ["withdrawal", "denunciation", "lapse"])
    def test_whatever_ended_it_is_asked_for_as_leaving(
        self, treaty: Instrument, geo: State, kind: str
    ) -> None:
        treaties.act(treaty, geo, "signature", "1993-12-09")
        assert found("Georgia withdrew") == found("выход Грузии") == []
        treaties.act(
            treaty,
            geo,
            kind,
            None,
            "1999-04-20",
            basis_en="Did not sign the protocol.",
            basis_ru="Не подписан.",
        )
        for query in (
            "Georgia withdrew protocol",
            "withdrawal of Georgia",
            "Georgia left treaty",
            "Грузия вышла",
        ):
            assert found(query) == ["geo"]

    def test_on_what_basis_something_ended_is_asked_for_and_who_signed_a_law_is_not(
        self, treaty: Instrument, geo: State
    ) -> None:
        president = make.office("geo/president", "President", state=geo)
        make.term(make.person("eduard", "Eduard Zqxov"), president, "1995", "2003")
        said = "The law was signed by the president."
        treaties.act(treaty, geo, "ratification", "1994", basis_en=said)
        assert found("president of Georgia") == ["eduard"]
        treaties.act(treaty, geo, "lapse", None, "1999-04-20", basis_en="Did not sign the prolongation.")
        assert found("Georgia prolongation") == ["geo"]

    def test_a_draft_tells_nothing_and_neither_does_what_stands_on_a_draft(self, geo: State) -> None:
        treaty, hidden = treaties.instrument("cst"), treaties.instrument("secret", publication="draft")
        treaties.act(treaty, geo, "ratification", "1994", publication="draft")
        treaties.act(hidden, geo, "withdrawal", "1999")
        assert found("Georgia ratification") == found("Georgia withdrawal") == found("Georgia SECRET") == []

    def test_the_index_follows_the_act(self, treaty: Instrument, geo: State) -> None:
        act = treaties.act(treaty, geo, "signature", "1993-12-09")
        assert found("Georgia signed") == ["geo"]
        act.type = "accession"
        make.rewritten(act, at=make.WRITTEN)
        assert (found("Georgia signed"), found("Georgia joined")) == ([], ["geo"])
        make.withdrawn(act)
        assert found("Georgia joined") == []

    def test_the_index_follows_the_state_of_the_act(self, treaty: Instrument, geo: State) -> None:
        act = treaties.act(treaty, geo, "signature", "1993-12-09")
        act.state = make.state("arm", "Armenia")
        make.rewritten(act, at=make.WRITTEN)
        assert (found("Georgia signed"), found("Armenia signed")) == ([], ["arm"])

    def test_the_index_follows_the_instrument(self, treaty: Instrument, geo: State) -> None:
        treaties.act(treaty, geo, "signature", "1993-12-09")
        treaty.title_en = "Treaty on Newness"
        make.rewritten(treaty, at=make.WRITTEN)
        assert (found("Georgia Zqxity"), found("Georgia Newness")) == ([], ["geo"])
        make.withdrawn(treaty)
        assert found("Georgia signed") == found("Newness") == []


def test_a_name_is_found_by_while_its_bearer_is_public() -> None:
    speaker = make.person("speaker", "Zqxov")
    meetings.statement("words", "2015", title_en="Words", speaker=speaker)
    assert found("Zqxov words") == ["words"]
    make.withdrawn(speaker)
    assert found("Zqxov") == []


def test_a_draft_lends_its_name_to_nothing() -> None:
    meetings.statement(
        "words", "2015", title_en="Words", speaker=make.person("s", "Zqxov", publication="draft")
    )
    assert found("Zqxov") == []


def test_a_new_name_takes_the_place_of_the_old_one() -> None:
    speaker = make.person("speaker", "Zqxov")
    meetings.statement("words", "2015", title_en="Words", speaker=speaker)
    speaker.name_en = "Newov"
    make.rewritten(speaker, at=make.WRITTEN)
    assert found("Newov words") == ["words"]
    assert found("Zqxov words") == []


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("Казахстану", "kaz"),
        ("о Казахстане", "kaz"),
        ("Kazakhstan's", "kaz"),
        ("Токаева", "tokayev"),
        ("Токаеву", "tokayev"),
        ("Никола Пашиняна", "pashinyan"),
        ("Пашиняном", "pashinyan"),
        ("Совета коллективной безопасности", "csc"),
        ("СОВЕТОМ КОЛЛЕКТИВНОЙ БЕЗОПАСНОСТИ", "csc"),
    ],
)
def test_a_name_in_any_case_finds_what_is_written_in_the_other_language(query: str, who: str) -> None:
    make.state("kaz", "Kazakhstan", "Казахстан")
    make.person("tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев")
    make.person("pashinyan", "Nikol Pashinyan", "Никол Пашинян")
    russian = NameForm(text="Совет коллективной безопасности", kind="official", language="ru")
    make.published(Organ(name_en="Collective Security Council", type="statutory"), "csc", names=[russian])
    texts = ("Kazakhstan", "Tokayev", "Nikol Pashinyan", "Collective Security Council")
    for number, text in enumerate(texts):
        meetings.statement(
            f"2010-0{number + 1}-text", f"2010-0{number + 1}", title_en="Text", summary_en=f"Of {text}."
        )
    said = {
        "kaz": "2010-01-text",
        "tokayev": "2010-02-text",
        "pashinyan": "2010-03-text",
        "csc": "2010-04-text",
    }
    assert found(query)[:2] == [who, said[who]]
    assert said[who] not in found(f'="{query}"')
