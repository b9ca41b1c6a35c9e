"""Who and what a text mentions that words may be of: people by name, by office and by pronoun, groups, and texts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from types import MappingProxyType

from cstokb.curation.documents.cases import GENITIVE, NOMINATIVE, case_of_name, case_of_office
from cstokb.curation.documents.model import Finding, FindingKind, Span
from cstokb.curation.documents.offices import GROUP, HEAD, offices
from cstokb.curation.documents.sayings import folded

_PRONOUN = re.compile(r"(?<![\w-])(?:he|she|он|она)(?![\w-])")
_LATTER = re.compile(
    r"(?<![\w-])(?:the latter|тот|последний)(?![\w-])(?!,? (?:же|кто|который|факт|раз|день|год))"
)
_IT_SAYS = re.compile(
    r"(?<![\w-])it(?= (?:also |then )?(?:says|states|reads|provides|declares|notes|stipulates)(?!\w))"
)
#: Between an office and the name of its holder, and between a name and the office in apposition.
_TO_NAME = re.compile(r",?\s*(?:[A-ZА-ЯЁ]\.\s?){0,2}")
_TO_OFFICE = re.compile(r"\s*(?:,|\(|[—–-])\s*(?:the\s+|a\s+)?")
_NAME = re.compile(r"(?:[A-ZА-ЯЁ]\.\s?){0,2}[A-ZА-ЯЁ][a-zа-яё'’]+(?:-[A-ZА-ЯЁ][a-zа-яё'’]+)*")
_NAMES = re.compile(rf"{_NAME.pattern}(?:\s+{_NAME.pattern}){{0,2}}")
_TEXTS = {
    "statement": r"statement|заявлени(?:е|я|ю|ем|и)",
    "declaration": r"declaration|деклараци(?:я|и|ю|ей)",
    "communique": r"communiqu[eé]|коммюнике",
    "treaty": r"treaty|договор(?:а|у|ом|е)?",
    "charter": r"charter|устав(?:а|у|ом|е)?",
    "agreement": r"agreement|соглашени(?:е|я|ю|ем|и)",
    "protocol": r"protocol|протокол(?:а|у|ом|е)?",
    "article": r"(?:articles?|art\.|стать(?:я|и|е|ю|ей))(?:\s+(?:№\s*)?\d+)?",
    "strategy": r"strategy|concept|стратеги(?:я|и|ю|ей)|концепци(?:я|и|ю|ей)",
    "resolution": r"resolution|decision|резолюци(?:я|и|ю|ей)|решени(?:е|я|ю|ем|и)",
    "any": (
        r"document|restatement|preamble|text|paragraph|provision|преамбул(?:а|ы|е|у|ой)|документ(?:а|у|ом|е)?"
        r"|текст(?:а|у|ом|е)?|пункт(?:а|у|ом|е)?"
    ),
    "letter": r"letter|message|appeal|письм(?:о|а|у|ом|е)|послани(?:е|я|ю|ем|и)|обращени(?:е|я|ю|ем|и)",
}
_TEXT = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _TEXTS.items()) + r")(?![\w-])"
)
#: Organs whose statements are those of the Organization.
_COMMON_ORGANS = frozenset({"csc", "cmfa", "cmd", "cssc"})
_OTHERS = re.compile(
    r"министерств|мид|посольств|партии|ministry|embassy|party|government|правительств|[a-z]+ ministry"
)
_OF = re.compile(r"\s+(?:of\s+|to\s+)?(?:the\s+)?")
_by_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who may be the one who speaks, or a text whose words may be quoted.

    ``kind`` is name, office, pronoun, group or text. ``record`` is the public id of the person or the text, empty where
    it is not known. ``name`` is where the proper name stands, if one is given; ``office`` the words of the office,
    ``role`` its class and whose office it is. ``family`` is the sort of a text.
    """

    start: int
    end: int
    kind: str
    record: str = ""
    name: Span | None = None
    office: str = ""
    role: tuple[str, str] = ("", "")
    family: str = ""


