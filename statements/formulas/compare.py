"""Two statements passage by passage: repeated, altered word by word, new, dropped; or their summaries side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.together import Wanted, together
from cstokb.records.choices import Language
from cstokb.redline import Redline, redline
from statements.cards import statement_card
from statements.choices import SummaryBasis
from statements.formulas.alignment import Outcome, Row, align
from statements.listings import STATEMENTS
from statements.models import Passage, StatementText
from statements.parts import TEXT, Part
from summits.facts import meta, own
from treaty.compare_json import notice_records, pieces_record

PATH = "/statements/compare/"
PASSAGE = ("entry_id", "statement_id", "statement_text_id", "anchor", "role", "text")
CSV = ("outcome", "a", "b", "likeness", "a_text", "b_text")


@dataclass(frozen=True)
class Side:
    """One of the two statements, its language versions, and the passages of the one that is compared."""

    line: Line
    texts: Sequence[Part]
    passages: Sequence[Part]

    @property
    def languages(self) -> list[str]:
        """In which languages any of its words are held."""
        return [text["language"] for text in self.texts]


@dataclass(frozen=True)
class Pair:
    """A row of the alignment with the passages that it names."""

    row: Row
    a: Part | None
    b: Part | None

    @cached_property
    def redline(self) -> Redline | None:
        """From the first to the second, word by word, where both stand for each other and differ."""
        if self.row.outcome != Outcome.ALTERED or self.a is None or self.b is None:
            return None
        return redline(self.a["text"], self.b["text"])


@dataclass(frozen=True)
class Two:
    """Two statements and, where both are held in one language, what became of each passage."""

    ask: Ask
    a: Side
    b: Side
    language: str | None

    @classmethod
    def of(cls, ask: Ask, a: Mapping[str, Any], b: Mapping[str, Any], language: str) -> Two:
        """Fetch both, in a fixed number of queries: their names, their language versions, their passages."""
        rows = [a, b]
        lines = STATEMENTS.lines(rows, ask)
        keys = [row["entry_id"] for row in rows]
        texts = ask.scope.rows(StatementText).filter(statement_id__in=keys).order_by("-original", "language")
        passages = (
            ask.scope.rows(Passage).filter(statement_id__in=keys).order_by("statement_text_id", "order")
        )
        held, said = together(Wanted.of(texts, (*TEXT, "statement_id")), Wanted.of(passages, PASSAGE))
        versions = [[text for text in held if text["statement_id"] == key] for key in keys]
        chosen = _common(versions[0], versions[1], language)
        sides = [
            Side(line, own_texts, _in(chosen, own_texts, said))
            for line, own_texts in zip(lines, versions, strict=True)
        ]
        return cls(ask, sides[0], sides[1], chosen)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both, in the order in which they were named."""
        return self.a, self.b

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every passage of both texts, in the order of the second; none where no language is held of both."""
        if self.language is None:
            return []
        old, new = self.a.passages, self.b.passages
        return [
            Pair(row, None if row.old is None else old[row.old], None if row.new is None else new[row.new])
            for row in align([one["text"] for one in old], [one["text"] for one in new])
        ]

    @property
    def counts(self) -> dict[str, int]:
        """How many passages have each outcome."""
        counted = Counter(pair.row.outcome for pair in self.pairs)
        return {outcome.value: counted[outcome] for outcome in Outcome}

    def url(self, **changes: str) -> str:
        """The page with some of its parameters changed."""
        params = self.ask.params.copy()
        for name, value in changes.items():
            params[name] = value
        return f"{self.ask.localised(PATH)}?{params.urlencode()}"


def _common(one: Sequence[Part], other: Sequence[Part], wanted: str) -> str | None:
    """The language in which both are held: the one asked for, else English, else the first."""
    held = {text["language"] for text in one} & {text["language"] for text in other}
    worth = {wanted: 0, "en": 1}
    return min(held, key=lambda code: (worth.get(code, 2), code), default=None)


def _in(language: str | None, texts: Sequence[Part], passages: Sequence[Part]) -> list[Part]:
    keys = {text["entry_id"] for text in texts if text["language"] == language}
    return [one for one in passages if one["statement_text_id"] in keys]


# -- what a reader must know first -------------------------------------------------------------------------------------


def missing(two: Two) -> str:
    """Which text is not held, in a sentence; empty where both are held in one language."""
    absent = [side.line.label for side in two.sides if not side.texts]
    if len(absent) == len(two.sides):
        return _("Neither text is held: not that of %(a)s, and not that of %(b)s.") % {
            "a": absent[0],
            "b": absent[1],
        }
    if absent:
        return _("The text of %(a)s is not held.") % {"a": absent[0]}
    if two.language:
        return ""
    said = {"a": two.a.line.label, "b": two.b.line.label}
    said |= {"of_a": _named(two.a.languages), "of_b": _named(two.b.languages)}
    return _("No language is held of both: %(a)s is held in %(of_a)s, %(b)s in %(of_b)s.") % said


def _named(languages: Sequence[str]) -> str:
    return ", ".join(str(Language(code).label) for code in languages)


def notices(two: Two) -> list[dict[str, Any]]:
    """What a reader must know first: what is not held, held in part only, or stands in another order."""
    found: list[dict[str, Any]] = []
    if absent := missing(two):
        beside = _(
            "The two cannot be compared passage by passage; their summaries stand side by side. They are ours."
        )
        found.append({"title": _("Text not held"), "paragraphs": [absent, beside]})
    partly = [side.line.label for side in two.sides if two.language and _is_partial(side, two.language)]
    if partly:
        said = _(
            "Only some passages are held of: %(texts)s. What seems new or dropped may stand in the others."
        )
        found.append({"title": _("Not all is held"), "paragraphs": [said % {"texts": "; ".join(partly)}]})
    if _is_later(two.a.line, two.b.line):
        said = _("The first is the later text: what is called new here is what the later one dropped.")
        found.append({"title": _("Later before earlier"), "paragraphs": [said]})
    return found


def _is_partial(side: Side, language: str) -> bool:
    return any(not text["complete"] for text in side.texts if text["language"] == language)


def _is_later(one: Line, other: Line) -> bool:
    first, second = one.dates["issued_on"], other.dates["issued_on"]
    if not first or not second or first.earliest is None or second.latest is None:
        return False
    return first.earliest > second.latest


# -- as page, JSON and CSV ---------------------------------------------------------------------------------------------


def context(two: Two, wanted: str) -> dict[str, Any]:
    """What templates/statements/compare.html shows of two statements."""
    a, b = two.a.line, two.b.line
    return {
        "title": _("%(a)s beside %(b)s") % {"a": a.label, "b": b.label},
        "kind": _("Two statements"),
        "notices": notices(two),
        "compared": two.language is not None,
        "lang": two.language or "",
        "wanted": wanted,
        "counts": [{"label": _words(outcome), "n": two.counts[outcome.value]} for outcome in Outcome],
        "pairs": [_item(pair, number, two) for number, pair in enumerate(two.pairs, start=1)],
        "sides": [_side_item(side, two) for side in two.sides],
        "swap_url": two.url(a=b.id, b=a.id),
        "languages": [
            {"url": two.url(lang=code), "label": str(Language(code).label), "current": code == two.language}
            for code in sorted(set(two.a.languages) & set(two.b.languages))
        ],
    }


def _words(outcome: Outcome) -> str:
    return {
        Outcome.REPEATED: pgettext("passage", "Repeated"),
        Outcome.ALTERED: pgettext("passage", "Altered"),
        Outcome.NEW: pgettext("passage", "New"),
        Outcome.DROPPED: pgettext("passage", "Dropped"),
    }[outcome]


def _item(pair: Pair, number: int, two: Two) -> dict[str, Any]:
    shown = pair.b or pair.a or {}
    return {
        "anchor": f"r{number}",
        "outcome": pair.row.outcome.value,
        "word": _words(pair.row.outcome),
        "share": round(100 * pair.row.share) if pair.row.outcome == Outcome.ALTERED else None,
        "places": [
            {"label": f"{letter}, {part['anchor']}", "url": f"{side.line.url}#{part['anchor']}"}
            for letter, side, part in (("A", two.a, pair.a), ("B", two.b, pair.b))
            if part
        ],
        "paragraphs": pair.redline.paragraphs() if pair.redline else [],
        "text": shown.get("text", ""),
        "heading": shown.get("role") == "heading",
    }


def _side_item(side: Side, two: Two) -> dict[str, Any]:
    ask, line = two.ask, side.line
    card = statement_card(line, ask)
    basis = line.values["summary_basis"]
    return {
        "letter": "A" if side is two.a else "B",
        "label": line.label,
        "url": line.url,
        "on": line.dates["issued_on"],
        "meta": " · ".join(meta(*card["meta"])),
        "summary": own(line.values, "summary", ask),
        "basis": _("our summary; it rests on %(basis)s") % {"basis": SummaryBasis(basis).label}
        if basis
        else "",
    }


def record(two: Two) -> dict[str, Any]:
    """The comparison as JSON."""
    return {
        "lang": two.language,
        "notices": notice_records(notices(two)),
        "a": _side_record(two.a, two),
        "b": _side_record(two.b, two),
        "counts": two.counts,
        "passages": [
            {**row, "redline": pieces_record(pair.redline)}
            for row, pair in zip(rows(two), two.pairs, strict=True)
        ],
    }


def _side_record(side: Side, two: Two) -> dict[str, Any]:
    values = side.line.values
    return {
        "id": side.line.id,
        **{name: values[name] for name in ("title_en", "title_ru", "issued_on", "html_url")},
        "held": bool(side.texts),
        "languages_held": side.languages,
        **{name: values[name] for name in ("summary_en", "summary_ru", "summary_basis")},
    }


def rows(two: Two) -> Iterator[dict[str, Any]]:
    """Every passage with its outcome, as a row of the CSV and as JSON has it."""
    for pair in two.pairs:
        a, b = pair.a or {}, pair.b or {}
        paired = pair.a is not None and pair.b is not None
        yield {
            "outcome": pair.row.outcome.value,
            "a": a.get("anchor"),
            "b": b.get("anchor"),
            "likeness": round(100 * pair.row.share) if paired else None,
            "a_text": a.get("text"),
            "b_text": b.get("text"),
        }


def empty_context(given: Mapping[str, str]) -> dict[str, Any]:
    """The page before both statements are named."""
    return {"title": _("Compare two statements"), "given": given, "sides": [], "notices": []}
