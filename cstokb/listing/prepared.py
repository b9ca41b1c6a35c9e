"""Questions of pages that are laid out once and asked many times, each in one query of several parts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.db import connection

from cstokb.listing.together import Found, Wanted, sorted_out, union_of
from cstokb.records.laid_out import DAY, ID, IDS, MOMENT, MOST_KEPT, TEXT, TEXTS, Given, Layout
from cstokb.records.scope import NOW, Scope

__all__ = ["DAY", "ID", "IDS", "TEXT", "TEXTS", "Given", "prepared"]

_KNOWN_ON = "known on"

Build = Callable[..., Iterable[Wanted]]
Ask = Callable[..., list[Found]]


def prepared(**given: Given) -> Callable[[Build], Ask]:
    """Makes of a function ``(scope, *shape, **given)`` that lays rows out one ``(scope, *shape, **values)`` that asks.

    All is fetched in one query, as ``together`` does. ``shape`` is whatever else the layout depends on, as values that
    can be compared; with the scope's being of now or of a moment it tells the layouts apart.
    """

    def decorated(build: Build) -> Ask:
        @lru_cache(maxsize=MOST_KEPT)
        def layout(vendor: str, known: bool, *shape: Any) -> tuple[Layout, tuple[Wanted, ...]]:
            wanted: list[Wanted] = []

            def whole(**stand_ins: Any) -> Any:
                moment = stand_ins.pop(_KNOWN_ON, None)
                wanted[:] = build(Scope(moment) if moment else NOW, *shape, **stand_ins)
                return union_of(wanted)

            laid_out = Layout.of(whole, {**given, _KNOWN_ON: MOMENT} if known else given)
            return laid_out, tuple(wanted)

        def ask(scope: Scope, *shape: Any, **values: Any) -> list[Found]:
            known = scope.known_on is not None
            if known:
                values[_KNOWN_ON] = scope.known_on
            laid_out, wanted = layout(connection.vendor, known, *shape)
            rows = laid_out.rows(values)
            # Read at once, which is quicker than one by one.
            packed = json.loads("[" + ",".join(row[2] for row in rows) + "]")
            return sorted_out(((row[0], row[1], own) for row, own in zip(rows, packed, strict=True)), wanted)

        return ask

    return decorated
