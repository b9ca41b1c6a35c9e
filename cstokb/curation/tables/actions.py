"""Actions of the lists of records: the chosen ones as a table that comes back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext_lazy

from cstokb.curation.tables import export
from cstokb.curation.tables.layout import layout_of
from cstokb.records.admin.base import RecordAdmin

FORMS = {
    "xlsx": gettext_lazy("Download the chosen as a table to change and import (XLSX)"),
    "csv": gettext_lazy("Download the chosen as a table to change and import (CSV)"),
}


def offer_tables(shown: RecordAdmin) -> None:
    """Add the downloads to the list of a kind of record."""
    more: Any = [*(shown.actions or ()), *(_action(form) for form in FORMS)]
    shown.actions = more


def _action(form: str) -> Any:
    action: Any = partial(_chosen, form=form)
    action.__name__ = f"table_of_chosen_{form}"
    action.short_description = FORMS[form]
    action.allowed_permissions = ("change",)
    return action


def _chosen(
    shown: RecordAdmin, request: HttpRequest, rows: QuerySet[Any], *, form: str
) -> StreamingHttpResponse:
    layout = layout_of(shown.model.kind)
    slugs = list(rows.values_list("entry__slug", flat=True))
    return download(export.records(layout, slugs, form), layout.kind, form)


def download(parts: Any, name: str, form: str) -> StreamingHttpResponse:
    """A table as a file to keep."""
    response = StreamingHttpResponse(parts, content_type=export.MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
