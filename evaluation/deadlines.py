"""When a round's last day is over."""

import datetime as dt

from accounts.services import current_school


def last_moment(day: dt.date) -> dt.datetime:
    """Return the end of a day on the school's wall clock."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=current_school().zone)
