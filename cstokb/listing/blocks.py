"""Block: many records by column, as every format of an export writes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice, repeat
from json.encoder import encode_basestring
from typing import Any, cast

from cstokb.listing.table import each

#: A value as JSON with its letters as they are; what JSON does not know is a text.
to_text: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, default=str).encode
#: A text as JSON, like ``to_text``, which takes five times as long to come to the same.
quoted: Callable[[str], str] = encode_basestring

Record = Mapping[str, Any]
#: So many rows are described together, and so many records that come one by one are taken together.
CHUNK = 500
#: Of so many values at the beginning of a column at most half may differ, that it pays to look for those that repeat.
LOOKED_AT = 32
_PLAIN = {str, bool, int, type(None)}


class Block:
    """Some records with the same keys: the values under each key, for all records."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self.columns = columns

    @classmethod
    def of(cls, records: Sequence[Record]) -> Block:
        """Records as a block; all have the keys of the first."""
        values = zip(*(record.values() for record in records), strict=True)
        return cls(dict(zip(records[0], values, strict=True)))

    def __len__(self) -> int:
        return next((len(values) for values in self.columns.values()), 0)

    def records(self) -> list[dict[str, Any]]:
        """The records one by one."""
        rows = zip(*self.columns.values(), strict=True)
        return [dict(zip(self.columns, row, strict=True)) for row in rows]

    def rows(self, keys: Sequence[str], make: Callable[[Any], Any]) -> Iterator[tuple[Any, ...]]:
        """What a function makes of the values under some keys, row by row; a key that the records have not is null."""
        none = (None,) * len(self)
        return zip(*(_all(make, self.columns.get(key, none)) for key in keys), strict=True)

    def as_json(self, before: str = "", after: str = "") -> str:
        """The records as JSON objects, with something before and after each.

        It is put together from the pieces of all records at once: where a column has few values, the name stands with
        each of them, and where it has one, that stands with the next name.
        """
        pieces: list[Iterable[str]] = []
        if not len(self):
            return ""
        text, between = before + "{", ""
        for key, values in self.columns.items():
            text += f"{between}{quoted(key)}: "
            between = ", "
            if _is_one(values):
                text += to_text(values[0])
                continue
            few = _few(values)
            if few is None:
                pieces += (repeat(text, len(self)), _texts(values))
            else:
                said = {value: text + to_text(value) for value in few}
                pieces.append([said[value] for value in values])
            text = ""
        pieces.append(repeat(text + "}" + after, len(self)))
        return "".join(chain.from_iterable(zip(*pieces, strict=True)))


def in_blocks(records: Iterable[Record | Block]) -> Iterator[Block]:
    """Blocks as they are, and records that come one by one together with those after them that have the same keys."""
    for keys, alike in groupby(records, _keys):
        if keys is None:
            yield from cast("Iterator[Block]", alike)
        else:
            while some := list(islice(cast("Iterator[Record]", alike), CHUNK)):
                yield Block.of(some)


def _keys(one: Record | Block) -> tuple[str, ...] | None:
    return None if isinstance(one, Block) else tuple(one)


def _is_one(values: Sequence[Any]) -> bool:
    """Whether all values are the same text or the same nothing, as in most columns; to count them takes least."""
    one = values[0]
    return (one is None or type(one) is str or one == []) and values.count(one) == len(values)


def _few(values: Sequence[Any]) -> set[Any] | None:
    """The different values, where many are the same; of one kind, since 1 and true are the same to a set."""
    kinds = set(map(type, values)) - {type(None)}
    if len(kinds) > 1 or not kinds <= _PLAIN:
        return None
    if len(values) > LOOKED_AT and len(set(values[:LOOKED_AT])) > LOOKED_AT / 2:
        return None
    return set(values)


def _all(make: Callable[[Any], Any], values: Sequence[Any]) -> Iterable[Any]:
    return map(make, values) if _few(values) is None else each(make, values)


def _texts(values: Sequence[Any]) -> Iterable[str]:
    """Each value as JSON."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return map(quoted, values)
    if kinds <= {str, type(None)}:
        return ["null" if value is None else quoted(value) for value in values]
    if kinds == {int}:
        return map(repr, values)
    if kinds == {list}:
        return map(_list, values)
    return map(to_text, values)


def _list(values: list[Any]) -> str:
    return f"[{', '.join([quoted(one) if type(one) is str else to_text(one) for one in values])}]"
