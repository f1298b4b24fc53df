"""What each side gives a year, in kind and in money."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from agreements.enums import ContributionKind, Party
from agreements.models import Contribution

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Given:
    """What one side gives a year."""

    in_kind: Decimal = Decimal(0)
    financial: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.in_kind + self.financial


@dataclass(frozen=True)
class Totals:
    school: Given
    organisation: Given

    @property
    def together(self) -> Decimal:
        return self.school.total + self.organisation.total


def value_of(*, quantity: Decimal, unit_value: Decimal) -> Decimal:
    """Return a contribution's value, rounded half up to the cent."""
    return (quantity * unit_value).quantize(CENT, ROUND_HALF_UP)


def totals_of(contributions: Iterable[Contribution]) -> Totals:
    sums = dict.fromkeys(((party, kind) for party in Party for kind in ContributionKind), Decimal(0))
    for contribution in contributions:
        sums[Party(contribution.party), ContributionKind(contribution.kind)] += contribution.value
    return Totals(
        *(Given(sums[party, ContributionKind.IN_KIND], sums[party, ContributionKind.FINANCIAL]) for party in Party)
    )
