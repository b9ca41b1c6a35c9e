"""Articles by their number while somebody types: "art 4", «ст. 4», "charter 7", "7 устава"."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.db.models import F, Q

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
    if asked is None:
        return []
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
    return list(rows.order_by(order, "pk").values_list("pk", flat=True)[:most])
