"""Every page of the URL resolver, one after the other: nothing for axe to find, nothing that scrolls sideways."""

from collections.abc import Callable, Iterator
from http import HTTPStatus

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from tests.accounts.factories import SchoolFactory, UserFactory
from tests.browser.conftest import NARROWEST, SignIn
from tests.permissions import ANONYMOUS, CASES, Row
from tests.permissions.table import TABLE
from tests.tokens import LINKS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

APPS = [*django_settings.TANDEM_APPS, "account", "mail", "mfa"]
Axe = Callable[[Page], list[str]]


def reader_of(row: Row) -> str | None:
    """Return who sees a page, coordinators first; None where nobody does."""
    cases = sorted(CASES, key=["coordinator", "director", "administrator", "viewer", ANONYMOUS].index)
    return next(
        (case for case in cases if row.lets_in("GET", case) and row.expected("GET", case) == HTTPStatus.OK), None
    )


def pages_of(app: str) -> Iterator[tuple[str, str]]:
    """Return the name of each page of an app with who looks at it."""
    for name, row in sorted(TABLE.items()):
        case = (ANONYMOUS if LINKS[name].opens else None) if name in LINKS else reader_of(row)
        if case and name.replace("account_", "account:").partition(":")[0] == app:
            yield name, case


def address_of(name: str, user: User | None) -> str:
    if name in LINKS:
        return reverse(name, kwargs={"token": LINKS[name].make()})
    return reverse(name, kwargs=TABLE[name].make(user))


def faults_of(page: Page, axe: Axe, url: str) -> list[str]:
    if "text/html" not in page.request.head(url).headers["content-type"]:
        return []  # a file
    page.goto(url)
    width = page.evaluate("document.documentElement.scrollWidth")
    return [*axe(page), *([f"{width} px wide"] if width > NARROWEST["width"] else [])]


@pytest.mark.parametrize("app", APPS)
def test_page_can_be_used_by_everybody_on_the_narrowest_phone(
    page: Page, site: str, sign_in: SignIn, axe: Axe, app: str, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    page.set_viewport_size(NARROWEST)
    SchoolFactory()

    found = {}
    for name, case in pages_of(app):
        page.context.clear_cookies()
        user = None if case == ANONYMOUS else UserFactory(role=case)
        if user:
            sign_in(page.context, user)
        if faults := faults_of(page, axe, f"{site}{address_of(name, user)}"):
            found[name] = faults

    assert found == {}
