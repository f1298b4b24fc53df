"""Needs of a large, made-up school: of three organisations one has a need, of five needs three are open."""

import datetime as dt
import random

from django.utils import timezone

from partnerships.enums import NeedKind, NeedStatus, Urgency
from partnerships.models import Need, Organisation

SEED = 25
BATCH = 2_000
ONE_IN = 3
STATES = [NeedStatus.OPEN, NeedStatus.OPEN, NeedStatus.OPEN, NeedStatus.ADDRESSED, NeedStatus.EXPIRED]
TITLES = ["Two apprentices", "Night staff", "A refresher in welding", "Somebody for the desk", "CNC operators"]


def make(organisations: int) -> None:
    """Give a third of that many of the newest organisations a need, unless there are needs already."""
    if Need.objects.exists():
        return
    chance = random.Random(SEED)  # noqa: S311 - made-up data, the same each time
    today = timezone.localdate()
    newest = Organisation.objects.order_by("-pk").values_list("pk", flat=True)[:organisations]
    rows = (
        Need(
            organisation_id=pk,
            kind=chance.choice(NeedKind.values),
            title=chance.choice(TITLES),
            headcount=chance.choice([None, 1, 2, 3, 8]),
            urgency=chance.choice(Urgency.values),
            status=chance.choice(STATES),
            stated_on=today - dt.timedelta(days=chance.randint(0, 360)),
        )
        for pk in list(newest)[::ONE_IN]
    )
    Need.objects.bulk_create(rows, batch_size=BATCH)
