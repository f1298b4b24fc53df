"""The figures of the product, each with one formula that every page, report and goal uses."""

from roadmap import registry
from roadmap.slots import Figure, Metric


class UnknownMetricError(LookupError):
    """No stage declares this metric."""


def all_metrics() -> list[Metric]:
    """Return every metric in the order of its prominence."""
    return sorted(registry.of(Metric), key=lambda metric: metric.order)


def metric_by_key(key: str) -> Metric:
    """Raises UnknownMetricError."""
    for metric in registry.of(Metric):
        if metric.key == key:
            return metric
    raise UnknownMetricError(key)


def figure(key: str) -> Figure:
    """Count a metric anew, from the records as they are now. Raises UnknownMetricError, MetricUnavailableError."""
    metric = metric_by_key(key)
    return metric.compute(metric.records())
