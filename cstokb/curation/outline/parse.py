"""From a document to an outline: labels found, numbers checked, and every line put where it belongs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cstokb.curation.outline import remarks
from cstokb.curation.outline.footnotes import Footnotes
from cstokb.curation.outline.front import Front, find_front, note_head
from cstokb.curation.outline.instructions import instructions_in
from cstokb.curation.outline.labels import Label, label_of
from cstokb.curation.outline.lines import Line, lines_of
from cstokb.curation.outline.model import Outline, Part, Trouble
from cstokb.curation.outline.points import Counter, Point, point_of
from cstokb.curation.outline.quoting import Quotations
from cstokb.curation.outline.sequence import Numbered, in_sequence, tell_troubles
from cstokb.curation.reading import Document
from treaty.choices import ProvisionKind

_CLOSING = re.compile(
    r"^(?:Done (?:at|in)\b|In witness whereof|Signed (?:at|in)\b|For the (?:Republic|Government|Russian"
    r"|Kyrgyz)|Совершен[оа]?\s|"
    r"В удостоверение|Подписан[оа]? в|За (?:Республику|Правительство|Российскую|Кыргызскую)|Fait à|En foi de quoi|"
    r"Дар шаҳри|.{0,40}shahrida .{0,60}(?:tuzildi|imzolandi)|.{0,40}шаҳрида|.{0,40}қаласында)",
    re.I,
)
_WHOLE = tuple(".!?…»\"”)’']")
_ARTEFACT = re.compile(r"^of (?:the|a)\b", re.I)
_LONGEST_HEADING = 160


def parse(document: Document) -> Outline:
    """The outline of an instrument's text."""
    lines = lines_of(document)
    quotations = Quotations([line.text for line in lines])
    labels = {
        index: label
        for index, line in enumerate(lines)
        if not quotations.holds(index) and (label := label_of(line.text, heading=line.heading))
    }
    return _Reader(document, lines, labels, quotations).outline


@dataclass(frozen=True)
class _Mark:
    """A label in the body with the number it bears."""

    label: Label
    number: str
    note: str = ""


