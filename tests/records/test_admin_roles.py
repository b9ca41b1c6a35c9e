"""Who may open which page of the admin, and who may do what there."""

import pytest
from django.test import Client

from cstokb.records.models import Entry
from cstokb.records.revisions import propose
from members.models import Person
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, draft, source, state

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "disabled", "editor", "reviewer", "publisher", "administrator")
OPEN, CLOSED = (302, 302, 200, 200, 200, 200), (302, 302, 403, 403, 403, 200)
PUBLISHERS = (302, 302, 403, 403, 200, 200)

#: For each address, the status of GET for each role; 302 leads to the sign-in.
MATRIX = {
    "/admin/": OPEN,
    "/admin/members/": OPEN,
    "/admin/members/state/": OPEN,
    "/admin/members/state/add/": OPEN,
    "/admin/members/state/{state}/change/": OPEN,
    "/admin/members/state/{state}/history/": OPEN,
    "/admin/members/state/{state}/history/{event}/restore/": OPEN,
    "/admin/members/state/{state}/preview/": OPEN,
    "/ru/admin/members/state/{state}/preview/": OPEN,
    "/admin/members/state/{state}/delete/": PUBLISHERS,
    "/admin/members/state/{state}/withdraw/": PUBLISHERS,
    "/admin/members/state/{state}/merge/": OPEN,
    "/admin/members/state/similar/": OPEN,
    "/admin/records/merge/": OPEN,
    "/admin/desk/contradictions/": OPEN,
    "/admin/records/entry/": OPEN,
    "/admin/records/evidence/": OPEN,
    "/admin/records/nameform/": OPEN,
    "/admin/records/changeevent/": OPEN,
    "/admin/records/address/": OPEN,
    "/admin/records/dataload/": OPEN,
    "/admin/records/revision/": OPEN,
    "/admin/records/revision/{revision}/change/": OPEN,
    "/admin/records/revision/{revision}/preview/": OPEN,
    "/admin/records/entry/add/": (302, 302, 403, 403, 403, 403),
    "/admin/records/evidence/add/": (302, 302, 403, 403, 403, 403),
    "/admin/records/revision/add/": (302, 302, 403, 403, 403, 403),
    "/admin/records/changeevent/{event}/delete/": (302, 302, 403, 403, 403, 403),
    "/admin/autocomplete/?app_label=members&model_name=term&field_name=person": OPEN,
    "/admin/accounts/user/": CLOSED,
    "/admin/accounts/user/add/": CLOSED,
    "/admin/accounts/apitoken/": CLOSED,
}


def visitor(role: str) -> Client:
    if role == "anonymous":
        return Client()
    user = curator("publisher" if role == "disabled" else role)
    client = signed_in(user)
    if role == "disabled":
        user.is_active = False
        user.save()
    return client


@pytest.mark.parametrize(("number", "role"), list(enumerate(ROLES)))
def test_every_address_answers_each_role_as_the_matrix_says(number: int, role: str) -> None:
    kaz = state("kaz", "Kazakhstan")
    revision = propose(kaz.entry, {"capital_en": "Astana"}, at=WRITTEN, by=None, reason="")
    event = kaz.entry.events.get()
    assert revision is not None
    names = {"state": kaz.pk, "revision": revision.pk, "event": event.pk}
    client = visitor(role)
    found = {path: client.get(path.format(**names)).status_code for path in MATRIX}
    assert found == {path: statuses[number] for path, statuses in MATRIX.items()}


@pytest.mark.parametrize(
    ("role", "applied", "withdrawn", "deleted"),
    [
        ("anonymous", False, False, False),
        ("disabled", False, False, False),
        ("editor", False, False, False),
        ("reviewer", True, False, False),
        ("publisher", True, True, True),
        ("administrator", True, True, True),
    ],
)
def test_what_each_role_can_do(role: str, applied: bool, withdrawn: bool, deleted: bool) -> None:
    kaz, kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
    hidden = draft(Person(name_en="Somebody"), "somebody")
    revision = propose(kaz.entry, {"capital_en": "Astana"}, at=WRITTEN, by=None, reason="")
    assert revision is not None
    client = visitor(role)
    client.post(f"/admin/records/revision/{revision.pk}/change/", {"apply": "1", "seen": "1"})
    client.post(f"/admin/members/state/{kgz.pk}/withdraw/", {"why": "Entered twice.", "base_version": "1"})
    client.post(f"/admin/members/person/{hidden.pk}/delete/", {"base_version": "1"})
    assert (Entry.objects.get(pk=kaz.pk).version == 2) == applied
    assert (Entry.objects.get(pk=kgz.pk).publication == "withdrawn") == withdrawn
    assert Entry.objects.filter(pk=hidden.pk).exists() != deleted


def test_what_the_writer_keeps_is_changed_by_nobody() -> None:
    client = signed_in(curator("administrator"))
    entry = source().entry
    response = client.post(f"/admin/records/entry/{entry.pk}/change/", {"slug": "another"})
    assert response.status_code == 403
    assert Entry.objects.get(pk=entry.pk).slug == "00testsrc0"
