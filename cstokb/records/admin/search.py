"""Search of the lists: by label, id and any spelling, in both languages, whatever the case and the database."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Replace

from cstokb.fulltext.normalise import fold, sort_key
from cstokb.records.models import NameForm

LONGEST_QUESTION = 200
MOST_WORDS = 12
#: How sort keys write ё: е and this letter, which sorts after all others.
AFTER_ALL = "\u04ff"


def searched(
    rows: QuerySet[Any], text: str, *, entry: str = "entry", also: tuple[str, ...] = ()
) -> QuerySet[Any]:
    """The rows whose record is found by every word of the text.

    ``entry`` is the path to the record's entry, empty for entries themselves; ``also`` names further lookups whose
    values hold no Cyrillic, such as ``url__icontains``.
    """
    prefix = f"{entry}__" if entry else ""
    words = _words(text)
    if not words:
        return rows
    rows = rows.alias(
        found_en=F(f"{prefix}sort_en"), found_ru=Replace(f"{prefix}sort_ru", Value(AFTER_ALL), Value(""))
    )
    for word in words:
        key = sort_key(word).replace(AFTER_ALL, "")
        found = Q(**{f"{prefix}slug__contains": word.lower()})
        if key:
            found |= Q(found_en__contains=key) | Q(found_ru__contains=key)
        names = NameForm.objects.filter(entry_id=OuterRef(f"{prefix}pk"), folded__contains=fold(word))
        for lookup in also:
            found |= Q(**{lookup: word})
        rows = rows.filter(found | Exists(names) if fold(word) else found)
    return rows


def _words(text: str) -> list[str]:
    printable = "".join(letter if letter.isprintable() else " " for letter in text[:LONGEST_QUESTION])
    return printable.split()[:MOST_WORDS]
