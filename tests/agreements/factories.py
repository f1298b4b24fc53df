"""Agreements as tests need them: complete drafts unless a trait says otherwise."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from agreements.enums import AgreementStatus, ContributionKind, Party
from agreements.models import Agreement, AgreementClause, Contribution, Obligation, Signatory
from agreements.services import basic_template
from tests.partnerships.factories import OrganisationFactory

PURPOSE = "Students learn machining in a real workplace."


class AgreementFactory(factory.django.DjangoModelFactory):
    """A bare row; `drafted` makes one that could be sent."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    class Params:
        active = factory.Trait(
            status=AgreementStatus.ACTIVE,
            signed_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=400)),
        )
        signed = factory.Trait(
            status=AgreementStatus.SIGNED,
            signed_at=factory.LazyFunction(timezone.now),
            starts_on=factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=20)),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    number = factory.Sequence(lambda n: f"LV-MOU-2026-{n:03}")
    template = factory.LazyFunction(basic_template)
    title = "Work placements and machining skills"
    purpose = PURPOSE
    expectations = "Answers within two working days."
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=365))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=365))
    places_per_year = 12


class SignatoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Signatory

    agreement = factory.SubFactory(AgreementFactory)
    party = Party.ORGANISATION
    order = 1
    name = "Rosa Lindqvist"
    capacity = "Managing director"
    email = factory.Sequence(lambda n: f"rosa{n}@kestrel.example.org")


class ContributionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contribution

    agreement = factory.SubFactory(AgreementFactory)
    party = Party.ORGANISATION
    kind = ContributionKind.IN_KIND
    description = "Mentor time"
    value = Decimal(3648)


class ObligationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Obligation

    agreement = factory.SubFactory(AgreementFactory)
    topic = "Students"
    school_text = "Chooses 12 students a year"
    organisation_text = "Hosts each group for six weeks"


CLAUSE_FIELDS = ("number", "part", "title", "body", "is_locked", "is_binding")
GIVEN = [
    (Party.ORGANISATION, ContributionKind.IN_KIND, "Mentor time", 96, "hours", 38, 3648, ""),
    (Party.ORGANISATION, ContributionKind.IN_KIND, "CNC training lathe", None, "", None, 6000, "on loan"),
    (Party.ORGANISATION, ContributionKind.FINANCIAL, "Travel allowance", 72, "student weeks", 40, 2880, ""),
    (
        Party.ORGANISATION,
        ContributionKind.FINANCIAL,
        "Prize for the best apprentice",
        None,
        "",
        None,
        500,
        "one a year",
    ),
    (Party.SCHOOL, ContributionKind.IN_KIND, "Safety training and gear", 12, "students", 120, 1440, ""),
    (Party.SCHOOL, ContributionKind.IN_KIND, "Teacher visits", 24, "hours", 45, 1080, ""),
    (Party.SCHOOL, ContributionKind.FINANCIAL, "Student insurance", 12, "students", 30, 360, ""),
]


def complete(agreement: Agreement, *, director_email: str = "helena.voss@lindenvale.example.org") -> Agreement:
    """Give an agreement everything that sending it asks for."""
    organisation = agreement.organisation
    organisation.street, organisation.postcode = "14 Foundry Lane", "LV1 2AB"
    organisation.save(update_fields=["street", "postcode"])
    organisation.contacts.create(name="Dev Anand", email="dev@kestrel.example.org", is_primary=True)
    AgreementClause.objects.bulk_create(
        AgreementClause(agreement=agreement, **{name: getattr(clause, name) for name in CLAUSE_FIELDS})
        for clause in agreement.template.clauses.all()
    )
    ObligationFactory(agreement=agreement)
    Contribution.objects.bulk_create(
        Contribution(
            agreement=agreement,
            order=order,
            party=party,
            kind=kind,
            description=what,
            quantity=quantity,
            unit=unit,
            unit_value=unit_value,
            value=Decimal(value),
            note=note,
        )
        for order, (party, kind, what, quantity, unit, unit_value, value, note) in enumerate(GIVEN)
    )
    SignatoryFactory(
        agreement=agreement, party=Party.SCHOOL, order=0, name="Helena Voss", capacity="Director", email=director_email
    )
    SignatoryFactory(agreement=agreement, email="rosa@kestrel.example.org")
    return agreement
