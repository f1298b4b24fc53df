"""The demo school's agreements: 18 current ones and 6 that ended, with a few documents made for real."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.enums import Role
from accounts.models import NumberSeries, School, User
from agreements import basic_mou
from agreements.demo_data import (
    ANCHOR,
    CURRENT,
    DEALS,
    DRAFT,
    KESTREL,
    KESTREL_DUTIES,
    KESTREL_GIVES,
    KESTREL_PURPOSE,
    OVER,
    SENT,
    SIGNED,
    Deal,
)
from agreements.demo_documents import add_documents
from agreements.enums import AgreementStatus, ContributionKind, Party
from agreements.filters import AGREEMENTS
from agreements.models import Agreement, AgreementClause, Contribution, Obligation, Signatory
from agreements.services import basic_template
from partnerships.models import Contact, Organisation, TimelineEvent
from partnerships.services import refresh_facts
from pilots.enums import PilotStatus
from pilots.models import Pilot
from ui.models import SavedView

CLAUSE_FIELDS = ("number", "part", "title", "body", "is_locked", "is_binding")
STATUS = {
    CURRENT: AgreementStatus.ACTIVE,
    SIGNED: AgreementStatus.SIGNED,
    SENT: AgreementStatus.SENT,
    DRAFT: AgreementStatus.DRAFT,
    OVER: AgreementStatus.EXPIRED,
}
MENTOR_HOUR, TEACHER_HOUR = 38, 45
VIEWS = [
    ("In force", "state=active"),
    ("On the way", "state=on_the_way"),
    ("Ending within 180 days", "ends=180"),
    ("Ended", "state=expired"),
]


@dataclass(frozen=True)
class Making:
    """What is needed while the rows are made: how far the demo's days are moved, and who takes part."""

    shift: dt.timedelta
    zone: ZoneInfo
    director: User
    years: int

    def day(self, day: dt.date) -> dt.date:
        return day + self.shift

    def at(self, day: dt.date, clock: str) -> dt.datetime:
        return dt.datetime.combine(self.day(day), dt.time.fromisoformat(clock), self.zone)


@transaction.atomic
def load(day: dt.date) -> None:
    """Make the agreements as they stand on `day`, unless there are agreements already."""
    if Agreement.objects.exists():
        return
    school = School.objects.get(pk=School.PK)
    director = User.objects.filter(role=Role.DIRECTOR).order_by("pk").get()
    making = Making(day - ANCHOR, school.zone, director, day.year - ANCHOR.year)
    partners = {partner.name: partner for partner in Organisation.objects.filter(name__in=_names())}
    made = [(deal, _agreement(making, deal, partners[deal.partner])) for deal in [KESTREL, *DEALS]]
    for deal, agreement in made:
        _fill(making, deal, agreement)
    _name_pilots(made)
    TimelineEvent.objects.bulk_create(event for _deal, agreement in made for event in _events(agreement))
    add_documents([(agreement, deal.state) for deal, agreement in made if deal.has_document or deal is KESTREL])
    for year, number in (deal.number for deal in [KESTREL, *DEALS]):
        series, _new = NumberSeries.objects.get_or_create(key="mou", year=year + making.years)
        NumberSeries.objects.filter(pk=series.pk, last__lt=number).update(last=number)
    refresh_facts(*(partner.pk for partner in partners.values()))
    views = {"owner": director, "list_key": AGREEMENTS.key, "is_shared": True}
    SavedView.objects.bulk_create(SavedView(name=name, query=query, **views) for name, query in VIEWS)


def _name_pilots(made: list[tuple[Deal, Agreement]]) -> None:
    """What was tried out and scaled up with a partner is what its newest agreement grew out of."""
    scaled = Pilot.objects.filter(status=PilotStatus.SCALED).order_by("ends_on")
    pilots = {pilot.organisation_id: pilot for pilot in scaled}
    current = [agreement for deal, agreement in made if deal.state != OVER]
    for agreement in current:
        agreement.pilot = pilots.get(agreement.organisation_id)
    Agreement.objects.bulk_update(current, ["pilot"])


def _names() -> set[str]:
    return {deal.partner for deal in [KESTREL, *DEALS]}


