import contextlib
import logging
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from config.celery import app
from mailing.logs import HideTokens
from mailing.models import new_token
from mailing.sealing import seal_subscription
from tests.services import answers, free_port
from tests.workers import ROOT


@pytest.mark.parametrize(
    "make", [new_token, lambda: seal_subscription("rosa@example.org", "survey")], ids=["link", "stream"]
)
@pytest.mark.parametrize(
    "form", ["Not Found: /t/sign/{}/", '"GET /t/sign/{}/pdf/ HTTP/1.1" 200', "see https://x.example/t/sign/{}"]
)
def test_hide_tokens_in_messages(make, form):
    secret = make()
    record = logging.LogRecord("x", logging.INFO, "", 0, form.format(secret), (), None)

    HideTokens().filter(record)

    assert secret not in record.getMessage()
    assert "/t/sign/…" in record.getMessage()


def test_hide_tokens_in_arguments():
    token = new_token()
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s %s", ("GET", f"/t/sign/{token}/"), None)

    HideTokens().filter(record)

    assert record.getMessage() == "GET /t/sign/…/"


def test_hide_tokens_leaves_the_rest_alone():
    record = logging.LogRecord("x", logging.INFO, "", 0, "GET %s", ("/partners/12/",), None)

    assert HideTokens().filter(record)
    assert record.args == ("/partners/12/",)


def test_wrong_link_is_logged_without_its_token(client, school, trial_tables, caplog):
    token = new_token()

    with caplog.at_level(logging.DEBUG):
        caplog.handler.addFilter(HideTokens())
        client.get(f"/t/trial/{token}/")

    assert token not in caplog.text


@pytest.mark.slow
def test_access_log_of_gunicorn_hides_tokens(tmp_path):
    token, port, log = new_token(), free_port(), tmp_path / "gunicorn.log"
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as stream:
        server = subprocess.Popen([*command, "config.wsgi"], stdout=stream, stderr=subprocess.STDOUT, cwd=ROOT)
    try:
        assert answers(port)
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/t/unsubscribe/{token}/", timeout=60)
    finally:
        server.terminate()
        server.wait(20)

    written = log.read_text()
    assert '"GET /t/unsubscribe/…/ HTTP/1.1"' in written
    assert token not in written


@pytest.mark.slow
@pytest.mark.redis
def test_log_of_a_worker_hides_tokens(start_celery):
    worker = start_celery("worker", "--pool=threads", "--queues=default")
    token = new_token()

    app.send_task(f"/t/sign/{token}/", queue="default")
    worker.wait_for("/t/sign/…/")

    assert token not in worker.log.read_text().partition("Traceback")[0]
