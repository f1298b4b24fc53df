"""The one command: it starts, says where, and leaves nothing behind."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services import free_port, note

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120
GONE_WITHIN = 3
FOR_TESTS = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")

Copy = tuple[subprocess.Popen[str], int]


def _environment(port: int, data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOR_TESTS}
    return kept | {"PORT": str(port), "TANDEM_DATA": str(data)}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Copy]]:
    """Start a copy of Tandem with a port and data of its own, and wait until it says it runs."""
    with contextlib.ExitStack() as stack:

        def start_copy() -> Copy:
            port = free_port()
            server = subprocess.Popen(
                ["script/server"],
                cwd=ROOT,
                env=_environment(port, tmp_path / str(port)),
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            stack.callback(note(server).unlink)
            stack.callback(server.communicate)
            stack.callback(server.send_signal, signal.SIGTERM)
            _wait_for_line(server, f"Tandem is running at http://127.0.0.1:{port}/\n")
            return server, port

        yield start_copy


def _wait_for_line(server: subprocess.Popen[str], wanted: str) -> None:
    deadline = time.monotonic() + PATIENCE
    seen = []
    while time.monotonic() < deadline and server.stdout and (line := server.stdout.readline()):
        seen.append(line)
        if line == wanted:
            return
    raise AssertionError("".join(seen))


def _status(port: int, path: str) -> int:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def _processes_of(port: int) -> list[str]:
    """Return the command lines of all processes that were started for a port (Linux only)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"PORT={port}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def test_server_says_which_port_is_taken(tmp_path: Path):
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]

        done = subprocess.run(
            ["script/server"], cwd=ROOT, env=_environment(port, tmp_path), capture_output=True, text=True, check=False
        )

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used (Address already in use).")


@pytest.mark.slow
def test_two_copies_run_side_by_side_and_end_whole(start: Callable[[], Copy]):
    first, second = start(), start()

    answers = [_status(port, "/sign-in/") for _, port in (first, second)]
    seconds = [_end(first, signal.SIGINT), _end(second, signal.SIGTERM)]

    assert answers == [http.HTTPStatus.OK] * 2
    assert max(seconds) < GONE_WITHIN
    assert _processes_of(first[1]) + _processes_of(second[1]) == []


def _end(copy: Copy, number: signal.Signals) -> float:
    server, _ = copy
    asked = time.monotonic()
    server.send_signal(number)
    server.wait(PATIENCE)
    return time.monotonic() - asked
