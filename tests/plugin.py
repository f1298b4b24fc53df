"""What a test run needs before Django's settings are read: services, and a clean environment."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import PrivateServices, missing

OF_THE_DEVELOPER = ("SECRET_KEY", "SITE_URL", "EMAIL_URL", "MAIL_TRANSPORT", "DEBUG", "DEMO", "ALLOWED_HOSTS")
SERVICES = {"postgresql": "DATABASE_URL", "redis": "REDIS_URL"}

lacking = pytest.StashKey[dict[str, str]]()
services = pytest.StashKey[PrivateServices]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the one option of the suite's own."""
    parser.addoption("--all", action="store_true", help="also run the tests marked slow")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Set the environment before pytest-django reads the settings from it."""
    early_config.stash[lacking] = missing()
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        _prepare_run(early_config)
    else:
        _prepare_worker(int(worker.removeprefix("gw")) + 1)
    return (yield)


def _prepare_run(config: pytest.Config) -> None:
    if config.stash[lacking] and os.environ.get("CI") == "true":
        raise pytest.UsageError("\n".join(config.stash[lacking].values()))
    for name in OF_THE_DEVELOPER:
        os.environ.pop(name, None)
    wanted = [
        name for name, variable in SERVICES.items() if variable not in os.environ and name not in config.stash[lacking]
    ]
    config.stash[services] = PrivateServices(*wanted)
    os.environ |= config.stash[services].environment
    if "postgresql" in config.stash[lacking]:
        os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['TANDEM_DATA']}/tandem.sqlite3"


def _prepare_worker(number: int) -> None:
    """Give each process of a parallel run its own Redis database and its own folder."""
    if "REDIS_URL" in os.environ:
        address, _, _ = os.environ["REDIS_URL"].rpartition("/")
        os.environ["REDIS_URL"] = f"{address}/{number}"
    own = Path(os.environ["TANDEM_DATA"], f"worker-{number}")
    own.mkdir(exist_ok=True)
    os.environ["TANDEM_DATA"] = str(own)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the private services."""
    if services in config.stash:
        config.stash[services].end()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keep what is loaded and collected, which stays to the end, out of the collector's way."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the slow tests unless they were asked for; skip what the machine cannot run."""
    if not _wants_slow(config):
        slow = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in set(slow)]
    for item in items:
        for name, reason in config.stash[lacking].items():
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))


def _wants_slow(config: pytest.Config) -> bool:
    named = any("::" in argument for argument in config.args)
    return config.getoption("--all") or bool(config.getoption("markexpr")) or named


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what could not be run, and why."""
    if not config.stash[lacking]:
        return
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    terminalreporter.section("not run on this machine")
    for name, reason in config.stash[lacking].items():
        count = sum(reason in text for text in skipped)
        terminalreporter.write_line(f"{name}: {count} tests skipped. {reason}.")
