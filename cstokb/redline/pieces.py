"""The pieces of a redline: what both texts hold, what only the older one held, what only the newer one holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cstokb.redline.words import paragraphs


class Kind(StrEnum):
    """Where a piece stands."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


class Piece(NamedTuple):
    """A run of text of one kind."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Redline:
    """Two texts in one. Of two neighbouring pieces one is kept, or the first is deleted and the second inserted."""

    pieces: tuple[Piece, ...]

    @property
    def old(self) -> str:
        """The older text, exactly."""
        return self._without(Kind.INSERTED)

    @property
    def new(self) -> str:
        """The newer text, exactly."""
        return self._without(Kind.DELETED)

    @property
    def is_changed(self) -> bool:
        """Whether the two texts differ at all."""
        return any(piece.kind is not Kind.KEPT for piece in self.pieces)

    @property
    def changes_words(self) -> bool:
        """Whether they differ in more than white space."""
        return any(piece.kind is not Kind.KEPT and piece.text.strip() for piece in self.pieces)

    def paragraphs(self) -> list[list[Piece]]:
        """The pieces as paragraphs to be shown.

        White space between paragraphs is dropped where it is kept; where it came or went it becomes a pilcrow in the
        piece, so that a paragraph joined to the one before is seen as such.
        """
        found: list[list[Piece]] = [[]]
        for kind, text in self.pieces:
            *ended, last = paragraphs(text)
            for part in ended:
                shown = part if kind is Kind.KEPT else f"{part}¶"
                found[-1] += [Piece(kind, shown)] if shown else []
                found.append([])
            found[-1] += [Piece(kind, last)] if last else []
        return [paragraph for paragraph in found if any(piece.text.strip() for piece in paragraph)]

    def _without(self, kind: Kind) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind is not kind)


def joined(pieces: Iterable[tuple[Kind, str]]) -> tuple[Piece, ...]:
    """Pieces with empty ones left out, and each run of changes told as one deletion and one insertion."""
    found: list[Piece] = []
    gone: list[str] = []
    came: list[str] = []

    def close() -> None:
        changes = ((Kind.DELETED, "".join(gone)), (Kind.INSERTED, "".join(came)))
        found.extend(Piece(kind, text) for kind, text in changes if text)
        gone.clear()
        came.clear()

    for kind, text in pieces:
        if not text:
            continue
        if kind is not Kind.KEPT:
            (gone if kind is Kind.DELETED else came).append(text)
            continue
        close()
        if found and found[-1].kind is Kind.KEPT:
            found[-1] = Piece(kind, found[-1].text + text)
        else:
            found.append(Piece(kind, text))
    close()
    return tuple(found)
