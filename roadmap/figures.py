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
from accounts.services import current_school
from roadmap import registry
from roadmap.metrics import counted
from roadmap.models import MetricReading
from roadmap.scope import EVERYTHING, Scope
from roadmap.slots import Figure, Metric, MetricUnavailableError

BUDGET_MS = 4
SLOWEST_NOTED = 60_000

# What a formula may stumble over. One figure that fails says so in its place; the page and the other figures stand.
FAULTS = (MetricUnavailableError, DatabaseError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)

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
    """Return the figures of these metrics for the whole school as they are, by key; see `current_within`."""
    return {key: shown for (key, _scope), shown in current_within((key, EVERYTHING) for key in keys).items()}


def current_within(wanted: Iterable[tuple[str, Scope]]) -> dict[tuple[str, Scope], Shown]:
    """Return figures as they are, each by its metric's key and its scope; unknown keys are left out.

    The cheapest are counted anew until the times noted at their last readings reach 4 ms; a figure without a reading,
    or with an empty one, is counted too. The rest are shown as read, at most five minutes ago. One that cannot be
    worked out has no value and says why. Two queries for the readings, and those of the figures counted.
    """
    asked = set(wanted)
    seen: dict[tuple[str, Scope], Shown] = once("roadmap.figures", dict)
    metrics = {metric.key: metric for metric in registry.of(Metric)}
    known = sorted((pair for pair in asked if pair[0] in metrics), key=str)
    missing = [pair for pair in known if pair not in seen]
    readings = _last_readings(missing, current_school().today())
    quick = _quick_ones(readings.values())
    now = timezone.now()
    for key, scope in missing:
        if (key, scope) not in seen:  # a figure may ask for others while it is counted
            seen[key, scope] = _shown(metrics[key], scope, readings.get((key, scope)), quick, now)
    return {pair: seen[pair] for pair in known}


def as_of(wanted: Iterable[tuple[str, Scope]], day: dt.date) -> dict[tuple[str, Scope], Shown]:
    """Return figures as they were last read up to and including a day; those never read by then are left out.

    Four queries at most.
    """
    metrics = {metric.key: metric for metric in registry.of(Metric)}
    read = _last_readings([pair for pair in wanted if pair[0] in metrics], day)
    return {(key, scope): _as_read(metrics[key], reading) for (key, scope), reading in read.items()}


def _last_readings(wanted: Iterable[tuple[str, Scope]], day: dt.date) -> dict[tuple[str, Scope], MetricReading]:
    written = {(key, str(scope)): (key, scope) for key, scope in wanted}
    found = MetricReading.objects.latest_of(written, day)
    return {written[pair]: reading for pair, reading in found.items()}


def _quick_ones(readings: Iterable[MetricReading]) -> set[int]:
    """Return the readings whose figures may be counted again: the cheapest first, as long as the budget lasts.

    One that last counted nothing costs nothing: there is hardly a row to read, and the first one should show at once.
    """
    quick: set[int] = set()
    spent = 0
    for reading in sorted(readings, key=lambda reading: (reading.n > 0, reading.took_ms, reading.metric)):
        spent += reading.took_ms if reading.n else 0
        if spent > BUDGET_MS:
            break
        quick.add(reading.pk)
    return quick


def _shown(
    metric: Metric, scope: Scope, reading: MetricReading | None, quick: Collection[int], now: dt.datetime
) -> Shown:
    if reading and reading.pk not in quick:
        return _as_read(metric, reading)
    return Shown(metric, count(metric, scope).figure, now, is_live=True)


def _as_read(metric: Metric, reading: MetricReading) -> Shown:
    return Shown(metric, Figure(reading.value, reading.n, reading.reason), reading.at, is_live=False)


def count(metric: Metric, scope: Scope = EVERYTHING) -> Counted:
    """Count a figure; where that fails it has no value, and the others stand."""
    begun = time.perf_counter()
    failed = False
    try:
        with _shielded():
            figure = counted(metric, scope)
    except FAULTS as error:
        logger.warning("The figure %s could not be worked out: %s", metric.key, error)
        is_known = isinstance(error, MetricUnavailableError)
        figure = Figure(None, 0, str(error) if is_known else _("It cannot be worked out at the moment."))
        failed = True
    took_ms = math.ceil(1000 * (time.perf_counter() - begun))
    return Counted(figure, min(took_ms, SLOWEST_NOTED), failed)


def _shielded() -> AbstractContextManager[object]:
    """Inside a transaction a query that fails must not take the others with it; outside there is nothing to shield."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
