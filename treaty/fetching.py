"""Fetches what hangs on instruments and provisions, all that a page needs in one query.

What was fetched with others is held for the rest of the question; what was not is asked for by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from cstokb.listing.ask import Ask
from cstokb.listing.names import Called, Names, also_named
from cstokb.listing.prepared import ID, IDS, prepared
from cstokb.listing.together import Found, Wanted
from cstokb.records.scope import Scope
from treaty import questions
from treaty.library import Library, library_kept, library_made, recognised, recognised_by

Row = Mapping[str, Any]
_ROWS = "what hangs on treaties"

_QUESTIONS = {
    "forces": questions.forces,
    "amendments": questions.amendments,
    "acts": questions.acts,
    "relations": questions.relations,
    "provisions": questions.provisions,
    "wordings": questions.wordings,
    "made": questions.made,
    "numbers": questions.numbers,
    "references": questions.references,
    "detected": questions.detected,
}


@prepared(ids=IDS)
def _by_itself(scope: Scope, name: str, ids: Any) -> list[Wanted]:
    return [_QUESTIONS[name](scope, ids)]


def _rows(name: str, ids: Iterable[int], ask: Ask) -> Found:
    wanted = frozenset(ids)
    return ask.once((_ROWS, name, wanted), lambda: _by_itself(ask.scope, name, ids=wanted)[0])


def _hold(name: str, ids: Iterable[int], rows: Found, ask: Ask) -> None:
    ask.memo[_ROWS, name, frozenset(ids)] = rows


def forces(instruments: Iterable[int], ask: Ask) -> Found:
    """What tells when some instruments are in force; one query, or none where it was fetched."""
    return _rows("forces", instruments, ask)


def amendments(instruments: Iterable[int], ask: Ask) -> Found:
    """The amendments to some instruments; one query, or none where they were fetched."""
    return _rows("amendments", instruments, ask)


def acts(instruments: Iterable[int], ask: Ask) -> Found:
    """The acts upon some instruments, oldest first; one query, or none where they were fetched."""
    return _rows("acts", instruments, ask)


def relations(instrument: int, ask: Ask) -> Found:
    """How an instrument stands to others, both ways; one query, or none where it was fetched."""
    return _rows("relations", [instrument], ask)


def provisions(instrument: int, ask: Ask) -> Found:
    """The provisions of an instrument in their order; one query, or none where they were fetched."""
    return _rows("provisions", [instrument], ask)


def wordings(provisions: Iterable[int], ask: Ask) -> Found:
    """The wordings of some provisions; one query, or none where they were fetched."""
    return _rows("wordings", provisions, ask)


def numbers(provisions: Iterable[int], ask: Ask) -> Found:
    """The numbers of some provisions over time; one query, or none where they were fetched."""
    return _rows("numbers", provisions, ask)


def references(provisions: Iterable[int], ask: Ask) -> Found:
    """The references from and to some provisions; one query, or none where they were fetched."""
    return _rows("references", provisions, ask)


def detected(provisions: Iterable[int], ask: Ask) -> Found:
    """What the texts say from and to some provisions, as of now; one query, or none where it was fetched."""
    return _rows("detected", provisions, ask)


def library_of(ask: Ask) -> Library:
    """What references in texts are recognised by; one query, or none where it was fetched."""
    return ask.once(_LIBRARY, lambda: library_kept(ask) or library_made(recognised(ask.scope), ask))


_LIBRARY = "what references are recognised by"


# -- put together --------------------------------------------------------------------------------------------------

#: What tells how instruments read: amendments, and about these and the instruments that made them the rest.
_AROUND = ("amendments", "forces", "acts", "made")
_AROUND_LISTED, _AROUND_READ_FOR = _AROUND[:2], _AROUND[:3]


def _around(scope: Scope, instruments: Any, names: Sequence[str] = _AROUND) -> list[Wanted]:
    amended = questions.amendments(scope, instruments)
    makers = amended.rows.order_by().values("made_by_id")
    about = {"forces": questions.forces, "acts": questions.acts, "made": questions.made}
    return [about[name](scope, instruments, makers) if name in about else amended for name in names]


def _hold_around(
    instruments: Iterable[int], found: Mapping[str, Found], ask: Ask, provisions: Iterable[int] = ()
) -> None:
    """Hold what was found around instruments: of themselves, with their makers, and of makers alone.

    The list of amendments asks of the makers of all to some instruments, or to some provisions.
    """
    own = frozenset(instruments)
    makers = frozenset(row["made_by_id"] for row in found["amendments"])
    listed = frozenset(provisions)
    of_these = frozenset(
        row["made_by_id"] for row in found["amendments"] if not listed or row["provision_id"] in listed
    )
    _hold("amendments", own, found["amendments"], ask)
    for name, column, groups in (
        ("forces", "entry_id", (own, own | makers, of_these)),
        ("acts", "instrument_id", (own, own | makers)),
        ("made", "made_by_id", (own, of_these)),
    ):
        for ids in groups if name in found else ():
            _hold(name, ids, [row for row in found[name] if row[column] in ids], ask)


#: What is fetched of the provisions of an instrument.
_WHOLE = ("wordings", "numbers", "references", "detected")


def fetch_instrument(instrument: int, ask: Ask) -> None:
    """Fetch in one query all that hangs on an instrument and on its provisions."""
    ask.once(("whole", instrument), lambda: _fetch_instrument(instrument, ask))


def _fetch_instrument(instrument: int, ask: Ask) -> None:
    books = library_kept(ask)
    found = iter(_instrument(ask.scope, books is None, instrument=instrument))
    provisions, relations = next(found), next(found)
    _hold("provisions", [instrument], provisions, ask)
    _hold("relations", [instrument], relations, ask)
    _hold_around([instrument], {name: next(found) for name in _AROUND}, ask)
    ids = frozenset(row["entry_id"] for row in provisions)
    for name in _WHOLE:
        _hold(name, ids, next(found), ask)
    ask.memo[_LIBRARY] = books or library_made([next(found) for _each in range(3)], ask)
    ask.memo[_CLAUSES, instrument] = _clauses_told(list(found), ask.scope)


@prepared(instrument=ID)
def _instrument(scope: Scope, named: bool, instrument: int) -> Iterable[Wanted]:
    parts = questions.provisions(scope, [instrument]).rows.order_by().values("entry_id")
    return (
        questions.provisions(scope, [instrument]),
        questions.relations(scope, [instrument]),
        *_around(scope, [instrument]),
        *(_QUESTIONS[name](scope, parts) for name in _WHOLE),
        *(recognised_by(scope).values() if named else ()),
        *_clauses_around(scope, instrument),
    )


def fetch_provisions(rows: Sequence[Row], ask: Ask, *, for_state: bool = False) -> Names:
    """Fetch in one query how some provisions read, in general or for a state; gives the names that they name.

    Of a single one it fetches also its neighbours and references, and always the acts that tell whom it binds.
    """
    key = ("provisions read", tuple(row["entry_id"] for row in rows), for_state)
    fetch = _fetch_single if len(rows) == 1 else _fetch_several
    return ask.once(key, lambda: fetch(rows, ask, for_state))


def _meant(rows: Sequence[Row], ask: Ask) -> dict[str, frozenset[int]]:
    """The row ids of provisions, of their instruments, and of the records that their rows name."""
    named = {row[name] for row in rows for name in ("instrument_id", "parent_id")} - {None}
    return {
        "provisions": frozenset(row["entry_id"] for row in rows),
        "instruments": frozenset(row["instrument_id"] for row in rows),
        "named": frozenset(named) | also_named(ask),
    }


def _read(scope: Scope, provisions: Any, named: Any) -> tuple[Wanted, ...]:
    """The wordings of provisions, their names, and those of what stands in the rows."""
    texts, called = questions.wordings(scope, provisions), Called.at(scope)
    return texts, called.among(named), called.among(texts.rows.order_by().values("entry_id"))


def _fetch_several(rows: Sequence[Row], ask: Ask, for_state: bool) -> Names:
    meant = _meant(rows, ask)
    around = _AROUND_READ_FOR if for_state else _AROUND_LISTED
    texts, called, said, numbers, *rest = _several(ask.scope, around, **meant)
    _hold("wordings", meant["provisions"], texts, ask)
    _hold("numbers", meant["provisions"], numbers, ask)
    _hold_around(meant["instruments"], dict(zip(around, rest, strict=True)), ask)
    return Called.at(ask.scope).read(chain(called, said))


@prepared(provisions=IDS, instruments=IDS, named=IDS)
def _several(
    scope: Scope, around: Sequence[str], provisions: Any, instruments: Any, named: Any
) -> Iterable[Wanted]:
    read, borne = _read(scope, provisions, named), questions.numbers(scope, provisions)
    return (*read, borne, *_around(scope, instruments, around))


def _fetch_single(rows: Sequence[Row], ask: Ask, for_state: bool) -> Names:
    meant = _meant(rows, ask)
    ids, instruments = meant["provisions"], meant["instruments"]
    books = library_kept(ask)
    texts, called, said, references, detected, siblings, numbers, *rest = _single(
        ask.scope, books is None, **meant
    )
    for name, found in (("wordings", texts), ("references", references), ("detected", detected)):
        _hold(name, ids, found, ask)
    _hold("provisions", instruments, siblings, ask)
    _hold("numbers", ids, [one for one in numbers if one["provision_id"] in ids], ask)
    _hold("numbers", (one["entry_id"] for one in siblings), numbers, ask)
    _hold_around(instruments, dict(zip(_AROUND, rest, strict=False)), ask, ids)
    ask.memo[_LIBRARY] = books or library_made(rest[len(_AROUND) :], ask)
    return Called.at(ask.scope).read(chain(called, said))


@prepared(provisions=IDS, instruments=IDS, named=IDS)
def _single(
    scope: Scope, with_names: bool, provisions: Any, instruments: Any, named: Any
) -> Iterable[Wanted]:
    siblings = questions.provisions(scope, instruments)
    return (
        *_read(scope, provisions, named),
        questions.references(scope, provisions),
        questions.detected(scope, provisions),
        siblings,
        questions.numbers(scope, siblings.rows.order_by().values("entry_id")),
        *_around(scope, instruments),
        *(recognised_by(scope).values() if with_names else ()),
    )


def fetch_made(makers: Iterable[int], ask: Ask) -> tuple[Found, Found]:
    """When some amending instruments are in force, and which wordings they made; one query, or none where fetched."""
    wanted = frozenset(makers)
    if not {(_ROWS, name, wanted) for name in ("forces", "made")} <= ask.memo.keys():
        acting, texts = _makers(ask.scope, makers=wanted)
        _hold("forces", wanted, acting, ask)
        _hold("made", wanted, texts, ask)
    return _rows("forces", wanted, ask), _rows("made", wanted, ask)


@prepared(makers=IDS)
def _makers(scope: Scope, makers: Any) -> Iterable[Wanted]:
    return questions.forces(scope, makers), questions.made(scope, makers)


# -- final clauses -------------------------------------------------------------------------------------------------

_CLAUSES = "final clauses fetched"
ClausesTold = tuple[Found, Found, Names]


def clauses_of(instrument: int, ask: Ask) -> ClausesTold:
    """The final clauses of an instrument; when it and those on which they turn are in force; the names of what they
    name and of the states that acted upon it. One query, or none where ``fetch_instrument`` fetched them.
    """
    return ask.once(
        (_CLAUSES, instrument),
        lambda: _clauses_told(_by_clauses(ask.scope, instrument=instrument), ask.scope),
    )


@prepared(instrument=ID)
def _by_clauses(scope: Scope, instrument: int) -> Iterable[Wanted]:
    return _clauses_around(scope, instrument)


def _clauses_around(scope: Scope, instrument: int) -> Iterable[Wanted]:
    asked, done, called = (
        questions.clauses(scope, [instrument]),
        questions.acts(scope, [instrument]),
        Called.at(scope),
    )
    found = asked.rows.order_by()
    others = found.values("other_id")
    named = (found.values("provision_id"), others, done.rows.order_by().values("state_id"))
    return asked, questions.forces(scope, [instrument], others), *(called.among(ids) for ids in named)


def _clauses_told(found: Sequence[Found], scope: Scope) -> ClausesTold:
    rows, turning, *named = found
    return rows, turning, Called.at(scope).read(chain(*named))
