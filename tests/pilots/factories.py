"""Pilots as tests need them: complete plans unless a trait says otherwise."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from pilots.enums import Direction, PilotStatus
from pilots.models import Pilot, SuccessCriterion
from tests.partnerships.factories import OrganisationFactory


def day(offset):
    return factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=offset))


class PilotFactory(factory.django.DjangoModelFactory):
    """A plan with a hypothesis; `criteria` adds success criteria, each (text, target, must-have, actual)."""

    class Meta:
        model = Pilot
        skip_postgeneration_save = True

    class Params:
        delivered = factory.Trait(status=PilotStatus.DELIVERED, starts_on=day(-40), ends_on=day(-6))
        running = factory.Trait(status=PilotStatus.RUNNING, starts_on=day(-10), ends_on=day(10))

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Trial placement {n}")
    hypothesis_if = "four second-years work four weeks with their installers"
    hypothesis_then = "they take them on for the summer"
    starts_on = day(20)
    ends_on = day(40)
    students = 4
    status = PilotStatus.PLANNED
    decided_at = factory.Maybe(
        factory.LazyAttribute(lambda pilot: pilot.status in {"scaled", "extended", "revised", "stopped"}),
        factory.LazyFunction(timezone.now),
        None,
    )
    lessons = factory.LazyAttribute(lambda pilot: "Site rules first." if pilot.status == "stopped" else "")

    @factory.post_generation
    def criteria(self, create, rows, **_kwargs):
        rows = [("Everyone stays to the end", 4, True, None)] if rows is None else rows
        for order, (text, target, must_have, actual) in enumerate(rows):
            CriterionFactory(pilot=self, order=order, text=text, target=target, must_have=must_have, actual=actual)


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SuccessCriterion

    pilot = factory.SubFactory(PilotFactory)
    text = "Students felt ready on day one"
    metric = "Average of their answers"
    direction = Direction.AT_LEAST
    target = Decimal(4)
