"""What each group of curators may do."""

from collections import defaultdict

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from cstokb.accounts.groups import DOMAIN, GROUPS, STAFF, grant

pytestmark = pytest.mark.django_db


def verbs_of(group: str, labels: tuple[str, ...]) -> set[str]:
    rights = Permission.objects.filter(group__name=group, content_type__app_label__in=labels)
    return {right.codename.partition("_")[0] for right in rights.exclude(codename__contains="historical")}


@pytest.fixture(autouse=True)
def granted() -> None:
    grant(apps)


def test_the_migrations_make_the_four_groups() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)


def test_editors_add_and_change_and_only_publishers_delete() -> None:
    editor, reviewer, publisher = (verbs_of(name, DOMAIN) for name in ("editor", "reviewer", "publisher"))
    assert {"view", "add", "change"} <= editor <= reviewer <= publisher
    assert "delete" not in editor | reviewer
    assert "delete" in publisher


def test_every_domain_model_is_covered_for_every_group() -> None:
    may_view = defaultdict(set)
    for group in GROUPS:
        for right in Permission.objects.filter(group__name=group, codename__startswith="view_"):
            may_view[group].add(right.content_type_id)
    models = {
        right.content_type_id
        for right in Permission.objects.filter(
            content_type__app_label__in=DOMAIN, codename__startswith="view_"
        )
    }
    assert models
    assert [models - may_view[group] for group in GROUPS] == [set()] * 4


def test_only_administrators_touch_accounts() -> None:
    assert [bool(verbs_of(name, STAFF)) for name in GROUPS] == [False, False, False, True]


def test_history_is_read_and_never_written() -> None:
    rights = Permission.objects.filter(group__name__in=GROUPS, content_type__model__startswith="historical")
    assert {right.codename.partition("_")[0] for right in rights} <= {"view"}


def test_granting_again_changes_nothing_and_takes_back_what_was_added_by_hand() -> None:
    editor = Group.objects.get(name="editor")
    before = set(editor.permissions.all())
    editor.permissions.add(Permission.objects.get(codename="delete_user"))
    grant(apps)
    assert set(editor.permissions.all()) == before
