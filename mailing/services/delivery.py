"""Handing mails over: claim a row, commit, send, write down what became of it.

A worker that dies in between leaves a row whose lease runs out. Nobody can know whether its mail left: transactional
mail is then sent again under the same Message-ID, any other is left to a person.
"""

import datetime as dt
import logging
import secrets
import time

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mailing.enums import FINAL_STATES, TROUBLED_STATES, MessageStatus, Stream
from mailing.mime import BadAddressError, UnsendableError, build
from mailing.models import Message, Suppression, hash_address
from mailing.services.queueing import UnknownMailKindError, mail_kind
from mailing.transport import Answer, Transport, Verdict
from roadmap.lifecycle import move

logger = logging.getLogger(__name__)

# Longer than the slowest conversation with a mail server: 10 s to connect and five answers of 30 s.
LEASE = dt.timedelta(minutes=5)
TRIED_FOR = dt.timedelta(hours=24)
FIRST_PAUSE, LONGEST_PAUSE = 30, 30 * 60
MOST_AT_ONCE = 25
LOST_AT_ONCE = 100
MOST_DOUBTS = 5
KEPT_HERE = "kept here"


class _Server:
    """Remembers that the mail server was away, so that a crowd of mails does not knock one after the other."""

    left_alone_for = 15.0
    away_until = 0.0

    @property
    def is_away(self) -> bool:
        return time.monotonic() < self.away_until

    def was_away(self) -> None:
        self.away_until = time.monotonic() + self.left_alone_for


server = _Server()


def deliver_due(*, first: int | None = None, most: int = MOST_AT_ONCE) -> int:
    """Send what is due over one connection, `first` before all else; return how many rows were handled.

    A row is claimed only when its turn has come, so that a worker that dies leaves one in doubt and no more.
    """
    if server.is_away:
        return 0
    handled = 0
    with Transport() as transport:
        while handled < most and not server.is_away:
            message = claim(first)
            if message is None and first is None:
                break
            first = None
            if message is not None:
                handled += 1
                if message.status == MessageStatus.SENDING:
                    settle(message, _hand_over(message, transport))
    return handled


@transaction.atomic
def claim(pk: int | None = None) -> Message | None:
    """Take one mail into this worker's hands, the given one or whichever is next; None when there is none.

    One whose recipient has ended this stream meanwhile is held back instead.
    """
    due = Message.objects.due(timezone.now()).select_for_update(of=("self",), skip_locked=True)
    message = due.filter(pk=pk).first() if pk else due.first()
    if message is None:
        return None
    if is_suppressed(message.to_email, message.stream):
        conclude(message, MessageStatus.SUPPRESSED, problem=_("The recipient has ended these e-mails."))
        return message
    move(message, to=MessageStatus.SENDING)
    message.attempts += 1
    message.tried_since = message.tried_since or timezone.now()
    message.lease_until = Now() + LEASE
    message.save(update_fields=["status", "attempts", "tried_since", "lease_until"])
    return message


def is_suppressed(email: str, stream: str) -> bool:
    return Suppression.objects.filter(address_hash=hash_address(email), stream=stream).exists()


def _hand_over(message: Message, transport: Transport) -> Answer:
    if settings.MAIL_KEPT_HERE:
        return Answer(Verdict.SENT, reply=KEPT_HERE)
    try:
        mail: EmailMessage = build(message)
    except (UnsendableError, BadHeaderError) as error:
        is_address = isinstance(error, BadAddressError)
        words = _("This is no e-mail address.") if is_address else _("This e-mail cannot be sent as it is.")
        return Answer(Verdict.REFUSED, reply=str(error), problem=words)
    answer = transport.send(mail)
    if answer.is_away:
        server.was_away()
    return answer


