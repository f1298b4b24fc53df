"""The only way a service reaches a worker: by name, after commit, as a mere hurry-up.

The row that `wake` points at is the truth; a sweep finds it if the queue forgets.
"""

import logging

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def wake(task_name: str, *args: int) -> None:
    """Hurry the worker on once this transaction has committed; without a broker the sweep comes within a second."""
    if settings.CELERY_BROKER_URL:
        transaction.on_commit(lambda: _send(task_name, args))


def _send(task_name: str, args: tuple[int, ...]) -> None:
    try:
        current_app.send_task(task_name, args=args, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("The queue is away (%s); the sweep will find %s%s", error, task_name, args)
