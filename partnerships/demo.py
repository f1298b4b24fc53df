"""The firms of the demo school and their people: 96, all made up, with a year of history behind them.

Ten towns of the vale, three colleagues who look after the firms. Other apps' demos build on these names.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from accounts.models import User
from partnerships.demo_cast import CAST
from partnerships.demo_firms import PROSPECTS_AND_CONTACTED, Firm
from partnerships.enums import WAY, ContactRole, Source, Status
from partnerships.filters import ORGANISATIONS
from partnerships.models import Contact, Organisation, StatusChange, TimelineEvent
from ui.models import SavedView

SEED = 2026
SATURDAY = 5
OWNERS = {"MK": "Marta Keller", "JB": "Jonas Brandt", "AN": "Aisha Noor"}
FIRST_NAMES = [
    "Ada",
    "Bruno",
    "Clara",
    "Dario",
    "Elif",
    "Farid",
    "Greta",
    "Hugo",
    "Ines",
    "Jakob",
    "Karim",
    "Lotte",
    "Mila",
    "Nuno",
    "Olga",
    "Pavel",
    "Quentin",
    "Runa",
    "Samira",
    "Timo",
    "Ulla",
    "Vera",
    "Wanda",
    "Yusuf",
    "Zora",
]
LAST_NAMES = [
    "Abel",
    "Baum",
    "Castell",
    "Dorn",
    "Ebner",
    "Falk",
    "Grau",
    "Hollis",
    "Imhof",
    "Jansen",
    "Kern",
    "Lund",
    "Moreau",
    "Noll",
    "Osei",
    "Pohl",
    "Quist",
    "Reuter",
    "Sand",
    "Thorne",
    "Umar",
    "Voigt",
    "Winter",
    "Yates",
    "Zeller",
]
JOBS = [
    ("Managing director", ContactRole.DECISION_MAKER),
    ("Head of training", ContactRole.MENTOR),
    ("Human resources", ContactRole.HR),
    ("Office manager", ContactRole.DAY_TO_DAY),
    ("Owner", ContactRole.OWNER),
]
VIEWS = [
    ("My partners", "owner=me"),
    ("Gone quiet", "next_step=none&quiet=10&status=contacted"),
    ("Care firms", "sector=R87"),
    ("Agreements ending soon", "agreement=90"),
]
SOURCES = [
    (Source.EVENT, "Chamber fair, {month}"),
    (Source.RESEARCH, "Trade register, {month}"),
    (Source.REFERRAL, "Lindenvale Chamber, {month}"),
    (Source.ALUMNI, "A former student, {month}"),
    (Source.INBOUND_FORM, "Wrote to us, {month}"),
]
# How many days before the anchor day a relationship reached each status, at the earliest and the latest.
AGES = {
    Status.PROSPECT: (20, 360),
    Status.CONTACTED: (12, 150),
    Status.PROPOSAL: (6, 70),
    Status.PILOT: (10, 60),
    Status.AGREEMENT: (2, 20),
    Status.PARTNER: (60, 200),
}


@dataclass
class Making:
    """What is needed while the rows are made: the day, chance with a fixed seed, the owners, names not yet given."""

    day: dt.date
    chance: random.Random
    owners: dict[str, User]
    names: Iterator[str]

    def moment(self, days_ago: float) -> dt.datetime:
        """Return an hour of a working day that many days before the anchor day."""
        day = self.day - dt.timedelta(days=int(days_ago))
        while day.weekday() >= SATURDAY:
            day -= dt.timedelta(days=1)
        clock = dt.time(self.chance.randint(8, 14), self.chance.choice([0, 5, 10, 20, 30, 40, 50]))
        return dt.datetime.combine(day, clock, dt.UTC)


def load(day: dt.date) -> None:
    """Make the firms, their people and what happened before `day`, unless there are firms already."""
    if Organisation.objects.exists():
        return
    making = _making(day)
    firms = [*CAST, *PROSPECTS_AND_CONTACTED]
    histories = [_history(making, firm) for firm in firms]
    organisations = [_organisation(making, firm, moves) for firm, moves in zip(firms, histories, strict=True)]
    Organisation.objects.bulk_create(organisations)
    rows = list(zip(organisations, firms, histories, strict=True))
    Contact.objects.bulk_create(
        contact for organisation, firm, _moves in rows for contact in _contacts(making, organisation, firm)
    )
    StatusChange.objects.bulk_create(
        StatusChange(organisation=organisation, status=status, at=at, by=organisation.owner)
        for organisation, _firm, moves in rows
        for status, at in moves
    )
    TimelineEvent.objects.bulk_create(
        event for organisation, _firm, moves in rows for event in _events(organisation, moves)
    )
    if marta := making.owners.get("MK"):
        views = {"owner": marta, "list_key": ORGANISATIONS.key, "is_shared": True, "is_pinned": True}
        SavedView.objects.bulk_create(SavedView(name=name, query=query, **views) for name, query in VIEWS)


def _making(day: dt.date) -> Making:
    chance = random.Random(SEED)  # noqa: S311 - a demo, the same each time
    names = [f"{first} {last}" for first, last in product(FIRST_NAMES, LAST_NAMES)]
    chance.shuffle(names)
    people = {user.name: user for user in User.objects.filter(name__in=OWNERS.values())}
    owners = {initials: people[name] for initials, name in OWNERS.items() if name in people}
    return Making(day, chance, owners, iter(names))


def _history(making: Making, firm: Firm) -> list[tuple[Status, dt.datetime]]:
    """Return when the relationship reached each status up to today's, oldest first."""
    way = WAY[: WAY.index(firm.status) + 1]
    if firm.reached:
        return [(status, making.moment(days)) for status, days in zip(way, firm.reached, strict=True)]
    days = making.chance.randint(*AGES[firm.status])
    ages = [days]
    for _earlier in way[1:]:
        ages.append(ages[-1] + making.chance.randint(9, 60))
    return [(status, making.moment(age)) for status, age in zip(way, reversed(ages), strict=True)]


