"""The lists of the admin over the starter data."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.curators import curator, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_every_list_costs_the_same_for_2_rows_and_for_200(monkeypatch: pytest.MonkeyPatch) -> None:
    """B100."""
    client = signed_in(curator("administrator"))
    differing = {}
    for model, shown in admin.site._registry.items():
        path, costs = f"/admin/{model._meta.app_label}/{model._meta.model_name}/", []
        cost(client, path)  # the first one also meets what Django keeps afterwards
        for size in (2, 200):
            monkeypatch.setattr(shown, "list_per_page", size)
            costs.append(cost(client, path))
        if costs[0] != costs[1] or costs[0] > 12:
            differing[model._meta.label] = costs
    assert differing == {}
