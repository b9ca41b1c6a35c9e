"""Finding records by their public id or by any spelling of their name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cstokb.fulltext.models import TitleKey
from cstokb.fulltext.normalise import fold
from cstokb.fulltext.terms import title_keys
from cstokb.records.choices import Visibility
from cstokb.records.laid_out import TEXTS, Begins, laid_out
from cstokb.records.models import Entry, EntryFace, NameForm
from cstokb.records.scope import Scope

LONGEST_NAME = 300
#: How many ids and names a misspelled one is compared with.
MOST_COMPARED = 20_000


@dataclass(frozen=True)
class Wanted:
    """A text by which someone means a record of a kind; with ``last_word``, a single word may be its last one
    (a person's family name)."""

    kind: str
    text: str
    last_word: bool = False

    @property
    def folded(self) -> str:
        """The text as stored names are folded."""
        return fold(self.text)[:LONGEST_NAME]

    def fits(self, slug: str, folded: str) -> bool:
        """Whether the text is the id, a name, or a name's last word."""
        if self.text.strip().lower() == slug or self.folded == folded:
            return True
        return self.last_word and bool(self.folded) and folded.endswith(f" {self.folded}")


def find(wanted: Collection[Wanted], scope: Scope) -> dict[Wanted, tuple[int, ...]]:
    """Row ids of the records that each text means, in one query; several may bear one name.

    A text that names nothing that shows in the scope has no ids.
    """
    found = _found(wanted, scope)
    return {one: tuple(sorted(ids)) for one, ids in found.items()}


def find_slugs(wanted: Collection[Wanted], scope: Scope) -> dict[Wanted, tuple[str, ...]]:
    """The same as public ids."""
    return {one: tuple(sorted(ids.values())) for one, ids in _found(wanted, scope).items()}


def _found(wanted: Collection[Wanted], scope: Scope) -> dict[Wanted, dict[int, str]]:
    """Row and public ids of what each text means."""
    found: dict[Wanted, dict[int, str]] = {one: {} for one in wanted}
    by_kind: dict[str, list[Wanted]] = defaultdict(list)
    for one in found:
        if "\x00" not in one.text:  # names nothing, and PostgreSQL cannot be asked for it
            by_kind[one.kind].append(one)
    for key, kind, slug, folded in _candidates(by_kind, scope) if by_kind else ():
        for one in by_kind[kind]:
            if one.fits(slug, folded or ""):
                found[one][key] = slug
    return found


def _candidates(by_kind: dict[str, list[Wanted]], scope: Scope) -> Iterable[tuple[int, str, str, str | None]]:
    if scope.known_on is None:
        rows = Entry.objects.filter(_question(by_kind, "kind", "slug", "names__folded"), visible(scope))
        return rows.values_list("pk", "kind", "slug", "names__folded")
    # Two queries: names have a history of their own, and a record without any still has its id.
    ids = Entry.objects.filter(_question(by_kind, "kind", "slug", ""), visible(scope))
    names = scope.rows(NameForm).filter(_question(by_kind, "entry__kind", "", "folded"))
    return [
        *((*row, None) for row in ids.values_list("pk", "kind", "slug")),
        *names.values_list("entry_id", "entry__kind", "entry__slug", "folded"),
    ]


def _question(by_kind: dict[str, list[Wanted]], kind: str, slug: str, folded: str) -> Q:
    """Rows of the kinds whose id or name may be one of the texts, by the columns that hold these."""
    question = Q(pk__in=[])
    for word, texts in by_kind.items():
        match = Q(pk__in=[])
        if slug:
            match |= Q(**{f"{slug}__in": [one.text.strip().lower() for one in texts]})
        if folded:
            match |= Q(**{f"{folded}__in": [one.folded for one in texts]})
            for one in texts:
                if one.last_word and one.folded:
                    match |= Q(**{f"{folded}__endswith": f" {one.folded}"})
        question |= Q(**{kind: word}) & match
    return question


def visible(scope: Scope) -> Q:
    """Entries that show in a scope."""
    if scope.known_on is None:
        return Q(visibility__of_each=Visibility.PUBLIC)
    return Q(Exists(EntryFace.objects.at(scope.known_on).filter(entry_id=OuterRef("pk"))))


def nearest(kind: str, text: str, scope: Scope) -> str | None:
    """The id of the public record whose id or name is most like a text that names none."""
    rows = Entry.objects.filter(visible(scope), kind=kind).values_list("slug", "names__folded")
    by_name: dict[str, str] = {}
    for slug, folded in rows[:MOST_COMPARED]:
        by_name.setdefault(slug, slug)
        if folded:
            by_name.setdefault(folded, slug)
    close = get_close_matches(fold(text)[:100], list(by_name), n=1, cutoff=0.6)
    return by_name[close[0]] if close else None


#: A prefix that begins more names than this says too little to mean any of them.
MOST_EXPANDED = 500


def other_forms(keys: Collection[str]) -> dict[str, list[str]]:
    """The other published forms of every name that one of the folded words is, or begins with, where it ends in *.

    Words in another case or number are the name too: «Казахстану», «Совета коллективной безопасности». The full-text
    query asks this once for all its words, so that a word finds a record under any of its names.
    """
    stems = {key: set(title_keys(key)) for key in keys if not key.endswith("*")}
    prefixes = [key.removesuffix("*") for key in keys if key.endswith("*") and len(key) > 1]
    keyed = sorted(set().union(*stems.values()))
    rows = _names_of_bearers(bool(prefixes), names=list(stems), keys=keyed, beginnings=prefixes)
    forms: dict[int, dict[str, Form]] = defaultdict(dict)
    for entry_id, text, folded, shared in rows:
        forms[entry_id].setdefault(folded, Form(text, folded, shared, frozenset(title_keys(text))))
    found: dict[str, list[str]] = {}
    for key in keys:
        mine = stems.get(key, set())
        others = dict.fromkeys(text for own in forms.values() for text in _others(own.values(), key, mine))
        if others:
            found[key] = list(others)
    return found


@laid_out(names=TEXTS, keys=TEXTS, beginnings=TEXTS)
def _names_of_bearers(begun: bool, names: Any, keys: Any, beginnings: Any) -> QuerySet[NameForm, Any]:
    """Every name of the records that any of the names, of their keys or of their beginnings means.

    Where none is ``begun`` no beginnings are asked for: then the names are found by their index.
    """
    public = NameForm.objects.filter(entry__visibility__of_each=Visibility.PUBLIC)
    called = TitleKey.objects.filter(key__in=keys)
    match = Q(folded__in=names) | Q(entry_id__in=called.values("record_id"))
    if begun:
        match |= Q(Begins("folded", beginnings))
    # The sum keeps SQLite from reading every name in this order.
    bearers = public.filter(match).order_by(F("entry_id") + 0).values("entry_id")[:MOST_EXPANDED]
    namesakes = public.filter(folded=OuterRef("folded")).exclude(entry_id=OuterRef("entry_id"))
    rows = public.filter(entry_id__in=bearers).annotate(shared=Exists(namesakes)).order_by("id")
    return rows.values_list("entry_id", "text", "folded", "shared")


@dataclass(frozen=True, slots=True)
class Form:
    """One name of a record: as written, folded, whether several records bear it, and its words by their stems."""

    text: str
    folded: str
    shared: bool
    stems: frozenset[str]

    def is_meant(self, key: str, stems: Collection[str]) -> bool:
        """Whether it equals a key in any case of its words, or begins with one that ends in *."""
        if key.endswith("*") and len(key) > 1:
            return self.folded.startswith(key[:-1])
        return self.folded == key or not self.stems.isdisjoint(stems)


def _others(own: Collection[Form], key: str, stems: Collection[str]) -> list[str]:
    """The other forms of a record that a key means.

    One that several records bear counts only where the key itself is such a one: who asks for Sadyr Japarov does not
    ask for every Japarov.
    """
    meant = [form.shared for form in own if form.is_meant(key, stems)]
    if not meant:
        return []
    return [form.text for form in own if form.folded != key and (any(meant) or not form.shared)]
