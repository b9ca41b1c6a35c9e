"""Lists as references in RIS, which programs for references read: one record for each row, in the order of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.text import capfirst
from django.utils.translation import override

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.citation import FORMATS as CITATIONS
from cstokb.listing.citation import Cited, ris
from cstokb.listing.columns import Choice
from cstokb.listing.listing import Listing

RIS = "ris"
LABEL = CITATIONS[RIS][2]
#: Columns that say who stands over a text; the first that is filled counts, and only the first is a person.
AUTHORS = ("speaker_name", "issuer", "organ_name")


def response(cited: Iterable[Cited], name: str) -> StreamingHttpResponse:
    """References as a file, written one by one."""
    media_type = CITATIONS[RIS][1]
    made = StreamingHttpResponse((ris(one).encode() for one in cited), content_type=media_type)
    made["Content-Disposition"] = f'attachment; filename="{name}.{RIS}"'
    return made


def of_records(listing: Listing, records: Iterable[Mapping[str, Any]], ask: Ask) -> Iterator[Cited]:
    """The records of a list as what is cited."""
    english, russian = listing.heading or ("", "")
    for record in records:
        dated = record.get(listing.dated)
        yield Cited(
            key=str(record["id"]),
            title={"en": record.get(english) or str(record["id"]), "ru": record.get(russian) or ""},
            kind={language: _kind(listing, record, language) for language in ("en", "ru")},
            authors=_authors(record),
            issued=HistoricDate.parse(dated) if dated else None,
            url=record["html_url"] or record["url"],
            url_ru=record["html_url"] or record["url"],
            seen=ask.today,
        )


def _authors(record: Mapping[str, Any]) -> tuple[tuple[str, str, bool], ...]:
    for name in AUTHORS:
        if record.get(f"{name}_en"):
            return ((record[f"{name}_en"], record.get(f"{name}_ru") or "", name == AUTHORS[0]),)
    return ()


def _kind(listing: Listing, record: Mapping[str, Any], language: str) -> str:
    """The kind of record and its finer kind, in words."""
    with override(language):
        kind = capfirst(str(listing.model._meta.verbose_name))
        for column in listing.columns:
            if column.name == "type" and isinstance(column, Choice):
                return f"{kind}: {column.label_of(record.get('type'))}"
    return kind
