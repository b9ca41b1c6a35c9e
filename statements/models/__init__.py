"""Statements, their language versions, passages, and the states that stood behind them."""

from statements.models.formulas import Formula, FormulaKinship, FormulaShingle, Saying
from statements.models.joined import Joined
from statements.models.passages import Passage, PassageReference
from statements.models.statements import Statement, StatementText

__all__ = [
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
