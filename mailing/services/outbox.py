"""What colleagues do about mails: send again, call off, say what arrived."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.queue import wake
from mailing.enums import MessageStatus
from mailing.models import Message
from mailing.rules import can_steer_outbox
from mailing.services.delivery import conclude
from roadmap.lifecycle import TransitionRefusedError, move


@transaction.atomic
def send_again(*, message: Message, by: User) -> Message:
    """Send a mail that did not arrive, or may not have; or one that waits, without waiting any longer."""
    message = _held(message, by)
    if not message.has_text:
        raise TransitionRefusedError(message, MessageStatus.QUEUED)
    if message.status != MessageStatus.QUEUED:
        move(message, to=MessageStatus.QUEUED)
    message.not_before, message.tried_since, message.finished_at = timezone.now(), None, None
    message.save(update_fields=["status", "not_before", "tried_since", "finished_at"])
    wake("mailing.send", message.pk)
    return message


@transaction.atomic
def call_off(*, message: Message, by: User) -> Message:
    """Keep a mail from leaving, or stop worrying about one that did not arrive."""
    message = _held(message, by)
    conclude(message, MessageStatus.CANCELLED, problem=message.problem, reply=message.server_reply)
    return message


@transaction.atomic
def note_arrival(*, message: Message, by: User) -> Message:
    """Settle a doubt: the recipient has the mail."""
    message = _held(message, by)
    conclude(message, MessageStatus.SENT, reply=_("%(name)s noted that it arrived.") % {"name": by})
    return message


def _held(message: Message, by: User) -> Message:
    if not can_steer_outbox(by):
        raise PermissionDenied
    return Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
