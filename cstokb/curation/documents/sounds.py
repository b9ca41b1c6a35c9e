"""People by the sound of their names: «Сергей Лавров» is Sergei Lavrov, whichever spellings the record has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cstokb.curation.documents.names import HEARD, Hit, Name, Read
from cstokb.fulltext.names import name_key

_ENDING = re.compile(r"(?:im|om|em|oi|ei|[aeiu]+)$")
_VOWELS = re.compile(r"[aeiu]+$")
_PATRONYMIC = re.compile(r"[А-ЯЁ][а-яё]+(?:вич|вна|вич[аеу]|вичем|вн[ыеу]|вной)")
_INITIALS = re.compile(r"(?<!\w)([A-ZА-ЯЁ])\.[ \u00a0-]?(?:[A-ZА-ЯЁ]\.[ \u00a0]?)?$")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Heard:
    """A name in two words, as they sound."""

    given: frozenset[str]
    family: frozenset[str]
    initial: str
    name: Name


class SoundTree:
    """The names of people that have two words, by the sound of the last."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._held: dict[str, list[_Heard]] = defaultdict(list)
        for one in names:
            parts = one.text.split()
            if one.kind == "person" and len(parts) > 1 and not any("-" in part for part in parts):
                self._add(one, parts[0], parts[-1])

    def _add(self, name: Name, given: str, family: str) -> None:
        sounds = _of_name(name_key(family))
        named = Name(name.kind, name.record, name.text, name.language, HEARD)
        heard = _Heard(_of_name(name_key(given)), sounds, name_key(given)[:1], named)
        for sound in sounds:
            if len(sound) >= _LEAST:
                self._held[sound].append(heard)

    def hits(self, read: Read) -> Iterator[Hit]:
        """Given and family names side by side, initials with a family name, and family names of those found so."""
        full = [*self._in_full(read), *self._with_initials(read)]
        yield from full
        known = {record for one in full for record in one.records}
        if known:
            yield from self._families(read, known)

    def _in_full(self, read: Read) -> Iterator[Hit]:
        for at in range(1, len(read.tokens)):
            first = at - 1
            if first and _PATRONYMIC.fullmatch(read.raw(first)) and read.gap(first) in _BLANKS:
                first -= 1
            if read.gap(at) in _BLANKS and _is_name(read.raw(first)) and _is_name(read.raw(at)):
                given, family = _of_word(read.raw(first)), _of_word(read.raw(at))
                straight = [one for one in self._bearers(family) if not given.isdisjoint(one.given)]
                turned = [one for one in self._bearers(given) if not family.isdisjoint(one.given)]
                if straight or turned:
                    yield _hit(read, first, at, straight or turned)

    def _with_initials(self, read: Read) -> Iterator[Hit]:
        for at, token in enumerate(read.tokens):
            raw = read.raw(at)
            if not _is_name(raw) or not read.text[max(0, token.start - 2) : token.start].strip().endswith(
                "."
            ):
                continue
            initials = _INITIALS.search(read.text[max(0, token.start - 8) : token.start])
            if initials is None:
                continue
            sound = name_key(initials[1])[:1]
            bearers = [one for one in self._bearers(_of_word(raw)) if one.initial == sound]
            if bearers:
                yield _hit(read, at, at, bearers)

    def _families(self, read: Read, known: Collection[str]) -> Iterator[Hit]:
        for at in range(len(read.tokens)):
            if _is_name(read.raw(at)):
                bearers = [one for one in self._bearers(_of_word(read.raw(at))) if one.name.record in known]
                if bearers:
                    yield _hit(read, at, at, bearers)

    def _bearers(self, sounds: Iterable[str]) -> list[_Heard]:
        found = {id(one): one for sound in sounds for one in self._held.get(sound, ())}
        return list(found.values())


_BLANKS = (" ", "\u00a0")


def _is_name(raw: str) -> bool:
    return len(raw) > 2 and raw[0].isupper()


def _hit(read: Read, first: int, last: int, bearers: Iterable[_Heard]) -> Hit:
    names = tuple({one.name.record: one.name for one in bearers}.values())
    return Hit("person", names, first, last, read.tokens[first].start, read.tokens[last].end)


def _of_name(sound: str) -> frozenset[str]:
    """The sounds by which a name in its first case is met."""
    return frozenset((sound, _VOWELS.sub("", sound) or sound))


@lru_cache(maxsize=65536)
def _of_word(word: str) -> frozenset[str]:
    """The sounds that a word of a text, in any case, may be met by."""
    sound = name_key(word)
    if word.isascii():
        return frozenset((sound,))
    bare = {_ENDING.sub("", sound), _VOWELS.sub("", sound)}
    return frozenset((sound, *(one for one in bare if len(one) >= _LEAST)))
