"""ServiceView: an endpoint of the API that is no list of one kind, such as the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from cstokb.listing.api import ApiView, refuse_unknown
from cstokb.listing.ask import Ask
from cstokb.listing.clocks import Clocks, Day
from cstokb.listing.schema import Schema, ServiceSchema, format_parameter, query_parameter

WORD: Schema = {"type": "string"}
NULL_WORD: Schema = {"type": ["string", "null"]}


class ServiceView(ApiView):
    """An endpoint.

    A subclass names itself, describes the parameters it reads and what it answers (as JSON schemas), and answers.
    """

    name: ClassVar[str]
    described: ClassVar[Sequence[Schema]] = ()
    answer_schema: ClassVar[Schema]
    #: A question that shows what it answers, of an endpoint that refuses to be asked nothing.
    example: ClassVar[str] = ""
    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer,)
    schema = ServiceSchema()

    @classmethod
    def parameters(cls) -> list[Schema]:
        """Everything that the endpoint reads behind the question mark."""
        return [*cls.described, format_parameter([str(one.format) for one in cls.renderer_classes])]

    @classmethod
    def clocks(cls, *actions: str) -> Clocks:
        """What the endpoint makes of ``on`` and ``known_on``."""
        names = {parameter["name"] for parameter in cls.described}
        return Clocks(Day.SHOWS if "on" in names else Day.REFUSED, known_on="known_on" in names)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address below ``/api/v1/``, also with the format as suffix."""
        view = cast("Callable[..., HttpResponseBase]", cls.as_view())
        return [
            re_path(rf"^{cls.name}/$", view, name=f"api-{cls.name}"),
            re_path(rf"^{cls.name}\.(?P<format>[a-z0-9]+)$", view, name=f"api-{cls.name}-as"),
        ]

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """The answer, or 304."""
        return self.conditional(request, lambda ask: self._known(request, ask))

    def _known(self, request: Request, ask: Ask) -> HttpResponseBase:
        refuse_unknown(ask, [parameter["name"] for parameter in self.parameters()])
        return self.answer(request, ask)

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        """The answer itself; may raise Problem."""
        raise NotImplementedError


def of_objects(members: dict[str, Schema], *, required: bool = True) -> Schema:
    """The schema of an object with these members."""
    return {"type": "object", "properties": members, **({"required": list(members)} if required else {})}


def listed(items: Schema) -> Schema:
    """The schema of a list."""
    return {"type": "array", "items": items}


def paging(size: int, most: int) -> list[Schema]:
    """The parameters of pages by number."""
    return [
        query_parameter("page", {"type": "integer", "minimum": 1}, "A page by number, up to row 10,000."),
        query_parameter(
            "page_size",
            {"type": "integer", "minimum": 1, "maximum": most, "default": size},
            "Rows on a page.",
        ),
    ]
