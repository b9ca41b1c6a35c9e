"""The addresses of the treaty app beside those of the site, for tests of the app alone."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cstokb.urls import urlpatterns as site
from treaty.api import ENDPOINTS, VIEWSETS

RESOURCES: tuple[Any, ...] = (*VIEWSETS, *ENDPOINTS)

urlpatterns = [
    path("api/v1/", include([one for resource in RESOURCES for one in resource.urls()])),
    *i18n_patterns(path("", include("treaty.urls")), prefix_default_language=False),
    *site,
]
handler404 = "cstokb.pages.errors.not_found"
