"""Real Celery workers and beats: processes of their own on the test's database and Redis."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from kombu import pools
from redis import Redis

from config.celery import app
from tests.services import note

ROOT = Path(__file__).parent.parent
PATIENCE = 30
READY = {"worker": " ready.", "beat": "beat: Starting"}


class CeleryProcess:
    """A worker or a beat; killed with everything it started when the test is over."""

    def __init__(self, kind: str, *options: str, log: Path, environment: dict[str, str]) -> None:
        self.kind = kind
        self.log = log
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", kind, "--loglevel=INFO", *options],
                stdout=stream,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=os.environ | environment,
                start_new_session=True,
            )
        self._note = note(self.process)
        self.wait_for(READY[kind])

    def wait_for(self, text: str, *, patience: float = PATIENCE) -> None:
        """Wait until the process has logged a text."""
        deadline = time.monotonic() + patience
        while text not in (written := self.log.read_text(errors="replace")):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The {self.kind} never logged {text!r}:\n{written}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once and without warning, as a power cut would."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to finish what it does and end."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(PATIENCE)
        self._note.unlink(missing_ok=True)


StartProcess = Callable[..., CeleryProcess]


def database_url() -> str:
    """Return the address of the database this test runs on, for a process of its own."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    password = f":{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else ""
    host, port = quote(parts["HOST"], safe=""), f":{parts['PORT']}" if parts["PORT"] else ""
    place = f"/{host}" if parts["HOST"].startswith("/") else f"{host}{port}"
    return f"postgres://{quote(parts['USER'])}{password}@{place}/{parts['NAME']}"


@pytest.fixture
def broker(settings) -> Iterator[str]:
    """Put Redis between the test and its workers, empty before and after."""
    url = os.environ["REDIS_URL"]
    Redis.from_url(url).flushdb()
    settings.CELERY_BROKER_URL = url
    with queue_at(url):
        yield url
    Redis.from_url(url).flushdb()


@contextlib.contextmanager
def queue_at(url: str) -> Iterator[None]:
    """Let this process put its tasks into the queue at an address."""
    app.set_current()
    app.conf.broker_url = url
    try:
        yield
    finally:
        app.conf.broker_url = None
        pools.reset()
        app._after_fork()  # Celery's own way to forget connections, as in a process just forked


@pytest.fixture
def start_celery(transactional_db: None, broker: str, settings, tmp_path: Path) -> Iterator[StartProcess]:
    """Start `celery worker` or `celery beat` on this test's database: `start_celery("worker", EMAIL_URL=…)`."""
    started: list[CeleryProcess] = []

    def start(kind: str, *options: str, **environment: str) -> CeleryProcess:
        own = {
            "DATABASE_URL": database_url(),
            "CELERY_BROKER_URL": broker,
            "SITE_URL": settings.SITE_URL,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        log = tmp_path / f"{kind}-{len(started)}.log"
        started.append(CeleryProcess(kind, *options, log=log, environment=own | environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()


@pytest.fixture
def celery_worker_process(start_celery: StartProcess, smtp_server) -> CeleryProcess:
    """A worker for every queue whose mail goes to `smtp_server`."""
    options = ("--pool=threads", "--concurrency=2", "--queues=default,mail,documents")
    return start_celery("worker", *options, EMAIL_URL=smtp_server.url)
