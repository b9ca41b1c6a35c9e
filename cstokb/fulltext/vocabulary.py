"""What a prefix may be completed to: the word forms that records hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Max, Min, Q

from cstokb.fulltext import tables
from cstokb.fulltext.backends import backend
from cstokb.fulltext.models import Word
from cstokb.fulltext.spelling import bones
from cstokb.fulltext.stems import stem
from cstokb.fulltext.stopwords import STOP_WORDS
from cstokb.fulltext.terms import exact

_LAST = "\U0010ffff"

#: The stems of common words, which passages hold in their rows of terms and the vocabulary does not.
COMMON_STEMS = frozenset(map(stem, STOP_WORDS))


def learn(words: Iterable[tuple[str, str]]) -> None:
    """Remember forms with their stems. In one order, so that two writers never wait for each other."""
    stems = dict(words)
    known = {form for (form,) in tables.rows(Word, ("form",), "form", list(stems))}
    new = sorted(stems.keys() - known)
    tables.write_new(Word, [(form, stems[form], bones(form)) for form in new])


def forms_of(prefix: str) -> list[str]:
    """The forms that begin so, by which phrases and distances are looked for."""
    begun = _begun(prefix)
    # Passages hold common words in their rows, whether or not the vocabulary knows one as something else.
    common = begun.keys() & STOP_WORDS
    return sorted((begun.keys() - common) | _alive(common))


def endings(prefix: str, most: int, strict: bool) -> int:
    """How many stems, or with `strict` forms, begin so, counted up to a number."""
    words = Word.objects.filter(_begins(prefix)).values("form" if strict else "stem")
    return len(words.distinct()[:most])


def span(prefix: str) -> tuple[str, str] | None:
    """The first and the last form that was ever indexed and begins so: what has the same ones has all the same."""
    told = Word.objects.filter(_begins(prefix)).aggregate(first=Min("form"), last=Max("form"))
    return (told["first"], told["last"]) if told["first"] else None


def stems_of(prefix: str) -> list[str]:
    """The stems of all words that begin so."""
    begun = _begun(prefix)
    shared = _shared(begun)
    return sorted((set(begun.values()) - shared) | _held(begun, shared))


def further_stems_of(prefix: str) -> list[str]:
    """Stems of words that begin so, by which words that begin otherwise are found too."""
    begun = _begun(prefix)
    return sorted(_held(begun, _shared(begun)))


def _begun(prefix: str) -> dict[str, str]:
    """The forms that begin so, with their stems."""
    return dict(Word.objects.filter(_begins(prefix)).values_list("form", "stem"))


def _shared(begun: Mapping[str, str]) -> set[str]:
    """Those of the stems that other words have too: common ones, which are not in the vocabulary, among them."""
    stems = set(begun.values())
    known = tables.rows(Word, ("form", "stem"), "stem", sorted(stems))
    return {stem for form, stem in known if form not in begun} | (stems & COMMON_STEMS)


def _held(begun: Mapping[str, str], stems: Collection[str]) -> set[str]:
    """Those of the stems that a form which begins so has and some record still holds."""
    forms = {form: stem for form, stem in begun.items() if stem in stems}
    return {forms[form] for form in _alive(forms)}


def _alive(forms: Collection[str]) -> set[str]:
    """Those of the forms that some record still holds."""
    alive = backend().alive([exact(form) for form in forms]) if forms else set()
    return {form for form in forms if exact(form) in alive}


def _begins(prefix: str) -> Q:
    return Q(form__gte=prefix, form__lt=prefix + _LAST)
