"""The only way a service reaches a worker: by name, after commit, as a mere hurry-up.

The row that `wake` points at is the truth; a sweep finds it if the queue forgets.
"""

import logging
import time

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# A hurry-up that nobody took for a minute is worth nothing any more: the sweep has come by.
STALE_AFTER = 60
LEFT_ALONE_FOR = 10.0


class _Broker:
    """Remembers that the broker did not answer, so that a page waits for it once and not once a mail."""

    away_until = 0.0

    def send(self, task_name: str, args: tuple[int, ...]) -> None:
        if time.monotonic() < self.away_until:
            return
        try:
            current_app.send_task(task_name, args=args, retry=False, expires=STALE_AFTER)
        except (OperationalError, RedisError, OSError) as error:
            self.away_until = time.monotonic() + LEFT_ALONE_FOR
            logger.warning("The queue is away (%s); the sweep will find %s%s", error, task_name, args)


_broker = _Broker()


def wake(task_name: str, *args: int) -> None:
    """Hurry the worker on once this transaction has committed; without a broker the sweep comes within a second."""
    if settings.CELERY_BROKER_URL:
        transaction.on_commit(lambda: _broker.send(task_name, args))
