"""Instruments, provisions, wordings, amendments, acts and the ties between them."""

from treaty.models.actions import ActionProvision, TreatyAction
from treaty.models.amendments import Amendment
from treaty.models.clauses import FinalClause
from treaty.models.detected import DetectedReference
from treaty.models.instruments import Instrument, InstrumentRelation
from treaty.models.provisions import Provision, ProvisionNumber, ProvisionReference, ProvisionText

__all__ = [
    "ActionProvision",
    "Amendment",
    "DetectedReference",
    "FinalClause",
    "Instrument",
    "InstrumentRelation",
    "Provision",
    "ProvisionNumber",
    "ProvisionReference",
    "ProvisionText",
    "TreatyAction",
]
