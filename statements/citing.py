"""What passages cite or lean on: what editors recorded and what the words say, in one list, the same everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db.models import Q

from cstokb.listing.ask import Ask
from cstokb.listing.filterset import Rows
from cstokb.listing.names import Called, Names, also_named, names_apart
from cstokb.listing.prepared import IDS, prepared
from cstokb.listing.table import Row, Table
from cstokb.listing.together import Found, Wanted
from cstokb.records.scope import Scope
from statements.choices import ReferenceBasis
from statements.detection import SAID, Resolved, found_in
from statements.models import DetectedCitation, Passage, PassageReference
from treaty.library import unsure

Item = dict[str, Any]
#: By passage its citations: {target, provision, instrument, basis, start, end, words, id, added_at, note_en, note_ru}.
Citing = Mapping[int, Sequence[Item]]

REFERENCE = (
    *("entry_id", "entry__slug", "passage_id", "provision_id", "instrument_id", "basis", "start", "end"),
    *("note_en", "note_ru", "entry__published_at"),
)
CERTAIN = {"held": True, "ambiguous": False}
#: The columns in which a passage of a list names other records.
NAMING = ("statement_id", "said_by_id", "spoken_for_id", "quotes_id")


def citing(references: Mapping[int, Sequence[Item]], found: Mapping[int, Resolved]) -> Citing:
    """One citation for each passage and target: an editor's, which also says where the words say it, or the words'."""
    return _merged(references, {key: list(_in_words(one)) for key, one in found.items()})


def _in_words(found: Resolved) -> Iterator[Item]:
    for citation, targets in found:
        if unsure(citation, targets):
            continue
        for target in targets:
            if target.held:
                yield {
                    "target_provision_id": target.provision,
                    "target_instrument_id": target.instrument,
                    "start": citation.start,
                    "end": citation.end,
                }


def citations_of(rows: Sequence[Row], ask: Ask) -> Citing:
    """What each of some passages cites or leans on; one query, for an earlier moment a fixed number."""
    table = Table.of(rows)
    passages = tuple(table.column("entry_id"))
    return ask.once(("citations", passages), lambda: _citations_of(table, passages, ask))


def _citations_of(rows: Table, passages: tuple[int, ...], ask: Ask) -> Citing:
    recorded, said, *_names = _fetched(rows, ask)
    if ask.scope.known_on is not None:
        said = [vars(one) for one in certain_at(Q(pk__in=passages), ask)]
    return _merged(_grouped(recorded), _grouped(said))


def names_in(rows: Sequence[Row], ask: Ask) -> Names:
    """The names that some passages and their citations name, fetched with the citations.

    None of an earlier moment: what the words cited then is read from them, and no question finds it.
    """
    _recorded, _said, *named = _fetched(Table.of(rows), ask)
    return Called.at(ask.scope).read(chain(*named))


def _fetched(rows: Table, ask: Ask) -> list[Found]:
    passages = tuple(rows.column("entry_id"))
    named = set(also_named(ask)).union(*(rows.column(name) for name in NAMING)) - {None}
    return ask.once(
        ("cited", passages),
        lambda: _cited(ask.scope, names_apart(ask), passages=passages, named=named),
    )


@prepared(passages=IDS, named=IDS)
def _cited(scope: Scope, apart: bool, passages: Any, named: Any) -> tuple[Wanted, ...]:
    """What editors recorded and, as of now, what the words say; then the names of both, and of others.

    Names that are asked for ``apart`` are not among it.
    """
    recorded = scope.rows(PassageReference).filter(passage_id__in=passages).order_by("entry_id")
    said = DetectedCitation.objects.filter(passage_id__in=passages, **CERTAIN)
    said = said.none() if scope.known_on else said
    asked = (
        Wanted.of(recorded, REFERENCE),
        Wanted.of(said.order_by("passage_id", "start", "id"), SAID),
    )
    if apart or scope.known_on is not None:
        return asked
    called = Called.at(scope)
    targets = [
        wanted.rows.order_by().values(column)
        for wanted in asked
        for column in wanted.columns
        if column.endswith(("provision_id", "instrument_id"))
    ]
    return (*asked, called.among(named), *(called.among(ids) for ids in targets))


def certain_at(meant: Q, ask: Ask) -> Iterator[DetectedCitation]:
    """What some passages certainly cite, read from the words as they were at the moment of the question."""
    meant_then = Q(entry_id__in=Passage.objects.filter(meant).values("pk"))
    return (one for one in found_in(meant_then, ask.scope) if one.held and not one.ambiguous)


def _grouped(rows: Iterable[Item]) -> Mapping[int, Sequence[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for row in rows:
        found[row["passage_id"]].append(row)
    return found


def _merged(recorded: Mapping[int, Sequence[Item]], said: Mapping[int, Sequence[Item]]) -> Citing:
    keys = dict.fromkeys([*recorded, *said])
    return {key: list(_of_one(recorded.get(key, ()), said.get(key, ()))) for key in keys}


def _of_one(recorded: Iterable[Item], said: Iterable[Item]) -> Iterable[Item]:
    kept: dict[int, Item] = {}
    for row in recorded:
        target = row["provision_id"] or row["instrument_id"]
        kept.setdefault(target, _recorded(row, target))
    for row in said:
        target = row["target_provision_id"] or row["target_instrument_id"]
        span = {"start": row["start"], "end": row["end"]}
        if target not in kept:
            kept[target] = _found(row, target, span)
        elif kept[target]["start"] is None:
            kept[target] |= span
    return kept.values()


def _recorded(row: Item, target: int) -> Item:
    return {
        "target": target,
        "provision": row["provision_id"],
        "instrument": row["instrument_id"],
        "basis": row["basis"],
        "start": row["start"],
        "end": row["end"],
        "id": row["entry__slug"],
        "key": row["entry_id"],
        "added_at": row["entry__published_at"],
        "note_en": row["note_en"],
        "note_ru": row["note_ru"],
    }


def _found(row: Item, target: int, span: Item) -> Item:
    whole = row["target_provision_id"] is None
    return {
        "target": target,
        "provision": row["target_provision_id"],
        "instrument": row["target_instrument_id"] if whole else None,
        "basis": ReferenceBasis.CITED.value,
        **span,
        **dict.fromkeys(("id", "key", "added_at")),
        **dict.fromkeys(("note_en", "note_ru"), ""),
    }


# -- which passages ------------------------------------------------------------------------------------------------


def citing_passages(targets: Any, ask: Ask) -> Q:
    """The condition for passages, by row id, that cite or lean on any of some provisions or instruments."""
    recorded = ask.scope.rows(PassageReference).filter(
        Q(provision_id__in=targets) | Q(instrument_id__in=targets)
    )
    by_editors = recorded.order_by().values("passage_id")
    if ask.scope.known_on is None:
        # One set, since PostgreSQL looks through all passages for what is in one set or in another.
        return Q(entry_id__in=by_editors.union(detected_at(targets).values("passage_id")))
    wanted = set(targets)
    in_words = {key for key, target in _said_then(ask) if target in wanted}
    return Q(entry_id__in=by_editors) | Q(entry_id__in=in_words)


def cited_then(ask: Ask) -> list[tuple[int, int]]:
    """Every passage with what it cited or leaned on at the moment of the question; a fixed number of queries."""
    recorded = ask.scope.rows(PassageReference).order_by()
    rows = recorded.values_list("passage_id", "provision_id", "instrument_id")
    return [*((key, provision or instrument) for key, provision, instrument in rows), *_said_then(ask)]


def _said_then(ask: Ask) -> list[tuple[int, int]]:
    """Every passage with what its words certainly cited at the moment of the question; read once for a question."""

    def read() -> list[tuple[int, int]]:
        said = certain_at(Q(), ask)
        return [(one.passage_id, one.target_provision_id or one.target_instrument_id) for one in said]

    return ask.once("cited then", read)


def detected_at(targets: Any) -> Rows:
    """The rows of the table that say of some provisions or instruments that words certainly cite them."""
    whole = Q(target_instrument_id__in=targets, target_provision_id__isnull=True)
    return DetectedCitation.objects.filter(Q(target_provision_id__in=targets) | whole, **CERTAIN)
