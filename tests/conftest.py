"""What every test may ask for, and what no test may do."""

import gc
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from ipaddress import ip_address
from random import Random
from typing import Any

import pytest
import pytest_django
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import timezone, translation

from cstokb.accounts.groups import grant
from cstokb.fulltext import engine
from tests import databases
from tests.order import longest_first

MOMENT = datetime(2026, 3, 5, 10, 30, tzinfo=UTC)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, pass over the tests that open no database: they have run in the lane of SQLite."""
    if connection.vendor != "postgresql":
        return
    over = [item for item in items if not _opens_a_database(item)]
    config.hook.pytest_deselected(items=over)
    items[:] = [item for item in items if _opens_a_database(item)]


@pytest.hookimpl(specname="pytest_collection_modifyitems", trylast=True)
def share_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where processes share the tests, they take what is left in the end in small parts."""
    if hasattr(config, "workerinput"):
        items[:] = longest_first(items)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage seldom, and never among the tests themselves: looking takes a tenth of the time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _opens_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(
        {"db", "transactional_db", "django_db_setup"}
    )


class NetworkUseError(AssertionError):
    """A test tried to reach another machine."""


def _is_loopback(address: Any) -> bool:
    host = address[0] if isinstance(address, tuple) else "localhost"  # a path is a socket of this machine
    return host == "localhost" or ip_address(host).is_loopback


@pytest.fixture(autouse=True, scope="session")
def pool_with_its_own_luck() -> Iterator[None]:
    """Let no thread of the pool draw from the process's random numbers: Hypothesis takes that for the test's doing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("psycopg_pool.base.random", Random().random)
        yield


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Refuse connections to other machines; a database, a server or a browser of this one may be reached."""

    class LoopbackSocket(socket.socket):
        def connect(self, address: Any) -> None:
            if not _is_loopback(address):
                raise NetworkUseError(f"A test tried to connect to {address}.")
            super().connect(address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", LoopbackSocket)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Give each process its own copy of a database that is migrated once."""
    database = ExitStack()
    with django_db_blocker.unblock():
        database.enter_context(databases.test_database())
    # A test with real transactions ends by emptying every table; what the migrations put there comes back.
    post_migrate.connect(_as_migrated, sender=apps.get_app_config("statements"))
    yield
    with django_db_blocker.unblock():
        database.close()


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """Let a module's tests see the starter data, loaded and indexed."""
    with django_db_blocker.unblock(), databases.starter_database():
        yield


@pytest.fixture(scope="class")
def own_database(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """Let fixtures of a class write what all its tests read; what a test writes is still undone after it."""
    with django_db_blocker.unblock(), databases.own_database():
        yield


def _as_migrated(**kwargs: Any) -> None:
    """Grant again, and take out of the index what no table of a model holds: those were emptied without it."""
    grant(apps)
    engine.clear()


@pytest.fixture(autouse=True)
def clean_slate() -> Iterator[None]:
    """Begin each test in English and with an empty cache."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def today() -> date:
    """The day on which the starter data was last looked over."""
    return date(2026, 11, 25)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Stop Django's clock at 5 March 2026, 10:30 UTC."""
    monkeypatch.setattr(timezone, "now", lambda: MOMENT)
    return MOMENT
