"""The curators' site: its languages, its lists of accounts, and the rights of groups."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.test import Client

from cstokb.accounts.groups import grant
from cstokb.accounts.models import ApiToken
from cstokb.records.rights import RIGHTS, make_rights
from tests.factories.curators import curator, signed_in

pytestmark = pytest.mark.django_db


def test_the_site_speaks_both_languages() -> None:
    client = signed_in(curator("editor"))
    assert client.get("/admin/").status_code == client.get("/ru/admin/").status_code == 200


@pytest.mark.parametrize("path", ["/admin/accounts/apitoken/", "/admin/accounts/user/", "/admin/auth/group/"])
@pytest.mark.parametrize("value", ["9999", "0", "99999999999999999999", "%00", "abc"])
def test_no_query_string_breaks_a_list_of_accounts(path: str, value: str) -> None:
    user = curator("administrator")
    token = ApiToken(user=user, name="x")
    token.fill()
    token.save()
    client = signed_in(user)
    for name in ("created_at__year", "joined_at__year", "user", "groups__id__exact", "q", "p"):
        assert client.get(f"{path}?{name}={value}").status_code in {200, 302, 400}


class TestRights:
    def test_the_migrations_give_each_group_the_rights_of_its_verbs(self) -> None:
        own = {codename for names in RIGHTS.values() for codename in names}
        held = {
            group.name: {right.codename for right in group.permissions.all() if right.codename in own}
            for group in Group.objects.all()
        }
        assert held == {
            "editor": set(),
            "reviewer": {"review_revision"},
            "publisher": {"publish_entry", "withdraw_entry", "review_revision"},
            "administrator": {"publish_entry", "withdraw_entry", "review_revision"},
        }

    def test_making_them_again_changes_nothing(self) -> None:
        before = Permission.objects.count()
        make_rights(apps)
        grant(apps)
        assert Permission.objects.count() == before


@pytest.mark.parametrize("path", ["", "login/", "members/person/", "members/person/add/", "desk/drafts/"])
def test_every_page_names_the_icon_once_so_that_browsers_look_for_no_other(path: str) -> None:
    client = Client() if path == "login/" else signed_in(curator("editor"))
    page = client.get(f"/admin/{path}", follow=True).text
    assert re.findall(r'<link rel="icon" href="([^"]+)"', page) == ["/static/icon.svg"]
