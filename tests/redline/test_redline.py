"""A redline tells both texts exactly, cuts no word, and shows as one change what a reader sees as one."""

import random
import re
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cstokb.redline import Kind, Redline, redline
from cstokb.redline.words import Words
from tests.redline.strategies import anything, patient, prose, versions


def marked(old: str, new: str) -> str:
    """The redline as one line: [-deleted-] and {+inserted+}."""
    form = {Kind.KEPT: "{}", Kind.DELETED: "[-{}-]", Kind.INSERTED: "{{+{}+}}"}
    return "".join(form[kind].format(text) for kind, text in redline(old, new).pieces)


def cuts(pieces: list[str]) -> list[tuple[str, str]]:
    """The neighbours of which the first ends and the second begins inside one word."""
    inside = re.compile(r"\w\Z")
    return [
        (before, after)
        for before, after in pairwise([piece for piece in pieces if piece])
        if inside.search(before) and (re.match(r"\w", after) or unicodedata.combining(after[0]))
    ]


class TestBothTextsComeBack:
    @patient
    @given(anything, anything)
    @example("", "")
    @example("", "и\u0306")
    @example("й", "и\u0306")
    @example("a\r\n\r\nb", "a\n\nb")
    def test_any_two_texts_are_told_exactly(self, old: str, new: str) -> None:
        told = redline(old, new)
        assert (told.old, told.new) == (old, new)

    @patient
    @given(versions())
    def test_two_versions_of_a_text_are_told_exactly(self, both: tuple[str, str]) -> None:
        told = redline(*both)
        assert (told.old, told.new) == both

    @patient
    @given(anything, anything)
    def test_pieces_are_whole_runs(self, old: str, new: str) -> None:
        kinds = [kind for kind, text in redline(old, new).pieces if text]
        allowed = {(Kind.DELETED, Kind.INSERTED), (Kind.KEPT, Kind.DELETED), (Kind.KEPT, Kind.INSERTED)}
        allowed |= {(Kind.DELETED, Kind.KEPT), (Kind.INSERTED, Kind.KEPT)}
        assert set(pairwise(kinds)) <= allowed
        assert len(kinds) == len(redline(old, new).pieces)

    @patient
    @given(anything, anything)
    def test_only_equal_texts_show_no_change(self, old: str, new: str) -> None:
        assert redline(old, new).is_changed == (old != new)

    @patient
    @given(anything)
    def test_words_and_gaps_in_turn_are_the_text(self, text: str) -> None:
        taken = Words.of(text)
        assert "".join(a + b for a, b in zip(taken.gaps, [*taken.words, ""], strict=True)) == text


class TestWordsAreWhole:
    @patient
    @given(versions())
    def test_no_word_is_cut(self, both: tuple[str, str]) -> None:
        pieces = redline(*both).pieces
        for left_out in (Kind.INSERTED, Kind.DELETED):
            assert cuts([text for kind, text in pieces if kind is not left_out]) == []

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("the party", "the parties", "the [-party-]{+parties+}"),
            ("self-defence", "self-help", "[-self-defence-]{+self-help+}"),
            ("Article 4-1", "Article 4-2", "Article [-4-1-]{+4-2+}"),
            ("1,5 million", "1,6 million", "[-1,5-]{+1,6+} million"),
            ("the parties' leaders", "the parties' heads", "the parties' [-leaders-]{+heads+}"),
            ("из-за угрозы", "из-под угрозы", "[-из-за-]{+из-под+} угрозы"),
            ("йод", "иод", "[-йод-]{+иод+}"),
            ("and/or", "and", "and[-/or-]"),
        ],
    )
    def test_a_changed_word_is_changed_as_a_whole(self, old: str, new: str, told: str) -> None:
        assert marked(old, new) == told

    def test_a_letter_in_two_code_points_is_one_letter(self) -> None:
        old, new = (unicodedata.normalize("NFD", text) for text in ("мой йод", "мой лёд"))
        assert redline(old, new).pieces[0] == (Kind.KEPT, unicodedata.normalize("NFD", "мой "))


class TestWhatAReaderSees:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("Help is given.", "Help is given at once.", "Help is given{+ at once+}."),
            ("Help, if asked, is given.", "Help is given.", "Help[-, if asked,-] is given."),
            ("leaders together", "leaders alone", "leaders [-together-]{+alone+}"),
            ("The forces act.", "The joint forces act.", "The {+joint +}forces act."),
            ("A. B word. C.", "A. C.", "A. [-B word. -]C."),
            ("One. Two.", "Nought. One. Two.", "{+Nought. +}One. Two."),
            ("One. Two.", "One. Two. Three.", "One. Two.{+ Three.+}"),
        ],
    )
    def test_white_space_and_points_go_with_the_words(self, old: str, new: str, told: str) -> None:
        assert marked(old, new) == told

    def test_an_island_is_no_ground_to_stand_on(self) -> None:
        old, new = (
            "Whoever the attacker is, aggression counts",
            "Everything that the forces hold, whatever happens",
        )
        assert marked(f"{old}.", f"{new}.") == f"[-{old}-]{{+{new}+}}."

    def test_a_common_word_between_two_small_changes_is_kept(self) -> None:
        assert marked("He met the envoy.", "She saw the chair.").count(" the ") == 1

    def test_four_words_in_a_row_are_never_given_up(self) -> None:
        long_old, long_new = "counsel " * 30, "minister " * 30
        old = f"{long_old}of the first kind {long_old}"
        new = f"{long_new}of the first kind {long_new}"
        assert (Kind.KEPT, " of the first kind ") in redline(old, new).pieces

    def test_a_rewritten_text_is_not_chopped_into_confetti(self) -> None:
        old = "Bases and other installations serving the system need agreements of their own, which fix the place."
        new = "A member may station the troops of outsiders after urgent consultation of the others, and not before."
        assert len(redline(old, new).pieces) <= 3


