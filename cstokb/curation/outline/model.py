"""Outline: what was found in the text of an instrument, part by part, with what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy

from treaty.choices import ProvisionKind
from treaty.numbering import ProvisionName


class Trouble(StrEnum):
    """What may be wrong with a text or with how it was read."""

    GAP = "gap"
    DOUBLED = "doubled"
    ORDER = "order"
    UNASSIGNED = "unassigned"
    CUT = "cut"
    EMPTY = "empty"
    FOOTNOTE = "footnote"
    UNCLOSED = "unclosed"
    OTHER_ACT = "other-act"
    OLD_EDITION = "old-edition"
    VALIDITY = "validity"
    MACHINE = "machine-translation"
    NOTHING = "nothing"


SENTENCES = {
    Trouble.GAP: gettext_lazy("Missing before it: %(detail)s."),
    Trouble.DOUBLED: gettext_lazy("The number %(detail)s stands twice; only one of the two can be imported."),
    Trouble.ORDER: gettext_lazy("It stands after %(detail)s, against the order of the numbers."),
    Trouble.UNASSIGNED: gettext_lazy("Belongs to no article: “%(detail)s”."),
    Trouble.CUT: gettext_lazy("The text breaks off: “…%(detail)s”."),
    Trouble.EMPTY: gettext_lazy("There is no text below the label “%(detail)s”."),
    Trouble.FOOTNOTE: gettext_lazy("“%(detail)s” was read as the number with the mark of a footnote."),
    Trouble.UNCLOSED: gettext_lazy("A quotation is not closed: “%(detail)s…”."),
    Trouble.OTHER_ACT: gettext_lazy(
        "Before the title stands another act with articles of its own, perhaps a law of ratification. It is not"
        " imported; enter it as an act of the state: “%(detail)s”."
    ),
    Trouble.OLD_EDITION: gettext_lazy(
        "The page says of itself: “%(detail)s”. Check the days of the wording."
    ),
    Trouble.VALIDITY: gettext_lazy(
        "“%(detail)s” is a field of a database. It is no day of entry into force without a second source."
    ),
    Trouble.MACHINE: gettext_lazy("The text looks like a machine translation: “%(detail)s”."),
    Trouble.NOTHING: gettext_lazy(
        "No provisions were found. A quotation in another text is no source of an article's wording."
    ),
}


ORDERS = {
    "replace": gettext_lazy("“%(old)s” is replaced by “%(new)s”"),
    "delete": gettext_lazy("“%(old)s” is deleted"),
    "add": gettext_lazy("“%(new)s” is added"),
    "reword": gettext_lazy("the part is worded anew"),
}


@dataclass(frozen=True)
class Warn:
    """A trouble, the anchor of the part that it concerns (empty for the whole), and the words that show it."""

    code: Trouble
    place: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        """The warning for the curator."""
        return str(SENTENCES[self.code]) % {"detail": self.detail}


@dataclass(frozen=True)
class Instruction:
    """A change that an amending instrument orders, in words: what is done to which words.

    ``verb`` is replace, delete, add or reword. It makes sense only against the text that it changes.
    """

    verb: str
    old: str = ""
    new: str = ""

    @property
    def sentence(self) -> str:
        """The order for the curator."""
        return str(ORDERS[self.verb]) % {"old": self.old, "new": self.new}


@dataclass
class Paragraph:
    """A paragraph of a part. ``label`` is its number or letter as written, ``ordinal`` what it counts, ``level`` its
    depth from 1; a paragraph without a label has none of the three."""

    text: str
    label: str = ""
    ordinal: int = 0
    level: int = 0
    changes: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The paragraph as it is written."""
        return f"{self.label} {self.text}".strip()


@dataclass
class Part:
    """A provision as found: its kind, its canonical number, the label and the heading as written.

    ``changes`` are remarks on amendments that stood in brackets, ``notes`` editorial notes; neither is in the text.
    ``marks`` are those of footnotes at the label. ``parent`` is the anchor of the chapter around it.
    """

    kind: ProvisionKind
    number: str = ""
    label: str = ""
    heading: str = ""
    parent: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its address in the instrument (``art-4``)."""
        return ProvisionName(self.kind, self.number).anchor

    @property
    def text(self) -> str:
        """The wording: its paragraphs with their labels, parted by blank lines."""
        return "\n\n".join(one.words for one in self.paragraphs)

    @property
    def all_changes(self) -> list[str]:
        """The remarks on amendments of the part and of its paragraphs."""
        return [*self.changes, *(said for one in self.paragraphs for said in one.changes)]

    def as_json(self) -> dict[str, Any]:
        """The part as JSON values."""
        return {
            "kind": self.kind.value,
            "number": self.number,
            "anchor": self.anchor,
            "label": self.label,
            "heading": self.heading,
            "parent": self.parent,
            "text": self.text,
            "changes": self.all_changes,
            "notes": self.notes,
            "instructions": [[one.verb, one.old, one.new] for one in self.instructions],
        }


@dataclass
class Outline:
    """What was found in a document.

    ``dates`` stand near the title or the signatures, as written; none is taken for a legal date. ``versions`` are what
    the page says of its edition, ``amendments`` the list of amending acts in its head, ``dropped`` what stood before
    the text and is no part of it, ``closing`` the place, day and signatures at its end.
    """

    title: str = ""
    language: str = ""
    parts: list[Part] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    amendments: list[str] = field(default_factory=list)
    pointers: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)

    def part(self, anchor: str) -> Part:
        """The first part at an anchor.

        Raises:
            KeyError: when there is none.
        """
        for part in self.parts:
            if part.anchor == anchor:
                return part
        raise KeyError(anchor)

    def warn(self, code: Trouble, place: str = "", detail: str = "") -> None:
        """Note a trouble once."""
        one = Warn(code, place, shortened(detail))
        if one not in self.warnings:
            self.warnings.append(one)

    def as_json(self) -> dict[str, Any]:
        """The outline as JSON values, warnings with their sentences."""
        names = (
            "title",
            "language",
            "dates",
            "versions",
            "amendments",
            "pointers",
            "dropped",
            "closing",
            "terms",
        )
        return {
            **{name: getattr(self, name) for name in names},
            "footnotes": self.footnotes,
            "parts": [part.as_json() for part in self.parts],
            "warnings": [
                {"code": one.code.value, "place": one.place, "detail": one.detail, "sentence": one.sentence}
                for one in self.warnings
            ],
        }


def shortened(text: str, most: int = 120) -> str:
    """A text cut at a word for showing it."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
