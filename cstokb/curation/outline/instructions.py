"""Instructions: what an amending instrument orders to be done to which words."""

from __future__ import annotations

import re

from cstokb.curation.outline.model import Instruction

_Q = '[«“"„‘]([^«»“”"„‘]{1,300})[»”"’“]'
_PATTERNS = (
    ("replace", re.compile(rf"replace\s+the\s+words?\s+{_Q}\s+(?:with|by)\s+(?:the\s+words?\s+)?{_Q}", re.I)),
    (
        "replace",
        re.compile(
            rf"words?\s+{_Q}\s+(?:shall\s+be|should\s+be|to\s+be|is|are)\s+replaced\s+(?:with"
            rf"|by)\s+(?:the\s+words?\s+)?{_Q}",
            re.I,
        ),
    ),
    ("replace", re.compile(rf"слов[ао]?\s+{_Q}\s+замен\w+\s+(?:на\s+)?(?:слов\w*\s+)?{_Q}", re.I)),
    ("replace", re.compile(rf"замен\w+\s+слов\w*\s+{_Q}\s+(?:на\s+)?(?:слов\w*\s+)?{_Q}", re.I)),
    ("delete", re.compile(rf"(?:delete|exclude|omit)\s+the\s+words?\s+{_Q}", re.I)),
    (
        "delete",
        re.compile(
            rf"words?\s+{_Q}\s+(?:shall\s+be|should\s+be|to\s+be|are)\s+(?:deleted|excluded|omitted)", re.I
        ),
    ),
    ("delete", re.compile(rf"слов[ао]?\s+{_Q}\s+исключ\w+|исключ\w+\s+слов[ао]?\s+{_Q}", re.I)),
    ("add", re.compile(rf"(?:add|supplement\w*|insert)\b[^«“\"„]{{0,160}}{_Q}", re.I)),
    ("add", re.compile(rf"дополн\w+\b[^«“\"„]{{0,160}}{_Q}", re.I)),
    (
        "reword",
        re.compile(
            r"(?:should|shall|to)\s+be\s+(?:re)?worded|shall\s+read|(?:be|is)\s+(?:set\s+out|restated)"
            r"|излож\w+\b.{0,120}",
            re.I,
        ),
    ),
)


def instructions_in(text: str) -> list[Instruction]:
    """The orders in a paragraph, in the order of the words; one place is read as one order."""
    found: list[tuple[int, int, Instruction]] = []
    for verb, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _one in found):
                words = [one for one in match.groups() if one]
                found.append((match.start(), match.end(), _made(verb, words)))
    return [one for _start, _end, one in sorted(found, key=lambda item: item[0])]


def _made(verb: str, words: list[str]) -> Instruction:
    if verb == "replace":
        return Instruction(verb, words[0], words[-1])
    if verb == "add":
        return Instruction(verb, new=words[0])
    return Instruction(verb, old=words[0] if words else "")
