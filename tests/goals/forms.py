"""What the tests of pages and forms share."""

import datetime as dt
import re

from django.utils import timezone


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def goal_form(cycle, **fields):
    return {
        "cycle": cycle.pk,
        "title": "120 placement places",
        "why": "Six weeks in a firm",
        "category": "job_placement",
        "priority": "1",
        "starts_on": cycle.starts_on.isoformat(),
        "due_on": cycle.ends_on.isoformat(),
        "source": "manual",
        "label": "Places",
        "unit": "count",
        "direction": "increase",
        "baseline": "0",
        "target": "120",
        **fields,
    }
