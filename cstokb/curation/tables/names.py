"""Spellings of a name in one cell: one a line, what sort of name it is in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cstokb.curation.tables.columns import CellRefused, Circumstances, Column, plain
from cstokb.curation.tables.reading import Cell
from cstokb.dates import HistoricDate, InvalidDate
from cstokb.records.choices import Language, NameKind

_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_BRACKET = re.compile(r"(.*?)\s*\[([^\[\]]*)\]\s*", re.DOTALL)


@dataclass(frozen=True)
class Names(Column):
    """The given names of a record, as a whole list: ``Kirgizia [former, en, 1936..1991]``."""

    @property
    def nothing(self) -> Any:
        return []

    def value(self, cell: Cell, told: Circumstances) -> Any:
        lines = (line.strip() for line in plain(cell, told).splitlines())
        return [_name(line) for line in lines if line]

    def write(self, value: Any) -> str | int | None:
        return "\n".join(line_of(one) for one in value) or None

    def differs(self, old: Any, new: Any) -> bool:
        return sorted(old or (), key=str) != sorted(new, key=str)

    def allowed(self) -> str:
        kinds = ", ".join(NameKind.values)
        said = _(
            "one name a line; behind it in brackets its kind (%(kinds)s), language, script and days of use"
        )
        return f"{said % {'kinds': kinds}}: Kirgizia [former, en, Latn, 1936..1991]"


def _name(line: str) -> dict[str, Any]:
    parts = _BRACKET.fullmatch(line)
    text, words = (parts[1], parts[2].split(",")) if parts else (line, [])
    name: dict[str, Any] = {"text": text, "kind": NameKind.ALIAS.value}
    for word in (one.strip() for one in words):
        name |= _word(word)
    return name


def _word(word: str) -> dict[str, Any]:
    if word in NameKind.values:
        return {"kind": word}
    if word in Language.values:
        return {"language": word}
    if _SCRIPT.fullmatch(word):
        return {"script": word}
    began, between, ended = word.partition("..")
    if between:
        return {key: _date(day) for key, day in (("began_on", began), ("ended_on", ended)) if day.strip()}
    if not word:
        return {}
    said = _("“%(word)s” is no kind of name, no language and no script.")
    raise CellRefused(said % {"word": word[:40]})


def _date(text: str) -> str:
    try:
        return HistoricDate.parse(text).edtf
    except InvalidDate as error:
        raise CellRefused(str(error)) from error


def line_of(name: Mapping[str, Any]) -> str:
    """A name as a cell writes it."""
    days = f"{name.get('began_on', '')}..{name.get('ended_on', '')}"
    words = [name.get("kind"), name.get("language"), name.get("script"), days if days != ".." else ""]
    return f"{name['text']} [{', '.join(word for word in words if word)}]"
