"""What is found by names, offices and references: exact words, in any case, with what must not be found beside it."""

import pytest

from tests.curation.documents.known import found, recognised

DAY = "Moscow, 16 May 2022.\n\n"


class TestStates:
    def test_a_russian_name_is_found_in_every_case(self) -> None:
        text = "Казахстан, Казахстана, Казахстану, Казахстаном, в Казахстане; Армения, Армении, Арменией, Белоруссию."
        assert found("state", text) == [
            *("Казахстан > kaz", "Казахстана > kaz", "Казахстану > kaz", "Казахстаном > kaz"),
            *("Казахстане > kaz", "Армения > arm", "Армении > arm", "Арменией > arm", "Белоруссию > blr"),
        ]

    def test_the_longest_name_wins(self) -> None:
        text = "В Республике Беларусь, Кыргызской Республике и Российской Федерации, но не в Белоруссии."
        assert found("state", text) == [
            *("Республике Беларусь > blr", "Кыргызской Республике > kgz"),
            *("Российской Федерации > rus", "Белоруссии > blr"),
        ]

    def test_adjectives_small_letters_and_parts_of_words_are_no_names(self) -> None:
        assert (
            found("state", "казахстанский, Российский, рф, PФ, Kazakhstani, russia, Armenian, Арменияда")
            == []
        )

    def test_a_name_in_capitals_and_a_possessive(self) -> None:
        text = "KAZAKHSTAN and Armenia’s neighbours; the Kyrgyz\u00a0Republic"
        assert found("state", text) == ["KAZAKHSTAN > kaz", "Armenia > arm", "Kyrgyz Republic > kgz"]

    def test_parties_and_regions_with_a_state_in_their_name(self) -> None:
        assert (
            found("state", "Вчера «Единая Россия» и Северный Казахстан, but Northern Kazakhstan too.") == []
        )
        assert found("state", "Новая встреча: Россия и Казахстан") == ["Россия > rus", "Казахстан > kaz"]

    def test_a_place_is_a_noun_and_its_adjective_is_none(self) -> None:
        assert found("place", "Встреча в Минске. Минские соглашения. Приехал из Москвы.") == [
            "Минске > Minsk",
            "Москвы > Moscow",
        ]


class TestOrgans:
    def test_names_and_abbreviations(self) -> None:
        text = "Совета коллективной безопасности (СКБ), Совету министров обороны, a session of the CSC"
        assert found("organ", text) == [
            *("Совета коллективной безопасности > csc", "СКБ > csc"),
            *("Совету министров обороны > cmd", "CSC > csc"),
        ]

    def test_the_council_after_one_council_was_named(self) -> None:
        assert found(
            "organ", "The Collective Security Council met. The Council decided, and the council agreed."
        ) == [
            "Collective Security Council > csc",
            "Council > csc",
        ]

    def test_the_council_after_two_or_none_is_nobody(self) -> None:
        assert found("organ", "The Council decided.") == []
        two = "The Collective Security Council and the Council of Ministers of Defence met. The Council decided."
        assert len(found("organ", two)) == 2

    @pytest.mark.parametrize(
        "text",
        [
            "the UN Secretariat",
            "the Secretariat of the United Nations",
            "Секретариат ООН",
            "Парламентская ассамблея ОБСЕ",
            "the CIS Parliamentary Assembly",
        ],
    )
    def test_organs_of_others(self, text: str) -> None:
        assert found("organ", text) == []

    def test_a_name_followed_by_its_organization(self) -> None:
        text = "The Collective Security Council of the Collective Security Treaty Organization"
        assert found("organ", text) == ["Collective Security Council > csc"]
        assert found("instrument", text) == []


