"""The OpenAPI description of Listings: exactly the parameters that the code reads, and the answers it gives."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from cstokb.listing.ask import Ask
from cstokb.listing.errors import MEDIA_TYPE
from cstokb.listing.export import FORMATS
from cstokb.listing.filters import DayShown, KnownOn
from cstokb.listing.filterset import Question
from cstokb.listing.listing import Listing
from cstokb.listing.pagination import MOST_ROWS, PAGE_SIZE

Schema = dict[str, Any]

PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "value", "code", "detail", "allowed", "nearest"],
                "properties": {
                    "parameter": {"type": "string"},
                    "value": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "allowed": {"type": ["array", "null"], "items": {"type": "string"}},
                    "nearest": {"type": ["string", "null"]},
                },
            },
        },
    },
}
REFUSALS = {
    "400": "Something in the question cannot be read.",
    "401": "The token is not valid.",
    "404": "Nothing stands at this address.",
    "406": "None of the formats offered is acceptable.",
    "410": "The record has been withdrawn; its tombstone.",
    "429": "Too many requests; Retry-After says when to go on.",
}
UNKNOWN: Schema = {
    "type": "array",
    "description": "Rows of which it is not known whether they belong, and the facts that keep it from being known.",
    "items": {
        "type": "object",
        "required": ["id", "blocked_by"],
        "properties": {
            "id": {"type": "string"},
            "blocked_by": {"type": "array", "items": {"type": "string"}},
        },
    },
}


class ListingSchema(AutoSchema):
    """Describes a ListingViewSet."""

    def get_override_parameters(self) -> list[Any]:
        """The id in the address."""
        if "{id}" not in self.path:
            return []
        return [
            OpenApiParameter(
                "id", str, OpenApiParameter.PATH, description="The public id; it may hold slashes."
            )
        ]

    def get_operation(self, *args: Any, **kwargs: Any) -> Schema | None:
        """The operation with its parameters, formats and refusals."""
        operation: Schema | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        view: Any = self.view
        listing: Listing = view.listing
        is_list = view.action == "list"
        own = list_parameters(listing) if is_list else record_parameters(listing)
        operation["parameters"] = [*operation.get("parameters", ()), *own]
        self._answers(operation["responses"], is_list=is_list)
        return operation

    def _answers(self, responses: Schema, *, is_list: bool) -> None:
        content = responses["200"]["content"]
        record = content["application/json"]["schema"]
        content["application/json"]["schema"] = envelope(record) if is_list else record
        for media_type in content:
            if media_type != "application/json":
                content[media_type] = {"schema": {"type": "string"}}
        responses["304"] = {"description": "The reader holds this answer."}
        for status, description in REFUSALS.items():
            responses[status] = {"description": description, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}


def envelope(results: Schema) -> Schema:
    """The answer of a list."""
    return {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": {"type": ["integer", "null"]},
            "next": {"type": ["string", "null"], "format": "uri"},
            "previous": {"type": ["string", "null"], "format": "uri"},
            "results": results,
            "unknown": UNKNOWN,
            "notice": {"type": "string"},
        },
    }


def list_parameters(listing: Listing) -> list[Schema]:
    """Every parameter that the list reads: its filters, and those of the surface."""
    filterset = listing.filters(
        Ask.about(QueryDict(), now=timezone.now()), listing.model._base_manager.none()
    )
    own = [_of_filter(name, one) for name, one in filterset.filters.items()]
    return [*own, *_paging(), *_shape(listing, details=False)]


def record_parameters(listing: Listing) -> list[Schema]:
    """The parameters of a single record."""
    days = [
        _query("on", DayShown().schema(), DayShown().explain()),
        _query("known_on", KnownOn().schema(), KnownOn().explain()),
    ]
    return [*days, *_shape(listing, details=True)]


def _of_filter(name: str, one: Question) -> Schema:
    schema = one.schema()
    if one.once:
        return _query(name, schema, one.explain())
    return _query(name, {"type": "array", "items": schema}, one.explain()) | {
        "style": "form",
        "explode": True,
    }


def _paging() -> list[Schema]:
    size = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": PAGE_SIZE}
    return [
        _query(
            "page",
            {"type": "integer", "minimum": 1},
            "A page by number, up to row 10,000; without it pages go by cursor.",
        ),
        _query("page_size", size, "Rows on a page."),
        _query("cursor", {"type": "string"}, "Where to go on, as next and previous have it."),
        _query("count", {"type": "string", "enum": ["exact"]}, "Count beyond 100,000 rows too."),
    ]


def _shape(listing: Listing, *, details: bool) -> list[Schema]:
    keys = [*listing.keys_with(details=details), *listing.expansions]
    shape = [
        _query("fields", _words(keys), "Only these members, with commas between them; id always comes along.")
    ]
    if listing.expansions:
        shape.append(_query("expand", _words(list(listing.expansions)), "What to add to each record."))
    formats = {"type": "string", "enum": list(FORMATS)}
    return [
        *(one | {"style": "form", "explode": False} for one in shape),
        _query("format", formats, "As the suffix."),
    ]


def _words(words: list[str]) -> Schema:
    return {"type": "array", "items": {"type": "string", "enum": words}}


def _query(name: str, schema: Schema, description: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}
