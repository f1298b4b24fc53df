"""All of Tandem on one machine: the database made ready, then web, beat and (with Redis) a worker."""

import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import environ
from honcho import manager

env = environ.Env()
HOST = "127.0.0.1"
PORT = env.int("PORT", default=8000)
DATA = Path(env("TANDEM_DATA", default="var"))
FIRST_PAGE_WITHIN = 60

WEB = f"gunicorn config.wsgi --bind {HOST}:{PORT} --workers 1 --threads 8 --graceful-timeout 1 --log-level warning"
REDIS_URL = env("REDIS_URL", default="")
# Without Redis beat runs each task itself; the broker in memory only keeps Celery from looking for another.
CELERY = "celery --quiet -A config" if REDIS_URL else "celery --quiet --broker memory:// -A config"
BEAT = f"{CELERY} beat --loglevel WARNING --pidfile= --schedule {shlex.quote(str(DATA / 'beat'))}"
# Threads end at once on a Ctrl-C; a pool of processes had to be killed.
WORKER = (
    f"{CELERY} worker --loglevel WARNING --pool threads --concurrency 4 "
    f"--queues default,mail,documents --hostname tandem-{PORT}@%h --without-gossip --without-mingle"
)

GRACE = 1.5  # seconds from a Ctrl-C to the end of whoever has not ended by then


class Processes(manager.Manager):
    """Honcho's, ended sooner, and also by a signal that comes while they start."""

    def terminate(self) -> None:
        """Ask every process to end, and see to it that each does."""
        if self._all_started():
            super().terminate()
            _after(GRACE, self.kill)
        else:
            _after(0.05, self.terminate)


def _after(seconds: float, act: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def refuse_taken_port() -> None:
    """Say so before anything is done if somebody else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError as problem:
            sys.exit(f"Port {PORT} cannot be used ({problem.strerror}). Choose another one: PORT=8001 script/server")


def prepare() -> None:
    """Make the database ready in a process of its own: this one stays small."""
    DATA.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([sys.executable, "-m", "config.prepare"], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def first_page() -> int | None:
    """Return the status with which the first page answers, or nothing while nobody does."""
    connection = http.client.HTTPConnection(HOST, PORT, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def announce() -> None:
    """Wait for the first page, then say where it is."""
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    while time.monotonic() < deadline:
        status = first_page()
        if status and status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
            say(f"Tandem is running at http://{HOST}:{PORT}/")
            return
        if status:
            say(f"Tandem runs, but its first page fails with status {status}; the lines above say why.")
            return
        time.sleep(0.1)


def run() -> int:
    """Run every process until one ends or a signal asks for the end."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = os.environ | {"PATH": programs, "PYTHONUNBUFFERED": "1"}
    processes = Processes()
    processes.add_process("web", WEB, env=surroundings)
    processes.add_process("beat", BEAT, env=surroundings)
    if REDIS_URL:
        processes.add_process("worker", WORKER, env=surroundings)
    threading.Thread(target=announce, daemon=True).start()
    processes.loop()
    return processes.returncode or 0


def _end(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    refuse_taken_port()
    prepare()
    sys.exit(run())
