"""What mail contributes to the rest."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from mailing import demo
from mailing.enums import DJANGO_MAIL, MessageStatus, Stream
from mailing.models import Message
from mailing.overview import troubled_count
from mailing.rules import can_read_outbox
from mailing.slots import MailKind
from roadmap.slots import DemoData, NavGroup, Page, TodayItem, TodaySource

OUTREACH = 4


def troubles(user: User, school: School, limit: int) -> list[TodayItem]:
    """What a colleague wrote and what did not arrive."""
    rows = (
        Message.objects.troubled()
        .filter(created_by=user)
        .only("status", "subject", "to_name", "to_email", "finished_at", "created_at")
    )
    return [
        TodayItem(
            title=_title(message) % {"subject": message.subject},
            detail=message.to_name or message.to_email,
            url=message.get_absolute_url(),
            icon="mail-x",
            stage=OUTREACH,
            at=message.finished_at or message.created_at,
        )
        for message in rows[:limit]
    ]


def _title(message: Message) -> str:
    if message.status == MessageStatus.FAILED:
        return gettext("Not delivered: %(subject)s")
    return gettext("Did it arrive? %(subject)s")


slots = [
    Page(
        _("Outbox"),
        "mailing:outbox",
        "mail-forward",
        NavGroup.BOTTOM,
        order=10,
        shown_to=can_read_outbox,
        count=lambda user: troubled_count(),
        counts=_("not delivered"),
        urgent=True,
    ),
    TodaySource("mailing.troubles", troubles),
    DemoData("mailing", demo.load),
    MailKind(DJANGO_MAIL, _("About an account"), Stream.TRANSACTIONAL),
]
