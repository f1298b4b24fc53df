import logging
import time

import pytest
from redis import Redis

from jobs import queue
from jobs.queue import wake
from tests.services import free_port
from tests.workers import queue_at


@pytest.fixture
def no_broker(settings):
    """A broker's address where nobody listens."""
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    with queue_at(settings.CELERY_BROKER_URL):
        yield
    queue._broker.away_until = 0.0


@pytest.mark.redis
def test_wake_puts_the_name_on_the_queue_after_commit(transactional_db, broker):
    wake("mailing.send", 7)

    waiting = Redis.from_url(broker).lrange("mail", 0, -1)
    assert len(waiting) == 1
    assert b'"task": "mailing.send"' in waiting[0]


def test_wake_without_a_broker_does_nothing(transactional_db):
    wake("mailing.send", 7)


def test_wake_with_the_broker_down_is_logged_and_quick(transactional_db, no_broker, caplog):
    started = time.monotonic()

    with caplog.at_level(logging.WARNING, "jobs.queue"):
        for pk in range(200):
            wake("mailing.send", pk)

    assert time.monotonic() - started < 2
    assert caplog.text.count("The queue is away") == 1
