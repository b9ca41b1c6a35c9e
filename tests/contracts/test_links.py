"""Whoever follows links from the home page meets nothing that is missing, broken or that the CSP forbids."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import pytest_django
from django.test import Client

from tests.listing.asking import body
from tests.pages.wellformed import Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.contract,
    pytest.mark.django_db,
    pytest.mark.usefixtures("starter"),
]

#: Addresses of one question each, of which there is no end: a few of each path are followed.
QUESTIONS = 12
MEDIA = (".css", ".js", ".svg", ".woff2")


def links(page: Page, here: str) -> Iterator[str]:
    for tag, attributes in page.tags:
        if tag in ("a", "link") and attributes.get("href"):
            yield urljoin(f"http://testserver{here}", attributes["href"])


def is_ours(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.netloc in ("testserver", "localhost:8000")


Reached = dict[str, tuple[int, Page | None, set[str]]]


def crawl(start: str) -> Reached:
    """Every page that can be reached, with its status and what it links to."""
    client, asked = Client(), dict[str, int]()
    seen: Reached = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here in seen:
            continue
        bare, _mark, query = here.partition("?")
        if query and asked.setdefault(bare, 0) >= QUESTIONS:
            continue
        asked[bare] = asked.get(bare, 0) + bool(query)
        response = client.get(here)
        html = response.get("Content-Type", "").startswith("text/html")
        page = Page(body(response).decode()) if html else None
        found = {urldefrag(url).url for url in links(page, here) if is_ours(url)} if page else set()
        paths = {urlsplit(url)._replace(scheme="", netloc="").geturl() for url in found}
        seen[here] = (response.status_code, page, paths)
        waiting.extend(sorted(path for path in paths if not path.endswith(MEDIA)))
    return seen


@pytest.fixture(scope="module")
def reached(starter: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Reached:
    with django_db_blocker.unblock():
        return crawl("/")


def test_no_internal_link_leads_to_an_error(reached: dict[str, tuple[int, Page | None, set[str]]]) -> None:
    wrong = {url: status for url, (status, _page, _found) in reached.items() if status >= 400}
    leading = {url: [here for here, (_s, _p, found) in reached.items() if url in found][:3] for url in wrong}
    assert {url: (wrong[url], leading[url]) for url in wrong} == {}
    assert len(reached) > 1000
