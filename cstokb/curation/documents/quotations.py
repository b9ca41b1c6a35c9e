"""Quotations: what a text gives as the words of somebody, in which pieces, and whose words they are.

Pure, and total: any text has quotations, perhaps none, and no stretch of it belongs to two of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from cstokb.curation.documents.asides import asides, pieces, without_blanks
from cstokb.curation.documents.dialogue import Dialogue, signature
from cstokb.curation.documents.headings import voiced
from cstokb.curation.documents.marks import Line, Marked, lines_of
from cstokb.curation.documents.mentions import Mentions
from cstokb.curation.documents.model import Finding, Quotation, Span, Warned
from cstokb.curation.documents.sayings import ACCORDING, TEXT_VERB, VERB
from cstokb.curation.documents.sentences import sentence_end
from cstokb.curation.documents.spoken import Spoken
from cstokb.curation.documents.titles import Titles
from cstokb.curation.documents.voices import Place, Voice, Voices

_WORD = re.compile(r"\w[\w'’-]*")
_LETTER = re.compile(r"[^\W\d_]")
_ATTRIBUTION = re.compile(r"[\s,.!?…]*(?:[—–-]+\s*)?")
#: The author tells something himself, and then who said the rest: ", and the flow, as he said, ".
_TELLS_ON = re.compile(r"(?:а|но|и|and|but|while|whereas)\s[^,;:.]+,\s*(?:как|as)\s")
_MOST_BETWEEN = 240
#: How far below an opening mark its closing one may stand, in paragraphs without a mark of their own.
_MOST_BELOW = 6


def quotations(
    text: str,
    paragraphs: Sequence[Span],
    language: str,
    findings: Sequence[Finding],
    *,
    headings: Sequence[Span] = (),
    quoted: Sequence[Span] = (),
    issued: Mapping[str, str] | None = None,
) -> tuple[list[Quotation], list[Warned]]:
    """The quotations of a text in its order, and what about them a curator should look at.

    Args:
        text: the text that all spans count in.
        paragraphs: the spans of its paragraphs, headings among them, in order.
        language: an ISO 639-1 code; English and Russian are read, whatever it says.
        findings: what the text names; people, instruments and provisions are who and what is quoted.
        headings: the paragraphs that are headings.
        quoted: the paragraphs that the page sets off as words of others.
        issued: the public ids of the statements that are meant where a sort alone is named ("the Statement").
    """
    solid = [span for one in paragraphs if (span := without_blanks(text, one)) is not None]
    mentions = Mentions(text, findings, issued or {})
    lines = lines_of(text, solid)
    over = _numbers(solid, headings)
    dialogue = Dialogue(mentions, lines, over, _numbers(solid, quoted)).found()
    taken = {at for one in dialogue for at in range(one.first, one.last + 1)}
    marked = _Marks(mentions, lines, over, taken, Titles(text, mentions.low, findings))
    found = sorted([*dialogue, *marked.found()], key=lambda one: one.start)
    spoken = _with_voices(mentions, lines, found, over)
    made = [_quotation(text, one) for one in voiced(text, spoken, over)]
    return made, marked.warnings


def _numbers(paragraphs: Sequence[Span], among: Sequence[Span]) -> frozenset[int]:
    """The numbers of the paragraphs that stand in one of some spans."""
    starts = [start for start, _end in paragraphs]
    return frozenset(
        at for start, end in among for at in range(bisect_left(starts, start), bisect_left(starts, end))
    )


def _quotation(text: str, one: Spoken) -> Quotation:
    voice = one.voice or Voice()
    words = " ".join(text[start:end] for start, end in one.spans)
    return Quotation(words, one.spans, voice.speaker, voice.office, voice.document)


class _Marks:
    """What stands in quotation marks: joined over paragraphs and author's words, without names and words in doubt."""

    def __init__(
        self,
        mentions: Mentions,
        lines: Sequence[Line],
        headings: frozenset[int],
        taken: set[int],
        titles: Titles,
    ) -> None:
        self._mentions = mentions
        self._text, self._low = mentions.text, mentions.low
        self._lines, self._headings, self._taken, self._titles = lines, headings, taken, titles
        self._edges = -1, 0, 0
        self._reached = 0
        self.warnings: list[Warned] = []

    def found(self) -> list[Spoken]:
        """The quotations, whose words they are not known yet."""
        found: list[Spoken] = []
        at = skip = 0
        while at < len(self._lines):
            if at in self._taken:
                at, skip = at + 1, 0
                continue
            line = self._lines[at]
            marked = [one for one in line.marked if one.opened >= skip]
            made, last = self._in_paragraph(at, marked)
            found.extend(made)
            skip = self._reached if last > at else 0
            at = max(last, at + 1) if last > at else at + 1
        return found

    def _in_paragraph(self, at: int, marked: Sequence[Marked]) -> tuple[list[Spoken], int]:
        """The quotations that begin in a paragraph, and the number of the paragraph that the last one reaches to."""
        made: list[Spoken] = []
        last = at
        for one in marked:
            spoken = self._spoken(one, at)
            if not one.closed:
                spoken, last = self._continued(spoken, at)
            if self._titles.is_title(one) and at == last:
                continue
            if made and self._is_one(made[-1], spoken, at):
                made[-1] = _joined(made[-1], spoken)
            else:
                made.append(spoken)
        return [one for one in made if self._is_quotation(one, at)], last

    def _spoken(self, one: Marked, at: int) -> Spoken:
        cuts = asides(self._low, self._text, one.start, one.end)
        spans = tuple(pieces(self._text, one.start, one.end, cuts))
        first, last = self._letters(at)
        alone = one.opened <= first and last < one.ended
        return Spoken(spans, one.opened, one.ended, at, at, tuple(cuts), one.closed, alone=alone)

    def _letters(self, at: int) -> Span:
        """Where the first and the last letter of a paragraph stand."""
        if self._edges[0] != at:
            line = self._lines[at]
            first = _LETTER.search(self._text, line.start, line.end)
            last = line.end - 1
            while last > line.start and not self._text[last].isalpha():
                last -= 1
            self._edges = at, first.start() if first else line.end, last
        return self._edges[1:]

    # -- over paragraphs ------------------------------------------------------------------------------------------

    def _continued(self, spoken: Spoken, at: int) -> tuple[Spoken, int]:
        """The quotation with the paragraphs that go on with it, each opened anew or none up to the closing mark."""
        last = at
        while not spoken.closed and self._opens(last + 1):
            last += 1
            more = self._spoken(self._lines[last].marked[0], last)
            spoken = replace(_joined(spoken, more), last=last, closed=more.closed)
        if not spoken.closed and last == at and (below := self._closed_below(at)):
            spans = [piece for one in range(at + 1, below + 1) for piece in self._down_to(one, below)]
            line = self._lines[below]
            end = line.closer[1] if line.closer else line.end
            spoken = replace(spoken, spans=(*spoken.spans, *spans), end=end, last=below, closed=True)
            last = below
        if not spoken.closed:
            self._warn(spoken)
        self._reached = spoken.end
        return spoken, last

    def _opens(self, at: int) -> bool:
        if at >= len(self._lines) or at in self._taken or at in self._headings:
            return False
        line = self._lines[at]
        return bool(line.marked) and not _WORD.search(self._text, line.start, line.marked[0].opened)

    def _closed_below(self, at: int) -> int:
        """The number of the paragraph below that has the closing mark, 0 where none has."""
        for below in range(at + 1, min(at + 1 + _MOST_BELOW, len(self._lines))):
            line = self._lines[below]
            if below in self._taken or below in self._headings:
                return 0
            if line.closer and (not line.marked or line.closer[0] < line.marked[0].opened):
                return below
            if line.marked and not line.marked[-1].closed:
                return 0
        return 0

    def _down_to(self, at: int, below: int) -> list[Span]:
        line = self._lines[at]
        end = line.closer[0] if at == below and line.closer else line.end
        return pieces(self._text, line.start, end, [])

    def _warn(self, spoken: Spoken) -> None:
        said = _("The quotation has no closing mark; it is taken to end with its paragraph.")
        self.warnings.append(Warned("quotation-unclosed", said, spoken.start, spoken.end))

    # -- over the author's words ----------------------------------------------------------------------------------

    def _is_one(self, first: Spoken, second: Spoken, at: int) -> bool:
        """Whether nothing but the author's words that say who speaks part two quotations of a paragraph."""
        between = self._low[first.end : second.start]
        if len(between) > _MOST_BETWEEN or between.rstrip().endswith((":", "that", "что")):
            return False
        lead = _ATTRIBUTION.match(self._text, first.end, second.start)
        begun = lead.end() if lead else first.end
        sentence = self._text[first.end - 2 : first.end - 1] == "." and not (
            lead and re.search("[,—–-]", lead[0])
        )
        if (
            begun >= second.start
            or (sentence and self._text[begun].isupper())
            or between.lstrip()[:1] in (".", ";")
        ):
            return False
        if _TELLS_ON.match(self._low, begun, second.start):
            return False
        ended = sentence_end(self._text, begun, second.start)
        if self._text[ended : second.start].strip("—–- ") or not self._is_attribution(begun, second.start):
            return False
        ends = between.rstrip()[-1:]
        return ends in ",—–-" or (ends == "." and not self._has_own(second, at))

    def _is_attribution(self, start: int, end: int) -> bool:
        verbs = sum(1 for _verb in VERB.finditer(self._low, start, end))
        if verbs:
            return verbs == 1
        named = self._mentions.within(start, min(end, start + 120))[:1]
        framed = self._text[max(0, start - 4) : start].rstrip('"”’»“ ').endswith(",")
        framed = framed and bool(named) and self._low[start : named[0].start] in ("", "the ")
        return framed or ACCORDING.match(self._low, start) is not None

    def _has_own(self, spoken: Spoken, at: int) -> bool:
        """Whether the words after a quotation say whose it is."""
        lead = _ATTRIBUTION.match(self._text, spoken.end, self._lines[at].end)
        begun = lead.end() if lead else spoken.end
        if begun >= self._lines[at].end:
            return False
        sentence = self._text[spoken.end - 2 : spoken.end - 1] == "." and self._text[begun].isupper()
        ended = sentence_end(self._text, begun, self._lines[at].end)
        ended = min(ended, begun + 120)
        says = any(one.search(self._low, begun, ended) for one in (VERB, TEXT_VERB, ACCORDING))
        return not sentence and says

    def _is_quotation(self, spoken: Spoken, at: int) -> bool:
        if not spoken.spans:
            return False
        if len(spoken.spans) > 1 or spoken.alone or not spoken.closed:
            return sum(1 for span in spoken.spans for _word in _WORD.finditer(self._text, *span)) > 1
        start, end = spoken.spans[0]
        return not self._titles.is_short(Marked(start, end, spoken.start, spoken.end))


