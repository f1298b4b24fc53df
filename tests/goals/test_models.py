import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from goals.enums import CycleStatus, Direction, MeasureSource
from goals.isced import DETAILED, by_broad_field
from goals.models import Measure, PlanningCycle, Programme
from tests.goals.factories import GoalFactory

pytestmark = pytest.mark.django_db


def a_programme(**fields):
    return Programme(**{"code": "EI", "title": "Electrical Installation", "isced_f": "0713", "eqf": 3, **fields})


def test_fields_of_education_are_the_eighty_with_a_name_of_their_own():
    grouped = [code for _broad, fields in by_broad_field() for code, _name in fields]

    assert grouped == sorted(DETAILED)
    assert len(grouped) == 80
    assert a_programme().field_name == "Electricity and energy"


@pytest.mark.parametrize("code", ["9999", "713", "07131", "abcd"])
def test_programme_with_an_unknown_field_is_refused(code):
    with pytest.raises(ValidationError) as refused:
        a_programme(isced_f=code).full_clean()

    assert "isced_f" in refused.value.message_dict


@pytest.mark.parametrize("level", [0, 9])
def test_programme_outside_the_eight_levels_is_refused_by_the_database(level):
    with pytest.raises(IntegrityError):
        a_programme(eqf=level).save()


def test_two_running_cycles_are_refused_by_the_database():
    fields = {"status": CycleStatus.RUNNING, "agreed_on": dt.date(2025, 9, 4)}
    PlanningCycle.objects.create(name="2025/26", starts_on=dt.date(2025, 9, 1), ends_on=dt.date(2026, 7, 31), **fields)

    with pytest.raises(IntegrityError):
        PlanningCycle.objects.create(
            name="2026/27", starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2027, 7, 31), **fields
        )


@pytest.mark.parametrize(
    ("direction", "target"), [(Direction.INCREASE, 10), (Direction.INCREASE, 9), (Direction.DECREASE, 10)]
)
def test_target_that_does_not_lie_ahead_is_refused_by_the_database(direction, target):
    goal = GoalFactory()

    with pytest.raises(IntegrityError):
        Measure.objects.create(
            goal=goal,
            order=9,
            label="Places",
            source=MeasureSource.MANUAL,
            direction=direction,
            baseline=Decimal(10),
            target=Decimal(target),
            baseline_on=goal.starts_on,
            target_on=goal.due_on,
        )
