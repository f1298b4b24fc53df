import logging

import pytest

from mailing.logs import HideTokens
from mailing.models import new_token
from mailing.sealing import seal_subscription


@pytest.mark.parametrize("secret", [new_token(), seal_subscription("rosa@example.org", "survey")])
@pytest.mark.parametrize(
    "form", ["Not Found: /t/sign/{}/", '"GET /t/sign/{}/pdf/ HTTP/1.1" 200', "see https://x.example/t/sign/{}"]
)
def test_hide_tokens_in_messages(secret, form):
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
