"""The import in a real browser, with JavaScript and without: from the file to the result."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from jobs.models import Job
from jobs.services import run_job
from partnerships.models import Organisation
from tests.browser.conftest import NARROWEST, PHONE, SignIn
from tests.partnerships.factories import OrganisationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
CHAMBER_LIST = Path(__file__).parent.parent / "data" / "partners.csv"


def upload(page: Page, site: str) -> None:
    OrganisationFactory(name="Kestrel Precision Ltd", town="Lindenvale", phone="")
    page.goto(f"{site}/partners/import/")
    page.get_by_label("File", exact=True).set_input_files(CHAMBER_LIST)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("status").filter(has_text="= 163 rows")).to_be_visible()


def test_import_goes_from_the_file_to_the_result_by_itself(
    page: Page, site: str, sign_in: SignIn, coordinator: User, axe: Callable[[Page], list[str]]
):
    sign_in(page.context, coordinator)
    page.set_viewport_size(PHONE)
    upload(page, site)
    found = {"match": axe(page)}

    page.get_by_role("button", name="Import 142 and fill in 1").click()
    expect(page.get_by_role("heading", name="Importing 151 rows")).to_be_visible()
    found["progress"] = axe(page)
    run_job(pk=Job.objects.get().pk)
    expect(page.get_by_role("heading", name="142 new partners, 1 filled in")).to_be_visible()
    found["result"] = axe(page)
    page.get_by_role("link", name="See the 142 new partners").click()
    expect(page.get_by_role("heading", name="Every row and what happens to it")).to_be_visible()
    found["rows"] = axe(page)

    assert found == {"match": [], "progress": [], "result": [], "rows": []}
    assert Organisation.objects.count() == 143


def test_import_works_without_javascript_on_the_narrowest_phone(
    browser: Browser, site: str, sign_in: SignIn, coordinator: User
):
    context = browser.new_context(java_script_enabled=False, viewport=NARROWEST)
    sign_in(context, coordinator)
    page = context.new_page()
    upload(page, site)
    page.get_by_label("Member since goes into").select_option("description")
    page.get_by_role("button", name="Test again").click()
    expect(page.get_by_label("Member since goes into")).to_have_value("description")

    page.get_by_label("Leave them as they are").check()
    page.get_by_role("button", name="Import").click()
    run_job(pk=Job.objects.get().pk)

    expect(page.get_by_role("heading", name="142 new partners")).to_be_visible(timeout=10_000)
    assert Organisation.objects.get(name="Kestrel Precision Ltd").phone == ""
    context.close()
