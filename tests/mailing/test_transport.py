import smtplib
import ssl

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from mailing.transport import Transport, Verdict, in_words
from tests.services import free_port

MAIL = EmailMessage("Hello", "Text", "office@example.org", ["rosa@example.org"])


class Raising(BaseEmailBackend):
    """A provider's backend that fails as told."""

    error: Exception
    opens_with: Exception | None = None

    def open(self) -> None:
        if self.opens_with:
            raise self.opens_with

    def send_messages(self, email_messages) -> int:
        raise self.error


@pytest.fixture
def send(settings, monkeypatch):
    settings.MAIL_TRANSPORT = f"{__name__}.Raising"

    def send_with(error: Exception | None = None, *, opens_with: Exception | None = None):
        monkeypatch.setattr(Raising, "error", error, raising=False)
        monkeypatch.setattr(Raising, "opens_with", opens_with)
        with Transport() as transport:
            return transport.send(MAIL)

    return send_with


def api_error(status: int) -> AnymailRequestsAPIError:
    response = requests.Response()
    response.status_code = status
    return AnymailRequestsAPIError("refused", response=response)


@pytest.mark.parametrize(
    ("error", "verdict", "is_away"),
    [
        (AnymailRecipientsRefused("refused"), Verdict.REFUSED, False),
        (api_error(400), Verdict.REFUSED, False),
        (api_error(429), Verdict.LATER, True),
        (api_error(503), Verdict.LATER, True),
        (AnymailAPIError("no answer"), Verdict.IN_DOUBT, True),
        (smtplib.SMTPSenderRefused(530, b"Not authorised", "a@example.org"), Verdict.LATER, False),
        (smtplib.SMTPSenderRefused(552, b"5.3.4 Too big", "a@example.org"), Verdict.REFUSED, False),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), Verdict.REFUSED, False),
        (TimeoutError("timed out"), Verdict.LATER, True),
    ],
)
def test_send_answers_whatever_goes_wrong(send, error, verdict, is_away):
    answer = send(error)

    assert (answer.verdict, answer.is_away, bool(str(answer.problem))) == (verdict, is_away, True)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPAuthenticationError(535, b"5.7.8 Authentication failed"),
        smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."),
        ssl.SSLCertVerificationError("certificate has expired"),
        ConnectionRefusedError("refused"),
        smtplib.SMTPConnectError(554, b"No service"),
    ],
)
def test_send_waits_when_no_conversation_comes_about(send, error):
    answer = send(opens_with=error)

    assert (answer.verdict, answer.is_away) == (Verdict.LATER, True)


def test_send_to_nobody_is_answered_soon(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    with Transport() as transport:
        answer = transport.send(MAIL)

    assert (answer.verdict, str(answer.problem)) == (Verdict.LATER, "Our mail server cannot be reached.")


def test_send_without_encryption_where_it_is_wanted_never_happens(settings, post_office):
    settings.EMAIL_USE_TLS = True

    with Transport() as transport:
        answer = transport.send(MAIL)

    assert (answer.verdict, post_office.messages) == (Verdict.LATER, [])


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("550 5.1.1 user unknown", "The address no longer exists."),
        ("550-5.1.1 The email account", "The address no longer exists."),
        ("452 4.2.2 full", "The mailbox is full."),
        ("550 5.7.1 policy", "Their server refuses our mail."),
        ("550 nothing here", "The address does not accept e-mail."),
        ("421 later", "Their server asks us to come again later."),
        ("471 odd", "Their server asks us to come again later."),
        ("599 odd", "Their server did not take it."),
    ],
)
def test_in_words(reply, words):
    assert str(in_words(reply)) == words
