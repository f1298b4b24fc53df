"""Signing in, the second factor, settings and the Django admin, in a real browser."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from accounts.services import send_password_link
from tests.accounts.factories import PASSWORD, SchoolFactory, UserFactory
from tests.browser.conftest import NARROWEST, PHONE, SignIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

DESKTOP = {"width": 1440, "height": 900}
OUTSIDE = [
    "/sign-in/",
    "/sign-in/?next=/settings/&ended=1",
    "/sign-in/forgotten/",
    "/sign-in/forgotten/sent/",
    "/sign-in/password/1-abc-def/",
    "/sign-in/password/set/",
]
ADMINISTRATORS = [
    "/admin/",
    "/admin/accounts/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/{pk}/change/",
    "/admin/accounts/user/{pk}/history/",
    "/admin/accounts/school/1/change/",
    "/settings/",
    "/settings/password/",
    "/settings/sessions/",
    "/settings/second-factor/",
    "/settings/second-factor/app/",
    "/sign-in/again/",
    "/sign-out/",
]


@pytest.fixture(autouse=True)
def _school(transactional_db: None) -> None:
    cache.clear()
    SchoolFactory()


@pytest.fixture
def samir() -> User:
    return UserFactory(administrator=True, name="Samir Patel")


def sign_in_by_form(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code_of(page: Page) -> str:
    secret = page.locator("p.td-code").inner_text().replace(" ", "")
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_signing_in_and_out(page: Page, site: str):
    user = UserFactory(name="Marta Keller")

    sign_in_by_form(page, site, user)
    expect(page).to_have_url(f"{site}/")
    page.goto(f"{site}/settings/")
    page.locator("main").get_by_role("link", name=re.compile("^Sign out")).click()
    page.locator("main").get_by_role("button", name="Sign out").click()

    expect(page).to_have_url(f"{site}/sign-in/")
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_administrator_sets_up_the_second_factor_before_anything_else(page: Page, site: str, samir: User, settings):
    settings.SECOND_FACTOR_FOR_ADMINISTRATORS = True

    sign_in_by_form(page, site, samir)
    expect(page.get_by_role("heading", name="Add a second factor")).to_be_visible()
    page.get_by_label("Six figures from the app").fill(code_of(page))
    page.get_by_role("button", name="Confirm and continue").click()

    expect(page.locator("ul.td-codes > li")).to_have_count(10)
    page.get_by_role("link", name="Done").click()
    expect(page).to_have_url(f"{site}/")


def test_text_of_a_lost_session_is_there_after_signing_in(page: Page, site: str, sign_in: SignIn, samir: User):
    sign_in(page.context, samir)
    page.goto(f"{site}/admin/accounts/user/add/")
    page.get_by_label("Name").fill("Eva Kranz")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("You were signed out. Nothing is lost.")).to_be_visible()
    page.get_by_label("Work e-mail").fill(samir.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and go on").click()

    expect(page.get_by_text("Eva Kranz")).to_be_visible()


def test_signing_in_and_settings_need_no_script(browser: Browser, site: str):
    user = UserFactory()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    sign_in_by_form(page, site, user)
    page.goto(f"{site}/settings/")
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Save settings").click()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_outside(
    page: Page, site: str, axe: Callable[[Page], list[str]], mailoutbox, size: dict[str, int], scheme: str
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    send_password_link(user=UserFactory())
    link = re.search(r"https?://\S+/sign-in/password/\S+", mailoutbox[0].body).group()

    found = {}
    for address in [*(site + path for path in OUTSIDE), link]:
        page.goto(address)
        found[address] = axe(page)

    assert {address: violations for address, violations in found.items() if violations} == {}


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_pages_of_administrators(
    page: Page,
    site: str,
    sign_in: SignIn,
    axe: Callable[[Page], list[str]],
    samir: User,
    size: dict[str, int],
    theme: str,
):
    User.objects.update(theme=theme)
    sign_in(page.context, samir)
    page.set_viewport_size(size)

    found = {}
    for path in ADMINISTRATORS:
        page.goto(site + path.format(pk=samir.pk))
        found[path] = axe(page)

    assert {path: violations for path, violations in found.items() if violations} == {}


@pytest.mark.slow
def test_nothing_scrolls_sideways_on_the_narrowest_phone(page: Page, site: str, sign_in: SignIn, samir: User):
    page.set_viewport_size(NARROWEST)
    widths = {}
    for path in OUTSIDE:
        page.goto(site + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    sign_in(page.context, samir)
    for path in ADMINISTRATORS:
        page.goto(site + path.format(pk=samir.pk))
        widths[path] = page.evaluate("document.documentElement.scrollWidth")

    assert {path: width for path, width in widths.items() if width > NARROWEST["width"]} == {}
