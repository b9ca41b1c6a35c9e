"""Questions for what hangs on instruments and provisions: which rows in which order, and what is read of each.

Instruments and provisions are meant by row ids, or by a question for them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cstokb.listing.together import Wanted
from cstokb.records.models import Kept
from cstokb.records.scope import Scope
from treaty.models import (
    Amendment,
    DetectedReference,
    FinalClause,
    Instrument,
    InstrumentRelation,
    Provision,
    ProvisionNumber,
    ProvisionReference,
    ProvisionText,
    TreatyAction,
)

FORCE = ("signed_on", "in_force_on", "ended_on")
#: The columns of an amendment that tell when it holds and what it does.
AMENDS = ("made_by_id", "effect", "began_on", "ended_on")
WORDING = ("language", "standing", "text", "change_en", "change_ru", "confidence", "note_en", "note_ru")
ACT = ("entry__slug", "instrument_id", "state_id", "type", "done_on", "effective_on", "disputed")
#: The columns of a final clause that the rules read, and those that say where it stands and how sure it is.
CLAUSE = (
    *("entry_id", "confidence", "entry__slug", "instrument_id", "provision_id"),
    *("rule", "count", "span", "unit", "other_id"),
)
_AMENDMENT = ("instrument_id", "provision_id", "wording_id", "description_en", "description_ru")
_PROVISION = ("type", "number", "eid", "instrument_id", "parent_id", "heading_en", "heading_ru")
_NOTED = ("confidence", "note_en", "note_ru", "heading_is_ours")
#: What a reference found in a wording says; two that say the same are one.
DETECTED = (
    *("wording_id", "provision_id", "start", "end", "words"),
    *("target_provision_id", "target_instrument_id", "ambiguous", "held"),
)
#: The columns that tell which instrument made which wordings.
MADE = ("provision_id", "made_by_id")
_REFERENCE = ("provision_id", "target_provision_id", "target_instrument_id", "why_en", "why_ru")


def _among(scope: Scope, model: type[Kept], column: str, *meant: Any) -> Any:
    """The rows of a model whose column is in any of some sets."""
    found = Q()
    for ids in meant:
        found |= Q(**{f"{column}__in": ids})
    return scope.rows(model).filter(found)


def forces(scope: Scope, *instruments: Any) -> Wanted:
    """What tells when some instruments are in force."""
    rows = _among(scope, Instrument, "entry_id", *instruments)
    return Wanted.of(rows, ("entry_id", "entry__slug", *FORCE))


def amendments(scope: Scope, instruments: Any) -> Wanted:
    """The amendments to some instruments."""
    rows = _among(scope, Amendment, "instrument_id", instruments)
    return Wanted.of(rows.in_order(), ("entry_id", "entry__slug", *AMENDS, *_AMENDMENT))


def acts(scope: Scope, *instruments: Any) -> Wanted:
    """The acts upon some instruments, oldest first."""
    return Wanted.of(_among(scope, TreatyAction, "instrument_id", *instruments).in_order(), ACT)


def clauses(scope: Scope, instruments: Any) -> Wanted:
    """The final clauses of some instruments."""
    rows = _among(scope, FinalClause, "instrument_id", instruments)
    return Wanted.of(rows.order_by("entry_id"), CLAUSE)


def relations(scope: Scope, instruments: Any) -> Wanted:
    """How some instruments stand to others, both ways."""
    ends = Q(source_id__in=instruments) | Q(target_id__in=instruments)
    rows = scope.rows(InstrumentRelation).filter(ends).order_by("entry_id")
    return Wanted.of(rows, ("source_id", "verb", "target_id"))


def provisions(scope: Scope, instruments: Any) -> Wanted:
    """The provisions of an instrument in their order."""
    rows = _among(scope, Provision, "instrument_id", instruments).order_by("order")
    return Wanted.of(rows, ("entry_id", "entry__slug", *_PROVISION, *_NOTED))


def wordings(scope: Scope, provisions: Any) -> Wanted:
    """The wordings of some provisions."""
    rows = _among(scope, ProvisionText, "provision_id", provisions)
    held = ("entry_id", "entry__slug", "provision_id", "began_on", "ended_on", "made_by_id")
    return Wanted.of(rows.in_order(), (*held, *WORDING))


def made(scope: Scope, *instruments: Any) -> Wanted:
    """Which provisions have wordings that some instruments made."""
    return Wanted.of(_among(scope, ProvisionText, "made_by_id", *instruments), MADE)


def numbers(scope: Scope, provisions: Any) -> Wanted:
    """The numbers of some provisions over time."""
    rows = _among(scope, ProvisionNumber, "provision_id", provisions)
    return Wanted.of(rows.in_order(), ("entry__slug", "provision_id", "number", "began_on", "ended_on"))


def _ends(provisions: Any) -> Q:
    return Q(provision_id__in=provisions) | Q(target_provision_id__in=provisions)


def references(scope: Scope, provisions: Any) -> Wanted:
    """The references from and to some provisions."""
    rows = scope.rows(ProvisionReference).filter(_ends(provisions)).order_by("entry_id")
    return Wanted.of(rows, _REFERENCE)


def detected(scope: Scope, provisions: Any) -> Wanted:
    """The references that the texts say from and to some provisions, as of now; what is certain first."""
    rows = DetectedReference.objects.filter(_ends(provisions), held=True)
    rows = rows.none() if scope.known_on else rows
    return Wanted.of(rows.order_by("ambiguous", "wording_id", "start", "id"), DETECTED)
