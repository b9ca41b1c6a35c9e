"""LabelFields: a migration's operation for fields that are called otherwise, where no table changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field


class LabelFields(Operation):
    """Gives fields the labels that lists and forms show, and those of their history; ``labels`` has them by model.

    Django's own AlterField lays every model out anew that a changed one refers to, once for each field, and takes
    minutes where all relations get their words.
    """

    reduces_to_sql = False

    def __init__(self, labels: Mapping[str, Mapping[str, str]]) -> None:
        self.labels = labels

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the fields as the following migrations know them."""
        for model, words in self.labels.items():
            for held in (model, f"historical{model}"):
                if (app_label, held) in state.models:
                    _label(state.models[app_label, held].fields, words)
        # What was worked out of the fields as they were is worked out again when it is next asked for.
        state._relations = None  # type: ignore[attr-defined]
        state.__dict__.pop("apps", None)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing: a label is in no table."""

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing, likewise."""

    def describe(self) -> str:
        """What is said while it runs."""
        return "Label fields"


def _label(fields: dict[str, Field[Any, Any]], words: Mapping[str, str]) -> None:
    for name, label in words.items():
        _name, _path, args, options = fields[name].deconstruct()
        fields[name] = type(fields[name])(*args, **{**options, "verbose_name": label})
