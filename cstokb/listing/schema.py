"""The OpenAPI description of Listings: exactly the parameters that the code reads, and the answers it gives."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from cstokb.listing.ask import Ask
from cstokb.listing.errors import MEDIA_TYPE
from cstokb.listing.export import FORMATS
from cstokb.listing.filters import DayShown, KnownOn
from cstokb.listing.filterset import Question, StrictFilterSet
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

    def get_description(self) -> str:  # type: ignore[override]  # the stubs know DRF's own schema only
        """What the rows are, as the viewset says; its methods would all say the same."""
        said = about(self.view)
        return said if getattr(self.view, "action", "") == "list" else f"One record by its id. {said}"

    def get_operation(self, *args: Any, **kwargs: Any) -> Schema | None:
        """The operation with its parameters, formats and refusals."""
        operation: Schema | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        view: Any = self.view
        listing: Listing = view.listing
        is_list = view.action == "list"
        own = list_parameters(listing) if is_list else record_parameters(listing, view.asked)
        in_path = [one for one in operation.get("parameters", ()) if one["in"] == "path"]
        operation["parameters"] = [*in_path, *own]
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
            responses[status] = refusal(description)


class ServiceSchema(AutoSchema):
    """Describes a ServiceView, which says itself what it reads and what it answers."""

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any
    ) -> Schema | None:
        """The operation."""
        self.path, self.path_regex, self.path_prefix = path, path_regex, path_prefix
        self.method, self.registry = method.upper(), registry
        view: Any = self.view
        answer = {"description": "", "content": {"application/json": {"schema": view.answer_schema}}}
        responses = {"200": answer, "304": {"description": "The reader holds this answer."}}
        responses |= {status: refusal(REFUSALS[status]) for status in ("400", "401", "406", "429")}
        example = {"x-example": view.example} if view.example else {}
        return {
            "operationId": view.name,
            **example,
            "description": about(view),
            "parameters": view.parameters(),
            "tags": [view.name],
            "security": self.get_auth(),
            "responses": responses,
        }


def about(view: Any) -> str:
    """What a view says of itself."""
    return inspect.cleandoc(type(view).__doc__ or "")


def refusal(description: str) -> Schema:
    """An answer that is a problem document."""
    return {"description": description, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}


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
    return [*filter_parameters(filterset), *_paging(), *_shape(listing, details=False)]


def filter_parameters(filterset: StrictFilterSet) -> list[Schema]:
    """The parameters that a filter set reads."""
    return [_of_filter(name, one) for name, one in filterset.filters.items()]


def record_parameters(listing: Listing, asked: Mapping[str, Any]) -> list[Schema]:
    """The parameters of a single record; ``asked`` are its own, with what each means."""
    own = [query_parameter(name, {"type": "string"}, str(meaning)) for name, meaning in asked.items()]
    day = query_parameter("on", DayShown().schema(), DayShown().explain())
    moment = query_parameter("known_on", KnownOn().schema(), KnownOn().explain())
    return [*own, *([day] if listing.tells_day else []), moment, *_shape(listing, details=True)]


def _of_filter(name: str, one: Question) -> Schema:
    schema = one.schema()
    if one.once:
        return query_parameter(name, schema, one.explain())
    return query_parameter(name, {"type": "array", "items": schema}, one.explain()) | {
        "style": "form",
        "explode": True,
    }


def _paging() -> list[Schema]:
    size = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": PAGE_SIZE}
    return [
        query_parameter(
            "page",
            {"type": "integer", "minimum": 1},
            "A page by number, up to row 10,000; without it pages go by cursor.",
        ),
        query_parameter("page_size", size, "Rows on a page."),
        query_parameter("cursor", {"type": "string"}, "Where to go on, as next and previous have it."),
        query_parameter("count", {"type": "string", "enum": ["exact"]}, "Count beyond 100,000 rows too."),
    ]


def _shape(listing: Listing, *, details: bool) -> list[Schema]:
    keys = [*listing.keys_with(details=details), *listing.expansions]
    shape = [
        query_parameter(
            "fields", _words(keys), "Only these members, with commas between them; id always comes along."
        )
    ]
    if listing.expansions:
        shape.append(
            query_parameter("expand", _words(list(listing.expansions)), "What to add to each record.")
        )
    return [
        *(one | {"style": "form", "explode": False} for one in shape),
        format_parameter(tuple(FORMATS)),
    ]


def format_parameter(formats: Sequence[str]) -> Schema:
    """The format, for those who cannot write a suffix."""
    return query_parameter("format", {"type": "string", "enum": list(formats)}, "As the suffix.")


def _words(words: list[str]) -> Schema:
    return {"type": "array", "items": {"type": "string", "enum": words}}


def query_parameter(name: str, schema: Schema, description: str) -> Schema:
    """A parameter behind the question mark."""
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}
