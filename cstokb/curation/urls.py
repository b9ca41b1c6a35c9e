"""Addresses of the curators' pages that are no record's: the importers."""

from django.contrib import admin
from django.urls import path

from cstokb.curation.importing.views import import_treaty

app_name = "curation"
urlpatterns = [path("import/treaty/", admin.site.admin_view(import_treaty), name="import_treaty")]
