"""Keyness: the words that some texts use more often, or less often, than all the others in the same language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from cstokb.corpus.filters import LEAST_KEY, Asked, KeynessFilters
from cstokb.corpus.finding import Finder, passages
from cstokb.corpus.measures import keyness, log_ratio, rate
from cstokb.corpus.texts import LANGUAGE
from cstokb.fulltext.stopwords import STOP_WORDS
from cstokb.search.filters import NARROWING

PAGE_SIZE = 50
DIGITS = 4
KEYS = ("word", "count", "rest", "per_10k", "rest_per_10k", "log_likelihood", "log_ratio")


class Keyness:
    """One page of the words peculiar to the texts that the question names."""

    def __init__(self, filters: KeynessFilters, page: int = 1, size: int = PAGE_SIZE) -> None:
        self.filters, self.ask, self.page, self.size = filters, filters.ask, page, size
        self.asked = Asked(filters, filters.query)
        self.over = filters.chosen("direction", "over") == "over"
        self.least = int(filters.chosen("least", LEAST_KEY))
        self.sort = str(filters.chosen("sort", "log_likelihood"))
        self.with_stop_words = filters.chosen("stopwords", "no") == "yes"

    @property
    def nothing(self) -> bool:
        """Whether the question names no texts that could be set beside others."""
        named = [
            name
            for name in (*NARROWING, "after", "before")
            if name != LANGUAGE and name in self.filters.answers
        ]
        if self.asked.query is not None:
            return self.asked.query.tree is None
        return not named

    @cached_property
    def language(self) -> str:
        """The language compared: the one asked for, else that in which these texts have most words."""
        words: Counter[str] = Counter()
        for one in self.asked.found_in().amounts() if not self.nothing else ():
            words[one.language] += one.words
        ranked = sorted((-n, code) for code, n in words.items() if n)
        return ranked[0][1] if ranked else (self.filters.chosen_languages or ("",))[0]

    @cached_property
    def _counted(self) -> tuple[Counter[str], Counter[str]]:
        """The words of these texts, and of all others, each passage read once."""
        here: Counter[str] = Counter()
        there: Counter[str] = Counter()
        if self.nothing or not self.language:
            return here, there
        texts = self.asked.found_in((self.language,))
        voices = set(texts.voices)
        everything = self.filters.everything(self.language)
        for held in passages(everything, Finder(())):
            own = held.record in texts.known and (not voices or held.voice in voices)
            (here if own and texts.holds(held.language, held.voice) else there).update(held.words)
        return here, there

    @property
    def words(self) -> tuple[int, int]:
        """How many words these texts have, and how many the others."""
        here, there = self._counted
        return here.total(), there.total()

    @cached_property
    def ranked(self) -> list[dict[str, Any]]:
        """Every word that is told, the most peculiar first."""
        if not all(self.words):
            return []
        counts = self._counted[0 if self.over else 1]
        told = (self._figures(word) for word, n in counts.items() if self._is_told(word, n))
        kept = [one for one in told if (one["log_ratio"] > 0) is self.over and one["log_ratio"]]
        side = -1 if self.over or self.sort != "log_ratio" else 1
        sort = "rest" if self.sort == "count" and not self.over else self.sort
        return sorted(kept, key=lambda one: (side * one[sort], -one["log_likelihood"], one["word"]))

    @property
    def is_empty(self) -> bool:
        """Whether there is no text at all."""
        return not any(self.words)

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

    def _is_told(self, word: str, times: int) -> bool:
        return times >= self.least and (self.with_stop_words or word not in STOP_WORDS)

    def _figures(self, word: str) -> dict[str, Any]:
        here, there = (counted[word] for counted in self._counted)
        words, others = self.words
        table = (here, words, there, others)
        return {
            "word": word,
            "count": here,
            "rest": there,
            "per_10k": round(rate(here, words) or 0, DIGITS),
            "rest_per_10k": round(rate(there, others) or 0, DIGITS),
            "log_likelihood": round(keyness(*table), DIGITS),
            "log_ratio": round(log_ratio(*table), DIGITS),
        }
