"""Articles by their number: "art 4", «ст. 4», "charter 7", "7 устава"; those of the eldest instrument come first."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from cstokb.fulltext import engine
from cstokb.fulltext.models import Opening
from cstokb.fulltext.openings import LAST, typed
from cstokb.fulltext.terms import analyse
from treaty.choices import ProvisionKind
from treaty.models import Instrument, Provision
from treaty.numbering import ProvisionName

#: A number alone, without a word for "article": more digits are a year.
_NUMBER = re.compile(r"\d{1,3}(?:bis|ter|quater|[a-zа-я])?")
#: Words of the title of an instrument that count beside a number.
MOST_WORDS = 4
#: Articles of one number that are put in order before all that is found.
MOST = 10


class Numbered(NamedTuple):
    """The number of an article, and beginnings of words of its instrument's names."""

    number: str
    instrument: tuple[str, ...]


def numbered(text: str) -> Numbered | None:
    """The article that a text may mean by its number; None where it has none."""
    found = analyse(text)
    if found.units:
        unit = found.units[0]
        others = [*found.words[: unit.first], *found.words[unit.last + 1 :]]
        number = unit.token.stem.removeprefix("§")
    else:
        at = next((at for at in (-1, 0) if found.words and _NUMBER.fullmatch(found.words[at].form)), None)
        if at is None or len(found.words) < 2:
            return None
        others = [word for word in found.words if word is not found.words[at]]
        number = found.words[at].form
    words = [word.stem for word in others if not word.stop][:MOST_WORDS]
    return Numbered(number, tuple(words)) if words or found.units else None


def articles(text: str, most: int) -> list[int]:
    """Row ids of the public articles that a text means by their number, of the eldest instrument first.

    Asks nothing where the text has no number, else one query.
    """
    asked = numbered(text)
    return list(_meant(asked).values_list("pk", flat=True)[:most]) if asked else []


def foremost(query: engine.Query | None) -> tuple[engine.Filters, ...]:
    """What stands before all else that a query finds which is the number of an article and nothing else.

    The articles so numbered, in the order in which they are suggested. Asks nothing for other queries, else once.
    """
    asked = numbered(query.title) if query and query.title else None
    if asked is None or asked.instrument:
        return ()
    slugs = _meant(asked).values_list("entry__slug", flat=True)[:MOST]
    articles = {"kind": (ProvisionKind.ARTICLE.value,)}
    return tuple(engine.Filters({"inside": (slug,), **articles}, kinds=(Provision.kind,)) for slug in slugs)


def _meant(asked: Numbered) -> QuerySet[Any, Any]:
    """The public articles of a number, of the eldest instrument first."""
    start = typed(ProvisionName(ProvisionKind.ARTICLE, asked.number).text("en"))
    so_numbered = Opening.objects.filter(
        kind=Provision.kind, place=0, start__gte=f"{start} ", start__lt=f"{start}!"
    )
    instruments = Instrument.objects.published().own()
    for word in asked.instrument:
        begun = Opening.objects.filter(
            kind=Instrument.kind, start__gte=word, start__lt=word + LAST, place__in=(0, 1)
        )
        instruments = instruments.filter(pk__in=begun.values("record_id"))
    rows = Provision.objects.published().filter(
        Q(pk__in=so_numbered.values("record_id")), instrument_id__in=instruments.values("entry_id")
    )
    order = F("instrument__signed_on_min").asc(nulls_last=True)
    meant: QuerySet[Any, Any] = rows.order_by(order, "pk")
    return meant
