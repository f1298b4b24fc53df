"""Strengths, segments, value sheets and testimonials."""

import datetime as dt

import factory
from django.utils import timezone

from mailing.models import hash_token, new_token
from propositions.enums import CONSENTED_STATES, Channel, NameShown, PropositionStatus, TestimonialStatus
from propositions.models import (
    Benefit,
    ConsentLink,
    OfferType,
    Proposition,
    PublicationConsent,
    Segment,
    Strength,
    Testimonial,
    months_after,
)
from tests.goals.factories import ProgrammeFactory
from tests.partnerships.factories import ContactFactory

QUOTE = "They set up jobs on their own by week two."


def day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


class OfferTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfferType

    key = factory.Sequence(lambda n: f"test-offer-{n}")
    name = factory.Sequence(lambda n: f"Test offer {n}")
    hours_school = 6
    hours_business = 30


class StrengthFactory(factory.django.DjangoModelFactory):
    """Checked today and allowed to be shown."""

    class Meta:
        model = Strength
        skip_postgeneration_save = True

    class Params:
        stale = factory.Trait(verified_on=factory.LazyFunction(lambda: day(-430)))
        unchecked = factory.Trait(verified_on=None)

    title = factory.Sequence(lambda n: f"Strength {n}")
    is_shareable = True
    verified_on = factory.LazyFunction(timezone.localdate)
    check_by = factory.LazyAttribute(
        lambda made: months_after(made.verified_on, 12) if made.verified_on else dt.date(1, 1, 2)
    )


class SegmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Segment

    name = factory.Sequence(lambda n: f"Segment {n}")
    query = "sector=R"


class PropositionFactory(factory.django.DjangoModelFactory):
    """A draft; the traits are where it may be."""

    class Meta:
        model = Proposition
        skip_postgeneration_save = True

    class Params:
        waiting = factory.Trait(status=PropositionStatus.IN_REVIEW)
        approved = factory.Trait(
            status=PropositionStatus.APPROVED, approved_on=factory.LazyFunction(timezone.localdate)
        )
        published = factory.Trait(
            status=PropositionStatus.PUBLISHED,
            approved_on=factory.LazyFunction(timezone.localdate),
            review_by=factory.LazyFunction(lambda: day(300)),
        )

    segment = factory.SubFactory(SegmentFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    headline = factory.Sequence(lambda n: f"Meet your next colleague {n}")
    promise = "Host one student for a week. We prepare, insure and visit."


class BenefitFactory(factory.django.DjangoModelFactory):
    """With a checked strength and a proof of today; `strengths=[…]` puts others behind it."""

    class Meta:
        model = Benefit
        skip_postgeneration_save = True

    proposition = factory.SubFactory(PropositionFactory)
    order = factory.Sequence(lambda n: n % 30_000)
    statement = factory.Sequence(lambda n: f"You gain thing {n}")
    proof = "71 % of our leavers work"
    proof_source = "Survey, 118 leavers"
    proof_as_of = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def strengths(self, create, extracted, **_kwargs):
        self.strengths.set([StrengthFactory()] if extracted is None else extracted)


class TestimonialFactory(factory.django.DjangoModelFactory):
    """Asked about and not answered; `agreed` to print and proposals, `shown` in both."""

    class Meta:
        model = Testimonial
        skip_postgeneration_save = True

    class Params:
        agreed = factory.Trait(
            status=TestimonialStatus.APPROVED,
            answered_at=factory.LazyFunction(timezone.now),
            name_shown=NameShown.FULL,
        )
        shown = factory.Trait(
            status=TestimonialStatus.PUBLISHED,
            answered_at=factory.LazyFunction(timezone.now),
            name_shown=NameShown.FULL,
        )

    contact = factory.SubFactory(ContactFactory)
    organisation = factory.SelfAttribute("contact.organisation")
    quote = QUOTE
    asked_quote = factory.SelfAttribute("quote")
    source = "Visit in February"
    person_name = factory.SelfAttribute("contact.name")
    person_role = factory.SelfAttribute("contact.job_title")
    answer_by = factory.LazyFunction(lambda: day(30))

    @factory.post_generation
    def consents(self, create, extracted, **_kwargs):
        shown = self.status == TestimonialStatus.PUBLISHED
        agreed_to = (Channel.PRINT, Channel.PROPOSALS) if self.status in CONSENTED_STATES else ()
        for channel in agreed_to if extracted is None else extracted:
            PublicationConsent.objects.create(
                testimonial=self,
                channel=channel,
                words=self.quote,
                shown_as=self.person_name,
                until=day(900),
                published_at=timezone.now() if shown else None,
            )


def consent_token(testimonial):
    """Write a live link of a testimonial and return its secret."""
    token = new_token()
    ConsentLink.objects.create(
        token_hash=hash_token(token),
        email="rosa@example.org",
        name=testimonial.person_name,
        expires_at=timezone.now() + dt.timedelta(days=900),
        testimonial=testimonial,
    )
    return token
