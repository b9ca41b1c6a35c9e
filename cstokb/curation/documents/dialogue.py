"""Speech without quotation marks: blocks that a page sets off, speaker labels, words after a colon, dash dialogue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from cstokb.curation.documents.asides import asides, pieces
from cstokb.curation.documents.marks import Line
from cstokb.curation.documents.mentions import Mentions
from cstokb.curation.documents.model import Span
from cstokb.curation.documents.sayings import TEXT_VERB, VERB, words
from cstokb.curation.documents.sentences import sentence_start
from cstokb.curation.documents.spoken import Spoken
from cstokb.curation.documents.voices import Voice

_WORD = re.compile(r"\w[\w'’-]*")
_MARK = frozenset('«“„"‘‹<')
_DASH = re.compile(r"(?:—|–|−|--?)\s+")
_LABEL = re.compile(r"[^\n:;!?«»“”\"]{1,90}?(?=:\s)")
_ASKS = re.compile(
    r"(?:question|q|answer|a|journalist|moderator|interviewer|reporter|reply|вопрос|ответ|журналист|ведущ(?:ий|ая)"
    r"|корреспондент|реплика)\W*(?:\([^()]*\)\s*)?$"
)
_NAMES = re.compile(
    r"(?:[A-ZА-ЯЁ]\.\s?){0,2}[A-ZА-ЯЁ][\w'’-]+(?:\s+[A-ZА-ЯЁ][\w'’-]+){0,2}\s*(?:\([^()]*\))?$"
)
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]\W*$")
_FOLLOWING = re.compile(r"(?:the )?following|следующее|так|буквально")
_LISTED = re.compile(r"(?:[•·*–—-]|\d{1,2}[.)]|\w\))\s")
#: After "said" and before the colon: when, where, to whom; anything else is what is told, and no quotation follows.
_WHERE_OR_TO_WHOM = words(
    "в во на по при к at in on to during reporters journalists журналистам коллегам участникам"
)
_FEWEST = 4
_MOST_AFTER_VERB = 3
#: A page that sets off more of its text than this only indents it.
_LAYOUT = 0.6


class Dialogue:
    """Finds what is spoken without marks, paragraph by paragraph."""

    def __init__(
        self, mentions: Mentions, lines: Sequence[Line], headings: frozenset[int], quoted: frozenset[int]
    ) -> None:
        self._mentions, self._lines, self._headings = mentions, lines, headings
        self._text, self._low = mentions.text, mentions.low
        self._quoted = quoted if self._is_sparse(quoted) else frozenset()
        self._labels = {
            at: label
            for at, line in enumerate(lines)
            if at not in self._quoted and (label := self._label(line)) is not None
        }
        self._is_transcript = len(set(self._labels) - headings) > 1

    def found(self) -> list[Spoken]:
        """Everything spoken without marks; its paragraphs hold no other quotation."""
        at, found = 0, []
        while at < len(self._lines):
            one = (
                self._block(at)
                or self._turn(at)
                or self._dashed(at)
                or self._after_colon(at)
                or self._below_colon(at)
            )
            if one is not None:
                found.append(one)
            at = one.last + 1 if one is not None else at + 1
        return found

    def _is_sparse(self, quoted: frozenset[int]) -> bool:
        held = sum(self._lines[at].end - self._lines[at].start for at in quoted)
        return held < _LAYOUT * sum(line.end - line.start for line in self._lines)

    def _spoken(self, span: Span, first: int, last: int) -> Spoken:
        spans = tuple(
            piece
            for at in range(first, last + 1)
            for piece in pieces(
                self._text, max(self._lines[at].start, span[0]), min(self._lines[at].end, span[1]), []
            )
        )
        return Spoken(spans, span[0], self._lines[last].end, first, last)

    # -- blocks ---------------------------------------------------------------------------------------------------

    def _block(self, at: int) -> Spoken | None:
        """Paragraphs that the page sets off, with the line below that says whose words they are."""
        if at not in self._quoted:
            return None
        last = at
        while last + 1 in self._quoted:
            last += 1
        end = last
        signed = self._signed(self._lines[last]) if last > at else None
        if signed:
            end -= 1
        if any(self._has_attribution(self._lines[one]) for one in range(at, end + 1)):
            return None
        start, ended = self._without_marks(self._lines[at].start, self._lines[end].end)
        spoken = self._spoken((start, ended), at, end)
        return replace(spoken, start=self._lines[at].start, last=last, label=signed, alone=True)

    def _has_attribution(self, line: Line) -> bool:
        """Whether a narrator speaks between quotation marks in a paragraph."""
        place = line.start
        for one in line.marked:
            if VERB.search(self._low, place, one.opened):
                return True
            place = one.ended
        return bool(line.marked) and bool(VERB.search(self._low, place, line.end))

    def _without_marks(self, start: int, end: int) -> Span:
        if self._text[start] in _MARK and self._text[end - 1] in '»”"’›“.':
            inner = end - 2 if self._text[end - 1] == "." and self._text[end - 2] in '»”"’›“' else end - 1
            if self._text[inner] in '»”"’›“' and inner > start:
                return start + 1, inner
        return start, end

    def _signed(self, line: Line) -> Span | None:
        """A line that only names who spoke: "— Imangali Tasmagambetov, Secretary General"."""
        return signature(self._mentions, self._text, line.start, line.end)

    # -- labels ---------------------------------------------------------------------------------------------------

    def _label(self, line: Line) -> Span | None:
        """The label before the words of a paragraph: a person, or a question."""
        match = _LABEL.match(self._text, line.start, line.end)
        if match is None:
            return None
        low = self._low[match.start() : match.end()]
        people = [one for one in self._mentions.within(*match.span()) if one.kind in ("name", "office")]
        if _ASKS.fullmatch(low):
            return match.span()
        if len(people) != 1 or VERB.search(low):
            return None
        rest = self._text[match.start() : people[0].start] + self._text[people[0].end : match.end()]
        rest = re.sub(r"\([^()]*\)", "", rest)
        return None if re.search(r"\w{3}|\d", rest) else match.span()

    def _turn(self, at: int) -> Spoken | None:
        """What a label stands before, up to the next label."""
        label = self._labels.get(at)
        if label is None:
            label = self._unknown_label(at)
        if label is None:
            return None
        begun = self._skip(label[1] + 1, self._lines[at].end)
        if begun >= self._lines[at].end or self._is_only_marked(begun, at):
            return None
        if not self._is_transcript and not self._is_speech(begun, self._lines[at].end):
            return None
        last = at
        while self._is_transcript and at not in self._headings and self._goes_on(last + 1):
            last += 1
        return replace(self._spoken((begun, self._lines[last].end), at, last), label=label)

    def _unknown_label(self, at: int) -> Span | None:
        """In a transcript also a name that no record has."""
        if not self._is_transcript or at in self._headings:
            return None
        match = _LABEL.match(self._text, self._lines[at].start, self._lines[at].end)
        return match.span() if match and _NAMES.fullmatch(match[0]) else None

    def _goes_on(self, at: int) -> bool:
        if at >= len(self._lines) or at in self._headings or at in self._labels or self._unknown_label(at):
            return False
        line = self._lines[at]
        return not _BRACKETED.fullmatch(self._text, line.start, line.end)

    def _is_speech(self, start: int, end: int) -> bool:
        """Whether words after a label are more than names: a list of participants has labels too."""
        spoken = list(islice(_WORD.finditer(self._text, start, end), 200))
        named = sum(
            len(_WORD.findall(self._text[one.start : one.end]))
            for one in self._mentions.within(start, min(end, start + 400))
        )
        return len(spoken) >= _FEWEST and len(spoken) - named >= _FEWEST - 1

    def _is_only_marked(self, start: int, at: int) -> bool:
        """Whether the words after a label stand in marks of their own."""
        return self._text[start] in _MARK and any(one.opened == start for one in self._lines[at].marked)

    def _skip(self, place: int, end: int) -> int:
        while place < end and (self._text[place].isspace() or self._text[place] in "—–-"):
            place += 1
        return place

    # -- dashes ---------------------------------------------------------------------------------------------------

    def _dashed(self, at: int) -> Spoken | None:
        """A line of a dialogue: a dash, words, and the author's words between dashes."""
        line = self._lines[at]
        dash = _DASH.match(self._text, line.start, line.end)
        if dash is None or not self._text[dash.end() : dash.end() + 1].isupper():
            return None
        cuts = asides(self._low, self._text, dash.end(), line.end)
        if not cuts and not self._is_reply(at, dash.end()):
            return None
        spans = tuple(pieces(self._text, dash.end(), line.end, cuts))
        voice = None if cuts or self._introduces(at - 1) else Voice()
        return (
            Spoken(spans, line.start, line.end, at, at, asides=tuple(cuts), alone=True, voice=voice)
            if spans
            else None
        )

    def _is_reply(self, at: int, start: int) -> bool:
        """Whether a line without the author's words is one of a dialogue, and not of a list."""
        line = self._lines[at]
        if self._text[line.end - 1] not in '.!?…»”"':
            return False
        return self._introduces(at - 1) or any(self._is_dialogue(near) for near in (at - 1, at + 1))

    def _is_dialogue(self, at: int) -> bool:
        if not 0 <= at < len(self._lines):
            return False
        line = self._lines[at]
        dash = _DASH.match(self._text, line.start, line.end)
        if dash is None:
            return False
        return self._text[line.end - 1] == "?" or bool(asides(self._low, self._text, dash.end(), line.end))

    # -- colons ---------------------------------------------------------------------------------------------------

    def _after_colon(self, at: int) -> Spoken | None:
        """Words without marks after "the President said:" in the same paragraph."""
        line = self._lines[at]
        for colon in islice(
            re.finditer(r":\s+", self._text[line.start : min(line.end, line.start + 1200)]), 6
        ):
            place, begun = line.start + colon.start(), line.start + colon.end()
            if not self._text[begun : begun + 1].isupper() or _LISTED.match(self._text, begun):
                continue
            if not self._says(line.start, place) or self._count(begun, line.end) < _FEWEST:
                continue
            if any(one.opened < place < one.ended for one in line.marked):
                continue
            if any(one.ended > begun for one in line.marked):
                return None
            return self._spoken((begun, line.end), at, at)
        return None

    def _below_colon(self, at: int) -> Spoken | None:
        """A paragraph without marks below one that ends with "the President said:"."""
        line = self._lines[at]
        if not self._introduces(at - 1) or at in self._headings or line.marked:
            return None
        if _LISTED.match(self._text, line.start) or self._count(line.start, line.end) < _FEWEST:
            return None
        return replace(self._spoken((line.start, line.end), at, at), alone=True)

    def _introduces(self, at: int) -> bool:
        """Whether a paragraph ends with a clause of saying and a colon."""
        if not 0 <= at < len(self._lines):
            return False
        line = self._lines[at]
        return self._text[line.end - 1] == ":" and self._says(line.start, line.end - 1)

    def _says(self, floor: int, colon: int) -> bool:
        """Whether a clause before a colon ends with who says, or that he says."""
        start = sentence_start(self._text, floor, colon)
        verbs = [*VERB.finditer(self._low, start, colon), *TEXT_VERB.finditer(self._low, start, colon)]
        if not verbs:
            return False
        verb = max(verbs, key=lambda match: match.end())
        rest = self._low[verb.end() : colon]
        for one in self._mentions.within(verb.end(), colon):
            rest = rest.replace(self._low[one.start : one.end], " ", 1)
        left = _WORD.findall(_FOLLOWING.sub(" ", rest))
        return not left or (len(left) <= _MOST_AFTER_VERB and left[0] in _WHERE_OR_TO_WHOM)

    def _count(self, start: int, end: int) -> int:
        return sum(1 for _word in islice(_WORD.finditer(self._text, start, end), _FEWEST))


def signature(mentions: Mentions, text: str, start: int, end: int) -> Span | None:
    """The span of a line that names who spoke above it, and says no more."""
    if end - start > 160:
        return None
    people = [one for one in mentions.within(start, end) if one.kind in ("name", "office")]
    if len(people) != 1 or VERB.search(mentions.low, start, end):
        return None
    lead = text[start : people[0].start].strip()
    rest = text[people[0].end : end].strip(" .,)(")
    fits = lead in ("", "—", "–", "-", "(", "― ") and len(_WORD.findall(rest)) <= (5 if lead else 1)
    return (start, end) if fits else None
