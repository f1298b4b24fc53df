"""Who may do what with an agreement."""

from accounts.models import User
from accounts.rules import AnyUser, can_approve, can_edit, can_read
from agreements.enums import AgreementStatus
from agreements.models import Agreement, Signatory
from opportunities.enums import ProposalStatus
from opportunities.models import Proposal
from pilots.enums import PilotStatus
from pilots.models import Pilot


def can_draft(user: AnyUser) -> bool:
    """Coordinators write, send, remind and withdraw."""
    return can_edit(user)


def can_follow_pilot(pilot: Pilot) -> bool:
    """Whether something may be put in writing: the pilot is over, and nobody has stopped it."""
    return pilot.is_over and pilot.status != PilotStatus.STOPPED


def can_follow_proposal(proposal: Proposal) -> bool:
    return proposal.status == ProposalStatus.ACCEPTED


def can_withdraw(user: AnyUser) -> bool:
    """The director may stop what is out, too."""
    return can_edit(user) or can_approve(user)


def can_edit_text(user: AnyUser, agreement: Agreement) -> bool:
    return can_draft(user) and agreement.is_draft


def is_signatory(user: AnyUser, signatory: Signatory) -> bool:
    """Whether this user is the person invited to sign, by address."""
    return isinstance(user, User) and can_read(user) and signatory.email.casefold() == user.email.casefold()


def may_sign_here(user: AnyUser, agreement: Agreement, signatory: Signatory) -> bool:
    """Whether this user may sign on the agreement's own page, without the emailed link."""
    return agreement.status == AgreementStatus.SENT and signatory.signed_at is None and is_signatory(user, signatory)
