"""ApiView and ListingViewSet: what every endpoint of the API does alike, and a Listing as list and records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cstokb.listing import downloads, surfaces
from cstokb.listing.ask import Ask
from cstokb.listing.clocks import Clocks
from cstokb.listing.errors import BadQuestion, Fault, Moved, NothingHere
from cstokb.listing.etag import Validators, cache_control, not_modified
from cstokb.listing.export import exported
from cstokb.listing.listing import Listing
from cstokb.listing.pages import cut, envelope, export, of_filters
from cstokb.listing.pagination import Slice, Wish
from cstokb.listing.record_pages import explain_absence, find_row, of_record, unknown_parameter
from cstokb.listing.renderers import RENDERERS
from cstokb.listing.schema import ListingSchema
from cstokb.listing.selection import Selection
from cstokb.listing.serializers import make
from cstokb.listing.shape import Shape
from cstokb.listing.throttling import rate_headers

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Build = Callable[[Ask], HttpResponseBase]


class ApiView(APIView):
    """An endpoint: conditional answers, rate and cache headers. Subclasses call ``conditional`` in ``get``."""

    def conditional(self, request: Request, build: Build) -> HttpResponseBase:
        """304 for one query where the caller holds the answer, else what ``build`` makes."""
        ask = Ask.of(request._request)
        form = str(request.accepted_renderer.format)
        self.validators = Validators.of(request._request, ask, form)
        if self.validators.match(request._request):
            return not_modified(self.validators)
        response = downloads.once(request._request, ask, self.validators, lambda: build(ask))
        self.validators.stamp(response)
        if response.status_code == HTTPStatus.OK and self.validators.unchanged_since(request._request):
            response.close()
            return not_modified(self.validators)
        return response

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> Response:
        """Rate and cache headers on every answer, refusals too."""
        final = super().finalize_response(request, cast("Response", response), *args, **kwargs)
        for name, value in rate_headers(request).items():
            final[name] = value
        cache_control(request._request, final)
        return final


class ListingViewSet(ApiView, viewsets.GenericViewSet[Any]):
    """A Listing in the API: ``list`` and ``retrieve`` over the same rows, filters and columns as its page."""

    listing: ClassVar[Listing]
    #: What a single record is asked beside the parameters of every record: what each of them means.
    asked: ClassVar[Mapping[str, StrPromise | str]] = {}
    lookup_url_kwarg = "id"
    renderer_classes = list(RENDERERS)
    schema = ListingSchema()
    pagination_class = None
    filter_backends = ()

    @classmethod
    def clocks(cls, *actions: str) -> Clocks:
        """What the list, or a record of it, makes of ``on`` and ``known_on``."""
        return (
            of_record(cls.listing) if "retrieve" in actions else of_filters(cls.listing.filters.base_filters)
        )

    @classmethod
    def of(cls, listing: Listing) -> type[ListingViewSet]:
        """A viewset for a Listing that needs nothing of its own."""
        name = "".join(part.capitalize() for part in listing.kind.split("-"))
        return type(
            f"{name}ViewSet",
            (cls,),
            {"listing": listing, "__doc__": str(listing.description or listing.title)},
        )

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses below ``/api/v1/``: list and records, also with a format as suffix; ids may hold slashes."""
        api = cls.listing.api
        many = cast("Callable[..., HttpResponseBase]", cls.as_view({"get": "list"}))
        one = cast("Callable[..., HttpResponseBase]", cls.as_view({"get": "retrieve"}))
        suffix = r"\.(?P<format>[a-z0-9]+)$"
        return [
            re_path(rf"^{api}/$", many, name=f"api-{api}"),
            re_path(rf"^{api}{suffix}", many, name=f"api-{api}-as"),
            re_path(rf"^{api}/(?P<id>.+?)/$", one, name=f"api-{api}-record"),
            re_path(rf"^{api}/(?P<id>[^.]+){suffix}", one, name=f"api-{api}-record-as"),
        ]

    def get_serializer_class(self) -> type[serializers.Serializer[Any]]:
        """The description of the rows."""
        return make(self.listing, details=self.action == "retrieve")

    # -- list ------------------------------------------------------------------------------------------------------

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The rows that the filters ask for."""
        return self.conditional(request, lambda ask: self._list(request, ask))

    def _list(self, request: Request, ask: Ask) -> HttpResponseBase:
        selection = self.listing.select(ask, surfaces.API)
        wish = Wish.read(ask.params)
        form = str(request.accepted_renderer.format)
        if form != "json":
            return export(selection, wish, form)
        shape = Shape.read(ask.params, self.listing)
        count = selection.count(exact=wants_exact_count(ask))
        part = cut(selection, wish, count)
        results = shape.describe(self.listing, part.rows, ask)
        return Response(self._envelope(selection, part, results), headers=links(ask, part))

    def _envelope(
        self, selection: Selection, part: Slice, results: Sequence[dict[str, Any]]
    ) -> dict[str, Any]:
        ask = selection.ask
        ways = {rel: _address(ask, way) for rel, way in (("next", part.next), ("previous", part.previous))}
        return {**envelope(selection, part.count), **ways, "results": results}

    # -- record ----------------------------------------------------------------------------------------------------

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One record by its id."""
        return self.conditional(request, lambda ask: self._retrieve(request, ask, str(kwargs["id"])))

    def _retrieve(self, request: Request, ask: Ask, public_id: str) -> HttpResponseBase:
        known = surfaces.api_record(tells_day=self.listing.tells_day)
        refuse_unknown(ask, (*known, *self.asked))
        ask.require_days()
        shape = Shape.read(ask.params, self.listing, details=True)
        row = self.find(ask, public_id)
        record = shape.describe(self.listing, [row], ask)[0]
        form = str(request.accepted_renderer.format)
        if form == "json":
            return Response(record)
        selection = self.listing.examine(ask, (*surfaces.api_record(tells_day=True), *self.asked))
        return exported(selection, form, shape, iter([record]), {})

    def find(self, ask: Ask, public_id: str) -> dict[str, Any]:
        """The row of a record. Raises Moved, Withdrawn or NothingHere."""
        try:
            return find_row(self.listing, public_id, ask)
        except NothingHere:
            reason = explain_absence(self.listing, public_id, "", ask)
        if isinstance(reason, Moved) and reason.entry is not None:
            raise Moved(ask.absolute(f"/api/v1/{self.listing.api}/{reason.entry.slug}/"), reason.entry)
        raise reason


