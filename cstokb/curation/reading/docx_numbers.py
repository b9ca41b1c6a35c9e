"""Automatic numbers of a DOCX file: what the word processor shows before a paragraph and does not store."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from cstokb.curation.reading.listing_numbers import letters, roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_LONGEST_LABEL = 60
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


def value_of(element: Any, path: str) -> str:
    """The ``w:val`` of a child, or an empty text."""
    child = None if element is None else element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return "" if child is None else str(child.get(f"{W}val", ""))


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and what it prints."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """The lists of a file and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[str] = field(default_factory=set)
    restarts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, numbering: Any, styles: Any) -> Numbering:
        """The lists that ``numbering.xml`` describes, and the styles that use them."""
        made = cls()
        if numbering is None:
            return made
        abstract = {
            one.get(f"{W}abstractNumId", ""): _levels(one) for one in numbering.iter(f"{W}abstractNum")
        }
        for num in numbering.iter(f"{W}num"):
            made._add(num, abstract)
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                number = value_of(style, "pPr/numPr/numId")
                if number:
                    level = _whole(value_of(style, "pPr/numPr/ilvl"), 0)
                    made.styles[style.get(f"{W}styleId", "")] = (number, level)
        return made

    def _add(self, num: Any, abstract: dict[str, dict[int, Level]]) -> None:
        key, base = num.get(f"{W}numId", ""), value_of(num, "abstractNumId")
        self.levels[key] = dict(abstract.get(base, {}))
        self.series[key] = base
        for override in num.iter(f"{W}lvlOverride"):
            level = _whole(override.get(f"{W}ilvl", ""), 0)
            own = override.find(f"{W}lvl")
            if own is not None:
                self.levels[key][level] = _level(own)
            if start := value_of(override, "startOverride"):
                self.restarts[key][level] = _whole(start, 1)

    def label(self, paragraph: Any) -> str:
        """The number that stands before a paragraph, which is counted; empty for one without."""
        key, level = self._place(paragraph)
        shape = self.levels.get(key, {}).get(level)
        if shape is None or not 0 <= level < LEVELS or _is_deleted(paragraph):
            return ""
        counter = self.counters[self.series[key]]
        if key not in self.begun:
            self.begun.add(key)
            for restarted, start in self.restarts[key].items():
                counter[restarted] = start - 1
        counter[level] = counter.get(level, shape.start - 1) + 1
        for deeper in [one for one in counter if one > level]:
            del counter[deeper]
        return self._printed(key, level, counter)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        style = self.styles.get(value_of(paragraph, "pPr/pStyle"), ("", 0))
        key = value_of(paragraph, "pPr/numPr/numId") or style[0]
        level = value_of(paragraph, "pPr/numPr/ilvl")
        return key, _whole(level, style[1] if not level else 0)

    def _printed(self, key: str, level: int, counter: dict[int, int]) -> str:
        levels = self.levels[key]
        if levels[level].form in {"bullet", "none"}:
            return ""

        def number(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            shape = levels.get(other, Level())
            return formed(counter.get(other, shape.start), shape.form)

        return re.sub(r"%([1-9])", number, levels[level].text)[:_LONGEST_LABEL].strip()


def _is_deleted(paragraph: Any) -> bool:
    """Whether a paragraph's mark was deleted while changes were tracked: it counts no more."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _levels(abstract: Any) -> dict[int, Level]:
    return {_whole(one.get(f"{W}ilvl", ""), 0): _level(one) for one in abstract.iter(f"{W}lvl")}


def _level(element: Any) -> Level:
    return Level(
        value_of(element, "numFmt") or "decimal",
        value_of(element, "lvlText"),
        _whole(value_of(element, "start"), 1),
    )


def _whole(text: str, other: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else other


def formed(number: int, form: str) -> str:
    """A number in one of Word's forms; what is no form of ours is printed in figures."""
    if number < 1 or number > 3999:
        return str(number)
    small = {
        "lowerLetter": lambda: letters(number, _LATIN),
        "upperLetter": lambda: letters(number, _LATIN).upper(),
        "russianLower": lambda: letters(number, _RUSSIAN),
        "russianUpper": lambda: letters(number, _RUSSIAN).upper(),
        "lowerRoman": lambda: roman(number),
        "upperRoman": lambda: roman(number).upper(),
        "decimalZero": lambda: f"{number:02d}",
    }
    return small[form]() if form in small else str(number)
