"""A real SMTP server on loopback that keeps a ledger of what it was given."""

import email
import email.policy
import logging
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services import free_port

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line that is said


class PostOffice:
    """Accepts mail and keeps it; `answer` makes it refuse, `close` and `open` take it away and back."""

    def __init__(self) -> None:
        self.port = free_port()
        self.envelopes: list[Envelope] = []
        self.answer = "250 Message accepted for delivery"
        self._controller: Controller | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.envelopes.append(envelope)
        return self.answer

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        """Return what was accepted, in order, as parsed messages."""
        return [
            email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
            for envelope in self.envelopes
        ]

    @property
    def ledger(self) -> Counter[str]:
        """Return how often each Message-ID arrived: anything above one is a mail sent twice."""
        return Counter(message["Message-ID"] for message in self.messages)

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages whose envelope names an address."""
        pairs = zip(self.envelopes, self.messages, strict=True)
        return [message for envelope, message in pairs if address in envelope.rcpt_tos]


@pytest.fixture
def smtp_server() -> Iterator[PostOffice]:
    office = PostOffice()
    office.open()
    yield office
    office.close()
