"""Records that may be one: names that sound alike in either alphabet, titles in nearly the same words, one address.

Likeness is a number up to 100. It says that a person should look; whether two are one is for that person to say, and
who says that they are two is not asked again (``Apart``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz import fuzz

from cstokb.fulltext.names import name_key
from cstokb.fulltext.normalise import fold
from cstokb.records.choices import Publication
from cstokb.records.models import Apart, Entry, NameForm
from cstokb.records.registry import model_of

#: By kind, the fields that say what a record is called.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "person": ("name_en", "name_ru"),
    "state": ("name_en", "name_ru"),
    "organ": ("name_en", "name_ru"),
    "source": ("title",),
    "statement": ("title_en", "title_ru"),
    "instrument": ("title_en", "title_ru"),
}
#: Kinds whose names are romanised in many ways, so that they are compared by their sound.
NAMED = frozenset({"person", "state", "organ"})
#: The field of a kind that holds an address of the web.
ADDRESS: Mapping[str, str] = {"source": "url"}
#: Records of two days are two, however alike their titles.
DAYS: Mapping[str, str] = {"statement": "issued_on", "instrument": "signed_on", "source": "published_on"}
#: From so much on two may be one.
LEAST_NAME, LEAST_TITLE = 88, 90
#: Fewer sounds or letters must be the same.
SHORT = 5
#: A word that more records have says too little to compare all of them.
COMMON = 25
RARE = 4
WHOLE = 100
_WORD = re.compile(r"\w+")
_TRACKING = re.compile(r"^(utm_|fbclid$|gclid$|yclid$)")


@dataclass(frozen=True, slots=True)
class Called:
    """One spelling, as it is compared: folded words in their order by the alphabet, their sounds, and the numbers."""

    words: str
    sounds: str
    numbers: frozenset[str]


@dataclass(frozen=True)
class Like:
    """A record that stands, and how much it is like what was asked for."""

    entry: Entry
    score: int


@lru_cache(maxsize=50_000)
def called(text: str) -> Called:
    """A spelling made ready to be compared."""
    words = sorted(_WORD.findall(fold(text)))
    sounds = sorted(filter(None, map(name_key, words)))
    return Called(" ".join(words), " ".join(sounds), frozenset(word for word in words if word.isdigit()))


def score(kind: str, one: Called, other: Called) -> int:
    """How alike two spellings are; 0 where that is less than enough."""
    if one.numbers != other.numbers and one.numbers and other.numbers:
        return 0
    least = LEAST_NAME if kind in NAMED else LEAST_TITLE
    found = _ratio(one.words, other.words, least)
    if kind in NAMED and found < WHOLE:
        found = max(found, _ratio(one.sounds, other.sounds, least))
    return found


def _ratio(one: str, other: str, least: int) -> int:
    if min(len(one), len(other)) < SHORT:
        return WHOLE if one and one == other else 0
    return int(fuzz.ratio(one, other, score_cutoff=least))


def bare_address(url: str) -> str:
    """An address without what tells no two pages apart: scheme, www, last slash, fragment, marks of newsletters."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    asked = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    return f"{host}{parts.path.rstrip('/')}{query}" if host else ""


