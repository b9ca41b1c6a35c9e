"""Small parts of pages: texts in the reader's language, links to records, facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.names import Named, Names

Fact = dict[str, Any]


def own(values: Mapping[str, Any], name: str, ask: Ask) -> str:
    """A text in the language of the page; English where the other is missing."""
    chosen = (values.get(f"{name}_ru") if ask.language == "ru" else None) or values.get(f"{name}_en")
    return str(chosen or "")


def url_of(named: Named, ask: Ask) -> str:
    """The address of a record's page in the language of the page; empty where it has none."""
    return ask.localised(named.path) if named.path else ""


def link(named: Named | None, ask: Ask) -> dict[str, str]:
    """A record's name, with its page where it has one; nothing for a record that is not public."""
    return {"label": named.label(ask.language), "url": url_of(named, ask)} if named else {}


def links(keys: Iterable[int | None], names: Names, ask: Ask) -> list[dict[str, str]]:
    """The public records among some row ids, as links."""
    return [link(names[key], ask) for key in keys if key in names]


def cell(named: Named | None, ask: Ask, **more: Any) -> dict[str, Any]:
    """A record's name as the cell of a table."""
    return {"text": named.label(ask.language), "url": url_of(named, ask), **more} if named else {"text": ""}


def fact_of(label: Any, line: Line, name: str, ask: Ask, note: str = "") -> Fact:
    """The record that a reference of the line names, as a fact."""
    named = line.refs.get(name)
    return {"label": label, "links": [link(named, ask)] if named else [], "note": note}


def meta(*parts: Any) -> list[str]:
    """The words among some parts of a line of small print."""
    return [str(part) for part in parts if part]


def sentence(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]
