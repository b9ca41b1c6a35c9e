"""The search box suggests while somebody types, by keyboard and aloud, and is a plain box where it cannot."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TYPE_AT_ONCE = """(box, text) => {
  for (let end = 1; end <= text.length; end += 1) {
    box.value = text.slice(0, end);
    box.dispatchEvent(new Event("input", {bubbles: true}));
  }
}"""  # every letter before any timer can run, however slow the machine is


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/ru/states/")
    yield page
    context.close()


def test_a_record_is_reached_by_keys_alone(page: Page) -> None:
    box, options = page.locator("#masthead-q"), page.locator("#masthead-q-list [role=option]")
    page.keyboard.press("/")
    page.keyboard.type("kazakhst")
    expect(options.first).to_have_text("Kazakhstan Государство")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form.search [role=status]")).to_have_text(re.compile(f": {options.count()}$"))
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "masthead-q-list-0")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/ru/states/kaz/")


def test_escape_puts_the_suggestions_away_and_enter_then_searches(page: Page) -> None:
    box, options = page.locator("#masthead-q"), page.locator("#masthead-q-list")
    box.press_sequentially("art 4")
    expect(options).to_be_visible()
    box.press("Escape")
    expect(options).to_be_hidden()
    expect(box).to_have_value("art 4")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    expect(options).to_be_visible()
    box.press("Enter")
    page.wait_for_url("**/ru/search/?q=art+4")


def test_late_answers_and_failures_leave_a_plain_box(page: Page) -> None:
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route("**/api/v1/suggest/**", refuse)
    box = page.locator("#masthead-q")
    box.evaluate(TYPE_AT_ONCE, "toka")
    page.wait_for_timeout(400)
    assert [url.partition("&q=")[2] for url in asked] == ["toka"]  # one question for one pause
    expect(page.locator("#masthead-q-list")).to_be_hidden()
    box.press("Enter")
    page.wait_for_url("**/ru/search/?q=toka")


def test_a_question_mark_shows_the_keys_on_a_russian_keyboard_too(page: Page) -> None:
    keys = page.locator("dialog#keys")
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    event = "new KeyboardEvent('keydown', {key: ',', code: 'Slash', shiftKey: true, bubbles: true})"
    page.evaluate(f"document.body.dispatchEvent({event})")
    expect(keys).to_be_visible()
    keys.get_by_role("button").click()
    expect(keys).to_be_hidden()


def test_without_script_it_is_a_plain_box(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/states/")
    box = page.locator("#masthead-q")
    expect(box).not_to_have_attribute("role", "combobox")
    box.fill("kazakhstan")
    box.press("Enter")
    assert page.url == f"{site}/search/?q=kazakhstan"
    context.close()
