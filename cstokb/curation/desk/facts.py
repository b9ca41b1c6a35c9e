"""Facts to be weighed or mended: sources that contradict, dates and chairs that rules contradict, broken laws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

import members.consistency
import statements.consistency
import summits.consistency
import treaty.consistency
from cstokb.curation.checks import doubts
from cstokb.curation.desk.found import Found, kept
from cstokb.curation.desk.items import Item, Shelf, for_all, item_of, of_found
from cstokb.listing.readings import value_words
from cstokb.records import consistency
from cstokb.records.admin.columns import shown_label
from cstokb.records.admin.comparison import field_in_words
from cstokb.records.consistency import Broken, Rule
from cstokb.records.models import Entry, Evidence
from cstokb.records.queues import open_contradictions
from cstokb.records.registry import model_of

#: Laws that an editor can break. Those that only a fault of the program breaks are for ``check_consistency``.
EDITORS: tuple[Rule, ...] = (
    consistency.nothing_public_comes_from_the_future,
    consistency.evidence_is_ranked_soundly,
    *members.consistency.RULES,
    *(rule for rule in treaty.consistency.RULES if "detected" not in rule.__name__),
    *summits.consistency.RULES,
    *(
        rule
        for rule in statements.consistency.RULES
        if not {"formulas", "found"} & set(rule.__name__.split("_"))
    ),
)

#: What each law asks for, and the field at which its breach is mended.
LAWS: dict[str, tuple[Any, str]] = {
    "periods": (gettext_lazy("Periods share days that they may not share"), "began_on"),
    "wordings": (gettext_lazy("Wordings share days that they may not share"), "began_on"),
    "numbers": (gettext_lazy("Two numbers are borne on one day"), "began_on"),
    "chair": (gettext_lazy("The chair is not what the sessions and the Charter give"), "began_on"),
    "clauses": (gettext_lazy("A stored date is not the one that follows from a final clause"), "rule"),
    "standing": (gettext_lazy("A membership ended, and nothing says by what"), "ended_by"),
    "order": (gettext_lazy("A provision stands at another place than its number"), "order"),
    "amendments": (gettext_lazy("A change of a text lacks its amendment or relation"), "made_by"),
    "acts": (gettext_lazy("An act works before it was done, or ends what no act began"), "effective_on"),
    "sessions": (gettext_lazy("Attendance or session cannot be so"), "mode"),
    "invocations": (gettext_lazy("A request lacks its outcome, or context its reason"), "outcome"),
    "passages": (gettext_lazy("A passage or its reference does not fit its text"), "anchor"),
    "issuer": (gettext_lazy("The issuer is not named"), "issuer"),
    "future": (gettext_lazy("It happened in the future"), "began_on"),
    "readings": (gettext_lazy("Two readings of one field are preferred"), "evidence"),
}


def _rows(broken: Iterator[Broken]) -> Found:
    """What was found as plain values, each once."""
    return list(dict.fromkeys((one.law, one.kind, one.id, one.reason, one.field) for one in broken))


def _described(found: Sequence[Any]) -> Iterator[Item]:
    entries = Entry.objects.filter(kind__in={row[1] for row in found}, slug__in={row[2] for row in found})
    known = {(entry.kind, entry.slug): entry for entry in entries}
    for law, kind, slug, reason, named in found:
        title, field = LAWS.get(law, (law, ""))
        entry = known.get((kind, slug))
        if entry is not None:
            yield item_of(entry, f"{title}: {reason}.", named or field)


def _contradictions() -> QuerySet[Evidence]:
    rows = open_contradictions(Evidence.objects.all()).select_related("entry", "source__entry")
    return rows.order_by("entry__kind", "entry__sort_en", "pk")


def _contradiction(row: Evidence) -> Item:
    model = model_of(row.entry.kind)
    name = field_in_words(model, row.field) if row.field else ""
    value = value_words(model, row.field, row.value, {}, get_language() or "en")
    words = {"source": shown_label(row.source.entry), "field": name, "value": value.rstrip(".")}
    said = {
        (True, True): _("“%(source)s” has another reading of “%(field)s”: %(value)s."),
        (True, False): _("“%(source)s” speaks against “%(field)s”."),
        (False, True): _("“%(source)s” reads otherwise: %(value)s."),
        (False, False): _("“%(source)s” speaks against the record."),
    }[bool(name), bool(row.value)] % words
    return item_of(row.entry, said, row.field or "evidence")


SHELVES: tuple[Shelf, ...] = (
    for_all(
        "contradictions",
        gettext_lazy("Contradictions"),
        gettext_lazy("Sources that disagree and are not weighed: prefer one reading, or deprecate one."),
        _contradictions,
        _contradiction,
    ),
    of_found(
        "computed",
        gettext_lazy("Against the computed dates"),
        gettext_lazy("Stored dates and chairs with which final clauses or the Charter's rule disagree."),
        kept("computed", lambda asker: _rows(doubts(asker.at.date()))),
        _described,
    ),
    of_found(
        "laws",
        gettext_lazy("Broken rules"),
        gettext_lazy("Records that break a law of the model."),
        kept(
            "laws",
            lambda asker: _rows(chain.from_iterable(rule(asker.at.date()) for rule in EDITORS)),
        ),
        _described,
    ),
)
