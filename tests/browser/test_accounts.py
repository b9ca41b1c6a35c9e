"""Signing in with second factors in a real browser: an authenticator app, a passkey, under the policy of the site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from cstokb.accounts.models import User
from tests.browser.test_every_template import RULES, VIOLATIONS

pytestmark = pytest.mark.browser

PHRASE = "seven small states sign"
#: Whoever signs in, the language, the width.
WAYS = (("anna", "", 1280), ("alla", "/ru", 390))
SEND = "main form.form button[type=submit]"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def people(site: str) -> None:
    """Editors whom the server, which runs in a thread of its own, knows too."""
    for name, _prefix, _width in WAYS:
        User.objects.create_user(f"{name}@example.org", PHRASE, is_staff=True)


@pytest.fixture(params=WAYS, ids=["english wide", "russian narrow"])
def page(browser: Browser, site: str, people: None, request: pytest.FixtureRequest) -> Iterator[Page]:
    _name, prefix, width = request.param
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900})
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{prefix}/accounts/login/")
    yield page
    context.close()


def go(page: Page, path: str) -> None:
    """Open a page in the language of the present one, and look at it."""
    prefix = "/ru" if "/ru/" in page.url else ""
    page.goto(f"{prefix}/accounts/{path}")
    look(page)


def look(page: Page) -> None:
    """Nothing is forbidden or sideways, and axe finds nothing."""
    assert page.evaluate("window.forbidden") == []
    across = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(across) <= 0
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def sign_in(page: Page) -> None:
    name = "alla" if "/ru/" in page.url else "anna"
    page.locator("[name=login]").fill(f"{name}@example.org")
    page.locator("[name=password]").fill(PHRASE)
    page.locator(SEND).first.click()


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def test_an_app_and_a_passkey_are_added_and_open_the_door(page: Page) -> None:
    look(page)
    sign_in(page)
    page.wait_for_url("**/admin/")

    go(page, "2fa/totp/activate/")
    page.locator("[name=password]").fill(PHRASE)
    page.locator(SEND).click()
    look(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("[name=code]").fill(code(secret))
    page.locator(SEND).click()
    page.wait_for_url("**/2fa/recovery-codes/")
    look(page)
    assert len(page.locator("#recovery_codes").input_value().split()) == 10

    go(page, "2fa/webauthn/add/")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/accounts/2fa/")
    for path in ("2fa/webauthn/", "2fa/", "sessions/", "password/change/", "email/"):
        go(page, path)
    go(page, "2fa/webauthn/")
    for number in (0, 1):
        page.locator("main td a").nth(number).click()
        look(page)
        page.go_back()

    go(page, "logout/")
    page.locator(SEND).click()
    go(page, "login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/admin/")

    go(page, "logout/")
    page.locator(SEND).click()
    go(page, "login/")
    sign_in(page)
    page.wait_for_url("**/2fa/authenticate/")
    look(page)
    page.locator("[name=code]").first.fill("000000" if code(secret) != "000000" else "111111")
    page.locator(SEND).first.click()
    expect(page.locator(".errorlist")).to_be_visible()
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url("**/admin/")
