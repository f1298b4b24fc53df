"""Forms for strengths, offers, segments, value sheets and testimonials, and what their subjects answer."""

from propositions.forms.inventory import OfferForm, StrengthForm
from propositions.forms.sheets import BenefitForm, SegmentForm, SheetForm
from propositions.forms.testimonials import ConsentForm, RequestForm, WithdrawForm

__all__ = [
    "BenefitForm",
    "ConsentForm",
    "OfferForm",
    "RequestForm",
    "SegmentForm",
    "SheetForm",
    "StrengthForm",
    "WithdrawForm",
]
