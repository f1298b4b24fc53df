"""E-mails a colleague writes to a person at a firm, and what becomes of them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from mailing.enums import MessageStatus, Stream
from mailing.models import Message
from mailing.sealing import unseal
from mailing.services import suppress
from mailing.services.delivery import conclude
from outreach.models import FollowUp, Interaction
from outreach.services import MailRefusedError, NextStep, send_email_to_contact
from partnerships.enums import Status
from partnerships.models import LONG_AGO, TimelineEvent
from tests.accounts.factories import UserFactory
from tests.outreach.conftest import NOW, TODAY
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.usefixtures("clock")


def send(contact, by, **more) -> Interaction:
    return send_email_to_contact(contact=contact, subject="Open day", text="Will you come?", by=by, **more)


def become(status: MessageStatus, problem: str = "") -> None:
    """Let the one mail there is end so, as the outbox would."""
    message = Message.objects.get()
    if status in {MessageStatus.SENT, MessageStatus.FAILED, MessageStatus.OUTCOME_UNKNOWN}:
        Message.objects.update(status=MessageStatus.SENDING)
        message.refresh_from_db()
    conclude(message, status, problem=problem)


def lines_of(firm) -> list[str]:
    return list(TimelineEvent.objects.filter(organisation=firm).order_by("id").values_list("title", flat=True))


def test_send_email_is_recorded_and_queued_in_one_act(coordinator, firm, rosa):
    interaction = send(rosa, coordinator)

    message = Message.objects.get()
    assert interaction.message == message
    assert (message.kind, message.stream, message.to_email) == ("outreach.personal", Stream.PERSONAL, rosa.email)
    assert message.reply_to == f"Marta Keller <{coordinator.email}>"
    assert lines_of(firm) == ["E-mail to Rosa Lindqvist: Open day"]


def test_send_email_says_who_wrote_it(coordinator, rosa):
    coordinator.job_title = "Partnership coordinator"
    send_email_to_contact(contact=rosa, subject="Tea & <cake>", text="1 < 2\n\n“Yes”", by=coordinator)

    message = Message.objects.get()
    body = unseal(message.body)
    assert message.subject == "Tea & <cake>"
    assert body["text"].startswith("1 < 2\n\n“Yes”\n\n--\nMarta Keller\nPartnership coordinator\nLinden Vale")
    assert "<p>1 &lt; 2</p>" in body["html"]


def test_send_email_with_a_line_break_in_its_subject_stays_one_line(coordinator, rosa):
    send_email_to_contact(contact=rosa, subject="Open\r\nBcc: all@example.org", text="Hello", by=coordinator)

    assert Message.objects.get().subject == "Open Bcc: all@example.org"


def test_send_email_can_set_what_comes_next(coordinator, rosa):
    send(rosa, coordinator, next_step=NextStep(due_on=TODAY + dt.timedelta(days=3)))

    follow_up = FollowUp.objects.get()
    assert (follow_up.title, follow_up.contact) == ("Get back to Rosa Lindqvist", rosa)


REFUSED = {
    "firm": (
        lambda: ContactFactory(organisation=OrganisationFactory(name="Firm", banned=True)),
        "Firm is not to be contacted: They asked us to stop writing.",
    ),
    "person": (lambda: ContactFactory(name="Ingrid", do_not_contact=True), "Ingrid does not want to be contacted."),
    "no address": (lambda: ContactFactory(name="Ingrid", email=""), "There is no e-mail address on file for Ingrid."),
    "left": (lambda: ContactFactory(name="Ingrid", archived=True), "There is no e-mail address on file for Ingrid."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_send_email_is_refused_with_the_reason(coordinator, name):
    make, words = REFUSED[name]
    contact = make()

    with pytest.raises(MailRefusedError) as refusal:
        send(contact, coordinator)

    assert str(refusal.value) == words
    assert (Message.objects.count(), Interaction.objects.count(), TimelineEvent.objects.count()) == (0, 0, 0)


def test_send_email_to_who_ended_these_mails_is_refused(coordinator, rosa):
    suppress(email=rosa.email.upper(), stream=Stream.PERSONAL, reason="asked")

    with pytest.raises(MailRefusedError) as refusal:
        send(rosa, coordinator)

    assert str(refusal.value) == "Rosa Lindqvist asked not to get e-mails from the college."


@pytest.mark.parametrize("trait", ["viewer", "director", "administrator", "deactivated"])
def test_send_email_is_the_coordinators_to_do(rosa, trait):
    with pytest.raises(PermissionDenied):
        send(rosa, UserFactory(**{trait: True}))

    assert not Message.objects.exists()


# What becomes of them


def test_prospect_is_contacted_only_once_the_mail_has_left(coordinator, firm, rosa):
    send(rosa, coordinator)
    firm.refresh_from_db()
    assert firm.status == Status.PROSPECT

    become(MessageStatus.SENT)

    firm.refresh_from_db()
    assert firm.status == Status.CONTACTED
    assert "First contact: e-mail “Open day”" in TimelineEvent.objects.get(kind="partnerships.status").body


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (MessageStatus.FAILED, "E-mail to Rosa Lindqvist did not arrive"),
        (MessageStatus.OUTCOME_UNKNOWN, "E-mail to Rosa Lindqvist may not have arrived"),
        (MessageStatus.SUPPRESSED, "E-mail to Rosa Lindqvist was held back"),
        (MessageStatus.CANCELLED, "E-mail to Rosa Lindqvist was called off"),
    ],
)
def test_mail_that_did_not_arrive_shows_and_counts_as_no_contact(coordinator, firm, rosa, status, words):
    interaction = send(rosa, coordinator)

    become(status, problem="No such mailbox")

    firm.refresh_from_db()
    interaction.refresh_from_db()
    event = TimelineEvent.objects.get(kind="outreach.not_delivered")
    assert (event.title, event.body) == (words, "No such mailbox")
    assert interaction.undelivered_at == NOW
    assert (firm.status, firm.last_contact_at) == (Status.PROSPECT, LONG_AGO)


def test_mail_that_arrives_after_all_counts_again(coordinator, firm, rosa):
    interaction = send(rosa, coordinator)
    become(MessageStatus.FAILED)

    become(MessageStatus.SENT)

    firm.refresh_from_db()
    interaction.refresh_from_db()
    assert interaction.undelivered_at is None
    assert (firm.status, firm.last_contact_at) == (Status.CONTACTED, NOW)


def test_failed_mail_that_is_called_off_is_told_once(coordinator, firm, rosa):
    send(rosa, coordinator)
    become(MessageStatus.FAILED)

    become(MessageStatus.CANCELLED)

    assert TimelineEvent.objects.filter(kind="outreach.not_delivered").count() == 1


def test_page_of_a_failed_mail_says_what_happened(coordinator, client_for, rosa):
    interaction = send(rosa, coordinator)
    become(MessageStatus.FAILED, problem="No such mailbox")

    page = client_for(coordinator).get(interaction.get_absolute_url()).content.decode()

    assert "No such mailbox" in page
    assert Message.objects.get().get_absolute_url() in page


def test_mail_that_has_left_cannot_be_unsaid(coordinator, client_for, rosa):
    interaction = send(rosa, coordinator)

    answer = client_for(coordinator).post(f"{interaction.get_absolute_url()}delete/")

    assert answer.status_code == 403
    assert Interaction.objects.kept().exists()
