"""Sending a round, taking a proposal back, sending a link again; and what runs out."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import School, User
from accounts.services import current_school
from mailing.models import EmailedLink
from mailing.services import issue_link, queue_mail
from opportunities.enums import ProposalStatus
from opportunities.freezing import fingerprint_of
from opportunities.gaps import gaps_of
from opportunities.models import Proposal, ProposalLink, ProposalVersion
from opportunities.rules import can_propose, can_stop
from opportunities.services.locking import lock_proposal, move_proposal, newest, on_the_table, tell_timeline
from opportunities.services.writing import NotWritableError
from partnerships.enums import Status
from partnerships.models import Contact, Need
from partnerships.services import advance_status, match_need

# What was answered can be looked up for a while after the last day.
LINK_OUTLASTS = dt.timedelta(days=60)
AT_ONCE = 500


class ProposalIncompleteError(Exception):
    """Something is missing; `gaps` says what."""

    def __init__(self, gaps: list[str]) -> None:
        super().__init__(gaps)
        self.gaps = gaps


class NothingToSendError(Exception):
    """The newest round was sent already."""


@transaction.atomic
def send_proposal(*, proposal: Proposal, by: User) -> Proposal:
    """Freeze the newest round and mail its link; from now on it is the one that may be answered.

    Raises ProposalIncompleteError, NothingToSendError, NotWritableError and PermissionDenied.
    """
    proposal = lock_proposal(proposal.pk)
    if not can_propose(by):
        raise PermissionDenied
    if not proposal.is_writable:
        raise NotWritableError
    version, school = newest(proposal), current_school()
    if version.is_sent:
        raise NothingToSendError
    gaps = gaps_of(proposal, version, school.today())
    if gaps:
        raise ProposalIncompleteError(gaps)
    contact = _recipient(proposal)
    _freeze(version, contact, by)
    _note_sending(proposal, version, school, by)
    _take_back_others_links(proposal, contact.email)
    mail_link(version, email=contact.email, name=contact.name, by=by)
    _tell_sent(proposal, version, by)
    return proposal


def _recipient(proposal: Proposal) -> Contact:
    """Return whom a proposal without gaps goes to."""
    if proposal.contact is None:
        raise ProposalIncompleteError([])
    return proposal.contact


def _freeze(version: ProposalVersion, contact: Contact, by: User) -> None:
    version.sent_at, version.sent_by, version.sent_to = timezone.now(), by, contact.name
    version.sha256 = fingerprint_of(version)
    version.save(update_fields=["sent_at", "sent_by", "sent_to", "sha256"])


def _note_sending(proposal: Proposal, version: ProposalVersion, school: School, by: User) -> None:
    today = school.today()
    proposal.first_sent_on = proposal.first_sent_on or today
    proposal.sent_on, proposal.valid_until, proposal.updated_by = today, version.valid_until, by
    also = ("first_sent_on", "sent_on", "valid_until", "updated_by")
    move_proposal(proposal, to=ProposalStatus.SENT, also=also)


def _take_back_others_links(proposal: Proposal, email: str) -> None:
    """Let former links of the same person lead to the newest round; those of others stop working."""
    links = ProposalLink.objects.filter(version__proposal=proposal, revoked_at=None)
    links.exclude(email=email.lower()).update(revoked_at=timezone.now())


def _tell_sent(proposal: Proposal, version: ProposalVersion, by: User) -> None:
    title = _("Proposal %(number)s sent, round %(n)d") % {"number": proposal.number, "n": version.no}
    tell_timeline(proposal, "sent", title=title, body=proposal.title, by=by, contact=proposal.contact)
    why = _("Proposal %(number)s was sent.") % {"number": proposal.number}
    advance_status(organisation=proposal.organisation, to=Status.PROPOSAL, why=why, by=by)
    for need in Need.objects.filter(proposed__version=version).distinct().order_by("pk"):
        match_need(need=need, by=by)


def mail_link(version: ProposalVersion, *, email: str, name: str, by: User | None) -> ProposalLink:
    """Give somebody a link to a round and mail it to them."""
    proposal = version.proposal
    until = version.valid_until or timezone.localdate()
    midnight = dt.datetime.combine(until + dt.timedelta(days=1), dt.time.min, current_school().zone)
    link, address = issue_link(
        ProposalLink, email=email, name=name, expires_at=midnight + LINK_OUTLASTS, version=version
    )
    writer = by or proposal.owner
    queue_mail(
        "opportunities.proposal",
        to_email=link.email,
        to_name=name,
        cause=version,
        occurrence=str(link.pk),
        context={"proposal": proposal, "round": version, "address": address, "contact": writer},
        by=by,
        reply_to=writer.email if writer else "",
    )
    return link


@transaction.atomic
def send_new_link(*, proposal: Proposal, by: User) -> ProposalLink:
    """Mail the contact a fresh link to the round on the table. Raises NothingToSendError and PermissionDenied."""
    proposal = lock_proposal(proposal.pk)
    if not can_propose(by):
        raise PermissionDenied
    version = on_the_table(proposal)
    last = version.links.order_by("-id").first() if version and proposal.is_answerable else None
    if version is None or last is None:
        raise NothingToSendError
    return mail_link(version, email=last.email, name=last.name, by=by)


def send_link_again(link: EmailedLink) -> None:
    """Answer somebody whose link ran out, if it is still theirs to answer."""
    asked = ProposalLink.objects.select_related("version").get(pk=link.pk)
    proposal = lock_proposal(asked.version.proposal_id)
    version = on_the_table(proposal)
    if version and proposal.is_answerable and version.links.filter(email=asked.email).exists():
        mail_link(version, email=asked.email, name=asked.name, by=None)


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: User, reason: str = "") -> Proposal:
    """Take a proposal back. Whoever has a link is told, and reads there that it is withdrawn.

    Raises TransitionRefusedError and PermissionDenied.
    """
    proposal = lock_proposal(proposal.pk)
    if not can_stop(by):
        raise PermissionDenied
    was_out = proposal.is_answerable
    proposal.decision_words, proposal.updated_by = reason, by
    move_proposal(proposal, to=ProposalStatus.WITHDRAWN, also=("decision_words", "updated_by"))
    title = _("Proposal %(number)s withdrawn") % {"number": proposal.number}
    tell_timeline(proposal, "withdrawn", title=title, body=reason, by=by)
    version = on_the_table(proposal)
    link = version.links.order_by("-id").first() if version and was_out else None
    if link:
        queue_mail(
            "opportunities.withdrawn",
            to_email=link.email,
            to_name=link.name,
            cause=proposal,
            context={"proposal": proposal, "contact": by},
            by=by,
            reply_to=by.email,
        )
    return proposal


def expire_due(*, today: dt.date) -> int:
    """Let proposals run out whose last day for an answer is over."""
    due = Proposal.objects.to_expire(today).order_by("valid_until", "pk").values_list("pk", flat=True)
    return sum(_expire(pk, today) for pk in list(due[:AT_ONCE]))


@transaction.atomic
def _expire(pk: int, today: dt.date) -> bool:
    proposal = lock_proposal(pk)
    if proposal.status != ProposalStatus.SENT or proposal.valid_until is None or proposal.valid_until >= today:
        return False
    move_proposal(proposal, to=ProposalStatus.EXPIRED)
    tell_timeline(proposal, "expired", title=_("Proposal %(number)s ran out") % {"number": proposal.number})
    return True
