"""What a supervisor is told."""

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from cstokb.fulltext.models import IndexedRecord


def away(*args: object, **kwargs: object) -> None:
    raise OperationalError("no connection")


def test_the_process_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_every_part_is(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    assert set(response.json()["checks"].values()) == {"ok"}


@pytest.mark.django_db
def test_not_ready_while_migrations_wait(client: Client) -> None:
    (last,) = MigrationLoader(connection).graph.leaf_nodes("accounts")
    MigrationRecorder(connection).record_unapplied(*last)
    response = client.get("/readyz")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json()["checks"]["migrations"].endswith(" to apply")


@pytest.mark.django_db
def test_not_ready_while_the_index_holds_another_number_of_records(client: Client) -> None:
    IndexedRecord.objects.create(record_id=1, kind="state", title_words=1, sort_en="a", sort_ru="a")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["index"]) == (503, "1 of 0 records")


@pytest.mark.django_db
def test_not_ready_without_the_database_and_nothing_else_is_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "not ready", "checks": {"database": "away"}},
    )


@pytest.mark.django_db
def test_not_ready_without_the_cache(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "get", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["cache"] == "away"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_answered(path: str, client: Client) -> None:
    assert client.post(path).status_code == 405
