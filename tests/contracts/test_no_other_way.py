"""B096: rows are edited in their form alone; no list of the admin and no address of the API takes a change."""

import pytest
from django.contrib import admin
from django.test import Client

from cstokb import catalogue
from cstokb.accounts.models import ApiToken, Scope
from cstokb.listing import registry
from cstokb.records.models import ChangeEvent, Entry
from tests.factories.curators import curator, signed_in
from tests.factories.records import state

catalogue.fill()
pytestmark = [pytest.mark.contract, pytest.mark.django_db]


def test_no_list_of_the_admin_is_edited_in_place() -> None:
    assert [type(one).__name__ for one in admin.site._registry.values() if one.list_editable] == []


def test_a_list_that_is_sent_as_if_it_were_changes_nothing() -> None:
    kaz, client = state("kaz", "Kazakhstan"), signed_in(curator("administrator"))
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-entry": str(kaz.pk), "_save": "Save"}
    sent["form-0-name_en"] = "Elsewhere"
    client.post("/admin/members/state/", sent)
    entry = Entry.objects.get(pk=kaz.pk)
    assert (entry.label_en, entry.version) == ("Kazakhstan", 1)


def test_the_api_is_to_read_whatever_the_token_may_do() -> None:
    """No If-Match is asked for, since there is nothing to match: each method that writes is refused."""
    kaz = state("kaz", "Kazakhstan")
    token = ApiToken.objects.issue(curator("administrator"), "harvester", scopes=list(Scope.values))[1]
    client = Client(headers={"authorization": f"Bearer {token}", "if-match": "*"})
    events = ChangeEvent.objects.count()
    paths = [f"/api/v1/{one.api}/{end}" for one in registry.listings() for end in ("", "kaz/")]
    taken = {
        (path, method): answer.status_code
        for path in paths
        for method in ("POST", "PUT", "PATCH", "DELETE")
        if (answer := client.generic(method, path, data=b"{}", content_type="application/json")).status_code
        not in (403, 404, 405)
    }
    assert taken == {}
    assert set(client.options("/api/v1/states/kaz/")["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert (ChangeEvent.objects.count(), Entry.objects.get(pk=kaz.pk).version) == (events, 1)
