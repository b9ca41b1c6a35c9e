"""Pages of a selection: by number up to row 10,000, and by a signed cursor that neither skips nor repeats rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from cstokb.listing import ordering
from cstokb.listing.errors import BadQuestion, Fault, NothingHere, repeated
from cstokb.listing.ordering import Order
from cstokb.listing.selection import Selection
from cstokb.listing.surfaces import API

PAGE_SIZE = 50
MOST_ROWS = 200
#: Rows beyond this one are reached by cursor: skipping rows costs more the further one skips.
LAST_NUMBERED_ROW = 10_000
SIGNER = signing.Signer(salt="cstokb.listing.cursor")


@dataclass(frozen=True)
class Slice:
    """Some rows of a selection and the ways on: parameters for the next and previous page, None where there is none."""

    rows: Sequence[Mapping[str, Any]]
    size: int
    first: int | None
    count: int | None
    next: QueryDict | None
    previous: QueryDict | None


@dataclass(frozen=True)
class Wish:
    """How much of a selection is asked for."""

    size: int
    page: int | None
    cursor: str

    @classmethod
    def read(cls, params: QueryDict, *, size: int = PAGE_SIZE) -> Wish:
        """Read page, page_size and cursor.

        Raises:
            BadQuestion: for what is no number of a page, a size over 200, or page and cursor together.
        """
        faults: list[Fault] = []
        wanted = _number("page_size", params, MOST_ROWS, faults)
        page = _number("page", params, None, faults)
        cursor = _single("cursor", params, faults)
        if page is not None and cursor:
            faults.append(Fault("cursor", cursor[:200], "conflict", _("Give either page or cursor.")))
        if faults:
            raise BadQuestion(faults=faults)
        return cls(wanted or size, page, cursor)


def _single(name: str, params: QueryDict, faults: list[Fault]) -> str:
    given = list(dict.fromkeys(value for value in params.getlist(name) if value.strip()))
    if len(given) > 1:
        faults.append(repeated(name, given))
    return given[0] if len(given) == 1 else ""


def _number(name: str, params: QueryDict, most: int | None, faults: list[Fault]) -> int | None:
    text = _single(name, params, faults)
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0
    if number >= 1 and (most is None or number <= most):
        return number
    detail = (
        _("Write a whole number from 1 to %(most)s.") % {"most": most}
        if most
        else _("Write a whole number from 1.")
    )
    faults.append(Fault(name, text[:200], "number", detail, allowed=[f"1..{most}"] if most else None))
    return None


class Pager:
    """Cuts a selection into pages."""

    def __init__(self, selection: Selection, wish: Wish) -> None:
        self.selection, self.wish = selection, wish
        self.params = selection.ask.params

    def by_number(self, count: int | None) -> Slice:
        """The page of the number that was asked for, or the first.

        Raises:
            BadQuestion: beyond row 10,000, with the way by cursor.
            NothingHere: after the last page, with ``last_page``.
        """
        page, size = self.wish.page or 1, self.wish.size
        if page * size > LAST_NUMBERED_ROW:
            raise self._too_deep(page)
        start = (page - 1) * size
        found = list(self.selection.cut(start, start + size + 1))
        if page > 1 and not found:
            total = count if count is not None else self.selection.count(exact=True) or 0
            raise NothingHere(_("There is no such page."), members={"last_page": max(1, -(-total // size))})
        return Slice(
            rows=found[:size],
            size=size,
            first=start + 1 if found else 0,
            count=count,
            next=self._on_from(page, found) if len(found) > size else None,
            previous=self._with(page=str(page - 1)) if page > 1 else None,
        )

    def by_cursor(self, count: int | None) -> Slice:
        """The page that a cursor names, or the first.

        Raises:
            BadQuestion: for a cursor that this list with these parameters did not give out.
        """
        back, values = self._place() if self.wish.cursor else (False, None)
        order = ordering.mirror(self.selection.order) if back else self.selection.order
        found = self._from(order, values)
        more, found = len(found) > self.wish.size, found[: self.wish.size]
        if back:
            found.reverse()
        return Slice(
            rows=found,
            size=self.wish.size,
            first=None if self.wish.cursor else (1 if found else 0),
            count=count,
            next=self._cursor(found[-1], back=False) if found and (more or back) else None,
            previous=self._cursor(found[0], back=True) if found and self._has_before(back, more) else None,
        )

    def _from(self, order: Order, values: Sequence[Any] | None) -> list[Any]:
        """The rows of a page and one more, after the row with these key values, or from the first."""
        rows = self.selection.rows.order_by(*(key.expression() for key in order))
        parts = [rows.filter(part) for part in ordering.stretches(order, values)] if values else [rows]
        found: list[Any] = []
        for part in parts:
            fetched = self.selection.listing.fetch(part, extra=[key.path for key in order])
            found += fetched[: self.wish.size + 1 - len(found)]
            if len(found) > self.wish.size:
                break
        return found

    def _has_before(self, back: bool, more: bool) -> bool:
        return more if back else bool(self.wish.cursor)

    # -- where to go on --------------------------------------------------------------------------------------------

    def _on_from(self, page: int, found: Sequence[Mapping[str, Any]]) -> QueryDict:
        if (page + 1) * self.wish.size > LAST_NUMBERED_ROW:
            return self._cursor(found[self.wish.size - 1], back=False)
        return self._with(page=str(page + 1))

    def _too_deep(self, page: int) -> BadQuestion:
        detail = _("Pages by number end at row %(last)s; go on by cursor from the first page.")
        fault = Fault("page", str(page), "too_deep", detail % {"last": LAST_NUMBERED_ROW})
        way = self._with(cursor=self._sign(back=False, values=None))
        ask = self.selection.ask
        return BadQuestion(
            faults=[fault], members={"cursor_url": ask.absolute(f"{ask.path}?{way.urlencode()}")}
        )

    def _with(self, **changes: str) -> QueryDict:
        params = self.params.copy()
        for name in ("page", "cursor"):
            params.pop(name, None)
        for name, value in changes.items():
            params[name] = value
        return params

    def _cursor(self, row: Mapping[str, Any], *, back: bool) -> QueryDict:
        values = [_plain(row[key.path]) for key in self.selection.order]
        return self._with(cursor=self._sign(back=back, values=values))

    def _sign(self, *, back: bool, values: Sequence[Any] | None) -> str:
        return SIGNER.sign_object([self._mark(), back, values], compress=True)

    def _place(self) -> tuple[bool, Sequence[Any] | None]:
        try:
            mark, back, values = SIGNER.unsign_object(self.wish.cursor)
        except (signing.BadSignature, ValueError):
            raise self._not_ours() from None
        if mark != self._mark():
            raise self._not_ours()
        return back, values

    def _not_ours(self) -> BadQuestion:
        detail = _("This cursor is damaged, or belongs to another question. Begin without a cursor.")
        return BadQuestion(faults=[Fault("cursor", self.wish.cursor[:200], "cursor", detail)])

    def _mark(self) -> str:
        """What the cursor holds on to: the list, its order and every parameter that chooses rows."""
        asked = [(n, sorted(v)) for n, v in sorted(self.params.lists()) if n not in API and any(v)]
        said = urlencode(
            [("", self.selection.listing.api), ("", self.selection.ask.language), *asked], doseq=True
        )
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
