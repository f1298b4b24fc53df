"""What each side puts into a round, in hours and in money."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from opportunities.models import SIDES, ProposalItem


@dataclass(frozen=True)
class Balance:
    hours_school: Decimal = Decimal(0)
    hours_business: Decimal = Decimal(0)
    money_school: Decimal = Decimal(0)
    money_business: Decimal = Decimal(0)


def balance_of(items: Iterable[ProposalItem]) -> Balance:
    rows = list(items)
    return Balance(**{side: sum((getattr(row, side) for row in rows), Decimal(0)) for side in SIDES})
