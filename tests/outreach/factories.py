"""Interactions and follow-ups. A follow-up is planned for tomorrow, unless a trait says otherwise."""

import datetime as dt

import factory
from django.utils import timezone

from outreach.enums import Channel, Direction, Door, EnquiryStatus, FollowUpStatus, Outcome
from outreach.models import Enquiry, FollowUp, Interaction, ProblemReport
from tests.accounts.factories import UserFactory
from tests.partnerships.factories import OrganisationFactory


def day_from_now(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


class InteractionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interaction

    class Params:
        call = factory.Trait(channel=Channel.CALL, outcome=Outcome.REACHED)
        unanswered = factory.Trait(channel=Channel.CALL, outcome=Outcome.NO_ANSWER)
        email = factory.Trait(channel=Channel.EMAIL)
        reply = factory.Trait(channel=Channel.EMAIL, direction=Direction.IN)
        meeting = factory.Trait(channel=Channel.MEETING)
        note = factory.Trait(channel=Channel.NOTE, outcome="")

    organisation = factory.SubFactory(OrganisationFactory)
    by = factory.SubFactory(UserFactory)
    channel = Channel.CALL
    at = factory.LazyFunction(timezone.now)
    summary = factory.Sequence(lambda n: f"What was said, {n}")


class FollowUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FollowUp

    class Params:
        overdue = factory.Trait(due_on=factory.LazyFunction(lambda: day_from_now(-2)))
        today = factory.Trait(due_on=factory.LazyFunction(lambda: day_from_now(0)))
        done = factory.Trait(status=FollowUpStatus.DONE, done_at=factory.LazyFunction(timezone.now))
        skipped = factory.Trait(status=FollowUpStatus.SKIPPED, done_at=factory.LazyFunction(timezone.now))

    organisation = factory.SubFactory(OrganisationFactory)
    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Call back {n}")
    due_on = factory.LazyFunction(lambda: day_from_now(1))


class EnquiryFactory(factory.django.DjangoModelFactory):
    """A question that came now and is promised an answer in two days, unless a trait says otherwise."""

    class Meta:
        model = Enquiry

    class Params:
        business = factory.Trait(
            door=Door.BUSINESS,
            organisation_name="Solveig Solar",
            town="Eastmoor",
            wishes=["staff"],
            people=2,
            message="We need two installers by autumn. Could a student join us before the summer?",
        )
        overdue = factory.Trait(due_on=factory.LazyFunction(lambda: day_from_now(-1)))
        answered = factory.Trait(status=EnquiryStatus.ANSWERED, answered_on=factory.LazyFunction(timezone.localdate))
        held_back = factory.Trait(status=EnquiryStatus.SUSPECTED, suspicion="links")
        closed = factory.Trait(status=EnquiryStatus.CLOSED, closed_at=factory.LazyFunction(timezone.now))

    reference = factory.Sequence(lambda n: f"Q-2025-{n:04}")
    door = Door.QUESTION
    name = "Tova Lind"
    email = factory.Sequence(lambda n: f"tova{n}@solveig.example.org")
    message = "How do you insure students abroad?"
    due_on = factory.LazyFunction(lambda: day_from_now(2))


class ProblemReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProblemReport

    reference = factory.Sequence(lambda n: f"R-2026-{n:04}")
    name = "Nina Sorrow"
    email = "nina@sorrow.example.org"
    message = "Something happened in the changing room"
