"""The figures that pages show: counted anew where that is quick, else as they were last read, with the time."""

import datetime as dt
import logging
import math
import time
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.looks import once
from roadmap import registry
from roadmap.models import MetricReading
from roadmap.slots import Figure, Metric, MetricUnavailableError

BUDGET_MS = 4
SLOWEST_NOTED = 60_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it: `is_live` where it was counted for this page, else as read at `at`."""

    metric: Metric
    figure: Figure
    at: dt.datetime
    is_live: bool


@dataclass(frozen=True)
class Counted:
    """A figure counted this moment, and how long that took; `failed` where it could not be worked out at all."""

    figure: Figure
    took_ms: int
    failed: bool = False


def current(keys: Iterable[str]) -> dict[str, Shown]:
    """Return the figures of these metrics as they are, by key; unknown keys are left out.

    The cheapest are counted anew until the times noted at their last readings reach 4 ms; a figure without a reading,
    or with an empty one, is counted too. The rest are shown as read, at most five minutes ago. One that cannot be
    worked out has no value and says why. Two queries for the readings, and those of the figures counted.
    """
    wanted = set(keys)
    seen: dict[str, Shown] = once("roadmap.figures", dict)
    metrics = [metric for metric in registry.of(Metric) if metric.key in wanted]
    missing = [metric.key for metric in metrics if metric.key not in seen]
    readings = {reading.metric: reading for reading in MetricReading.objects.latest_of(missing)} if missing else {}
    quick = _quick_ones(readings.values())
    now = timezone.now()
    for metric in metrics:
        if metric.key not in seen:
            seen[metric.key] = _shown(metric, readings.get(metric.key), quick, now)
    return {metric.key: seen[metric.key] for metric in metrics}


def _quick_ones(readings: Iterable[MetricReading]) -> set[str]:
    """Return the metrics that may be counted again: the cheapest first, as long as the budget lasts.

    One that last counted nothing costs nothing: there is hardly a row to read, and the first one should show at once.
    """
    quick: set[str] = set()
    spent = 0
    for reading in sorted(readings, key=lambda reading: (reading.n > 0, reading.took_ms, reading.metric)):
        spent += reading.took_ms if reading.n else 0
        if spent > BUDGET_MS:
            break
        quick.add(reading.metric)
    return quick


def _shown(metric: Metric, reading: MetricReading | None, quick: Collection[str], now: dt.datetime) -> Shown:
    if reading and metric.key not in quick:
        return Shown(metric, Figure(reading.value, reading.n, reading.reason), reading.at, is_live=False)
    return Shown(metric, count(metric).figure, now, is_live=True)


def count(metric: Metric) -> Counted:
    """Count a figure; where that fails it has no value, and the others stand."""
    begun = time.perf_counter()
    failed = False
    try:
        with _shielded():
            figure = metric.compute(metric.records())
    except (MetricUnavailableError, DatabaseError, ArithmeticError) as error:
        logger.warning("The figure %s could not be worked out: %s", metric.key, error)
        is_known = isinstance(error, MetricUnavailableError)
        figure = Figure(None, 0, str(error) if is_known else _("It cannot be worked out at the moment."))
        failed = True
    took_ms = math.ceil(1000 * (time.perf_counter() - begun))
    return Counted(figure, min(took_ms, SLOWEST_NOTED), failed)


def _shielded() -> AbstractContextManager[object]:
    """Inside a transaction a query that fails must not take the others with it; outside there is nothing to shield."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
