"""Slots and readings to test the spine with."""

import datetime as dt
from decimal import Decimal
from typing import Any

import factory

from accounts.models import User
from roadmap.models import MetricReading
from roadmap.slots import Figure, Metric, NavGroup, Page


class MetricReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MetricReading

    metric = "people"
    at = dt.datetime(2026, 3, 12, 8, tzinfo=dt.UTC)
    on = dt.date(2026, 3, 12)
    value = Decimal(4)
    n = 4


def people_metric(**fields: Any) -> Metric:
    """A real figure: how many people are on file."""
    declared: dict[str, Any] = {
        "key": "people",
        "label": "People",
        "definition": "Everybody who may sign in.",
        "unit": "count",
        "stage": 2,
        "records": User.objects.all,
        "compute": lambda people: Figure(Decimal(people.count()), people.count()),
    }
    return Metric(**(declared | fields))


def today_page(**fields: Any) -> Page:
    declared: dict[str, Any] = {"label": "Today", "url_name": "roadmap:today", "icon": "sun", "group": NavGroup.TOP}
    return Page(**(declared | fields))
