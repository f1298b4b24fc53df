import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection

from mailing.backends import AttachmentsError
from mailing.enums import MessageStatus, Stream
from mailing.models import Message
from mailing.sealing import unseal
from mailing.services.delivery import deliver_due

pytestmark = pytest.mark.usefixtures("school")

RESET = "https://tandem.example.org/sign-in/password/reset/key/1-abc/"


@pytest.fixture
def backend():
    return get_connection("mailing.backends.OutboxBackend")


def test_send_messages_writes_rows_of_the_outbox(backend):
    mail = EmailMultiAlternatives(
        "Your password", f"Set it: {RESET}", None, ["marta@example.org", "helena@example.org"]
    )
    mail.attach_alternative(f'<a href="{RESET}">Set it</a>', "text/html")

    assert backend.send_messages([mail]) == 1

    first, second = Message.objects.order_by("id")
    assert (first.to_email, second.to_email) == ("marta@example.org", "helena@example.org")
    assert (first.kind, first.stream, first.status) == ("mailing.django", Stream.TRANSACTIONAL, MessageStatus.QUEUED)
    assert first.from_email == "Linden Vale Vocational College <tandem@tandem.example.org>"
    assert unseal(first.body) == {"text": f"Set it: {RESET}", "html": f'<a href="{RESET}">Set it</a>'}


def test_send_messages_shows_nobody_what_opens_an_account(backend):
    backend.send_messages([EmailMessage("Your code", "It is 123456", None, ["marta@example.org"])])

    assert Message.objects.get().preview == ""


def test_send_messages_twice_sends_twice(backend):
    mail = EmailMessage("Your code", "It is 123456", None, ["marta@example.org"])

    backend.send_messages([mail, mail])

    assert Message.objects.count() == 2


def test_send_messages_of_html_alone(backend, post_office):
    mail = EmailMessage("Notice", "<p>Changed</p>", "Admin <admin@example.org>", ["marta@example.org"])
    mail.content_subtype = "html"
    backend.send_messages([mail])

    deliver_due()

    (sent,) = post_office.messages
    assert sent.get_body(("html",)).get_content().strip() == "<p>Changed</p>"
    assert sent["From"] == "Admin <admin@example.org>"


def test_send_messages_with_files_is_refused(backend):
    mail = EmailMessage("Notice", "See file", None, ["marta@example.org"])
    mail.attach("a.txt", b"a", "text/plain")

    with pytest.raises(AttachmentsError):
        backend.send_messages([mail])