@dataclass(frozen=True)
class Book:
    """What every living record of a kind is called, and under which address it stands."""

    kind: str
    spellings: Mapping[int, Sequence[Called]]
    addresses: Mapping[int, str]

    @classmethod
    def of(cls, kind: str) -> Book:
        """The records of a kind that are neither withdrawn nor merged; two queries."""
        fields = (*TEXTS[kind], *([ADDRESS[kind]] if kind in ADDRESS else []))
        rows = model_of(kind)._base_manager.exclude(entry__publication=Publication.WITHDRAWN)
        spellings: dict[int, dict[str, None]] = defaultdict(dict)
        addresses = {}
        for key, *texts in rows.values_list("pk", *fields):
            if kind in ADDRESS and (bare := bare_address(texts.pop())):
                addresses[key] = bare
            spellings[key].update(dict.fromkeys(filter(None, texts)))
        if kind in NAMED or kind == "instrument":
            for key, text in NameForm.objects.filter(entry__kind=kind).values_list("entry_id", "text"):
                if key in spellings:
                    spellings[key].setdefault(text)
        return cls(
            kind, {key: [called(text) for text in texts] for key, texts in spellings.items()}, addresses
        )

    def like(self, texts: Iterable[str], url: str = "") -> dict[int, int]:
        """How alike each record is to what somebody typed; those that are not are left out."""
        asked = [called(text) for text in texts if text.strip()]
        bare = bare_address(url) if url else ""
        found = {}
        for key, own in self.spellings.items():
            best = max((score(self.kind, one, other) for one in asked for other in own), default=0)
            if bare and self.addresses.get(key) == bare:
                best = WHOLE
            if best:
                found[key] = best
        return found

    def pairs(self) -> dict[tuple[int, int], int]:
        """Every two records that may be one. Only those with rare words in common are compared at all."""
        telling = {key: self._telling(own) for key, own in self.spellings.items()}
        found: dict[tuple[int, int], int] = {}
        for one, other in {*self._sharing(telling), *_same(self.addresses)}:
            if one in self.addresses and self.addresses[one] == self.addresses.get(other):
                found[one, other] = WHOLE
                continue
            best = max((score(self.kind, a, b) for a in telling[one] for b in telling[other]), default=0)
            if best:
                found[one, other] = best
        return found

    def _telling(self, own: Sequence[Called]) -> Sequence[Called]:
        """The spellings that tell one from another: of names those of several words, where there are any."""
        return [one for one in own if " " in one.words] or own

    def _words(self, one: Called) -> list[str]:
        return (one.sounds if self.kind in NAMED else one.words).split()

    def _sharing(self, telling: Mapping[int, Sequence[Called]]) -> Iterator[tuple[int, int]]:
        """Every two with rare words in common: with two, where both have several."""
        bearers: dict[str, set[int]] = defaultdict(set)
        for key, own in telling.items():
            for one in own:
                for word in self._words(one):
                    bearers[word].add(key)
        rare: dict[int, set[str]] = defaultdict(set)
        shared: Counter[tuple[int, int]] = Counter()
        for key, own in telling.items():
            for one in own:
                words = [word for word in set(self._words(one)) if len(bearers[word]) <= COMMON]
                rare[key].update(sorted(words, key=lambda word: (len(bearers[word]), word))[:RARE])
            for word in rare[key]:
                shared.update([(key, other) for other in bearers[word] if other > key])
        for pair, count in shared.items():
            few = min(len(rare[pair[0]]), len(rare[pair[1]])) < RARE
            if few or count > 1 + (self.kind not in NAMED):
                yield pair


def _same(addresses: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    by_address: dict[str, list[int]] = defaultdict(list)
    for key, address in sorted(addresses.items()):
        by_address[address].append(key)
    for keys in by_address.values():
        yield from ((keys[0], other) for other in keys[1:])


def alike(
    kind: str, texts: Iterable[str], *, url: str = "", but: int | None = None, most: int = 6
) -> list[Like]:
    """The records that stand and may be what somebody is about to enter, the likest first; three queries.

    Args:
        kind: the kind of the record; of one without names or titles of its own nothing is alike.
        texts: what it is called, in either language.
        url: its address on the web.
        but: the row id of the record itself, and those that were said to be others are left out with it.
        most: at most so many.
    """
    if kind not in TEXTS:
        return []
    found = Book.of(kind).like(texts, url)
    if but is not None and found:
        for key in {but, *apart_from(but)}:
            found.pop(key, None)
    best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    entries = Entry.objects.in_bulk([key for key, _score in best]) if best else {}
    return [Like(entries[key], number) for key, number in best]


def apart_from(key: int) -> set[int]:
    """The records of which somebody said that they are others than this one."""
    rows = Apart.objects.filter(one_id=key).values_list("other_id", flat=True)
    return {*rows, *Apart.objects.filter(other_id=key).values_list("one_id", flat=True)}


def twins(kind: str) -> list[tuple[int, int, int]]:
    """Every two records of a kind that may be one and of which nobody said otherwise: both row ids and the likeness.

    Two of which it is known that they are of different days are two.
    """
    found = Book.of(kind).pairs()
    if not found:
        return []
    apart = set(Apart.objects.filter(one__kind=kind).values_list("one_id", "other_id"))
    days = _days(kind, {key for pair in found for key in pair})
    return sorted(
        (one, other, number)
        for (one, other), number in found.items()
        if (one, other) not in apart and not _of_two_days(days.get(one), days.get(other))
    )


def _days(kind: str, keys: Collection[int]) -> dict[int, tuple[date, date]]:
    if kind not in DAYS:
        return {}
    name = DAYS[kind]
    rows = model_of(kind)._base_manager.exclude(**{f"{name}_min": None}).exclude(**{f"{name}_max": None})
    return {
        key: (low, high)
        for key, low, high in rows.values_list("pk", f"{name}_min", f"{name}_max")
        if key in keys
    }


def _of_two_days(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    if one is None or other is None:
        return False
    return one[1] < other[0] or other[1] < one[0]
