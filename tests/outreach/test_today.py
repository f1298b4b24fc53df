"""What outreach shows on Today, in the sidebar and on a partner's page."""

import datetime as dt

import pytest
from django.urls import reverse

from outreach import today
from outreach.enums import FollowUpStatus
from outreach.models import FollowUp
from outreach.snoozing import snooze_days
from outreach.today import due_count, due_items, follow_ups_section
from outreach.views.partner_page import next_follow_up_panel
from roadmap.slots import Whose
from tests.outreach.conftest import NOW, TODAY
from tests.outreach.factories import FollowUpFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.usefixtures("clock")
TOMORROW = TODAY + dt.timedelta(days=1)


def section(user, school, whose=Whose.MINE):
    return follow_ups_section(user, school, whose)


def test_section_groups_what_is_overdue_due_and_due_tomorrow(coordinator, school):
    older = FollowUpFactory(owner=coordinator, due_on=TODAY - dt.timedelta(days=2))
    late = FollowUpFactory(owner=coordinator, due_on=TODAY - dt.timedelta(days=1))
    now = FollowUpFactory(owner=coordinator, due_on=TODAY)
    next_ = FollowUpFactory(owner=coordinator, due_on=TOMORROW)
    FollowUpFactory(owner=coordinator, due_on=TOMORROW + dt.timedelta(days=1))
    FollowUpFactory(due_on=TODAY)

    card = section(coordinator, school)

    assert [(str(group.label), group.rows) for group in card["groups"]] == [
        ("Overdue", [older, late]),
        ("Due today", [now]),
        ("Tomorrow", [next_]),
    ]
    assert (card["count"], card["summary"]) == (5, ["2 overdue", "1 due today"])


def test_section_of_the_team_has_everybodys(coordinator, school):
    FollowUpFactory(owner=coordinator, due_on=TODAY)
    FollowUpFactory(due_on=TODAY)

    assert section(coordinator, school, Whose.TEAM)["groups"][0].count == 2


def test_section_shows_the_oldest_and_counts_the_rest(coordinator, school):
    FollowUpFactory.create_batch(20, owner=coordinator, due_on=TODAY - dt.timedelta(days=1))

    group = section(coordinator, school)["groups"][0]

    assert (len(group.rows), group.count, group.hidden) == (8, 20, 12)


def test_section_counts_each_part_where_there_are_too_many_to_count_at_once(coordinator, school, monkeypatch):
    monkeypatch.setattr(today, "CAP", 2)
    FollowUpFactory.create_batch(3, owner=coordinator, due_on=TODAY - dt.timedelta(days=1))
    FollowUpFactory.create_batch(2, owner=coordinator, due_on=TODAY)

    card = section(coordinator, school)

    assert [(group.key, group.count) for group in card["groups"]] == [("late", 3), ("today", 2)]


def test_section_of_a_cleared_day_says_what_comes_next(coordinator, school):
    FollowUpFactory(owner=coordinator, status=FollowUpStatus.DONE, done_at=NOW)
    coming = FollowUpFactory(owner=coordinator, due_on=TODAY + dt.timedelta(days=5))

    card = section(coordinator, school)

    assert (card["groups"], card["cleared"], card["upcoming"]) == ([], 1, coming)


def test_section_is_nothing_for_those_who_have_no_follow_ups(viewer, administrator, school):
    assert (section(viewer, school), section(administrator, school)) == (None, None)


def test_number_in_the_sidebar_is_overdue_and_due_today(coordinator):
    for day in (TODAY - dt.timedelta(days=3), TODAY, TOMORROW):
        FollowUpFactory(owner=coordinator, due_on=day)

    assert due_count(coordinator) == 2


