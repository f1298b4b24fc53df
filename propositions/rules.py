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


def can_ask_again(user: AnyUser, testimonial: Testimonial) -> bool:
    return can_edit(user) and testimonial.status == TestimonialStatus.EXPIRED
