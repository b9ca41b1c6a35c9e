"""The searches that the starter data must answer."""

from urllib.parse import urlencode

import pytest

from tests.listing.asking import ask, body, data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def found(query: str, **more: str) -> list[str]:
    """What the search finds, best first, as type:id."""
    results: list[str] = []
    count, page = 1, 0
    while len(results) < count and page < 10:
        page += 1
        asked = urlencode({"q": query, "page_size": "200", "page": page, **more})
        answer = data(f"/api/v1/search/?{asked}")
        results += [f"{one['type']}:{one['id']}" for one in answer["results"]]
        count = answer["count"]
    assert len(results) == count
    return results


#: Two people of one family name, both of whom are asked for by it.
NAMESAKE = "person:akylbek-japarov"


def is_session(found: str) -> bool:
    """Whether what was found is a session."""
    return found.startswith("session:")


TOKAYEV = "person:kassym-jomart-tokayev"


@pytest.mark.parametrize(
    "query",
    [
        *("Tokayev", "Tokaev", "Токаев", "Тоқаев", "Kassym-Zhomart", "Kassym Jomart", "kassym-jomart"),
        *("KassymJomart", "Касым Жомарт", "Tokayev, K.", "Tokayev Kassym-Jomart"),
    ],
)
def test_a_person_is_found_first_in_any_order_and_spelling(query: str) -> None:
    """B032, B037, B038."""
    results = found(query)
    assert results[0] == TOKAYEV
    assert {"statement:2022-05-16-tokayev", "statement:2024-11-28-tokayev"} <= set(results)


@pytest.mark.parametrize(
    ("queries", "person"),
    [
        (("Nikol Pashinyan", "Pashinyan Nikol", "Pashinyan, N.", "Пашинян"), "nikol-pashinyan"),
        (("Lukashenko", "Lukashenka", "Лукашенко", "Лукашэнка"), "alexander-lukashenko"),
        (("Sadyr Japarov", "Sadyr Zhaparov", "Садыр Жапаров"), "sadyr-japarov"),
        (("Rahmon", "Rakhmon", "Рахмон"), "emomali-rahmon"),
        (("Mirziyoyev", "Mirziyaev"), "shavkat-mirziyoyev"),
    ],
)
def test_every_romanisation_gives_one_person(queries: tuple[str, ...], person: str) -> None:
    """B037, B038. Sessions that say equally much of him may stand in another order for an initial."""
    answers = [found(query) for query in queries]
    assert {results[0] for results in answers} == {f"person:{person}"}
    assert len({tuple(one for one in results if not is_session(one)) for results in answers}) == 1
    assert len({frozenset(results) for results in answers}) == 1


def test_a_sentence_without_sense_matches_nobody() -> None:
    """B036."""
    assert [one for one in found("This is some test text") if one.startswith("person:")] == []


@pytest.mark.parametrize("query", ["договор", "ДОГОВОР", "Договор"])
def test_the_treaty_is_found_by_its_russian_name_in_any_case(query: str) -> None:
    """B022."""
    assert found(query)[0] == "instrument:cst"
    assert found(query) == found("договор")


def test_a_prefix_finds_every_ending() -> None:
    assert set(found("договор")) <= set(found("дого*"))


def test_peacekeeping_begins_with_its_heading() -> None:
    results = found("peacekeeping")
    assert results[0] == "topic:peacekeeping"
    assert "organ:peacekeeping" in results
    assert "instrument:peacekeeping-2007" in results


@pytest.mark.parametrize("query", ['"Article 4"', "Article 4", "Art. 4", "ст. 4", "статья 4", "§ 4"])
def test_article_four_is_never_article_forty(query: str) -> None:
    """B030."""
    results = found(query)
    assert {"provision:cst/art-4", "provision:charter/art-4"} <= set(results)
    assert results[:2] == ["provision:cst/art-4", "provision:charter/art-4"]
    others = [one for one in results if one.startswith("provision:") and not one.endswith("/art-4")]
    assert others in ([], ["provision:cst/art-6"])  # its wording names article 4


@pytest.mark.parametrize("query", ["the of and", "и в на", "-treaty", "*", "***"])
def test_a_query_that_asks_nothing_finds_nothing_and_says_why(query: str) -> None:
    """B029, B033, B034."""
    answer = data(f"/api/v1/search/?{urlencode({'q': query})}")
    assert answer["count"] == 0
    assert answer["notice"]


