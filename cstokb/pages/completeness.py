"""How much is known, how surely, and what is missing, kind by kind; computed from what anyone may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Value

from cstokb.listing.ask import Ask
from cstokb.listing.filters import TEXT
from cstokb.listing.listing import Listing
from cstokb.records.choices import Confidence, Stance, Visibility
from cstokb.records.models import Evidence
from statements.models import Statement, StatementText

#: Kinds whose records are facts; sources and headings are what these rest on and stand under.
NO_FACTS = ("source", "topic", "evidence")


@dataclass(frozen=True)
class Known:
    """What is known of one kind: how many records, how many disputed, how many by confidence."""

    listing: Listing
    count: int
    disputed: int = 0
    by_confidence: Mapping[str, int] = field(default_factory=dict)

    @property
    def unsure(self) -> int:
        """Records of medium or low confidence."""
        return self.by_confidence.get(Confidence.MEDIUM, 0) + self.by_confidence.get(Confidence.LOW, 0)


@dataclass(frozen=True)
class Texts:
    """How many statements are known, and of how many the words are held whole or in part."""

    known: int
    whole: int
    part: int

    @property
    def missing(self) -> int:
        """Statements of which no word is held."""
        return self.known - self.whole - self.part


def known(listings: Iterable[Listing], ask: Ask) -> list[Known]:
    """What is known of each kind of fact; two queries for all."""
    facts = [listing for listing in listings if listing.is_record and listing.kind not in NO_FACTS]
    counted = _confidence(facts, ask)
    disputed = _disputed(ask)
    return [
        Known(one, sum(counted[one.kind].values()), disputed.get(one.kind, 0), counted[one.kind])
        for one in facts
    ]


def _confidence(listings: Iterable[Listing], ask: Ask) -> Mapping[str, dict[str, int]]:
    parts = [_one(listing, ask) for listing in listings]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    if parts:
        for kind, confidence, n in parts[0].union(*parts[1:], all=True).order_by():
            found[kind][confidence] = n
    return found


def _one(listing: Listing, ask: Ask) -> Any:
    """How many records of a kind there are by confidence."""
    rows = listing.rows(ask).order_by()
    marked = rows.annotate(what=Value(listing.kind, TEXT), sure=F("confidence"))
    return marked.values("what", "sure").annotate(n=Count("pk")).values_list("what", "sure", "n")


def _disputed(ask: Ask) -> dict[str, int]:
    """How many records have a source that speaks against them, by kind."""
    against = ask.scope.rows(Evidence).filter(
        stance=Stance.CONTRADICTS, source__entry__visibility=Visibility.PUBLIC
    )
    counted = against.order_by().values("entry__kind").annotate(n=Count("entry_id", distinct=True))
    return dict(counted.values_list("entry__kind", "n"))


def texts(ask: Ask) -> Texts:
    """How many texts of statements are held, of how many known; three small queries."""
    held = ask.scope.rows(StatementText)
    whole = set(held.filter(complete=True).values_list("statement_id", flat=True))
    part = set(held.filter(complete=False).values_list("statement_id", flat=True)) - whole
    return Texts(ask.scope.rows(Statement).count(), len(whole), len(part))
