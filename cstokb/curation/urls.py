"""Addresses of the curators' pages that are no record's: the importers."""

from django.contrib import admin
from django.urls import path

from cstokb.curation.documents import views as documents
from cstokb.curation.importing.views import import_treaty

app_name = "curation"
urlpatterns = [
    path("import/treaty/", admin.site.admin_view(import_treaty), name="import_treaty"),
    path("import/document/", admin.site.admin_view(documents.import_document), name="import_document"),
    path("import/document/<uuid:pk>/", admin.site.admin_view(documents.document), name="document"),
    path("import/files/<str:sha256>/", admin.site.admin_view(documents.stored_file), name="stored_file"),
]