@pytest.mark.parametrize(
    ("query", "like"),
    [
        ("“collective security”", '"collective security"'),
        ("«коллективная безопасность»", '"коллективная безопасность"'),
        ("charter −treaty", "charter -treaty"),
        ("charter\u00a0NOT treaty", "charter NOT treaty"),
        ("((treaty", "treaty"),
        ("treaty)", "treaty"),
    ],
)
def test_a_slip_is_repaired(query: str, like: str) -> None:
    """B026, B027, B034, B035."""
    assert found(query) == found(like)
    assert found(query)


def test_a_repair_is_said_with_the_query_written_out() -> None:
    """B027."""
    answer = data(f"/api/v1/search/?{urlencode({'q': '((treaty'})}")
    assert answer["notices"][0]["suggestion"]
    page = body(ask(f"/search/?{urlencode({'q': '((treaty'})}")).decode()
    assert f"/search/?{urlencode({'q': answer['notices'][0]['suggestion']})}" in page.replace("&amp;", "&")


ENGLISH = {
    "Tokayev": TOKAYEV,
    "president of Belarus": "person:alexander-lukashenko",
    "Secretary General of the CSTO": "person:taalatbek-masadykov",
    "collective defence": "topic:collective-defence",
    "article 4 treaty": "provision:cst/art-4",
    "Tashkent treaty 1992": "instrument:cst",
    "Charter of the CSTO": "instrument:charter",
    "prolongation of the treaty 1999": "instrument:cst-prolongation-1999",
    "rapid reaction forces": "organ:crrf",
    "Joint Staff": "organ:joint-staff",
    "Parliamentary Assembly": "organ:pa",
    "peacekeeping Kazakhstan 2022": "activity:op-kazakhstan-2022",
    "Afghanistan": "state:afg",
    "border with Afghanistan": "invocation:tjk-2021-07",
    "Kyrgyzstan 2010": "invocation:kgz-2010-06",
    "CSTO summit Yerevan 2022": "session:2022-11-23-yerevan",
    "withdrawal of Uzbekistan": "state:uzb",
    "observer status Serbia": "state:srb",
    "statement on Afghanistan 2021": "statement:2021-09-15-afghanistan",
    "drug trafficking": "topic:counter-narcotics",
    "summit May 16, 2022": "session:2022-05-16-moscow",
    "15th of May 1992": "instrument:cst",
    "Tokayev 16.05.2022": "statement:2022-05-16-tokayev",
    "CRRF": "organ:crrf",
    "peacekeepers": "organ:peacekeeping",
    "who chaired 2019": "person:sooronbay-jeenbekov",
    "presidents of Kyrgyzstan": "person:sadyr-japarov",
    "Nazarbaev": "person:nursultan-nazarbayev",
    "exercise Rubezh 2022": "activity:rubezh-2022",
    "operation Channel": "activity:op-kanal",
    "UN observer status": "milestone:2004-12-02-un-observer",
    "when did the treaty enter into force": "milestone:1994-04-20-treaty-in-force",
    "art. 2 Armenia 2021": "invocation:arm-2021-05",
    "protocols to the Charter": "instrument:charter-protocol-2018-2",
    "Uzbekistan withdrawal": "state:uzb",
    "Armenian prime minister": "person:nikol-pashinyan",
    "Belarusian president": "person:alexander-lukashenko",
    "Uzbek withdrawal": "state:uzb",
    "CSTO member states": "state:arm",
    "Armenia freeze participation": "state:arm",
    "who invoked article 4": "invocation:kaz-2022-01",
    "full text of the treaty": "instrument:cst",
    "CSTO's Charter": "instrument:charter",
    "Azerbaijan ratification": "state:aze",
    "Georgia withdrew protocol": "state:geo",
    "Kazakhstan signed the Charter": "state:kaz",
    "which countries are in the CSTO": "state:arm",
    "how many countries are in the CSTO": "state:blr",
    "CSTO members": "state:kaz",
    "member countries": "state:arm",
    "list of CSTO members": "state:arm",
    "who are the members of the CSTO": "state:arm",
    "is Armenia in the CSTO": "state:arm",
    "when did Uzbekistan leave the CSTO": "state:uzb",
    "who left the CSTO": "state:uzb",
    "where was the summit held in 2022": "session:2022-11-23-yerevan",
    "what did Tokayev say": "statement:2024-11-28-tokayev",
    "who is the president of Kazakhstan": TOKAYEV,
    "parties to the treaty": "instrument:cst",
    "which countries signed the treaty": "instrument:cst",
    "signatories of the treaty": "instrument:cst",
    "who ratified the Charter": "instrument:charter",
    "leaders of CSTO countries": "person:alexander-lukashenko",
    "presidents of member states": "person:emomali-rahmon",
    "headquarters": "organ:secretariat",
    "heads of state": "person:alexander-lukashenko",
    "where is the headquarters of the CSTO located": "organ:secretariat",
    "what is the CSTO": "instrument:charter",
    "Collective Security Treaty Organization": "instrument:charter",
    "art. 3": "provision:cst/art-3",
}
RUSSIAN = {
    "выступления Токаева": "statement:2022-05-16-tokayev",
    "Пашиняну": "person:nikol-pashinyan",
    "президент Казахстана": TOKAYEV,
    "генеральный секретарь ОДКБ": "person:taalatbek-masadykov",
    "председатель ОДКБ": "person:vladimir-putin",
    "коллективная оборона": "topic:collective-defence",
    "статья 4 договора": "provision:cst/art-4",
    "Ташкентский договор": "instrument:cst",
    "Устав ОДКБ": "instrument:charter",
    "КСОР": "organ:crrf",
    "Объединенный штаб": "organ:joint-staff",
    "Совету коллективной безопасности": "organ:csc",
    "миротворцы в Казахстане": "session:2022-01-06-decision",
    "Афганистан": "state:afg",
    "заявление по Афганистану 2021": "statement:2021-09-15-afghanistan",
    "обращение Армении 2022": "invocation:arm-2022-09",
    "саммит в Москве 2022": "session:2022-05-16-moscow",
    "выход Узбекистана": "state:uzb",
    "Беларусь в ОДКБ": "state:blr",
    "охрана границ": "topic:border-security",
    "саммит 16.05.2022": "session:2022-05-16-moscow",
    "саммит в Астане в ноябре 2024 года": "session:2024-11-28-astana",
    "договор от 15 мая 1992 г. в Ташкенте": "session:1992-05-15-tashkent",
    "СКБ": "organ:csc",
    "КССБ": "organ:cssc",
    "генсек ОДКБ": "person:taalatbek-masadykov",
    "кто председательствовал в 2019 году": "person:sooronbay-jeenbekov",
    "премьер Армении": "person:nikol-pashinyan",
    "Отунбаевой": "person:roza-otunbayeva",
    "учения «Рубеж-2022»": "activity:rubezh-2022",
    "операция Нелегал": "activity:op-nelegal",
    "статус наблюдателя в ООН": "milestone:2004-12-02-un-observer",
    "саммиты в Ереване": "session:2022-11-23-yerevan",
    "протоколы к Уставу": "instrument:charter-protocol-2018-2",
    "ст. 4 ДКБ": "provision:cst/art-4",
    "выход Грузии из договора": "state:geo",
    "Азербайджан ратифицировал договор": "state:aze",
    "Узбекистан присоединился": "state:uzb",
    "речь Токаева": "statement:2024-11-28-tokayev",
    "армянский премьер": "person:nikol-pashinyan",
    "члены ОДКБ": "state:arm",
    "Армения заморозила участие": "state:arm",
    "обращение Казахстана": "invocation:kaz-2022-01",
    "поправки к Уставу": "instrument:charter-protocol-2018-2",
    "текст устава": "instrument:charter",
    "встреча лидеров 2022": "session:2022-11-23-yerevan",
    "какие страны входят в ОДКБ": "state:arm",
    "сколько стран в ОДКБ": "state:arm",
    "кто входит в ОДКБ": "state:kaz",
    "какие государства являются членами ОДКБ": "state:arm",
    "страны ОДКБ": "state:arm",
    "страны-участницы ОДКБ": "state:arm",
    "государства-члены": "state:arm",
    "состав ОДКБ": "state:arm",
    "входит ли Армения в ОДКБ": "state:arm",
    "кто вышел из ОДКБ": "state:uzb",
    "когда Узбекистан вышел из ОДКБ": "state:uzb",
    "где прошел саммит в 2022 году": "session:2022-11-23-yerevan",
    "что сказал Токаев": "statement:2024-11-28-tokayev",
    "какие учения прошли в 2022 году": "activity:rubezh-2022",
    "участники договора": "instrument:cst",
    "кто подписал договор": "instrument:cst",
    "государства-участники договора": "instrument:cst",
    "кто ратифицировал устав": "instrument:charter",
    "президенты стран ОДКБ": "person:emomali-rahmon",
    "лидеры государств-членов ОДКБ": "person:alexander-lukashenko",
    "штаб-квартира ОДКБ": "organ:secretariat",
    "главы государств": "person:alexander-lukashenko",
    "где находится штаб-квартира ОДКБ": "organ:secretariat",
    "что такое ОДКБ": "instrument:charter",
}


