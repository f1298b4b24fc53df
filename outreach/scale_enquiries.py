"""Enquiries of a large, made-up school: of fifty organisations one wrote through the contact form."""

import datetime as dt
import random

from django.utils import timezone

from outreach.clock import ANSWERED_WITHIN, working_days_after
from outreach.enums import Door, EnquiryStatus
from outreach.models import Enquiry

SEED = 42
BATCH = 2_000
ONE_IN = 50
DAYS = 365
OPEN_DAYS = 4


def make(organisations: int) -> None:
    """Write a year of enquiries, unless there are some; those of the last days are open."""
    if Enquiry.objects.exists():
        return
    chance = random.Random(SEED)  # noqa: S311 - made-up data, the same each time
    now = timezone.now()
    rows = (_enquiry(chance, number, now) for number in range(max(1, organisations // ONE_IN)))
    Enquiry.objects.bulk_create(rows, batch_size=BATCH)


def _enquiry(chance: random.Random, number: int, now: dt.datetime) -> Enquiry:
    at = now - dt.timedelta(minutes=chance.randint(0, DAYS * 24 * 60))
    due_on = working_days_after(at.date(), ANSWERED_WITHIN)
    is_open = at > now - dt.timedelta(days=OPEN_DAYS)
    return Enquiry(
        reference=f"S-{number:07}",
        door=chance.choice(Door.values),
        name=f"Person {number}",
        email=f"person{number}@enquiries.example.org",
        organisation_name=f"Firm {number}",
        message="We would take two apprentices in autumn. Who pays for the bus?",
        received_at=at,
        due_on=due_on,
        moved_at=at,
        status=EnquiryStatus.NEW if is_open else EnquiryStatus.ANSWERED,
        answered_on=None if is_open else due_on - dt.timedelta(days=chance.choice([0, 0, 1, -2])),
    )
