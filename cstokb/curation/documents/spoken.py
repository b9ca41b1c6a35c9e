"""Spoken: words of somebody found in a text, before it is known whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from cstokb.curation.documents.model import Span
from cstokb.curation.documents.voices import Voice


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of somebody, in pieces.

    ``start`` and ``end`` are those of the whole with its marks, ``asides`` the author's words within. ``first`` and
    ``last`` are the numbers of the paragraphs in which it begins and ends. ``label`` is what names who speaks and says
    no more, before the words or below them. ``alone`` is set where the words fill their paragraph, ``voice`` where it
    is known whose they are.
    """

    spans: tuple[Span, ...]
    start: int
    end: int
    first: int
    last: int
    asides: tuple[Span, ...] = ()
    closed: bool = True
    label: Span | None = None
    alone: bool = False
    voice: Voice | None = None
