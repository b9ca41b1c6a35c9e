"""Trends: how often words are found in each year, or by each state, speaker or organ, beside how much text there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from cstokb.corpus.filters import Asked, TrendFilters
from cstokb.corpus.finding import Finder, passages
from cstokb.corpus.measures import rate
from cstokb.corpus.named import Names
from cstokb.corpus.texts import Amount, Texts
from cstokb.fulltext import engine

#: With fewer words than this one occurrence more moves the rate by two or more: such a point is marked.
THRESHOLD = 5_000
#: States, speakers or organs that are told, those with most text first.
MOST_PERIODS = 40
DIGITS = 3
KEYS = ("query", "period", "label", "count", "words", "per_10k", "thin")

Periods = Callable[[int, str], Iterable[str]]


class Series:
    """One query over the periods."""

    def __init__(self, filters: TrendFilters, query: engine.Query, by: str) -> None:
        self.asked, self.query, self.by = Asked(filters, query), query, by
        self.languages = self.asked.languages
        self.base = self.asked.measured_against(self.languages)
        self.texts = self.asked.found_in(self.languages)

    @cached_property
    def words(self) -> Counter[str]:
        """How many words the texts of each period have; "" are those of no period."""
        periods = self._periods(self.base)
        total: Counter[str] = Counter()
        for one in self._amounts:
            for period in periods(one.record, one.voice):
                total[period] += one.words
        return total

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the words are found in each period."""
        total: Counter[str] = Counter()
        if self.asked.nothing:
            return total
        periods = self._periods(self.texts)
        for held in passages(self.texts, Finder(self.asked.words)):
            if held.spans:
                self.found += len(held.spans)
                for period in periods(held.record, held.voice):
                    total[period] += len(held.spans)
        return total

    #: Every occurrence once, also where its text is of several states.
    found = 0

    @property
    def count(self) -> int:
        """How often the words are found in all."""
        len(self.counts)
        return self.found

    @cached_property
    def all_words(self) -> int:
        """How many words there are in all."""
        return sum(one.words for one in self._amounts)

    @cached_property
    def _amounts(self) -> list[Amount]:
        return self.base.amounts()

    def _periods(self, texts: Texts) -> Periods:
        if self.by == "speaker":
            return lambda record, voice: (voice,)
        if self.by == "year":
            return lambda record, voice: (texts.known[record].year,)
        values = texts.values(self.by)
        return lambda record, voice: values.get(record) or ("",)

    def point(self, period: str, label: str) -> dict[str, Any]:
        """The figures of a period; without any text there is nothing to count, which is not nought."""
        words = self.words[period]
        per = rate(self.counts[period], words)
        return {
            "period": period,
            "label": label,
            "count": self.counts[period] if words else None,
            "words": words,
            "per_10k": None if per is None else round(per, DIGITS),
            "thin": 0 < words < THRESHOLD,
        }


class Trends:
    """The series of all queries, over the same periods."""

    def __init__(self, filters: TrendFilters) -> None:
        self.filters, self.ask = filters, filters.ask
        self.by = str(filters.chosen("by", "year"))
        self.series = [Series(filters, query, self.by) for query in filters.queries]

    @property
    def is_empty(self) -> bool:
        """Whether there is no text at all."""
        return not any(one.all_words for one in self.series)

    @cached_property
    def _words(self) -> Counter[str]:
        """The periods with text: how many words they have at most for any of the queries."""
        words: Counter[str] = Counter()
        for one in self.series:
            words |= one.words
        del words[""]
        return +words

    @cached_property
    def _ranked(self) -> list[str]:
        """The periods that are public, those with most text first."""
        named = [period for period in self._words if self.names.known(self.by, period)]
        return sorted(named, key=lambda period: (-self._words[period], period))

    @cached_property
    def periods(self) -> list[str]:
        """The periods told: every year from the first text to the last, or those with most text."""
        if self.by != "year" or not self._words:
            return self._ranked[:MOST_PERIODS]
        years = [int(year) for year in self._words]
        return [str(year) for year in range(min(years), max(years) + 1)]

    @property
    def left_out(self) -> int:
        """How many periods with text are not told."""
        return len(self._ranked) - min(len(self._ranked), len(self.periods))

    @cached_property
    def names(self) -> Names:
        """What the periods are called."""
        return Names.of(self.ask) if self.by == "year" else Names.of(self.ask, (), **{self.by: self._words})

    def told(self) -> list[dict[str, Any]]:
        """The series as JSON has them."""
        return [
            {
                "query": one.query.text,
                "explained": one.query.explained,
                "languages": list(one.languages),
                "count": one.count,
                "words": one.all_words,
                "without_period": {"count": one.counts[""], "words": one.words[""]},
                "points": [one.point(period, self.names.label(self.by, period)) for period in self.periods],
            }
            for one in self.series
        ]

    def every(self) -> Iterator[dict[str, Any]]:
        """The points of all series as rows of a file."""
        for one in self.told():
            for point in one["points"]:
                yield {"query": one["query"], **point}

    def notices(self) -> list[dict[str, str]]:
        """What was read otherwise than it was written, or finds nothing."""
        return [notice for one in self.series for notice in one.asked.notices()]
