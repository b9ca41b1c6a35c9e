"""Words that are nearly written like others: what a reader may have meant by a word that nothing holds.

Every word form is kept with its bones, its consonants in order. A misspelt word has the bones of the one that was
meant, or bones that differ by one letter; so a few hundred keys find all that may be near, by an index, however many
words there are. Which are near is then said by the edit distance of the whole words: letters added, left out, taken
for another, or two neighbours exchanged.

A word of fewer than 4 letters has no neighbours, one of 4 to 7 those at a distance of 1, a longer one also those at 2.
Not found are neighbours whose consonants differ in two places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cstokb.fulltext.models import Word

LEAST_LETTERS, LONG, LONGEST = 4, 8, 30
_LATIN = "bcdfghjklmnpqrstvwxz"
_CYRILLIC = "бвгджзклмнпрстфхцчшщ"
_SILENT = frozenset("aeiouyаеиоуыэюяйьъіїўөүұәӯӣ")

Near = tuple[int, str]  # the distance, and the form


def bones(form: str) -> str:
    """The consonants of a folded word; empty for one with digits, which is no word to be spelled."""
    if not form.isalpha() or len(form) > LONGEST:
        return ""
    return "".join(letter for letter in form if letter not in _SILENT)


def tolerance(form: str) -> int:
    """How far from a word another may be that was meant."""
    if not form.isalpha() or not LEAST_LETTERS <= len(form) <= LONGEST:
        return 0
    return 2 if len(form) >= LONG else 1


def neighbours(forms: Collection[str], readings: Collection[str] = ()) -> dict[str, list[Near]]:
    """For each folded word the forms ever indexed that are near it, the nearest first; one query.

    ``readings`` are words read out of other letters, of which vowels, signs and letters written twice are in doubt:
    of these a few keys are asked for.
    """
    keys = {form: frozenset(_likely(bones(form))) for form in readings if tolerance(form)}
    keys |= {form: frozenset(_variants(bones(form))) for form in forms if tolerance(form)}
    if not keys:
        return {}
    every = frozenset[str]().union(*keys.values())
    held = list(Word.objects.filter(bones__in=sorted(every)).values_list("form", "bones"))
    return {form: sorted(_near(form, own, held)) for form, own in keys.items()}


def _near(form: str, own: Collection[str], held: Collection[tuple[str, str]]) -> Iterator[Near]:
    most = tolerance(form)
    for other, key in held:
        if key in own and len(other) >= LEAST_LETTERS and abs(len(other) - len(form)) <= most:
            apart = distance(form, other, most)
            if 0 < apart <= most:
                yield apart, other


def _variants(key: str) -> Iterator[str]:
    """Bones, and all that differ from them in one place."""
    letters = _CYRILLIC if any(letter in _CYRILLIC for letter in key) else _LATIN
    yield key
    for at in range(len(key) + 1):
        before, after = key[:at], key[at:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _likely(key: str) -> Iterator[str]:
    """Bones, and those with one of them more often or left out."""
    yield key
    for at, letter in enumerate(key):
        yield key[:at] + letter + key[at:]
        yield key[:at] + key[at + 1 :]


def distance(one: str, other: str, most: int) -> int:
    """How many letters part two words, two exchanged neighbours counting once; more than ``most`` where it is more."""
    earlier: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, earlier, row = earlier, row, [at]
        for place, their in enumerate(other, start=1):
            cost = min(earlier[place] + 1, row[-1] + 1, earlier[place - 1] + (letter != their))
            if last and place > 1 and letter == other[place - 2] and one[at - 2] == their:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
        if min(row) > most and (not earlier or min(earlier) > most):
            return most + 1
    return row[-1]