def _organisation(making: Making, firm: Firm, moves: list[tuple[Status, dt.datetime]]) -> Organisation:
    source, words = making.chance.choice(SOURCES)
    month = f"{moves[0][1]:%b %Y}"
    return Organisation(
        name=firm.name,
        legal_name=firm.legal_name,
        kind=firm.kind,
        nace_section=firm.nace[0],
        nace_division=firm.nace[1:],
        trade=firm.trade,
        size_band=firm.size,
        registration_number=f"LV {making.chance.randint(10_000, 99_999)}",
        website=f"https://{firm.slug}.example.org",
        email=f"info@{firm.slug}.example.org",
        phone=f"000 555 0{making.chance.randint(200, 999)}",
        street=firm.street,
        postcode=firm.postcode,
        town=firm.town,
        distance_km=firm.km,
        capacity=firm.capacity,
        source=firm.source[0] if firm.source else source,
        source_detail=firm.source[1] if firm.source else words.format(month=month),
        owner=making.owners.get(firm.owner),
        status=moves[-1][0],
        status_since=moves[-1][1],
        created_at=moves[0][1],
        created_by=making.owners.get(firm.owner),
    )


def _contacts(making: Making, organisation: Organisation, firm: Firm) -> Iterator[Contact]:
    people = firm.people or [(next(making.names), *making.chance.choice(JOBS), "")]
    for place, (name, title, role, phone) in enumerate(people):
        first, _space, last = name.removeprefix("Dr ").partition(" ")
        yield Contact(
            organisation=organisation,
            name=name,
            job_title=title,
            role=role,
            email=f"{first[0]}.{last.replace(' ', '')}@{firm.slug}.example.org".lower(),
            phone=phone or f"000 555 0{making.chance.randint(200, 999)}",
            is_primary=place == firm.main_person,
            created_at=organisation.created_at,
            created_by=organisation.owner,
        )


def _events(organisation: Organisation, moves: list[tuple[Status, dt.datetime]]) -> Iterator[TimelineEvent]:
    (before, added), *later = moves
    yield TimelineEvent(
        organisation=organisation,
        kind="partnerships.added",
        title="Added to Tandem",
        body=organisation.source_detail,
        actor=organisation.owner,
        at=added,
    )
    for after, at in later:
        yield TimelineEvent(
            organisation=organisation,
            kind="partnerships.status",
            title=f"Moved from {before.label} to {after.label}",
            actor=organisation.owner,
            at=at,
        )
        before = after
