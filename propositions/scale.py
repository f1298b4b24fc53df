"""A large, made-up school's value: strengths, segments and sheets, and words of every fiftieth firm."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from django.utils import timezone

from accounts.models import User
from goals.models import Programme
from partnerships.models import Contact
from partnerships.nace import SECTIONS
from propositions.enums import Channel, NameShown, PropositionStatus, StrengthKind, TestimonialStatus
from propositions.models import (
    Benefit,
    Proposition,
    PublicationConsent,
    Segment,
    Strength,
    Testimonial,
    months_after,
)

BATCH = 5_000
EVERY = 50
STRENGTHS = 60
STATES = list(TestimonialStatus)


def make(organisations: int) -> None:
    """Write sixty strengths, a segment and a sheet a sector, and a testimonial of every fiftieth main contact."""
    today = timezone.localdate()
    writer = User.objects.order_by("pk").first()
    strengths = Strength.objects.bulk_create(_strength(number, today, writer) for number in range(STRENGTHS))
    programmes = list(Programme.objects.order_by("pk")[: len(SECTIONS)])
    for number, letter in enumerate(SECTIONS):
        segment = Segment.objects.create(name=f"Firms of sector {letter}", query=f"sector={letter}")
        programme = programmes[number] if number < len(programmes) - 1 else None
        sheet = Proposition.objects.create(
            segment=segment,
            programme=programme,
            headline=f"Why firms of sector {letter} should say yes",
            promise="Host one student for a week. We prepare, insure and visit.",
            status=PropositionStatus.PUBLISHED,
            approved_on=today,
            review_by=months_after(today, 12),
            owner=writer,
        )
        _benefits(sheet, strengths[number], today)
    _testimonials(organisations, writer)


def _strength(number: int, today: dt.date, writer: User | None) -> Strength:
    kinds = list(StrengthKind)
    checked = today - dt.timedelta(days=number * 9)
    return Strength(
        title=f"Strength number {number}",
        kind=kinds[number % len(kinds)],
        owner=writer,
        is_shareable=number % 5 > 0,
        verified_on=checked,
        check_by=months_after(checked, 12),
    )


def _benefits(sheet: Proposition, strength: Strength, today: dt.date) -> None:
    rows = Benefit.objects.bulk_create(
        Benefit(
            proposition=sheet,
            order=order,
            statement=f"You gain the {order}. thing",
            proof="71 % of our leavers work",
            proof_source="Survey",
            proof_as_of=today,
        )
        for order in (1, 2, 3)
    )
    for benefit in rows:
        benefit.strengths.add(strength)


def _testimonials(organisations: int, writer: User | None) -> None:
    people = Contact.objects.filter(is_primary=True).order_by("pk")
    chosen = islice(people.iterator(chunk_size=BATCH), 0, organisations, EVERY)
    while batch := list(islice(chosen, BATCH)):
        rows = Testimonial.objects.bulk_create(_testimonial(contact, writer) for contact in batch)
        PublicationConsent.objects.bulk_create(
            PublicationConsent(
                testimonial=row,
                channel=Channel.PRINT,
                words=row.quote,
                shown_as=row.person_name,
                until=months_after(row.answer_by, 36),
                published_at=row.answered_at if row.status == TestimonialStatus.PUBLISHED else None,
            )
            for row in rows
            if row.status in {TestimonialStatus.APPROVED, TestimonialStatus.PUBLISHED}
        )


def _testimonial(contact: Contact, writer: User | None) -> Testimonial:
    now = timezone.now()
    asked = now - dt.timedelta(minutes=contact.pk % 500_000)
    status = STATES[contact.pk % len(STATES)]
    quote = "They were on time every morning, and they asked good questions."
    answered = None if status in {TestimonialStatus.REQUESTED, TestimonialStatus.EXPIRED} else asked
    return Testimonial(
        organisation_id=contact.organisation_id,
        contact=contact,
        quote=quote,
        asked_quote=quote,
        source="Feedback",
        person_name=contact.name,
        person_role=contact.job_title,
        name_shown=NameShown.FULL,
        status=status,
        asked_at=asked,
        answer_by=now.date() + dt.timedelta(days=30),
        answered_at=answered,
        seen_at=answered,
        created_by=writer,
    )
