"""Money, worked out by hand."""

from decimal import Decimal

import pytest

from agreements.enums import ContributionKind, Party
from agreements.models import Contribution
from agreements.totals import Given, Totals, totals_of, value_of
from tests.agreements.factories import GIVEN


def _given(party, kind, value):
    return Contribution(party=party, kind=kind, description="x", value=Decimal(value))


@pytest.mark.parametrize(
    ("quantity", "unit_value", "value"),
    [
        ("96", "38", "3648.00"),
        ("72", "40", "2880.00"),
        ("0.5", "0.01", "0.01"),  # half a cent goes up
        ("0.33", "0.01", "0.00"),
        ("1.5", "33.33", "50.00"),  # 49.995
        ("0", "38", "0.00"),
    ],
)
def test_value_is_quantity_times_unit_value_to_the_cent(quantity, unit_value, value):
    assert value_of(quantity=Decimal(quantity), unit_value=Decimal(unit_value)) == Decimal(value)


def test_totals_of_the_demo_agreement():
    rows = [_given(party, kind, value) for party, kind, _what, _n, _unit, _one, value, _note in GIVEN]

    totals = totals_of(rows)

    assert totals == Totals(
        school=Given(in_kind=Decimal(2520), financial=Decimal(360)),
        organisation=Given(in_kind=Decimal(9648), financial=Decimal(3380)),
    )
    assert (totals.school.total, totals.organisation.total, totals.together) == (2880, 13028, 15908)


def test_totals_of_cents_stay_exact():
    rows = [_given(Party.SCHOOL, ContributionKind.FINANCIAL, "0.10") for _row in range(3)]

    assert totals_of(rows).together == Decimal("0.30")


def test_totals_of_nothing_are_nothing():
    assert totals_of([]).together == 0
