"""What readers meet in a browser: nothing forbidden, nothing foreign, nothing sideways, nothing that axe finds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = (
    *("/", "/?on=1996-05-05", "/search/?q=afghanistan+(border+OR+frontier", "/search/?q=before:tomorrow"),
    *("/search/concordance/?q=treaty&group=year", "/search/trends/?q=treaty,security"),
    *("/search/?q=-treaty", "/about/", "/about/search/", "/glossary/", "/data/", "/feeds/", "/corrections/"),
    *(
        "/topics/",
        "/topics/afghanistan/",
        "/topics/threats/",
        "/sources/?type=official",
        "/sources/bd0dc0c4e3/",
        "/nothing/",
    ),
    *("/api/v1/docs/", "/api/v1/docs/search/", "/states/", "/states/arm/", "/people/", "/organs/csc/"),
    *("/people/kassym-jomart-tokayev/", "/treaties/", "/treaties/cst/art-4/", "/treaties/status/"),
    "/treaties/cst/2012-12-19/en/",
    *("/treaties/cst/compare/", "/treaties/cst/compare/?view=languages", "/treaties/compare/"),
    "/treaties/compare/?a=cst/art-4&b=charter/art-7&view=redline",
    *("/summits/", "/summits/2022-05-16-moscow/", "/summits/attendance/", "/invocations/", "/activities/"),
    *(
        "/timeline/",
        "/cite/?url=/treaties/cst/art-4/?on=2012-12-19",
        "/statements/",
        "/statements/2022-05-16-stability-and-security-mechanism/",
        "/statements/compare/?a=2020-12-02-declaration&b=2021-09-16-declaration",
        "/ru/",
        "/ru/search/?q=договор",
    ),
)
#: Ways of looking: width, and light or dark. Every run looks at each page in one of the first two, in turn; the slow
#: lane in the other one and in all further ones.
LOOKS = ((1280, "light"), (390, "dark"))
OTHER_LOOKS = ((1280, "dark"), (390, "light"), (320, "light"))
VIOLATIONS = """
window.forbidden = [];
document.addEventListener(
  "securitypolicyviolation", event => window.forbidden.push(event.violatedDirective + " " + event.blockedURI)
);
"""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Every violation is told whole, of all that is well one example: telling that takes longer than finding out.
    "resultTypes": ["violations"],
}


@dataclass
class Seen:
    """A page as the browser met it."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)


def look(browser: Browser, site: str, path: str, width: int, scheme: str) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    context.add_init_script(VIOLATIONS)
    seen = Seen(context.new_page())
    seen.page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).netloc))
    seen.page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.goto(f"{site}{path}")
    seen.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    yield seen
    context.close()


def check(seen: Seen, site: str) -> None:
    """Nothing forbidden, foreign, kept or sideways, and nothing that axe finds."""
    assert seen.page.evaluate("window.forbidden") == []
    assert seen.hosts == {urlsplit(site).netloc}
    assert [one for one in seen.complaints if "status of 4" not in one] == []
    assert seen.page.context.cookies() == []
    across = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert seen.page.evaluate(across) <= 0
    found = Axe().run(seen.page, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        pytest.param(path, *look, marks=() if (place + turn) % 2 == 0 else pytest.mark.slow)
        for place, path in enumerate(PAGES)
        for turn, look in enumerate(LOOKS)
    ],
)
def test_a_page_is_sound(browser: Browser, site: str, path: str, width: int, scheme: str) -> None:
    for seen in look(browser, site, path, width, scheme):
        check(seen, site)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), OTHER_LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_in_every_other_look(
    browser: Browser, site: str, path: str, width: int, scheme: str
) -> None:
    for seen in look(browser, site, path, width, scheme):
        check(seen, site)


def test_what_axe_finds_is_told_with_its_rule_and_its_place(browser: Browser, site: str) -> None:
    for seen in look(browser, site, "/about/", 1280, "light"):
        seen.page.evaluate("document.querySelector('main').append(new Image())")
        with pytest.raises(AssertionError, match=r"'image-alt', \[\['img'\]\]"):
            check(seen, site)


def test_the_search_works_by_keyboard_alone(browser: Browser, site: str) -> None:
    for seen in look(browser, site, "/states/", 1280, "light"):
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("peacekeeping")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/search/?q=peacekeeping")
        assert "Peacekeeping" in seen.page.locator("ol.records").inner_text()


def test_everything_works_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/")
    page.locator("#q").fill("Article 4")
    page.locator("form.search button").click()
    page.locator("ol.records a", has_text="Article 4, Collective Security Treaty").first.click()
    assert page.url.endswith("/treaties/cst/art-4/")
    context.close()
