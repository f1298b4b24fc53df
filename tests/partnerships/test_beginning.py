"""What a school sees before its first partner is on file."""

import pytest

from accounts.rules import can_edit
from partnerships.beginning import has_no_partners, once_there_are_partners
from roadmap.slots import NextStep
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

STEP = NextStep("Plan the first pilot.", "Plan a pilot", "/pilots/new/")


def test_step_waits_for_the_first_partner():
    told = once_there_are_partners(STEP, stage=6)

    assert (told.sentence, told.url) == ("Waits for your first partner.", "/roadmap/6/")
    assert told.open_to != can_edit


def test_step_is_taken_once_there_is_a_partner():
    OrganisationFactory()

    assert once_there_are_partners(STEP, stage=6) == STEP


def test_archived_partner_is_one():
    OrganisationFactory(archived=True)

    assert not has_no_partners()


@pytest.mark.parametrize("page", ["/", "/partners/", "/pipeline/"])
def test_first_day_offers_import_to_those_who_may(page, client_for, coordinator):
    shown = client_for(coordinator).get(page).content.decode()

    assert "Start with the firms you already know" in shown
    assert "Import a spreadsheet" in shown
    assert "td-filter" not in shown
    assert "bd-cols" not in shown


@pytest.mark.parametrize("page", ["/", "/partners/", "/pipeline/"])
def test_first_day_offers_a_viewer_nothing_that_is_refused(page, client_for, viewer):
    shown = client_for(viewer).get(page).content.decode()

    assert "No partner is on file yet" in shown
    assert "/partners/import/" not in shown


def test_filter_stays_where_one_was_asked_for(client_for, coordinator):
    assert "td-filter" in client_for(coordinator).get("/partners/?town=Overton").content.decode()