def _joined(first: Spoken, second: Spoken) -> Spoken:
    cut = () if second.first > first.last else ((first.end, second.start),)
    return replace(
        first,
        spans=first.spans + second.spans,
        end=second.end,
        asides=(*first.asides, *cut, *second.asides),
        closed=second.closed,
        last=second.last,
    )


def _with_voices(
    mentions: Mentions, lines: Sequence[Line], found: Sequence[Spoken], over: frozenset[int]
) -> list[Spoken]:
    """The quotations with whose words they are, asked in the order of the text."""
    voices = Voices(mentions, [span for one in found for span in one.spans])
    made: list[Spoken] = []
    for at, one in enumerate(found):
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        made.append(replace(one, voice=_voice(mentions, lines, voices, over, one, before, after)))
    return made


def _voice(
    mentions: Mentions,
    lines: Sequence[Line],
    voices: Voices,
    over: frozenset[int],
    one: Spoken,
    before: Spoken | None,
    after: Spoken | None,
) -> Voice:
    if one.voice is not None:
        return one.voice
    if one.label is not None:
        return voices.labelled(*one.label)
    floor, ceiling = lines[one.first].start, lines[one.last].end
    same = before is not None and before.last == one.first
    follows = after is not None and after.first == one.last
    if one.alone and one.closed and not one.asides and one.last + 1 < len(lines) and not follows:
        below = lines[one.last + 1]
        lead = mentions.text[below.start]
        if lead in "—–-" and (signed := signature(mentions, mentions.text, below.start, below.end)):
            return voices.labelled(*signed)
    above = lines[one.first - 1] if one.first else None
    is_heading = one.first in over
    place = Place(
        one.start,
        one.end,
        one.asides,
        before.end if same and before else floor,
        after.start if follows and after else ceiling,
        follows,
        (above.start, above.end) if above and not is_heading else None,
        bool(above and before and before.last == one.first - 1 and before.alone),
        one.closed,
    )
    return voices.of(place)
