"""How alike passages are, and two texts passage by passage: pure rules."""

import random

import pytest

from statements.choices import KinKind
from statements.formulas.alignment import Outcome, align
from statements.formulas.words import QUOTED, Words, kinship, likeness

AFGHAN = "The member states express concern about the situation in Afghanistan and call for national reconciliation."


def outcomes(old: list[str], new: list[str]) -> list[tuple[str, int | None, int | None]]:
    return [(row.outcome.value, row.old, row.new) for row in align(old, new)]


class TestWords:
    def test_case_punctuation_and_yo_make_no_difference(self) -> None:
        one, other = Words.of("«Всё» — для  мира; СТОЙКО."), Words.of("Все для мира, стойко")
        assert one.words == other.words
        assert one.digest("ru") == other.digest("ru")

    def test_a_word_more_does_and_so_does_the_language(self) -> None:
        one = Words.of("All for peace")
        assert one.digest("en") != Words.of("All for the peace").digest("en")
        assert one.digest("en") != one.digest("fr")
        assert one.fingerprints("en").isdisjoint(one.fingerprints("fr"))

    def test_a_run_of_eight_words_is_found_wherever_it_stands(self) -> None:
        chance = random.Random(4)
        for _time in range(50):
            run = [f"w{chance.randrange(10**6)}" for _word in range(8)]
            texts = []
            for _side in range(2):
                around = [f"w{chance.randrange(10**6)}" for _word in range(chance.randrange(80))]
                place = chance.randrange(len(around) + 1)
                texts.append(Words.of(" ".join([*around[:place], *run, *around[place:]])))
            assert texts[0].fingerprints("en") & texts[1].fingerprints("en")

    def test_a_text_keeps_few_of_its_shingles(self) -> None:
        words = Words.of(" ".join(f"w{number}" for number in range(400)))
        assert len(words.shingles) == 398
        assert 80 < len(words.fingerprints("en")) < 150


class TestKinship:
    def test_a_word_put_in_is_a_version(self) -> None:
        longer = AFGHAN.replace("express concern", "express their deep concern")
        found = kinship(Words.of(AFGHAN), Words.of(longer))
        assert found is not None
        assert found.kin is KinKind.ALTERED
        assert 0.6 < found.share < 0.9

    def test_common_words_and_short_runs_are_none(self) -> None:
        other = "The member states express concern about terrorism and call on all to fight it in every way."
        assert kinship(Words.of(AFGHAN), Words.of(other)) is None
        assert likeness(Words.of("In Moscow today"), Words.of("In Moscow tonight")) == 0

    def test_four_words_in_a_row_are_no_version_and_five_are(self) -> None:
        assert likeness(Words.of("one two three four six"), Words.of("one two three four seven")) == 0
        assert likeness(Words.of("one two three four five six"), Words.of("one two three four five")) > 0.8

    @pytest.mark.parametrize(("run", "kin"), [(QUOTED - 1, None), (QUOTED, KinKind.QUOTED)])
    def test_a_long_run_in_another_text_is_a_quotation(self, run: int, kin: KinKind | None) -> None:
        said = [f"said{number}" for number in range(run)]
        one = Words.of(" ".join([*(f"a{number}" for number in range(40)), *said]))
        other = Words.of(" ".join([*said, *(f"b{number}" for number in range(40))]))
        found = kinship(one, other)
        assert (found.kin if found else None) == kin


class TestAlignment:
    def test_kept_altered_new_and_dropped(self) -> None:
        old = ["We, the heads of state, declare:", AFGHAN, "We welcome the observers from the CIS."]
        new = [
            "We, the heads of state, declare:",
            "Nothing like it before.",
            AFGHAN.replace("call", "also call"),
        ]
        assert outcomes(old, new) == [
            ("repeated", 0, 0),
            ("new", None, 1),
            ("altered", 1, 2),
            ("dropped", 2, None),
        ]

    def test_a_passage_that_moved_is_repeated(self) -> None:
        assert outcomes(["a a a a a", "b b b b b"], ["b b b b b", "a a a a a"]) == [
            ("repeated", 1, 0),
            ("repeated", 0, 1),
        ]

    def test_what_is_said_twice_has_one_partner_and_nothing_is_new(self) -> None:
        assert outcomes([AFGHAN], [AFGHAN, AFGHAN]) == [("repeated", 0, 0), ("repeated", 0, 1)]
        assert outcomes([AFGHAN, AFGHAN], [AFGHAN]) == [("repeated", 0, 0)]

    def test_the_most_alike_are_paired(self) -> None:
        near, nearer = AFGHAN.replace("express", "feel and voice"), AFGHAN.replace("concern", "worry")
        rows = align([near, nearer], [AFGHAN])
        assert [(row.outcome, row.old) for row in rows if row.new == 0] == [(Outcome.ALTERED, 1)]

    def test_nothing_beside_something(self) -> None:
        assert outcomes([], ["a"]) == [("new", None, 0)]
        assert outcomes(["a"], []) == [("dropped", 0, None)]
        assert outcomes([], []) == []

    def test_each_passage_of_both_texts_stands_once_where_nothing_merged(self) -> None:
        old = [f"{AFGHAN} {number} {number + 1} {number + 2}" for number in range(0, 300, 3)]
        new = old[10:60] + [f"Quite other words number {number}." for number in range(5)]
        rows = align(old, new)
        assert [row.new for row in rows if row.new is not None] == list(range(55))
        assert sorted(
            row.old for row in rows if row.outcome == Outcome.REPEATED if row.old is not None
        ) == list(range(10, 60))