@pytest.mark.parametrize(("query", "record"), [*ENGLISH.items(), *RUSSIAN.items()])
def test_what_is_asked_for_is_among_the_first_three(query: str, record: str) -> None:
    answer = data(f"/api/v1/search/?{urlencode({'q': query, 'page_size': '3'})}")
    assert record in [f"{one['type']}:{one['id']}" for one in answer["results"]]


@pytest.mark.parametrize(
    "query",
    [
        *("which countries are in the CSTO", "CSTO countries", "какие страны входят в ОДКБ", "страны ОДКБ"),
        *("члены ОДКБ", "участники ОДКБ"),
    ],
)
def test_the_members_stand_before_all_that_speaks_of_them_and_before_who_left(query: str) -> None:
    results = found(query)
    members = {f"state:{one}" for one in ("arm", "blr", "kaz", "kgz", "rus", "tjk")}
    assert set(results[:6]) == members
    assert not {"state:aze", "state:geo", "state:srb"} & set(results[:7])


@pytest.mark.parametrize("query", ["leaders of CSTO countries", "лидеры стран ОДКБ"])
def test_the_six_who_lead_the_members_stand_before_who_led_them(query: str) -> None:
    leaders = {
        *("alexander-lukashenko", "kassym-jomart-tokayev", "sadyr-japarov", "nikol-pashinyan"),
        *("emomali-rahmon", "vladimir-putin"),
    }
    results = found(query)
    assert set(results[:6]) == {f"person:{one}" for one in leaders}
    assert "person:dmitry-medvedev" in results[6:]
    assert "person:boris-yeltsin" not in results  # in his time there was no member yet


