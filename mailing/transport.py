"""One connection to the mail server, and what it said about each mail."""

import logging
import re
import smtplib
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from anymail.exceptions import AnymailError, AnymailRecipientsRefused  # type: ignore[import-untyped]  # has no types
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

READ_TIMEOUT = 30
SERVICE_CLOSING = 421
FIRST_PERMANENT = 500
TOO_BIG = 552


class Verdict(StrEnum):
    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True)
class Answer:
    """What became of one try. `problem` is for people; `reply` is what the server said, as it said it.

    `is_away` tells that the trouble is the server's and not this mail's: no other mail would fare better now.
    """

    verdict: Verdict
    reply: str = ""
    problem: str | Promise = ""
    is_away: bool = False


class _Session(smtplib.SMTP):
    """Keeps the server's answer to a mail, and knows whether one is outstanding."""

    in_doubt = False
    accepted = ""

    def send(self, s: Any) -> None:
        # smtplib hands commands on as text and a mail's body as bytes: from here on the server may have taken it.
        if isinstance(s, bytes):
            self.in_doubt = True
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        code, reply = super().getreply()
        self.in_doubt = False
        return code, reply

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, reply = super().data(msg)
        self.accepted = _said(code, reply)
        return code, reply


class _TlsSession(_Session, smtplib.SMTP_SSL):
    pass


class SmtpTransport(EmailBackend):
    """Django's SMTP backend, patient while a mail is read and quick to see that nobody is there."""

    connection: _Session | None
    _partial_connection: _Session | None

    @property
    def connection_class(self) -> type[_Session]:
        return _TlsSession if self.use_ssl else _Session

    def open(self) -> bool | None:
        opened = super().open()
        if opened and self.connection and self.connection.sock:
            self.connection.sock.settimeout(READ_TIMEOUT)
        return opened

    @property
    def accepted(self) -> str:
        return self.connection.accepted if self.connection else ""

    @property
    def in_doubt(self) -> bool:
        return bool(self.connection and self.connection.in_doubt)

    def drop(self) -> None:
        """Let go of a connection that is not in order any more."""
        for session in (self.connection, self._partial_connection):
            if session is not None:
                session.close()
        self.connection = self._partial_connection = None


class Transport:
    """What the outbox hands its mails to; opened when first needed, kept for the next mail, closed at the end."""

    def __init__(self) -> None:
        self._backend = get_connection(settings.MAIL_TRANSPORT)
        self._has_sent = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._close()
        else:
            self._drop()

    def send(self, mail: EmailMessage) -> Answer:
        """Hand over one mail; whatever the server does, there is an answer."""
        answer = self._try(mail)
        if answer.is_away and answer.verdict == Verdict.LATER and self._has_sent:
            # Servers close a connection after so many mails or minutes: not this mail's fault, nor the server's.
            self._has_sent = False
            answer = self._try(mail)
        self._has_sent = self._has_sent or answer.verdict == Verdict.SENT
        return answer

    def _try(self, mail: EmailMessage) -> Answer:
        try:
            self._backend.open()
        except OSError as error:  # smtplib's errors are such
            self._drop()
            return _away(error)
        try:
            self._backend.send_messages([mail])
        except (OSError, AnymailError, ValueError) as error:
            answer = self._answer_to(error)
            if answer.is_away or answer.verdict == Verdict.IN_DOUBT:
                self._drop()
            return answer
        status = getattr(mail, "anymail_status", "")
        return Answer(Verdict.SENT, reply=getattr(self._backend, "accepted", "") or str(status or ""))

    def _answer_to(self, error: OSError | AnymailError | ValueError) -> Answer:
        if isinstance(error, AnymailError):
            return _answer_of_provider(error)
        if isinstance(error, ValueError):  # a line break in a header, an address that cannot be written down
            return Answer(Verdict.REFUSED, str(error), _("This e-mail cannot be sent as it is."))
        answer = _answer_of_server(error)
        if answer is None and getattr(self._backend, "in_doubt", False):
            return Answer(Verdict.IN_DOUBT, _described(error), _("The line broke while sending."), is_away=True)
        return answer or _away(error)

    def _close(self) -> None:
        try:
            self._backend.close()
        except OSError as error:
            logger.info("The mail server did not say goodbye: %s", error)
            self._drop()

    def _drop(self) -> None:
        if isinstance(self._backend, SmtpTransport):
            self._backend.drop()


