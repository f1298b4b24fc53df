"""The demo school's proposals, openings, students and placements, as they stand on the anchor day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import NumberSeries, School
from goals.models import Programme
from mailing.models import hash_token, new_token
from opportunities.demo_data import EXPIRED, LOST, OPEN, WON, Decided, OpenProposal, Point, Round
from opportunities.demo_places import add_places
from opportunities.enums import AnswerKind, ProposalStatus
from opportunities.freezing import fingerprint_of
from opportunities.models import Proposal, ProposalAnswer, ProposalItem, ProposalLink, ProposalVersion
from opportunities.services.writing import SERIES
from partnerships.models import Contact, Need, Organisation, TimelineEvent

LINK_LASTS = dt.timedelta(days=90)


@dataclass(frozen=True)
class Making:
    """What is needed while the rows are made."""

    today: dt.date
    zone: ZoneInfo
    partners: dict[str, Organisation]
    programmes: dict[str, Programme]
    needs: dict[tuple[int, str], Need]
    contacts: dict[int, Contact]

    def day(self, ago: int) -> dt.date:
        return self.today - dt.timedelta(days=ago)

    def at(self, ago: int, clock: str = "10:20") -> dt.datetime:
        return dt.datetime.combine(self.day(ago), dt.time.fromisoformat(clock), self.zone)


@transaction.atomic
def load(day: dt.date) -> None:
    """Make the proposals and places as they stand on `day`, unless there are some already."""
    if Proposal.objects.exists():
        return
    making = _making(day)
    made = [_open(making, told) for told in [*OPEN, EXPIRED]]
    made += [_decided(making, told) for told in [*WON, *LOST]]
    _number(made, day)
    add_places(day, making.partners, making.programmes)


def _making(day: dt.date) -> Making:
    partners = {partner.name: partner for partner in Organisation.objects.select_related("owner")}
    contacts = Contact.objects.filter(archived_at=None).exclude(email="").order_by("is_primary", "-pk")
    return Making(
        today=day,
        zone=School.objects.get(pk=School.PK).zone,
        partners=partners,
        programmes={programme.code: programme for programme in Programme.objects.all()},
        needs={(need.organisation_id, need.title): need for need in Need.objects.all()},
        contacts={contact.organisation_id: contact for contact in contacts},
    )


def _recipient(making: Making, partner: Organisation) -> Contact | None:
    signs = Contact.objects.filter(organisation=partner, name="Rosa Lindqvist").first()
    return signs or making.contacts.get(partner.pk)


def _proposal(making: Making, partner: Organisation, title: str, sent: int, **fields: Any) -> Proposal:
    """Write a proposal's row under a number of its own; `_number` gives the real one."""
    return Proposal.objects.create(
        organisation=partner,
        contact=_recipient(making, partner),
        owner=partner.owner,
        created_by=partner.owner,
        updated_by=partner.owner,
        created_at=making.at(sent + 2),
        number=f"new-{partner.pk}-{sent}",
        title=title,
        first_sent_on=making.day(sent),
        **fields,
    )


def _open(making: Making, told: OpenProposal) -> Proposal:
    sent = [one.sent for one in told.rounds if one.sent is not None]
    last, partner = sent[-1], making.partners[told.partner]
    moved = told.asked[-1].days if told.status == ProposalStatus.IN_NEGOTIATION else last
    if told.status == ProposalStatus.EXPIRED:
        moved = last - told.valid_for - 1
    proposal = _proposal(
        making,
        partner,
        told.title,
        sent[0],
        status=told.status,
        status_since=making.at(moved, "09:10"),
        sent_on=making.day(last),
        valid_until=making.day(last - told.valid_for),
        round=len(told.rounds),
    )
    versions = [_version(making, proposal, no, one, told) for no, one in enumerate(told.rounds, start=1)]
    name = proposal.contact.name if proposal.contact else ""
    ProposalAnswer.objects.bulk_create(
        ProposalAnswer(
            version=versions[at],
            kind=AnswerKind.CHANGES,
            words=asked.words,
            name=name,
            at=making.at(asked.days, "15:05"),
        )
        for at, asked in enumerate(told.asked)
    )
    _add_link(making, versions[len(sent) - 1], told.opened)
    return proposal


def _version(making: Making, proposal: Proposal, no: int, told: Round, of: OpenProposal) -> ProposalVersion:
    version = ProposalVersion.objects.create(
        proposal=proposal,
        no=no,
        title=of.title,
        intro=told.intro,
        changes=told.changes,
        valid_until=making.day((told.sent or 0) - of.valid_for),
    )
    _fill(making, version, told.points)
    if told.sent is not None:
        _freeze(making, version, told.sent)
    return version


