"""Which record a reference means: an id, a name, an address, a UNTS number, or a citation of a provision.

Citations are read by the one grammar of references (`treaty.citations`), as readers type them: in any case, without
"the", in English or Russian.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from cstokb.fulltext.normalise import fold
from cstokb.listing.ask import Ask
from cstokb.records import naming
from cstokb.records.choices import Visibility
from cstokb.records.models import Entry, NameForm
from cstokb.search.kinds import KINDS
from treaty.citations import Context, Doubt, Found, cites_number, find
from treaty.fetching import library_of
from treaty.models import Instrument

MOST = 20
#: After every date that is known.
_UNDATED = "~"
#: Words that may stand beside a reference and say nothing.
_IDLE = re.compile(r"(?:the|see|см|[\W_])*", re.IGNORECASE)
_UNTS = re.compile(
    r"(?:(?P<volume>\d{1,5}) )?unts(?: no\.?)? ?(?:i ?- ?)?(?P<number>\d{1,6})?|unts,? vol(?:ume|\.)? ?(?P<of>\d{1,5})"
)


def matches(text: str, ask: Ask) -> list[dict[str, Any]]:
    """Records that a reference may mean; several where it does not say which."""
    entries = _exact(text) or cited(text, ask) or _named(text)
    return [told(entry, ask) for entry in entries[:MOST]]


def looks_cited(text: str) -> bool:
    """Whether a text may cite a provision or a UNTS number; asks no database."""
    return _UNTS.fullmatch(fold(text)) is not None or cites_number(text)


def cited(text: str, ask: Ask) -> list[Entry]:
    """What a text cites that is a citation as a whole: provisions, instruments, entries of the UN Treaty Series."""
    unts = _UNTS.fullmatch(fold(text))
    return _registered(unts) if unts else _by_grammar(text, ask)


def _registered(unts: re.Match[str]) -> list[Entry]:
    """Instruments by their number in the UN Treaty Series ("UNTS 32307"), or their volume ("1894 UNTS 313")."""
    number, volume = unts["number"], unts["volume"] or unts["of"]
    if not number and not volume:
        return []
    meant = Q(unts_volume=volume) if volume else Q(unts_number__in=(number, f"I-{number}"))
    found = Instrument.objects.published().filter(meant).values("entry_id")
    return list(Entry.objects.public().filter(pk__in=found).order_by("slug")[:MOST])


def _by_grammar(text: str, ask: Ask) -> list[Entry]:
    library = library_of(ask)
    found = find(text, library.book, Context(loose=True))
    if not found.citations or not _IDLE.fullmatch(_beside(text, found)):
        return []
    shelf = library.shelf(found.citations)
    targets = [target for one in found.citations for target in shelf.targets(one, ask.day)]
    if not any(target.held for target in targets) and ask.on is None:
        targets = [target for one in found.citations for target in shelf.once_borne(one)]
    alone = all(one.doubt is Doubt.NO_INSTRUMENT for one in found.citations)
    if alone:  # the eldest instrument first, as such articles are found and suggested
        holdings = {library.ids[slug]: one for slug, one in library.book.holdings.items()}
        targets.sort(key=lambda target: holdings[target.instrument].signed_on or _UNDATED)
    keys = dict.fromkeys(_key(target.provision, target.instrument) for target in targets if target.held)
    if alone:
        # An article alone may be of any instrument that holds one of this number, of no other.
        keys = {key: None for key in keys if key not in library.ids.values()}
    return _in_order(keys)


def _key(provision: int | None, instrument: int) -> int:
    return provision or instrument


def _beside(text: str, found: Found) -> str:
    """What stands beside the references."""
    at, rest = 0, ""
    for start, end in found.stretches:
        rest, at = rest + text[at:start], end
    return rest + text[at:]


def _in_order(keys: Iterable[int]) -> list[Entry]:
    """The public records with these row ids, in their order."""
    wanted = list(keys)[: 5 * MOST]
    entries = Entry.objects.public().in_bulk(wanted)
    return [entries[key] for key in wanted if key in entries]


def _exact(text: str) -> list[Entry]:
    """Records with this id, or the address of whose page this is."""
    meant = Q(slug=text.strip().lower()) | Q(path=_path(text))
    return list(Entry.objects.public().filter(meant, kind__in=KINDS).order_by("kind", "slug")[:MOST])


def _named(text: str) -> list[Entry]:
    """Records with this name."""
    folded = fold(text)[: naming.LONGEST_NAME]
    names = NameForm.objects.filter(folded=folded, entry__visibility__of_each=Visibility.PUBLIC)
    rows = Entry.objects.public().filter(pk__in=names.values("entry_id"), kind__in=KINDS)
    return list(rows.order_by("kind", "slug")[:MOST])


def _path(text: str) -> str:
    """An address of a page of ours, given whole or without its host."""
    path = re.sub(r"^https?://[^/]+", "", text.strip())
    path = re.sub(r"^/ru(?=/)", "", path).partition("?")[0].partition("#")[0]
    return path if path.startswith("/") else "-"


def told(entry: Entry, ask: Ask) -> dict[str, Any]:
    """A record as the API says it."""
    return {
        "type": entry.kind,
        "id": entry.slug,
        "html_url": ask.absolute(ask.localised(entry.path)) if entry.path else None,
        "label": entry.label(ask.language),
    }
