"""The signs of statuses, as the matrix and the page of parties show them."""

from __future__ import annotations

from treaty.choices import PartyStatus
from treaty.page_parts import Item
from treaty.status import Standing

#: The sign of the matrix for each status.
SIGNS = {
    PartyStatus.PARTY: "party",
    PartyStatus.CONTRACTING: "contracting",
    PartyStatus.PROVISIONAL: "provisional",
    PartyStatus.SIGNATORY: "signatory",
    PartyStatus.SUSPENDED: "suspended-party",
    PartyStatus.FORMER: "former",
    PartyStatus.NONE: "no-act",
    PartyStatus.UNKNOWN: "status-not-known",
}


def status_cell(one: Standing) -> Item:
    """A status as a sign with its word."""
    status = PartyStatus(one.status)
    return {"sign": SIGNS[status], "text": status.label}
