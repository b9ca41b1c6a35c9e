"""Lists as references in RIS, which programs for references read: one record for each row, in the order of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.citation import FORMATS as CITATIONS
from cstokb.listing.citation import Cited, ris
from cstokb.listing.citing import authors, kinds
from cstokb.listing.listing import Listing

RIS = "ris"
LABEL = CITATIONS[RIS][2]


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
            kind=kinds(listing, record),
            authors=authors(record),
            issued=HistoricDate.parse(dated) if dated else None,
            url=record["html_url"] or record["url"],
            url_ru=record["html_url"] or record["url"],
            seen=ask.today,
        )
