import datetime as dt

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from mailing.enums import LinkState
from mailing.forms import AGAIN_SALT
from mailing.limits import NEW_LINKS, WRONG_LINKS
from mailing.models import Message, hash_token, new_token
from mailing.services import LinkClosedError, complete_link, issue_link, revoke_links, send_link_again
from tests.mailing.factories import TrialLinkFactory
from tests.mailing.models import OtherLink, TrialLink

pytestmark = pytest.mark.usefixtures("trial_tables", "school")

IN_A_MONTH = dt.timedelta(days=30)


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def issue(thing: str = "MOU-2026-014", email: str = "Rosa@example.org"):
    return issue_link(TrialLink, email=email, name="Rosa", expires_at=timezone.now() + IN_A_MONTH, thing=thing)


def url(token: str) -> str:
    return f"/t/trial/{token}/"


def test_new_token_is_256_random_bits():
    tokens = {new_token() for _ in range(10_000)}

    assert len(tokens) == 10_000
    assert {len(token) for token in tokens} == {43}
    assert len({token[:6] for token in tokens}) > 9_990


def test_issue_link_keeps_the_hash_alone(db):
    link, address = issue()

    token = address.removeprefix("https://tandem.example.org/t/trial/").removesuffix("/")
    link.refresh_from_db()
    assert (link.token_hash, link.email, link.name) == (hash_token(token), "rosa@example.org", "Rosa")
    assert token not in repr(vars(link))


def test_issue_link_takes_back_the_former_of_the_same_thing(db):
    first, _address = issue()
    other, _address = issue("MOU-2026-015")

    issue()

    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.state(timezone.now()), other.state(timezone.now())) == (LinkState.REVOKED, LinkState.LIVE)


def test_revoke_links_without_a_thing_is_refused(db):
    issue()

    with pytest.raises(ValueError, match="what the links are for"):
        revoke_links(TrialLink)

    assert TrialLink.objects.get().is_live(timezone.now())


def test_complete_link_works_once(db):
    link = TrialLinkFactory()

    complete_link(link)

    with pytest.raises(LinkClosedError) as closed:
        complete_link(link)
    assert closed.value.state == LinkState.USED


@pytest.mark.parametrize(("trait", "state"), [("expired", LinkState.EXPIRED), ("revoked", LinkState.REVOKED)])
def test_complete_link_that_closed_meanwhile_changes_nothing(db, trait, state):
    link = TrialLinkFactory(**{trait: True})

    with pytest.raises(LinkClosedError) as closed:
        complete_link(link)

    link.refresh_from_db()
    assert (closed.value.state, link.completed_at) == (state, None)


def test_page_opens_for_its_link_alone(visitor):
    TrialLinkFactory(token="a" * 43)

    assert visitor.get(url("a" * 43)).content == b"about MOU-2026-014"
    assert visitor.get(f"/t/other/{'a' * 43}/").status_code == 404


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_writes_when_and_nothing_else(visitor, method):
    link = TrialLinkFactory(token="a" * 43)
    before = TrialLink.objects.values().get()

    for _time in range(5):
        getattr(visitor, method)(url("a" * 43), headers={"User-Agent": "GoogleImageProxy"})

    after = TrialLink.objects.values().get()
    opened = after.pop("first_opened_at")
    before.pop("first_opened_at")
    assert after == before
    assert (opened is not None) == (method == "get")
    assert link.is_live(timezone.now())


def test_opening_again_keeps_the_first_time(visitor):
    link = TrialLinkFactory(token="a" * 43)
    visitor.get(url("a" * 43))
    first = TrialLink.objects.get().first_opened_at

    visitor.get(url("a" * 43))

    link.refresh_from_db()
    assert link.first_opened_at == first


@pytest.mark.parametrize(
    ("trait", "status", "words"),
    [
        ("expired", 410, "This link has expired"),
        ("revoked", 410, "This link no longer works"),
        ("used", 410, "This is done"),
    ],
)
def test_closed_link_says_why_and_shows_nothing(visitor, trait, status, words):
    TrialLinkFactory(token="a" * 43, **{trait: True})

    response = visitor.get(url("a" * 43))

    page = response.content.decode()
    assert (response.status_code, words in page) == (status, True)
    assert "MOU-2026-014" not in page
    assert "rosa@example.org" not in page


@pytest.mark.parametrize("seconds", [-1, 1])
def test_link_ends_to_the_second(visitor, seconds):
    link = TrialLinkFactory(token="a" * 43)

    with time_machine.travel(link.expires_at + dt.timedelta(seconds=seconds), tick=False):
        assert visitor.get(url("a" * 43)).status_code == (200 if seconds < 0 else 410)


def test_used_link_shows_what_was_done_where_its_page_wants_that(visitor):
    TrialLinkFactory(token="a" * 43, used=True)

    assert visitor.get(f"{url('a' * 43)}?shown").status_code == 200


def test_used_link_that_ran_out_shows_nothing_any_more(visitor):
    TrialLinkFactory(token="a" * 43, used=True, expired=True)

    assert visitor.get(f"{url('a' * 43)}?shown").status_code == 410


@pytest.mark.parametrize("token", ["b" * 43, "x", "%20", "..", "ü" * 43, "a" * 5000])
def test_unknown_link_is_not_found_whatever_it_looks_like(visitor, token):
    response = visitor.get(url(token))

    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


