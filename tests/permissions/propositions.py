"""Value: coordinators write, directors approve, everybody reads; the subject of a testimonial needs no account."""

from typing import Any

from accounts.models import User
from tests.partnerships.factories import OrganisationFactory
from tests.permissions import DIRECTORS, EDITORS, EVERYBODY, Row, to
from tests.propositions.factories import (
    BenefitFactory,
    OfferTypeFactory,
    PropositionFactory,
    SegmentFactory,
    StrengthFactory,
    TestimonialFactory,
)
from ui.undo import undo_token

BOTH = EDITORS + DIRECTORS
IN_PRINT = {"channel": "print"}


def a_draft(_user: User | None) -> dict[str, Any]:
    return {"pk": BenefitFactory().proposition_id}


def a_waiting_sheet(_user: User | None) -> dict[str, Any]:
    return {"pk": PropositionFactory(waiting=True).pk}


def an_approved_sheet(_user: User | None) -> dict[str, Any]:
    return {"pk": PropositionFactory(approved=True).pk}


def a_sheet_in_use(_user: User | None) -> dict[str, Any]:
    return {"pk": PropositionFactory(published=True).pk}


def a_benefit(_user: User | None) -> dict[str, Any]:
    return {"pk": BenefitFactory().pk}


def a_strength(_user: User | None) -> dict[str, Any]:
    return {"pk": StrengthFactory(stale=True).pk}


def an_undo(_user: User | None) -> dict[str, Any]:
    return {"signed": undo_token("strength", pk=StrengthFactory().pk)}


def an_offer(_user: User | None) -> dict[str, Any]:
    return {"pk": OfferTypeFactory().pk}


def a_segment(_user: User | None) -> dict[str, Any]:
    OrganisationFactory()
    return {"pk": SegmentFactory().pk}


def a_request(_user: User | None) -> dict[str, Any]:
    return {"pk": TestimonialFactory().pk}


def a_lapsed_request(_user: User | None) -> dict[str, Any]:
    return {"pk": TestimonialFactory(status="expired", contact__email="rosa@example.org").pk}


def a_testimonial(_user: User | None) -> dict[str, Any]:
    return {"pk": TestimonialFactory(agreed=True).pk}


def a_shown_testimonial(_user: User | None) -> dict[str, Any]:
    return {"pk": TestimonialFactory(shown=True).pk}


PUBLIC_LINK = Row(
    get=to(EVERYBODY, 404),
    post=to(EVERYBODY, 404),
    anonymous={"GET": 404, "POST": 404},
    make=lambda _user: {"token": "made-up"},
)

ROWS = {
    "propositions:consent": PUBLIC_LINK,
    "propositions:withdraw": PUBLIC_LINK,
    "propositions:list": Row(get=to(EVERYBODY)),
    "propositions:programmes": Row(get=to(EVERYBODY)),
    "propositions:sheet_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "propositions:sheet": Row(get=to(EVERYBODY), make=a_draft),
    "propositions:sheet_change": Row(post=to(EDITORS, 422), make=a_draft),
    "propositions:sheet_pdf": Row(get=to(EVERYBODY), make=a_draft),
    "propositions:sheet_ask": Row(post=to(EDITORS, 302), make=a_draft),
    "propositions:sheet_return": Row(post=to(BOTH, 302), make=a_waiting_sheet),
    "propositions:sheet_approve": Row(post=to(DIRECTORS, 302), make=a_waiting_sheet),
    "propositions:sheet_publish": Row(post=to(BOTH, 302), make=an_approved_sheet),
    "propositions:sheet_retire": Row(post=to(EDITORS, 302), make=a_sheet_in_use),
    "propositions:sheet_next": Row(post=to(EDITORS, 302), make=a_sheet_in_use),
    "propositions:benefit_add": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_draft),
    "propositions:benefit_change": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_benefit),
    "propositions:benefit_remove": Row(post=to(EDITORS, 302), make=a_benefit),
    "propositions:strengths": Row(get=to(EVERYBODY)),
    "propositions:strength_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "propositions:strength_change": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_strength),
    "propositions:strength_check": Row(post=to(EDITORS, 302), make=a_strength),
    "propositions:strength_archive": Row(post=to(EDITORS, 302), make=a_strength),
    "propositions:strength_restore": Row(post=to(EDITORS, 302), make=an_undo),
    "propositions:offers": Row(get=to(EVERYBODY)),
    "propositions:offer_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "propositions:offer_change": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_offer),
    "propositions:segments": Row(get=to(EVERYBODY)),
    "propositions:segment_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "propositions:segment": Row(get=to(EVERYBODY), make=a_segment),
    "propositions:segment_change": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_segment),
    "propositions:segment_archive": Row(post=to(EDITORS, 302), make=a_segment),
    "propositions:testimonials": Row(get=to(EVERYBODY)),
    "propositions:testimonial_add": Row(get=to(EDITORS), post=to(EDITORS)),
    "propositions:testimonial": Row(get=to(EVERYBODY), make=a_testimonial),
    "propositions:testimonial_again": Row(post=to(EDITORS, 302), make=a_lapsed_request),
    "propositions:testimonial_link": Row(post=to(EDITORS, 302), make=a_request),
    "propositions:testimonial_take_back": Row(post=to(EDITORS, 302), make=a_testimonial),
    "propositions:testimonial_seen": Row(post=to(EDITORS, 302), make=a_testimonial),
    "propositions:testimonial_show": Row(post=to(EDITORS, 302), make=a_testimonial, data=IN_PRINT),
    "propositions:testimonial_hide": Row(post=to(EDITORS, 302), make=a_shown_testimonial, data=IN_PRINT),
}
