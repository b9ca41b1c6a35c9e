"""The whole knowledge base as one download: every public record, a JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Field, ForeignKey
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase, StreamingHttpResponse

from cstokb.dates import BoundField, HistoricDate
from cstokb.listing import registry
from cstokb.listing.api import refuse_unknown
from cstokb.listing.ask import Ask
from cstokb.listing.blocks import CHUNK, Block, Record
from cstokb.listing.clocks import Clocks
from cstokb.listing.columns import utc
from cstokb.listing.conditional import ConditionalView
from cstokb.listing.evidence import EXPANSIONS, expanded
from cstokb.listing.export import FORMATS, all_blocks, to_ndjson
from cstokb.listing.listing import Listing
from cstokb.listing.names import Names, names_of
from cstokb.listing.shape import Shape
from cstokb.records import models
from cstokb.records.registry import load_order, model_of

NDJSON = "ndjson"


class Everything(ConditionalView):
    """``/data/records.ndjson``: all records of all kinds, each with its kind, evidence, names and topics."""

    @classmethod
    def clocks(cls) -> Clocks:
        return Clocks(known_on=True)

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


def every_record(ask: Ask) -> Iterator[Block]:
    """Every public record with its kind first; what a record refers to stands before it.

    Records of a list are told as the list tells them, all others by their own columns.
    """
    plain = Ask(QueryDict(), ask.now, ask.language, ask.base, ask.path, scope=ask.scope)
    listings = {listing.kind: listing for listing in registry.listings()}
    for kind in load_order():
        rows = plain.scope.rows(model_of(kind))
        listing = listings.get(kind)
        if listing:
            yield from _listed(listing, plain)
            rows = rows.exclude(entry_id__in=listing.rows(plain).values("entry_id"))
        yield from _by_columns(kind, rows, plain)


def _listed(listing: Listing, ask: Ask) -> Iterator[Block]:
    selection = listing.select(ask)
    shape = Shape((*listing.keys, *EXPANSIONS), tuple(EXPANSIONS))
    for block in all_blocks(selection, shape):
        yield Block({"kind": [listing.kind] * len(block), **block.columns})


def _by_columns(kind: str, rows: Any, ask: Ask) -> Iterator[Block]:
    fields = [one for one in model_of(kind)._meta.concrete_fields if _is_told(one)]
    names = [one.attname for one in fields]
    found = rows.order_by("entry_id").values("entry_id", "entry__slug", "entry__changed_at", *names)
    for chunk in _chunks(found.iterator(chunk_size=CHUNK)):
        keys = (row[one.attname] for row in chunk for one in fields if isinstance(one, ForeignKey))
        named = names_of(keys, ask.scope)
        records = [_told(kind, row, fields, named) for row in chunk]
        more = expanded(tuple(EXPANSIONS), [row["entry_id"] for row in chunk], ask)
        yield Block({**Block.of(records).columns, **more})


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _is_told(field: Field[Any, Any]) -> bool:
    """Columns of the record itself: neither its key, nor the bounds of a date, nor who worked on it."""
    if isinstance(field, ForeignKey):
        return issubclass(field.related_model, models.Record)
    return not isinstance(field, BoundField)


def _told(kind: str, row: dict[str, Any], fields: Sequence[Field[Any, Any]], names: Names) -> Record:
    values = {one.name: _value(row[one.attname], one, names) for one in fields}
    return {
        "kind": kind,
        "id": row["entry__slug"],
        **values,
        "changed_at": utc(row["entry__changed_at"]),
    }


def _value(value: Any, field: Field[Any, Any], names: Names) -> Any:
    if isinstance(field, ForeignKey):
        named = names.get(value or 0)
        return named.id if named else None
    if isinstance(value, HistoricDate):
        return value.edtf
    return None if value == "" else value
