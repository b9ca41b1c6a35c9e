"""The words of invented texts: those of the starter data, as often as there, and a long tail of rare ones."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from cstokb.fulltext.stopwords import STOP_WORDS

#: Different words of a language; the rest of a real one's tail is invented from its syllables.
MOST_WORDS = 15_000
#: Neighbours that stand together in the real texts this often are written together in invented ones.
LEAST_PAIRS = 3
MOST_PAIRS = 400
#: Zipf and Mandelbrot: a word of rank r is met in proportion to 1 / (r + SHIFT).
SHIFT = 2.7

_WORDS = {"en": re.compile(r"[a-z]{2,}"), "ru": re.compile(r"[а-яё]{2,}")}
_SYLLABLES = {
    "en": ("ba", "den", "kor", "lin", "mar", "nes", "pol", "ral", "sto", "tur", "vel", "zan", "gri", "hem"),
    "ru": ("ба", "ден", "кор", "лин", "мар", "нес", "пол", "рал", "сто", "тур", "вел", "зан", "гри", "хем"),
}


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language, the commonest first, and pairs of words that stand together."""

    language: str
    words: Sequence[str]
    pairs: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, language: str, texts: Iterable[str], chance: random.Random) -> Vocabulary:
        """The vocabulary of some texts, lengthened to what a real language has."""
        words: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            found = _WORDS[language].findall(text.lower())
            words.update(found)
            pairs.update(pair for pair in pairwise(found) if STOP_WORDS.isdisjoint(pair))
        # Names for order among equals: the same texts give the same vocabulary on every machine.
        ranked = sorted(words, key=lambda word: (-words[word], word))
        together = sorted((-number, pair) for pair, number in pairs.items() if number >= LEAST_PAIRS)
        tail = _invented(language, MOST_WORDS - len(ranked), set(ranked), chance)
        return cls(language, [*ranked, *tail], [pair for _, pair in together[:MOST_PAIRS]])

    def weights(self) -> list[float]:
        """How often each word is met, added up."""
        return list(accumulate(1 / (rank + SHIFT) for rank in range(1, len(self.words) + 1)))


def _invented(language: str, number: int, taken: set[str], chance: random.Random) -> Iterator[str]:
    made = 0
    while made < number:
        word = "".join(chance.choices(_SYLLABLES[language], k=chance.randint(3, 5)))
        if word not in taken:
            taken.add(word)
            made += 1
            yield word
