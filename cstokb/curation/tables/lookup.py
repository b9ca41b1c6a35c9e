"""Looking up the records that cells name, by id or by any spelling, in a few queries for a whole file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

from cstokb.curation.tables.columns import CellRefused
from cstokb.fulltext.normalise import fold
from cstokb.records.models import Entry, NameForm

_MOST_COMPARED = 20_000
_MOST_GUESSES = 50
CHUNK = 500


@dataclass
class Lookup:
    """What the texts of cells mean: ids by kind and text. ``made`` are ids of records that the file itself makes."""

    made: dict[str, set[str]] = field(default_factory=dict)
    _slugs: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _near: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, kind: str, texts: Collection[str]) -> None:
        """Look some texts up that mean records of a kind, drafts included."""
        wanted = {text for text in texts if (kind, text) not in self._slugs and "\x00" not in text}
        for part in chunks(sorted(wanted)):
            lower = {text.lower(): text for text in part}
            rows = Entry.objects.filter(kind=kind, slug__in=[*part, *lower])
            for slug, other in rows.values_list("slug", "merged_into__slug"):
                self._slugs[kind, slug if slug in wanted else lower[slug]] = (other or slug,)
        rest = {text for text in wanted if (kind, text) not in self._slugs} - self.made.get(kind, set())
        self._by_name(kind, rest)

    def _by_name(self, kind: str, texts: Collection[str]) -> None:
        folded = {text: fold(text)[:300] for text in texts}
        bearers: dict[str, set[str]] = defaultdict(set)
        for part in chunks(sorted({one for one in folded.values() if one})):
            forms = NameForm.objects.filter(
                entry__kind=kind, folded__in=part, entry__merged_into__isnull=True
            )
            for name, slug in forms.values_list("folded", "entry__slug"):
                bearers[name].add(slug)
        for text, name in folded.items():
            self._slugs[kind, text] = tuple(sorted(bearers[name]))

    def slug(self, kind: str, text: str) -> str:
        """The id that a text means.

        Raises:
            CellRefused: when it means nothing, naming what is most like it, or several records.
        """
        if text in self.made.get(kind, ()):
            return text
        found = self._slugs.get((kind, text), ())
        if len(found) == 1:
            return found[0]
        if found:
            said = _("Several records bear this name: %(ids)s. Write the id.")
            raise CellRefused(said % {"ids": ", ".join(found[:5])})
        near = self._nearest(kind, text)
        if near:
            said = _("There is no %(record)s. Is %(near)s meant?")
            raise CellRefused(said % {"record": f"{kind} “{text[:60]}”", "near": near})
        raise CellRefused(_("There is no %(record)s.") % {"record": f"{kind} “{text[:60]}”"})

    def _nearest(self, kind: str, text: str) -> str:
        if (kind, text) not in self._near and len(self._near) < _MOST_GUESSES:
            self._near[kind, text] = _nearest(kind, text)
        return self._near.get((kind, text), "")


def _nearest(kind: str, text: str) -> str:
    rows = Entry.objects.filter(kind=kind).values_list("slug", "names__folded").order_by("slug")
    known: dict[str, str] = {}
    for slug, folded in rows[:_MOST_COMPARED]:
        known.setdefault(slug, slug)
        known.setdefault(folded or slug, slug)
    close = get_close_matches(fold(text)[:100], list(known), n=1, cutoff=0.6)
    return known[close[0]] if close else ""


def chunks(items: Iterable[str]) -> Iterable[list[str]]:
    """Parts that a database takes in one question."""
    whole = list(items)
    return (whole[start : start + CHUNK] for start in range(0, len(whole), CHUNK))
