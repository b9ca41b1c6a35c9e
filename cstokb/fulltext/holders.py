"""Which records hold each facet value, as bits: what many found records hold is counted in one step for each value.

Counting their letters one by one takes several times as long, and so does reading them from the database. All that is
known here was read at one stamp of the index, and is true as long as that stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: A value that fewer of the records hold than one in so many is told by its letters, so that bits take little memory
#: however many values there are.
SELDOM = 256


@dataclass(frozen=True, slots=True)
class Holders:
    """The records of an index: the place of each, the bits of each letter that many hold, the other letters of each."""

    places: Mapping[int, int]
    bits: Mapping[str, int]
    seldom: Mapping[int, str]

    def counted(self, ids: Sequence[int]) -> tuple[int, dict[str, int]]:
        """How many of the ids are records, and how many of these have each letter."""
        places = [place for place in map(self.places.get, ids) if place is not None]
        found = _bits(places, len(self.places))
        held = {letter: number for letter, own in self.bits.items() if (number := (found & own).bit_count())}
        seldom = Counter("".join(filter(None, map(self.seldom.get, ids))))
        return len(places), held | dict(seldom)


def holders(rows: Iterable[tuple[int, str]]) -> Holders:
    """What is known of records, each with its letters."""
    places: dict[int, int] = {}
    held: dict[str, list[int]] = defaultdict(list)
    for place, (key, letters) in enumerate(rows):
        places[key] = place
        for letter in letters:
            held[letter].append(place)
    many = {letter for letter, own in held.items() if len(own) * SELDOM >= len(places)}
    ids = list(places)
    seldom: dict[int, str] = defaultdict(str)
    for letter, own in held.items():
        if letter not in many:
            for place in own:
                seldom[ids[place]] += letter
    return Holders(places, {letter: _bits(held[letter], len(places)) for letter in many}, dict(seldom))


def _bits(places: Iterable[int], size: int) -> int:
    """A number with the bit of each place set; written down as digits first, since numbers do not change in place."""
    digits, one = bytearray(b"0") * size, ord("1")
    for place in places:
        digits[place] = one
    digits.reverse()
    return int(digits or b"0", 2)
