"""Keeps which passages say which formula: read when a passage is published, in its transaction, as the index is.

Of a text that is published only the words that nobody said before are compared with others, and each only with those
that share a rare shingle with it. So the work depends on the text, and not on how many texts are held.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cstokb.records.indexing import Step, portions
from cstokb.records.models import Record
from statements.formulas.words import Words, kinship
from statements.models import (
    Formula,
    FormulaKinship,
    FormulaShingle,
    Passage,
    Saying,
    Statement,
    StatementText,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: A shingle that more formulas hold says nothing of whether two of them are alike; it is not looked up.
MOST_HOLDERS = 100
#: A formula is compared with so many others at most, those that share most rare shingles with it.
MOST_COMPARED = 20
BATCH = 200


@dataclass(frozen=True)
class Read:
    """A public passage as it was read: its words, and which formula that is."""

    passage: int
    statement: int
    language: str
    words: Words
    digest: str
    earliest: Any
    latest: Any


class Formulas:
    """The tables of formulas, as a follower of the records."""

    def refresh(self, records: Sequence[Record]) -> None:
        """Read anew the passages that changed, and those of texts and statements that did."""
        concerned = Q(pk__in=_ids(records, Passage))
        concerned |= Q(statement_id__in=_ids(records, Statement))
        concerned |= Q(statement_text_id__in=_ids(records, StatementText))
        if any(isinstance(one, (Passage, Statement, StatementText)) for one in records):
            for fresh in self._write(concerned):
                self._relate(fresh, _common(fresh))

    def rebuild(self) -> Iterator[Step]:
        """Read every public passage anew, then relate every formula anew; what is left of before goes at the end."""
        for keys, done, total in portions(Passage.objects.all(), BATCH):
            self._enter(keys, anew=True)
            yield Step(done, total, _("Reading what passages repeat"))
        last = FormulaKinship.objects.aggregate(last=Max("pk"))["last"] or 0
        common = _common(None)
        for keys, done, total in portions(Formula.objects.all(), BATCH):
            _forget(keys)
            self._relate(keys, common, since=last)
            yield Step(done, total, _("Comparing what passages repeat"))
        for keys, done, total in portions(FormulaKinship.objects.filter(pk__lte=last), 10 * BATCH):
            FormulaKinship.objects.filter(pk__in=keys).delete()
            yield Step(done, total, _("Comparing what passages repeat"))

    def is_complete(self) -> bool:
        """Whether it was ever made; whether it is right, the consistency check says."""
        return Saying.objects.exists() or not Passage.objects.published().exists()

    def _write(self, which: Q) -> Iterator[list[int]]:
        """Enter what some passages say; the formulas that nobody said before, batch by batch."""
        keys = list(Passage.objects.filter(which).order_by("pk").values_list("pk", flat=True))
        for part in _batches(keys):
            yield self._enter(part)

    def _enter(self, part: Sequence[int], *, anew: bool = False) -> list[int]:
        """Enter what some passages say; the formulas that nobody said before. ``anew``: their shingles as well."""
        left = set(Saying.objects.filter(passage_id__in=part).values_list("formula_id", flat=True))
        Saying.objects.filter(passage_id__in=part).delete()
        read = list(said_in(Q(pk__in=part)))
        formulas, fresh = _formulas(read, anew=anew)
        Saying.objects.bulk_create(
            Saying(
                passage_id=one.passage,
                statement_id=one.statement,
                formula_id=formulas[one.digest],
                earliest=one.earliest,
                latest=one.latest,
            )
            for one in read
        )
        _forget(left - set(formulas.values()))
        return fresh

    def _relate(self, fresh: Sequence[int], common: Collection[int], since: int = 0) -> None:
        """Enter which formulas are kin to some new ones, in place of what is known up to a row."""
        related = FormulaKinship.objects.filter(one_id__in=fresh, pk__gt=since)
        known = {(min(pair), max(pair)) for pair in related.values_list("one_id", "other_id")}
        pairs = _near(fresh, common) - known
        concerned = {key for pair in pairs for key in pair}
        if since:
            earlier = FormulaKinship.objects.filter(pk__lte=since, one_id__in=concerned)
            earlier.filter(other_id__in=concerned).delete()
        words = _words_of(concerned)
        found = (
            (one, other, kin)
            for one, other in sorted(pairs)
            if one in words and other in words
            if (kin := kinship(words[one], words[other]))
        )
        FormulaKinship.objects.bulk_create(
            FormulaKinship(one_id=left, other_id=right, kin=kin.kin, share=kin.share)
            for one, other, kin in found
            for left, right in ((one, other), (other, one))
        )


FOLLOWER = Formulas()


def _ids(records: Sequence[Record], model: type[Record]) -> list[int]:
    return [one.pk for one in records if isinstance(one, model)]


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while part := list(islice(rest, BATCH)):
        yield part


def said_in(which: Q) -> Iterator[Read]:
    """What some passages say, of those that are public and have words."""
    rows = Passage.objects.published().filter(which).order_by("pk")
    days = ("statement__issued_on_min", "statement__issued_on_max")
    columns = ("pk", "statement_id", "statement_text__language", "text", *days)
    for key, statement, language, text, earliest, latest in rows.values_list(*columns):
        words = Words.of(text)
        if words.words:
            yield Read(key, statement, language, words, words.digest(language), earliest, latest)


def _formulas(read: Sequence[Read], *, anew: bool) -> tuple[Mapping[str, int], list[int]]:
    """The row ids of what was said, by digest, and those of them that are new; these get their shingles, or all do."""
    said = {one.digest: one for one in read}
    standing = dict(Formula.objects.filter(digest__in=list(said)).values_list("digest", "pk"))
    new = [one for digest, one in said.items() if digest not in standing]
    made = Formula.objects.bulk_create(
        Formula(language=one.language, digest=one.digest, words=len(one.words.words)) for one in new
    )
    fresh = {formula.digest: formula.pk for formula in made}
    formulas = {**standing, **fresh}
    if anew:
        FormulaShingle.objects.filter(formula_id__in=list(standing.values())).delete()
    FormulaShingle.objects.bulk_create(
        [
            FormulaShingle(formula_id=formulas[one.digest], value=value)
            for one in (said.values() if anew else new)
            for value in sorted(one.words.fingerprints(one.language))
        ],
        batch_size=2_000,
    )
    return formulas, list(fresh.values())


def _forget(formulas: Collection[int]) -> None:
    """Take out those of some formulas that nobody says any more."""
    unsaid = ~Exists(Saying.objects.filter(formula_id=OuterRef("pk")))
    Formula.objects.filter(unsaid, pk__in=formulas).delete()


def _common(among: Sequence[int] | None) -> set[int]:
    """The shingles that too many formulas hold, of all or of those of some formulas."""
    rows = FormulaShingle.objects.all()
    if among is not None:
        rows = rows.filter(value__in=rows.filter(formula_id__in=among).values("value"))
    counted = rows.order_by().values("value").annotate(holders=Count("pk"))
    return set(counted.filter(holders__gt=MOST_HOLDERS).values_list("value", flat=True))


def _near(fresh: Sequence[int], common: Collection[int]) -> set[tuple[int, int]]:
    """The pairs to compare: of each new formula those that share most rare shingles with it; each pair once."""
    own = FormulaShingle.objects.filter(formula_id__in=fresh).values_list("value", flat=True)
    rare = sorted(set(own).difference(common))
    holders: dict[int, list[int]] = defaultdict(list)
    for value, formula in FormulaShingle.objects.filter(value__in=rare).values_list("value", "formula_id"):
        holders[value].append(formula)
    new = set(fresh)
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for held in holders.values():
        for one in new.intersection(held):
            shared[one].update(other for other in held if other != one)
    return {
        (min(one, other), max(one, other))
        for one, counts in shared.items()
        for other, _n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_COMPARED]
    }


def _words_of(formulas: Collection[int]) -> dict[int, Words]:
    """The words of formulas, each read from a passage that says it."""
    rows = Saying.objects.filter(formula_id__in=formulas).order_by("-passage_id")
    first = dict(rows.values_list("formula_id", "passage_id"))
    texts = Passage.objects.filter(pk__in=first.values()).values_list("pk", "text")
    words = {key: Words.of(text) for key, text in texts}
    return {formula: words[passage] for formula, passage in first.items()}


def differences() -> Iterator[tuple[int, _StrPromise]]:
    """The passages, by row id, of which the table does not say what they say, and how it differs."""
    columns = ("passage_id", "formula__digest", "earliest", "latest")
    kept = {key: tuple(rest) for key, *rest in Saying.objects.values_list(*columns)}
    made = {one.passage: (one.digest, one.earliest, one.latest) for one in said_in(Q())}
    for key in sorted(made.keys() | kept.keys()):
        if key not in kept:
            yield key, _("says something that is not in the table of formulas")
        elif key not in made:
            yield key, _("is in the table of formulas and says nothing in public")
        elif made[key] != kept[key]:
            yield key, _("is in the table of formulas with other words or days")
