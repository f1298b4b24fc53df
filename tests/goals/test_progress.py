"""The formulas: progress, pace, colour, projection."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goals.enums import Direction
from goals.progress import (
    MOST_PROGRESS,
    Aim,
    Light,
    Point,
    behind,
    expected,
    is_met,
    light,
    pace,
    progress,
    projection,
    slope,
)

START, DUE = dt.date(2025, 9, 1), dt.date(2026, 7, 31)
TODAY = dt.date(2026, 3, 12)
DAY = dt.timedelta(days=1)
FIGURES = st.decimals(min_value=-10_000, max_value=10_000, places=2, allow_nan=False)
DAYS = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2035, 1, 1))


def an_aim(baseline=0, target=120, direction=Direction.INCREASE, tolerance=0, starts_on=START, due_on=DUE) -> Aim:
    return Aim(direction, Decimal(baseline), Decimal(target), Decimal(tolerance), starts_on, due_on)


def at(value, on=TODAY) -> Point:
    return Point(on, Decimal(value))


@st.composite
def aims(draw) -> Aim:
    baseline, target = draw(FIGURES), draw(FIGURES)
    assume(baseline != target)
    direction = Direction.INCREASE if target > baseline else Direction.DECREASE
    starts_on = draw(DAYS)
    due_on = starts_on + draw(st.integers(1, 1000)) * DAY
    return an_aim(baseline, target, direction, starts_on=starts_on, due_on=due_on)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share"),
    [
        (0, 120, 61, "0.5083"),
        (68, 75, 71, "0.4286"),
        (0, 20, 0, "0"),
        (10, 20, 5, "-0.5"),
        (20, 10, 15, "0.5"),
        (20, 10, 22, "-0.2"),
        (0, 10, 15, "1.5"),
        (0, 10, 400, "1.5"),
        (0, 10, -400, "-40"),
    ],
)
def test_progress_is_the_share_of_the_way_gone(baseline, target, value, share):
    direction = Direction.INCREASE if target > baseline else Direction.DECREASE

    done = progress(an_aim(baseline, target, direction), Decimal(value))

    assert round(done, 4) == Decimal(share)


def test_target_that_equals_the_start_is_met_or_not_without_a_division():
    aim = an_aim(baseline=5, target=5)

    assert progress(aim, Decimal(7)) is None
    assert (is_met(aim, Decimal(5)), is_met(aim, Decimal(4))) == (True, False)
    assert light(aim, at(5), TODAY) == Light.GREEN
    assert light(aim, at(4), TODAY) == Light.RED


@pytest.mark.parametrize(("value", "met"), [(50, True), (52, True), (48, True), ("52.01", False), (47, False)])
def test_figure_that_stays_is_met_within_its_tolerance(value, met):
    aim = an_aim(baseline=50, target=50, direction=Direction.MAINTAIN, tolerance=2)

    assert is_met(aim, Decimal(value)) is met
    assert progress(aim, Decimal(value)) is None
    assert light(aim, at(value), TODAY) == (Light.GREEN if met else Light.RED)


@pytest.mark.parametrize(
    ("day", "share"), [(START - DAY, 0), (START, 0), (TODAY, Decimal(192) / 333), (DUE, 1), (DUE + 99 * DAY, 1)]
)
def test_pace_is_the_share_of_the_time_that_is_over(day, share):
    assert pace(an_aim(), day) == share


def test_pace_of_a_goal_without_time_is_over_on_its_day():
    aim = an_aim(starts_on=DUE, due_on=DUE)

    assert [pace(aim, DUE - DAY), pace(aim, DUE), pace(aim, DUE + DAY)] == [0, 1, 1]


def test_expected_today_is_as_far_as_the_time():
    assert round(expected(an_aim(), TODAY)) == 69
    assert round(expected(an_aim(target=20), TODAY)) == 12
    assert round(expected(an_aim(baseline=40, target=10, direction=Direction.DECREASE), TODAY)) == 23


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("63.19", Light.GREEN),  # 5 points behind the pace of 57.66 are 52.66, which is 63.19 of 120
        ("63.18", Light.AMBER),
        ("45.20", Light.AMBER),
        ("45.18", Light.RED),
        (120, Light.GREEN),
        (0, Light.RED),
    ],
)
def test_colour_turns_at_five_and_at_twenty_points(value, colour):
    assert light(an_aim(), at(value), TODAY) == colour


@pytest.mark.parametrize(("gap", "colour"), [("0.05", Light.GREEN), ("0.20", Light.AMBER)])
def test_colour_at_the_edge_is_the_better_one(gap, colour):
    half = START + 50 * DAY
    aim = an_aim(target=100, due_on=START + 100 * DAY)

    assert light(aim, at((Decimal("0.5") - Decimal(gap)) * 100, half), half) == colour


@pytest.mark.parametrize(("days", "colour"), [(0, Light.GREEN), (45, Light.GREEN), (46, Light.GREY)])
def test_figure_older_than_45_days_says_nothing(days, colour):
    assert light(an_aim(), at(120, TODAY - days * DAY), TODAY) == colour


def test_goal_without_a_figure_is_grey():
    assert light(an_aim(), None, TODAY) == Light.GREY


def test_behind_is_pace_less_progress():
    assert round(behind(an_aim(), Decimal(61), TODAY), 3) == Decimal("0.068")
    assert behind(an_aim(baseline=5, target=5, direction=Direction.MAINTAIN), Decimal(5), TODAY) == 0
    assert behind(an_aim(baseline=5, target=5, direction=Direction.MAINTAIN), Decimal(9), TODAY) == Decimal("0.20")


def test_projection_carries_the_line_of_the_last_90_days_forward():
    points = [at(10 + days, TODAY - (30 - days) * DAY) for days in range(31)]

    assert projection(an_aim(), points, TODAY) == 40 + 141


def test_projection_forgets_what_is_older_than_90_days():
    recent = [at(10 + step, TODAY - (30 - 10 * step) * DAY) for step in range(4)]
    older = [at(1000, TODAY - 91 * DAY)]

    assert projection(an_aim(), older + recent, TODAY) == projection(an_aim(), recent, TODAY)


@pytest.mark.parametrize("readings", [0, 1, 2, 3])
def test_projection_needs_four_readings(readings):
    points = [at(step, TODAY - (readings - step) * DAY) for step in range(readings)]

    assert projection(an_aim(), points, TODAY) is None


def test_projection_ends_with_the_time():
    points = [at(step, DUE - (4 - step) * DAY) for step in range(5)]

    assert projection(an_aim(), points, DUE) is None


def test_projection_of_readings_of_one_day_goes_on_level():
    assert projection(an_aim(), [at(7)] * 4, TODAY) == 7


def test_projection_of_a_count_never_falls_below_zero():
    points = [at(value, TODAY - days * DAY) for value, days in [(90, 30), (60, 20), (30, 10), (5, 0)]]

    assert projection(an_aim(), points, TODAY) == 0


@given(aim=aims(), day=DAYS)
def test_pace_lies_between_none_and_all(aim, day):
    assert 0 <= pace(aim, day) <= 1


@given(aim=aims(), value=FIGURES)
def test_progress_is_capped_and_reaches_one_exactly_when_met(aim, value):
    done = progress(aim, value)

    assert done <= MOST_PROGRESS
    assert (done >= 1) == is_met(aim, value)


@given(aim=aims(), value=FIGURES, day=DAYS)
def test_what_is_met_is_green_whatever_the_day(aim, value, day):
    assume(is_met(aim, value))

    assert light(aim, Point(day, value), day) == Light.GREEN


@given(aim=aims(), first=FIGURES, second=FIGURES, day=DAYS)
def test_better_figure_is_never_further_behind(aim, first, second, day):
    worse, better = sorted([first, second], reverse=aim.direction == Direction.DECREASE)

    assert behind(aim, better, day) <= behind(aim, worse, day)


@given(start=FIGURES, rise=st.decimals(min_value=-50, max_value=50, places=1), days=st.integers(2, 60))
def test_slope_of_a_straight_line_is_its_rise_a_day(start, rise, days):
    points = [Point(START + day * DAY, start + rise * day) for day in range(days)]

    assert slope(points) == rise
