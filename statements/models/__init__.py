"""Statements, their language versions, passages, what these cite, and the states that stood behind them."""

from statements.models.detected import DetectedCitation
from statements.models.formulas import Formula, FormulaKinship, FormulaShingle, Saying
from statements.models.joined import Joined
from statements.models.passages import Passage, PassageReference
from statements.models.statements import Statement, StatementText

__all__ = [
    "DetectedCitation",
    "Formula",
    "FormulaKinship",
    "FormulaShingle",
    "Joined",
    "Passage",
    "PassageReference",
    "Saying",
    "Statement",
    "StatementText",
]