class TestParagraphs:
    def test_one_taken_out_is_taken_out_whole(self) -> None:
        assert (
            marked("One a.\n\nTwo b.\n\nThree c.", "One a.\n\nThree c.") == "One a.\n\n[-Two b.\n\n-]Three c."
        )

    def test_equal_ones_stand_for_each_other_whatever_changed_round_them(self) -> None:
        old = "The first words.\n\nKept as it is.\n\nThe last words are as it is."
        new = "Others altogether, kept as it is.\n\nKept as it is.\n\nNothing like them."
        assert any(
            "\n\nKept as it is.\n\n" in text for kind, text in redline(old, new).pieces if kind is Kind.KEPT
        )

    def test_one_cut_in_two_shows_the_cut_alone(self) -> None:
        told = redline("One a. Two b.", "One a.\n\nTwo b.")
        assert marked("One a. Two b.", "One a.\n\nTwo b.") == "One a.[- -]{+\n\n+}Two b."
        assert not told.changes_words
        assert told.is_changed

    def test_each_is_compared_with_its_own_version(self) -> None:
        old = "1. First of the text.\n\n2. Second that goes.\n\n3. Third one stays as it is."
        new = "1. First of the text, amended.\n\n3. Third one stays as it is. More.\n\n4. A fourth came."
        assert marked(old, new) == (
            "1. First of the text{+, amended+}.\n\n[-2. Second that goes.\n\n-]"
            "3. Third one stays as it is.{+ More.\n\n4. A fourth came.+}"
        )

    def test_one_cut_in_two_beside_one_that_changed(self) -> None:
        old = "The Council decides by consensus. Its decisions bind the members.\n\nThe seat is in Moscow."
        new = "The Council decides by consensus.\n\nIts decisions bind all members.\n\nThe seat is at Moscow."
        assert marked(old, new) == (
            "The Council decides by consensus.[- -]{+\n\n+}Its decisions bind [-the-]{+all+} members.\n\n"
            "The seat is [-in-]{+at+} Moscow."
        )

    def test_they_are_shown_as_paragraphs(self) -> None:
        shown = redline("One.\n\nTwo.\n\nThree.", "One.\n\nThree now.").paragraphs()
        assert [[(str(kind), text) for kind, text in one] for one in shown] == [
            [("kept", "One.")],
            [("deleted", "Two.¶")],
            [("kept", "Three"), ("inserted", " now"), ("kept", ".")],
        ]

    @patient
    @given(prose, prose)
    def test_none_is_lost_when_they_are_shown(self, old: str, new: str) -> None:
        told = redline(old, new)
        shown = "".join(text for paragraph in told.paragraphs() for _kind, text in paragraph)
        for text in (piece.text for piece in told.pieces):
            assert all(word in shown for word in text.split())


class TestLongTexts:
    """60,000 words each, on a machine that others use too: some seconds are allowed, not minutes."""

    WORDS = 60_000
    SECONDS = 60

    def prose(self, seed: int, paragraph: int = 80) -> str:
        """Words as often as in a language, in paragraphs."""
        chance = random.Random(seed)
        kinds = [f"w{number}" for number in range(8_000)]
        words = chance.choices(kinds, [1 / (place + 1) for place in range(8_000)], k=self.WORDS)
        lines = (" ".join(words[at : at + paragraph]) for at in range(0, self.WORDS, paragraph))
        return ".\n\n".join(lines)

    def timed(self, old: str, new: str) -> Redline:
        began = time.monotonic()
        told = redline(old, new)
        assert time.monotonic() - began < self.SECONDS
        assert (told.old, told.new) == (old, new)
        return told

    def test_a_revision_with_changes_everywhere(self) -> None:
        old, chance = self.prose(1), random.Random(2)
        new = " ".join(word for word in old.split(" ") if chance.random() > 0.05)
        kept = sum(len(text) for kind, text in self.timed(old, new).pieces if kind is Kind.KEPT)
        assert kept > 0.9 * len(new)

    def test_two_that_have_nothing_but_words_in_common(self) -> None:
        self.timed(self.prose(1), self.prose(2))

    def test_one_paragraph_without_an_end(self) -> None:
        self.timed(self.prose(1, self.WORDS), self.prose(2, self.WORDS))

    @pytest.mark.parametrize(
        ("old", "new"),
        [("a " * 60_000, "a b " * 30_000), (" " * 300_000, " " * 200_000 + "x"), ("", "a " * 60_000)],
        ids=["two words", "white space", "nothing"],
    )
    def test_texts_of_hardly_any_words(self, old: str, new: str) -> None:
        self.timed(old, new)

    def test_texts_made_to_be_slow_are_told_coarsely_and_not_late(self) -> None:
        """One common word between words that occur once: each match is a word long, and there are very many."""
        old, new = (
            "\n\n".join(
                f"u{part} " + " ".join(f"x {name}{part}.{number}" for number in range(200))
                for part in range(150)
            )
            for name in "ab"
        )
        assert next(text for kind, text in self.timed(old, new).pieces if kind is Kind.KEPT) == "u0 x "


@patient
@given(st.lists(st.sampled_from(["alpha", "beta", "gamma"]), max_size=8))
def test_nothing_is_deleted_where_words_only_came(words: list[str]) -> None:
    old = " ".join(words)
    told = redline(old, f"{old} omega".strip())
    assert [text for kind, text in told.pieces if kind is Kind.DELETED] == []
