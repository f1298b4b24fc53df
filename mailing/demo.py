"""What the demo school's outbox holds: mails that left and two that need somebody."""

import datetime as dt
from typing import NamedTuple

from mailing.enums import FINAL_STATES, MessageStatus, Stream, urgency_of
from mailing.models import Message
from mailing.sealing import new_message_id, seal
from mailing.slots import MailKind
from roadmap import registry

SENDER = "Linden Vale Vocational College <tandem@lindenvale.example.org>"
ANSWERS = "Marta Keller <m.keller@lindenvale.example.org>"
ACCEPTED = "250 2.0.0 Ok: queued as 4TQ2mX1hZz"


class Mail(NamedTuple):
    """A mail that was written `ago` before the morning of the anchor day."""

    name: str
    address: str
    subject: str
    stream: Stream
    status: MessageStatus
    ago: dt.timedelta
    problem: str = ""
    reply: str = ""


MAILS = [
    Mail(
        "Paul Amsel",
        "p.amsel@northgate.example.org",
        "Who buys your lunches now?",
        Stream.PERSONAL,
        MessageStatus.FAILED,
        dt.timedelta(hours=16),
        "The address no longer exists.",
        "550 5.1.1 <p.amsel@northgate.example.org> user unknown",
    ),
    Mail(
        "Ivo Stark",
        "ivo.stark@delmar.example.org",
        "Thank you for the tour",
        Stream.PERSONAL,
        MessageStatus.OUTCOME_UNKNOWN,
        dt.timedelta(hours=18),
        "The line broke while sending.",
        "TimeoutError: timed out",
    ),
    Mail(
        "Tova Lind",
        "tova@solveig.example.org",
        "Your questions about work placements",
        Stream.PERSONAL,
        MessageStatus.SENT,
        dt.timedelta(hours=20),
        reply=ACCEPTED,
    ),
    Mail(
        "Lena Fischer",
        "l.fischer@ashgrove.example.org",
        "Thank you for your call",
        Stream.PERSONAL,
        MessageStatus.SENT,
        dt.timedelta(days=3),
        reply=ACCEPTED,
    ),
    Mail(
        "Luis Ortega",
        "luis@harbourtable.example.org",
        "How did the first month go?",
        Stream.SURVEY,
        MessageStatus.SUPPRESSED,
        dt.timedelta(days=6),
        "The recipient has ended these e-mails.",
    ),
]


def load(day: dt.date) -> None:
    """Fill the outbox unless there is something in it."""
    if Message.objects.exists():
        return
    morning = dt.datetime.combine(day, dt.time(7), dt.UTC)
    Message.objects.bulk_create(_row(number, mail, morning - mail.ago) for number, mail in enumerate(MAILS))


def _row(number: int, mail: Mail, written: dt.datetime) -> Message:
    text = f"Hello {mail.name},\n\nthis e-mail belongs to the demo and was sent to nobody.\n\nMarta Keller"
    is_over = mail.status in FINAL_STATES
    return Message(
        kind=_kind_of(mail.stream),
        stream=mail.stream,
        urgency=urgency_of(mail.stream),
        dedupe_key=f"mailing.demo:{number}",
        status=mail.status,
        to_email=mail.address,
        to_name=mail.name,
        from_email=SENDER,
        reply_to=ANSWERS,
        subject=mail.subject,
        preview=text,
        body=b"" if is_over else seal({"text": text, "html": ""}),
        message_id=new_message_id(),
        created_at=written,
        not_before=written,
        tried_since=written,
        finished_at=written + dt.timedelta(seconds=2),
        attempts=1,
        problem=mail.problem,
        server_reply=mail.reply,
    )


def _kind_of(stream: Stream) -> str:
    """Return a kind of mail that some stage sends on this stream."""
    return next((kind.key for kind in registry.of(MailKind) if kind.stream == stream), "mailing.demo")
