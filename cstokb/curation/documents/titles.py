"""What stands in quotation marks and is no quotation: titles and names, and words set in doubt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from cstokb.curation.documents.marks import Marked
from cstokb.curation.documents.model import Finding, FindingKind
from cstokb.curation.documents.sayings import TEXT_VERB, VERB

_FEWEST = 4
_WORD = re.compile(r"\w[\w'’-]*")
_CLASSES = (
    r"(?:газет|операци|программ|компани|парти|преми|парадигм|корпораци|монографи|книг|картин|песн|стать|радиостанци)"
    r"(?:а|ы|е|у|ой|я|и|ю|ей|ями|ах|ям|ях)?"
    r"|(?:журнал|комплекс|концерн|холдинг|фонд|клуб|форум|университет|завод|центр|отел|проект|фильм|закон|договор|протокол"
    r"|план|указ|устав|портал|сайт|телеканал|канал|батальон|полк|отряд|меморандум|девиз|лозунг|орден|пакт|манифест"
    r"|документ|сценари|доклад|формат|проспект)(?:а|у|ом|е|ы|ов|ах|ам|ами|ю|я|ем|и|ев|ь|й)?"
    r"|(?:учени|соглашени|решени|заявлени|положени|издани|движени|объединени|агентств|предприяти|обществ|мероприяти)"
    r"(?:е|я|ю|ем|и|ий|ях|ям|ями|о|а|у|ом)?"
    r"|(?:концепци|стратеги|резолюци|деклараци|организаци|конвенци|доктрин|тем|рубрик|медал|конференци|выставк|инициатив"
    r"|акци|сесси|трениров|рот)(?:я|и|ю|ей|ия|а|ы|е|у|ой|ь|ью|к|ка|ки|ку|кой|ке)?"
    r"|ооо|оао|пао|зао|ао|тасс|риа|ансамбл\w*"
    r"|newspapers?|magazine|journal|exercises?|operations?|agency|company|article|book|film|movie|programme|program|law|act"
    r"|agreement|treaty|protocol|strategy|concept|memorandum|report|theme|motto|slogan|titled|entitled|called|named|forum"
    r"|conference|exhibition|initiative|project|plan|party|movement|order|medal|channel|station|website|portal|headlined"
    r"|headline|под названием|именуем\w+|called"
)
_CLASS_BEFORE = re.compile(rf"(?<![\w-])(?:{_CLASSES})\s+(?:\d+\s+)?$")
#: "учения с армией и флотом «…»": a class noun a few words before, where what is quoted is written like a name.
_CLASS_NEAR = re.compile(rf"(?<![\w-])(?:{_CLASSES})\s+(?:[\w-]+\s+){{1,3}}$")
_CLASS_AFTER = re.compile(
    r"\s+(?:\w+\s+)?(?:exercises?|operations?|newspaper|magazine|agency|programme|program|initiative|project|forum|doctrine"
    r"|strategy|concept|article|law|act|party|movement|conference)(?![\w-])"
)
_CALLED = re.compile(r"(?<![\w-])(?:called|dubbed|calls|describes?d?)\s+[\w\s-]{0,40}$")
_TITLE_ABOUT = re.compile(r"(?:об?|on|concerning)\s", re.I)
_NAMING = (FindingKind.INSTRUMENT, FindingKind.ORGAN, FindingKind.SESSION, FindingKind.PROVISION)
_DASH_VERB = re.compile(r"[,!?.…]?\s*[—–-]+\s")


class Titles:
    """Tells names and words in doubt from quotations."""

    def __init__(self, text: str, low: str, findings: Sequence[Finding]) -> None:
        self._text, self._low = text, low
        named = sorted((one.start, one.end) for one in findings if one.kind in _NAMING)
        self._starts, self._ends = [start for start, _end in named], [end for _start, end in named]

    def is_title(self, one: Marked) -> bool:
        """Whether the quoted words are how something is called."""
        before = self._low[max(0, one.opened - 60) : one.opened]
        first = _WORD.search(self._text, one.start, one.end)
        if first is None or first[0][0].islower():
            return False
        if _CLASS_BEFORE.search(before) and not _CALLED.search(before):
            return True
        words = self._text[one.start : one.end]
        if _CLASS_NEAR.search(before) and (_TITLE_ABOUT.match(words) or _is_like_a_name(words)):
            return True
        if _CLASS_AFTER.match(self._low, one.ended) and one.end - one.start < 80:
            return True
        return self._is_named(one)

    def _is_named(self, one: Marked) -> bool:
        """Whether an instrument or an organ bears most of the quoted words as its name."""
        at = bisect_left(self._starts, one.start - 1)
        if at >= len(self._starts) or self._starts[at] > one.start + 3:
            return False
        return min(self._ends[at], one.end) - self._starts[at] >= 0.7 * (one.end - one.start)

    def is_short(self, one: Marked) -> bool:
        """Whether the words are fewer than a quotation has, and nothing says that they were spoken."""
        words = islice(_WORD.finditer(self._text, one.start, one.end), _FEWEST)
        return sum(1 for _word in words) < _FEWEST and not self.is_spoken(one)

    def is_spoken(self, one: Marked) -> bool:
        """Whether marks and a verb of saying frame the words as direct speech."""
        if not _WORD.search(self._text, one.start, one.end):
            return False
        dash = _DASH_VERB.match(self._low, one.ended)
        if dash and any(verb.search(self._low, dash.end(), dash.end() + 30) for verb in (VERB, TEXT_VERB)):
            return True
        if self._text[one.end - 1] in ",!?…" and VERB.search(self._low, one.ended, one.ended + 60):
            return True
        before = self._low[max(0, one.opened - 80) : one.opened].rstrip()
        return before.endswith(":") and bool(VERB.search(before))


def _is_like_a_name(words: str) -> bool:
    """Whether no sentence ends in the words and most of them are written large, as names are in English."""
    found = _WORD.findall(words)
    large = sum(word[0].isupper() or word[0].isdigit() for word in found)
    return bool(found) and large >= 0.6 * len(found) and not re.search(r"[.!?…,]$", words)
