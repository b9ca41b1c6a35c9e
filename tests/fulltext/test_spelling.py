"""Words that are nearly written like others."""

import pytest

from cstokb.fulltext import engine
from cstokb.fulltext.correction import corrected
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.spelling import bones, distance, neighbours, tolerance
from cstokb.fulltext.vocabulary import learn


def put(number: int, text: str) -> None:
    engine.index([Document(number, "statement", segments=(Segment("p1", "en", text),))])


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("treaty", "treaty", 0),
        ("treaty", "traety", 1),
        ("treaty", "teaty", 1),
        ("treaty", "treatty", 1),
        ("treaty", "theaty", 1),
        ("treaty", "taerty", 2),
        ("treaty", "yttera", 3),
        ("", "ab", 2),
        ("договор", "дагавор", 2),
        ("security", "", 3),
    ],
)
def test_letters_added_left_out_taken_for_others_and_exchanged_are_counted(
    one: str, other: str, apart: int
) -> None:
    assert min(distance(one, other, 2), 3) == apart
    assert min(distance(other, one, 2), 3) == apart


@pytest.mark.parametrize(
    ("form", "far"), [("pac", 0), ("pact", 1), ("treaties", 2), ("2022", 0), ("a" * 31, 0), ("пакт", 1)]
)
def test_how_far_a_word_may_be_goes_by_its_length(form: str, far: int) -> None:
    assert tolerance(form) == far


def test_bones_are_the_consonants_of_a_word() -> None:
    assert [bones(form) for form in ("treaty", "договоренность", "aoe", "s300")] == [
        "trt",
        "дгврннст",
        "",
        "",
    ]


@pytest.mark.django_db
class TestNeighbours:
    @pytest.mark.parametrize(
        ("slip", "found"),
        [
            ("teraty", ["treaty"]),
            ("treeaty", ["treaty"]),
            ("reaty", ["treaty"]),
            ("трактот", []),
            ("дагавор", []),  # seven letters, two slips
            ("даговор", ["договор"]),
            ("peeceekeeping", ["peacekeeping"]),
            ("peacekiping", ["peacekeeping"]),
            ("tre", []),
            ("treaty", ["treats"]),  # itself is no neighbour
        ],
    )
    def test_what_is_near_is_found_and_nothing_else(self, slip: str, found: list[str]) -> None:
        learn((form, form) for form in ("treaty", "treats", "договор", "peacekeeping", "threat"))
        near = neighbours([slip]).get(slip, [])
        assert [form for _apart, form in near if form != "treats" or slip == "treaty"] == found

    @pytest.mark.parametrize(
        ("reading", "found"),
        [
            ("сесия", ["сессия"]),
            ("безоппасност", ["безопасность"]),
            ("сопасность", ["опасность"]),
            ("мессия", []),  # another consonant is no way of writing the same
            ("сессии", ["сессия"]),
        ],
    )
    def test_a_reading_may_lack_signs_and_doubled_letters(self, reading: str, found: list[str]) -> None:
        learn((form, form) for form in ("сессия", "безопасность", "опасность"))
        assert [form for _apart, form in neighbours([], [reading])[reading]] == found

    def test_every_slip_of_one_letter_is_found(self) -> None:
        learn([("securing", "secur")])
        for letter in "aeхbyzй":
            for at in range(8):
                for slip in (
                    "securing"[:at] + letter + "securing"[at:],
                    "securing"[:at] + letter + "securing"[at + 1 :],
                    "securing"[:at] + "securing"[at + 1 :],
                    "securing"[:at] + "securing"[at + 1 : at + 2] + "securing"[at] + "securing"[at + 2 :],
                ):
                    if slip != "securing" and tolerance(slip) and slip.isascii():
                        assert neighbours([slip])[slip][0] == (1, "securing"), slip


@pytest.mark.django_db
class TestCorrection:
    @pytest.mark.parametrize(
        ("query", "meant"),
        [
            ("secutiry", "security"),
            ("Secutiry pact", "Security pact"),
            ("SECUTIRY", "SECURITY"),
            ('="colective defence" -secutiry', '="collective defence" -secutiry'),
            ("(pact OR secutiry) NEAR/5 colective", "(pact OR security) NEAR/5 collective"),
            ("state:kazz secutiry Article 4", "state:kazz security Article 4"),
            ("tokaev-secutiry", "tokaev-security"),
            ("безопастность", "безопасность"),
            ("ltajkn", ""),
            (",tpjgfcyjcnm", "безопасность"),
            (",tpjgfctyjcnm", "безопасность"),
            ("ышсуиду", ""),
            ("зфсе", "pact"),
            ("pact securities", ""),  # another form of a word that is held
            ("secutiry*", ""),
            ("secutiry wods nowere atall qqqqq zzzzz", "security wods nowere atall qqqqq zzzzz"),
            ("secutiry wods nowere atall qqqqq zzzzz xxxxx", ""),
            ("bezopasnost'", "безопасность"),
            ("bezopasnost o pact", "безопасность о pact"),
            ("bezopasnost securities v pact", "безопасность securities в pact"),
            ("bezopasnost pakt", "безопасность pact"),
            ("o pakt", "o pact"),
            ("bezopasnost*", ""),
            ("-bezopasnost secutiry", "-bezopasnost security"),
            ("bezopasnost4 v", ""),
            ("zzzzzz", ""),
            ("", ""),
        ],
    )
    def test_words_that_nothing_holds_are_put_right_and_the_rest_stays(self, query: str, meant: str) -> None:
        put(1, "Collective security and collective defence by a pact.")
        put(2, "Безопасность; Tokaev said more of security.")
        assert corrected(query, ("state",), rare=False) == meant

    def test_what_only_a_removed_record_held_is_offered_no_more(self) -> None:
        put(1, "Peacekeeping")
        assert corrected("peacekeping", (), rare=False) == "peacekeeping"
        engine.remove([1])
        assert corrected("peacekeping", (), rare=False) == ""

    def test_a_word_that_one_record_holds_gives_way_to_one_that_many_hold(self) -> None:
        put(1, "The pact on secuirty.")
        for number in range(2, 11):
            put(number, "Security")
        assert corrected("secuirty", (), rare=True) == ""
        put(11, "Security")
        assert corrected("secuirty", (), rare=True) == "security"
        assert corrected("secuirty", (), rare=False) == ""
