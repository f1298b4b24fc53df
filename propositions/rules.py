"""Who may do what with value sheets and testimonials, and when."""

from accounts.rules import AnyUser, can_approve, can_edit
from propositions.enums import PropositionStatus, TestimonialStatus
from propositions.models import Proposition, Testimonial


def can_write(user: AnyUser, sheet: Proposition) -> bool:
    """Words may change in a draft only: what waits, is approved or in use is frozen."""
    return can_edit(user) and sheet.status == PropositionStatus.DRAFT


def can_decide(user: AnyUser, sheet: Proposition) -> bool:
    """Directors answer for what the school promises."""
    return can_approve(user) and sheet.status == PropositionStatus.IN_REVIEW


def can_send_back(user: AnyUser, sheet: Proposition) -> bool:
    """Whoever writes may take a sheet back; a director returns it."""
    if sheet.status == PropositionStatus.IN_REVIEW:
        return can_edit(user) or can_approve(user)
    return can_edit(user) and sheet.status == PropositionStatus.APPROVED


def can_publish(user: AnyUser, sheet: Proposition) -> bool:
    return (can_edit(user) or can_approve(user)) and sheet.status == PropositionStatus.APPROVED


def can_retire(user: AnyUser, sheet: Proposition) -> bool:
    return can_edit(user) and sheet.status in {PropositionStatus.DRAFT, PropositionStatus.PUBLISHED}


def can_ask_again(user: AnyUser, testimonial: Testimonial) -> bool:
    return can_edit(user) and testimonial.status == TestimonialStatus.EXPIRED
