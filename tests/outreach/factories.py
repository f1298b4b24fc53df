"""Interactions and follow-ups. A follow-up is planned for tomorrow, unless a trait says otherwise."""

import datetime as dt

import factory
from django.utils import timezone

from outreach.enums import Channel, Direction, FollowUpStatus, Outcome
from outreach.models import FollowUp, Interaction
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
