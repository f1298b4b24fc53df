"""The school year in which a day lies."""

import datetime as dt
from dataclasses import dataclass

from goals.models import PlanningCycle

FIRST_MONTH = 8
# How far back figures of what was decided look.
LOOK_BACK = dt.timedelta(days=365)


@dataclass(frozen=True)
class SchoolYear:
    """First and last day, both included."""

    start: dt.date
    end: dt.date

    def __str__(self) -> str:
        return (
            f"{self.start.year}/{self.end.year % 100:02}" if self.start.year < self.end.year else f"{self.start.year}"
        )


def year_of(day: dt.date) -> SchoolYear:
    """Return the running planning cycle where the day lies in it, else the year from August to July. One query."""
    running = PlanningCycle.objects.running().filter(starts_on__lte=day, ends_on__gte=day).first()
    if running is not None:
        return SchoolYear(running.starts_on, running.ends_on)
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return SchoolYear(dt.date(first, FIRST_MONTH, 1), dt.date(first + 1, FIRST_MONTH, 1) - dt.timedelta(days=1))
