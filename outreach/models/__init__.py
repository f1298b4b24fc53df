"""What was said with firms, what comes next, and what people outside write to the school."""

from outreach.models.enquiries import Enquiry, EnquiryQuerySet, EnquiryReply, ProblemReport, Received
from outreach.models.talks import (
    HEARD,
    FollowUp,
    FollowUpQuerySet,
    Interaction,
    InteractionQuerySet,
    MorningReminder,
)

__all__ = [
    "HEARD",
    "Enquiry",
    "EnquiryQuerySet",
    "EnquiryReply",
    "FollowUp",
    "FollowUpQuerySet",
    "Interaction",
    "InteractionQuerySet",
    "MorningReminder",
    "ProblemReport",
    "Received",
]
