"""A table stays a table for those who listen: the same rows, heads and cells on a phone as on a desk."""

from collections import Counter
from typing import Literal

import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: What the parts of the tables are by their names, and beside it the role that each says itself; the second only of
#: tables whose parts are laid out as boxes on a phone, where some browsers know the names no more.
PARTS = """() => [...document.querySelectorAll("table, tr, th, td")].map(one => {
  const head = one.scope === "row" ? "rowheader" : "columnheader";
  const role = {TABLE: "table", TR: "row", TD: "cell", TH: head}[one.tagName];
  const laid = getComputedStyle(one.closest("table")).display !== "table" || one.closest(".mxwrap");
  return [role, laid ? one.getAttribute("role") : role];
})"""


def heard(browser: Browser, address: str, width: int) -> tuple[Counter[str], list[tuple[str, str]]]:
    """How often each role is told to a screen reader, and the parts that the page holds."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    nodes = context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    parts = [(role, said) for role, said in page.evaluate(PARTS)]
    context.close()
    known = {role for role, _said in parts}
    return Counter(one["role"]["value"] for one in nodes if one["role"]["value"] in known), parts


@pytest.mark.parametrize(("width", "folds"), [(390, True), (800, False)])
def test_figures_of_several_words_are_records_on_a_phone_and_columns_on_a_desk(
    browser: Browser, site: str, width: int, folds: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/search/trends/?q=treaty,security,border,peace,terrorism")
    table = page.locator("#rates-table table")
    assert table.evaluate("one => one.offsetWidth > one.parentElement.clientWidth") is not folds
    assert (
        table.locator("td").last.evaluate("one => getComputedStyle(one, '::before').content !== 'none'")
        is folds
    )
    assert table.locator("td").last.is_visible()
    context.close()


@pytest.mark.parametrize(("media", "shown"), [("print", "table"), ("screen", "block")])
def test_on_paper_a_table_is_a_table_however_narrow_the_sheet(
    browser: Browser, site: str, media: Literal["print", "screen"], shown: str
) -> None:
    """A4 within its margins is narrower than the screens on which rows become records."""
    context = browser.new_context(viewport={"width": 672, "height": 900})
    page = context.new_page()
    page.emulate_media(media=media)
    page.goto(f"{site}/summits/2022-05-16-moscow/")
    assert page.locator("table.fold").first.evaluate("one => getComputedStyle(one).display") == shown
    assert page.locator(".evid .about").first.is_visible() is (media == "screen")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/treaties/status/",
        "/treaties/cst/parties/",
        "/states/",
        "/states/arm/",
        "/search/concordance/?q=treaty&group=year",
    ],
)
def test_a_phone_tells_every_row_head_and_cell_as_a_desk_does(browser: Browser, site: str, path: str) -> None:
    desk, _parts = heard(browser, f"{site}{path}", 1280)
    phone, parts = heard(browser, f"{site}{path}", 390)
    assert phone == desk == Counter(role for role, _said in parts)
    assert {"table", "row", "columnheader", "cell"} <= set(phone)
    assert [(role, said) for role, said in parts if role != said] == []
