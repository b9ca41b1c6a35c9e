"""Questions for what hangs on instruments and provisions, and those of a page put together into one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from cstokb.listing.ask import Ask
from cstokb.listing.names import Names, names_asked, names_under
from cstokb.listing.together import Wanted, hold, prefetch, rows_under
from treaty.library import recognised_by
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

Row = Mapping[str, Any]

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

# Some provisions are meant by their row ids, or by a question for them.


def forces(meant: Q, ask: Ask) -> Wanted:
    """What tells when some instruments are in force."""
    return Wanted.of(ask.scope.rows(Instrument).filter(meant), ("entry_id", "entry__slug", *FORCE))


def amendments(instruments: Iterable[int], ask: Ask) -> Wanted:
    """The amendments to some instruments."""
    rows: Any = ask.scope.rows(Amendment).filter(instrument_id__in=list(instruments))
    return Wanted.of(rows.in_order(), ("entry_id", "entry__slug", *AMENDS, *_AMENDMENT))


def acts(instruments: Iterable[int], ask: Ask) -> Wanted:
    """The acts upon some instruments, oldest first."""
    return _acts(Q(instrument_id__in=list(instruments)), ask)


def _acts(meant: Q, ask: Ask) -> Wanted:
    rows: Any = ask.scope.rows(TreatyAction).filter(meant)
    return Wanted.of(rows.in_order(), ACT)


def clauses(instruments: Iterable[int], ask: Ask) -> Wanted:
    """The final clauses of some instruments."""
    rows = ask.scope.rows(FinalClause).filter(instrument_id__in=list(instruments))
    return Wanted.of(rows.order_by("entry_id"), CLAUSE)


def relations(instrument: int, ask: Ask) -> Wanted:
    """How an instrument stands to others, both ways."""
    rows = ask.scope.rows(InstrumentRelation).filter(Q(source_id=instrument) | Q(target_id=instrument))
    return Wanted.of(rows.order_by("entry_id"), ("source_id", "verb", "target_id"))


def provisions(instrument: int, ask: Ask) -> Wanted:
    """The provisions of an instrument in their order."""
    rows = ask.scope.rows(Provision).filter(instrument_id=instrument).order_by("order")
    return Wanted.of(rows, ("entry_id", "entry__slug", *_PROVISION, *_NOTED))


def wordings(meant: Any, ask: Ask) -> Wanted:
    """The wordings of some provisions."""
    rows: Any = ask.scope.rows(ProvisionText).filter(provision_id__in=meant)
    held = ("entry_id", "entry__slug", "provision_id", "began_on", "ended_on", "made_by_id")
    return Wanted.of(rows.in_order(), (*held, *WORDING))


def made(meant: Q, ask: Ask) -> Wanted:
    """Which provisions have wordings that some instruments made."""
    return Wanted.of(ask.scope.rows(ProvisionText).filter(meant), MADE)


def numbers(meant: Any, ask: Ask) -> Wanted:
    """The numbers of some provisions over time."""
    rows: Any = ask.scope.rows(ProvisionNumber).filter(provision_id__in=meant)
    return Wanted.of(rows.in_order(), ("entry__slug", "provision_id", "number", "began_on", "ended_on"))


def references(meant: Any, ask: Ask) -> Wanted:
    """The references from and to some provisions."""
    ends = Q(provision_id__in=meant) | Q(target_provision_id__in=meant)
    return Wanted.of(ask.scope.rows(ProvisionReference).filter(ends).order_by("entry_id"), _REFERENCE)


def detected(meant: Any, ask: Ask) -> Wanted:
    """The references that the texts say from and to some provisions, as of now; what is certain first."""
    ends = Q(provision_id__in=meant) | Q(target_provision_id__in=meant)
    rows = DetectedReference.objects.filter(ends, held=True)
    rows = rows.none() if ask.scope.known_on else rows
    return Wanted.of(rows.order_by("ambiguous", "wording_id", "start", "id"), DETECTED)


def library(ask: Ask) -> dict[Any, Wanted]:
    """What references in texts are recognised by."""
    return {("library", name): wanted for name, wanted in recognised_by(ask.scope).items()}


# -- put together --------------------------------------------------------------------------------------------------


def fetch_instrument(key: int, ask: Ask) -> None:
    """Fetch in one query all that hangs on an instrument and on its provisions."""
    parts = ask.scope.rows(Provision).filter(instrument_id=key).values("entry_id")
    asked = {"wordings": wordings(parts, ask), "numbers": numbers(parts, ask)}
    asked["references"], asked["detected"] = references(parts, ask), detected(parts, ask)
    alone: dict[Any, Wanted] = {
        ("provisions", key): provisions(key, ask),
        ("relations", key): relations(key, ask),
        **_acts_around([key], ask),
        **_made_around([key], ask),
        **_clauses_around(key, ask),
    }
    by_instrument: dict[Any, Wanted] = {(name, key): wanted for name, wanted in asked.items()}
    prefetch({**alone, **by_instrument, **_amended([key], ask), **library(ask)}, ask)
    ids = frozenset(row["entry_id"] for row in rows_under(("provisions", key), alone["provisions", key], ask))
    for name, wanted in asked.items():
        hold((name, ids), rows_under((name, key), wanted, ask), ask)
    _hold_forces([key], ask)
    _hold_acts([key], ask)
    _hold_made([key], ask)


def fetch_provisions(rows: Sequence[Row], ask: Ask, *, for_state: bool = False) -> None:
    """Fetch in one query how some provisions read, in general or for a state, and the names that they name.

    Of a single one it fetches also its neighbours and references, and always the acts that tell whom it binds.
    """
    ids = frozenset(row["entry_id"] for row in rows)
    instruments = frozenset(row["instrument_id"] for row in rows)
    asked: dict[Any, Wanted] = {("wordings", ids): wordings(ids, ask), **_amended(instruments, ask)}
    asked |= names_asked(ids, _named_by(rows, ids, ask), ask)
    if len(rows) > 1:
        asked |= _acts_around(instruments, ask) if for_state else {}
        prefetch({("numbers", ids): numbers(ids, ask), **asked}, ask)
    else:
        (instrument,) = instruments
        around = ask.scope.rows(Provision).filter(instrument_id=instrument).values("entry_id")
        asked |= {
            ("references", ids): references(ids, ask),
            ("detected", ids): detected(ids, ask),
            **library(ask),
        }
        asked["provisions", instrument] = provisions(instrument, ask)
        asked["numbers", instrument] = numbers(around, ask)
        prefetch({**asked, **_acts_around(instruments, ask), **_made_around(instruments, ask)}, ask)
        _hold_numbers(ids, instrument, asked, ask)
        _hold_made(instruments, ask, ids)
    if for_state or len(rows) == 1:
        _hold_acts(instruments, ask)
    _hold_forces(instruments, ask)


def names_in(rows: Sequence[Row], ask: Ask) -> Names:
    """The names that some provisions name in a list, fetched with how they read."""
    ids = frozenset(row["entry_id"] for row in rows)
    return names_under(ids, _named_by(rows, ids, ask), ask)


def _named_by(rows: Sequence[Row], ids: frozenset[int], ask: Ask) -> list[Any]:
    """What provisions name, for ``names_asked``: what stands in their rows, and their wordings."""
    around = {row[name] for row in rows for name in ("instrument_id", "parent_id")} - {None}
    return [around, wordings(ids, ask).rows.order_by().values("entry_id")]


def _hold_numbers(ids: frozenset[int], instrument: int, asked: Mapping[Any, Wanted], ask: Ask) -> None:
    """Enter the numbers of a provision by itself, and of all of its instrument."""
    found = rows_under(("numbers", instrument), asked["numbers", instrument], ask)
    around = rows_under(("provisions", instrument), asked["provisions", instrument], ask)
    hold(("numbers", ids), [one for one in found if one["provision_id"] in ids], ask)
    hold(("numbers", frozenset(one["entry_id"] for one in around)), found, ask)


def _amended(instruments: Iterable[int], ask: Ask) -> dict[Any, Wanted]:
    """Amendments to some instruments, and when these and those that amend them are in force."""
    wanted = frozenset(instruments)
    amended = amendments(wanted, ask)
    makers = amended.rows.order_by().values("made_by_id")
    return {
        ("amendments", wanted): amended,
        ("forces around", wanted): forces(Q(entry_id__in=wanted) | Q(entry_id__in=makers), ask),
    }


def _acts_around(instruments: Iterable[int], ask: Ask) -> dict[Any, Wanted]:
    """The acts upon some instruments and upon those that amend them."""
    wanted = frozenset(instruments)
    makers = amendments(wanted, ask).rows.order_by().values("made_by_id")
    meant = Q(instrument_id__in=wanted) | Q(instrument_id__in=makers)
    return {("acts around", wanted): _acts(meant, ask)}


def _hold_acts(instruments: Iterable[int], ask: Ask) -> None:
    """Enter the acts upon some instruments alone, and with those upon the instruments that amend them."""
    amended = frozenset(instruments)
    asked = _acts_around(amended, ask)["acts around", amended]
    found = rows_under(("acts around", amended), asked, ask)
    rows = rows_under(("amendments", amended), amendments(amended, ask), ask)
    for ids in (amended, amended | {row["made_by_id"] for row in rows}):
        hold(("acts", ids), [one for one in found if one["instrument_id"] in ids], ask)


def _made_around(instruments: Iterable[int], ask: Ask) -> dict[Any, Wanted]:
    """Which wordings some instruments made, and those that amend them."""
    wanted = frozenset(instruments)
    makers = amendments(wanted, ask).rows.order_by().values("made_by_id")
    return {("made around", wanted): made(Q(made_by_id__in=wanted) | Q(made_by_id__in=makers), ask)}


def _hold_made(instruments: Iterable[int], ask: Ask, provisions: frozenset[int] = frozenset()) -> None:
    """Enter for the list of amendments what it asks of makers: of all to some instruments, or to some provisions."""
    wanted = frozenset(instruments)
    asked = {**_amended(wanted, ask), **_made_around(wanted, ask)}
    rows, acting, wordings_made = (rows_under((key[0], wanted), asked[key], ask) for key in asked)
    makers = frozenset(
        row["made_by_id"] for row in rows if not provisions or row["provision_id"] in provisions
    )
    for ids in (makers, wanted):
        hold(("forces", ids), [one for one in acting if one["entry_id"] in ids], ask)
        hold(("made", ids), [one for one in wordings_made if one["made_by_id"] in ids], ask)


def _hold_forces(instruments: Iterable[int], ask: Ask) -> None:
    """Enter what is known of the instruments alone, and with those that amend them."""
    wanted = frozenset(instruments)
    amended = _amended(wanted, ask)
    rows = rows_under(("amendments", wanted), amended["amendments", wanted], ask)
    found = rows_under(("forces around", wanted), amended["forces around", wanted], ask)
    for ids in (wanted, wanted | {row["made_by_id"] for row in rows}):
        hold(("forces", ids), [one for one in found if one["entry_id"] in ids], ask)


def _clauses_around(instrument: int, ask: Ask) -> dict[Any, Wanted]:
    """The final clauses of an instrument, when those on which they turn are in force, and whom and what they name."""
    asked = clauses([instrument], ask)
    others = asked.rows.order_by().values("other_id")
    return {
        ("clauses", instrument): asked,
        ("forces of clauses", instrument): forces(Q(entry_id=instrument) | Q(entry_id__in=others), ask),
        **names_asked(("clauses", instrument), _named_in_clauses(instrument, ask), ask),
    }


def clauses_of(instrument: int, ask: Ask) -> tuple[Sequence[Row], Sequence[Row], Names]:
    """The final clauses of an instrument; when it and those on which they turn are in force; the names of what they
    name and of the states that acted upon it. One query, or none where ``fetch_instrument`` fetched them.
    """
    asked = _clauses_around(instrument, ask)
    prefetch(asked, ask)
    rows, turning = (
        rows_under(key, asked[key], ask)
        for key in (("clauses", instrument), ("forces of clauses", instrument))
    )
    return rows, turning, names_under(("clauses", instrument), _named_in_clauses(instrument, ask), ask)


def _named_in_clauses(instrument: int, ask: Ask) -> list[Any]:
    """What final clauses name, and the states that acted upon their instrument, for ``names_asked``."""
    found, done = clauses([instrument], ask).rows.order_by(), acts([instrument], ask).rows.order_by()
    return [found.values("provision_id"), found.values("other_id"), done.values("state_id")]