@transaction.atomic
def settle(message: Message, answer: Answer) -> None:
    """Write down what became of a try, unless another worker has taken the mail over meanwhile."""
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    is_mine = held.attempts == message.attempts
    may_know_better = held.status == MessageStatus.OUTCOME_UNKNOWN and answer.verdict == Verdict.SENT
    if not is_mine or not (held.status == MessageStatus.SENDING or may_know_better):
        logger.warning("Mail %s ended in another worker; this one was told: %s", held.pk, answer.reply)
        return
    if answer.verdict == Verdict.SENT:
        conclude(held, MessageStatus.SENT, reply=answer.reply)
    elif answer.verdict == Verdict.REFUSED:
        conclude(held, MessageStatus.FAILED, problem=answer.problem, reply=answer.reply)
    elif answer.verdict == Verdict.IN_DOUBT:
        _leave_in_doubt(held, answer.problem, answer.reply)
    else:
        _try_later(held, answer)


def _try_later(message: Message, answer: Answer) -> None:
    """Put a mail back for another try; after a day of tries, give up."""
    if message.tried_since and timezone.now() - message.tried_since >= TRIED_FOR:
        conclude(message, MessageStatus.FAILED, problem=answer.problem, reply=answer.reply)
        return
    _put_back(message, answer.problem, answer.reply)


def _put_back(message: Message, problem: str | Promise, reply: str) -> None:
    move(message, to=MessageStatus.QUEUED)
    message.not_before = timezone.now() + pause_after(message.attempts)
    message.lease_until = None
    message.problem, message.server_reply = str(problem)[:300], reply
    message.save(update_fields=["status", "not_before", "lease_until", "problem", "server_reply"])


def pause_after(attempts: int) -> dt.timedelta:
    """Return how long to wait: twice as long each time up to half an hour, give or take a fifth."""
    seconds = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
    return dt.timedelta(seconds=seconds * (80 + secrets.randbelow(41)) / 100)


def _leave_in_doubt(message: Message, problem: str | Promise, reply: str) -> None:
    if message.stream == Stream.TRANSACTIONAL and message.attempts < MOST_DOUBTS:
        _put_back(message, problem, reply)
    else:
        conclude(message, MessageStatus.OUTCOME_UNKNOWN, problem=problem, reply=reply)


@transaction.atomic
def take_up_lost() -> int:
    """Settle what workers took and never brought to an end; return how many there were."""
    lost = Message.objects.lost().select_for_update(of=("self",), skip_locked=True)[:LOST_AT_ONCE]
    words = gettext_lazy("Tandem was interrupted while sending.")
    count = 0
    for message in lost:
        _leave_in_doubt(message, words, "")
        count += 1
    return count


def conclude(message: Message, status: MessageStatus, *, problem: str | Promise = "", reply: str = "") -> None:
    """Store an outcome and tell whoever sent the mail, in one transaction; the caller holds the row.

    The text is forgotten once it cannot be sent any more. What is kept on this machine stays readable.
    """
    move(message, to=status)
    message.problem, message.server_reply = str(problem)[:300], reply
    message.lease_until = None
    message.finished_at = timezone.now()
    if status in FINAL_STATES and reply != KEPT_HERE:
        message.body = b""
    message.save(update_fields=["status", "problem", "server_reply", "lease_until", "finished_at", "body"])
    tell_outcome(message)


def tell_outcome(message: Message) -> None:
    try:
        kind = mail_kind(message.kind)
    except UnknownMailKindError:  # a row that outlived the stage that wrote it
        logger.warning("Nobody is told about mails of the kind %s any more", message.kind)
        return
    try:
        with transaction.atomic():
            kind.on_outcome(message)
    except Exception:
        # Whatever goes wrong in what follows from a mail, the mail itself must not leave once more because of it.
        logger.exception("What follows from mail %s (%s) failed", message.pk, message.kind)


def forget_texts(*, now: dt.datetime) -> int:
    """Empty mails that a person left undecided for a month; nobody will send them now."""
    old = Message.objects.filter(status__in=TROUBLED_STATES, created_at__lt=now - dt.timedelta(days=30))
    return old.exclude(body=b"").update(body=b"")