class Mentions:
    """All that a text mentions, in its order, and who is meant by what does not name."""

    def __init__(
        self, text: str, findings: Sequence[Finding], issued: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.text = text
        self.low = folded(text)
        self._issued = issued
        self._people = {f.start: f for f in findings if f.kind == FindingKind.PERSON}
        self._bodies = {
            f.start: f.end
            for f in findings
            if f.kind in (FindingKind.STATE, FindingKind.ORGAN, FindingKind.PLACE)
        }
        self._records = {
            f.start: f.record for f in findings if f.kind in (FindingKind.STATE, FindingKind.ORGAN)
        }
        mentions = sorted([*self._holders(), *self._texts(findings), *self._others()], key=_order)
        self.all = _in_apposition(text, _apart(mentions))
        self._holders_of = self._known_holders()
        self._classes = {(record, role[0]) for role, held in self._holders_of.items() for _at, record in held}

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that stand wholly in a stretch of the text."""
        first = bisect_left(self.all, start, key=_by_start)
        last = bisect_right(self.all, end, key=_by_start)
        return [one for one in self.all[first:last] if one.end <= end]

    def before(self, place: int) -> Iterator[Mention]:
        """The mentions before a place, nearest first."""
        for at in range(bisect_left(self.all, place, key=_by_start) - 1, -1, -1):
            yield self.all[at]

    def holder(self, one: Mention) -> str:
        """Whom the text has named as holder of an office before a mention of it, or after it."""
        role, body = one.role
        known = self._holders_of.get((role, body), ()) if body else ()
        known = known or (self._holders_of.get((role, ""), ()) if not body else ())
        if not known:
            return ""
        at = bisect_right([place for place, _record in known], one.start)
        return known[max(0, at - 1)][1]

    def holds(self, record: str, kind: str) -> bool:
        """Whether the text gives somebody an office of a class."""
        return (record, kind) in self._classes

    def is_given_an_office(self, record: str) -> bool:
        """Whether the text gives somebody any office."""
        return any(holder == record for holder, _kind in self._classes)

    # -- people ---------------------------------------------------------------------------------------------------

    def _holders(self) -> Iterator[Mention]:
        named = {at: one.end for at, one in self._people.items() if not HEAD.match(self.low, at)}
        taken: set[int] = set()
        for office in offices(self.low, self.text, self._bodies, named):
            if GROUP.match(self.low, office.head[0]) and office.kind == "other":
                continue
            one = self._holder_at(office.start, office.end, office.kind, named)
            taken.update(at for at in range(one.start, one.end) if at in self._people)
            yield one
        for at, ended in named.items():
            if at not in taken:
                yield Mention(at, ended, "name", self._people[at].record, (at, ended))

    def _holder_at(self, start: int, end: int, kind: str, named: dict[int, int]) -> Mention:
        body = next((self._records.get(at, "") for at in range(start, end) if self._records.get(at)), "")
        finding = next((self._people[at] for at in range(start, end) if at in self._people), None)
        record = (
            finding.record
            if finding and finding.start not in named and kind not in ("voice", "other")
            else ""
        )
        words = self.text[start:end]
        gap = _TO_NAME.match(self.text, end)
        begun = gap.end() if gap else end
        role = (kind, body)
        if gap and "," in gap[0] and case_of_office(self.low[start:end]) not in ("", NOMINATIVE):
            begun = end  # «заняв место председателя, Лукашенко …»
        person = next((self._people[at] for at in (end + 1, begun) if at in named), None)
        if person is not None:
            if kind in ("voice", "other") and self._is_of(start, person):
                return Mention(start, person.end, "office", "", None, self.text[start : person.end], role)
            return Mention(start, person.end, "name", person.record, person.span, words, role)
        if finding is not None and finding.end > begun:
            return Mention(start, finding.end, "name", finding.record, (begun, finding.end), words, role)
        unknown = _NAMES.match(self.text, begun) if gap and "," not in gap[0] else None
        if unknown and begun not in self._bodies and unknown.end() > begun and self.text[begun - 1] != "\n":
            return Mention(start, unknown.end(), "name", "", unknown.span(), words, role)
        return Mention(start, end, "office", record, None, words, role)

    def _is_of(self, start: int, person: Finding) -> bool:
        """Whether a name is that of whom somebody serves («пресс-секретарь Токаева»), and not of who serves."""
        case = case_of_name(self.low[person.start : person.end])
        return case == GENITIVE and case_of_office(self.low[start : person.start]) == NOMINATIVE

    def _known_holders(self) -> dict[tuple[str, str], list[tuple[int, str]]]:
        held: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for one in self.all:
            if one.role[0] in ("", "voice", "other") or not (one.record or one.name):
                continue
            held.setdefault(one.role, []).append((one.start, one.record))
            if one.role[1]:
                held.setdefault((one.role[0], ""), []).append((one.start, one.record))
        return held

    # -- texts, groups, pronouns ----------------------------------------------------------------------------------

    def _texts(self, findings: Sequence[Finding]) -> Iterator[Mention]:
        held: list[Finding] = []
        for one in findings:
            if one.kind not in (FindingKind.INSTRUMENT, FindingKind.PROVISION):
                continue
            if held and one.start < held[-1].end:
                if one.kind == FindingKind.PROVISION:
                    held[-1] = one
                continue
            held.append(one)
        inside = {at for one in held for at in range(one.start, min(one.end, one.start + 400))}
        for one in held:
            noun = _TEXT.search(self.low, one.start, one.end)
            family = (
                "article" if one.kind == FindingKind.PROVISION else (noun.lastgroup or "") if noun else ""
            )
            yield Mention(one.start, one.end, "text", one.record, family=family)
        for match in _TEXT.finditer(self.low):
            if match.start() not in inside:
                family = match.lastgroup or "any"
                record = self._issued.get(family, "") if self._is_common(match.end()) else ""
                yield Mention(match.start(), match.end(), "text", record, family=family)

    def _is_common(self, place: int) -> bool:
        """Whether a statement is one of the Organization: it is said to be nobody's else."""
        gap = _OF.match(self.low, place)
        begun = gap.end() if gap else place
        if begun in self._bodies:
            return self._records.get(begun) in _COMMON_ORGANS
        return not (begun in self._people or HEAD.match(self.low, begun) or _OTHERS.match(self.low, begun))

    def _others(self) -> Iterator[Mention]:
        for match in _PRONOUN.finditer(self.low):
            yield Mention(match.start(), match.end(), "pronoun")
        for match in _LATTER.finditer(self.low):
            yield Mention(match.start(), match.end(), "latter")
        for match in _IT_SAYS.finditer(self.low):
            yield Mention(match.start(), match.end(), "text", family="any")
        for match in GROUP.finditer(self.low):
            yield Mention(match.start(), match.end(), "group")
        for start, end in self._bodies.items():
            yield Mention(start, end, "group")


def _order(one: Mention) -> tuple[int, int]:
    return one.start, -one.end


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Mentions none of which stands inside another; an office in apposition goes with the name before it."""
    kept: list[Mention] = []
    for one in mentions:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end and kept[-1].kind == "group":
            kept[-1] = one
    return kept


def _in_apposition(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Names with the office that follows them after a comma: "Kassym-Jomart Tokayev, President of Kazakhstan"."""
    made: list[Mention] = []
    for one in mentions:
        last = made[-1] if made else None
        if last and last.name and not last.office and one.kind == "office":
            gap = text[last.end : one.start]
            after = text[one.end : one.end + 1]
            if (_TO_OFFICE.fullmatch(gap) and after in ",)—–.;:") or not after:
                made[-1] = replace(last, end=one.end, office=one.office, role=one.role)
                continue
        made.append(one)
    return made
