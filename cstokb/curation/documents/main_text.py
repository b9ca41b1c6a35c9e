"""The main text of a document: its blocks without menus, captions, notices and footers, and what are headings in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cstokb.curation.documents.furniture import announces_others, is_furniture
from cstokb.curation.documents.model import Span
from cstokb.curation.reading import Block, BlockKind, Document

_ENDS = re.compile(r"[.!?…:;,][»”\"’')\]]*$")
_TIME = re.compile(r"\d{1,2}:\d{2}")
#: A heading that stands over any text of its kind.
_SAYS_NOTHING = re.compile(
    r"(?:press[ -]release|news|statement|announcement|пресс-релиз|новости|сообщение|заявление)\W*$"
    r"|for immediate release",
    re.I,
)
LONGEST_HEADING = 160
_MOST_LED = 8


@dataclass(frozen=True)
class MainText:
    """The text, its paragraphs, headings and blocks of words of others as spans in it, and what it is called.

    ``blocks`` are what it was made of.
    """

    text: str
    paragraphs: tuple[Span, ...]
    headings: tuple[Span, ...]
    quoted: tuple[Span, ...]
    title: str
    blocks: tuple[Block, ...]


def main_text(document: Document) -> MainText:
    """The main text of a document; where everything looks like furniture, the whole."""
    blocks = tuple(_kept(document.blocks)) or document.blocks
    marked = [_as_heading(one, blocks, at, document.format) for at, one in enumerate(blocks)]
    spans, at = [], 0
    for one in marked:
        spans.append((at, at + len(one.words)))
        at += len(one.words) + 2
    headings = tuple(span for span, one in zip(spans, marked, strict=True) if one.kind is BlockKind.HEADING)
    quoted = tuple(span for span, one in zip(spans, marked, strict=True) if one.quoted)
    text = "\n\n".join(one.words for one in marked)
    return MainText(text, tuple(spans), headings, quoted, _title(document, marked), tuple(marked))


def _kept(blocks: Sequence[Block]) -> Iterator[Block]:
    led = 0
    for one in blocks:
        words = one.words.strip()
        if is_furniture(words):
            led = _MOST_LED if announces_others(words) else 0
        elif led and _is_title_of_other(one):
            led -= 1
        else:
            led = 0
            yield one


def _is_title_of_other(one: Block) -> bool:
    """Whether a block after "Read also" is one of the titles that it announces."""
    short = len(one.words) <= LONGEST_HEADING
    return short and (
        one.kind is BlockKind.ITEM or not _ENDS.search(one.words) or bool(_TIME.search(one.words[:20]))
    )


def _as_heading(one: Block, blocks: Sequence[Block], at: int, format_: str) -> Block:
    """A block of a text without marked headings that looks like one: short, no sentence, a paragraph after it."""
    if format_ == "html" or one.kind is not BlockKind.PARAGRAPH or not _is_short_line(one.words):
        return one
    following = [len(other.words) for other in blocks[at + 1 : at + 3]]
    if max(following, default=0) > len(one.words) * 1.2:
        return replace(one, kind=BlockKind.HEADING, level=1)
    return one


def _is_short_line(words: str) -> bool:
    """Whether a block is one short line of words that begins as a title does, and no date or signature."""
    short = len(words) <= LONGEST_HEADING and "\n" not in words and not _ENDS.search(words)
    spoken = sum(map(str.isalpha, words)) > 2 * sum(map(str.isdigit, words)) + 3
    return short and spoken and not words[:1].islower()


def _title(document: Document, blocks: Sequence[Block]) -> str:
    """The first heading; else what the file calls itself; else the first words."""
    headings = [one.text for one in blocks if one.kind is BlockKind.HEADING]
    heading = next((one for one in headings if not _SAYS_NOTHING.match(one)), "")
    first = blocks[0].text.split("\n")[0] if blocks else ""
    return (heading or document.title or first)[:300]
