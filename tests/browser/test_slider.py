"""The slider of years: with a script it moves the date field, without one it is a form of its own."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


def test_it_writes_its_day_into_the_date_field_and_says_it(page: Page) -> None:
    page.goto("/treaties/status/?type=treaty&on=1999-04-01")
    slider, field = page.get_by_label("Year", exact=True), page.get_by_label("Another day")
    expect(slider).to_have_attribute("aria-valuetext", "1 April 1999")
    slider.press("ArrowRight")
    expect(field).to_have_value("2000-12-31")
    expect(slider).to_have_attribute("aria-valuetext", "31 December 2000")
    expect(page.locator(".slide output")).to_have_text("2000")
    slider.press("End")
    expect(field).to_have_value(timezone.now().date().isoformat())
    slider.press("Home")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/treaties/status/?on=1992-12-31&type=treaty")


def test_the_date_field_moves_it(page: Page) -> None:
    page.goto("/ru/states/")
    page.get_by_label("Другой день").fill("2012-06-20")
    slider = page.locator("#on-year")
    expect(slider).to_have_value("2012")
    expect(slider).to_have_attribute("aria-valuetext", "20 июня 2012 г.")


@pytest.mark.parametrize("path", ["/treaties/status/", "/treaties/cst/parties/"])
def test_it_works_without_a_script(browser: Browser, site: str, path: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(path)
    page.locator("#on-year").press("Home")
    page.locator(".slide button").click()
    assert page.url == f"{site}{path}?on=1992-12-31"
    expect(page.locator(".asof strong")).to_have_text("31 December 1992")
    context.close()
