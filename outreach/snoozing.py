"""The days to which a follow-up is put off with one press."""

import datetime as dt
from dataclasses import dataclass

from django.utils import dateformat
from django.utils.translation import gettext as _

from outreach.clock import next_weekday


@dataclass(frozen=True)
class Until:
    day: dt.date
    words: str

    @property
    def value(self) -> str:
        return self.day.isoformat()


def snooze_days(today: dt.date) -> list[Until]:
    """Return tomorrow, next Monday and the day in two weeks; a Monday that is tomorrow stands once."""
    tomorrow, monday, later = today + dt.timedelta(days=1), next_weekday(today), today + dt.timedelta(days=14)
    offered = {
        tomorrow: _("Tomorrow, %(day)s") % {"day": dateformat.format(tomorrow, "D j M")},
        later: _("In two weeks, %(day)s") % {"day": dateformat.format(later, "j M")},
    }
    offered.setdefault(monday, _("Monday, %(day)s") % {"day": dateformat.format(monday, "j M")})
    return [Until(day, offered[day]) for day in sorted(offered)]
