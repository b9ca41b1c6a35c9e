"""The first page of the curators' site: what waits, and where."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.accounts.groups import grant
from cstokb.accounts.models import ApiToken
from cstokb.curation.site import waiting
from cstokb.records.models import Evidence, Revision
from cstokb.records.publish import Change, write
from cstokb.records.revisions import propose
from cstokb.records.rights import RIGHTS, make_rights
from members.models import Person
from tests.factories import treaties
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, draft, person, source, state

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [queue.count for queue in waiting(curator("editor"))]


def test_each_queue_counts_what_its_link_lists() -> None:
    kaz = state("kaz", "Kazakhstan", "Казахстан")
    readings = [
        Evidence(source=source()),
        Evidence(source=source(), field="capital_en", value="Almaty", stance="contradicts"),
        Evidence(source=source(), field="capital_en", value="Astana", stance="contradicts"),
    ]
    write([Change(kaz, "kaz", evidence=readings)], at=WRITTEN)
    draft(Person(name_en="Somebody", name_ru="Некто"), "somebody")
    person("one", "One"), person("other", "Other"), person("third", "Third")
    for capital, became in (
        ("Astana", ""),
        ("Almaty", "failed"),
        ("Verny", "scheduled"),
        ("Alma-Ata", "scheduled"),
    ):
        one = propose(kaz.entry, {"capital_en": capital}, at=WRITTEN, by=None, reason="")
        assert one is not None
        if became:
            Revision.objects.filter(pk=one.pk).update(state=became, publish_at=WRITTEN)
    regulation = treaties.instrument("regulation", title_ru="Положение", in_force_on="2001-01-02")
    other = treaties.instrument("other", title_ru="Другой", in_force_on="2001-01-01")
    treaties.clause(regulation, "entry-with-instrument", other=other)
    treaties.clause(other, "entry-with-instrument", other=regulation, publication="draft")
    client = signed_in(curator("reviewer"))
    queues = client.get("/admin/").context["waiting"]
    assert [queue.count for queue in queues] == [2, 1, 1, 2, 2, 1, 0, 3]
    for queue in queues:
        assert client.get(queue.url).context["cl"].result_count == queue.count
        assert f'href="{queue.url.replace("&", "&amp;")}"' in client.get("/admin/").text


@pytest.mark.parametrize(
    ("rank", "beside", "open_ones"),
    [("normal", None, 1), ("deprecated", None, 0), ("normal", "capital_en", 0), ("normal", "capital_ru", 1)],
)
def test_a_contradiction_is_weighed_by_its_rank_or_by_a_preferred_reading(
    rank: str, beside: str | None, open_ones: int
) -> None:
    kaz = state("kaz", "Kazakhstan", "Казахстан")
    rows = [
        Evidence(source=source()),
        Evidence(source=source(), field="capital_en", value="Almaty", stance="contradicts", rank=rank),
    ]
    if beside:
        rows.append(Evidence(source=source(), field=beside, value="Astana", rank="preferred"))
    write([Change(kaz, "kaz", evidence=rows)], at=WRITTEN)
    assert counts()[4] == open_ones


def test_the_queues_cost_one_query_each() -> None:
    user = curator("editor")
    user.get_all_permissions()
    with CaptureQueriesContext(connection) as asked:
        waiting(user)
    assert len(asked) == 6


def test_somebody_without_rights_is_told_nothing() -> None:
    user = curator("editor")
    user.groups.clear()
    assert waiting(type(user).objects.get(pk=user.pk)) == []


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
