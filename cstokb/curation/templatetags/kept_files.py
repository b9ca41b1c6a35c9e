"""The kept file of a source, for the curators' page of it."""

from typing import Any

from django import template

from cstokb.curation.documents.confirm import RIGHTS
from cstokb.curation.models import StoredFile
from cstokb.records.models import Source

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_file(context: dict[str, Any], record: Any) -> StoredFile | None:
    """The file that a source was made from, where it is kept and the person may save it."""
    if not isinstance(record, Source) or not record.checksum or not context["request"].user.has_perms(RIGHTS):
        return None
    found: StoredFile | None = StoredFile.objects.defer("content").filter(sha256=record.checksum).first()
    return found
