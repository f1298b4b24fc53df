"""The school's wall clock: which morning has come, and which moment a day and an hour mean.

All functions are pure. Offsets come from the time-zone database, so days that are 23, 24.5 or 25 hours long, hours that
happen twice and hours that never happen need no case of their own here.
"""

import datetime as dt
from zoneinfo import ZoneInfo

# A timed reminder that could not leave for so long is no use any more; the next morning's mail has the follow-up.
LATEST = dt.timedelta(hours=12)
SATURDAY = 5
# Enquiries are answered within so many working days.
ANSWERED_WITHIN = 2


def morning_of(now: dt.datetime, *, zone: ZoneInfo, hour: int) -> dt.date | None:
    """Return the local day whose morning has come at `now`: from `hour` o'clock until midnight; else None."""
    local = now.astimezone(zone)
    return local.date() if local.hour >= hour else None


def moment(day: dt.date, time: dt.time, *, zone: ZoneInfo) -> dt.datetime:
    """Return the moment, in UTC, that a local day and time mean.

    A time that happens twice means the first of the two; one that the clocks skip means as long after the jump.
    """
    return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)


def end_of(day: dt.date, *, zone: ZoneInfo) -> dt.datetime:
    """Return the last second of a local day, in UTC: what is due on a day is late only after it."""
    return moment(day + dt.timedelta(days=1), dt.time.min, zone=zone) - dt.timedelta(seconds=1)


def is_too_late(due_at: dt.datetime, *, now: dt.datetime) -> bool:
    return now - due_at > LATEST


def next_weekday(day: dt.date, weekday: int = 0) -> dt.date:
    """Return the next such weekday after a day; a Monday unless told."""
    return day + dt.timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def working_days_after(day: dt.date, days: int) -> dt.date:
    """Return the day so many working days later; weekends do not count."""
    while days:
        day += dt.timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day
