"""The product's addresses, and below /bare/ what they are measured beside; never served to anybody."""

from django.urls import URLPattern, URLResolver, path
from django.utils.module_loading import import_string

from cstokb.operations.benchmark.rivals import Contains, bare_list, bare_record

urlpatterns: list[URLPattern | URLResolver] = [
    path("bare/search/", Contains.as_view()),
    path("bare/statements/", bare_list),
    path("bare/statements/<slug:slug>/", bare_record),
    *import_string("cstokb.urls.urlpatterns"),
]
