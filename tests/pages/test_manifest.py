"""With hashed static files, as production has them, no page names one that is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import storage
from django.core.management import call_command
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from cstokb.pages import errors
from tests.listing.asking import ask, body
from tests.pages.test_pages import PAGES

MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


@pytest.fixture
def hashed(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Collect the static files under hashed names and serve these."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST}}
    settings.DEBUG = False
    call_command("collectstatic", interactive=False, verbosity=0)
    storage.staticfiles_storage._setup()  # type: ignore[attr-defined]
    yield
    storage.staticfiles_storage._setup()  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.usefixtures("hashed")
def test_every_page_names_hashed_files_that_are_there(settings: Settings) -> None:
    request = RequestFactory().get("/x/")
    shown = {path: body(ask(path)).decode() for path in (*PAGES, "/api/v1/docs/")}
    shown["404"] = body(ask("/nothing/", 404)).decode()
    shown["500"] = body(errors.server_error(request)).decode()
    for view in (errors.bad_request, errors.forbidden):
        shown[view.__name__] = body(view(request, Exception())).decode()
    for path, page in shown.items():
        assert "/static/css/site." in page, path
        assert "/static/css/site.css" not in page, path
