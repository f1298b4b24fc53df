"""A large, made-up school's pilots: one for every tenth organisation, most of them decided."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from django.db import models
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from partnerships.models import Organisation
from pilots.enums import DECISIONS, UNDER_WAY, Kind, PilotStatus
from pilots.models import Pilot, SuccessCriterion

BATCH = 5_000
EVERY = 10
CRITERIA = 3
KINDS = list(Kind)
# Of twenty pilots: three being planned, three under way, one called off, the others decided.
STATUSES = [
    PilotStatus.IDEA,
    PilotStatus.PLANNED,
    PilotStatus.SCHEDULED,
    *UNDER_WAY,
    PilotStatus.CANCELLED,
    *DECISIONS,
    *DECISIONS,
    *DECISIONS,
    PilotStatus.SCALED,
]
T = TypeVar("T", bound=models.Model)


def make(organisations: int) -> None:
    now = timezone.now()
    owners = list(User.objects.filter(role=Role.COORDINATOR).order_by("pk").values_list("pk", flat=True)) or [None]
    firms = Organisation.objects.order_by("pk").values_list("pk", flat=True)
    chosen = enumerate(islice(firms.iterator(chunk_size=BATCH), 0, organisations, EVERY))
    _write(Pilot, (_pilot(n, firm, owners[n % len(owners)], now) for n, firm in chosen))
    written = Pilot.objects.order_by("pk").values_list("pk", "status")
    rows = ((pk, status, order) for pk, status in written.iterator(chunk_size=BATCH) for order in range(CRITERIA))
    _write(SuccessCriterion, (_criterion(*row) for row in rows))


def _pilot(n: int, firm: int, owner: int | None, now: dt.datetime) -> Pilot:
    status = STATUSES[n % len(STATUSES)]
    starts_on = now.date() + dt.timedelta(days=_offset(n, status))
    is_decided = status in DECISIONS
    return Pilot(
        organisation_id=firm,
        owner_id=owner,
        title=f"Trial placement {n + 1}",
        kind=KINDS[n % len(KINDS)],
        hypothesis_if="students work there for two weeks",
        hypothesis_then="the firm hosts more of them",
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=14),
        students=1 + n % 8,
        status=status,
        status_since=now - dt.timedelta(minutes=n % 500_000),
        decided_at=now - dt.timedelta(days=n % 300) if is_decided else None,
        lessons="Begin with the site rules." if status == PilotStatus.STOPPED else "",
        feedback_count=n % 4 if status in UNDER_WAY or is_decided else 0,
    )


def _offset(n: int, status: PilotStatus) -> int:
    """Say when a pilot in this state began, or will begin, in days from now."""
    if status == PilotStatus.RUNNING:
        return -(n % 14)
    if status in {PilotStatus.IDEA, PilotStatus.PLANNED, PilotStatus.SCHEDULED}:
        return 1 + n % 90
    return -15 - n % 25 if status in UNDER_WAY else -30 - n % 700


def _criterion(pk: int, status: str, order: int) -> SuccessCriterion:
    known = status in {PilotStatus.EVALUATED, *DECISIONS}
    return SuccessCriterion(
        pilot_id=pk,
        order=order,
        text=f"Criterion {order + 1}",
        target=Decimal(4),
        must_have=not order,
        actual=Decimal(2 + (pk + order) % 4) if known else None,
    )


def _write(model: type[T], rows: Iterator[T]) -> None:
    while batch := list(islice(rows, BATCH)):
        model._default_manager.bulk_create(batch)
