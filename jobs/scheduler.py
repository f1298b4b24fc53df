"""Beat without a broker: each due task runs in this very process, one after the other."""

import logging
from typing import Any

from celery.beat import ScheduleEntry, Scheduler

logger = logging.getLogger(__name__)


class InPlaceScheduler(Scheduler):
    """For one school on one machine: no queue that could lose a task, no second process to keep alive."""

    def apply_async(self, entry: ScheduleEntry, producer: Any = None, advance: bool = True, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 - Celery's signature
        if advance:
            self.reserve(entry)
        result = self.app.tasks[entry.task or ""].apply(args=entry.args or (), kwargs=entry.kwargs or {})
        if result.failed():
            logger.error("%s failed: %s", entry.task, result.traceback)

    @property
    def producer(self) -> None:  # type: ignore[override] # nothing is sent anywhere
        return None
