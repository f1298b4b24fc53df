"""What a school offers to which firms and why it should be believed; and the words of others, with their consent."""

from propositions.models.inventory import NEVER_CHECKED, OfferType, Strength, StrengthQuerySet, months_after
from propositions.models.sheets import (
    MOST_BENEFITS,
    PROOF_LASTS_MONTHS,
    Benefit,
    Proposition,
    PropositionQuerySet,
    Segment,
)
from propositions.models.testimonials import (
    LONGEST_QUOTE,
    ConsentLink,
    PublicationConsent,
    Testimonial,
    TestimonialQuerySet,
)

__all__ = [
    "LONGEST_QUOTE",
    "MOST_BENEFITS",
    "NEVER_CHECKED",
    "PROOF_LASTS_MONTHS",
    "Benefit",
    "ConsentLink",
    "OfferType",
    "Proposition",
    "PropositionQuerySet",
    "PublicationConsent",
    "Segment",
    "Strength",
    "StrengthQuerySet",
    "Testimonial",
    "TestimonialQuerySet",
    "months_after",
]
