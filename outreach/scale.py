"""Talks and follow-ups of a large, made-up school: the same each time, written in bulk.

Of N organisations there are about 2 N interactions and 2 N follow-ups. They agree with the facts that stand on the
organisations already, so that nothing has to be worked out anew.
"""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils import timezone

from accounts.services import current_school
from outreach.enums import Channel, Direction, FollowUpStatus, Outcome
from outreach.models import FollowUp, Interaction
from partnerships.models import FAR_FUTURE, LONG_AGO, Organisation

SEED = 4
BATCH = 2_000
EARLIER_TALKS = 3
DONE = ["Call back", "Send the outline", "Ask about places", "Confirm the visit"]
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def make(organisations: int) -> None:
    """Give that many of the newest organisations their talks and follow-ups, unless there are talks already."""
    if Interaction.objects.exists():
        return
    chance = random.Random(SEED)  # noqa: S311 - made-up data, the same each time
    zone = current_school().zone
    newest = Organisation.objects.order_by("-pk").only(
        "owner", "created_at", "last_contact_at", "last_inbound_at", "next_step_at", "next_step_text"
    )
    made = list(newest[:organisations])[::-1]
    _write(Interaction, (row for organisation in made for row in _talks(chance, organisation)))
    _write(FollowUp, (row for organisation in made for row in _follow_ups(chance, organisation, zone)))


def _write(model: type[Row], rows: Iterable[Row]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        model._default_manager.bulk_create(batch)


def _talks(chance: random.Random, organisation: Organisation) -> Iterator[Interaction]:
    """Yield the last contact that the facts name, and a few before it; firms without one have had none."""
    last = organisation.last_contact_at
    if last == LONG_AGO:
        return
    heard = organisation.last_inbound_at == last
    yield _talk(organisation, last, Channel.EMAIL, Direction.IN if heard else Direction.OUT, "")
    for turn in range(EARLIER_TALKS):
        at = last - dt.timedelta(days=chance.randint(3, 90) + 60 * turn, minutes=chance.randint(0, 600))
        channel = chance.choice([Channel.CALL, Channel.MEETING, Channel.EMAIL]) if heard else Channel.CALL
        outcome = {Channel.CALL: Outcome.REACHED if heard else Outcome.NO_ANSWER}.get(channel, "")
        yield _talk(organisation, at, channel, Direction.OUT, outcome)


def _talk(
    organisation: Organisation, at: dt.datetime, channel: Channel, direction: Direction, outcome: str
) -> Interaction:
    return Interaction(
        organisation=organisation,
        by_id=organisation.owner_id,
        channel=channel,
        direction=direction,
        outcome=outcome,
        at=at,
        created_at=at,
        subject="Places in autumn" if channel == Channel.EMAIL else "",
        summary="Wants two apprentices in autumn and asks who pays for the bus.",
    )


def _follow_ups(chance: random.Random, organisation: Organisation, zone: ZoneInfo) -> Iterator[FollowUp]:
    """Yield the next step that the facts name, and what was done before."""
    if organisation.next_step_at != FAR_FUTURE:
        day = organisation.next_step_at.astimezone(zone).date()
        yield _follow_up(organisation, organisation.next_step_text, day, due_at=organisation.next_step_at)
    for _turn in range(2 if organisation.last_contact_at != LONG_AGO else 1):
        day = (timezone.now() - dt.timedelta(days=chance.randint(5, 400))).date()
        late = chance.choice([0, 0, 0, 1, 4])
        done_at = dt.datetime.combine(day + dt.timedelta(days=late), dt.time(10), zone)
        yield _follow_up(organisation, chance.choice(DONE), day, done_at=done_at)


def _follow_up(
    organisation: Organisation,
    title: str,
    day: dt.date,
    *,
    due_at: dt.datetime | None = None,
    done_at: dt.datetime | None = None,
) -> FollowUp:
    return FollowUp(
        organisation=organisation,
        owner_id=organisation.owner_id,
        title=title,
        due_on=day,
        due_at=due_at,
        status=FollowUpStatus.DONE if done_at else FollowUpStatus.OPEN,
        done_at=done_at,
        done_by_id=organisation.owner_id if done_at else None,
    )