def _agreement(making: Making, deal: Deal, partner: Organisation) -> Agreement:
    starts_on = making.day(deal.starts_on or deal.first_day)
    signed = deal.state in {CURRENT, SIGNED, OVER}
    signed_at = _signed_at(making, deal) if signed else None
    year, number = deal.number
    is_bare = deal.state == DRAFT and not deal.partner_gives[0]
    begun = making.at(_begun(deal), "10:15")
    return Agreement.objects.create(
        organisation=partner,
        owner=partner.owner,
        created_by=partner.owner,
        updated_by=partner.owner,
        created_at=begun,
        number=f"LV-MOU-{year + making.years}-{number:03}",
        edition=2 if deal is KESTREL else 1,
        template=basic_template(),
        title=deal.title,
        purpose="" if is_bare else _purpose(deal),
        expectations=str(basic_mou.EXPECTATIONS),
        starts_on=starts_on,
        ends_on=making.day(deal.ends_on),
        places_per_year=None if is_bare else 12 if deal is KESTREL else max(2, deal.partner_gives[0] // 1200),
        status=STATUS[deal.state],
        status_since=making.at(dt.date(2026, 3, 10), "09:40") if deal is KESTREL else signed_at or begun,
        sent_at=making.at(dt.date(2026, 3, 10), "09:40") if deal is KESTREL else None,
        signed_at=signed_at,
    )


def _purpose(deal: Deal) -> str:
    if deal is KESTREL:
        return KESTREL_PURPOSE
    return (
        "The parties work together so that students learn the trade in a real workplace and the partner meets future "
        "colleagues."
    )


def _begun(deal: Deal) -> dt.date:
    if deal.state == DRAFT:
        return dt.date(2026, 3, 2)
    return dt.date(2026, 2, 16) if deal is KESTREL else _signing_day(deal) - dt.timedelta(days=25)


def _signing_day(deal: Deal) -> dt.date:
    """A working day shortly before the first day."""
    day = min(deal.first_day - dt.timedelta(days=12), dt.date(2026, 3, 6))
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _signed_at(making: Making, deal: Deal) -> dt.datetime:
    return making.at(_signing_day(deal), "14:20")


def _fill(making: Making, deal: Deal, agreement: Agreement) -> None:
    """Add clauses, duties, contributions and signatories."""
    AgreementClause.objects.bulk_create(
        AgreementClause(agreement=agreement, **{name: getattr(clause, name) for name in CLAUSE_FIELDS})
        for clause in agreement.template.clauses.all()
    )
    duties: Any = KESTREL_DUTIES if deal is KESTREL else basic_mou.DUTIES
    Obligation.objects.bulk_create(
        Obligation(
            agreement=agreement, order=at, topic=str(topic), school_text=str(ours), organisation_text=str(theirs)
        )
        for at, (topic, ours, theirs) in enumerate(duties)
    )
    given = KESTREL_GIVES if deal is KESTREL else [*_partner_gives(deal), *_school_gives(deal)]
    Contribution.objects.bulk_create(_contribution(agreement, at, row) for at, row in enumerate(given))
    Signatory.objects.bulk_create(_signatories(making, deal, agreement))


def _contribution(agreement: Agreement, at: int, row: Any) -> Contribution:
    party, kind, what, quantity, unit, unit_value, value, note = row
    return Contribution(
        agreement=agreement,
        order=at,
        party=party,
        kind=kind,
        description=what,
        quantity=None if quantity is None else Decimal(quantity),
        unit=unit,
        unit_value=None if unit_value is None else Decimal(unit_value),
        value=Decimal(value),
        note=note,
    )


def _partner_gives(deal: Deal) -> list[Any]:
    total, money = deal.partner_gives
    return _lines(
        Party.ORGANISATION,
        total - money,
        money,
        ("Mentor time", MENTOR_HOUR, "Materials and tools", "Travel allowance"),
    )


def _school_gives(deal: Deal) -> list[Any]:
    total, money = deal.school_gives
    return _lines(
        Party.SCHOOL,
        total - money,
        money,
        ("Teacher visits", TEACHER_HOUR, "Safety training and gear", "Student insurance"),
    )


def _lines(party: Party, kind: int, money: int, words: tuple[str, int, str, str]) -> list[Any]:
    """Split what a side gives into hours, the rest in kind, and money."""
    time, rate, rest, cash = words
    hours = kind * 3 // 4 // rate
    left = kind - hours * rate
    lines = [
        (party, ContributionKind.IN_KIND, time, hours, "hours", rate, hours * rate, ""),
        (party, ContributionKind.IN_KIND, rest, None, "", None, left, "estimate"),
        (party, ContributionKind.FINANCIAL, cash, None, "", None, money, "a year"),
    ]
    return [line for line in lines if line[6]]


def _signatories(making: Making, deal: Deal, agreement: Agreement) -> list[Signatory]:
    contact = _decider(agreement)
    people = [(Party.SCHOOL, making.director.name, making.director.job_title, making.director.email)]
    if contact and not (deal.state == DRAFT and not deal.partner_gives[0]):
        people.append((Party.ORGANISATION, contact.name, contact.job_title, contact.email.lower()))
    rows = [
        Signatory(agreement=agreement, order=at, party=party, name=name, capacity=capacity, email=email)
        for at, (party, name, capacity, email) in enumerate(people)
    ]
    for row in rows:
        _sign(making, deal, agreement, row)
    return rows


def _decider(agreement: Agreement) -> Contact | None:
    contacts = agreement.organisation.contacts.exclude(email="").order_by("pk")
    return contacts.filter(role__in=["decision_maker", "owner"]).first() or contacts.first()


def _sign(making: Making, deal: Deal, agreement: Agreement, row: Signatory) -> None:
    at = agreement.signed_at
    if deal is KESTREL:
        row.sent_at = making.at(dt.date(2026, 3, 10), "09:40" if row.party == Party.SCHOOL else "11:20")
        at = making.at(dt.date(2026, 3, 10), "09:58") if row.party == Party.SCHOOL else None
    elif at and row.party == Party.SCHOOL:
        at -= dt.timedelta(days=1, hours=3)
    if at:
        row.signed_at, row.signed_name, row.signed_capacity = at, row.name, row.capacity


def _events(agreement: Agreement) -> list[TimelineEvent]:
    happened = [("drafted", agreement.created_at, f"Agreement {agreement.number} begun", agreement.owner)]
    if agreement.sent_at:
        happened.append(
            ("sent", agreement.sent_at, f"Agreement {agreement.number} sent for signature", agreement.owner)
        )
    happened.extend(
        ("signed", person.signed_at, f"{person.name} signed for {_side(agreement, person)}", None)
        for person in agreement.signatories.all()
        if person.signed_at
    )
    return [
        TimelineEvent(
            organisation=agreement.organisation,
            kind=f"agreements.{kind}",
            at=at,
            title=title,
            actor=actor,
            body=agreement.number,
            url_name="agreements:detail",
            object_id=agreement.pk,
        )
        for kind, at, title, actor in happened
    ]


def _side(agreement: Agreement, person: Signatory) -> str:
    return agreement.organisation.name if person.party == Party.ORGANISATION else "the college"
