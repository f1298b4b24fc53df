"""Proposals, openings, students and placements as tests need them."""

import datetime as dt

import factory
from django.utils import timezone

from opportunities.enums import OpeningStatus, ProposalStatus
from opportunities.models import (
    Opening,
    Placement,
    Proposal,
    ProposalAnswer,
    ProposalItem,
    ProposalLink,
    ProposalVersion,
    Student,
)
from tests.goals.factories import ProgrammeFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory


def day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


class ProposalFactory(factory.django.DjangoModelFactory):
    """A bare row; `drafted` makes one that could be sent, `services.send_proposal` sends it."""

    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    class Params:
        out = factory.Trait(
            status=ProposalStatus.SENT,
            first_sent_on=factory.LazyFunction(lambda: day(-10)),
            sent_on=factory.LazyFunction(lambda: day(-10)),
            valid_until=factory.LazyFunction(lambda: day(20)),
        )
        accepted = factory.Trait(
            out=True, status=ProposalStatus.ACCEPTED, decided_on=factory.LazyFunction(lambda: day(-1))
        )

    organisation = factory.SubFactory(OrganisationFactory)
    number = factory.Sequence(lambda n: f"LV-PR-2026-{n:03}")
    title = "Evening CNC course for your operators"


class ProposalVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposalVersion

    class Params:
        out = factory.Trait(sent_at=factory.LazyFunction(timezone.now), sent_to="Rosa Lindqvist", sha256="0" * 64)

    proposal = factory.SubFactory(ProposalFactory)
    no = 1
    title = factory.SelfAttribute("proposal.title")
    valid_until = factory.LazyFunction(lambda: day(20))


class ProposalItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposalItem

    version = factory.SubFactory(ProposalVersionFactory)
    line = factory.Sequence(lambda n: n % 30_000)
    order = factory.SelfAttribute("line")
    description = factory.Sequence(lambda n: f"Point {n}")


class ProposalAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposalAnswer

    version = factory.SubFactory(ProposalVersionFactory, out=True)
    kind = "changes"
    words = "Could we start in May?"
    name = "Rosa Lindqvist"


class ProposalLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposalLink

    version = factory.SubFactory(ProposalVersionFactory, out=True)
    email = "rosa@kestrel.example.org"
    token_hash = factory.Sequence(lambda n: f"{n:064}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=60))


class OpeningFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Opening

    class Params:
        closed = factory.Trait(status=OpeningStatus.CLOSED)

    organisation = factory.SubFactory(OrganisationFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    title = "House wiring with a fitter"
    places = 3
    starts_on = factory.LazyFunction(lambda: day(10))
    ends_on = factory.LazyFunction(lambda: day(40))


class StudentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Student

    reference = factory.Sequence(lambda n: f"E{n:04}")
    programme = factory.SubFactory(ProgrammeFactory)
    birth_date = factory.LazyFunction(lambda: day(-17 * 365))


class PlacementFactory(factory.django.DjangoModelFactory):
    """A planned placement on the opening's days; the opening's `taken` is left to the test."""

    class Meta:
        model = Placement

    opening = factory.SubFactory(OpeningFactory)
    programme = factory.SelfAttribute("opening.programme")
    student = factory.SubFactory(StudentFactory, programme=factory.SelfAttribute("..opening.programme"))
    starts_on = factory.SelfAttribute("opening.starts_on")
    ends_on = factory.SelfAttribute("opening.ends_on")


def drafted(owner=None, **fields):
    """Return a proposal with one point, a recipient and a last day: nothing is missing."""
    proposal = ProposalFactory(owner=owner, **fields)
    if proposal.contact is None:
        proposal.contact = ContactFactory(
            organisation=proposal.organisation, name="Rosa Lindqvist", email="rosa@kestrel.example.org"
        )
        proposal.save(update_fields=["contact"])
    version = ProposalVersionFactory(proposal=proposal)
    ProposalItemFactory(version=version, line=0, description="10 evenings of 3 hours", hours_school=30)
    return proposal
