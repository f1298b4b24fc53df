"""The figures of the product, each with one formula that every page, report and goal uses."""

from roadmap import registry
from roadmap.scope import EVERYTHING, Narrowing, Scope
from roadmap.slots import Figure, Metric, MetricUnavailableError, Words


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


def narrowings() -> dict[str, Narrowing]:
    """Return the kinds of narrowing there are, by key."""
    return {narrowing.key: narrowing for narrowing in registry.of(Narrowing)}


def scope_name(scope: Scope) -> str:
    """Return a scope in words (“Electrical installation, Manufacturing”); a query a part. Empty for everything."""
    known = narrowings()
    return ", ".join(str(known[key].name(value)) for key, value in scope.parts if key in known)


def why_not(scope: Scope) -> Words:
    """Say what a scope is narrowed to that is gone; empty where all is well."""
    known = narrowings()
    return next((known[key].gone for key, value in scope.parts if key in known and not known[key].name(value)), "")


def figure(key: str, scope: Scope = EVERYTHING) -> Figure:
    """Count a metric anew, from the records as they are now.

    Raises UnknownMetricError, and MetricUnavailableError, also for a scope whose value is gone.
    """
    return counted(metric_by_key(key), scope)


def counted(metric: Metric, scope: Scope = EVERYTHING) -> Figure:
    """Count a metric anew. Raises MetricUnavailableError, also for a scope whose value is gone."""
    gone = why_not(scope)
    if gone:
        raise MetricUnavailableError(gone)
    return metric.figure(scope)
