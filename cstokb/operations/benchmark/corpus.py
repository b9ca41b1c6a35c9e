"""Invented statements in two languages: the same ones for the same number, vocabulary and seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cstokb.operations.benchmark.vocabulary import Vocabulary
from statements.choices import StatementKind

SEED = 1992
FIRST_DAY = date(1992, 5, 15)
LAST_DAY = date(2026, 6, 30)
PASSAGES = (6, 14)
WORDS_IN_PASSAGE = (15, 45)
WORDS_IN_TITLE = (4, 9)
#: One word in so many is followed by the other half of a pair, as words of the field are.
PAIR_EVERY = 8
RUSSIAN_SHARE = 0.4
COLLECTIVE_SHARE = 0.2


@dataclass(frozen=True)
class Standing:
    """The row ids of what statements refer to."""

    states: Sequence[int]
    organs: Sequence[int]
    people: Sequence[int]
    topics: Sequence[int]


@dataclass(frozen=True, slots=True)
class Draft:
    """One invented statement."""

    number: int
    language: str
    kind: str
    title: str
    on: date
    passages: tuple[str, ...]
    state: int
    organ: int
    speaker: int
    topics: tuple[int, ...]
    joined: tuple[int, ...]

    @property
    def slug(self) -> str:
        """Its public id."""
        return f"{self.on.isoformat()}-invented-{self.number}"


class Writer:
    """Writes statements one after the other."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary], standing: Standing, seed: int = SEED) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - nobody is to be kept from guessing
        self.vocabularies, self.standing = vocabularies, standing
        self.weights = {code: one.weights() for code, one in vocabularies.items()}

    def drafts(self, number: int) -> Iterator[Draft]:
        """So many statements."""
        return (self.draft(one) for one in range(1, number + 1))

    def draft(self, number: int) -> Draft:
        """One statement."""
        chance, standing = self.chance, self.standing
        language = "ru" if chance.random() < RUSSIAN_SHARE else "en"
        collective = chance.random() < COLLECTIVE_SHARE
        # Some states speak more than others, as some words are said more than others.
        by_weight = [1 / rank for rank in range(1, len(standing.states) + 1)]
        return Draft(
            number=number,
            language=language,
            kind=chance.choice(StatementKind.values),
            title=" ".join(self.words(language, WORDS_IN_TITLE)).capitalize(),
            on=FIRST_DAY + timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days)),
            passages=tuple(self.passage(language) for _ in range(chance.randint(*PASSAGES))),
            state=chance.choices(standing.states, by_weight)[0],
            organ=chance.choice(standing.organs),
            speaker=chance.choice(standing.people),
            topics=tuple(chance.sample(list(standing.topics), chance.randint(0, 2))),
            joined=tuple(chance.sample(list(standing.states[:9]), 3)) if collective else (),
        )

    def passage(self, language: str) -> str:
        """One paragraph of one or two sentences."""
        words = self.words(language, WORDS_IN_PASSAGE)
        middle = len(words) // 2
        if len(words) < sum(WORDS_IN_PASSAGE) / 2:
            return f"{' '.join(words).capitalize()}."
        return f"{' '.join(words[:middle]).capitalize()}. {' '.join(words[middle:]).capitalize()}."

    def words(self, language: str, bounds: tuple[int, int]) -> list[str]:
        """Words as often as their rank says, some of them in pairs."""
        vocabulary = self.vocabularies[language]
        number = self.chance.randint(*bounds)
        words = self.chance.choices(vocabulary.words, cum_weights=self.weights[language], k=number)
        for at in range(self.chance.randrange(PAIR_EVERY), number - 1, PAIR_EVERY):
            words[at : at + 2] = self.chance.choice(vocabulary.pairs)
        return words
