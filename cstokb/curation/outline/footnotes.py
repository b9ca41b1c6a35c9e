"""Footnotes: marks at labels and in the text, and the notes to them at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cstokb.curation.outline.model import Outline

_NOTE = re.compile(r"^(?:(\d{1,2})\)|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})⁾?|(\*+)\)?)\s*(?=\S)(.*)$", re.S)
_MARK = re.compile(r"(?<=[\w.,;:»”)])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Footnotes:
    """Finds the notes of a text, given its lines."""

    def __init__(self, outline: Outline, lines: Iterable[str]) -> None:
        self._outline = outline
        self._in_text = {mark.translate(_RAISED) for line in lines for mark in _MARK.findall(line)}

    def take(self, text: str) -> bool:
        """Keep a line if it is the note to a mark at a label or, with a raised figure, in the text."""
        match = _NOTE.match(text)
        if match is None:
            return False
        raised = (match[2] or "").translate(_RAISED)
        sign = match[1] or raised or match[3]
        at_labels = {mark for part in self._outline.parts for mark in part.marks}
        if sign not in at_labels and raised not in self._in_text:
            return False
        self._outline.footnotes.setdefault(sign, match[4].strip())
        return True

    def take_last(self) -> None:
        """Take the notes that stand as the last paragraphs of the last part."""
        paragraphs = self._outline.parts[-1].paragraphs if self._outline.parts else []
        while paragraphs and self.take(paragraphs[-1].words):
            paragraphs.pop()

    def strip_marks(self) -> None:
        """Take the marks of the notes out of the text; they are no part of the wording."""
        found = self._outline.footnotes
        for part in self._outline.parts if found else ():
            for one in part.paragraphs:
                one.text = _MARK.sub(
                    lambda mark: "" if mark[0].translate(_RAISED) in found else mark[0], one.text
                )
