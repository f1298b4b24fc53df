"""Jobs, and kinds of jobs that only tests have."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import factory

from accounts.models import User
from jobs import kinds
from jobs.kinds import Handler, job_kind
from jobs.models import Job


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    kind = "tests.count"
    title = "Counting partners"
    params = factory.LazyFunction(dict)


@contextmanager
def declared(
    handler: Handler, *, key: str = "tests.count", allowed: Callable[[User], bool] = lambda user: True
) -> Iterator[None]:
    """Declare a kind of job for the length of a test."""
    job_kind(key, "Count", allowed=allowed)(handler)
    try:
        yield
    finally:
        kinds._kinds.pop(key)
