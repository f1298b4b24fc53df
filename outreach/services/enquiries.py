"""What colleagues do with an enquiry: take it, answer it, set it aside, close it; and what the clock does."""

import datetime as dt
from email.utils import formataddr

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import current_school
from mailing.enums import MessageStatus
from mailing.models import Message
from mailing.services import queue_mail
from outreach.enums import QUIET_ENQUIRIES, Channel, Direction, EnquiryStatus
from outreach.models import Enquiry, EnquiryReply, ProblemReport
from outreach.rules import can_log, may_own
from outreach.services.follow_ups import OwnerRefusedError
from outreach.services.interactions import log_interaction
from outreach.services.receiving import promised_day, send_receipt
from outreach.services.said import Said
from roadmap.lifecycle import move

NOT_ARRIVED = {MessageStatus.FAILED, MessageStatus.SUPPRESSED, MessageStatus.CANCELLED}
# Once set aside, an enquiry is as good as dealt with.
SET_ASIDE = (EnquiryStatus.SPAM, EnquiryStatus.OUT_OF_SCOPE)
QUIET_FOR = dt.timedelta(days=30)
KEPT_FOR = dt.timedelta(days=365)
HASHES_KEPT_FOR = dt.timedelta(days=2)
AT_ONCE = 200


class NoAddressError(Exception):
    """Whoever enquired left a telephone number only."""


@transaction.atomic
def assign_enquiry(*, enquiry: Enquiry, to: User, by: User) -> Enquiry:
    """Let a colleague answer it, oneself or another. Raises PermissionDenied, OwnerRefusedError."""
    enquiry = locked_enquiry(enquiry, by=by)
    if not may_own(to):
        raise OwnerRefusedError
    enquiry.assigned_to = to
    if enquiry.status == EnquiryStatus.NEW:
        move_enquiry(enquiry, to=EnquiryStatus.TRIAGED, by=by)
    return save_enquiry(enquiry, by=by)


@transaction.atomic
def answer_enquiry(*, enquiry: Enquiry, text: str, by: User, asks_back: bool = False) -> EnquiryReply:
    """Answer by mail; replies go to the colleague. Raises NoAddressError, TransitionRefusedError."""
    enquiry = locked_enquiry(enquiry, by=by)
    if not enquiry.email:
        raise NoAddressError
    reply = _reply(enquiry, text=text, channel=Channel.EMAIL, by=by)
    subject = _("Your message to us, %(reference)s") % {"reference": enquiry.reference}
    reply.message = queue_mail(
        "outreach.enquiry_answer",
        to_email=enquiry.email,
        to_name=enquiry.name,
        cause=reply,
        context={"subject": subject, "text": reply.text, "author": by},
        by=by,
        reply_to=formataddr((by.name, by.email)),
    )
    reply.save(update_fields=["message"])
    _count_as_answered(enquiry, asks_back=asks_back, by=by)
    return reply


@transaction.atomic
def note_answer(*, enquiry: Enquiry, text: str, by: User) -> EnquiryReply:
    """Note that it was answered by telephone. Raises TransitionRefusedError."""
    enquiry = locked_enquiry(enquiry, by=by)
    reply = _reply(enquiry, text=text, channel=Channel.CALL, by=by)
    _count_as_answered(enquiry, asks_back=False, by=by)
    return reply


@transaction.atomic
def note_word_back(*, enquiry: Enquiry, text: str, by: User) -> EnquiryReply:
    """Note what they wrote or said back; the enquiry waits for the school again. Raises TransitionRefusedError."""
    enquiry = locked_enquiry(enquiry, by=by)
    if not enquiry.is_open:
        _reopen(enquiry, by=by)
    reply = EnquiryReply.objects.create(enquiry=enquiry, direction=Direction.IN, text=text.strip(), by=by)
    _tell_partner(enquiry, reply, by=by)
    save_enquiry(enquiry, by=by)
    return reply


@transaction.atomic
def set_aside(*, enquiry: Enquiry, to: EnquiryStatus, by: User) -> Enquiry:
    """Mark it as spam, or as not for the school. Raises TransitionRefusedError."""
    if to not in SET_ASIDE:
        raise ValueError(to)
    enquiry = locked_enquiry(enquiry, by=by)
    move_enquiry(enquiry, to=to, by=by)
    return save_enquiry(enquiry, by=by)


@transaction.atomic
def clear_suspicion(*, enquiry: Enquiry, by: User) -> Enquiry:
    """Let one that was held back into the queue; the promise counts from today. Raises TransitionRefusedError."""
    enquiry = locked_enquiry(enquiry, by=by)
    if enquiry.is_held_back:
        enquiry.due_on = promised_day(current_school(), timezone.now())
    move_enquiry(enquiry, to=EnquiryStatus.NEW, by=by)
    enquiry.suspicion = ""
    send_receipt(enquiry)
    return save_enquiry(enquiry, by=by)


