"""Layers: what the import rules say of modules holds for the tables too."""

import pytest
from django.apps import apps
from django.db.models import Field

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


def relations() -> list[Field]:
    """Every foreign key, one-to-one and many-to-many field of our models, those of their history included."""
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in HEIGHT
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.related_model is not None
    ]


def test_no_relation_points_upward() -> None:
    upward = [
        str(field)
        for field in relations()
        if HEIGHT.get(field.related_model._meta.app_label, -1) > HEIGHT[field.model._meta.app_label]
    ]
    assert upward == []


def test_relations_point_only_to_our_tables_and_to_accounts() -> None:
    """A session, a log entry or a mail address is nothing that knowledge may hang on."""
    labels = {field.related_model._meta.app_label for field in relations()}
    assert labels <= set(HEIGHT)


def test_the_walk_sees_what_it_is_for() -> None:
    seen = {(field.model._meta.app_label, field.related_model._meta.app_label) for field in relations()}
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
