"""Collocations and keyness: every figure against plain Python on the same few texts."""

import csv
import io
from collections import Counter
from math import log, log2
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.corpus.world import SAID
from tests.listing.asking import ask, body, data, faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts")]

PHRASE = quote('"collective security"')


def plain(node: tuple[str, ...], window: int) -> tuple[Counter[str], Counter[str], int]:
    """Words near those of the node, all words that are none of them, and how many of these are near."""
    near: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for said in SAID:
        if said.language != "en":
            continue
        hits = {at for at, word in enumerate(said.words) if word in node}
        for at, word in enumerate(said.words):
            if at in hits:
                continue
            others[word] += 1
            if any(abs(at - hit) <= window for hit in hits):
                near[word] += 1
    return near, others, near.total()


def log_likelihood(a: int, row: int, column: int, total: int) -> float:
    cells = {
        (a, row * column / total),
        (row - a, row * (total - column) / total),
        (column - a, (total - row) * column / total),
        (total - row - column + a, (total - row) * (total - column) / total),
    }
    return 2 * sum(seen * log(seen / wanted) for seen, wanted in cells if seen)


class TestCollocations:
    @pytest.mark.parametrize("window", [1, 5])
    def test_the_figures_are_those_of_a_plain_reading(self, window: int) -> None:
        near, others, row = plain(("security", "securities"), window)
        found = data(f"/api/v1/collocations/?q=security&least=1&stopwords=yes&window={window}")
        assert (found["hits"], found["words"], found["near_words"]) == (7, others.total(), row)
        attracted = {word for word, n in near.items() if n > row * others[word] / others.total()}
        assert {one["word"] for one in found["results"]} == attracted
        for one in found["results"]:
            word, both = one["word"], near[one["word"]]
            chance = row * others[word] / others.total()
            assert (one["together"], one["frequency"]) == (both, others[word])
            assert one["expected"] == pytest.approx(chance, abs=1e-4)
            assert one["mi"] == pytest.approx(log2(both / chance), abs=1e-4)
            assert one["log_dice"] == pytest.approx(14 + log2(2 * both / (7 + others[word])), abs=1e-4)
            assert one["log_likelihood"] == pytest.approx(
                log_likelihood(both, row, others[word], others.total()), abs=1e-4
            )

    def test_common_and_rare_companions_are_left_out_unless_asked_for(self) -> None:
        words = [one["word"] for one in data("/api/v1/collocations/?q=security&least=1")["results"]]
        assert "collective" in words
        assert "of" not in words
        assert [
            one["word"] for one in data("/api/v1/collocations/?q=security&least=3&window=2")["results"]
        ] == []
        assert [
            one["word"] for one in data("/api/v1/collocations/?q=security&least=2&window=1")["results"]
        ] == [
            "collective",
            "border",
        ]

    def test_a_phrase_has_companions_and_is_none_of_its_own(self) -> None:
        found = data(f"/api/v1/collocations/?q={PHRASE}&least=1&window=2")
        assert found["hits"] == 2
        words = {one["word"] for one in found["results"]}
        assert {"states", "border", "aim"} >= words - {"security"}
        assert "collective" not in words

    def test_sorting_and_limits(self) -> None:
        for sort in ("mi", "log_dice", "together", "log_likelihood"):
            figures = [
                one[sort] for one in data(f"/api/v1/collocations/?q=border&least=1&sort={sort}")["results"]
            ]
            assert figures == sorted(figures, reverse=True), sort
        assert [one["parameter"] for one in faults("/api/v1/collocations/?q=border&window=16&least=0")] == [
            "window",
            "least",
        ]
        assert [one["parameter"] for one in faults("/api/v1/collocations/?q=border&on=2012")] == ["on"]
        assert [one["code"] for one in faults("/api/v1/collocations/")] == ["required"]

    def test_files_have_what_the_page_has_at_the_same_cost(self) -> None:
        wanted = [one["word"] for one in data("/api/v1/collocations/?q=border&least=1")["results"]]
        rows = csv.DictReader(io.StringIO(body(ask("/search/collocations.csv?q=border&least=1")).decode()))
        assert [row["word"] for row in rows] == wanted
        page = body(ask("/ru/search/collocations/?q=border&least=1")).decode()
        assert all(f">{word}</a>" in page for word in wanted)
        counts = set()
        for query in ("drugs", "security"):
            with CaptureQueriesContext(connection) as held:
                data(f"/api/v1/collocations/?q={query}")
            counts.add(len(held))
        assert counts == {3}


