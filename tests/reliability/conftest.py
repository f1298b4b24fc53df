"""Real PostgreSQL, a Redis that may be taken away, real workers and a mail server that keeps a book."""

import datetime as dt
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from redis import Redis

from mailing.enums import MessageStatus, Stream
from mailing.models import Message
from tests.mailing.factories import MessageFactory
from tests.reliability.smtp import FaultyOffice
from tests.services import answers, free_port
from tests.workers import CeleryProcess, StartProcess, queue_at

QUEUES = "--queues=default,mail,documents"


class Broker:
    """A Redis of the test's own on a fixed port: it can be stopped and comes back empty."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        assert answers(self.port)

    def stop(self) -> None:
        """End it at once, with everything that was in it."""
        if self._process:
            self._process.kill()
            self._process.wait(30)
            self._process = None

    def flush(self) -> None:
        Redis.from_url(self.url).flushall()


@pytest.fixture
def own_broker(settings, tmp_path: Path) -> Iterator[Broker]:
    broker = Broker(tmp_path)
    broker.start()
    settings.CELERY_BROKER_URL = broker.url
    with queue_at(broker.url):
        yield broker
    broker.stop()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[FaultyOffice]:
    """A mail server with a book on the disk."""
    office = FaultyOffice(book=tmp_path / "book.jsonl")
    office.open()
    yield office
    office.close()


@pytest.fixture
def start_worker(start_celery: StartProcess, office: FaultyOffice) -> Callable[..., CeleryProcess]:
    def start(**environment: str) -> CeleryProcess:
        options = ("--pool=threads", "--concurrency=2", QUEUES, "--without-gossip", "--without-mingle")
        return start_celery("worker", *options, EMAIL_URL=office.url, **environment)

    return start


@pytest.fixture
def start_beat(start_celery: StartProcess, tmp_path: Path) -> Callable[..., CeleryProcess]:
    started = []

    def start(**environment: str) -> CeleryProcess:
        started.append(f"--schedule={tmp_path / f'beat-{len(started)}'}")
        return start_celery("beat", started[-1], "--pidfile=", **environment)

    return start


def write_mails(count: int) -> None:
    """Put as many mails into the outbox: every other one transactional, the rest requests for feedback."""
    for number in range(count):
        MessageFactory(survey=number % 2 == 0)


def let_time_pass() -> None:
    """Let leases run out and pauses end, as if some minutes had gone by. Only while no worker runs."""
    now = timezone.now()
    Message.objects.filter(status=MessageStatus.SENDING).update(lease_until=now - dt.timedelta(seconds=1))
    end_pauses()


def end_pauses() -> None:
    now = timezone.now()
    Message.objects.filter(status=MessageStatus.QUEUED, not_before__gt=now).update(not_before=now)


def open_mails() -> int:
    """Return how many mails have no outcome yet."""
    return Message.objects.filter(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING]).count()


def check_book(office: FaultyOffice, *, doubts: int) -> dict[str, int]:
    """Hold the outbox against what the mail server booked; return the figures.

    Nothing is lost and nothing is left half-way; what is called sent has arrived; mail that must not be sent twice has
    not been; transactional mail came twice only under the same Message-ID, after a try in doubt; and no more is
    unknown than was in the workers' hands when they died.
    """
    booked = office.booked
    rows = list(Message.objects.all())
    sent = [row for row in rows if row.status == MessageStatus.SENT]
    unknown = [row for row in rows if row.status == MessageStatus.OUTCOME_UNKNOWN]
    repeated = [row for row in rows if booked[row.message_id] > 1]

    assert len(sent) + len(unknown) == len(rows)
    assert [row.pk for row in sent if not booked[row.message_id]] == []
    assert [row.pk for row in repeated if row.stream != Stream.TRANSACTIONAL] == []
    assert [row.pk for row in repeated if booked[row.message_id] > row.attempts] == []
    assert {row.stream for row in unknown} <= {Stream.SURVEY}
    assert len(unknown) + len(repeated) <= doubts
    assert set(booked) <= {row.message_id for row in rows}
    return {
        "mails": len(rows),
        "sent": len(sent),
        "unknown": len(unknown),
        "of them arrived": sum(booked[row.message_id] for row in unknown),
        "repeated": len(repeated),
        "booked": sum(booked.values()),
    }
