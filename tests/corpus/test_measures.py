"""The measures against figures worked out by hand or printed by their authors."""

from math import log, log2

import pytest

from cstokb.corpus.measures import (
    expected,
    keyness,
    log_dice,
    log_likelihood,
    log_ratio,
    mutual_information,
    rate,
)


def test_log_likelihood_is_nought_where_chance_rules_and_grows_with_the_surplus() -> None:
    assert log_likelihood(10, 100, 1000, 10_000) == pytest.approx(0, abs=1e-9)
    assert log_likelihood(11, 100, 1000, 10_000) > 0
    # Dunning 1993, table 2: "the swiss" in 31,777 words: 110, 2442, 111, 29114.
    assert log_likelihood(110, 110 + 2442, 110 + 111, 31_777) == pytest.approx(270.72, abs=0.01)


def test_log_likelihood_is_the_sum_over_the_table() -> None:
    table = ((4, 6 * 9 / 50), (2, 6 * 41 / 50), (5, 44 * 9 / 50), (39, 44 * 41 / 50))
    assert log_likelihood(4, 6, 9, 50) == pytest.approx(2 * sum(o * log(o / e) for o, e in table))
    assert log_likelihood(0, 6, 9, 50) == pytest.approx(
        2 * sum(o * log(o / e) for o, e in ((6, 6 * 41 / 50), (9, 44 * 9 / 50), (35, 44 * 41 / 50)))
    )


def test_mutual_information_and_log_dice_count_in_powers_of_two() -> None:
    assert expected(100, 1000, 10_000) == 10
    assert mutual_information(40, 100, 1000, 10_000) == pytest.approx(2)
    assert mutual_information(10, 100, 1000, 10_000) == pytest.approx(0)
    assert log_dice(8, 8, 8) == 14
    assert log_dice(4, 8, 8) == 13


def test_keyness_is_the_published_example() -> None:
    # Rayson and Garside's formula with its own expected values.
    one, other = 1000 * 30 / 3000, 2000 * 30 / 3000
    assert keyness(20, 1000, 10, 2000) == pytest.approx(2 * (20 * log(20 / one) + 10 * log(10 / other)))
    assert keyness(10, 1000, 20, 2000) == pytest.approx(0, abs=1e-9)
    assert keyness(0, 1000, 20, 2000) == pytest.approx(2 * 20 * log(20 / (2000 * 20 / 3000)))


def test_log_ratio_doubles_and_takes_half_an_occurrence_for_none() -> None:
    assert log_ratio(20, 1000, 10, 2000) == 2
    assert log_ratio(10, 2000, 20, 1000) == -2
    assert log_ratio(8, 1000, 0, 1000) == log2(16)


def test_a_rate_needs_words() -> None:
    assert rate(3, 10_000) == 3
    assert rate(0, 10) == 0
    assert rate(0, 0) is None
