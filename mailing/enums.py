from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices
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
    MessageStatus.FAILED: {MessageStatus.QUEUED, MessageStatus.CANCELLED},
    MessageStatus.OUTCOME_UNKNOWN: {MessageStatus.QUEUED, MessageStatus.SENT},
}

# Nobody can send these any more: their text is forgotten.
FINAL_STATES = frozenset({MessageStatus.SENT, MessageStatus.SUPPRESSED, MessageStatus.CANCELLED})
# These wait for a person.
TROUBLED_STATES = frozenset({MessageStatus.FAILED, MessageStatus.OUTCOME_UNKNOWN})


class Stream(TextChoices):
    """Why a mail is sent. Transactional mail is what somebody waits for; the others may be unsubscribed from."""

    TRANSACTIONAL = "transactional", _("Transactional")
    REMINDER = "reminder", _("Reminders to colleagues")
    PERSONAL = "personal", _("Written by a colleague")
    SURVEY = "survey", _("Feedback requests")
    CAMPAIGN = "campaign", _("Invitations and news")


# Their mails carry a way to end them, in the text and in the headers (RFC 8058).
UNSUBSCRIBABLE = frozenset({Stream.SURVEY, Stream.CAMPAIGN})


class Urgency(IntegerChoices):
    """Whose turn it is when many mails wait: what a person sits and waits for goes first."""

    NOW = 0, _("At once")
    SOON = 1, _("Soon")
    BULK = 2, _("When there is time")


def urgency_of(stream: str) -> Urgency:
    if stream == Stream.TRANSACTIONAL:
        return Urgency.NOW
    return Urgency.BULK if stream in UNSUBSCRIBABLE else Urgency.SOON


# The kind of whatever Django and its libraries send: mails about accounts.
DJANGO_MAIL = "mailing.django"


class LinkState(StrEnum):
    """What an emailed link is good for at the moment."""

    LIVE = "live"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    USED = "used"
