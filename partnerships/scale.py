"""A large, made-up school for measuring: the same each time, written in bulk.

Of N organisations there are 2.5 N people, about 2 N changes of status and 10 N events; the first organisation has
5,000 events of its own, as a partner of many years would.
"""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from partnerships.enums import WAY, ContactRole, EndedReason, SizeBand, Source, Status
from partnerships.models import LONG_AGO, Contact, Organisation, StatusChange, TimelineEvent
from partnerships.nace import DIVISIONS

SEED = 100_000
BATCH = 2_000
EVENTS_EACH = 10
EVENTS_OF_FIRST = 5_000
OWNERS = 8
WITH_OWNER, HEARD_FROM, WITH_NEXT_STEP = 0.9, 0.4, 0.6
# How many of a hundred stand where.
SHARES = {
    Status.PROSPECT: 45,
    Status.CONTACTED: 25,
    Status.PROPOSAL: 7,
    Status.PILOT: 4,
    Status.AGREEMENT: 4,
    Status.PARTNER: 8,
    Status.PAUSED: 3,
    Status.ENDED: 4,
}
FIRST = [
    "Alder",
    "Amber",
    "Ash",
    "Beacon",
    "Birch",
    "Bright",
    "Brook",
    "Calder",
    "Cedar",
    "Copper",
    "Crest",
    "Dale",
    "Elm",
    "Fern",
    "Flint",
    "Glen",
    "Granite",
    "Harbour",
    "Hazel",
]
SECOND = [
    "bank",
    "bridge",
    "brook",
    "field",
    "ford",
    "gate",
    "grove",
    "hall",
    "hurst",
    "lake",
    "land",
    "mere",
    "mill",
    "moor",
    "ridge",
    "side",
    "stone",
    "vale",
    "water",
    "wood",
]
TRADES = [
    "Bakery",
    "Care",
    "Castings",
    "Catering",
    "Dairy",
    "Dental",
    "Design",
    "Electrical",
    "Fabrications",
    "Foods",
    "Freight",
    "Homes",
    "Joinery",
    "Motors",
]
FORMS = ["Ltd", "& Sons", "Group", "Partners", "Services", "Works", ""]
TOWNS = [f"{first}{second}" for first in FIRST[:12] for second in SECOND[:12]]
PEOPLE = [
    "Ada",
    "Ben",
    "Cleo",
    "Dan",
    "Eva",
    "Finn",
    "Gita",
    "Hal",
    "Ida",
    "Jon",
    "Kim",
    "Leo",
    "Mia",
    "Ned",
    "Ola",
    "Pia",
    "Rae",
    "Sam",
    "Tess",
    "Uma",
]
FAMILIES = [
    "Abel",
    "Brand",
    "Cole",
    "Dorn",
    "Eide",
    "Falk",
    "Grau",
    "Holm",
    "Imm",
    "Jung",
    "Kern",
    "Lund",
    "Moor",
    "Nagy",
    "Orr",
    "Pohl",
    "Reed",
    "Sand",
    "Thorn",
    "Voss",
]
NEXT_STEPS = ["Call back", "Send the proposal", "Visit the workshop", "Ask about places", "Plan the open day"]
KINDS = ["partnerships.added", "partnerships.status", "partnerships.owner", "partnerships.contact"]


@transaction.atomic
def make(organisations: int) -> None:
    """Add that many organisations with people and a past."""
    chance = random.Random(SEED)  # noqa: S311 - made-up data, the same each time
    now = timezone.now()
    owners = _owners()
    _write(Organisation, (_organisation(chance, number, owners, now) for number in range(organisations)))
    newest = Organisation.objects.order_by("-pk").values_list("pk", "status", "created_at", "owner_id")[:organisations]
    made = list(newest)[::-1]
    _write(Contact, _contacts(chance, made))
    _write(StatusChange, _changes(made, now))
    _write(TimelineEvent, _events(chance, made, now))


Made = Sequence[tuple[int, str, dt.datetime, int | None]]


def _write(model: type[models.Model], rows: Iterator[models.Model]) -> None:
    while batch := list(islice(rows, BATCH)):
        model._default_manager.bulk_create(batch)


def _owners() -> list[User]:
    """Return coordinators enough to share the firms; those who are made have no password."""
    there = list(User.objects.filter(role=Role.COORDINATOR, is_active=True).order_by("pk"))
    missing = [
        User(
            email=f"colleague{number}@scale.example.org",
            name=f"Colleague {number}",
            role=Role.COORDINATOR,
            password=make_password(None),
        )
        for number in range(len(there), OWNERS)
    ]
    return [*there, *User.objects.bulk_create(missing, ignore_conflicts=False)]