@transaction.atomic
def close_enquiry(*, enquiry: Enquiry, by: User) -> Enquiry:
    """Nothing more is to come. Raises TransitionRefusedError for one that nobody has answered."""
    enquiry = locked_enquiry(enquiry, by=by)
    move_enquiry(enquiry, to=EnquiryStatus.CLOSED, by=by)
    return save_enquiry(enquiry, by=by)


@transaction.atomic
def reopen_enquiry(*, enquiry: Enquiry, by: User) -> Enquiry:
    """Put it back into the queue. Raises TransitionRefusedError."""
    enquiry = locked_enquiry(enquiry, by=by)
    _reopen(enquiry, by=by)
    return save_enquiry(enquiry, by=by)


def note_answer_outcome(message: Message) -> None:
    """Take in that an answer did not arrive, in the transaction that stores it: the enquiry is open again."""
    reply = EnquiryReply.objects.select_for_update(of=("self",)).filter(message=message).first()
    if reply is None:
        return
    reply.undelivered_at = timezone.now() if message.status in NOT_ARRIVED else None
    reply.save(update_fields=["undelivered_at"])
    if reply.undelivered_at:
        enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=reply.enquiry_id)
        if enquiry.status in (EnquiryStatus.ANSWERED, EnquiryStatus.WAITING):
            _reopen(enquiry, by=None)
            save_enquiry(enquiry, by=None)


@transaction.atomic
def sweep_enquiries(*, now: dt.datetime) -> int:
    """Close what has been quiet for a month, erase what was closed a year ago, forget hashes. Returns how many."""
    quiet = Enquiry.objects.filter(status__in=QUIET_ENQUIRIES, moved_at__lt=now - QUIET_FOR)
    ids = list(quiet.order_by("status", "moved_at").values_list("pk", flat=True)[:AT_ONCE])
    closed = Enquiry.objects.filter(pk__in=ids, status__in=QUIET_ENQUIRIES).update(
        status=EnquiryStatus.CLOSED, closed_at=now, moved_at=now
    )
    return closed + _erase(now) + _forget_hashes(now)


def _erase(now: dt.datetime) -> int:
    erased = 0
    for model in (Enquiry, ProblemReport):
        old = model._default_manager.filter(closed_at__lt=now - KEPT_FOR).order_by("closed_at")
        ids = list(old.values_list("pk", flat=True)[:AT_ONCE])
        erased += len(ids)
        model._default_manager.filter(pk__in=ids).delete()
    return erased


def _forget_hashes(now: dt.datetime) -> int:
    before, hashed = now - HASHES_KEPT_FOR, ~Q(network_hash="") | ~Q(email_hash="")
    return sum(
        model._default_manager.filter(hashed, received_at__lt=before).update(network_hash="", email_hash="")
        for model in (Enquiry, ProblemReport)
    )


def locked_enquiry(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Return the row as it is now, locked. Raises PermissionDenied."""
    if not can_log(by):
        raise PermissionDenied
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("organisation", "contact", "assigned_to")
    return rows.get(pk=enquiry.pk)


def move_enquiry(enquiry: Enquiry, *, to: EnquiryStatus, by: User | None) -> None:
    """Move a locked enquiry; whoever acts on one that nobody has answers it. Raises TransitionRefusedError."""
    move(enquiry, to=to)
    enquiry.moved_at = timezone.now()
    enquiry.closed_at = enquiry.moved_at if to == EnquiryStatus.CLOSED else None
    if enquiry.assigned_to is None and by is not None and may_own(by):
        enquiry.assigned_to = by


def _reopen(enquiry: Enquiry, *, by: User | None) -> None:
    move_enquiry(enquiry, to=EnquiryStatus.TRIAGED, by=by)


def save_enquiry(enquiry: Enquiry, *, by: User | None) -> Enquiry:
    enquiry.version += 1
    enquiry.updated_by = by
    enquiry.save()
    return enquiry


def _reply(enquiry: Enquiry, *, text: str, channel: Channel, by: User) -> EnquiryReply:
    reply = EnquiryReply.objects.create(
        enquiry=enquiry, direction=Direction.OUT, channel=channel, text=text.strip(), by=by
    )
    _tell_partner(enquiry, reply, by=by)
    return reply


def _count_as_answered(enquiry: Enquiry, *, asks_back: bool, by: User) -> None:
    """An enquiry that became a partner’s stays so, and one answered twice stays answered."""
    to = EnquiryStatus.WAITING if asks_back else EnquiryStatus.ANSWERED
    if enquiry.status not in (to, EnquiryStatus.CONVERTED):
        move_enquiry(enquiry, to=to, by=by)
    enquiry.answered_on = enquiry.answered_on or current_school().today()
    save_enquiry(enquiry, by=by)


def _tell_partner(enquiry: Enquiry, reply: EnquiryReply, *, by: User) -> None:
    """Where the enquiry is a partner’s, its history has every word too."""
    if enquiry.organisation is None:
        return
    said = Said(
        Channel(reply.channel),
        summary=reply.text,
        subject=enquiry.reference,
        direction=Direction(reply.direction),
        contacts=(enquiry.contact,) if enquiry.contact else (),
    )
    log_interaction(organisation=enquiry.organisation, said=said, by=by)
