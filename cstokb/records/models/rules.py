"""Rules of one row that the database itself keeps, each with the sentence that a person is told who breaks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models


class Rule(models.CheckConstraint):
    """A check constraint with its sentence.

    Migrations know it as the plain check that it is for the database, so that better words need none.
    """

    def __init__(self, *, condition: Any, name: str, says: Any = "") -> None:
        self.says = says
        super().__init__(condition=condition, name=name, violation_error_message=says or None)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """The plain check."""
        return models.CheckConstraint(condition=self.condition, name=self.name).deconstruct()  # type: ignore[return-value]

    def clone(self) -> Rule:
        """The same rule with the same sentence: Django clones what a model declares."""
        return type(self)(condition=self.condition, name=self.name, says=self.says)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, models.CheckConstraint):
            return bool(self.name == other.name and self.condition == other.condition)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)


class Once(models.UniqueConstraint):
    """What may stand once, with its sentence; migrations know it as the plain constraint."""

    def __init__(self, *, fields: Sequence[str], name: str, says: Any) -> None:
        self.says = says
        super().__init__(fields=fields, name=name, violation_error_message=says)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """The plain constraint."""
        return models.UniqueConstraint(fields=self.fields, name=self.name).deconstruct()  # type: ignore[return-value]

    def clone(self) -> Once:
        """The same with the same sentence: Django clones what a model declares."""
        return type(self)(fields=self.fields, name=self.name, says=self.says)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, models.UniqueConstraint):
            return bool(self.name == other.name and self.fields == other.fields)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)


def sentence(error: IntegrityError, broken_in: Iterable[type[models.Model]]) -> str:
    """What to tell a person whose change a rule of some models refused; the database's words where none is known.

    PostgreSQL names the rule; SQLite names a check, and of what must be unique the columns.
    """
    said = str(error)
    for model in broken_in:
        for rule in model._meta.constraints:
            if rule.name in said.replace('"', " ").split():
                return _words(rule, model)
            if isinstance(rule, models.UniqueConstraint) and said.endswith(f": {_columns(rule, model)}"):
                return _words(rule, model)
    return said


def _columns(rule: models.UniqueConstraint, model: type[models.Model]) -> str:
    table = model._meta.db_table
    return ", ".join(f"{table}.{model._meta.get_field(name).column}" for name in rule.fields)  # type: ignore[union-attr]


def _words(rule: models.BaseConstraint, model: type[models.Model]) -> str:
    if isinstance(rule, models.UniqueConstraint) and rule.fields and not isinstance(rule, Once):
        told: ValidationError = model().unique_error_message(model, tuple(rule.fields))
        return " ".join(told.messages)
    return str(rule.get_violation_error_message())
