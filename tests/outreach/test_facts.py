"""What lists and boards read of outreach, worked out anew from its records."""

import datetime as dt

import pytest

from outreach.facts import facts
from outreach.models import FollowUp, Interaction
from partnerships.models import FAR_FUTURE, LONG_AGO
from partnerships.services.facts import check_facts
from tests.outreach.conftest import NOW, TODAY
from tests.outreach.factories import FollowUpFactory, InteractionFactory
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.usefixtures("clock")


def days_ago(days: int) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def test_facts_of_a_firm_nobody_talked_with(firm):
    assert facts([firm.pk]) == {
        firm.pk: {
            "last_contact_at": LONG_AGO,
            "last_inbound_at": LONG_AGO,
            "next_step_at": FAR_FUTURE,
            "next_step_text": "",
        }
    }


def test_facts_leave_out_notes_deleted_records_and_mails_that_never_arrived(firm):
    InteractionFactory(organisation=firm, unanswered=True, at=days_ago(9))
    InteractionFactory(organisation=firm, reply=True, at=days_ago(12))
    InteractionFactory(organisation=firm, note=True, at=days_ago(1))
    InteractionFactory(organisation=firm, call=True, at=days_ago(2), archived_at=NOW)
    InteractionFactory(organisation=firm, email=True, at=days_ago(3), undelivered_at=NOW)

    found = facts([firm.pk])[firm.pk]

    assert (found["last_contact_at"], found["last_inbound_at"]) == (days_ago(9), days_ago(12))


def test_next_step_is_the_earliest_planned(firm):
    FollowUpFactory(organisation=firm, due_on=TODAY + dt.timedelta(days=2), title="Later")
    FollowUpFactory(organisation=firm, due_on=TODAY, title="Today")
    FollowUpFactory(organisation=firm, due_on=TODAY - dt.timedelta(days=5), title="Done", done=True)

    found = facts([firm.pk])[firm.pk]

    assert found["next_step_text"] == "Today"
    assert found["next_step_at"] == dt.datetime(2026, 3, 12, 22, 59, 59, tzinfo=dt.UTC)


def test_next_step_with_an_hour_comes_before_one_for_the_whole_day(firm):
    FollowUpFactory(organisation=firm, due_on=TODAY, title="Some time")
    FollowUpFactory(organisation=firm, due_on=TODAY, due_at=NOW + dt.timedelta(hours=1), title="At eleven")

    assert facts([firm.pk])[firm.pk]["next_step_text"] == "At eleven"


def test_facts_cost_as_many_queries_for_thirty_firms_as_for_one(query_count, firm):
    firms = OrganisationFactory.create_batch(30)
    for organisation in [firm, *firms]:
        InteractionFactory(organisation=organisation)
        FollowUpFactory(organisation=organisation)

    one = query_count(lambda: facts([firm.pk]))

    assert query_count(lambda: facts([organisation.pk for organisation in firms])) == one == 3


def test_nightly_check_repairs_what_drifted(firm):
    interaction = InteractionFactory(organisation=firm, call=True)
    follow_up = FollowUpFactory(organisation=firm, title="Ask Rosa")

    wrong = check_facts()

    firm.refresh_from_db()
    assert wrong == 1
    assert (firm.last_contact_at, firm.next_step_text) == (interaction.at, follow_up.title)
    Interaction.objects.all().delete()
    FollowUp.objects.all().delete()
    assert check_facts() == 1