@pytest.mark.parametrize(
    ("query", "offered", "record"),
    [
        ("ustav ODKB", "устав ОДКБ", "instrument:charter"),
        ("dogovor", "договор", "instrument:cst"),
        ("dogovor o kollektivnoy bezopasnosti", "договор о коллективной безопасности", "instrument:cst"),
        ("zajavlenie", "заявление", ""),
        ("sessiya", "сессия", ""),
        ("mirotvorcheskie sily", "миротворческие силы", "organ:peacekeeping"),
        ("Stat'ya 4", "Статья 4", "provision:cst/art-4"),
        ("Lukashenko vystuplenie", "Лукашенко выступление", "statement:2022-05-16-lukashenko"),
        ("vyxod Uzbekistana", "выход Узбекистана", "state:uzb"),
        ("gosudarstva-chleny ODKB", "государства-члены ОДКБ", "state:arm"),
    ],
)
def test_russian_in_latin_letters_is_offered_in_its_own(query: str, offered: str, record: str) -> None:
    told = data(f"/api/v1/search/?{urlencode({'q': query})}")["did_you_mean"]
    assert told["query"] == offered
    assert record in ("", *found(offered)[:3])


def sessions_of(slug: str) -> set[str]:
    """The sessions in which somebody is not said to have been absent."""
    rows = data(f"/api/v1/attendances/?{urlencode({'person': slug, 'page_size': 200})}")["results"]
    return {f"session:{row['session']}" for row in rows if row["mode"] != "absent"}


