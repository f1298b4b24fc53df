"""A mail server that does what it is told: refuses, asks to wait, hangs up; and writes down what it took."""

import asyncio
import json
import os
import time
from collections import Counter
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.smtp import PostOffice

CUT = "accept, then cut the line"
CUT_BEFORE = "cut the line before accepting"
HANG = "say nothing"


class FaultyOffice(PostOffice):
    """`on_rcpt` and `on_data` give the answers for an address in turn, the last for good; “*” is for everybody.

    With `book`, each accepted mail is a line of that file, on the disk before the client hears of it.
    """

    def __init__(self, book: Path | None = None) -> None:
        super().__init__()
        self.on_rcpt: dict[str, list[str]] = {}
        self.on_data: dict[str, list[str]] = {}
        self.connections = 0
        self.takes = 0.0
        self._book = book

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses):  # noqa: N802 - aiosmtpd's name
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        answer = _next(self.on_rcpt, address)
        if answer == CUT_BEFORE:
            server.transport.abort()
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = _next(self.on_data, envelope.rcpt_tos[0])
        if self.takes:
            await asyncio.sleep(self.takes)
        if answer in {"", CUT, HANG}:
            self._accept(envelope)
        if answer in {CUT, CUT_BEFORE}:
            server.transport.abort()
        if answer == HANG:
            await asyncio.sleep(3)
        return answer if answer[:1].isdigit() else "250 2.0.0 Ok: queued as 4T2"

    def _accept(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)
        if self._book:
            entry = {"id": self.messages[-1]["Message-ID"], "to": envelope.rcpt_tos, "at": time.time()}
            with self._book.open("a") as book:
                book.write(json.dumps(entry) + "\n")
                book.flush()
                os.fsync(book.fileno())

    @property
    def booked(self) -> Counter[str]:
        """Return how often each Message-ID stands in the book."""
        if not self._book or not self._book.exists():
            return Counter()
        return Counter(json.loads(line)["id"] for line in self._book.read_text().splitlines())


def _next(answers: dict[str, list[str]], address: str) -> str:
    waiting = answers.get(address) or answers.get("*") or [""]
    return waiting.pop(0) if len(waiting) > 1 else waiting[0]
