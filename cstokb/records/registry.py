"""Which models are records, by the kind under which their entries stand, and who hangs on whom."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from cstokb.records.models import Record


@cache
def record_models() -> dict[str, type[Record]]:
    """Every concrete record model by kind."""
    models = (model for model in apps.get_models() if issubclass(model, Record))
    return {model.kind: model for model in models}


def model_of(kind: str) -> type[Record]:
    """The model of a kind.

    Raises:
        LookupError: when no model has the kind.
    """
    try:
        return record_models()[kind]
    except KeyError:
        raise LookupError(f"no record is of the kind {kind!r}") from None


@cache
def children_of(kind: str) -> tuple[tuple[type[Record], str], ...]:
    """Models that are published through records of a kind, with the field that names the parent."""
    parent = model_of(kind)
    return tuple(
        (model, name)
        for model in record_models().values()
        for name in model.published_through
        if model._meta.get_field(name).related_model is parent
    )


@cache
def referring_to(kind: str) -> tuple[tuple[type[Record], str], ...]:
    """Models that refer to records of a kind, with the field that does: their labels may name such a record."""
    return tuple(
        (model, field.name)
        for model in record_models().values()
        for field in model._meta.concrete_fields
        if not field.primary_key and field.related_model is model_of(kind)
    )


@cache
def load_order() -> tuple[str, ...]:
    """Kinds ordered so that a record's references stand before it; a kind that refers to itself counts once."""
    models = record_models()
    done: dict[str, None] = {}

    def visit(model: type[Record]) -> None:
        if model.kind in done:
            return
        done[model.kind] = None
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, Record) and target is not model:
                visit(target)
        done[model.kind] = done.pop(model.kind)  # its references went in before it

    for model in models.values():
        visit(model)
    return tuple(done)
