"""The composer's pages: what they offer, what they refuse, and that each form acts once."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from mailing.models import Message
from outreach.enums import Channel, Outcome
from outreach.models import FollowUp, Interaction
from partnerships.models import TimelineEvent
from tests.accounts.factories import UserFactory
from tests.outreach.conftest import TODAY, toasts
from tests.outreach.factories import FollowUpFactory, InteractionFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from ui.models import Draft

TOMORROW = TODAY + dt.timedelta(days=1)

pytestmark = pytest.mark.usefixtures("clock")


def call_url(firm) -> str:
    return reverse("outreach:call", args=[firm.pk])


def test_composer_offers_the_firms_people_and_what_is_planned(marta, firm, rosa):
    FollowUpFactory(organisation=firm, title="Ask Rosa", due_on=TOMORROW)

    form = marta.get(call_url(firm)).context["form"]

    assert [words for _key, words in form.fields["spoke_with"].choices] == [
        "Rosa Lindqvist",
        "Somebody else",
        "No answer",
        "Left a message",
    ]
    assert form.fields["next_when"].choices[0] == ("keep", "Keep: Fri 13 Mar")
    assert form.fields["is_done"].label == "Done: “Ask Rosa”"


def test_composer_opened_from_a_follow_up_is_about_it(marta, firm, rosa):
    dev = ContactFactory(organisation=firm, name="Dev Anand")
    follow_up = FollowUpFactory(organisation=firm, contact=dev, due_on=TOMORROW)
    FollowUpFactory(organisation=firm, due_on=TODAY)

    form = marta.get(f"{call_url(firm)}?follow_up={follow_up.pk}").context["form"]

    assert form.current == follow_up
    assert form["spoke_with"].value() == str(dev.pk)
    assert (form["is_done"].value(), form["next_when"].value()) == (True, "7")


def test_composer_without_anything_planned_suggests_a_week(marta, firm):
    form = marta.get(call_url(firm)).context["form"]

    assert form["next_when"].value() == "7"
    assert "is_done" not in form.fields


def test_saving_a_call_leads_to_the_partner_with_a_toast(marta, firm, rosa):
    data = {"spoke_with": rosa.pk, "summary": "Wants two", "next_when": "1", "minutes": "12"}

    response = marta.post(call_url(firm), data, follow=True)

    interaction = Interaction.objects.get()
    assert response.redirect_chain == [(firm.get_absolute_url(), 302)]
    assert toasts(response) == ["Call with Kestrel Precision Ltd saved."]
    assert (interaction.summary, interaction.minutes, interaction.outcome) == ("Wants two", 12, Outcome.REACHED)
    assert FollowUp.objects.get().due_on == TOMORROW


def test_saving_a_call_from_today_leads_back_there(marta, firm, rosa):
    data = {"spoke_with": rosa.pk, "summary": "Wants two", "next_when": "1"}

    response = marta.post(f"{call_url(firm)}?next=/", data)

    assert response["Location"] == "/"


def test_saving_a_call_nobody_answered_needs_no_words(marta, firm):
    marta.post(call_url(firm), {"spoke_with": "no_answer", "next_when": "3"})

    assert Interaction.objects.get().outcome == Outcome.NO_ANSWER
    assert FollowUp.objects.get().title == "Try again"


def test_saving_a_call_without_words_keeps_everything_else_typed(marta, firm, rosa):
    response = marta.post(call_url(firm), {"spoke_with": rosa.pk, "next_when": "date", "minutes": "a few"})

    form = response.context["form"]
    assert response.status_code == 422
    assert set(form.errors) == {"summary", "next_on", "minutes"}
    assert form["minutes"].value() == "a few"
    assert not Interaction.objects.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"next_on": "2026-03-11"}, "next_on"),
        ({"next_on": "2026-03-12", "next_time": "09:59"}, "next_time"),
        ({"next_on": "soon"}, "next_on"),
        ({"at": "2026-03-12T10:01"}, "at"),
        ({"spoke_with": "999999"}, "spoke_with"),
        ({"next_when": "whenever"}, "next_when"),
        ({"minutes": "0"}, "minutes"),
        ({"summary": "x" * 8001}, "summary"),
    ],
)
def test_saving_a_call_with_nonsense_says_where(marta, firm, rosa, fields, wrong):
    data = {"spoke_with": rosa.pk, "summary": "Wants two", "next_when": "7"} | fields

    response = marta.post(call_url(firm), data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert not Interaction.objects.exists()


def test_a_day_filled_in_counts_whatever_the_menu_says(marta, firm, rosa):
    data = {"spoke_with": rosa.pk, "summary": "Wants two", "next_when": "7", "next_on": "2026-04-01"}

    marta.post(call_url(firm), data)

    assert FollowUp.objects.get().due_on == dt.date(2026, 4, 1)


def test_double_click_on_save_records_one_call(marta, firm, rosa):
    page = marta.get(call_url(firm)).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    data = {"spoke_with": rosa.pk, "summary": "Wants two", "next_when": "7", "form_key": key}

    answers = [marta.post(call_url(firm), data) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [firm.get_absolute_url()] * 2
    assert (Interaction.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_what_was_typed_comes_back_until_it_is_saved(marta, coordinator, firm, rosa):
    Draft.objects.create(owner=coordinator, key=f"outreach.call:{firm.pk}", fields={"summary": ["Half a sen"]})

    assert marta.get(call_url(firm)).context["form"]["summary"].value() == "Half a sen"
    marta.post(call_url(firm), {"spoke_with": rosa.pk, "summary": "Half a sentence", "next_when": "none"})

    assert not Draft.objects.exists()


def test_saving_a_note_says_nothing_to_anybody(marta, firm):
    marta.post(reverse("outreach:note", args=[firm.pk]), {"summary": "Moved house", "next_when": "none"})

    assert Interaction.objects.get().channel == Channel.NOTE
    assert not Message.objects.exists()


def test_saving_a_meeting_names_all_who_were_there(marta, firm, rosa):
    dev = ContactFactory(organisation=firm, name="Dev Anand")
    data = {
        "met": [rosa.pk, dev.pk],
        "subject": "Round 2",
        "summary": "Agreed",
        "next_when": "7",
        "at": "2026-03-11T14:00",
    }

    marta.post(reverse("outreach:meeting", args=[firm.pk]), data)

    event = TimelineEvent.objects.get(kind="outreach.meeting")
    assert event.title == "Meeting with Rosa Lindqvist and Dev Anand: Round 2"
    assert event.at == dt.datetime(2026, 3, 11, 13, tzinfo=dt.UTC)


def test_sending_an_email_puts_it_into_the_outbox(marta, coordinator, firm, rosa):
    data = {"person": rosa.pk, "subject": "Open day", "summary": "Will you come?", "next_when": "7", "act": "save"}

    response = marta.post(reverse("outreach:email", args=[firm.pk]), data, follow=True)

    message = Message.objects.get()
    assert toasts(response) == ["E-mail to Rosa Lindqvist is on its way."]
    assert (message.to_email, message.subject) == (rosa.email, "Open day")
    assert message.reply_to == f"{coordinator.name} <{coordinator.email}>"


def test_recording_an_email_sends_nothing(marta, firm, rosa):
    data = {"person": rosa.pk, "subject": "Re: Open day", "summary": "Yes", "direction": "in", "next_when": "none"}

    marta.post(reverse("outreach:email", args=[firm.pk]), data | {"act": "record"})

    assert Interaction.objects.get().direction == "in"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"person": ""}, "person"), ({"direction": "in"}, "direction"), ({"at": "2026-03-11T14:00"}, "at")],
)
def test_sending_what_cannot_be_sent_says_why(marta, firm, rosa, fields, wrong):
    data = {"person": rosa.pk, "subject": "Open day", "summary": "Come", "next_when": "none"} | fields

    response = marta.post(reverse("outreach:email", args=[firm.pk]), data)

    assert list(response.context["form"].errors) == [wrong]
    assert not Message.objects.exists()


def test_sending_to_somebody_who_wants_none_keeps_the_text(marta, firm):
    contact = ContactFactory(organisation=firm, name="Ingrid Sole", do_not_contact=True)
    data = {"person": contact.pk, "subject": "Open day", "summary": "Come", "next_when": "none"}

    response = marta.post(reverse("outreach:email", args=[firm.pk]), data)

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors["person"] == ["Ingrid Sole does not want to be contacted."]
    assert form["summary"].value() == "Come"
    assert not Interaction.objects.exists()


def test_composer_of_an_archived_firm_is_not_there(marta):
    assert marta.get(call_url(OrganisationFactory(archived=True))).status_code == 404


@pytest.mark.parametrize("name", ["call", "note", "email", "meeting", "follow_up_add"])
@pytest.mark.parametrize("trait", ["viewer", "director", "administrator"])
def test_composer_is_refused_to_those_who_only_read(client_for, firm, trait, name):
    client = client_for(UserFactory(**{trait: True}))
    url = reverse(f"outreach:{name}", args=[firm.pk])

    assert [client.get(url).status_code, client.post(url, {"summary": "Hi"}).status_code] == [403, 403]
    assert not Interaction.objects.exists()


def test_composer_takes_as_many_queries_for_thirty_rows_as_for_one(marta, firm, query_count):
    def fill(count):
        ContactFactory.create_batch(count, organisation=firm)
        FollowUpFactory.create_batch(count, organisation=firm)
        InteractionFactory.create_batch(count, organisation=firm)

    fill(1)
    marta.get(call_url(firm))
    one = query_count(lambda: marta.get(call_url(firm)))
    fill(29)

    assert query_count(lambda: marta.get(call_url(firm))) == one


# Choosing a partner


def test_choosing_a_partner_offers_those_last_talked_with(marta, coordinator, firm):
    other = OrganisationFactory()
    InteractionFactory(organisation=other, by=coordinator, at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    InteractionFactory(organisation=firm, by=coordinator, at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    InteractionFactory()

    found = marta.get(reverse("outreach:log")).context["found"]

    assert [(organisation, url) for organisation, url in found] == [(firm, call_url(firm)), (other, call_url(other))]
