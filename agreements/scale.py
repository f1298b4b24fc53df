"""Agreements of a large, made-up school: one for every fifth organisation, deterministic and in bulk."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from accounts.services import current_school
from agreements.enums import AgreementStatus, ContributionKind, Party
from agreements.models import Agreement, Contribution, Obligation, Signatory
from agreements.services import basic_template
from partnerships.models import Organisation

EVERY = 5
BATCH = 2_000
STATES = (
    [AgreementStatus.ACTIVE] * 14 + [AgreementStatus.EXPIRED] * 4 + [AgreementStatus.DRAFT, AgreementStatus.WITHDRAWN]
)


def make(organisations: int) -> None:
    """Add agreements to the first `organisations` organisations, unless there are agreements already."""
    if Agreement.objects.exists():
        return
    ids = list(Organisation.objects.order_by("pk").values_list("pk", flat=True)[:organisations:EVERY])
    for start in range(0, len(ids), BATCH):
        _make_batch(ids[start : start + BATCH], start)


def _make_batch(ids: list[int], start: int) -> None:
    owners = list(User.objects.order_by("pk").values_list("pk", flat=True)) or [None]
    template, today = basic_template(), current_school().today()
    made = Agreement.objects.bulk_create(
        _agreement(pk, start + at, owners[(start + at) % len(owners)], template.pk, today) for at, pk in enumerate(ids)
    )
    Obligation.objects.bulk_create(
        Obligation(
            agreement=agreement, order=order, topic=topic, school_text="As agreed", organisation_text="As agreed"
        )
        for agreement in made
        for order, topic in enumerate(["Students", "Safety", "Review"])
    )
    Contribution.objects.bulk_create(_contribution(agreement, party) for agreement in made for party in Party)
    Signatory.objects.bulk_create(_signatory(agreement, party) for agreement in made for party in Party)


def _agreement(organisation: int, nth: int, owner: int | None, template: int, today: dt.date) -> Agreement:
    status = STATES[nth % len(STATES)]
    over = status == AgreementStatus.EXPIRED
    ends_on = today - dt.timedelta(days=1 + nth % 700) if over else today + dt.timedelta(days=1 + nth % 700)
    starts_on = ends_on - dt.timedelta(days=730)
    signed = status in {AgreementStatus.ACTIVE, AgreementStatus.EXPIRED}
    moved = timezone.now() - dt.timedelta(minutes=nth)
    return Agreement(
        organisation_id=organisation,
        owner_id=owner,
        number=f"MOU-{starts_on.year}-{nth + 1:06}",
        template_id=template,
        title=f"Work placements {starts_on.year} to {ends_on.year}",
        purpose="Students learn in a real workplace.",
        starts_on=starts_on,
        ends_on=ends_on,
        status=status,
        status_since=moved,
        signed_at=moved - dt.timedelta(days=30) if signed else None,
    )


def _contribution(agreement: Agreement, party: Party) -> Contribution:
    return Contribution(
        agreement=agreement,
        party=party,
        kind=ContributionKind.IN_KIND,
        description="Staff time",
        quantity=Decimal(80),
        unit="hours",
        unit_value=Decimal(40),
        value=Decimal(3200),
    )


def _signatory(agreement: Agreement, party: Party) -> Signatory:
    signed = agreement.signed_at is not None
    return Signatory(
        agreement=agreement,
        party=party,
        order=party == Party.ORGANISATION,
        name=f"Signatory {agreement.organisation_id}",
        capacity="Director",
        email=f"{party}{agreement.number.lower()}@example.org",
        signed_at=agreement.signed_at,
        signed_name=f"Signatory {agreement.organisation_id}" if signed else "",
        signed_capacity="Director" if signed else "",
    )
