"""Words that a great part of the records hold: what a search takes longest for, and readers ask for most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cstokb.fulltext import vocabulary
from cstokb.fulltext.backends import backend
from cstokb.fulltext.forms import unpacked
from cstokb.fulltext.models import IndexedRecord, Passage
from cstokb.fulltext.stems import stem
from cstokb.fulltext.stopwords import STOP_WORDS

#: What fewer records hold is found so quickly that nothing is gained.
LEAST = 1_000
#: How many words are told at most.
MOST = 100
#: Among how many records words are looked for: enough that none is missed which a tenth of all hold.
SAMPLE = 300
#: Shorter beginnings stand for so many words that nobody asks for them twice; longer ones are words by themselves.
SHORTEST, LONGEST = 4, 9


@dataclass(frozen=True, slots=True)
class Heavy:
    """A word in the form that texts have it in most often, its stem, and how many records hold that."""

    form: str
    stem: str
    holders: int


def heavy() -> list[Heavy]:
    """The words that most records hold, the heaviest first."""
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for forms in _sample(SAMPLE):
        for form in forms:
            met[stem(form)][form] += 1
    likely = sorted(met, key=lambda own: (-sum(met[own].values()), own))[: 2 * MOST]
    held = backend().holders(likely) if likely else {}
    found = [
        Heavy(min(met[own], key=lambda form: (-met[own][form], form)), own, held[own])
        for own in likely
        if held.get(own, 0) >= LEAST
    ]
    return sorted(found, key=lambda one: (-one.holders, one.form))[:MOST]


def beginnings() -> list[str]:
    """What several words begin with that many records hold together, the heaviest first.

    Told from the sample alone; a beginning that no more records hold than a longer one is left out.
    """
    sample = list(_sample(SAMPLE))
    met: Counter[str] = Counter()
    for forms in sample:
        met.update({form[:end] for form in forms for end in range(SHORTEST, min(len(form), LONGEST) + 1)})
    longer: Counter[str] = Counter()
    for begin, number in met.items():
        longer[begin[:-1]] = max(longer[begin[:-1]], number)
    total = IndexedRecord.objects.count()
    many = [one for one in met if met[one] > longer[one] and met[one] * total >= LEAST * len(sample)]
    several = [one for one in many if longer[one]]
    return sorted(several, key=lambda one: (-met[one], one))[:MOST]


def with_shorter(begun: Iterable[str]) -> list[list[str]]:
    """These beginnings and all shorter ones, which no fewer records hold; one query for each.

    Those that the very same words begin with stand together: they find the same.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    met: set[str] = set()
    for begin in begun:
        for end in range(len(begin), SHORTEST - 1, -1):
            own = begin[:end]
            if own in met:
                break  # with all that are shorter still
            met.add(own)
            span = vocabulary.span(own)
            if span:
                found.setdefault(span, {})[own] = None
    return list(map(list, found.values()))


def _sample(most: int) -> Iterator[set[str]]:
    """The words of the passages of some records, evenly from the oldest to the newest."""
    ids = list(IndexedRecord.objects.order_by("record_id").values_list("record_id", flat=True))
    number = min(most, len(ids))
    chosen = [ids[place * len(ids) // number] for place in range(number)]
    held: dict[int, set[str]] = defaultdict(set)
    for key, forms in Passage.objects.filter(record_id__in=chosen).values_list("record_id", "forms"):
        held[key].update(unpacked(forms))
    for words in held.values():
        yield words - STOP_WORDS
