"""Quotations of documents: where they begin and end, in which pieces, and whose words they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstokb.curation.documents.model import Span
from tests.curation.documents.speakers import paragraphs_of, read, said

TOKAYEV, PUTIN, LUKASHENKO = "kassym-jomart-tokayev", "vladimir-putin", "alexander-lukashenko"
SECRETARY = "imangali-tasmagambetov"


class TestMarks:
    @pytest.mark.parametrize(
        ("opened", "closed"),
        [
            ("“", "”"),
            ("«", "»"),
            ("„", "“"),
            ("„", "”"),
            ("”", "”"),
            ('"', '"'),
            ("‹", "›"),
            ("<<", ">>"),
            ("‘", "’"),
            ("'", "'"),
            ("»", "«"),
            ("“", '"'),
            ("«", "”"),
        ],
    )
    def test_every_kind_opens_and_closes_in_both_languages(self, opened: str, closed: str) -> None:
        words = "We are ready to help"
        assert said(f"Tokayev said: {opened}{words}{closed}.") == [(words, TOKAYEV)]
        words = "Мы готовы всем помочь"
        assert said(f"{opened}{words}{closed}, — сказал Токаев.") == [(words, TOKAYEV)]

    def test_an_apostrophe_is_no_mark(self) -> None:
        text = "‘We don’t doubt the States’ people,’ Tokayev said of the members’ duty."
        assert said(text) == [("We don’t doubt the States’ people,", TOKAYEV)]
        assert said("The States' duty isn't in doubt, and Putin's words weren't either.") == []

    def test_nested_marks_belong_to_the_outer_quotation(self) -> None:
        text = "“They put up the “war” with monuments and “rewrite” the past,” Tokayev said."
        assert said(text) == [("They put up the “war” with monuments and “rewrite” the past,", TOKAYEV)]
        text = 'Токаев ответил: "Мы подписали "Договор о дружбе" вчера вечером".'
        assert said(text) == [('Мы подписали "Договор о дружбе" вчера вечером', TOKAYEV)]

    def test_one_mark_may_close_two(self) -> None:
        text = "«Мы подписали «Договор о дружбе», — сказал Токаев. Путин кивнул."
        assert said(text) == [("Мы подписали «Договор о дружбе»", TOKAYEV)]

    def test_an_unclosed_one_ends_with_its_paragraph_and_is_warned_of(self) -> None:
        text = "Article 4 reads: “An attack on one is one on all.\n\nIn 2022 Armenia took the chair."
        found, warnings = read(text)
        assert [(one.text, one.document) for one in found] == [
            ("An attack on one is one on all.", "cst/art-4")
        ]
        assert [(one.code, text[one.start : one.end]) for one in warnings] == [
            ("quotation-unclosed", "“An attack on one is one on all.")
        ]

    def test_paragraphs_each_opened_and_the_last_closed_are_one(self) -> None:
        text = "“The first part of it.\n\n“The second part of it,” Tokayev said.\n\n“Another one of his,” Putin said."
        found, warnings = read(text)
        assert [(one.text, len(one.spans), one.speaker) for one in found] == [
            ("The first part of it. The second part of it,", 2, TOKAYEV),
            ("Another one of his,", 1, PUTIN),
        ]
        assert warnings == []

    def test_who_speaks_in_an_unclosed_one_is_named_in_it(self) -> None:
        assert said("“We asked for help, and help came, Tokayev said in closing.") == [
            ("We asked for help, and help came, Tokayev said in closing.", TOKAYEV)
        ]

    def test_one_opened_in_a_paragraph_and_closed_in_the_next_is_one(self) -> None:
        text = "«Мы открыли новую страницу.\n\nЭто наш путь», — сказал Токаев."
        assert said(text) == [("Мы открыли новую страницу. | Это наш путь", TOKAYEV)]
        assert len(read("«Мы открыли новую страницу.\n\nЭто наш путь, — сказал Токаев.")[1]) == 1


class TestPieces:
    def test_the_author_breaks_in(self) -> None:
        text = "“In general,” the Kazakh President Tokayev continued, “that is a working mechanism.”"
        assert said(text) == [("In general, | that is a working mechanism.", TOKAYEV)]

    @pytest.mark.parametrize("dash", ["—", "–", "-", "--"])
    def test_the_author_breaks_in_between_dashes(self, dash: str) -> None:
        text = f"«В целом, {dash} продолжил Президент Токаев, {dash} это рабочий механизм»."
        assert said(text) == [("В целом, | это рабочий механизм", TOKAYEV)]

    def test_a_dash_of_the_speaker_breaks_nothing(self) -> None:
        text = "«Первое, — заметил Лукашенко, отвечая Путину, — это мир. Второе — сила», — заключил он."
        assert said(text) == [("Первое, | это мир. Второе — сила", LUKASHENKO)]

    def test_it_goes_on_after_a_full_stop(self) -> None:
        assert said("“We must act together now,” said Lukashenko. “Time does not wait.”") == [
            ("We must act together now, | Time does not wait.", LUKASHENKO)
        ]

    def test_and_after_a_verb_that_nobody_has_listed(self) -> None:
        text = "“There is no answer to that,” Tokayev snapped, “and there will be none.”"
        assert said(text) == [("There is no answer to that, | and there will be none.", TOKAYEV)]

    def test_but_not_where_another_one_speaks(self) -> None:
        assert said("“We must act together now,” said Lukashenko. “Time does not wait,” Putin replied.") == [
            ("We must act together now,", LUKASHENKO),
            ("Time does not wait,", PUTIN),
        ]
        assert said("Tokayev said: “We must act together now.” Putin replied: “Time does not wait.”") == [
            ("We must act together now.", TOKAYEV),
            ("Time does not wait.", PUTIN),
        ]
        assert said("«Мы против этого шага», — сказал Токаев. «Договор всегда открыт», — гласит Устав.") == [
            ("Мы против этого шага", TOKAYEV),
            ("Договор всегда открыт", "charter"),
        ]


class TestWhatIsNone:
    @pytest.mark.parametrize(
        "text",
        [
            "They put up a “war” with monuments and saw “bottlenecks”.",
            "Он назвал это «просто работой», а «друзья» промолчали.",
            "Подписан «Договор о коллективной безопасности» государств.",
            "Об этом пишет газета «Вестник безопасности стран Содружества».",
            "Идут учения «Нерушимое братство шести государств».",
            "The exercise “Indestructible Brotherhood of Six States” began.",
            "Они приняли Решение «О мерах по укреплению границы».",
            "Tokayev said that the members were ready to help.",
            "По словам Токаева, организация доказала свою состоятельность.",
        ],
    )
    def test_names_words_in_doubt_and_indirect_speech(self, text: str) -> None:
        assert said(text) == []

    def test_a_few_words_that_were_spoken_are_one(self) -> None:
        assert said("«Спасибо!» — сказал Токаев.") == [("Спасибо!", TOKAYEV)]
        assert said("“Never again,” Tokayev said.") == [("Never again,", TOKAYEV)]

    def test_a_part_of_a_sentence_is_one_from_four_words(self) -> None:
        assert said("Tokayev called it “a really working mechanism”.") == [
            ("a really working mechanism", TOKAYEV)
        ]
        assert said("Tokayev called it “a working mechanism”.") == []


class TestSpeakers:
    @pytest.mark.parametrize(
        ("text", "speaker"),
        [
            ("After talks with Putin, Tokayev said: “{}”", TOKAYEV),
            ("Tokayev, who spoke after Lukashenko, said: “{}”", TOKAYEV),
            ("Tokayev, thanking Putin for his help, said: “{}”", TOKAYEV),
            ("Tokayev told Putin that “{}”.", TOKAYEV),
            ("“{}” was said by Tokayev at the meeting with Putin.", TOKAYEV),
            ("The agency quoted Tokayev as saying: “{}”", TOKAYEV),
            ("According to Tokayev, “{}”.", TOKAYEV),
            ("“{}”, according to Tokayev.", TOKAYEV),
            ("“{}” So said Tokayev. Putin left.", TOKAYEV),
            ("Tokayev touched upon the border. “{} We shall not wait.”", TOKAYEV),
            ("Lukashenko spoke first. Tokayev then thanked Putin. “{},” he said.", TOKAYEV),
            ("Putin, to whom the Kazakh President Tokayev gave the floor, said: “{}”", PUTIN),
            ("“{},” Tokayev snapped.", TOKAYEV),
            ("Tokayev thanked Putin and Lukashenko. “{},” he said.", TOKAYEV),
            ("Tokayev and Putin said: “{}”", ""),
            ("Commenting on the news, Lukashenko was blunt. “{}”", LUKASHENKO),
            ("Lukashenko (President of Belarus): “{}”", LUKASHENKO),
            ("“{}” asked Tokayev, turning to Putin.", TOKAYEV),
            ("Putin agreed with Tokayev’s words that “{}”.", TOKAYEV),
            ("“{},” Tokayev told Putin, adding that he was glad.", TOKAYEV),
            ("Tokayev’s press secretary quoted him as saying: “{}”", TOKAYEV),
            ("The spokesman for Tokayev said: “{}”", ""),
            ("The ministry of Kazakhstan said: “{}”", ""),
            ("The presidents said: “{}”", ""),
            ("“{},” said John Smith.", ""),
            ("“{}” was written on the wall.", ""),
        ],
    )
    def test_english_grammar(self, text: str, speaker: str) -> None:
        words = "We are not going to wait"
        assert [who for _words, who in said(text.format(words))] == [speaker]

    @pytest.mark.parametrize(
        ("text", "speaker"),
        [
            ("После встречи с Путиным Токаев заявил: «{}».", TOKAYEV),
            ("Лукашенко сказал Токаеву: «{}».", LUKASHENKO),
            ("«{}», — сказал Лукашенко Токаеву.", LUKASHENKO),
            ("«{}», – подчеркнул В.Путин, выступая после К.Токаева.", PUTIN),
            ("Касым-Жомарт Токаев поблагодарил Путина. «{}», — отметил он.", TOKAYEV),
            ("«{}», — приводит пресс-служба слова Токаева.", TOKAYEV),
            ("Как отметил Путин, «{}».", PUTIN),
            ("По мнению Токаева, «{}».", TOKAYEV),
            ("Токаев выступил первым. По его словам, «{}».", TOKAYEV),
            ("«{}», — было сказано Токаевым.", TOKAYEV),
            ("Токаев поддержал предложение Лукашенко и добавил: «{}».", TOKAYEV),
            ("Бордюжа сказал: «{}».", "nikolai-bordyuzha"),
            ("«{}», — отметила Роза Отунбаева.", "roza-otunbayeva"),
            ("Путин, которому Президент Токаев передал слово, сказал: «{}».", PUTIN),
            ("Токаев, по словам которого «{}», уехал.", TOKAYEV),
            ("Заняв место председателя, Александр Лукашенко сказал: «{}».", LUKASHENKO),
            ("«{}», — передаёт агентство со ссылкой на Путина.", PUTIN),
            ("Токаев обратился к Путину. «{}», — ответил тот.", PUTIN),
            ("Токаев поблагодарил Путина и Лукашенко. «{}», — сказал он.", TOKAYEV),
            ("Бордюжа, комментируя заявление Пашиняна, напомнил: «{}».", "nikolai-bordyuzha"),
            ("Президент Казахстана считает, что «{}». Об этом Токаев сказал в Москве.", TOKAYEV),
            ("Токаев уехал. В ведомстве сообщили: «{}».", ""),
            ("Пресс-секретарь Токаева сказал: «{}».", ""),
            ("«{}», — сообщила пресс-служба.", ""),
            ("Президенты заявили: «{}».", ""),
            ("«{}», — сказал Иванов, выступая после Токаева.", ""),
        ],
    )
    def test_russian_grammar(self, text: str, speaker: str) -> None:
        words = "мы будем и дальше работать вместе"
        assert [who for _words, who in said(text.format(words))] == [speaker]

    def test_an_office_is_its_holder_in_the_text_and_its_words_are_kept(self) -> None:
        text = (
            "President of Kazakhstan Kassym-Jomart Tokayev met Putin of Russia.\n\n"
            "“We shall help all of you,” the President of Kazakhstan stressed.\n\n"
            "“Nobody is left alone there,” the Kazakh leader added.\n\n"
            "“That is my last word,” said the President of Belarus."
        )
        assert [(one.speaker, one.office) for one in read(text)[0]] == [
            (TOKAYEV, "President of Kazakhstan"),
            (TOKAYEV, "Kazakh leader"),
            ("", "President of Belarus"),
        ]

    def test_a_bare_office_is_that_of_who_bore_it_last(self) -> None:
        text = (
            "Генеральный секретарь ОДКБ Имангали Тасмагамбетов открыл учения. "
            "«Силы готовы к любой задаче», — сообщил генсек.\n\n"
            "Президент России Владимир Путин прислал телеграмму. «Поздравляю вас всех», — пишет глава государства."
        )
        assert [(one.speaker, one.office) for one in read(text)[0]] == [
            (SECRETARY, "генсек"),
            (PUTIN, "глава государства"),
        ]

    def test_a_minister_is_who_was_named_before_unless_he_holds_another_office(self) -> None:
        words = "«Мы это доказали делом», — сказал министр иностранных дел Казахстана."
        assert said(f"Встречу открыл Токаев. {words}") == [("Мы это доказали делом", TOKAYEV)]
        assert said(f"Встречу открыл Президент Казахстана Токаев. {words}") == [("Мы это доказали делом", "")]

    @pytest.mark.parametrize(
        ("text", "speaker"),
        [
            ("“The forces are ready today,” was the assurance of Tasmagambetov.", SECRETARY),
            ("“The seat is kept for them,” was how Tokayev opened the meeting with Putin.", TOKAYEV),
            ("From Putin came a warning: “They will knock at the border.”", PUTIN),
            ("From Putin came a letter. Tokayev said: “We have read it at once.”", TOKAYEV),
            ("Putin listened. Таким был ответ Токаева: «Мы всё это уже читали».", TOKAYEV),
        ],
    )
    def test_a_noun_of_saying_names_whose_words_they_are(self, text: str, speaker: str) -> None:
        assert [one[1] for one in said(text)] == [speaker]

    def test_he_is_not_whom_a_question_was_about(self) -> None:
        text = "Tasmagambetov spoke first. Asked whether Pashinyan had written, he answered: “{}”"
        assert said(text.format("Ask him yourselves, please.")) == [
            ("Ask him yourselves, please.", SECRETARY)
        ]
        text = text.replace("whether Pashinyan had written", "by reporters, Pashinyan smiled, and")
        assert said(text.format("Ask him yourselves, please."))[0][1] == "nikol-pashinyan"

    def test_the_minister_alone_is_who_was_named_last_but_no_president(self) -> None:
        text = "{} приехал утром. «Считать её бумагой мы не советуем», — заявил министр."
        assert said(text.format("Бордюжа"))[0][1] == "nikolai-bordyuzha"
        assert said(text.format("Президент Казахстана Токаев"))[0][1] == ""

    def test_who_is_told_of_does_not_add(self) -> None:
        text = "Токаев напомнил, что стороны договорились, добавив: «Считать её бумагой не надо»."
        assert said(text) == [("Считать её бумагой не надо", TOKAYEV)]

    def test_what_the_author_tells_between_parts_two_quotations(self) -> None:
        text = "По словам Токаева, положение «остаётся тревожным и требует внимания», {} «не уменьшился ни на час»."
        assert len(said(text.format("а поток, как он подчеркнул,"))) == 2
        assert len(said(text.format("а затем подчеркнул он,"))) == 1

    def test_she_is_a_woman(self) -> None:
        text = (
            "Отунбаева открыла заседание. Путин выступил вторым. "
            "«Это наш долг перед народом», — ответила она. «Согласен с каждым словом», — сказал он."
        )
        assert [who for _words, who in said(text)] == ["roza-otunbayeva", PUTIN]


class TestTexts:
    @pytest.mark.parametrize(
        ("text", "document"),
        [
            ("The Charter states that members “{}”.", "charter"),
            ("Tokayev recalled Article 4 of the Treaty: “{}”", "cst/art-4"),
            ("The key Article 4 of the Treaty reads: “{}”", "cst/art-4"),
            ("“{}”, the wording of the Treaty says.", "cst"),
            ("According to the Charter, members “{}”.", "charter"),
            ("In accordance with the Charter, members “{}”.", "charter"),
            ("Согласно статье 4 Договора, члены «{}».", "cst/art-4"),
            ("The Charter is plain. In our restatement it says that members “{}”.", "charter"),
            ("Leaders signed the Charter, of which the preamble was to read: “{}”", "charter"),
            ("“{}” – this is how the Treaty puts it.", "cst"),
            ("Tokayev recalled Article 4 of the Treaty:\n\n“{}”", "cst/art-4"),
            ("Токаев подписал Устав. «{}», — гласит этот документ.", "charter"),
            ("В Уставе говорится: «{}».", "charter"),
            ("В статье 4 Договора сказано: «{}».", "cst/art-4"),
            ("«{}», — говорится в Уставе.", "charter"),
            ("Статья 4 Договора гласит: «{}».", "cst/art-4"),
            ("Leaders signed the Charter. “{},” the document says.", "charter"),
        ],
    )
    def test_words_of_a_text_are_nobody_s(self, text: str, document: str) -> None:
        found = read(text.format("shall help one another in need"))[0]
        assert [(one.speaker, one.document) for one in found] == [("", document)]

    def test_a_statement_of_somebody_is_theirs(self) -> None:
        assert said("In the statement by Putin it is said: “We condemn any attempt at it.”") == [
            ("We condemn any attempt at it.", PUTIN)
        ]


class TestWithoutMarks:
    def test_labels_of_a_transcript(self) -> None:
        text = (
            "K. Tokayev: We should do more for the region.\n\nAnd one more thing.\n\n"
            "Question: And when will that be?\n\nPUTIN: soon\n\n"
            "Putin: I agree with every word of it.\n\n(Applause.)\n\nThe end."
        )
        assert said(text) == [
            ("We should do more for the region. | And one more thing.", TOKAYEV),
            ("And when will that be?", ""),
            ("soon", ""),
            ("I agree with every word of it.", PUTIN),
        ]

    def test_answers_are_those_of_the_one_who_was_named_before_the_first_question(self) -> None:
        talk = "Вопрос: Готовы ли вы к этому?\n\nОтвет: Мы готовы к этому давно.\n\nИ скажу ещё об одном."
        assert said(f"Токаев ответил на вопросы.\n\n{talk}") == [
            ("Готовы ли вы к этому?", ""),
            ("Мы готовы к этому давно. | И скажу ещё об одном.", TOKAYEV),
        ]
        assert [one[1] for one in said(f"Токаев и Путин ответили на вопросы.\n\n{talk}")] == ["", ""]

    def test_a_list_of_names_is_no_transcript(self) -> None:
        assert said("Президент: Токаев.\n\nУчастники сессии съехались в Москву.") == []

    def test_a_heading_with_a_label_is_what_was_said(self) -> None:
        text = (
            "Токаев: Мы укрепим границы региона\n\nВ Москве прошла сессия Совета коллективной безопасности."
        )
        assert said(text, headings=(0,)) == [("Мы укрепим границы региона", TOKAYEV)]

    def test_after_a_colon(self) -> None:
        text = (
            "Президент Казахстана Токаев сказал:\n\nМы открываем новую страницу.\n\nПотом все уехали домой."
        )
        assert said(text) == [("Мы открываем новую страницу.", TOKAYEV)]
        assert said("Президент Токаев сказал: Мы открываем новую страницу.") == [
            ("Мы открываем новую страницу.", TOKAYEV)
        ]
        assert said("Токаев назвал главное достижение: мир и покой в регионе.") == []

    def test_a_dialogue_with_dashes(self) -> None:
        asked = "— Когда? — спросил Лукашенко."
        text = f"— Мы готовы помочь, — сказал Токаев. — Надо идти дальше.\n\n{asked}\n\n— Завтра утром."
        assert said(text) == [
            ("Мы готовы помочь, | Надо идти дальше.", TOKAYEV),
            ("Когда?", LUKASHENKO),
            ("Завтра утром.", ""),
        ]
        assert said("Главные задачи:\n\n— Развитие сил;\n\n— Охрана границ.") == []

    def test_what_a_page_sets_off(self) -> None:
        after = "Then all of them went home, and the long day was over for everybody who had come."
        text = f"Tokayev noted the following:\n\nWe are ready to help.\n\nNobody is left alone.\n\n{after}"
        assert said(text, quoted=(1, 2)) == [("We are ready to help. | Nobody is left alone.", TOKAYEV)]
        text = f"There was a word from Minsk.\n\n“We are ready to help.”\n\n— Alexander Lukashenko\n\n{after}"
        assert said(text, quoted=(1, 2)) == [("We are ready to help.", LUKASHENKO)]


class TestHeadings:
    def test_a_heading_has_the_voice_of_the_words_it_is_taken_from(self) -> None:
        text = (
            "“We will oppose any attempts to rewrite history”\n\n“It is a fine day today,” Putin said.\n\n"
            "“Together we will go on to oppose any attempts to rewrite our history,” Tokayev said."
        )
        assert said(text, headings=(0,))[0] == ("We will oppose any attempts to rewrite history", TOKAYEV)

    def test_or_that_of_all_below_it_or_none(self) -> None:
        text = "“The support of partners matters”\n\n“It is a fine day today,” Putin said."
        assert said(text, headings=(0,))[0] == ("The support of partners matters", PUTIN)
        text += "\n\n“It is a very dull day,” Tokayev said."
        assert said(text, headings=(0,))[0] == ("The support of partners matters", "")


_WORDS = st.sampled_from(
    [
        *"«»“”„‟\"‘’'‹›—–-:.,?!…\n",
        *("\n\n", "<<", ">>", " ", " — ", "», — ", ",” "),
        *(
            "Tokayev",
            "Токаев",
            "President of Kazakhstan",
            "Президент Казахстана",
            "said",
            "сказал",
            "he",
            "он",
        ),
        *(
            "Article 4 of the Treaty",
            "говорится",
            "Уставе",
            "according to",
            "по словам",
            "who",
            "we are",
            "İ",
            "ё",
        ),
    ]
)


class TestAnyText:
    @given(st.lists(_WORDS, max_size=60), st.sampled_from(["", " "]))
    def test_spans_are_within_the_text_in_order_and_apart(self, words: list[str], blank: str) -> None:
        text = blank.join(words)
        paragraphs = paragraphs_of(text)
        found, warnings = read(text, headings=tuple(range(len(paragraphs)))[:1])
        spans: list[Span] = sorted(span for one in found for span in one.spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
        assert all(list(one.spans) == sorted(one.spans) for one in found)
        assert [one.spans[0] for one in found] == sorted(one.spans[0] for one in found)
        assert all(one.text == " ".join(text[start:end] for start, end in one.spans) for one in found)
        assert all(0 <= one.start <= one.end <= len(text) for one in warnings)

    @given(st.text(max_size=200))
    def test_no_text_is_too_strange(self, text: str) -> None:
        read(text)

    @pytest.mark.parametrize(
        "sign", ["«", "»", '"', "“ ", '" ', "“a b c d” ", "‘a ", "«a\n\n", "a»\n\n", "— А, — сказал он. "]
    )
    def test_a_long_row_of_marks_takes_no_longer_than_its_length(self, sign: str) -> None:
        text = sign * (60_000 // len(sign))
        found, _warnings = read(text)
        assert len(found) <= len(text)