@pytest.mark.parametrize("token", ["a" * 43, "b" * 43])
def test_public_page_is_kept_by_nobody(visitor, token):
    TrialLinkFactory(token="a" * 43)

    response = visitor.get(url(token))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_guessing_from_one_network_is_stopped_and_right_links_elsewhere_open(visitor):
    TrialLinkFactory(token="a" * 43)

    statuses = [
        visitor.get(url(new_token()), REMOTE_ADDR="203.0.113.7").status_code for _ in range(WRONG_LINKS.tries + 5)
    ]

    assert statuses == [404] * WRONG_LINKS.tries + [429] * 5
    assert visitor.get(url("a" * 43), REMOTE_ADDR="203.0.113.7").status_code == 429
    assert visitor.get(url("a" * 43), REMOTE_ADDR="203.0.113.8").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [("2001:db8:1:2:ffff::9", 429), ("2001:db8:1:3::1", 200), ("::ffff:203.0.113.7", 200)],
)
def test_guessing_counts_for_a_whole_ipv6_household(visitor, address, status):
    TrialLinkFactory(token="a" * 43)
    for _try in range(WRONG_LINKS.tries + 1):
        visitor.get(url(new_token()), REMOTE_ADDR=f"2001:db8:1:2::{_try:x}")

    assert visitor.get(url("a" * 43), REMOTE_ADDR=address).status_code == status


def test_forwarded_addresses_count_only_behind_a_proxy_of_ours(visitor, settings):
    TrialLinkFactory(token="a" * 43)

    def guess(number: int) -> int:
        headers = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"}
        return visitor.get(url(new_token()), headers=headers, REMOTE_ADDR="127.0.0.1").status_code

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    statuses = [guess(number) for number in range(WRONG_LINKS.tries + 1)]

    assert statuses[-1] == 429
    assert visitor.get(url("a" * 43), REMOTE_ADDR="127.0.0.1").status_code == 200


@pytest.mark.parametrize("trait", ["expired", "revoked"])
def test_new_link_goes_to_the_address_on_file(visitor, trait):
    TrialLinkFactory(token="a" * 43, old=True, **{trait: True})
    page = visitor.get(url("a" * 43))

    response = visitor.post(
        "/t/new-link/",
        {
            "again": page.context["again"],
            "csrfmiddlewaretoken": str(page.context["csrf_token"]),
            "email": "eve@example.org",
        },
    )

    assert "Look into your inbox" in response.content.decode()
    assert [message.to_email for message in Message.objects.all()] == ["rosa@example.org"]
    assert TrialLink.objects.count() == 2


def test_new_link_by_address_when_the_old_one_is_lost(client):
    TrialLinkFactory(old=True)
    TrialLinkFactory(old=True, email="other@example.org")

    client.post("/t/new-link/", {"email": "Rosa@Example.org"})

    assert [message.to_email for message in Message.objects.all()] == ["rosa@example.org"]


@pytest.mark.parametrize("email", ["rosa@example.org", "nobody@example.org"])
def test_new_link_answers_the_same_whether_there_is_anything_to_send(client, email):
    TrialLinkFactory(old=True)

    response = client.post("/t/new-link/", {"email": email})

    assert response.status_code == 200
    assert email not in response.content.decode()
    assert client.post("/t/new-link/", {"email": "else@example.org"}).content == response.content


def test_new_link_is_sent_once_in_ten_minutes(db):
    link = TrialLinkFactory(old=True, expired=True)

    assert [send_link_again(link=link) for _time in range(3)] == [True, False, False]


def test_new_link_for_what_is_done_is_not_sent(db):
    assert send_link_again(link=TrialLinkFactory(old=True, used=True)) is False


def test_new_link_of_a_purpose_without_one_is_not_offered(visitor):
    OtherLink.objects.create(
        token_hash=hash_token("a" * 43), email="rosa@example.org", thing="x", expires_at=timezone.now()
    )

    page = visitor.get(f"/t/other/{'a' * 43}/").content.decode()

    assert "This link has expired" in page
    assert "/t/new-link/" not in page


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"email": "no address"},
        {"again": "made up"},
        {"again": signing.dumps(["tests_mailing.TrialLink", 1], salt="another")},
    ],
)
def test_new_link_that_makes_no_sense_is_refused(client, form):
    TrialLinkFactory(old=True, expired=True)

    assert client.post("/t/new-link/", form).status_code == 422
    assert Message.objects.count() == 0


def test_new_link_for_a_purpose_that_is_none(client):
    again = signing.dumps(["accounts.User", 1], salt=AGAIN_SALT)

    assert client.post("/t/new-link/", {"again": again}).status_code == 200
    assert Message.objects.count() == 0


def test_new_link_may_be_asked_for_so_often(client):
    statuses = [
        client.post("/t/new-link/", {"email": f"{number}@example.org"}).status_code
        for number in range(NEW_LINKS.tries + 2)
    ]

    assert statuses == [200] * NEW_LINKS.tries + [429] * 2


def test_closed_page_of_a_used_link_offers_no_new_one(visitor):
    TrialLinkFactory(token="a" * 43, used=True)

    assert "/t/new-link/" not in visitor.get(url("a" * 43)).content.decode()
