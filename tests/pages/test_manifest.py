"""With hashed static files, as production has them, no page names one that is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import storage
from django.core.management import call_command
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from cstokb.pages import errors
from members.models import Person
from tests.factories import records as make
from tests.factories.curators import curator, signed_in
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


@pytest.mark.parametrize("path", ["/states/", "/api/v1/states/"])
def test_the_answer_to_a_fault_of_ours_needs_no_database(path: str) -> None:
    """B068: a test without the mark of the database fails where one is asked."""
    assert errors.server_error(RequestFactory().get(path)).status_code == 500


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.usefixtures("hashed")
def test_every_page_of_the_admin_finds_its_files() -> None:
    """B068."""
    client, kaz = signed_in(curator("administrator")), make.state("kaz", "Kazakhstan")
    hidden = make.draft(Person(name_en="Somebody"), "somebody")
    record, person = f"/admin/members/state/{kaz.pk}", "/admin/members/person/"
    shown = {path: client.get(path) for path in ("/admin/", "/admin/members/", person, f"{person}add/")}
    for page in ("change", "delete", "withdraw", "history"):
        shown[page] = client.get(f"{record}/{page}/")
    shown["action"] = client.post(person, {"action": "delete_drafts", "_selected_action": [str(hidden.pk)]})
    assert {path: answer.status_code for path, answer in shown.items()} == dict.fromkeys(shown, 200)
    assert [path for path, answer in shown.items() if "/static/admin/css/base.css" in answer.text] == []


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.usefixtures("hashed")
def test_every_page_names_hashed_files_that_are_there(settings: Settings) -> None:
    """B068."""
    request = RequestFactory().get("/x/")
    shown = {path: body(ask(path)).decode() for path in (*PAGES, "/api/v1/docs/")}
    shown["404"] = body(ask("/nothing/", 404)).decode()
    shown["500"] = body(errors.server_error(request)).decode()
    for view in (errors.bad_request, errors.forbidden):
        shown[view.__name__] = body(view(request, Exception())).decode()
    for path, page in shown.items():
        assert "/static/css/site." in page, path
        assert "/static/css/site.css" not in page, path
