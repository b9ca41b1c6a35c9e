"""The members' addresses, and plain pages and API resources for every other Listing, for tests of the platform."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cstokb import catalogue
from cstokb.listing import registry
from cstokb.listing.api import ListingViewSet
from cstokb.listing.pages import ListingPage
from cstokb.urls import urlpatterns as site
from members import listings
from members.api import VIEWSETS

catalogue.fill()

OTHERS = [one for one in registry.listings() if one not in listings.LISTINGS]
PAGES: list[type[ListingPage]] = [
    type("Plain", (ListingPage,), {"listing": one}) for one in OTHERS if one.path
]
RESOURCES: list[Any] = [*VIEWSETS, *(ListingViewSet.of(one) for one in OTHERS)]

urlpatterns = [
    path("api/v1/", include([one for resource in RESOURCES for one in resource.urls()])),
    *i18n_patterns(
        path("", include("members.urls")),
        *(one for page in PAGES for one in page.urls()),
        prefix_default_language=False,
    ),
    *site,
]
handler404 = "cstokb.pages.errors.not_found"
