"""A real gunicorn on loopback, and a browser-like client with one open connection to it."""

import contextlib
import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.services import answers, free_port, note


@dataclass(frozen=True)
class Answer:
    seconds: float
    cpu: float
    queries: int


class Visitor:
    """Asks for pages as somebody who is signed in."""

    def __init__(self, port: int, session: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookie = f"sessionid={session}"

    def get(self, path: str, **headers: str) -> Answer:
        started = time.perf_counter()
        self._connection.request("GET", path, headers={"Cookie": self._cookie, "Accept": "text/html", **headers})
        response = self._connection.getresponse()
        body = response.read()
        seconds = time.perf_counter() - started
        if response.status != http.HTTPStatus.OK:
            raise AssertionError(f"{path} answered {response.status}: {body[:500]!r}")
        return Answer(seconds, float(response.headers["X-Bench-CPU"]), int(response.headers["X-Bench-Queries"]))


@contextlib.contextmanager
def gunicorn() -> Iterator[int]:
    """Run one gunicorn process with this process's settings and database; yield its port."""
    port = free_port()
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--threads=2"],
            env=os.environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        paper = note(server)
        try:
            if not answers(port):
                log.seek(0)
                raise AssertionError(log.read().decode())
            yield port
        finally:
            server.terminate()
            server.wait(10)
            paper.unlink()
