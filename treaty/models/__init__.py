"""Instruments, provisions, wordings, amendments, acts and the ties between them."""

from treaty.models.actions import TreatyAction
from treaty.models.amendments import Amendment
from treaty.models.instruments import Instrument, InstrumentRelation
from treaty.models.provisions import Provision, ProvisionNumber, ProvisionReference, ProvisionText

__all__ = [
    "Amendment",
    "Instrument",
    "InstrumentRelation",
    "Provision",
    "ProvisionNumber",
    "ProvisionReference",
    "ProvisionText",
    "TreatyAction",
]
