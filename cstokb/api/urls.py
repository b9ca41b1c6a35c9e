"""Addresses below ``/api/v1/``; the catalogue must be filled before this is read."""

from django.urls import path, re_path

import statements.formulas.views
import treaty.api
from cstokb.api import router, services
from cstokb.api.reference import ReferencePage, SchemaView

urlpatterns = [
    path("", services.IndexView.as_view(), name="api-index"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", ReferencePage.as_view(), name="api-docs"),
    re_path(r"^docs/(?P<name>[a-z-]+)/$", ReferencePage.as_view(), name="api-docs-part"),
    *(pattern for view in services.VIEWS for pattern in view.urls()),
    *treaty.api.StatusView.urls(),
    *(pattern for view in statements.formulas.views.VIEWS for pattern in view.urls()),
    *router.lists(),
]
