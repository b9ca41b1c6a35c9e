"""The curators' lists in a browser: every column of the sessions is seen at once in an ordinary window."""

import pytest
from playwright.sync_api import Browser

from tests.factories.curators import curator, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def key(site: str) -> str:
    """The key of a publisher's visit, of which the server, which runs in a thread of its own, knows too."""
    return signed_in(curator("publisher", "lists")).cookies["sessionid"].value


@pytest.mark.parametrize(("prefix", "other"), [("", 1), ("/ru", 0)])
def test_a_list_of_sessions_fits_its_window(
    browser: Browser, site: str, key: str, prefix: str, other: int
) -> None:
    """The title in Russian stands beside an English name only: on the Russian page it is the name."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": key, "url": site}])
    page = context.new_page()
    page.goto(f"{site}{prefix}/admin/summits/session/")
    assert page.locator("#result_list tbody tr").count() == 50
    assert page.locator("#result_list thead .column-title_ru").count() == other
    assert page.locator("#result_list thead .column-changed_at").count() == 1
    assert page.locator(".results").evaluate("one => one.scrollWidth - one.clientWidth") == 0
    context.close()
