"""Private PostgreSQL and Redis in a temporary folder, for tests and benches.

Run as a program it starts them, prints their addresses as one line of JSON and keeps them until
its standard input closes: whatever ends the run, a Ctrl-C or a `kill -9`, nothing stays behind.
"""

import contextlib
import ctypes.util
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import psycopg2

PATIENCE = 30
LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")
QUICK_RATHER_THAN_SAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "200",
    "autovacuum": "off",
}


class ServiceError(Exception):
    """A service that should have started did not."""


# What is there


def postgresql_folder() -> Path | None:
    """Return the folder with PostgreSQL's server programs; the newest, if there are several."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def chromium_program() -> str | None:
    """Return the system's Chromium, or nothing; Playwright may have brought its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def _has_chromium() -> bool:
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "~/.cache/ms-playwright")).expanduser()
    return chromium_program() is not None or any(own.glob("chromium*"))


def _has_pango() -> bool:
    return ctypes.util.find_library("pango-1.0") is not None


def missing() -> dict[str, str]:
    """Return what the machine lacks: the mark of the tests that need it, and what to say."""
    database = os.environ.get("DATABASE_URL")
    present = {
        "postgresql": database.startswith("postgres") if database else postgresql_folder() is not None,
        "redis": "REDIS_URL" in os.environ or shutil.which("redis-server") is not None,
        "browser": _has_chromium(),
        "pango": _has_pango(),
        "qpdf": shutil.which("qpdf") is not None,
    }
    words = {
        "postgresql": "the suite runs on SQLite; PostgreSQL is not there (apt install postgresql)",
        "redis": "Redis is not installed (apt install redis-server)",
        "browser": "Chromium is not installed (apt install chromium)",
        "pango": "Pango is not installed (apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)",
        "qpdf": "qpdf is not installed (apt install qpdf)",
    }
    return {name: words[name] for name, is_here in present.items() if not is_here}


# Starting them


def _unprivileged() -> dict[str, Any]:
    """Return how to start PostgreSQL, which refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _make_cluster(programs: Path, data: Path, identity: dict[str, Any]) -> None:
    for locale in LOCALES:
        command = [programs / "initdb", "-D", data, "-U", "tandem", "-A", "trust", "-E", "UTF8"]
        made = subprocess.run(
            [*command, "--no-sync", f"--locale={locale}"],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            **identity,
        )
        if made.returncode == 0:
            return
    raise ServiceError(made.stderr)


def _create_database(sockets: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection = psycopg2.connect(host=str(sockets), user="tandem", dbname="postgres")
        except psycopg2.OperationalError as problem:
            if server.poll() is not None or time.monotonic() > deadline:
                raise ServiceError(str(problem)) from problem
            time.sleep(0.05)
        else:
            break
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE tandem")


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run a cluster of its own below the folder; yield the address of its database."""
    programs = postgresql_folder()
    if programs is None:
        raise ServiceError(missing()["postgresql"])
    identity = _unprivileged()
    sockets = folder / "pg"
    sockets.mkdir(mode=0o700)
    os.chown(sockets, identity.get("user", -1), identity.get("group", -1))
    data = sockets / "data"
    _make_cluster(programs, data, identity)
    options = [f"-c{name}={value}" for name, value in QUICK_RATHER_THAN_SAFE.items()]
    with (folder / "postgresql.log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", sockets, "-clisten_addresses=", *options],
            stdout=log,
            stderr=log,
            cwd="/",
            **identity,
        )
    try:
        _create_database(sockets, server)
        yield f"postgres://tandem@/{quote(str(sockets), safe='')}/tandem"
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: the data are thrown away
        server.wait(PATIENCE)


def free_port() -> int:
    """Return a port of the loopback nobody listens on at the moment."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, *, patience: float = PATIENCE) -> bool:
    """Wait until somebody listens on a port of the loopback."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        time.sleep(0.05)
    return False


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run a Redis of its own on a free port; yield its address, database 0 of 64."""
    port = free_port()
    options = ["--save", "", "--appendonly", "no", "--databases", "64", "--dir", str(folder)]
    with (folder / "redis.log").open("wb") as log:
        server = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(port), *options],
            stdout=log,
            stderr=log,
        )
    try:
        if not answers(port) or server.poll() is not None:
            raise ServiceError((folder / "redis.log").read_text())
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(PATIENCE)


# Processes that tests start on them


def note(process: subprocess.Popen[bytes]) -> Path:
    """Note a process group, so that it is ended with the services if nobody else can; return the note."""
    paper = Path(os.environ["TANDEM_DATA"], f"{process.pid}.pid")
    paper.touch()
    return paper


def _end_noted(folder: Path) -> None:
    for paper in folder.rglob("*.pid"):
        if paper.stem.isdigit():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(paper.stem), signal.SIGKILL)


# One process that holds them


def _end(*_signal: object) -> NoReturn:
    raise SystemExit(0)


@contextlib.contextmanager
def _plain_problems() -> Iterator[None]:
    try:
        yield
    except ServiceError as problem:
        sys.exit(f"{problem}")


def main() -> None:
    """Start what is asked for on the command line and not given by the environment."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    with contextlib.ExitStack() as stack, _plain_problems():
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tandem-")))
        folder.chmod(0o711)  # PostgreSQL's user walks through
        environment = {"TANDEM_DATA": str(folder)}
        if "postgresql" in sys.argv:
            environment["DATABASE_URL"] = stack.enter_context(postgresql(folder))
        if "redis" in sys.argv:
            environment["REDIS_URL"] = stack.enter_context(redis(folder))
        stack.callback(_end_noted, folder)
        print(json.dumps(environment), flush=True)  # noqa: T201 - the answer to who started us
        sys.stdin.read()


class PrivateServices:
    """The process that holds the services, as seen by the run that needs them."""

    def __init__(self, *names: str) -> None:
        """Start the named services; the process outlives a Ctrl-C, not its parent."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.services", *names],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
            start_new_session=True,
        )
        line = self.process.stdout.readline() if self.process.stdout else b""
        if not line:  # the process has said why
            raise ServiceError(f"Private services did not start: {', '.join(names)}")
        self.environment: dict[str, str] = json.loads(line)

    def end(self) -> None:
        """Stop the services and remove their folder."""
        self.process.communicate(timeout=PATIENCE)


if __name__ == "__main__":
    main()
