"""Every page a coordinator can reach: nothing for axe to find, the CSP to stop or a thumb to scroll sideways."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.enums import Theme
from accounts.models import User
from roadmap.services import load_demo
from tests.browser.conftest import NARROWEST, PHONE, SignIn
from tests.browser.crawl import reachable_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

DESKTOP = {"width": 1440, "height": 900}
LEAST_KINDS = 30


@pytest.fixture
def marta(transactional_db: None) -> User:
    load_demo(day=dt.date(2026, 3, 12))
    return User.objects.get(name="Marta Keller")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_axe_finds_nothing_on_any_page(
    page: Page,
    site: str,
    sign_in: SignIn,
    axe: Callable[[Page], list[str]],
    marta: User,
    theme: Theme,
    size: dict[str, int],
):
    User.objects.update(theme=theme)
    sign_in(page.context, marta)
    page.set_viewport_size(size)
    pages = reachable_pages(page, site)

    found = {}
    for kind, url in pages.items():
        page.goto(url)
        if violations := axe(page):
            found[kind] = violations

    assert found == {}
    assert len(pages) >= LEAST_KINDS


def test_no_page_scrolls_sideways_on_the_narrowest_phone(page: Page, site: str, sign_in: SignIn, marta: User):
    sign_in(page.context, marta)
    page.set_viewport_size(NARROWEST)
    pages = reachable_pages(page, site)

    too_wide = {}
    for kind, url in pages.items():
        page.goto(url)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROWEST["width"]:
            too_wide[kind] = width

    assert too_wide == {}
