"""The finder behind the boxes for references: records by any spelling, with their id and publication."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied

from cstokb.records.admin.columns import described
from cstokb.records.models import Record


class RecordFinder(AutocompleteJsonView):
    """Answers with keys and labels; whatever the person may not see, or is no reference to records, is 403."""

    def process_request(self, request: Any) -> Any:
        """Refuse everything that is no reference from one model to records."""
        try:
            found = super().process_request(request)
        except AttributeError as error:  # a relation seen from its other end
            raise PermissionDenied from error
        if not issubclass(found[1].model, Record) or not hasattr(found[2], "attname"):
            raise PermissionDenied
        return found

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Label, id and publication."""
        return {"id": str(obj.pk), "text": described(obj.entry)}