def _said(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return f"{code} {text}".strip()


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _away(error: OSError) -> Answer:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        reply, problem = _said(error.smtp_code, error.smtp_error), _("Our mail server does not accept our sign-in.")
    else:
        reply, problem = _described(error), _("Our mail server cannot be reached.")
    return Answer(Verdict.LATER, reply=reply, problem=problem, is_away=True)


def _answer_of_server(error: OSError) -> Answer | None:
    """Return what the server answered; None when it did not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _answer_of_code(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code != TOO_BIG:
        # The school's own address is what the server does not like: a matter of settings, so mails wait.
        reply = _said(error.smtp_code, error.smtp_error)
        is_away = error.smtp_code == SERVICE_CLOSING
        return Answer(Verdict.LATER, reply, _("Our mail server does not accept our sender address."), is_away=is_away)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer_of_code(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Answer(Verdict.REFUSED, str(error), _("Our mail server cannot write to this address."))
    return None


def _answer_of_code(code: int, said: bytes | str) -> Answer:
    reply = _said(code, said)
    verdict = Verdict.REFUSED if code >= FIRST_PERMANENT else Verdict.LATER
    return Answer(verdict, reply, in_words(reply), is_away=code == SERVICE_CLOSING)


def _answer_of_provider(error: AnymailError) -> Answer:
    status = getattr(error, "status_code", None)
    if isinstance(error, AnymailRecipientsRefused):
        return Answer(Verdict.REFUSED, str(error), _("The address does not accept e-mail."))
    if status is None:  # no answer came: it may have been taken
        return Answer(Verdict.IN_DOUBT, str(error), _("The line broke while sending."), is_away=True)
    is_later = status >= FIRST_PERMANENT or status == 429  # noqa: PLR2004 - HTTP's “too many requests”
    verdict = Verdict.LATER if is_later else Verdict.REFUSED
    return Answer(verdict, str(error), _("Our mail provider did not take it."), is_away=is_later)


# What the codes of RFC 5321 and RFC 3463 mean to people: of the latter the end, which counts with 4 and 5 alike.
STATUS = re.compile(r"^(\d{3})(?:[ -]+[245]\.(\d{1,3}\.\d{1,3})\b)?")
BY_STATUS = {
    "1.1": _("The address no longer exists."),
    "1.6": _("The address no longer exists."),
    "1.10": _("The address no longer exists."),
    "1.2": _("The address is not right."),
    "1.3": _("The address is not right."),
    "2.0": _("The mailbox takes no mail."),
    "2.1": _("The mailbox takes no mail."),
    "2.2": _("The mailbox is full."),
    "2.3": _("The e-mail is too large for their server."),
    "3.4": _("The e-mail is too large for their server."),
    "4.4": _("The address is not right."),
    "7.1": _("Their server refuses our mail."),
}
BY_CODE = {
    "452": _("The mailbox is full, or their server is."),
    "550": _("The address does not accept e-mail."),
    "552": _("The e-mail is too large for their server."),
    "553": _("The address does not accept e-mail."),
    "554": _("Their server refuses our mail."),
}


def in_words(reply: str) -> str | Promise:
    """Return what a server's reply means to people."""
    found = STATUS.match(reply)
    code, status = found.groups(default="") if found else ("", "")
    if code.startswith("5"):
        return BY_STATUS.get(status) or BY_CODE.get(code) or _("Their server did not take it.")
    if status == "2.2":
        return BY_STATUS[status]
    return BY_CODE.get(code) or _("Their server asks us to come again later.")
