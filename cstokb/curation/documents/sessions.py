"""Sessions that a text speaks of: a word for a meeting, and the day of one held then beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from cstokb.curation.documents.gazetteer import Gazetteer, Meeting
from cstokb.curation.documents.model import Candidate, Finding, FindingKind
from cstokb.dates import HistoricDate

_WORD = re.compile(
    r"(?<![\w-])(?:(?:anniversary|extraordinary|informal|regular|joint|urgent) )?"
    r"(?:summit|session|meeting|videoconference)(?![\w-])"
    r"|(?<![\w-])(?:(?:юбилейн|внеочередн|неформальн|очередн|совместн)[а-я]{2,3} )?"
    r"(?:саммит(?:а|у|ом|е)?|сесси(?:я|и|ю|ей)|заседани(?:е|я|ю|ем|и)|встреч(?:а|и|е|у|ей)|видеоконференци(?:я|и|ю|ей))"
    r"(?![\w-])",
    re.I,
)
#: A day further away than this is that of something else.
_NEAR = 220
BESIDE, BY_DOCUMENT = 0.75, 0.6


def sessions(
    text: str, findings: Iterable[Finding], names: Gazetteer, published: HistoricDate | None
) -> list[Finding]:
    """The sessions of a text, each where a word for it stands first; by the day beside it, or that of the document."""
    days = sorted((one.start, one.record) for one in findings if one.kind == FindingKind.DATE and one.record)
    cities = {one.record for one in findings if one.kind == FindingKind.PLACE}
    found: dict[str, Finding] = {}
    for match in _WORD.finditer(text):
        held, score = list(_held(_beside(text, match, days), names)), BESIDE
        if not held and published is not None:
            held, score = list(_held([published.edtf], names)), BY_DOCUMENT
        fitting = [one for one in held if one.city in cities] or held
        if len(fitting) == 1 and fitting[0].record not in found:
            record = fitting[0].record
            others = tuple(
                Candidate(one.record, names.label("session", one.record), score)
                for one in held
                if one.record != record
            )
            found[record] = Finding(
                FindingKind.SESSION, match[0], match.start(), match.end(), record, score, others
            )
    return sorted(found.values(), key=lambda one: one.start)


def _beside(text: str, match: re.Match[str], days: Sequence[tuple[int, str]]) -> Iterator[str]:
    """The days that stand near a word, within its paragraph, the nearest first."""
    first = bisect_left(days, (match.start() - _NEAR,))
    last = bisect_left(days, (match.end() + _NEAR,))
    near = sorted(days[first:last], key=lambda one: abs(one[0] - match.start()))
    for at, day in near:
        between = text[min(at, match.start()) : max(at, match.end())]
        if "\n\n" not in between and len(day) == len("YYYY-MM-DD"):
            yield day


def _held(days: Iterable[str], names: Gazetteer) -> Iterator[Meeting]:
    """The sessions of the first of some days on which any was held."""
    for day in days:
        held = [one for one in names.meetings if one.began <= day <= one.ended]
        if held:
            yield from held
            return