def test_due_items_are_for_the_morning_mail(coordinator, school):
    late = FollowUpFactory(owner=coordinator, overdue=True)
    FollowUpFactory(owner=coordinator, due_on=TODAY, due_at=NOW)
    FollowUpFactory(owner=coordinator, due_on=TOMORROW)

    items = due_items(coordinator, school, TODAY, 9)

    assert [(item.on, item.at) for item in items] == [(late.due_on, None), (TODAY, NOW)]
    assert items[0].url == late.organisation.get_absolute_url()


def test_today_shows_each_follow_up_with_its_acts(coordinator, client_for, firm, rosa):
    follow_up = FollowUpFactory(
        owner=coordinator,
        organisation=firm,
        contact=rosa,
        title="Ask for feedback",
        due_on=TODAY - dt.timedelta(days=2),
    )

    page = client_for(coordinator).get(reverse("roadmap:today")).content.decode()

    for words in ("Ask for feedback", "Kestrel Precision Ltd", "Rosa Lindqvist", "2 days late", "Monday, 16 Mar"):
        assert words in page
    for name in ("follow_up_done", "follow_up_snooze"):
        assert reverse(f"outreach:{name}", args=[follow_up.pk]) in page
    assert f"{reverse('outreach:call', args=[firm.pk])}?follow_up={follow_up.pk}&amp;next=%2F" in page


def test_today_takes_as_many_queries_for_thirty_rows_as_for_one(coordinator, school, query_count):
    def fill(count):
        for day in (TODAY - dt.timedelta(days=1), TODAY, TOMORROW):
            contact = ContactFactory()
            FollowUpFactory.create_batch(
                count, owner=coordinator, due_on=day, contact=contact, organisation=contact.organisation
            )

    fill(1)
    one = query_count(lambda: section(coordinator, school))
    fill(29)

    assert query_count(lambda: section(coordinator, school)) == one == 4


def test_panel_shows_the_next_follow_up_and_a_few_after_it(coordinator, school, firm):
    rows = [FollowUpFactory(organisation=firm, due_on=TODAY + dt.timedelta(days=days)) for days in range(6)]

    panel = next_follow_up_panel(firm, coordinator, school)

    assert (panel["follow_up"], panel["others"], panel["can_act"]) == (rows[0], rows[1:4], True)


def test_panel_is_one_query(coordinator, school, firm, query_count):
    FollowUpFactory.create_batch(5, organisation=firm)

    assert query_count(lambda: next_follow_up_panel(firm, coordinator, school)) == 1


def test_panel_lets_a_reader_see_but_not_act(viewer, school, firm):
    assert next_follow_up_panel(firm, viewer, school) is None
    FollowUpFactory(organisation=firm)
    assert next_follow_up_panel(firm, viewer, school)["can_act"] is False


def test_partner_page_shows_panel_and_composer(coordinator, client_for, firm):
    FollowUpFactory(organisation=firm, title="Ask whether it can be signed", due_on=TOMORROW)

    page = client_for(coordinator).get(firm.get_absolute_url()).content.decode()

    assert "Ask whether it can be signed" in page
    assert "Save call" in page
    assert "Keep: Fri 13 Mar" in page


def test_partner_page_has_no_composer_for_a_reader(viewer, client_for, firm):
    assert "Save call" not in client_for(viewer).get(firm.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (dt.date(2026, 3, 12), ["2026-03-13", "2026-03-16", "2026-03-26"]),
        (dt.date(2026, 3, 15), ["2026-03-16", "2026-03-29"]),
        (dt.date(2026, 3, 16), ["2026-03-17", "2026-03-23", "2026-03-30"]),
    ],
)
def test_snooze_offers_each_day_once(today, days):
    assert [f"{choice.day}" for choice in snooze_days(today)] == days


def test_organisation_of_a_row_costs_nothing_more(coordinator, query_count):
    FollowUpFactory.create_batch(3, owner=coordinator, organisation=OrganisationFactory())

    def read():
        return [
            (row.organisation.name, row.organisation.stage, row.contact, row.owner.name, row.version)
            for row in FollowUp.objects.for_rows()
        ]

    assert query_count(read) == 1
