import pytest
from django.test import Client

from mailing.enums import Stream
from mailing.models import Suppression, hash_address
from mailing.sealing import seal_subscription, unseal_subscription
from mailing.services import lift_suppression, suppress

pytestmark = pytest.mark.usefixtures("school")

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def page() -> str:
    return f"/t/unsubscribe/{seal_subscription('Luis@example.org', Stream.SURVEY)}/"


@pytest.fixture
def mail_program() -> Client:
    """No cookies, no referrer, no token: as RFC 8058 has it."""
    return Client(enforce_csrf_checks=True)


def ended() -> list[tuple[str, str]]:
    return list(Suppression.objects.values_list("address_hash", "stream"))


def test_one_click_ends_the_stream(mail_program, page):
    response = mail_program.post(page, ONE_CLICK)

    assert response.status_code == 200
    assert ended() == [(hash_address("luis@example.org"), "survey")]


def test_one_click_as_mail_programs_send_it(mail_program, page):
    mail_program.generic("POST", page, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")

    assert len(ended()) == 1


def test_one_click_twice_is_the_same_as_once(mail_program, page):
    pages = [mail_program.post(page, ONE_CLICK).status_code for _time in range(2)]

    assert (pages, len(ended())) == ([200, 200], 1)


@pytest.mark.parametrize(
    "form", [{}, {"List-Unsubscribe": "one-click"}, {"List-Unsubscribe": "One-Click", "more": "1"}, {"x": "One-Click"}]
)
def test_any_other_post_changes_nothing(mail_program, page, form):
    assert mail_program.post(page, form).status_code == 400
    assert ended() == []


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_changes_nothing(mail_program, page, method):
    for _time in range(5):
        getattr(mail_program, method)(page)

    assert ended() == []


def test_page_asks_first_and_its_button_sends_the_one_click(client, page):
    content = client.get(page).content.decode()

    assert "luis@example.org" in content
    assert '<input type="hidden" name="List-Unsubscribe" value="One-Click">' in content
    assert "still come" in content


def test_page_afterwards_says_since_when_and_offers_to_undo(client, page):
    client.post(page, ONE_CLICK)

    content = client.get(page).content.decode()

    assert "No more e-mails" in content
    assert f'action="{page}undo/"' in content


def test_undo_takes_it_back(client, page):
    client.post(page, ONE_CLICK)

    response = client.post(f"{page}undo/")

    assert (response.url, ended()) == (page, [])


def test_undo_by_get_changes_nothing(client, page):
    client.post(page, ONE_CLICK)

    assert client.get(f"{page}undo/").status_code == 405
    assert len(ended()) == 1


@pytest.mark.parametrize("token", ["made-up", "a" * 200, "ü"])
def test_made_up_token_is_not_found(client, token):
    assert client.post(f"/t/unsubscribe/{token}/", ONE_CLICK).status_code == 404
    assert ended() == []


def test_shortened_token_is_not_found(client, page):
    assert client.post(f"{page[:-3]}/", ONE_CLICK).status_code == 404
    assert ended() == []


def test_token_never_runs_out_and_outlives_a_change_of_key(settings):
    token = seal_subscription("luis@example.org", Stream.SURVEY)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert unseal_subscription(token) == ("luis@example.org", "survey")


def test_suppress_keeps_a_mark_of_the_address_alone(db):
    suppress(email="Luis@Example.org", stream=Stream.SURVEY, reason="unsubscribed")

    assert "luis" not in str(Suppression.objects.values()[0]).lower()


def test_lift_suppression_of_what_was_never_ended(db):
    assert lift_suppression(email="luis@example.org", stream=Stream.SURVEY) is False
