"""The whole knowledge base as one download: every public record, a JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase, StreamingHttpResponse

from cstokb.listing import registry
from cstokb.listing.api import refuse_unknown
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import EXPANSIONS
from cstokb.listing.export import CHUNK, FORMATS, Record, to_ndjson
from cstokb.listing.listing import Listing
from cstokb.listing.pages import ConditionalView
from cstokb.listing.shape import Shape

NDJSON = "ndjson"


class Everything(ConditionalView):
    """``/data/records.ndjson``: all records of all kinds, each with its kind, evidence, names and topics."""

    def get(self, request: HttpRequest, form: str = NDJSON, **kwargs: Any) -> HttpResponseBase:
        return super().get(request, form, **kwargs)

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        refuse_unknown(ask, ("known_on",))
        ask.require_days()
        response = StreamingHttpResponse(
            to_ndjson((), every_record(ask), {}), content_type=FORMATS[NDJSON][0]
        )
        response["Content-Disposition"] = 'attachment; filename="csto-knowledge-base.ndjson"'
        return response


def every_record(ask: Ask) -> Iterator[Record]:
    """Every public record with its kind first, list by list; evidence stands inside what it backs."""
    for listing in registry.listings():
        if listing.is_record:
            yield from _records(listing, _unasked(ask))


def _unasked(ask: Ask) -> Ask:
    """The question without any parameter but the moment, which it keeps."""
    return Ask(QueryDict(), ask.now, ask.language, ask.base, ask.path, scope=ask.scope)


def _records(listing: Listing, ask: Ask) -> Iterator[Record]:
    selection = listing.select(ask)
    keys = (*listing.keys_with(details=True), *EXPANSIONS)
    shape = Shape(keys, tuple(EXPANSIONS), details=True)
    rows = listing.fetch(selection.queryset, extra=[key.path for key in selection.order], details=True)
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        for record in shape.describe(listing, chunk, ask):
            yield {"kind": listing.kind, **record}
