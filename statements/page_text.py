"""The words of a statement as its page shows them: language versions side by side, passage by passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate, describe
from cstokb.listing.ask import Ask
from cstokb.listing.names import Names
from cstokb.records.choices import Language
from statements.choices import PassageRole, ReferenceBasis
from statements.parts import Part, Reading, StatementParts, aligned
from summits.facts import link, own
from treaty.linking import Linker

Item = dict[str, Any]
#: So many versions stand beside each other; of more, one at a time is shown.
BESIDE = 2


@dataclass(frozen=True)
class TextView:
    """The language versions that a page shows: one that was asked for, else the first two beside each other."""

    parts: StatementParts
    read: Reading
    names: Names
    refs: Mapping[int, Sequence[int]]
    wanted: str
    alone: bool
    ask: Ask

    @cached_property
    def texts(self) -> list[Part]:
        """The versions shown, the original first."""
        first = self.parts.text_in(self.wanted)
        if first is None:
            return []
        return [first] if self.alone else list(self.parts.texts[:BESIDE])

    @cached_property
    def linker(self) -> Linker:
        """The citations in the words, as links."""
        return Linker(self.ask, 0, self.read.found)

    def context(self) -> Item:
        """What the template is given of the words."""
        return {
            "versions": [self._version(one) for one in self.texts],
            "passages": [self._place(one.anchor, one.passages) for one in self._aligned()],
            "wanted": self.wanted if len(self.texts) == 1 else "",
            "ways": self._ways(),
        }

    def _aligned(self) -> Any:
        return aligned([self.read.of(text) for text in self.texts])

    def _version(self, text: Part) -> Item:
        """The head of a version: its voice, what is missing of it, and whether it is the original."""
        passages = self.read.of(text)
        quoted = all(one["role"] != PassageRole.PARAGRAPH for one in passages)
        missing = "" if text["complete"] else _("only some passages are held")
        return {
            "lang": text["language"],
            "label": str(Language(text["language"]).label),
            "original": text["original"],
            "voice": "quotation" if quoted and not text["complete"] else text["standing"],
            "voice_note": missing,
            "note": own(text, "note", self.ask),
        }

    def _ways(self) -> list[Item]:
        """Links to each version by itself, and to the two beside each other."""
        if len(self.parts.texts) < BESIDE:
            return []
        shown = {one["language"] for one in self.texts} if len(self.texts) == 1 else set()
        found = [
            {"label": str(Language(one["language"]).label), "url": f"?lang={one['language']}"}
            for one in self.parts.texts
            if one["language"] not in shown
        ]
        beside = {"label": _("Side by side"), "url": self.ask.path}
        return [*found, beside] if len(self.texts) == 1 else found

    @cached_property
    def _numbered(self) -> tuple[str, str]:
        """What the links to a passage and to its citation say, but for its number; translated once for all."""
        return _("Passage %(number)s"), _("Cite passage %(number)s")

    # -- passages --------------------------------------------------------------------------------------------------

    def _place(self, anchor: str, passages: Iterable[Part | None]) -> Item:
        """A place in the text: its anchor, and what stands there in each version."""
        cells = [
            {**self._passage(one, text), "missing": False}
            if one
            else {"lang": text["language"], "missing": True}
            for one, text in zip(passages, self.texts, strict=True)
        ]
        heading = all(one["heading"] for one in cells if "heading" in one)
        number = anchor.removeprefix("p")
        return {
            "anchor": anchor,
            "number": number,
            "label": self._numbered[0] % {"number": number},
            "cite": self._numbered[1] % {"number": number},
            "heading": heading,
            "cells": cells,
            "cite_url": f"{self.ask.path}?passage={anchor}#cite",
        }

    def _passage(self, one: Part, text: Part) -> Item:
        """A passage with its speaker, the text whose words it is, and what it cites."""
        ask, speaker = self.ask, self.names.get(one["speaker_id"])
        quotes = self.names.get(one["quotes_id"])
        return {
            "heading": one["role"] == PassageRole.HEADING,
            "html": self.linker.linked(one["entry_id"], one["text"], self.names),
            "lang": text["language"],
            "speaker": link(speaker, ask),
            "office": self.office(one["speaker_id"], own(one, "speaker_office", ask)),
            "quotes": link(quotes, ask) or _words(own(one, "quotes", ask)),
            "cited": [cited for cited in map(self._cited, self.read.cited(one)) if cited],
            "note": own(one, "note", ask),
        }

    def office(self, person: int | None, said: str) -> str:
        """The office in the words of the record; where it has none, the offices held on the day of the statement."""
        if said:
            return said
        held = [(self.names.get(one["office_id"]), one["acting"]) for one in self.read.offices(person)]
        labels = [
            _("%(office)s, acting") % {"office": named.label(self.ask.language)}
            if acting
            else named.label(self.ask.language)
            for named, acting in held
            if named
        ]
        return "; ".join(dict.fromkeys(labels))

    def _cited(self, one: Item) -> Item:
        target = self.names.get(one["target"])
        if target is None:
            return {}
        tagged = one["basis"] == ReferenceBasis.TAGGED
        return {
            **link(target, self.ask),
            "tagged": tagged,
            "on": self._tagged_on(one) if tagged else "",
            "note": own(one, "note", self.ask),
            "refs": self.refs.get(one["key"], ()) if one["key"] else (),
        }

    def _tagged_on(self, one: Item) -> str:
        """When an editor's tag became public."""
        if one["added_at"] is None:
            return ""
        day = describe(HistoricDate.of_day(one["added_at"].date()), self.ask.language)
        return _("tagged by an editor, %(day)s") % {"day": day}


def _words(text: str) -> dict[str, str]:
    return {"label": text, "url": ""} if text else {}
