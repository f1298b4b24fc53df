"""What the figures of goals are and were, whether Tandem counts them or somebody notes them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from goals.models import ManualReading, Measure
from goals.progress import Point
from roadmap.figures import Shown, current
from roadmap.models import MetricReading
from roadmap.slots import Metric, Words


@dataclass(frozen=True)
class Latest:
    """The newest figure of a measure. Without a value `reason` says why; `metric` is what Tandem counts for it."""

    value: Decimal | None
    on: dt.date | None
    n: int | None = None
    reason: Words = ""
    note: str = ""
    metric: Metric | None = None
    at: dt.datetime | None = None

    @property
    def point(self) -> Point | None:
        return None if self.value is None or self.on is None else Point(self.on, self.value)


def latest_of(measures: Collection[Measure], zone: dt.tzinfo) -> dict[int, Latest]:
    """Return the newest figure of each measure, by its id, or what it was when its goal was closed.

    Two queries beside the figures counted anew.
    """
    running = [measure for measure in measures if measure.final_on is None]
    shown = current({measure.metric_key for measure in running if measure.is_live})
    noted = _noted({measure.pk for measure in running if not measure.is_live})
    found = {measure.pk: _final(measure) for measure in measures if measure.final_on}
    for measure in running:
        live = measure.is_live
        found[measure.pk] = _counted(shown.get(measure.metric_key), zone) if live else _by_hand(noted, measure)
    return found


def _final(measure: Measure) -> Latest:
    reason = "" if measure.final_value is not None else _("There was no figure when the goal was closed.")
    return Latest(measure.final_value, measure.final_on, reason=reason)


def _counted(shown: Shown | None, zone: dt.tzinfo) -> Latest:
    if shown is None:
        return Latest(None, None, reason=_("Tandem does not count this figure any more."))
    figure = shown.figure
    on = shown.at.astimezone(zone).date()
    return Latest(figure.value, on, figure.n, figure.reason, metric=shown.metric, at=shown.at)


def _noted(ids: Collection[int]) -> dict[int, ManualReading]:
    if not ids:
        return {}
    newest = ManualReading.objects.filter(measure=OuterRef("measure")).order_by("-on").values("pk")[:1]
    rows = ManualReading.objects.filter(measure__in=ids, pk=Subquery(newest))
    return {reading.measure_id: reading for reading in rows}


def _by_hand(noted: dict[int, ManualReading], measure: Measure) -> Latest:
    reading = noted.get(measure.pk)
    if reading is None:
        return Latest(None, None, reason=_("Nobody has noted a figure yet."))
    return Latest(reading.value, reading.on, reading.n, note=reading.note)


def history_of(measures: Iterable[Measure]) -> dict[int, list[Point]]:
    """Return the readings of each measure from its goal's first day, oldest first, by its id; two queries.

    Figures noted by hand are rare and reach back before the first day.
    """
    live = [measure for measure in measures if measure.is_live]
    by_hand = [measure.pk for measure in measures if not measure.is_live]
    counted = _read(live)
    points = {measure.pk: _from(counted[measure.metric_key], measure.goal.starts_on) for measure in live}
    points |= {pk: [] for pk in by_hand}
    if by_hand:
        rows = ManualReading.objects.filter(measure__in=by_hand).order_by("on")
        for pk, on, value in rows.values_list("measure", "on", "value"):
            points[pk].append(Point(on, value))
    return points


def _read(measures: Collection[Measure]) -> dict[str, list[Point]]:
    read: dict[str, list[Point]] = defaultdict(list)
    if measures:
        since = min(measure.goal.starts_on for measure in measures)
        keys = {measure.metric_key for measure in measures}
        rows = MetricReading.objects.filter(metric__in=keys, scope="", on__gte=since).order_by("on")
        for key, on, value in rows.values_list("metric", "on", "value"):
            if value is not None:
                read[key].append(Point(on, value))
    return read


def _from(points: list[Point], day: dt.date) -> list[Point]:
    return [point for point in points if point.on >= day]
