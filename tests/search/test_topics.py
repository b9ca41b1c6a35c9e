"""A topic is found by the plain words for it in either language, and by none that means something else."""

from urllib.parse import urlencode

import pytest

from cstokb.records.models import NameForm
from tests.listing.asking import data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def first(query: str, size: int = 3) -> list[str]:
    """The best that the search finds."""
    answer = data(f"/api/v1/search/?{urlencode({'q': query, 'page_size': size})}")
    return [f"{one['type']}:{one['id']}" for one in answer["results"]]


WORDS = {
    "afghanistan": "Afghanistan; Афганистан",
    "anniversary": "anniversaries; jubilee; годовщина; юбилей; юбилеи",
    "arms-control": "arms limitation; strategic stability; контроль вооружений; ограничение вооружений",
    "biosecurity": "biological security; pandemic; COVID; COVID-19; coronavirus; epidemics; биобезопасность; пандемия;"
    " коронавирус; эпидемии; ковид",
    "border-security": "borders; border control; border guards; границы; защита границ; пограничники",
    "chairmanship": "chairmanship; rotation; председательство; ротация",
    "collective-defence": "collective defense; mutual defence; mutual assistance; взаимная оборона; взаимопомощь",
    "collective-forces": "joint forces; troops; CSTO forces; объединенные силы; войска; войсками; силы ОДКБ",
    "counter-narcotics": "drugs; drug trafficking; drug trade; наркотики; наркотрафик; незаконный оборот наркотиков",
    "counter-terrorism": "terrorism; terrorists; extremism; терроризм; террористы; террористов; экстремизм; антитеррор",
    "crisis-response": "crisis; crisis management; кризис; кризисные ситуации; урегулирование кризисов",
    "disarmament": "disarmament; weapons; разоружение; оружие; вооружения",
    "emergency-response": "emergencies; natural disasters; чрезвычайная ситуация; ЧС; стихийные бедствия; катастрофы",
    "enlargement-observers": "enlargement; expansion; new members; расширение; наблюдатели; новые члены",
    "external-relations": "foreign policy; foreign relations; international cooperation; внешняя политика;"
    " международное сотрудничество",
    "historical-memory": "World War II; WWII; Victory Day; Great Patriotic War; День Победы;"
    " Великая Отечественная война; историческая правда",
    "illegal-migration": "migration; migrants; illegal immigration; миграция; мигранты; нелегальная миграция",
    "information-security": "cyber; cybersecurity; cybercrime; кибербезопасность; киберпреступность; киберугрозы",
    "institutional-development": "reform; reforms; реформа; реформы; бюджет; символика; развитие ОДКБ",
    "institutions": "structure of the CSTO; структура ОДКБ; устройство ОДКБ; органы ОДКБ",
    "kazakhstan-2022": "January events; unrest in Kazakhstan; январские события; беспорядки в Казахстане",
    "kyrgyzstan-2010": "Kyrgyzstan 2010; Киргизия 2010; Kyrgyz crisis 2010; киргизский кризис 2010 года",
    "membership-status": "membership; leaving the CSTO; joining the CSTO; членство; выход из ОДКБ; вступление в ОДКБ",
    "middle-east-syria": "Middle East; Near East; Ближний Восток; Северная Африка",
    "military-technical-cooperation": "arms supplies; arms deliveries; military equipment; defence industry;"
    " поставки вооружений; поставки оружия; военная техника; ВТС",
    "missile-defence": "missile defence; missile defense; противоракетная оборона; системы ПРО",
    "nato-relations": "NATO; НАТО; CSTO and NATO; ОДКБ и НАТО",
    "osce-european-security": "OSCE; ОБСЕ; European security; европейская безопасность",
    "outer-space": "space; weapons in space; космос; космическое пространство; оружие в космосе",
    "peacekeeping": "peacekeepers; peacekeeper; peacekeeping operations; миротворцы; миротворцев; миротворец;"
    " миротворческие операции; миротворческой операции",
    "regions": "conflicts; regional conflicts; hot spots; конфликты; региональные конфликты; горячие точки",
    "security-system": "collective security system; system of collective security; система безопасности",
    "south-caucasus": "Caucasus; Transcaucasia; Кавказ; Закавказье; Нагорный Карабах",
    "threats": "threats; challenges; security threats; угрозы; вызовы; угрозы безопасности",
    "ukraine-eastern-europe": "Ukraine; Украина; Eastern Europe; Восточная Европа",
    "un-cooperation": "UN; ООН; United Nations; Организация Объединенных Наций",
    "wmd-nonproliferation": "non-proliferation; nonproliferation; weapons of mass destruction; WMD; нераспространение;"
    " оружие массового уничтожения; ОМУ",
    "world-order-international-law": "international law; world order; multipolarity; международное право; миропорядок;"
    " многополярный мир",
}


@pytest.mark.parametrize("topic", WORDS)
def test_a_topic_is_among_the_first_three_for_plain_words(topic: str) -> None:
    asked = [word.strip() for word in WORDS[topic].split(";")]
    assert [word for word in asked if f"topic:{topic}" not in first(word)] == []


def test_every_topic_has_its_words_and_none_shares_one_with_another() -> None:
    listed = data("/api/v1/topics/?page_size=200")["results"]
    assert {one["id"] for one in listed} == set(WORDS)
    names = list(NameForm.objects.filter(entry__kind="topic").values_list("folded", "entry__slug").distinct())
    assert len({folded for folded, _topic in names}) == len(names)


@pytest.mark.parametrize(
    ("query", "record"),
    [
        ("Устав ООН", "instrument:un-charter"),
        ("chemical weapons", "instrument:chemical-weapons-convention"),
        ("joint staff", "organ:joint-staff"),
        ("withdrawal of Uzbekistan", "state:uzb"),
        ("rapid reaction forces", "organ:crrf"),
    ],
)
def test_what_is_called_by_the_words_itself_stands_before_the_topic(query: str, record: str) -> None:
    assert first(query, 1) == [record]


def test_a_common_word_that_abbreviates_a_topic_stays_a_common_word() -> None:
    assert first("про Афганистан", 20) == first("Афганистан", 20)