class TestPeople:
    """Whoever is looked for is found with his texts, those that quote him, and the sessions he sat in."""

    @pytest.mark.parametrize(
        ("query", "slug"),
        [
            *(("Tokayev", "kassym-jomart-tokayev"), ("Токаев", "kassym-jomart-tokayev")),
            *(("Lukashenko", "alexander-lukashenko"), ("Лукашенко", "alexander-lukashenko")),
            *(("Putin", "vladimir-putin"), ("Pashinyan", "nikol-pashinyan"), ("Рахмон", "emomali-rahmon")),
            *(("Japarov", "sadyr-japarov"), ("Nazarbayev", "nursultan-nazarbayev")),
        ],
    )
    def test_first_the_person_then_the_texts_then_the_sessions(self, query: str, slug: str) -> None:
        results = found(query)
        own, sat = set(found("", speaker=slug)), sessions_of(slug)
        assert results[0] in (f"person:{slug}", NAMESAKE)
        assert f"person:{slug}" in results[:2]
        assert own | sat <= set(results)
        places = [results.index(one) for one in own]
        assert max(places) < min(results.index(one) for one in sat)

    def test_a_report_that_quotes_him_is_found_without_being_his(self) -> None:
        report = "statement:2022-05-16-stability-and-security-mechanism"
        assert report in found("Токаев")
        assert report not in found("Japarov")

    def test_a_session_he_missed_is_not_found_by_him(self) -> None:
        missed = "session:2014-05-08-moscow"
        assert missed in found("Putin")
        assert missed in found("", person="vladimir-putin")
        assert missed not in found("Nazarbayev")
        assert missed not in found("", person="nursultan-nazarbayev")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Secretary General of the CSTO", "person:taalatbek-masadykov"),
        ("chairman of the CSTO", "person:vladimir-putin"),
        ("президент Кыргызстана", "person:sadyr-japarov"),
        ("генсек", "person:taalatbek-masadykov"),
    ],
)
def test_who_holds_an_office_stands_before_who_held_it(query: str, first: str) -> None:
    results = found(query)
    people = [one for one in results if one.startswith("person:")]
    assert (results[0], len(people) > 3) == (first, True)


@pytest.mark.parametrize(
    "query", ["16 May 2022", "16 мая 2022", "16 мая 2022 г.", "May 16, 2022", "16.05.2022", "2022-05-16"]
)
def test_a_day_begins_with_the_gathering_then_what_was_issued_then_the_speeches(query: str) -> None:
    results = found(query)
    assert results[0] == "session:2022-05-16-moscow"
    assert results[1] == "statement:2022-05-16-anniversary"
    assert sorted(results[2:5]) == [
        f"statement:2022-05-16-{who}" for who in ("lukashenko", "putin", "tokayev")
    ]


def test_on_the_day_of_the_treaty_it_stands_behind_the_gathering_that_signed_it() -> None:
    assert found("15 May 1992")[:2] == ["session:1992-05-15-tashkent", "instrument:cst"]
    assert found("15 May 1992 type:instrument")[0] == "instrument:cst"


def test_a_day_beside_other_words_and_another_order_are_asked_as_ever() -> None:
    assert found("Tokayev 16 May 2022")[0] == "statement:2022-05-16-tokayev"
    assert found("16 May 2022", sort="date")[0] != "session:2022-05-16-moscow"
    assert set(found("16 May 2022")) == set(found("May 2022 16"))


@pytest.mark.parametrize(
    "query",
    [
        "Art. 4(2) of the Charter",
        "art. 4 para 2 of the Charter",
        "п. 2 ст. 4 Устава",
        "пункт 2 статьи 4 Устава",
    ],
)
def test_a_paragraph_leads_to_its_article_above_what_is_found(query: str) -> None:
    page = body(ask(f"/search/?{urlencode({'q': query})}")).decode()
    assert 'href="/treaties/charter/art-4/"' in page
    assert 'href="/treaties/cst/art-4/"' not in page.partition("<footer")[0]


