"""Plain text: lines as an author or a program set them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cstokb.curation.reading.cleaning import clean, with_line_feeds
from cstokb.curation.reading.document import Block, BlockKind, DocumentRefused
from cstokb.curation.reading.unwrap import Line, paragraphs

#: A text whose lines are mostly longer than this has one paragraph a line.
WIDEST = 110


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of a plain text.

    Raises:
        DocumentRefused: when the bytes were no text.
    """
    if _is_binary(text):
        raise DocumentRefused(_("The file holds no text that can be read."))
    return [Block(BlockKind.PARAGRAPH, paragraph) for paragraph in set_paragraphs(text) if paragraph]


def set_paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text whose lines may be wrapped."""
    lines = list(_lines(text))
    if _is_wrapped(lines):
        yield from paragraphs(lines)
    else:
        yield from (line.text for line in lines)


def _lines(text: str) -> Iterator[Line]:
    gap = 1.0
    for raw in with_line_feeds(text.replace("\f", "\n\n")).split("\n"):
        said = clean(raw)
        if not said:
            gap += 1
            continue
        spread = raw.expandtabs(4).replace("\u00a0", " ")
        left = len(spread) - len(spread.lstrip())
        yield Line(said, float(left), float(left + len(said)), gap)
        gap = 1.0


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether lines end where the paper did: none is very long, and many are about equally long."""
    widths = sorted(len(line.text) for line in lines)
    if not widths:
        return False
    wide = widths[int(len(widths) * 0.9)]
    near = sum(width > 0.75 * wide for width in widths)
    return 35 < wide <= WIDEST and near >= 0.3 * len(widths)


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    controls = sum(letter < " " and letter not in "\t\n\r\f\v" for letter in sample)
    return controls > 0.02 * len(sample) + 4
