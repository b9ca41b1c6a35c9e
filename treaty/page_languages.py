"""An instrument in two languages on one day, side by side by article and paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.records.choices import Language
from cstokb.redline.words import paragraphs
from treaty.alignment import aligned
from treaty.compare_json import notice_records, wording_record
from treaty.compare_notices import Purpose, notices, official_links
from treaty.fetching import fetch_instrument
from treaty.page_parts import Item, band, own, state_words, with_time
from treaty.reading import WORTH, Force, Part, Reading, Wording, languages
from treaty.texts import Row, force_of, parts_of
from treaty.values import provision_rows

VIEW = "languages"


@dataclass(frozen=True)
class Bilingual:
    """A provision as it stands on the day, with its wording in each of two languages, if held."""

    part: Part
    reading: Reading
    left: Wording | None
    right: Wording | None

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The paragraphs side by side; empty where that side has none."""
        if not (self.left and self.right):
            return [(self.left.text if self.left else "", self.right.text if self.right else "")]
        beads = aligned(paragraphs(self.left.text), paragraphs(self.right.text))
        return [("\n\n".join(left), "\n\n".join(right)) for left, right in beads]


@dataclass(frozen=True)
class InLanguages:
    """An instrument in two languages, fetched in a fixed number of queries."""

    ask: Ask
    row: Row
    force: Force
    pair: tuple[str, str]
    rows: Sequence[Row]
    provisions: Sequence[Bilingual]
    held: Sequence[str]

    @classmethod
    def of(cls, ask: Ask, row: Row, left: str, right: str) -> InLanguages:
        """Fetch the instrument of a row."""
        fetch_instrument(row["entry_id"], ask)
        rows, force = provision_rows(row["entry_id"], ask), force_of(row)
        parts = list(parts_of(rows, ask).values()) if rows else []
        found = [bilingual(part, part.read(force, ask.day), left, right) for part in parts]
        return cls(ask, row, force, (left, right), rows, found, languages(parts))

    @cached_property
    def shown(self) -> list[str]:
        """The languages that stand side by side: both, or the one in which alone anything is held on the day."""
        gone = missing(self)
        return [code for code in self.pair if code not in gone] or list(self.pair)

    @property
    def path(self) -> str:
        """The English address of the page."""
        return f"{self.row['entry__path']}compare/"


def bilingual(part: Part, reading: Reading, left: str, right: str) -> Bilingual:
    """A provision with its best wording of the day in each of two languages."""
    return Bilingual(part, reading, best_in(reading, left), best_in(reading, right))


def best_in(reading: Reading, language: str) -> Wording | None:
    """The wording of the day in a language that is worth most as law; none in another language."""
    held = [one for one in reading.wordings if one.language == language]
    return min(held, key=lambda one: (WORTH[one.standing], one.id), default=None)


def context(told: InLanguages) -> dict[str, Any]:
    """What templates/treaty/compare_languages.html shows."""
    ask, label = told.ask, own(told.row, "entry__label", told.ask)
    left, right = told.pair
    by_part = {row["entry_id"]: row for row in told.rows}
    return {
        "title": _("In two languages: %(instrument)s") % {"instrument": label},
        "asof": language_band(told),
        "notices": noted(told),
        "missing": missing(told),
        "alone": len(told.shown) == 1,
        "left": left,
        "right": right,
        "held": told.held,
        "all_languages": list(Language.values),
        "keep": [(name, ask.params[name]) for name in ("on", "known_on") if ask.params.get(name)],
        "swap_url": with_time(ask, told.path, view=VIEW, lang=right, **{"with": left}),
        "redline_url": with_time(ask, told.path),
        "provisions": [provision(one, by_part[one.part.entry_id], told) for one in told.provisions],
    }


def language_band(told: InLanguages) -> Item:
    """The day shown; a form for another day keeps the languages."""
    signed = told.force.signed_on
    made = band(told.ask, told.path, _("As it stood on"), (), signed.earliest if signed else None)
    left, right = told.pair
    asked = {"view": VIEW, "lang": left, "with": right}
    keep = [{"name": name, "value": value} for name, value in asked.items()]
    known = told.ask.params.get("known_on")
    keep += [{"name": "known_on", "value": known}] if known else []
    today = told.ask.params.copy()
    today.pop("on", None)
    url = f"{told.ask.localised(told.path)}?{today.urlencode()}"
    return {**made, "keep": keep, "today_url": url}


def noted(told: InLanguages) -> list[Item]:
    """Whose words are compared, as notices at the top."""
    label = own(told.row, "entry__label", told.ask)
    official = official_links([(label, told.row["official_url"])], told.ask)
    return notices([(one.left, one.right) for one in told.provisions], Purpose.LANGUAGES, official)


def missing(told: InLanguages) -> list[str]:
    """The languages of the two in which no provision has a wording on the day."""
    left, right = told.pair
    found = []
    if not any(one.left for one in told.provisions):
        found.append(left)
    if not any(one.right for one in told.provisions) and right != left:
        found.append(right)
    return found


def provision(one: Bilingual, row: Row, told: InLanguages) -> Item:
    """One provision: its name, and its paragraphs side by side or the words that say why there are none."""
    ask = told.ask
    left, right = told.pair
    sides = ((left, one.left), (right, one.right))
    return {
        "anchor": row["eid"],
        "url": with_time(ask, f"/treaties/{one.part.id}/"),
        "name": one.part.name_on(ask.day, ask.language),
        "heading": own(row, "heading", ask),
        "heads": one.part.is_heading,
        "notice": state_words(one.part, one.reading, ask),
        "sides": [
            {"lang": code, "voice": text.standing if text else ""}
            for code, text in sides
            if code in told.shown
        ],
        "rows": [
            [
                side(code, text, wording)
                for (code, wording), text in zip(sides, row, strict=True)
                if code in told.shown
            ]
            for row in (one.rows if one.left or one.right else ())
        ],
    }


def side(language: str, text: str, wording: Wording | None) -> Item:
    """The paragraphs of one language; ``held`` is false where the whole provision has no wording in it."""
    ours = wording is not None and wording.standing == "restatement"
    return {"lang": language, "text": text, "held": wording is not None, "ours": ours}


def record(told: InLanguages) -> dict[str, Any]:
    """The two languages as JSON."""
    left, right = told.pair
    return {
        "instrument": told.row["entry__slug"],
        "on": told.ask.day.isoformat(),
        "lang": left,
        "with": right,
        "languages_held": list(told.held),
        "languages_missing": missing(told),
        "notices": notice_records(noted(told)),
        "provisions": [
            {
                "id": one.part.id,
                "number": one.reading.number,
                "state": str(one.reading.state),
                "left": wording_record(one.left),
                "right": wording_record(one.right),
                "paragraphs": [list(row) for row in one.rows] if one.left and one.right else [],
            }
            for one in told.provisions
        ],
    }
