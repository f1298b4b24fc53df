"""The school's wall clock, minute by minute over the days on which clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from outreach.clock import end_of, is_too_late, moment, morning_of, next_weekday

# Days with an hour that never happens or happens twice; Lord Howe's are half an hour long, Cairo's begin at midnight,
# Apia skipped a whole day.
CHANGES = [
    ("Europe/Vienna", dt.date(2026, 3, 29)),
    ("Europe/Vienna", dt.date(2026, 10, 25)),
    ("America/New_York", dt.date(2026, 3, 8)),
    ("America/New_York", dt.date(2026, 11, 1)),
    ("Australia/Lord_Howe", dt.date(2026, 4, 5)),
    ("Australia/Lord_Howe", dt.date(2026, 10, 4)),
    ("Africa/Cairo", dt.date(2026, 4, 24)),
    ("Africa/Cairo", dt.date(2026, 10, 29)),
    ("Pacific/Apia", dt.date(2011, 12, 30)),
]
HOURS = [0, 1, 2, 3, 7, 23]


def minutes_around(day: dt.date) -> list[dt.datetime]:
    start = dt.datetime.combine(day, dt.time(), dt.UTC) - dt.timedelta(days=2)
    return [start + dt.timedelta(minutes=minute) for minute in range(5 * 24 * 60)]


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize(("name", "day"), CHANGES)
def test_morning_comes_once_a_local_day_and_not_before_its_hour(name, day, hour):
    zone = ZoneInfo(name)
    first_seen = {}

    for now in minutes_around(day):
        morning = morning_of(now, zone=zone, hour=hour)
        if morning:
            first_seen.setdefault(morning, now)

    whole_days = {now.astimezone(zone).date() for now in minutes_around(day)[24 * 60 : -24 * 60]}
    assert whole_days <= set(first_seen)
    for local_day, now in first_seen.items():
        local = now.astimezone(zone)
        minute_before = (now - dt.timedelta(minutes=1)).astimezone(zone)
        assert local.date() == local_day
        assert local.hour >= hour
        assert minute_before.date() < local_day or minute_before.hour < hour or now == minutes_around(day)[0]


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize(("name", "day"), CHANGES)
def test_mornings_never_go_back_to_a_day_that_has_been(name, day, hour):
    zone = ZoneInfo(name)

    mornings = [morning_of(now, zone=zone, hour=hour) for now in minutes_around(day)]

    seen = [morning for morning in mornings if morning]
    assert seen == sorted(seen)


@pytest.mark.parametrize(("name", "day"), CHANGES)
def test_each_minute_of_a_day_means_one_moment_on_that_day_or_right_after_the_jump(name, day):
    zone = ZoneInfo(name)
    times = [dt.time(minute // 60, minute % 60) for minute in range(24 * 60)]

    moments = [moment(day, time, zone=zone) for time in times]

    for time, at in zip(times, moments, strict=True):
        local = at.astimezone(zone).replace(tzinfo=None)
        asked = dt.datetime.combine(day, time)
        assert dt.timedelta() <= local - asked <= dt.timedelta(days=1)
        assert local == asked or moment(local.date(), local.time(), zone=zone) == at


def test_moment_that_happens_twice_is_the_first():
    at = moment(dt.date(2026, 10, 25), dt.time(2, 30), zone=ZoneInfo("Europe/Vienna"))

    assert at == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


def test_moment_that_never_happens_is_as_long_after_the_jump():
    at = moment(dt.date(2026, 3, 29), dt.time(2, 30), zone=ZoneInfo("Europe/Vienna"))

    assert at.astimezone(ZoneInfo("Europe/Vienna")).time() == dt.time(3, 30)


@pytest.mark.parametrize(("name", "day"), CHANGES[:-1])
def test_day_ends_on_its_own_date(name, day):
    zone = ZoneInfo(name)

    last = end_of(day, zone=zone)

    assert last.astimezone(zone).date() == day
    assert (last + dt.timedelta(seconds=1)).astimezone(zone).date() == day + dt.timedelta(days=1)


def test_reminder_is_too_late_after_twelve_hours():
    due = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)

    assert not is_too_late(due, now=due + dt.timedelta(hours=12))
    assert is_too_late(due, now=due + dt.timedelta(hours=12, seconds=1))


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (dt.date(2026, 3, 12), dt.date(2026, 3, 16)),
        (dt.date(2026, 3, 15), dt.date(2026, 3, 16)),
        (dt.date(2026, 3, 16), dt.date(2026, 3, 23)),
    ],
)
def test_next_monday_is_never_today(day, monday):
    assert next_weekday(day) == monday
