from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from roadmap.lifecycle import Transitions


class StrengthKind(TextChoices):
    EXPERTISE = "expertise", _("People who know a trade")
    FACILITY = "facility", _("Room or workshop")
    EQUIPMENT = "equipment", _("Machine or tool")
    COURSE = "course", _("Course")
    ACCREDITATION = "accreditation", _("Accreditation")
    CONNECTION = "connection", _("Connection")
    SERVICE = "service", _("Service to firms")
    OTHER = "other", _("Something else")


STRENGTH_ICONS = {
    StrengthKind.EXPERTISE: "users",
    StrengthKind.FACILITY: "building",
    StrengthKind.EQUIPMENT: "tools",
    StrengthKind.COURSE: "school",
    StrengthKind.ACCREDITATION: "file-check",
    StrengthKind.CONNECTION: "link",
    StrengthKind.SERVICE: "message-heart",
    StrengthKind.OTHER: "bulb",
}


class Price(TextChoices):
    FREE = "free", pgettext_lazy("price of an offer", "None")
    COST = "cost", _("What it costs us")
    FEE = "fee", _("A fee")


class PropositionStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", pgettext_lazy("value sheet", "In use")
    RETIRED = "retired", pgettext_lazy("value sheet", "Put away")


PROPOSITION_TRANSITIONS: Transitions = {
    PropositionStatus.DRAFT: {PropositionStatus.IN_REVIEW, PropositionStatus.RETIRED},
    PropositionStatus.IN_REVIEW: {PropositionStatus.APPROVED, PropositionStatus.DRAFT},
    PropositionStatus.APPROVED: {PropositionStatus.PUBLISHED, PropositionStatus.DRAFT},
    # Its words are frozen: a change makes the next version, which puts this one away when it comes into use.
    PropositionStatus.PUBLISHED: {PropositionStatus.RETIRED},
    PropositionStatus.RETIRED: set(),
}
# Versions that are being written or decided on.
OPEN_STATES = [PropositionStatus.DRAFT, PropositionStatus.IN_REVIEW, PropositionStatus.APPROVED]


class BenefitKind(TextChoices):
    TALENT = "talent", _("Finding future staff")
    TRAINING = "training", _("Training made to measure")
    RESEARCH = "research", _("Ideas and trials")
    COST = "cost", _("Saving time or money")
    VISIBILITY = "visibility", _("A good name")
    STAFF = "staff", _("Staff who learn")
    NETWORK = "network", _("People to know")
    FACILITY = "facility", _("Rooms and machines")


class TestimonialStatus(TextChoices):
    REQUESTED = "requested", pgettext_lazy("testimonial", "Asked")
    APPROVED = "approved", pgettext_lazy("testimonial", "May be shown")
    PUBLISHED = "published", pgettext_lazy("testimonial", "Shown")
    DECLINED = "declined", pgettext_lazy("testimonial", "Declined")
    EXPIRED = "expired", pgettext_lazy("testimonial", "Run out")
    WITHDRAWN = "withdrawn", pgettext_lazy("testimonial", "Withdrawn")


TESTIMONIAL_TRANSITIONS: Transitions = {
    TestimonialStatus.REQUESTED: {
        TestimonialStatus.APPROVED,
        TestimonialStatus.DECLINED,
        TestimonialStatus.EXPIRED,
        TestimonialStatus.WITHDRAWN,
    },
    TestimonialStatus.APPROVED: {
        TestimonialStatus.PUBLISHED,
        TestimonialStatus.WITHDRAWN,
        TestimonialStatus.EXPIRED,
    },
    TestimonialStatus.PUBLISHED: {
        TestimonialStatus.APPROVED,
        TestimonialStatus.WITHDRAWN,
        TestimonialStatus.EXPIRED,
    },
    # Nobody answered in time, or the consent has run out: they may be asked again.
    TestimonialStatus.EXPIRED: {TestimonialStatus.REQUESTED, TestimonialStatus.WITHDRAWN},
    # A no is a no: the same words are not asked about again.
    TestimonialStatus.DECLINED: set(),
    TestimonialStatus.WITHDRAWN: set(),
}
# Somebody said yes to at least one place.
CONSENTED_STATES = [TestimonialStatus.APPROVED, TestimonialStatus.PUBLISHED]


class Channel(TextChoices):
    """Where words may be shown; each needs its own yes."""

    WEBSITE = "website", _("The college website")
    PRINT = "print", _("Printed sheets and leaflets")
    PROPOSALS = "proposals", _("Offers to businesses")


class NameShown(TextChoices):
    """How a person is named beside their words."""

    FULL = "full", _("Name, job and firm")
    ROLE = "role", _("Job and firm, no name")
    NOBODY = "nobody", _("Neither name nor firm")
