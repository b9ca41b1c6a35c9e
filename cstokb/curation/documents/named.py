"""A record by its kind and public id, whatever its publication: curators see drafts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cstokb.records.publish import WriteRefused
from cstokb.records.registry import model_of


def named(kind: str, slug: str, *, missing_is_none: bool = False) -> Any:
    """The record with this id; None where the id is empty.

    Raises:
        WriteRefused: when there is none, unless ``missing_is_none``.
    """
    if not slug or "\x00" in slug:
        return None
    rows = model_of(kind)._base_manager.select_related("entry")
    record = rows.filter(entry__kind=kind, entry__slug=slug).first()
    if record is None and not missing_is_none:
        raise WriteRefused(_("There is no %(record)s.") % {"record": f"{kind} {slug}"})
    return record
