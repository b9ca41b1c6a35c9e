"""Atom feeds (RFC 4287) of a selection, safe for whatever characters the texts hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpResponse, QueryDict

from cstokb.listing.ask import Ask
from cstokb.listing.columns import utc
from cstokb.listing.etag import public_revision
from cstokb.listing.listing import Line
from cstokb.listing.pagination import Slice
from cstokb.listing.selection import Selection

MEDIA_TYPE = "application/atom+xml"
#: Characters that XML 1.0 cannot hold, not even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """One entry of a feed."""

    id: str
    title: str
    updated: str
    url: str
    summary: str = ""


def text(value: str) -> str:
    """A text inside an element."""
    return escape(_NOT_IN_XML.sub("", value))


def attribute(value: str) -> str:
    """A text as an attribute, with its quotes."""
    return quoteattr(_NOT_IN_XML.sub("", value))


def feed(selection: Selection, part: Slice, lines: Sequence[Line]) -> HttpResponse:
    """A page of a selection as a feed."""
    entries = [entry_of(selection, line, str(settings.SITE_URL)) for line in lines]
    return document(selection.ask, str(selection.listing.title), entries, _ways(part))


def document(
    ask: Ask, title: str, entries: Sequence[Entry], ways: Sequence[tuple[str, QueryDict]] = ()
) -> HttpResponse:
    """Entries as a feed; its addresses name the configured domain, whatever host was asked."""
    site = str(settings.SITE_URL)
    links = [("self", f"{site}{ask.path}{_query(ask.params.urlencode())}")]
    links.append(("alternate", f"{site}{ask.path.removesuffix('.atom')}/{_query(ask.params.urlencode())}"))
    links += [(rel, f"{site}{ask.path}{_query(way.urlencode())}") for rel, way in ways]
    updated = utc(_updated(ask)) or ""
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={attribute(ask.language)}>',
        f"<id>{text(links[0][1])}</id>",
        f"<title>{text(f'{title} · {settings.SITE_NAME}')}</title>",
        f"<updated>{updated}</updated>",
        f"<author><name>{text(str(settings.SITE_NAME))}</name></author>",
        *(f"<link rel={attribute(rel)} href={attribute(url)}/>" for rel, url in links),
    ]
    body = "\n".join([*head, *map(_entry, entries), "</feed>", ""])
    return HttpResponse(body.encode(), content_type=f"{MEDIA_TYPE}; charset=utf-8")


def _updated(ask: Ask) -> datetime:
    """When the whole last changed; for an earlier moment no later than that moment."""
    at = public_revision(ask).at or ask.now
    return min(at, ask.scope.known_on or at)


def entry_of(selection: Selection, line: Line, site: str) -> Entry:
    """A row as an entry: its id is the address of its record, which never changes."""
    listing, ask = selection.listing, selection.ask
    record = f"{site}/api/v1/{listing.api}/{line.id}/"
    return Entry(
        id=record,
        title=line.label,
        updated=line.values["changed_at"] or utc(ask.now) or "",
        url=f"{site}{line.url}" if line.url else record,
        summary=str(listing.plain_card(line, ask)["summary"]),
    )


def _entry(entry: Entry) -> str:
    summary = f"<summary>{text(entry.summary)}</summary>" if entry.summary else ""
    return (
        f"<entry><id>{text(entry.id)}</id><title>{text(entry.title)}</title><updated>{entry.updated}</updated>"
        f'<link rel="alternate" href={attribute(entry.url)}/>{summary}</entry>'
    )


def _ways(part: Slice) -> list[tuple[str, QueryDict]]:
    ways = (("next", part.next), ("previous", part.previous))
    return [(rel, way) for rel, way in ways if way is not None]


def _query(encoded: str) -> str:
    return f"?{encoded}" if encoded else ""
