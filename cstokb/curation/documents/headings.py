"""Quoted headings: they speak with the voice of what they head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cstokb.curation.documents.sayings import folded
from cstokb.curation.documents.spoken import Spoken
from cstokb.curation.documents.voices import Voice

_WORD = re.compile(r"[^\W\d_]{4,}")
#: How much of a heading has to recur in a quotation for it to be a part of that.
_SHARE = 0.6
_STEM = 6
#: So many quotations of a section are looked at.
_MOST = 40


def voiced(text: str, found: Sequence[Spoken], headings: frozenset[int]) -> list[Spoken]:
    """The quotations, where a heading without a voice has that of the quotation it is taken from.

    Where its words recur in none, it has the voice of all that is quoted up to the next heading, if that is one voice.
    """
    made: list[Spoken] = []
    section: list[Spoken] = []
    for one in reversed(found):
        is_heading = one.first in headings
        voice = one.voice
        if is_heading and one.alone and voice in (None, Voice()):
            voice = _voice_of(text, one, section)
        section = [] if is_heading else [*section[-_MOST:], one]
        made.append(replace(one, voice=voice))
    return made[::-1]


def _voice_of(text: str, heading: Spoken, section: Sequence[Spoken]) -> Voice:
    words = _stems(text, heading)
    for one in reversed(section):
        if words and len(words & _stems(text, one)) >= _SHARE * len(words):
            return one.voice or Voice()
    who = {(one.voice.speaker, one.voice.document) for one in section if one.voice}
    if len(who) != 1 or not section:
        return Voice()
    speaker, document = who.pop()
    return Voice(speaker, document=document)


def _stems(text: str, one: Spoken) -> set[str]:
    words = folded(" ".join(text[start:end] for start, end in one.spans))
    return {word[:_STEM] for word in _WORD.findall(words)}