def _organisation(chance: random.Random, number: int, owners: list[User], now: dt.datetime) -> Organisation:
    first, second, trade = chance.choice(FIRST), chance.choice(SECOND), chance.choice(TRADES)
    name = f"{first}{second} {trade} {chance.choice(FORMS)}".strip()
    host = f"{first}{second}-{number}".lower()
    division, (section, _title) = chance.choice(list(DIVISIONS.items()))
    status = chance.choices(list(SHARES), list(SHARES.values()))[0]
    added = now - dt.timedelta(days=chance.randint(30, 900), minutes=chance.randint(0, 1400))
    town = chance.choice(TOWNS)
    return Organisation(
        name=f"{name} {number}",
        nace_section=section,
        nace_division=division,
        trade=trade,
        size_band=chance.choice(SizeBand.values),
        registration_number=f"SC {number:07}",
        website=f"https://{host}.example.org",
        email=f"info@{host}.example.org",
        phone=f"000 {chance.randint(200, 999)} {number % 10_000:04}",
        street=f"{chance.randint(1, 200)} {second.capitalize()} Street",
        postcode=f"{chance.randint(1000, 9999)}",
        town=town,
        distance_km=chance.randint(1, 90),
        capacity=chance.choice([None, 1, 2, 4, 8]),
        source=chance.choice(Source.values),
        owner=chance.choice(owners) if chance.random() < WITH_OWNER else None,
        created_at=added,
        status=status,
        status_since=added + dt.timedelta(days=chance.randint(0, 29)),
        ended_reason=EndedReason.NO_INTEREST if status == Status.ENDED else "",
        revisit_on=(now + dt.timedelta(days=chance.randint(-20, 200))).date() if status == Status.PAUSED else None,
        **_facts(chance, status, now),
    )


def _facts(chance: random.Random, status: Status, now: dt.datetime) -> dict[str, object]:
    """Return facts as the higher stages would have them, so that orders and filters have something to sort."""
    if status == Status.PROSPECT:
        return {}
    last = now - dt.timedelta(days=chance.randint(0, 300), minutes=chance.randint(0, 1400))
    facts: dict[str, object] = {
        "last_contact_at": last,
        "last_inbound_at": last if chance.random() < HEARD_FROM else LONG_AGO,
    }
    if chance.random() < WITH_NEXT_STEP:
        facts["next_step_at"] = now + dt.timedelta(days=chance.randint(-10, 60), minutes=chance.randint(0, 1400))
        facts["next_step_text"] = chance.choice(NEXT_STEPS)
    if status == Status.PARTNER:
        facts["agreement_ends_on"] = (now + dt.timedelta(days=chance.randint(-60, 900))).date()
    return facts


def _contacts(chance: random.Random, made: Made) -> Iterator[Contact]:
    for place, (pk, _status, added, _owner) in enumerate(made):
        for turn in range(2 + place % 2):
            first, family = chance.choice(PEOPLE), chance.choice(FAMILIES)
            yield Contact(
                organisation_id=pk,
                name=f"{first} {family}",
                job_title="Training lead" if turn else "Managing director",
                role=chance.choice(ContactRole.values),
                email=f"{first}.{family}.{pk}@people.example.org".lower(),
                phone=f"000 {chance.randint(200, 999)} {chance.randint(0, 9999):04}",
                is_primary=turn == 0,
                created_at=added,
            )


def _changes(made: Made, now: dt.datetime) -> Iterator[StatusChange]:
    for pk, status, added, owner in made:
        way = (
            WAY[: WAY.index(Status(status)) + 1]
            if status in WAY
            else [Status.PROSPECT, Status.CONTACTED, Status(status)]
        )
        for step, reached in enumerate(way):
            paused = now.date() if reached == Status.PAUSED else None
            reason = EndedReason.NO_INTEREST if reached == Status.ENDED else ""
            yield StatusChange(
                organisation_id=pk,
                status=reached,
                at=added + dt.timedelta(days=4 * step),
                by_id=owner,
                revisit_on=paused,
                ended_reason=reason,
            )


def _events(chance: random.Random, made: Made, now: dt.datetime) -> Iterator[TimelineEvent]:
    for place, (pk, _status, added, owner) in enumerate(made):
        minutes = int((now - added).total_seconds() // 60)
        for turn in range(EVENTS_OF_FIRST if place == 0 else EVENTS_EACH):
            yield TimelineEvent(
                organisation_id=pk,
                kind=KINDS[turn % len(KINDS)],
                title=f"{chance.choice(NEXT_STEPS)}: {chance.choice(FAMILIES)}",
                body="Wants two apprentices in autumn and asks who pays for the bus." if turn % 3 == 0 else "",
                actor_id=owner,
                at=added + dt.timedelta(minutes=chance.randint(0, minutes)),
            )
