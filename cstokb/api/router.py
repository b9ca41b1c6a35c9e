"""The API's addresses: a viewset for every Listing of the catalogue, and the services beside them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern

import members.api
import statements.api
import summits.api
import treaty.api
from cstokb.listing import registry
from cstokb.listing.api import ListingViewSet

APPS = (members.api, treaty.api, summits.api, statements.api)


def viewsets() -> list[type[ListingViewSet]]:
    """The app's own viewset of each Listing where it has one, else a plain one; in the order of the catalogue."""
    own = {viewset.listing.api: viewset for app in APPS for viewset in reversed(app.VIEWSETS)}
    return [own.get(one.api) or ListingViewSet.of(one) for one in registry.listings()]


def aliases() -> Iterator[type[ListingViewSet]]:
    """Viewsets under a second name, which the API's description leaves out."""
    first = {viewset.listing.api: viewset for app in APPS for viewset in reversed(app.VIEWSETS)}
    for app in APPS:
        yield from (viewset for viewset in app.VIEWSETS if first[viewset.listing.api] is not viewset)


def lists() -> list[URLPattern]:
    """The addresses of every list and its records."""
    return [pattern for viewset in (*viewsets(), *aliases()) for pattern in viewset.urls()]