class TestPeople:
    def test_in_full_in_any_case_and_order(self) -> None:
        text = "с Касым-Жомартом Токаевым, Никола Пашиняна, Пашинян Никол, Станиславу Васильевичу Засю"
        assert found("person", text) == [
            *("Касым-Жомартом Токаевым > tokayev", "Никола Пашиняна > pashinyan"),
            *("Пашинян Никол > pashinyan", "Станиславу Васильевичу Засю > zas"),
        ]

    def test_initials_that_fit(self) -> None:
        text = "N. Pashinyan, Н.\u00a0Пашинян, С.В.Зась, Пашинян Н.В. и К.-Ж. Токаев"
        assert found("person", text) == [
            *("N. Pashinyan > pashinyan", "Н. Пашинян > pashinyan", "С.В.Зась > zas"),
            *("Пашинян Н.В. > pashinyan", "К.-Ж. Токаев > tokayev"),
        ]

    def test_initials_and_given_names_of_somebody_else(self) -> None:
        assert found("person", "Вчера А. Пашинян и встретивший его Иван Токаев молчали.") == []

    def test_a_family_name_of_two_is_that_of_the_one_who_was_introduced(self) -> None:
        assert found("person", "Akylbek Japarov came. Japarov spoke.") == [
            "Akylbek Japarov > a-japarov",
            "Japarov > a-japarov",
        ]

    def test_a_family_name_of_two_is_that_of_the_one_in_office_with_doubt(self) -> None:
        one = next(each for each in recognised(DAY + "Japarov spoke.").findings if each.kind == "person")
        assert (one.record, one.score) == ("s-japarov", 0.5)
        assert {each.record for each in one.candidates} == {"s-japarov", "a-japarov"}

    def test_a_last_word_is_a_family_name_once_the_name_was_given_in_full(self) -> None:
        assert found("person", "Khan came.") == []
        assert found("person", "Imran Khan came. Khan spoke.") == ["Imran Khan > khan", "Khan > khan"]

    def test_by_the_sound_in_another_script_once_in_full(self) -> None:
        text = "Акылбеком Жапаровым, Имран Хан и Имрана Хана, И. Хан; Хан сказал."
        assert found("person", text) == [
            *("Акылбеком Жапаровым > a-japarov", "Имран Хан > khan", "Имрана Хана > khan"),
            *("И. Хан > khan", "Хан > khan"),
        ]
        assert found("person", "Хан, Иван Хан и Имран Ханов сказали.") == []

    def test_by_the_office_on_the_day(self) -> None:
        text = "The President of Kazakhstan, Armenia’s Prime Minister and the Kyrgyz leader met."
        assert found("person", DAY + text) == [
            *("President of Kazakhstan > tokayev", "Armenia’s Prime Minister > pashinyan"),
            "Kyrgyz leader > s-japarov",
        ]
        assert found("person", "Moscow, 15 May 2012.\n\nThe President of Kazakhstan met them.") == [
            "President of Kazakhstan > nazarbayev"
        ]

    def test_in_russian_by_the_office(self) -> None:
        text = "Президента Казахстана встретил премьер-министр Армении; генсек ОДКБ молчал."
        assert found("person", "Москва, 16 мая 2022 года.\n\n" + text) == [
            *("Президента Казахстана > tokayev", "премьер-министр Армении > pashinyan", "генсек ОДКБ > zas"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "The Presidents of Kazakhstan and Kyrgyzstan met.",
            "The former President of Kazakhstan spoke.",
            "The Deputy Prime Minister of Armenia spoke.",
            "The press service of the President of Kazakhstan said so.",
            "Бывший президент Казахстана выступил.",
            "Пресс-служба президента Казахстана сообщила.",
            "The UN Secretary-General spoke.",
            "The Secretary General of NATO spoke.",
            "The President of Russia spoke.",
        ],
    )
    def test_offices_that_say_nobody(self, text: str) -> None:
        assert found("person", DAY + text) == []

    def test_an_office_beside_a_name_says_nobody_else(self) -> None:
        text = "The President of Kazakhstan, Kassym-Jomart Tokayev, and Nikol Pashinyan, the Prime Minister of Armenia"
        assert found("person", DAY + text) == [
            "Kassym-Jomart Tokayev > tokayev",
            "Nikol Pashinyan > pashinyan",
        ]


