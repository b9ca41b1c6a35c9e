"""What passages do with what earlier texts said: repeat it, alter it, quote it; when it was first and last said.

Earlier is a text of which every possible day lies before every possible day of the other; texts of one day are no
earlier ones of each other. All of it is read from the tables of formulas, which know the present only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from cstokb.listing.filterset import Rows
from cstokb.listing.together import Wanted, together
from statements.choices import KinKind, Travel
from statements.models import FormulaKinship, Saying

#: Quotations of earlier texts that are named for one passage.
MOST_QUOTED = 5

SAID = ("passage_id", "statement_id", "formula_id", "earliest", "latest")
KIN = ("one_id", "other_id", "kin", "share")
Row = Mapping[str, Any]
#: Passages say formulas, formulas are kin, and they are said elsewhere: what ``travels`` reads.
Found = tuple[Sequence[Row], Sequence[Row], Sequence[Row]]


@dataclass(frozen=True)
class Travelled:
    """What a passage does with what was said before. Passages are named by their row ids.

    ``said`` is None where the day of the text is not known. ``earlier`` is the latest earlier passage that it repeats,
    or the one of which it is most a version. ``first`` and ``last`` are the first and the last passage that say it in
    these or in altered words, itself included; ``times`` is how many do, ``again`` whether a later text does.
    """

    said: Travel | None
    earlier: int | None
    share: float | None
    quotes: Sequence[int]
    first: int
    last: int
    times: int
    again: bool


def wanted(mine: QuerySet[Saying]) -> tuple[Wanted, Wanted, Wanted]:
    """What is fetched for some sayings: themselves, the kin of their formulas, and wherever those are said."""
    formulas = mine.order_by().values("formula_id")
    kin = FormulaKinship.objects.filter(one_id__in=formulas)
    either = Q(formula_id__in=formulas) | Q(formula_id__in=kin.values("other_id"))
    said = Saying.objects.filter(either)
    return (
        Wanted.of(mine.order_by("passage_id"), SAID),
        Wanted.of(kin.order_by("pk"), KIN),
        Wanted.of(said.order_by("passage_id"), SAID),
    )


def travels_of(passages: Sequence[int]) -> dict[int, Travelled]:
    """What some passages do, by row id, in one query; those that are not public or have no words are left out."""
    mine, kin, said = together(*wanted(Saying.objects.filter(passage_id__in=passages)))
    return travels((mine, kin, said))


def travels(found: Found) -> dict[int, Travelled]:
    """What the passages do of which ``wanted`` was fetched."""
    mine, kin, said = found
    sayings: dict[int, list[Row]] = defaultdict(list)
    for row in said:
        sayings[row["formula_id"]].append(row)
    related: dict[int, list[Row]] = defaultdict(list)
    for row in kin:
        related[row["one_id"]].append(row)
    return {row["passage_id"]: _Passage(row, sayings, related[row["formula_id"]]).travelled() for row in mine}


@dataclass(frozen=True)
class _Passage:
    row: Row
    sayings: Mapping[int, Sequence[Row]]
    kin: Sequence[Row]

    def travelled(self) -> Travelled:
        same = self._said(self.row["formula_id"])
        versions = [
            (one["share"], row) for one in self._kin(KinKind.ALTERED) for row in self._said(one["other_id"])
        ]
        earlier, share = self._earlier(same, versions)
        everywhere = sorted([*same, *(row for _share, row in versions)], key=_by_day)
        dated = [row for row in everywhere if row["earliest"]]
        return Travelled(
            said=self._word(earlier, share),
            earlier=earlier,
            share=share,
            quotes=self._quotes(),
            first=(dated or [self.row])[0]["passage_id"],
            last=max(dated or [self.row], key=_by_last_day)["passage_id"],
            times=len(everywhere),
            again=any(self._is_before(self.row, row) for row in everywhere),
        )

    def _word(self, earlier: int | None, share: float | None) -> Travel | None:
        if self.row["earliest"] is None:
            return None
        if earlier is None:
            return Travel.NEW
        return Travel.REPEATED if share == 1 else Travel.ALTERED

    def _earlier(
        self, same: Iterable[Row], versions: Iterable[tuple[float, Row]]
    ) -> tuple[int | None, float | None]:
        repeated = [row for row in same if self._is_before(row, self.row)]
        if repeated:
            return max(repeated, key=_by_last_day)["passage_id"], 1.0
        altered = [(share, row) for share, row in versions if self._is_before(row, self.row)]
        if not altered:
            return None, None
        share, row = max(altered, key=lambda one: (one[0], _by_last_day(one[1])))
        return row["passage_id"], share

    def _quotes(self) -> Sequence[int]:
        rows = [row for one in self._kin(KinKind.QUOTED) for row in self._said(one["other_id"])]
        earlier = sorted((row for row in rows if self._is_before(row, self.row)), key=_by_day)
        return [row["passage_id"] for row in earlier[:MOST_QUOTED]]

    def _kin(self, kind: KinKind) -> list[Row]:
        return [one for one in self.kin if one["kin"] == kind]

    def _said(self, formula: int) -> Sequence[Row]:
        return self.sayings.get(formula, ())

    @staticmethod
    def _is_before(one: Row, other: Row) -> bool:
        return bool(one["latest"] and other["earliest"] and one["latest"] < other["earliest"])


def _by_day(row: Row) -> tuple[date, int]:
    return row["earliest"] or date.max, row["passage_id"]


def _by_last_day(row: Row) -> tuple[date, int]:
    return row["latest"] or date.min, -row["passage_id"]


# -- the same in the database ----------------------------------------------------------------------------------------


def with_travel(rows: Rows) -> Rows:
    """Passages with the word for what they do (``said``) and whether a later text says it again (``again``)."""
    mine = Saying.objects.filter(passage_id=OuterRef("entry_id"))
    word = Case(
        When(Exists(mine.filter(earliest__isnull=True)), then=Value("")),
        When(Exists(mine.filter(_same(latest__lt="earliest"))), then=Value(Travel.REPEATED.value)),
        When(Exists(mine.filter(_altered(latest__lt="earliest"))), then=Value(Travel.ALTERED.value)),
        default=Value(Travel.NEW.value),
        output_field=CharField(),
    )
    later = mine.filter(Q(_same(earliest__gt="latest")) | Q(_altered(earliest__gt="latest")))
    annotated: Rows = rows.filter(Exists(mine)).annotate(said=word, again=Exists(later))
    return annotated


def _same(**day: str) -> Exists:
    """Whether the words are said elsewhere; ``day`` compares a day there with one of the saying's own."""
    compared = {name: OuterRef(own) for name, own in day.items()}
    return Exists(Saying.objects.filter(formula_id=OuterRef("formula_id"), **compared))


def _altered(**day: str) -> Exists:
    """Whether a version of them is."""
    compared = {name: OuterRef(OuterRef(own)) for name, own in day.items()}
    elsewhere = Saying.objects.filter(formula_id=OuterRef("other_id"), **compared)
    kin = FormulaKinship.objects.filter(one_id=OuterRef("formula_id"), kin=KinKind.ALTERED)
    return Exists(kin.filter(Exists(elsewhere)))
