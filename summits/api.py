"""Sessions, attendance, chairmanships, invocations and activities in the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path

from cstokb.listing.api import ListingViewSet
from summits import listings


class SessionViewSet(ListingViewSet):
    """Meetings of organs; planned and cancelled ones are listed and say so."""

    listing = listings.SESSIONS


class SummitViewSet(SessionViewSet):
    """Sessions under their other name: the same rows, whose own addresses are those of sessions."""

    schema = None  # type: ignore[assignment]  # the description names each address once

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses of sessions with the word summits."""
        many = cast("Callable[..., HttpResponseBase]", cls.as_view({"get": "list"}))
        one = cast("Callable[..., HttpResponseBase]", cls.as_view({"get": "retrieve"}))
        return [
            re_path(r"^summits/$", many, name="api-summits"),
            re_path(r"^summits\.(?P<format>[a-z0-9]+)$", many, name="api-summits-as"),
            re_path(r"^summits/(?P<id>[^/.]+)/$", one, name="api-summits-record"),
            re_path(r"^summits/(?P<id>[^/.]+)\.(?P<format>[a-z0-9]+)$", one, name="api-summits-record-as"),
        ]


class AttendanceViewSet(ListingViewSet):
    """Who sat for a state or an organ in a session, in what capacity and how."""

    listing = listings.ATTENDANCES


class ChairmanshipViewSet(ListingViewSet):
    """Which state held the chair of the Council, and for which days."""

    listing = listings.CHAIRMANSHIPS


class ChairExceptionViewSet(ListingViewSet):
    """Sessions from which on the chair was with another state than the Charter's rule gives it to."""

    listing = listings.CHAIR_EXCEPTIONS


class InvocationViewSet(ListingViewSet):
    """Every time a provision was invoked or asked for, what was decided and what came of it."""

    listing = listings.INVOCATIONS


class ActivityViewSet(ListingViewSet):
    """Operations and exercises."""

    listing = listings.ACTIVITIES


VIEWSETS = (
    SessionViewSet,
    SummitViewSet,
    AttendanceViewSet,
    ChairmanshipViewSet,
    ChairExceptionViewSet,
    InvocationViewSet,
    ActivityViewSet,
)
