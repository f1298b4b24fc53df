"""Partners as people handle them: by keys, by dragging, piece by piece, and without any script."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from partnerships.enums import Status
from partnerships.models import Organisation
from tests.accounts.factories import SchoolFactory, UserFactory
from tests.browser.conftest import PHONE
from tests.partnerships.factories import ContactFactory, OrganisationFactory, TimelineEventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def marta():
    SchoolFactory()
    return UserFactory(name="Marta Keller")


@pytest.fixture
def open_page(page, site, sign_in, marta):
    def go(path):
        sign_in(page.context, marta)
        page.goto(f"{site}{path}")
        return page

    return go


def test_card_is_dragged_to_another_stage_and_the_move_is_undone(open_page):
    firm = OrganisationFactory(name="Kestrel", contacted=True)
    OrganisationFactory(name="Merlin", status=Status.PILOT)
    page = open_page("/pipeline/")

    page.locator(".bd-card", has_text="Kestrel").drag_to(page.locator("[data-column=pilot]"))
    expect(page.locator("[data-column=pilot] .bd-card")).to_have_count(2)
    moved = Organisation.objects.get(pk=firm.pk).status
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("[data-column=contacted] .bd-card")).to_have_count(1)
    assert moved == Status.PILOT
    assert Organisation.objects.get(pk=firm.pk).status == Status.CONTACTED


def test_card_is_moved_by_keys_alone(open_page):
    OrganisationFactory(name="Kestrel", contacted=True)
    page = open_page("/pipeline/")

    page.keyboard.press("j")
    page.keyboard.press("3")  # says nothing while the menu is closed
    page.keyboard.press("m")
    expect(page.locator(".bd-card details[open]")).to_be_visible()
    page.keyboard.press("3")

    expect(page.locator("[data-column=pilot] .bd-card")).to_have_count(1)
    assert Organisation.objects.get().status == Status.PILOT


def test_pause_asks_for_its_day(open_page):
    OrganisationFactory(name="Kestrel", contacted=True)
    page = open_page("/pipeline/")

    page.get_by_text("Move Kestrel").click(force=True)
    page.get_by_role("button", name="Paused").click()
    page.get_by_label("Look again on").fill(f"{timezone.localdate() + dt.timedelta(days=30):%Y-%m-%d}")
    page.get_by_role("button", name="Move", exact=True).click()

    expect(page).to_have_url(re.compile(r"/pipeline/$"))
    assert Organisation.objects.get().status == Status.PAUSED


def test_list_is_filtered_in_place_and_the_address_follows(open_page):
    OrganisationFactory(name="Kestrel")
    OrganisationFactory(name="Merlin", status=Status.PILOT)
    page = open_page("/partners/")

    page.locator("summary", has_text="Stage").first.click()
    page.get_by_label("Pilot").check()
    page.locator("details[open]").get_by_role("button", name="Show").click()

    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/partners/\?status=pilot$"))


def test_timeline_grows_by_its_older_entries(open_page):
    firm = OrganisationFactory()
    for hours in range(35):
        TimelineEventFactory(organisation=firm, at=timezone.now() - dt.timedelta(hours=hours))
    page = open_page(f"/partners/{firm.pk}/")

    page.get_by_role("link", name="Show earlier entries").click()

    expect(page.locator(".td-tl > li")).to_have_count(35)
    expect(page.get_by_role("link", name="Show earlier entries")).to_have_count(0)


def test_partner_is_added_and_moved_without_any_script(browser, site, sign_in, marta):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    sign_in(context, marta)
    page = context.new_page()

    page.goto(f"{site}/partners/add/")
    page.get_by_label("Name").first.fill("Kestrel Precision")
    page.get_by_role("button", name="Save partner").click()
    page.locator("summary", has_text="More actions").click(force=True)
    page.get_by_role("link", name="Move, pause or end").click()
    page.get_by_label("Contacted").check()
    page.get_by_role("button", name="Move", exact=True).click()

    expect(page.get_by_text("Kestrel Precision moved to Contacted.")).to_be_visible()
    expect(page.get_by_text("Moved from Prospect to Contacted")).to_be_visible()
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE, {"width": 320, "height": 720}])
def test_pages_are_whole_for_axe_and_never_scroll_sideways(size, open_page, axe, page):
    page.set_viewport_size(size)
    firm = OrganisationFactory(name="A" * 120, contacted=True, next_step_text="Call", next_step_at=timezone.now())
    person = ContactFactory(organisation=firm, name="B" * 90)
    paths = ["/partners/", "/partners/?q=none", "/pipeline/", "/pipeline/?open=prospect", "/partners/add/"]
    paths += [f"/partners/{firm.pk}/{part}" for part in ("", "edit/", "move/", "people/add/")]

    found = {}
    for path in [*paths, f"/partners/people/{person.pk}/"]:
        open_page(path)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[path] = [*axe(page), *(["scrolls sideways"] if wide else [])]

    assert {path: problems for path, problems in found.items() if problems} == {}