class TestInstruments:
    def test_an_article_and_the_instrument_in_it(self) -> None:
        text = "Под статьёй 4 Договора, статьями 7–9 Устава ОДКБ и Article 51 of the UN Charter"
        assert found("provision", text) == [
            *("статьёй 4 Договора > cst/art-4", "статьями 7 > charter/art-7", "– > charter/art-8"),
            *("9 > charter/art-9", "Article 51 of the UN Charter > un-charter/art-51"),
        ]
        assert found("instrument", text) == [
            *("Договора > cst", "Устава ОДКБ > charter", "UN Charter > un-charter"),
        ]

    def test_an_article_of_the_instrument_named_before(self) -> None:
        assert found("provision", "Article 2 of the Treaty asks, Article 4 answers.") == [
            "Article 2 of the Treaty > cst/art-2",
            "Article 4 > cst/art-4",
        ]
        assert found("provision", "Article 4 answers.") == ["Article 4 > ?"]

    def test_numbers_of_articles_as_they_are_written(self) -> None:
        assert found("provision", "Art. 4 CST, Article IV of the Treaty, п. 2 ст. 13 Устава ОДКБ") == [
            *("Art. 4 CST > cst/art-4", "Article IV of the Treaty > cst/art-4"),
            "п. 2 ст. 13 Устава ОДКБ > charter/art-13",
        ]

    def test_the_charter_after_two_charters_is_not_certain(self) -> None:
        both = "The CSTO Charter and the UN Charter were named.\n\nThe Charter says so."
        assert found("instrument", both)[-1] == "Charter > ?"
        one = "The CSTO Charter was named.\n\nThe Charter says so."
        assert found("instrument", one)[-1] == "Charter > charter"

    def test_the_agreement_is_the_one_that_was_named(self) -> None:
        assert found("instrument", "The Agreement on Legal Status was signed. The Agreement holds.")[-1] == (
            "Agreement > status"
        )
        amended = (
            "The Protocol on Amendments to the Agreement on Peacekeeping was signed. The Agreement holds."
        )
        assert found("instrument", amended) == [
            "Protocol on Amendments to the Agreement on Peacekeeping > peace-protocol",
            "Agreement > peace",
        ]

    def test_states_inside_a_title_are_not_counted(self) -> None:
        assert found("place", "The Tashkent Treaty was signed in Minsk.") == ["Minsk > Minsk"]


class TestSessions:
    def test_a_meeting_and_its_day_beside_it(self) -> None:
        text = "The anniversary summit of 16 May 2022 was held. The summit ended."
        assert found("session", text) == ["anniversary summit > 2022-05-16-moscow"]
        assert found("session", "На сессии 16 мая 2022 года решено.") == ["сессии > 2022-05-16-moscow"]

    def test_by_the_day_of_the_document(self) -> None:
        assert found("session", DAY + "The summit ended.") == ["summit > 2022-05-16-moscow"]

    def test_of_two_on_one_day_the_one_in_the_city_that_is_named(self) -> None:
        assert found("session", "On 16 September 2021 the session was held.") == []
        assert found("session", "On 16 September 2021 the session was held in Minsk.") == [
            "session > 2021-09-15-minsk"
        ]

    def test_another_day_or_no_word_for_a_meeting(self) -> None:
        assert found("session", "The summit of 17 May 2022 was held.") == []
        assert found("session", "On 16 May 2022 they spoke.") == []


class TestNotRecognised:
    def test_a_name_that_nobody_bears_has_the_nearest(self) -> None:
        one = recognised("Вчера выступил Касым Тукаев из Бюро.").not_recognised[0]
        assert (one.text, one.kind) == ("Касым Тукаев", "name")
        assert one.candidates[0].record == "tokayev"

    def test_a_slip_of_the_pen_in_one_word(self) -> None:
        held = recognised("It was Kazahstan that spoke, and Tokajev; Monday was quiet.").not_recognised
        assert [(one.text, one.candidates[0].record) for one in held] == [
            ("Kazahstan", "kaz"),
            ("Tokajev", "tokayev"),
        ]

    def test_headings_sentences_and_known_names_are_none(self) -> None:
        host = "Yesterday Nikol Pashinyan met the press. The Republic of Armenia was host there."
        text = f"Leaders Meet In Moscow\n\n{host}"
        assert recognised(text).not_recognised == ()
