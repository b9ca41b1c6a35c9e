"""The finder behind the boxes for references: records by any spelling, with their id and publication."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey

from cstokb.records.admin.columns import described
from cstokb.records.models import Entry, Record


class RecordFinder(AutocompleteJsonView):
    """Answers with keys and labels. What the person may not see, and what is no reference, is 403 alike."""

    def process_request(self, request: Any) -> Any:
        """Refuse relations that are seen from their other end; Django takes them for references."""
        found = super().process_request(request)
        if not isinstance(found[2], ForeignKey):
            raise PermissionDenied
        return found

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Label, id and publication of a record, whatever its label is made of."""
        if not isinstance(obj, Record | Entry):
            return super().serialize_result(obj, to_field_name)
        return {"id": str(obj.pk), "text": described(obj.entry if isinstance(obj, Record) else obj)}
