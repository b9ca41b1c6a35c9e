"""Document: what was read of a file, as blocks of clean text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class DocumentRefused(ValueError):
    """The file cannot be read; the message says why in a sentence, in the language of the reader."""


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True)
class Block:
    """A piece of text that stands by itself.

    ``number`` is the label that a program set before the text of itself ("3.", "b)"), which is not in the text.
    ``level`` is the rank of a heading or the depth of an item, from 1; 0 elsewhere. ``quoted`` says that the page
    sets the block off as words of others. A line break that the author made inside a block is a line feed in its text.
    """

    kind: BlockKind
    text: str
    number: str = ""
    level: int = 0
    quoted: bool = False

    @property
    def words(self) -> str:
        """The text with its automatic number."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class Note:
    """Something that the reader did or saw, for the curator to know: a stable code and a sentence."""

    code: str
    text: str


@dataclass(frozen=True)
class Document:
    """What was read of a file.

    ``format`` is html, docx, pdf or text. ``encoding`` is that of the bytes, empty where the format has its own;
    ``encoding_from`` says how it became known: asked, mark, label, bytes or guess. ``title`` is what the file calls
    itself outside of its text; ``published`` (EDTF), ``publisher`` and ``url`` are what a page says of itself, empty
    where it does not. ``language`` is an ISO 639-1 code, empty where nothing tells.
    """

    blocks: tuple[Block, ...]
    format: str = "text"
    title: str = ""
    encoding: str = ""
    encoding_from: str = ""
    language: str = ""
    notes: tuple[Note, ...] = field(default=())
    published: str = ""
    publisher: str = ""
    url: str = ""

    @property
    def text(self) -> str:
        """The whole text, blocks parted by blank lines."""
        return "\n\n".join(block.words for block in self.blocks)

    def as_json(self) -> dict[str, Any]:
        """The document as JSON values, from which ``from_json`` makes the same document."""
        return {
            "blocks": [
                [block.kind.value, block.text, block.number, block.level, block.quoted]
                for block in self.blocks
            ],
            "notes": [[note.code, note.text] for note in self.notes],
            **{name: getattr(self, name) for name in _PLAIN},
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Document:
        """The document that ``as_json`` wrote down."""
        return cls(
            blocks=tuple(Block(BlockKind(kind), *rest) for kind, *rest in values["blocks"]),
            notes=tuple(Note(*note) for note in values["notes"]),
            **{name: values[name] for name in _PLAIN},
        )


_PLAIN = ("format", "title", "encoding", "encoding_from", "language", "published", "publisher", "url")


def joined(documents: Sequence[Document]) -> Document:
    """Several files that are one text, in their order: the pages of a text that was cut for the screen."""
    first, *rest = documents
    if not rest:
        return first
    return replace(
        first,
        blocks=tuple(block for one in documents for block in one.blocks),
        notes=tuple(dict.fromkeys(note for one in documents for note in one.notes)),
    )