class _Reader:
    """Reads the body of a text line by line."""

    def __init__(
        self, document: Document, lines: Sequence[Line], labels: Mapping[int, Label], quotations: Quotations
    ) -> None:
        self.outline = Outline(language=document.language)
        self._lines, self._quotations = lines, quotations
        self._footnotes = Footnotes(self.outline, [line.text for line in lines])
        self._counter = Counter()
        self._chapter = ""
        front = find_front(lines, labels)
        self._take_title(front)
        note_head(self.outline, lines, front, labels)
        self._take_preamble(front, labels)
        held = {index: label for index, label in labels.items() if index >= front.body}
        marks = self._numbered(held)
        if not any(mark.label.kind is ProvisionKind.ARTICLE for mark in marks.values()):
            marks |= self._clauses(front.body, marks)
        self._read_body(front.body, marks)
        self._finish()

    # -- head ------------------------------------------------------------------------------------------------

    def _take_title(self, front: Front) -> None:
        texts = []
        for index in front.title:
            text, pointers = remarks.without_pointers(self._lines[index].text)
            self.outline.pointers += pointers
            texts.append(text)
        self.outline.title = " ".join(texts)

    def _take_preamble(self, front: Front, labels: Mapping[int, Label]) -> None:
        texts = [self._lines[index].text for index in range(front.opening, front.body) if index not in labels]
        if texts:
            part = Part(ProvisionKind.PREAMBLE)
            self.outline.parts.append(part)
            for text in texts:
                self._add(part, text)

    # -- numbers ---------------------------------------------------------------------------------------------

    def _numbered(self, labels: Mapping[int, Label]) -> dict[int, _Mark]:
        """The labels of the body with their numbers; a label that is repeated at once is one label."""
        marks: dict[int, _Mark] = {}
        annexes = [index for index, label in labels.items() if label.kind is ProvisionKind.ANNEX]
        end = min((index for index in annexes if self._is_annex(index, labels)), default=len(self._lines))
        single = {i: label for i, label in labels.items() if i < end and not self._is_repeated(i, labels)}
        for kind in (ProvisionKind.ARTICLE, ProvisionKind.CHAPTER):
            places = [index for index, label in single.items() if label.kind is kind]
            numbered = in_sequence([single[index] for index in places])
            tell_troubles(numbered, lambda one, kind=kind: Part(kind, one.number).anchor, self.outline.warn)  # type: ignore[misc]
            marks |= {i: self._mark(one) for i, one in zip(places, numbered, strict=True)}
        marks |= {
            i: _Mark(label, label.number)
            for i, label in single.items()
            if i not in marks and i not in annexes
        }
        marks |= {i: _Mark(labels[i], labels[i].number) for i in annexes if i >= end}
        return dict(sorted(marks.items()))

    def _mark(self, one: Numbered) -> _Mark:
        return _Mark(one.label, one.number, one.mark)

    def _is_repeated(self, index: int, labels: Mapping[int, Label]) -> bool:
        before = labels.get(index - 1)
        return before is not None and (before.kind, before.number, before.rest) == (
            labels[index].kind,
            labels[index].number,
            "",
        )

    def _is_annex(self, index: int, labels: Mapping[int, Label]) -> bool:
        """Whether an annex begins here: no article follows that continues those before."""
        before = [
            label.number for i, label in labels.items() if i < index and label.kind is ProvisionKind.ARTICLE
        ]
        after = [
            label.number for i, label in labels.items() if i > index and label.kind is ProvisionKind.ARTICLE
        ]
        following = str(int(before[-1]) + 1) if before and before[-1].isdigit() else ""
        return not after or after[0] != following

    def _clauses(self, start: int, marks: Mapping[int, _Mark]) -> dict[int, _Mark]:
        """The numbered points of an instrument without articles: each is a provision.

        Where short Roman lines stand among Arabic points, they are the titles of chapters.
        """
        end = min(
            (i for i, mark in marks.items() if mark.label.kind is ProvisionKind.ANNEX),
            default=len(self._lines),
        )
        points = {
            index: point
            for index in range(start, end)
            if index not in marks and not self._quotations.holds(index)
            if (point := point_of(self._lines[index].text)) and point.kind == "number"
        }
        titles = {
            i: point for i, point in points.items() if not point.label[0].isdigit() and _is_short(point.rest)
        }
        rest = {i: point for i, point in points.items() if i not in titles}
        if len(titles) > 1 and any(point.label[0].isdigit() for point in rest.values()):
            chapters = self._counted(titles, ProvisionKind.CHAPTER)
            return dict(sorted((chapters | self._counted(rest, ProvisionKind.PARAGRAPH)).items()))
        return self._counted(points, ProvisionKind.PARAGRAPH)

    def _counted(self, points: Mapping[int, Point], kind: ProvisionKind) -> dict[int, _Mark]:
        """Points that count 1, 2, 3 in the style of the first."""
        found: dict[int, _Mark] = {}
        style = ""
        for index, point in points.items():
            expected = len(found) + 1
            if expected in point.ordinals and style in {"", point.style}:
                style = point.style
                number = str(expected) if kind is ProvisionKind.PARAGRAPH else point.label.strip(".()")
                found[index] = _Mark(
                    Label(kind, point.label, point.label, number, "", point.rest, True), number
                )
        return found

    # -- body ------------------------------------------------------------------------------------------------

    def _read_body(self, start: int, marks: Mapping[int, _Mark]) -> None:
        closing = self._closing_start(start, marks)
        title = _folded(self.outline.title)
        self._headed = self._articles_have_headings(marks)
        for index in range(start, len(self._lines)):
            line = self._lines[index]
            mark = marks.get(index)
            if mark is not None:
                self._begin(mark, marks, index)
            elif self._is_repeat_of_label(index, marks):
                continue
            elif index >= closing and not self._in_annex():
                self._close(line.text)
            elif title and _folded(line.text) == title:
                continue
            else:
                self._take(line, index, marks)

    def _articles_have_headings(self, marks: Mapping[int, _Mark]) -> bool:
        """Whether articles of this text have headings: most of them, on the label's line or right below it."""
        articles = {i: mark.label for i, mark in marks.items() if mark.label.kind is ProvisionKind.ARTICLE}
        headed = [i for i, label in articles.items() if self._can_be_heading(label.rest, i + 1, marks)]
        below = [
            i
            for i, label in articles.items()
            if not label.rest and i + 1 < len(self._lines)
            if self._can_be_heading(self._lines[i + 1].text, i + 2, marks)
        ]
        return 2 * (len(headed) + len(below)) >= len(articles)

    def _can_be_heading(self, text: str, after: int, marks: Mapping[int, _Mark]) -> bool:
        """Whether a line is short, without an end, and followed by another that is no label and begins anew."""
        if not text or not _is_short(text) or not text[:1].isupper() or point_of(text) is not None:
            return False
        following = self._lines[after] if after < len(self._lines) and after not in marks else None
        return following is not None and not following.text[:1].islower()

    def _in_annex(self) -> bool:
        return bool(self.outline.parts) and self.outline.parts[-1].kind is ProvisionKind.ANNEX

    def _is_repeat_of_label(self, index: int, marks: Mapping[int, _Mark]) -> bool:
        mark = marks.get(index - 1)
        if mark is None or mark.label.kind is ProvisionKind.PARAGRAPH:
            return False
        label = label_of(self._lines[index].text)
        return label is not None and (label.kind, label.number, label.rest) == (
            mark.label.kind,
            mark.label.number,
            "",
        )

    def _closing_start(self, start: int, marks: Mapping[int, _Mark]) -> int:
        """Where place, day and signatures begin: after the last article."""
        numbered = [i for i, mark in marks.items() if mark.label.kind is not ProvisionKind.ANNEX]
        last = max(numbered, default=start)
        for index in range(last + 1, len(self._lines)):
            if _CLOSING.match(self._lines[index].text) and not self._quotations.holds(index):
                return index
        return len(self._lines)

    def _begin(self, mark: _Mark, marks: Mapping[int, _Mark], index: int) -> None:
        label = mark.label
        part = Part(label.kind, mark.number, label.written)
        if mark.note:
            part.marks.append(mark.note)
        if label.kind is ProvisionKind.CHAPTER:
            self._chapter = part.anchor
        elif label.kind in {ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH}:
            part.parent = self._chapter
        self.outline.parts.append(part)
        self._counter = Counter()
        if label.rest:
            self._take_rest(part, label, marks, index)

    def _take_rest(self, part: Part, label: Label, marks: Mapping[int, _Mark], index: int) -> None:
        """What stands on the line of a label: the title of a chapter, the heading of an article, or its text."""
        split = remarks.split_remarks(label.rest)
        part.changes += [*split.leading, *split.trailing] if not split.text else []
        text = label.rest if split.text else ""
        if not text:
            return
        titled = _is_short(text) and index + 1 < len(self._lines) and index + 1 not in marks
        if label.kind in {ProvisionKind.CHAPTER, ProvisionKind.ANNEX}:
            self._title_of(part, text)
        elif label.kind is ProvisionKind.ARTICLE and titled:
            part.heading = text
        else:
            self._add(part, text)

    def _title_of(self, part: Part, text: str) -> None:
        part.heading = f"{part.heading} {text}".strip()
        if part.kind is ProvisionKind.CHAPTER and _ARTEFACT.match(text):
            self.outline.warn(Trouble.MACHINE, part.anchor, text)

    def _take(self, line: Line, index: int, marks: Mapping[int, _Mark]) -> None:
        if not self.outline.parts:
            self._unassigned("", line.text)
            return
        part = self.outline.parts[-1]
        if remarks.RULE.match(line.text):
            return
        if remarks.is_editorial(line.text) and part.kind is not ProvisionKind.ANNEX:
            part.notes.append(line.text)
        elif part.kind is ProvisionKind.CHAPTER:
            self._below_chapter(part, line)
        elif self._is_heading(part, line, index, marks):
            part.heading = line.text
        else:
            self._add(part, line.text)

    def _below_chapter(self, part: Part, line: Line) -> None:
        """Lines between a chapter's number and its first article are its title; a whole sentence is none."""
        split = remarks.split_remarks(line.text)
        part.changes += [*split.leading, *split.trailing]
        if not split.text:
            return
        if _is_short(split.text) or (not part.heading and _is_short(split.text.rstrip("."), 100)):
            self._title_of(part, split.text.rstrip("."))
        else:
            self._unassigned(part.anchor, split.text)

    def _is_heading(self, part: Part, line: Line, index: int, marks: Mapping[int, _Mark]) -> bool:
        """Whether a line right below an article's label is its heading: set as one, or as most articles have one."""
        if part.kind is not ProvisionKind.ARTICLE or part.paragraphs or part.heading:
            return False
        return (line.heading or self._headed) and self._can_be_heading(line.text, index + 1, marks)

    def _unassigned(self, place: str, text: str) -> None:
        if remarks.RULE.match(text):
            return
        self.outline.dropped.append(text)
        self.outline.warn(Trouble.UNASSIGNED, place, text)

    def _add(self, part: Part, text: str) -> None:
        """A paragraph of a part, without remarks; a remark in front concerns what stands above."""
        split = remarks.split_remarks(text)
        above = part.paragraphs[-1].changes if part.paragraphs and split.text else part.changes
        above += split.leading
        if not split.text:
            part.changes += split.trailing
            return
        paragraph = self._counter.take(split.text)
        paragraph.changes += split.trailing
        part.paragraphs.append(paragraph)
        orders = instructions_in(split.text)
        part.instructions += orders
        if orders:  # what is defined there is defined in another text
            return
        for term, fused in remarks.terms_in(split.text):
            self.outline.terms.append(term)
            if fused:
                self.outline.warn(Trouble.MACHINE, part.anchor, term)

    def _close(self, text: str) -> None:
        """A line after the last article: the note to a mark at a label, or place, day and signatures."""
        if not self._footnotes.take(text) and not remarks.RULE.match(text):
            self.outline.closing.append(text)
            self.outline.dates += [said for said in remarks.dates_in(text) if said not in self.outline.dates]

    # -- what is doubtful ------------------------------------------------------------------------------------

    def _finish(self) -> None:
        for said in self._quotations.unclosed:
            self.outline.warn(Trouble.UNCLOSED, "", said)
        self._footnotes.take_last()
        self._footnotes.strip_marks()
        for part in self.outline.parts:
            self._look_over(part)
        if not any(part.kind is not ProvisionKind.PREAMBLE for part in self.outline.parts):
            self.outline.warn(Trouble.NOTHING)

    def _look_over(self, part: Part) -> None:
        if part.kind in {ProvisionKind.CHAPTER, ProvisionKind.PREAMBLE}:
            return
        if not part.paragraphs:
            self.outline.warn(Trouble.EMPTY, part.anchor, part.label)
        elif part.kind is not ProvisionKind.ANNEX and not part.paragraphs[-1].text.endswith(_WHOLE):
            self.outline.warn(Trouble.CUT, part.anchor, part.paragraphs[-1].text[-40:])


def _is_short(text: str, most: int = _LONGEST_HEADING) -> bool:
    """Whether a text can be a heading: short, and without the end of a sentence."""
    return len(text) <= most and not text.endswith((*_WHOLE, ";", ":", ",")) and ". " not in text


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
