"""What a partner answers: by the emailed link, or as a colleague notes it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import current_school
from mailing.services import complete_link, queue_mail
from opportunities.enums import AnswerKind, DecisionReason, ProposalStatus
from opportunities.models import Proposal, ProposalAnswer, ProposalLink, ProposalVersion
from opportunities.rules import can_propose
from opportunities.services.locking import lock_proposal, move_proposal, on_the_table, tell_timeline

LEADS_TO = {
    AnswerKind.ACCEPTED: ProposalStatus.ACCEPTED,
    AnswerKind.CHANGES: ProposalStatus.IN_NEGOTIATION,
    AnswerKind.DECLINED: ProposalStatus.DECLINED,
}


class AlreadyDecidedError(Exception):
    """It was accepted or declined before; that stands."""


class NotOpenForAnswerError(Exception):
    """It was withdrawn, ran out or never left."""


class StaleRoundError(Exception):
    """The form showed another round than the one that is on the table now."""


@dataclass(frozen=True)
class Answer:
    """What somebody said, and the number of the round that the form showed."""

    kind: AnswerKind
    round: int
    words: str = ""
    reason: str = ""


@transaction.atomic
def answer_by_link(*, link: ProposalLink, answer: Answer) -> Proposal:
    """Answer by the personal link; accepting and declining settle it.

    Raises AlreadyDecidedError, NotOpenForAnswerError, StaleRoundError and LinkClosedError.
    """
    proposal = lock_proposal(link.version.proposal_id)
    version = _open_round(proposal, answer)
    today = current_school().today()
    if version.valid_until and version.valid_until < today:
        raise NotOpenForAnswerError
    if answer.kind != AnswerKind.CHANGES:
        complete_link(link)
    given = _write_down(version, answer, name=link.name)
    _settle(proposal, given)
    _tell_owner(proposal, given)
    _send_copy(proposal, given, link)
    return proposal


@transaction.atomic
def record_answer(*, proposal: Proposal, answer: Answer, by: User) -> Proposal:
    """Note what a partner said on the phone or at the table.

    Raises AlreadyDecidedError, NotOpenForAnswerError, StaleRoundError and PermissionDenied.
    """
    proposal = lock_proposal(proposal.pk)
    if not can_propose(by):
        raise PermissionDenied
    version = _open_round(proposal, answer)
    given = _write_down(version, answer, name=version.sent_to, by=by)
    _settle(proposal, given, by=by)
    return proposal


def _open_round(proposal: Proposal, answer: Answer) -> ProposalVersion:
    """Return the round that is on the table, if that is the one answered; else say why not."""
    if proposal.is_decided:
        raise AlreadyDecidedError
    version = on_the_table(proposal)
    if version is None or not proposal.is_answerable:
        raise NotOpenForAnswerError
    if version.no != answer.round:
        raise StaleRoundError
    return version


def _write_down(version: ProposalVersion, answer: Answer, *, name: str, by: User | None = None) -> ProposalAnswer:
    reason = answer.reason if answer.kind == AnswerKind.DECLINED else ""
    return ProposalAnswer.objects.create(
        version=version, kind=answer.kind, words=answer.words, reason=reason, name=name, recorded_by=by
    )


def _settle(proposal: Proposal, given: ProposalAnswer, *, by: User | None = None) -> None:
    """Move a locked proposal where the answer leads; a next round that was begun is no longer wanted."""
    kind = AnswerKind(given.kind)
    if kind != AnswerKind.CHANGES:
        proposal.decided_on = current_school().today()
        proposal.decision_reason, proposal.decision_words = given.reason, given.words
        proposal.versions.filter(sent_at=None).delete()
        proposal.round = given.version.no
    also = ("decided_on", "decision_reason", "decision_words", "round")
    move_proposal(proposal, to=LEADS_TO[kind], also=also)
    _tell_answered(proposal, given, by)


def _tell_answered(proposal: Proposal, given: ProposalAnswer, by: User | None) -> None:
    names = {"number": proposal.number, "partner": proposal.organisation.name}
    titles = {
        AnswerKind.ACCEPTED: ("accepted", _("%(partner)s accepted proposal %(number)s")),
        AnswerKind.CHANGES: ("changes_asked", _("%(partner)s asked for changes to proposal %(number)s")),
        AnswerKind.DECLINED: ("declined", _("%(partner)s declined proposal %(number)s")),
    }
    kind, title = titles[AnswerKind(given.kind)]
    reason = DecisionReason(given.reason).label if given.reason else ""
    body = "\n".join(filter(None, [str(reason), given.words]))
    tell_timeline(proposal, kind, title=title % names, body=body, by=by, contact=proposal.contact)


def _tell_owner(proposal: Proposal, given: ProposalAnswer) -> None:
    owner = proposal.owner
    if owner is None or not owner.is_active:
        return
    queue_mail(
        "opportunities.answered",
        to_email=owner.email,
        to_name=owner.name,
        cause=given,
        context={"proposal": proposal, "answer": given},
    )


def _send_copy(proposal: Proposal, given: ProposalAnswer, link: ProposalLink) -> None:
    queue_mail(
        "opportunities.answer_copy",
        to_email=link.email,
        to_name=link.name,
        cause=given,
        context={"proposal": proposal, "answer": given, "contact": proposal.owner},
        reply_to=proposal.owner.email if proposal.owner else "",
    )
