"""The small body of texts that the corpus tools are tested on."""

from collections.abc import Iterator

import pytest
import pytest_django

from tests import databases
from tests.corpus import world


@pytest.fixture(scope="module")
def texts(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """The texts of the world, written once for all tests of a file."""
    with django_db_blocker.unblock(), databases.own_database():
        world.build()
        yield
