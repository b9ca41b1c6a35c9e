"""Addresses of the curators' pages that are no record's: the importers and long work."""

from django.contrib import admin
from django.urls import path, re_path

from cstokb.curation.desk import views as desk
from cstokb.curation.documents import views as documents
from cstokb.curation.importing.views import import_treaty
from cstokb.curation.tables import views as tables
from cstokb.curation.tasks import views as tasks

app_name = "curation"
urlpatterns = [
    path("desk/<slug:word>/", admin.site.admin_view(desk.shelf), name="desk"),
    path("import/treaty/", admin.site.admin_view(import_treaty), name="import_treaty"),
    path("import/document/", admin.site.admin_view(documents.import_document), name="import_document"),
    path("import/document/<uuid:pk>/", admin.site.admin_view(documents.document), name="document"),
    path("import/files/<str:sha256>/", admin.site.admin_view(documents.stored_file), name="stored_file"),
    path("work/", admin.site.admin_view(tasks.task_list), name="tasks"),
    path("work/<int:pk>/", admin.site.admin_view(tasks.task), name="task"),
    path("import/table/", admin.site.admin_view(tables.import_table), name="import_table"),
    path("import/table/batches/", admin.site.admin_view(tables.table_batches), name="table_batches"),
    path("import/table/<uuid:pk>/", admin.site.admin_view(tables.table), name="table"),
    re_path(
        r"^import/table/(?P<kind>[a-z-]+)/template\.(?P<form>csv|xlsx)$",
        admin.site.admin_view(tables.table_template),
        name="table_template",
    ),
    re_path(
        r"^import/table/(?P<kind>[a-z-]+)/records\.(?P<form>csv|xlsx)$",
        admin.site.admin_view(tables.table_records),
        name="table_records",
    ),
]
