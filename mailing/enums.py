from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from roadmap.lifecycle import Transitions


class MessageStatus(TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Leaving")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")
    SUPPRESSED = "suppressed", _("Held back")
    CANCELLED = "cancelled", _("Called off")
    OUTCOME_UNKNOWN = "outcome_unknown", _("We do not know")


MESSAGE_TRANSITIONS: Transitions = {
    MessageStatus.QUEUED: {MessageStatus.SENDING, MessageStatus.SUPPRESSED, MessageStatus.CANCELLED},
    MessageStatus.SENDING: {
        MessageStatus.SENT,
        MessageStatus.QUEUED,
        MessageStatus.FAILED,
        MessageStatus.OUTCOME_UNKNOWN,
    },
    MessageStatus.FAILED: {MessageStatus.QUEUED},
    MessageStatus.OUTCOME_UNKNOWN: {MessageStatus.QUEUED, MessageStatus.SENT},
}


class Stream(TextChoices):
    """Why a mail is sent. Transactional mail is what somebody waits for; the others may be unsubscribed from."""

    TRANSACTIONAL = "transactional", _("Transactional")
    REMINDER = "reminder", _("Reminders to colleagues")
    PERSONAL = "personal", _("Written by a colleague")
    SURVEY = "survey", _("Feedback requests")
    CAMPAIGN = "campaign", _("Invitations and news")


class LinkState(StrEnum):
    """What an emailed link is good for at the moment."""

    LIVE = "live"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    USED = "used"
