"""How it stands with the school's mail."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import School
from mailing.enums import TROUBLED_STATES, MessageStatus
from mailing.models import Message
from mailing.sealing import sender_of

COUNT_CAP = 10_000
SHOWN_TROUBLED = 10


@dataclass(frozen=True)
class Overview:
    """Counts are capped at one above COUNT_CAP. `held_up` is the latest mail that waits after a try that failed."""

    troubled: list[Message]
    troubled_count: int
    waiting: int
    sent_this_week: int
    held_up: Message | None
    held_up_count: int
    last_sent_at: dt.datetime | None
    server: str
    is_secured: bool
    sender: str
    reply_to: str

    @property
    def is_in_trouble(self) -> bool:
        """Whether nothing has left since a mail was first held up: then it is hardly the recipient's server."""
        if self.held_up is None or self.held_up.tried_since is None:
            return False
        return self.last_sent_at is None or self.held_up.tried_since > self.last_sent_at


def overview(school: School) -> Overview:
    """Seven indexed queries, whatever the size of the outbox."""
    rows = Message.objects.defer("preview", "headers")
    week_ago = timezone.now() - dt.timedelta(days=7)
    queued = rows.filter(status=MessageStatus.QUEUED)
    held_up = queued.filter(attempts__gt=0)
    sent = rows.filter(status=MessageStatus.SENT)
    return Overview(
        troubled=list(rows.troubled()[:SHOWN_TROUBLED]),
        troubled_count=_count(rows.filter(status__in=TROUBLED_STATES)),
        waiting=_count(queued),
        sent_this_week=_count(sent.filter(created_at__gte=week_ago)),
        held_up=held_up.order_by("-created_at", "-id").first(),
        held_up_count=_count(held_up),
        last_sent_at=sent.order_by("-created_at", "-id").values_list("finished_at", flat=True).first(),
        server=f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        is_secured=settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL,
        sender=sender_of(school),
        reply_to=school.reply_to_email,
    )


def _count(rows: QuerySet[Message]) -> int:
    return rows.order_by()[: COUNT_CAP + 1].count()


def troubled_count() -> int:
    """Return how many mails wait for a person."""
    return _count(Message.objects.filter(status__in=TROUBLED_STATES))