def wants_exact_count(ask: Ask) -> bool:
    """Read ``count``. Raises BadQuestion for anything but "exact"."""
    given = [value for value in ask.params.getlist("count") if value.strip()]
    if given and given != ["exact"]:
        raise BadQuestion(
            faults=[
                Fault(
                    "count",
                    ", ".join(given)[:200],
                    "unknown_word",
                    _("Write count=exact."),
                    ["exact"],
                    "exact",
                )
            ]
        )
    return bool(given)


def refuse_unknown(ask: Ask, known: Sequence[str]) -> None:
    """Refuse parameters that an endpoint does not know. Raises BadQuestion."""
    unknown = [name for name in ask.params if name not in known]
    if unknown:
        raise BadQuestion(faults=[unknown_parameter(name, ask, known) for name in unknown])


def links(ask: Ask, part: Slice) -> dict[str, str]:
    """The Link header of a page of a list (RFC 8288)."""
    ways = (("next", part.next), ("prev", part.previous))
    said = [f'<{_address(ask, way)}>; rel="{rel}"' for rel, way in ways if way is not None]
    return {"Link": ", ".join(said)} if said else {}


def _address(ask: Ask, way: Any) -> str | None:
    return ask.absolute(f"{ask.path}?{way.urlencode()}") if way is not None else None
