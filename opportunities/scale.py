"""Proposals and places of a large, made-up school, deterministic and in bulk.

A proposal for every fourth organisation, an opening at every fifth with three places, two of them given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from accounts.services import current_school
from goals.models import Programme
from opportunities.enums import DecisionReason, OpeningStatus, PlacementStatus, ProposalStatus
from opportunities.models import Opening, Placement, Proposal, ProposalItem, ProposalVersion, Student
from partnerships.models import Organisation

EVERY_PROPOSAL, EVERY_OPENING, EACH, PLACES = 4, 5, 2, 3
BATCH = 5_000
# Of forty proposals eight are open.
STATES = (
    [ProposalStatus.DRAFT, *[ProposalStatus.SENT] * 5, *[ProposalStatus.IN_NEGOTIATION] * 2]
    + [ProposalStatus.ACCEPTED] * 20
    + [ProposalStatus.DECLINED] * 8
    + [ProposalStatus.EXPIRED] * 3
    + [ProposalStatus.WITHDRAWN]
)
DECIDED = (ProposalStatus.ACCEPTED, ProposalStatus.DECLINED)
PLACED = [PlacementStatus.CONFIRMED, PlacementStatus.COMPLETED, PlacementStatus.COMPLETED, PlacementStatus.CANCELLED]
FINGERPRINT = hashlib.sha256(b"made up").hexdigest()


def make(organisations: int) -> None:
    """Add to the first `organisations` organisations, unless there are proposals already."""
    if Proposal.objects.exists():
        return
    ids = list(Organisation.objects.order_by("pk").values_list("pk", flat=True)[:organisations])
    owners = list(User.objects.order_by("pk").values_list("pk", flat=True)) or [None]
    today = current_school().today()
    chosen = ids[::EVERY_PROPOSAL]
    for start in range(0, len(chosen), BATCH):
        _make_proposals(chosen[start : start + BATCH], start, owners, today)
    programmes = list(Programme.objects.order_by("pk").values_list("pk", flat=True))
    hosts = ids[::EVERY_OPENING] if programmes else []
    for start in range(0, len(hosts), BATCH):
        _make_places(hosts[start : start + BATCH], start, programmes, today)


def _make_proposals(ids: list[int], start: int, owners: list[int | None], today: dt.date) -> None:
    made = Proposal.objects.bulk_create(
        _proposal(pk, start + at, owners[(start + at) % len(owners)], today) for at, pk in enumerate(ids)
    )
    versions = ProposalVersion.objects.bulk_create(
        _version(proposal, no) for proposal in made for no in range(1, proposal.round + 1)
    )
    ProposalItem.objects.bulk_create(
        ProposalItem(
            version=version,
            line=line,
            order=line,
            description=f"Point {line + 1}",
            hours_school=Decimal(8),
            hours_business=Decimal(20 + version.no),
            money_business=Decimal(400),
        )
        for version in versions
        for line in range(3)
    )


def _proposal(organisation: int, nth: int, owner: int | None, today: dt.date) -> Proposal:
    status = STATES[nth % len(STATES)]
    sent = today - dt.timedelta(days=20 + nth % 320)
    was_sent = status != ProposalStatus.DRAFT
    days_open = 5 if status == ProposalStatus.EXPIRED else 60 + nth % 30 + (today - sent).days
    return Proposal(
        organisation_id=organisation,
        owner_id=owner,
        number=f"PR-{nth + 1:07}",
        title=f"Places and a course, {nth + 1}",
        round=1 + (nth // len(STATES)) % 2 if was_sent else 1,
        status=status,
        status_since=timezone.now() - dt.timedelta(days=nth % 300, seconds=nth),
        first_sent_on=sent if was_sent else None,
        sent_on=sent if was_sent else None,
        valid_until=sent + dt.timedelta(days=days_open) if was_sent else None,
        decided_on=sent + dt.timedelta(days=5 + nth % 15) if status in DECIDED else None,
        decision_reason=DecisionReason.PRICE if status == ProposalStatus.DECLINED else "",
    )


def _version(proposal: Proposal, no: int) -> ProposalVersion:
    sent = proposal.first_sent_on is not None
    return ProposalVersion(
        proposal=proposal,
        no=no,
        title=proposal.title,
        intro="As we said on the phone.",
        valid_until=proposal.valid_until,
        sent_at=proposal.status_since if sent else None,
        sent_to="Contact" if sent else "",
        sha256=FINGERPRINT if sent else "",
    )


def _make_places(ids: list[int], start: int, programmes: list[int], today: dt.date) -> None:
    openings = Opening.objects.bulk_create(
        _opening(pk, start + at, programmes[(start + at) % len(programmes)], today) for at, pk in enumerate(ids)
    )
    students = Student.objects.bulk_create(
        Student(
            reference=f"S{start + at:06}-{nth}",
            programme_id=opening.programme_id,
            group=f"K{(start + at) % 400}",
            birth_date=today - dt.timedelta(days=6000 + (start + at) % 900),
        )
        for at, opening in enumerate(openings)
        for nth in range(EACH)
    )
    Placement.objects.bulk_create(
        _placement(openings[at // EACH], student, start + at) for at, student in enumerate(students)
    )


def _opening(organisation: int, nth: int, programme: int, today: dt.date) -> Opening:
    starts_on = today + dt.timedelta(days=nth % 400 - 300)
    taken = sum(status != PlacementStatus.CANCELLED for status in _statuses(nth))
    return Opening(
        organisation_id=organisation,
        programme_id=programme,
        title=f"Work in team {nth % 90}",
        places=PLACES,
        taken=taken,
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=39),
        status=OpeningStatus.OPEN if starts_on > today else OpeningStatus.CLOSED,
        status_since=timezone.now() - dt.timedelta(days=nth % 300, seconds=nth),
    )


def _statuses(nth: int) -> list[PlacementStatus]:
    return [PLACED[(nth * EACH + at) % len(PLACED)] for at in range(EACH)]


def _placement(opening: Opening, student: Student, nth: int) -> Placement:
    return Placement(
        student=student,
        opening=opening,
        programme_id=opening.programme_id,
        starts_on=opening.starts_on,
        ends_on=opening.ends_on,
        status=PLACED[nth % len(PLACED)],
        status_since=opening.status_since,
    )
