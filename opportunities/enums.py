from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from roadmap.lifecycle import Transitions


class ProposalStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("With the partner")
    IN_NEGOTIATION = "in_negotiation", _("Changes asked for")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")
    EXPIRED = "expired", pgettext_lazy("proposal", "Ran out")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")


PROPOSAL_TRANSITIONS: Transitions = {
    ProposalStatus.DRAFT: {ProposalStatus.SENT, ProposalStatus.WITHDRAWN},
    # Sent again as the next round, whether or not they asked for changes.
    ProposalStatus.SENT: {
        ProposalStatus.SENT,
        ProposalStatus.IN_NEGOTIATION,
        ProposalStatus.ACCEPTED,
        ProposalStatus.DECLINED,
        ProposalStatus.EXPIRED,
        ProposalStatus.WITHDRAWN,
    },
    # It does not run out here: the next word is ours.
    ProposalStatus.IN_NEGOTIATION: {
        ProposalStatus.SENT,
        ProposalStatus.IN_NEGOTIATION,
        ProposalStatus.ACCEPTED,
        ProposalStatus.DECLINED,
        ProposalStatus.WITHDRAWN,
    },
    # Offered anew, with a later day.
    ProposalStatus.EXPIRED: {ProposalStatus.SENT, ProposalStatus.WITHDRAWN},
}
OPEN_STATES = [ProposalStatus.DRAFT, ProposalStatus.SENT, ProposalStatus.IN_NEGOTIATION]
# What lies with the partner and may still be answered.
ANSWERABLE_STATES = [ProposalStatus.SENT, ProposalStatus.IN_NEGOTIATION]
# Whose text may be written on, as the first or as the next round.
WRITABLE_STATES = [*OPEN_STATES, ProposalStatus.EXPIRED]
DECIDED_STATES = [ProposalStatus.ACCEPTED, ProposalStatus.DECLINED]
# What counts when one asks how many of the proposals are won.
SETTLED_STATES = [*DECIDED_STATES, ProposalStatus.EXPIRED]


class DecisionReason(TextChoices):
    """Why a partner said no."""

    PRICE = "price", _("Price")
    TIMING = "timing", _("Timing")
    CAPACITY = "capacity", _("No capacity just now")
    CONTENT = "content", _("Content does not fit")
    INTERNAL_CHANGE = "internal_change", _("Changes inside the firm")
    OTHER_SCHOOL = "other_school", _("Another school was chosen")
    NO_REPLY = "no_reply", _("No reply")
    OTHER = "other", _("Something else")


# What a partner may say of themselves; silence is for us to note.
REASONS_OF_PARTNER = [reason for reason in DecisionReason if reason != DecisionReason.NO_REPLY]


class AnswerKind(TextChoices):
    ACCEPTED = "accepted", _("Accept it as it stands")
    CHANGES = "changes", _("Ask for changes")
    DECLINED = "declined", _("Decline")


class OpeningStatus(TextChoices):
    OPEN = "open", pgettext_lazy("opening", "Open")
    CLOSED = "closed", pgettext_lazy("opening", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("opening", "Taken back")


OPENING_TRANSITIONS: Transitions = {
    OpeningStatus.OPEN: {OpeningStatus.CLOSED, OpeningStatus.WITHDRAWN},
    OpeningStatus.CLOSED: {OpeningStatus.OPEN},
    OpeningStatus.WITHDRAWN: {OpeningStatus.OPEN},
}


class PlacementStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("placement", "Planned")
    CONFIRMED = "confirmed", pgettext_lazy("placement", "Confirmed")
    ACTIVE = "active", pgettext_lazy("placement", "Under way")
    COMPLETED = "completed", pgettext_lazy("placement", "Completed")
    ENDED_EARLY = "ended_early", pgettext_lazy("placement", "Ended early")
    CANCELLED = "cancelled", pgettext_lazy("placement", "Cancelled")


PLACEMENT_TRANSITIONS: Transitions = {
    PlacementStatus.PLANNED: {PlacementStatus.CONFIRMED, PlacementStatus.CANCELLED},
    PlacementStatus.CONFIRMED: {PlacementStatus.ACTIVE, PlacementStatus.CANCELLED},
    PlacementStatus.ACTIVE: {PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY},
}
# A place that counts towards what the school needs.
SECURED_STATES = [PlacementStatus.CONFIRMED, PlacementStatus.ACTIVE, PlacementStatus.COMPLETED]
# A place that nobody else can have.
TAKING_STATES = [status for status in PlacementStatus if status != PlacementStatus.CANCELLED]
