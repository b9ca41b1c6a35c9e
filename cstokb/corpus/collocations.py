"""Collocations: the words that stand near a word, or near what a query finds, more often than chance would have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from cstokb.corpus.filters import LEAST_TOGETHER, WINDOW, Asked, CollocationFilters
from cstokb.corpus.finding import Finder, Held, passages
from cstokb.corpus.measures import expected, log_dice, log_likelihood, mutual_information
from cstokb.fulltext.stopwords import STOP_WORDS

PAGE_SIZE = 50
DIGITS = 4
KEYS = ("word", "together", "expected", "frequency", "log_likelihood", "mi", "log_dice")


class Collocations:
    """One page of the words that stand near what a query finds."""

    def __init__(self, filters: CollocationFilters, page: int = 1, size: int = PAGE_SIZE) -> None:
        self.filters, self.ask, self.page, self.size = filters, filters.ask, page, size
        self.asked = Asked(filters, filters.query)
        self.window = int(filters.chosen("window", WINDOW))
        self.least = int(filters.chosen("least", LEAST_TOGETHER))
        self.sort = str(filters.chosen("sort", "log_likelihood"))
        self.with_stop_words = filters.chosen("stopwords", "no") == "yes"
        #: Hits; words that are no part of a hit, all and those near one; how often each word is among either.
        self.hits = self.words = self.near_words = 0
        self.frequency: Counter[str] = Counter()
        self.together: Counter[str] = Counter()

    @cached_property
    def ranked(self) -> list[dict[str, Any]]:
        """Every word that stands near a hit often enough, and more often than by chance."""
        if not self.asked.nothing:
            self._count()
        found = [self._figures(word) for word, times in self.together.items() if self._is_told(word, times)]
        drawn = [one for one in found if one["together"] > one["expected"]]
        return sorted(drawn, key=lambda one: (-one[self.sort], -one["together"], one["word"]))

    @property
    def is_empty(self) -> bool:
        """Whether there is no text at all."""
        return not self.ranked and not self.words

    @property
    def count(self) -> int:
        """How many such words there are."""
        return len(self.ranked)

    @property
    def results(self) -> list[dict[str, Any]]:
        """The words of the page."""
        return self.ranked[(self.page - 1) * self.size : self.page * self.size]

    def every(self) -> Iterator[dict[str, Any]]:
        """All of them."""
        yield from self.ranked

    def _count(self) -> None:
        """Read what the query finds, then the words of all passages that this is measured against."""
        languages = self.asked.languages
        for held in passages(self.asked.found_in(languages), Finder(self.asked.words)):
            if held.spans:
                self._add(held)
        for held in passages(self.asked.measured_against(languages), Finder(())):
            self.frequency.update(held.words)
        self.words = self.frequency.total()

    def _add(self, held: Held) -> None:
        own = {at for first, last in held.spans for at in range(first, last + 1)}
        near: set[int] = set()
        for first, last in held.spans:
            near.update(range(max(first - self.window, 0), min(last + self.window + 1, len(held.words))))
        near -= own
        self.hits += len(held.spans)
        self.near_words += len(near)
        self.together.update(held.words[at] for at in near)
        self.frequency.subtract(held.words[at] for at in own)

    def _is_told(self, word: str, times: int) -> bool:
        return times >= self.least and (self.with_stop_words or word not in STOP_WORDS)

    def _figures(self, word: str) -> dict[str, Any]:
        both, other = self.together[word], self.frequency[word]
        table = (both, self.near_words, other, self.words)
        return {
            "word": word,
            "together": both,
            "expected": round(expected(*table[1:]), DIGITS),
            "frequency": other,
            "log_likelihood": round(log_likelihood(*table), DIGITS),
            "mi": round(mutual_information(*table), DIGITS),
            "log_dice": round(log_dice(both, self.hits, other), DIGITS),
        }