def _fill(making: Making, version: ProposalVersion, points: tuple[Point, ...]) -> None:
    partner = version.proposal.organisation_id
    ProposalItem.objects.bulk_create(
        ProposalItem(
            version=version,
            line=point.line,
            order=order,
            programme=making.programmes.get(point.programme),
            need=making.needs.get((partner, point.need)),
            description=point.description,
            detail=point.detail,
            quantity=point.quantity,
            starts_on=None if point.starts is None else making.day(-point.starts),
            ends_on=None if point.ends is None else making.day(-point.ends),
            hours_school=Decimal(point.hours[0]),
            hours_business=Decimal(point.hours[1]),
            money_school=Decimal(point.money[0]),
            money_business=Decimal(point.money[1]),
            reason=point.reason,
        )
        for order, point in enumerate(points)
    )


def _freeze(making: Making, version: ProposalVersion, sent: int) -> None:
    """Mark a round as sent; its fingerprint follows with the number."""
    proposal = version.proposal
    version.sent_at, version.sent_by = making.at(sent), proposal.owner
    version.sent_to = proposal.contact.name if proposal.contact else ""
    version.sha256 = "-"
    version.save(update_fields=["sent_at", "sent_by", "sent_to", "sha256"])


def _add_link(making: Making, version: ProposalVersion, opened: int | None) -> None:
    contact = version.proposal.contact
    if contact is None or version.sent_at is None:
        return
    ProposalLink.objects.create(
        version=version,
        token_hash=hash_token(new_token()),
        email=contact.email,
        name=contact.name,
        created_at=version.sent_at,
        expires_at=version.sent_at + LINK_LASTS,
        first_opened_at=None if opened is None else making.at(opened, "08:12"),
    )


def _decided(making: Making, told: Decided) -> Proposal:
    ended = told.sent - told.took
    kind = AnswerKind.DECLINED if told.reason else AnswerKind.ACCEPTED
    proposal = _proposal(
        making,
        making.partners[told.partner],
        told.title,
        told.sent,
        status=ProposalStatus.DECLINED if told.reason else ProposalStatus.ACCEPTED,
        status_since=making.at(ended, "11:30"),
        sent_on=making.day(told.sent),
        valid_until=making.day(told.sent - 45),
        decided_on=making.day(ended),
        decision_reason=told.reason or "",
        decision_words=told.words,
    )
    version = ProposalVersion.objects.create(
        proposal=proposal, no=1, title=told.title, valid_until=proposal.valid_until
    )
    _fill(making, version, (Point(0, told.title, hours=(12, 40), money=(480, 0)),))
    _freeze(making, version, told.sent)
    ProposalAnswer.objects.create(
        version=version,
        kind=kind,
        reason=told.reason or "",
        words=told.words,
        name=version.sent_to,
        at=proposal.status_since,
    )
    return proposal


def _number(made: list[Proposal], day: dt.date) -> None:
    """Number the proposals by the day they were begun, each year anew; then freeze and tell what was sent."""
    last: dict[int, int] = {}
    known = {told.partner: told.number for told in OPEN if told.number}
    for proposal in sorted(made, key=lambda one: (one.created_at, one.pk)):
        year = proposal.created_at.year
        wanted = known.get(proposal.organisation.name) if proposal.is_answerable else None
        last[year] = max(last.get(year, 0) + 1, wanted or 0)
        proposal.number = f"LV-PR-{year}-{last[year]:03}"
        proposal.save(update_fields=["number"])
    for year, number in last.items():
        series, _new = NumberSeries.objects.get_or_create(key=SERIES, year=year)
        NumberSeries.objects.filter(pk=series.pk, last__lt=number).update(last=number)
    sent = list(
        ProposalVersion.objects.exclude(sent_at=None)
        .select_related("proposal__organisation", "sent_by", "proposal__contact")
        .prefetch_related("answers")
    )
    for version in sent:
        version.sha256 = fingerprint_of(version)
    ProposalVersion.objects.bulk_update(sent, ["sha256"])
    TimelineEvent.objects.bulk_create(event for version in sent for event in _events(version))


def _events(version: ProposalVersion) -> list[TimelineEvent]:
    proposal = version.proposal
    names = {"number": proposal.number, "partner": proposal.organisation.name}
    titles = {
        AnswerKind.ACCEPTED: ("accepted", "{partner} accepted proposal {number}"),
        AnswerKind.CHANGES: ("changes_asked", "{partner} asked for changes to proposal {number}"),
        AnswerKind.DECLINED: ("declined", "{partner} declined proposal {number}"),
    }
    title = f"Proposal {proposal.number} sent, round {version.no}"
    happened = [("sent", version.sent_at, title, proposal.title, version.sent_by)]
    for answer in version.answers.all():
        kind, words = titles[AnswerKind(answer.kind)]
        happened.append((kind, answer.at, words.format(**names), answer.words, None))
    return [
        TimelineEvent(
            organisation=proposal.organisation,
            contact=proposal.contact,
            kind=f"opportunities.{kind}",
            at=at,
            title=title,
            body=body,
            actor=actor,
            url_name="opportunities:proposal",
            object_id=proposal.pk,
        )
        for kind, at, title, body, actor in happened
        if at is not None
    ]
