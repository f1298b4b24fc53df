"""A real browser on a real server: Chromium, the axe rules, and a watch over what it complains about."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.servers.basehttp import ServerHandler
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from accounts.models import User
from tests.services import chromium_program

# Playwright's loop runs in the test's own thread, which Django would take for an async caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 720}

SignIn = Callable[[BrowserContext, User], None]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = chromium_program()
    flags = ["--disable-dev-shm-usage"]  # containers give little of it
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    return browser_type_launch_args | {"args": flags} | ({"executable_path": program} if program else {})


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"}


@pytest.fixture(scope="session", autouse=True)
def _close_what_a_browser_leaves() -> Iterator[None]:
    """Close the file of an answer that the browser left half-way, which Django's own server leaves to the collector."""
    run = ServerHandler.run

    def run_and_close(handler: ServerHandler, application: Any) -> None:
        run(handler, application)
        if handler.result is not None:
            handler.result.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ServerHandler, "run", run_and_close)
        yield


@pytest.fixture
def site(live_server, settings) -> str:
    """Return the address of the running server, where links in mails lead too."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def sign_in(site: str, client_for) -> SignIn:
    """Sign a browser in as somebody without the form: `sign_in(context, coordinator)`."""

    def hand_over(context: BrowserContext, user: User) -> None:
        cookie = client_for(user).cookies["sessionid"]
        context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])

    return hand_over


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return what axe finds wrong on a page: rule, help and the element, one line each."""

    def run(page: Page) -> list[str]:
        page.evaluate(AXE)  # past the page's CSP, which forbids a foreign script element
        # Without preload: axe would copy imported style sheets into the page, which the CSP stops and reports.
        found = page.evaluate("axe.run({preload: false})")
        return [
            f"{violation['id']}: {violation['help']}: {' '.join(node['target'])}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return run


@pytest.fixture(autouse=True)
def complaints(context: BrowserContext) -> Iterator[list[str]]:
    """Fail the test on a CSP violation, a script error or a request that leaves the machine."""
    found: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            found.append(message.text)

    def on_request(request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in (None, "", "localhost", "127.0.0.1"):
            found.append(f"asked {request.url}")

    context.on("console", on_console)
    context.on("request", on_request)
    context.on("weberror", lambda error: found.append(str(error.error)))
    yield found
    assert found == []
