"""What a record still lacks before readers can see it; said before somebody tries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstokb.records.choices import Visibility
from cstokb.records.models import Record
from cstokb.records.publish import backed_ids


def lacks(record: Record, proposed: dict[str, Any] | None = None) -> list[str]:
    """A sentence for each thing that keeps a record from being published or seen; none for one that is ready.

    Args:
        record: as it stands, or as a proposal would make it.
        proposed: the payload of that proposal, which may bring sources or take the last one away.
    """
    said = []
    sources = (proposed or {}).get("evidence")
    if record.needs_evidence and not (backed_ids([record]) if sources is None else sources or _lent(record)):
        said.append(_("A source is missing: without evidence it cannot be published."))
    return said + _hidden_by(record)


def _lent(record: Record) -> bool:
    """Whether the evidence of a parent backs it, whatever becomes of its own."""
    parent = getattr(record, record.evidence_of) if record.evidence_of else None
    return parent is not None and bool(backed_ids([parent]))


def _hidden_by(record: Record) -> list[str]:
    said = []
    for name in record.published_through:
        parent: Record | None = getattr(record, name)
        if parent is not None and not parent.entry.is_public:
            withheld = parent.entry.visibility == Visibility.WITHHELD
            sentence = (
                _("Readers will not see it as long as %(parent)s is withdrawn.")
                if withheld
                else _("Readers will not see it before %(parent)s is published.")
            )
            said.append(sentence % {"parent": parent.entry.label(get_language() or "en")})
    return said
