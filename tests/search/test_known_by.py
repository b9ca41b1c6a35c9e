"""Records are found by what they are known by beside their words: office, date, standing, whose they are."""

from urllib.parse import urlencode

import pytest

from cstokb.records.models import NameForm
from members.models import Organ, Term
from tests.factories import meetings
from tests.factories import records as make
from tests.listing.asking import data

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