class TestFields:
    @pytest.mark.parametrize(
        "value", ["kaz", "Kazakhstan", "Казахстан", '"Republic of Kazakhstan"', "kazakhstan"]
    )
    def test_a_state_is_named_by_id_or_any_spelling(self, value: str) -> None:
        assert found(f"state:{value} peacekeeping") == found("peacekeeping", state="kaz")
        assert "activity:op-kazakhstan-2022" in found("peacekeeping", state="kaz")

    def test_a_family_name_names_a_speaker(self) -> None:
        assert found("speaker:tokayev") == found("", speaker="kassym-jomart-tokayev")
        assert {one.partition(":")[0] for one in found("speaker:tokayev")} == {"statement"}

    def test_a_person_is_in_whatever_he_sat_or_spoke_in(self) -> None:
        results = found("person:pashinyan")
        assert {one.partition(":")[0] for one in results} == {"person", "session", "statement"}

    def test_a_heading_takes_in_the_narrower_ones(self) -> None:
        assert set(found("topic:counter-terrorism")) < set(found("topic:threats"))

    def test_who_cites_an_article_cites_its_treaty(self) -> None:
        assert set(found("cites:cst/art-4")) <= set(found("cites:cst"))
        assert set(found("cites:cst")) - set(found("cites:cst/art-4")) == {"invocation:arm-2021-05"}
        assert found("cites:charter") == []

    def test_years_and_days(self) -> None:
        assert set(found("year:2022 type:statement")) == set(found("after:2022 before:2022 type:statement"))
        assert found("year:2022 type:statement") == found("", year="2022", type="statement")

    @pytest.mark.parametrize(
        ("query", "value", "near"),
        [
            ("before:tomorrow", "tomorrow", None),
            ("state:kazahkstan", "kazahkstan", "kaz"),
            ("type:statment", "statment", None),
            ("speaker:nobody-at-all", "nobody-at-all", None),
        ],
    )
    def test_a_value_that_is_none_is_refused_with_its_place(
        self, query: str, value: str, near: str | None
    ) -> None:
        answer = data(f"/api/v1/search/?{urlencode({'q': f'peacekeeping {query}'})}", 400)
        (error,) = answer["errors"]
        assert (error["parameter"], error["value"]) == ("q", value)
        first = len("peacekeeping ") + query.index(":") + 2
        assert error["detail"].startswith(f"Characters {first} to {first + len(value) - 1}: ")
        if near:
            assert error["nearest"] == near


class TestFacets:
    def test_two_values_of_one_facet_mean_any_of_them_and_count_each_record_once(self) -> None:
        """B046, B047."""
        both = data("/api/v1/search/?state=kaz&state=blr&type=session&page_size=200")
        ids = [one["id"] for one in both["results"]]
        assert len(ids) == len(set(ids)) == both["count"]
        one, other = (set(found("", state=state, type="session")) for state in ("kaz", "blr"))
        assert both["count"] == len(one | other)
        counts = {value["value"]: value["count"] for value in both["facets"]["state"]}
        assert (counts["kaz"], counts["blr"]) == (len(one), len(other))
        assert max(value["count"] for value in both["facets"]["topic"]) <= both["count"]

    def test_a_facet_counts_with_every_narrowing_but_its_own(self) -> None:
        free = data("/api/v1/search/?q=peacekeeping")
        narrowed = data("/api/v1/search/?q=peacekeeping&type=session")
        assert narrowed["facets"]["type"] == free["facets"]["type"]
        told = {value["value"]: value["count"] for value in free["facets"]["type"]}
        assert narrowed["count"] == told["session"]


class TestHits:
    def test_a_passage_is_marked_and_the_link_lands_on_it(self) -> None:
        answer = data(f"/api/v1/search/?{urlencode({'q': 'afghanistan border', 'kind': 'report'})}")
        (hit,) = answer["results"]
        (passage,) = hit["passages"]
        assert "<mark>Afghanistan</mark>" in passage["html"]
        assert passage["html_url"] == f"{hit['html_url']}#{passage['anchor']}"
        shown = body(ask(f"/search/?{urlencode({'q': 'afghanistan border', 'kind': 'report'})}")).decode()
        assert f'href="/statements/{hit["id"]}/#{passage["anchor"]}"' in shown
        landed = body(ask(f"/statements/{hit['id']}/")).decode()
        assert f'id="{passage["anchor"]}"' in landed

    def test_a_summary_is_marked_as_ours(self) -> None:
        shown = body(ask("/search/?q=drug+trafficking&type=statement")).decode()
        assert "Our summary: " in shown