class TestKeyness:
    def plain(self, **about: str) -> tuple[Counter[str], Counter[str]]:
        here: Counter[str] = Counter()
        there: Counter[str] = Counter()
        for said in SAID:
            if said.language == "en":
                own = all(getattr(said, name) == value for name, value in about.items())
                (here if own else there).update(said.words)
        return here, there

    def test_the_figures_are_those_of_a_plain_reading(self) -> None:
        here, there = self.plain(speaker="tokayev")
        c, d = here.total(), there.total()
        found = data("/api/v1/keyness/?speaker=tokayev&least=1&stopwords=yes&lang=en")
        assert (found["language"], found["words"], found["rest_words"]) == ("en", c, d)
        over = {word for word, a in here.items() if a / c > (there[word] or 0.5) / d}
        assert {one["word"] for one in found["results"]} == over
        for one in found["results"]:
            a, b = here[one["word"]], there[one["word"]]
            e1, e2 = c * (a + b) / (c + d), d * (a + b) / (c + d)
            assert (one["count"], one["rest"]) == (a, b)
            assert one["log_likelihood"] == pytest.approx(
                2 * (a * log(a / e1) + (b * log(b / e2) if b else 0)), abs=1e-4
            )
            assert one["log_ratio"] == pytest.approx(log2((a / c) / ((b or 0.5) / d)), abs=1e-4)
            assert one["per_10k"] == pytest.approx(a * 10_000 / c, abs=1e-4)

    def test_the_other_direction_tells_what_is_said_less_often_here(self) -> None:
        _here, there = self.plain(speaker="tokayev")
        found = data("/api/v1/keyness/?speaker=tokayev&least=2&direction=under&lang=en")
        words = [one["word"] for one in found["results"]]
        assert "border" not in words
        assert all(there[word] >= 2 for word in words)
        assert all(one["log_ratio"] < 0 for one in found["results"])

    def test_texts_are_compared_in_the_language_in_which_they_have_most_words(self) -> None:
        assert data("/api/v1/keyness/?state=kaz&least=1")["language"] == "en"
        russian = data("/api/v1/keyness/?state=kaz&least=1&lang=ru")
        assert (russian["language"], russian["words"], russian["rest_words"], russian["results"]) == (
            "ru",
            7,
            0,
            [],
        )

    def test_a_query_names_the_texts_too(self) -> None:
        by_field = data("/api/v1/keyness/?q=speaker:tokayev&least=1")["results"]
        assert by_field == data("/api/v1/keyness/?speaker=tokayev&least=1")["results"]
        assert data("/api/v1/keyness/?q=drugs&least=1")["words"] == 12

    def test_what_names_no_texts_is_refused_and_what_has_no_rest_said(self) -> None:
        assert [one["code"] for one in faults("/api/v1/keyness/")] == ["required"]
        assert [one["code"] for one in faults("/api/v1/keyness/?lang=en")] == ["required"]
        assert [one["parameter"] for one in faults("/api/v1/keyness/?state=kaz&on=2012")] == ["on"]
        assert "There is nothing to compare" in body(ask("/search/keyness/?after=2000")).decode()

    def test_files_have_what_the_page_has_at_the_same_cost(self) -> None:
        wanted = [one["word"] for one in data("/api/v1/keyness/?state=kaz&least=1")["results"]]
        rows = csv.DictReader(io.StringIO(body(ask("/search/keyness.csv?state=kaz&least=1")).decode()))
        assert [row["word"] for row in rows] == wanted
        page = body(ask("/search/keyness/?state=kaz&least=1")).decode()
        assert all(f">{word}</a>" in page for word in wanted)
        counts: dict[str, Any] = {}
        for state in ("kaz", "arm"):
            with CaptureQueriesContext(connection) as held:
                data(f"/api/v1/keyness/?state={state}")
            counts[state] = len(held)
        assert set(counts.values()) == {5}
