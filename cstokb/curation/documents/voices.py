"""Whose words a quotation is: by what stands within it, after it, before it, and in the paragraph above."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cstokb.curation.documents.cases import is_feminine
from cstokb.curation.documents.clauses import Clauses, Said, Verb
from cstokb.curation.documents.mentions import Mention, Mentions
from cstokb.curation.documents.model import Span
from cstokb.curation.documents.sayings import HOLDING, SPOKE_SO, VERB
from cstokb.curation.documents.sentences import sentence_end, sentence_start

_LEAD = re.compile(r"[\s,]*(?:[—–-]+\s*)?")
_ENDS_SENTENCE = frozenset(".")
_INTRODUCES = re.compile(r"(?::|,|[—–-])\s*$")
_INTRODUCES_NEXT = re.compile(r":\s*$|(?<![\w-])(?:that|что)\s*$")
_LETTER = re.compile(r"[^\W\d_]")
#: What stands before the words of whoever is interviewed.
_ANSWER = re.compile(r"(?:answer|a|reply|ответ)\W*(?:\([^()]*\)\s*)?$")
#: "The minister" alone means the one named last, unless the text gives that person an office of these.
_MINISTER = re.compile(r"(?:the )?minister|министр(?:а|у|ом|е)?")
_NO_MINISTERS = ("head", "premier", "secretary")
_OF_WHOM = re.compile(r"\s+(?:(?:of|by|from)\s+)?(?:the\s+)?")
#: A bare "the document" refers no farther back than to the texts of so many mentions.
_MEMORY = 60


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words: a person, perhaps in an office, or a text; nothing is set where it is somebody unknown."""

    speaker: str = ""
    office: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: its span with its marks, the author's words within, and the limits of its context.

    ``floor`` and ``ceiling`` are where the paragraph, or the quotation before or after it in the paragraph, ends and
    begins; ``follows`` says that another one follows in the paragraph. ``above`` is the paragraph before.
    """

    start: int
    end: int
    asides: tuple[Span, ...]
    floor: int
    ceiling: int
    follows: bool = False
    above: Span | None = None
    above_quoted: bool = False
    closed: bool = True


class Voices:
    """Finds whose words the quotations of a text are, in their order."""

    def __init__(self, mentions: Mentions, quoted: Sequence[Span]) -> None:
        self._mentions = mentions
        self._text, self._low = mentions.text, mentions.low
        self._starts = [start for start, _end in quoted]
        self._ends = [end for _start, end in quoted]
        self._clauses = Clauses(mentions, self._is_quoted)
        self._last: tuple[int, str] | None = None
        self._last_voice = Voice()
        self._women = _women(mentions)
        self._ministers: dict[tuple[str, str], str] = {}
        self._interviewed: str | None = None

    def of(self, place: Place) -> Voice:
        """Whose words a quotation is. To be asked in the order of the text: who spoke last may speak on."""
        voice = self._within(place) or self._after(place) or self._before(place) or self._said_so(place)
        if voice and voice.office and not voice.speaker and (so := self._said_so(place)):
            voice = Voice(so.speaker, voice.office)
        voice = voice or self._within_unclosed(place) or self._above(place) or Voice()
        self._last_voice = voice
        if voice.speaker:
            self._last = place.end, voice.speaker
        return voice

    def labelled(self, start: int, end: int) -> Voice:
        """Whose words follow a label ("Tokayev:")."""
        people = [
            one for one in self._mentions.within(start, end) if one.kind in ("name", "office", "pronoun")
        ]
        voice = self._meant(people[0]) if len(people) == 1 else Voice()
        if not people:
            voice = self._answer(start, end)
        if voice.speaker:
            self._last = end, voice.speaker
        self._last_voice = voice
        return voice

    def _answer(self, start: int, end: int) -> Voice:
        """Whose words stand after "Answer:": those of the one person who was named before the first label."""
        if self._interviewed is None:
            named = {one.record for one in self._mentions.within(0, start) if one.name}
            self._interviewed = named.pop() if len(named) == 1 else ""
        return Voice(self._interviewed if _ANSWER.match(self._low, start, end) else "")

    def introduced(self, start: int, end: int) -> Voice | None:
        """Whose words follow a clause that ends with a colon."""
        return self._clause(sentence_start(self._text, start, end), end, last=True)

    # -- by place -------------------------------------------------------------------------------------------------

    def _within(self, place: Place) -> Voice | None:
        for start, end in place.asides:
            lead = _LEAD.match(self._text, start)
            begun = lead.end() if lead else start
            if voice := self._clause(start, end) or self._framed(begun, end, ","):
                return voice
        return None

    def _within_unclosed(self, place: Place) -> Voice | None:
        """Who is said to speak before the paragraph ends, where no mark parts the author's words from theirs."""
        last = sentence_start(self._text, place.start, place.end - 1)
        said = None if place.closed else self._clauses.said(max(last, place.start + 1), place.end, last=True)
        return self._told(said) if said and said.who else None

    def _after(self, place: Place) -> Voice | None:
        lead = _LEAD.match(self._text, place.end)
        begun = lead.end() if lead else place.end
        if begun >= place.ceiling:
            return None
        inner = self._inner_end(place)
        marked = bool(lead and lead[0].strip())
        if not marked and inner in _ENDS_SENTENCE and self._text[begun].isupper():
            return None
        if not marked and self._text[place.end : begun + 1].lstrip()[:1] in {".", ";"}:
            return None
        ended = sentence_end(self._text, begun, place.ceiling)
        dashed = bool(lead and re.search("[—–-]", lead[0]))
        if place.follows and ended == place.ceiling and not dashed:
            if _INTRODUCES_NEXT.search(self._low[begun:ended]) and self._before_has_verb(place):
                return None
            many = len(self._clauses.verbs(begun, ended)) > 1
            if _INTRODUCES_NEXT.search(self._low[begun:ended]) and not (many or VERB.match(self._low, begun)):
                return None
        return self._clause(begun, ended) or self._framed(begun, ended, inner)

    def _framed(self, begun: int, ended: int, inner: str) -> Voice | None:
        """Who stands right after words that a comma ends: whatever the verb is, it is one of saying."""
        first = self._mentions.within(begun, ended)[:1]
        if inner != "," or not first or self._low[begun : first[0].start] not in ("", "the "):
            return None
        return self._meant(first[0])

    def _before_has_verb(self, place: Place) -> bool:
        start = sentence_start(self._text, place.floor, place.start)
        return bool(self._clauses.verbs(start, place.start))

    def _inner_end(self, place: Place) -> str:
        """The last sign of the quoted words."""
        return self._text[place.start : place.end].rstrip("”»\"’'“›>")[-1:]

    def _before(self, place: Place) -> Voice | None:
        start = sentence_start(self._text, place.floor, place.start)
        if not _LETTER.search(self._text, start, place.start):
            return None
        if voice := self._cited(start, place.start):
            return voice
        if voice := self._clause(start, place.start, last=True):
            return voice
        if not _INTRODUCES.search(self._text, start, place.start):
            return None
        return self._named_before(start, place.start) or self._holding(start, place.start)

    def _named_before(self, start: int, end: int) -> Voice | None:
        """Who is named right before a colon, with no verb: a label, a heading; or which text."""
        stripped = self._text[:end].rstrip() if end < 300 else self._text[end - 300 : end].rstrip()
        if not stripped.endswith(":"):
            return None
        colon = self._text.rindex(":", 0, end)
        near = [
            one for one in self._mentions.within(start, colon) if not self._text[one.end : colon].strip(" )")
        ]
        return self._meant(near[-1]) if near and near[-1].kind != "group" else None

    def _cited(self, start: int, end: int) -> Voice | None:
        """A text that somebody cites: "recalled Article 4 of the Treaty: …"."""
        if not self._text[start:end].rstrip().endswith(":"):
            return None
        colon = self._text.rindex(":", start, end)
        near = [one for one in self._mentions.within(start, colon) if not self._text[one.end : colon].strip()]
        verbs = self._clauses.verbs(start, colon)
        if not near or near[-1].kind != "text" or not verbs or verbs[-1].kind == "according":
            return None
        cites = re.match(
            r"recall|remind|quot|cit|read|напомни|цитир|процитир|зачита|прочита|прочел|приве",
            self._low[verbs[-1].start :][:12],
        )
        return self._meant(near[-1]) if cites else None

    def _holding(self, start: int, end: int) -> Voice | None:
        """Who has the floor before a quotation: "Tokayev touched upon Afghanistan: …"."""
        for match in reversed(list(HOLDING.finditer(self._low, start, end))):
            if subject := self._clauses.subject(Verb(*match.span(), "said"), start, end):
                return self._meant(subject)
        return None

    def _said_so(self, place: Place) -> Voice | None:
        """ "… ." So said the President."""
        begun = (
            place.end
            + len(self._text[place.end : place.ceiling])
            - len(self._text[place.end : place.ceiling].lstrip(" .\n"))
        )
        if not SPOKE_SO.match(self._low, begun, place.ceiling):
            return None
        return self._clause(begun, sentence_end(self._text, begun, place.ceiling))

    def _above(self, place: Place) -> Voice | None:
        """A quotation that is a sentence of its own: who had the floor in the sentence before, or spoke just before."""
        start = sentence_start(self._text, place.floor, place.start)
        if _LETTER.search(self._text, start, place.start):
            return None
        rest = self._text[place.end : sentence_end(self._text, place.end, place.ceiling)]
        if _LETTER.search(rest) and not rest[:1].isspace() and self._inner_end(place) not in ".!?…":
            return None
        if place.floor < start:
            return self._sentence_before(place.floor, start)
        if place.above is None:
            return None
        if place.above_quoted:
            return self._last_voice
        return self._sentence_before(*place.above)

    def _sentence_before(self, floor: int, end: int) -> Voice | None:
        end = floor + len(self._text[floor:end].rstrip())
        start = sentence_start(self._text, floor, end - 1)
        if voice := self._cited(start, end):
            return voice
        said = self._clauses.said(start, end, last=True)
        if said is not None and (said.who is not None or said.him):
            return self._told(said)
        return self._holding(start, end)

    # -- by grammar -----------------------------------------------------------------------------------------------

    def _clause(self, start: int, end: int, *, last: bool = False) -> Voice | None:
        said = self._clauses.said(start, end, last=last)
        return self._told(said) if said else None

    def _told(self, said: Said) -> Voice:
        if said.who is None:
            return Voice() if said.nobody else Voice(self._antecedent(said.at) or self._named(said))
        return self._meant(said.who)

    def _named(self, said: Said) -> str:
        """Whoever is named last before "him", where nobody is a subject."""
        near = (one.record for one in self._mentions.before(said.at) if one.name)
        return next(near, "") if said.him else ""

    def _meant(self, one: Mention) -> Voice:
        """Whose words they are when a mention is the one who says."""
        if one.kind == "text":
            return self._of_text(one)
        if one.kind == "pronoun":
            return Voice(self._antecedent(one.start, she=self._low[one.start : one.end] in ("she", "она")))
        if one.kind == "group":
            return Voice()
        if one.kind == "latter":
            return Voice(next((near.record for near in self._mentions.before(one.start) if near.name), ""))
        if one.kind == "name" or one.record:
            return Voice(one.record, one.office)
        return Voice(self._office_holder(one), one.office)

    def _office_holder(self, one: Mention) -> str:
        kind, body = one.role
        if kind == "other" and not body and _MINISTER.fullmatch(self._low, one.start, one.end):
            record = self._antecedent(one.start)
            return "" if any(self._mentions.holds(record, high) for high in _NO_MINISTERS) else record
        if kind in ("voice", "other"):
            return ""
        if body:
            return self._mentions.holder(one) or self._unassigned(one)
        for other in self._clauses.subjects_before(one.start, _MEMORY):
            if other.record and self._mentions.holds(other.record, kind):
                return self._latest(other)
        known = self._mentions.holder(one)
        return known or ("" if kind in ("foreign", "defence") else self._antecedent(one.start))

    def _unassigned(self, one: Mention) -> str:
        """Whoever was named last, where a minister's office is nobody's in the text, and he is given no other."""
        if one.role[0] not in ("foreign", "defence") or one.role in self._ministers:
            return self._ministers.get(one.role, "")
        record = self._antecedent(one.start)
        if record and not self._mentions.is_given_an_office(record):
            self._ministers[one.role] = record
        return self._ministers.get(one.role, "")

    def _antecedent(self, place: int, *, she: bool | None = None) -> str:
        """Whom a pronoun means: who was last the subject, or spoke last."""
        for one in self._clauses.subjects_before(place, _MEMORY):
            if one.kind == "office" and not one.record:
                record = self._office_holder(one) if one.role[1] else ""
                if not record:
                    continue
                return self._latest(one, record, she=she)
            name = self._low[slice(*one.name)] if one.name else ""
            if name and is_feminine(name) != bool(she):
                continue
            return self._latest(one, she=she)
        return self._last[1] if self._last else ""

    def _latest(self, one: Mention, record: str = "", *, she: bool | None = None) -> str:
        """Who is mentioned, or who spoke after the mention and may be meant as well."""
        if self._last and self._last[0] > one.end and she in (None, self._last[1] in self._women):
            return self._last[1]
        return record or one.record

    def _of_text(self, one: Mention) -> Voice:
        if one.record:
            return Voice(document=one.record)
        gap = _OF_WHOM.match(self._low, one.end)
        owner = self._mentions.within(gap.end(), gap.end() + 200)[:1] if gap else []
        if owner and owner[0].start == (gap.end() if gap else -1) and owner[0].kind in ("name", "office"):
            return self._meant(owner[0])
        for count, other in enumerate(self._mentions.before(one.start)):
            if count > _MEMORY:
                break
            if other.kind == "text" and not self._is_quoted(other.start) and _is_like(one, other):
                return Voice(document=other.record)
        return Voice()

    def _is_quoted(self, place: int) -> bool:
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]


def _is_like(one: Mention, other: Mention) -> bool:
    """Whether a text named by its sort alone may be another one that stands before it."""
    return one.family in ("any", other.family) and (bool(other.record) or other.family != "any")


def _women(mentions: Mentions) -> frozenset[str]:
    """The people all of whose names in the text look like those of women."""
    looks: dict[str, bool] = {}
    for one in mentions.all:
        if one.name and one.record:
            looks[one.record] = looks.get(one.record, True) and is_feminine(mentions.low[slice(*one.name)])
    return frozenset(record for record, feminine in looks.items() if feminine)
