"""Every address: one include for each app. Pages exist in English at ``/`` and in Russian at ``/ru/``."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from cstokb import catalogue
from cstokb.accounts.entrance import guard
from cstokb.corpus.api import VIEWS as CORPUS
from cstokb.pages.health import healthz, readyz
from cstokb.pages.urls import files
from cstokb.search.api import VIEWS as SEARCH

catalogue.fill()
admin.autodiscover()
guard(admin.site)

handler400 = "cstokb.pages.errors.bad_request"
handler403 = "cstokb.pages.errors.forbidden"
handler404 = "cstokb.pages.errors.not_found"
handler500 = "cstokb.pages.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    *files,
    path(
        "api/v1/",
        include(
            [
                *(pattern for view in (*SEARCH, *CORPUS) for pattern in view.urls()),
                path("", include("cstokb.api.urls")),
            ]
        ),
    ),
    *i18n_patterns(
        path("accounts/", include("cstokb.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("admin/", include("cstokb.curation.urls")),
        path("admin/", admin.site.urls),
        path("", include("cstokb.search.urls")),
        path("", include("cstokb.corpus.urls")),
        path("", include("members.urls")),
        path("", include("treaty.urls")),
        path("", include("summits.urls")),
        path("", include("statements.urls")),
        path("", include("cstokb.pages.urls")),
        prefix_default_language=False,
    ),
]
