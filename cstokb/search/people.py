"""People by any part of their name, in any order and romanisation: what a word of a query may mean.

``Kassym Jomart``, ``KassymJomart`` and ``Касым Жомарт`` are parts of one name; ``Pashinyan, N.`` and ``Pashinyan
Nikol`` are one name in other orders. Spellings meet under ``name_key``, and the cases of a Russian name by their stem.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cstokb.fulltext.folding import fold
from cstokb.fulltext.names import name_key
from cstokb.fulltext.stems import stem
from cstokb.records import naming
from cstokb.records.choices import Visibility
from cstokb.records.models import NameForm

#: A single word of fewer sounds is too short to be taken for part of a name that is written otherwise.
LEAST_SOUNDS = 4
MOST_TOKENS = 5
#: How many letters the endings of the cases of Russian names have (Мирзиёева, Мирзиёевым).
CASE_ENDINGS = (1, 2)
_SPLIT = re.compile(r"[\s\-‐-―,.]+")

Word = tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """One spelling of a person's name, as keys of its words."""

    person: int
    text: str
    words: Word

    @property
    def key(self) -> str:
        """The same for every spelling that sounds alike."""
        return "".join(self.words)

    @property
    def last_word(self) -> str:
        """The family name as it is spelled here."""
        return _pieces(self.text)[-1]

    def fits(self, tokens: Sequence[str]) -> bool:
        """Whether every token is a word of the name, words of it joined, or an initial; each word once."""
        return _consume(tuple(tokens), self.words)

    def ends_with(self, token: str) -> bool:
        """Whether the token is the family name."""
        return bool(self.words) and self.words[-1] == token


def _consume(tokens: Word, words: Word) -> bool:
    """Whether the tokens can be laid on the words: one on several joined, or an initial on one; none twice."""
    if not tokens:
        return True
    spans = ((start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return any(
        _is_part(tokens[0], words[start:end]) and _consume(tokens[1:], words[:start] + words[end:])
        for start, end in spans
    )


def _is_part(token: str, words: Word) -> bool:
    initial = len(token) == 1 and len(words) == 1 and words[0].startswith(token)
    return initial or token == "".join(words)


@dataclass(frozen=True)
class People:
    """Every person's spellings, and who has which words, single or joined, in them."""

    forms: Mapping[int, Sequence[Form]]
    bearers: Mapping[str, frozenset[int]]
    shared: frozenset[str]
    stems: Mapping[str, str]

    @classmethod
    def of(cls, forms: Iterable[Form]) -> People:
        """The people whose names are spelled so."""
        by_person: dict[int, list[Form]] = defaultdict(list)
        stems: dict[str, str] = {}
        bearers: dict[str, set[int]] = defaultdict(set)
        namesakes: dict[str, set[int]] = defaultdict(set)
        for form in forms:
            by_person[form.person].append(form)
            namesakes[form.key].add(form.person)
            for piece, word in zip(_pieces(form.text), form.words, strict=True):
                stems.setdefault(stem(fold(piece)), word)
            for start in range(len(form.words)):
                for end in range(start + 1, len(form.words) + 1):
                    bearers["".join(form.words[start:end])].add(form.person)
        shared = frozenset(key for key, people in namesakes.items() if len(people) > 1)
        return cls(by_person, {word: frozenset(people) for word, people in bearers.items()}, shared, stems)

    def tokens(self, key: str) -> Word:
        """A candidate of the query as keys of its words; nothing for what can be no part of a name.

        A word that no name has as it stands is taken for the case of one that has its stem (Пашиняном).
        """
        return tuple(map(self._token, _pieces(key), _tokens(key)))

    def _token(self, piece: str, own: str) -> str:
        if own in self.bearers or piece.isascii():
            return own
        # A name that is published in Latin letters alone has no Russian stem; its cases end in one letter or two.
        shorter = (name_key(piece[:-cut]) for cut in CASE_ENDINGS)
        known = (key for key in shorter if len(key) >= LEAST_SOUNDS and key in self.bearers)
        return self.stems.get(stem(fold(piece))) or next(known, own)

    def others(self, tokens: Sequence[str]) -> Iterator[str]:
        """Every spelling of the people whose name has all of the words; for a family name also that alone.

        A spelling that several people bear counts only where it is asked for.
        """
        sets = [self.bearers.get(token, frozenset()) for token in tokens if len(token) > 1]
        for person in sorted(frozenset.intersection(*sets)):
            own = self.forms[person]
            fitting = [form for form in own if form.fits(tokens)]
            family = len(tokens) == 1 and any(form.ends_with(tokens[0]) for form in fitting)
            if family:
                yield from (form.last_word for form in own)
            if fitting:
                yield from (form.text for form in own if family or form.key not in self.shared)


def other_forms(keys: Collection[str], revision: str) -> dict[str, list[str]]:
    """The names callback of the query language: published forms of names, and people by parts of theirs.

    ``revision`` names the state of the public whole; what people are called is read once for each.
    """
    found = naming.other_forms(keys)
    asked = [key for key in keys if _tokens(key)]
    if not asked:
        return found
    people = known(revision)
    for key in asked:
        names = (name for name in people.others(people.tokens(key)) if fold(name) != key)
        others = dict.fromkeys([*found.get(key, ()), *names])
        if others:
            found[key] = list(others)
    return found


def _tokens(key: str) -> Word:
    """A candidate of the query as keys of its words; nothing for what can be no part of a name."""
    if key.endswith("*"):
        return ()
    tokens = tuple(map(name_key, _pieces(key)))
    long = any(len(token) >= LEAST_SOUNDS for token in tokens)
    return tokens if long and len(tokens) <= MOST_TOKENS and all(tokens) else ()


def _pieces(text: str) -> list[str]:
    return [piece for piece in _SPLIT.split(text) if piece]


@lru_cache(maxsize=2)
def known(revision: str) -> People:
    """Every published spelling of every person's name, as of a state of the public whole."""
    rows = NameForm.objects.filter(entry__kind="person", entry__visibility__of_each=Visibility.PUBLIC)
    return People.of(
        Form(person, text, tuple(map(name_key, _pieces(text))))
        for person, text in rows.order_by("entry_id", "id").values_list("entry_id", "text")
    )
