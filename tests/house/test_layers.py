"""Layers: what the import rules say of modules holds for the tables too."""

from dataclasses import dataclass

import pytest
from django.apps import apps

# The same order as the contract in pyproject.toml, lowest first; on one line stand layers that know nothing of
# each other.
LAYERS = (
    {"accounts", "auth", "contenttypes"},
    {"fulltext"},
    {"records"},
    {"members"},
    {"treaty"},
    {"summits"},
    {"statements"},
)
HEIGHT = {label: height for height, labels in enumerate(LAYERS) for label in labels}


@dataclass(frozen=True)
class Relation:
    """A foreign key, one-to-one or many-to-many field of a model of ours, those of its history included."""

    name: str
    from_app: str
    to_app: str


def relations() -> list[Relation]:
    """Every one of them."""
    return [
        Relation(str(field), model._meta.app_label, field.related_model._meta.app_label)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in HEIGHT
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.related_model is not None
    ]


def test_no_relation_points_upward() -> None:
    upward = [
        relation for relation in relations() if HEIGHT.get(relation.to_app, -1) > HEIGHT[relation.from_app]
    ]
    assert upward == []


def test_relations_point_only_to_our_tables_and_to_accounts() -> None:
    """A session, a log entry or a mail address is nothing that knowledge may hang on."""
    assert {relation.to_app for relation in relations()} <= set(HEIGHT)


def test_the_walk_sees_what_it_is_for() -> None:
    seen = {(relation.from_app, relation.to_app) for relation in relations()}
    assert {("members", "records"), ("statements", "members"), ("accounts", "auth")} <= seen


@pytest.mark.parametrize("label", [label for labels in LAYERS[2:] for label in labels])
def test_the_domain_has_no_many_to_many_fields(label: str) -> None:
    """Each link is a row with its own evidence and history."""
    fields = [
        str(field)
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_many_to_many
    ]
    assert fields == []
