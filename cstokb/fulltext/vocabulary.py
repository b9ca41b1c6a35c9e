"""What a prefix may be completed to: the word forms that records hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from cstokb.fulltext import tables
from cstokb.fulltext.backends import backend
from cstokb.fulltext.models import Word
from cstokb.fulltext.spelling import bones
from cstokb.fulltext.terms import exact

_LAST = "\U0010ffff"


def learn(words: Iterable[tuple[str, str]]) -> None:
    """Remember forms with their stems. In one order, so that two writers never wait for each other."""
    stems = dict(words)
    known = {form for (form,) in tables.rows(Word, ("form",), "form", list(stems))}
    new = sorted(stems.keys() - known)
    tables.write_new(Word, [(form, stems[form], bones(form)) for form in new])


def forms_of(prefix: str) -> list[str]:
    """The forms that begin so."""
    return list(Word.objects.filter(_begins(prefix)).order_by("form").values_list("form", flat=True))


def endings(prefix: str, most: int, strict: bool) -> int:
    """How many stems, or with `strict` forms, begin so, counted up to a number."""
    words = Word.objects.filter(_begins(prefix)).values("form" if strict else "stem")
    return len(words.distinct()[:most])


def stems_of(prefix: str) -> list[str]:
    """The stems of all words that begin so."""
    own = set(Word.objects.filter(_begins(prefix)).values_list("stem", flat=True))
    return sorted((own - _shared(prefix)) | set(further_stems_of(prefix)))


def further_stems_of(prefix: str) -> list[str]:
    """Stems of words that begin so, by which words that begin otherwise are found too."""
    forms = dict(Word.objects.filter(_begins(prefix), stem__in=_shared(prefix)).values_list("form", "stem"))
    alive = backend().alive([exact(form) for form in forms]) if forms else set()
    return sorted({stem for form, stem in forms.items() if exact(form) in alive})


def _shared(prefix: str) -> set[str]:
    own = Word.objects.filter(_begins(prefix)).values("stem")
    return set(Word.objects.filter(~_begins(prefix), stem__in=own).values_list("stem", flat=True))


def _begins(prefix: str) -> Q:
    return Q(form__gte=prefix, form__lt=prefix + _LAST)
