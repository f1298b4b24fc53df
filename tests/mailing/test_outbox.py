import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from mailing.enums import MessageStatus, Stream
from mailing.models import Message
from mailing.sealing import seal
from mailing.services.outbox import call_off, note_arrival, send_again
from mailing.stage import troubles
from roadmap.lifecycle import TransitionRefusedError
from tests.mailing.factories import MessageFactory

OUTBOX = "/outbox/"
LINK = "https://tandem.example.org/t/trial/0123456789012345678901234567890123456789012/"
FAILED = {
    "status": MessageStatus.FAILED,
    "problem": "The address no longer exists.",
    "server_reply": "550 5.1.1 <p.amsel@northgate.example.org> user unknown",
    "attempts": 1,
}
UNKNOWN = {"status": MessageStatus.OUTCOME_UNKNOWN, "problem": "The line broke while sending.", "attempts": 1}


def fresh(message):
    message.refresh_from_db()
    return message


# What colleagues do


@pytest.mark.parametrize("before", [FAILED, UNKNOWN])
def test_send_again_puts_it_back(coordinator, before):
    message = MessageFactory(**before, not_before=timezone.now() - dt.timedelta(days=2))

    send_again(message=message, by=coordinator)

    assert fresh(message).status == MessageStatus.QUEUED
    assert (message.tried_since, message.finished_at) == (None, None)


def test_send_again_of_what_waits_does_not_wait(coordinator):
    message = MessageFactory(attempts=3, not_before=timezone.now() + dt.timedelta(minutes=20))

    send_again(message=message, by=coordinator)

    assert fresh(message).not_before <= timezone.now()


@pytest.mark.parametrize("fields", [{"status": MessageStatus.SENT, "body": b""}, FAILED | {"body": b""}])
def test_send_again_of_what_left_or_has_no_text_is_refused(coordinator, fields):
    message = MessageFactory(**fields)

    with pytest.raises(TransitionRefusedError):
        send_again(message=message, by=coordinator)

    assert fresh(message).status == fields["status"]


def test_call_off_what_waits_empties_it_and_tells(coordinator, outcomes):
    message = MessageFactory()

    call_off(message=message, by=coordinator)

    assert (fresh(message).status, message.has_text) == (MessageStatus.CANCELLED, False)
    assert outcomes == [(message.pk, MessageStatus.CANCELLED)]


def test_call_off_what_left_is_refused(coordinator):
    message = MessageFactory(status=MessageStatus.SENT)

    with pytest.raises(TransitionRefusedError):
        call_off(message=message, by=coordinator)


def test_note_arrival_ends_a_doubt(coordinator, outcomes):
    message = MessageFactory(**UNKNOWN)

    note_arrival(message=message, by=coordinator)

    assert (fresh(message).status, message.server_reply) == (MessageStatus.SENT, "Marta Keller noted that it arrived.")
    assert outcomes == [(message.pk, MessageStatus.SENT)]


@pytest.mark.parametrize("act", [send_again, call_off, note_arrival])
def test_acts_are_for_those_who_may(viewer, director, act):
    message = MessageFactory(**UNKNOWN)

    for user in (viewer, director):
        with pytest.raises(PermissionDenied):
            act(message=message, by=user)

    assert fresh(message).status == MessageStatus.OUTCOME_UNKNOWN


# Pages


@pytest.mark.parametrize("path", [OUTBOX, f"{OUTBOX}1/"])
def test_pages_are_not_for_viewers(client_for, viewer, path):
    MessageFactory(pk=1)

    assert client_for(viewer).get(path).status_code == 403


def test_outbox_says_what_went_wrong_and_what_to_do(client_for, coordinator):
    failed, unknown = MessageFactory(**FAILED), MessageFactory(**UNKNOWN)

    page = client_for(coordinator).get(OUTBOX).content.decode()

    assert "2 did not arrive" in page
    assert "The address no longer exists." in page
    assert "550 5.1.1 &lt;p.amsel@northgate.example.org&gt; user unknown" in page
    assert "We do not know whether it arrived." in page
    assert reverse("mailing:again", args=[failed.pk]) in page
    assert reverse("mailing:arrived", args=[unknown.pk]) in page


def test_outbox_for_a_director_has_no_buttons(client_for, director):
    failed = MessageFactory(**FAILED)

    page = client_for(director).get(OUTBOX).content.decode()

    assert "The address no longer exists." in page
    assert reverse("mailing:again", args=[failed.pk]) not in page


def test_outbox_tells_that_the_mail_server_is_away(client_for, coordinator, settings):
    settings.MAIL_KEPT_HERE = False
    MessageFactory(attempts=1, problem="Our mail server cannot be reached.", tried_since=timezone.now())

    page = client_for(coordinator).get(OUTBOX).content.decode()

    assert "1 e-mail is held up." in page
    assert "Our mail server cannot be reached." in page
    assert "In trouble" in page


def test_outbox_does_not_blame_the_mail_server_for_one_recipients(client_for, coordinator, settings):
    settings.MAIL_KEPT_HERE = False
    now = timezone.now()
    MessageFactory(attempts=1, problem="The mailbox is full.", tried_since=now - dt.timedelta(minutes=1))
    MessageFactory(status=MessageStatus.SENT, finished_at=now, body=b"")

    page = client_for(coordinator).get(OUTBOX).content.decode()

    assert "The mailbox is full." in page
    assert "In trouble" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"waiting@example.org", "sent@example.org"}),
        ("?state=sent", {"sent@example.org"}),
        ("?to=Waiting@Example.org", {"waiting@example.org"}),
        ("?stream=survey", set()),
    ],
)
def test_outbox_can_be_narrowed(client_for, coordinator, query, shown):
    MessageFactory(to_email="waiting@example.org")
    MessageFactory(to_email="sent@example.org", status=MessageStatus.SENT, body=b"")

    page = client_for(coordinator).get(f"{OUTBOX}{query}").context["page"]

    assert {row.to_email for row in page.rows} == shown


def test_outbox_for_htmx_is_the_list_alone(client_for, coordinator):
    MessageFactory()

    content = client_for(coordinator).get(OUTBOX, headers={"HX-Request": "true"}).content.decode()

    assert content.strip().startswith('<section class="card" id="rows"')


def test_outbox_makes_the_same_queries_for_one_and_thirty(client_for, coordinator, query_count):
    client = client_for(coordinator)
    MessageFactory(**FAILED)
    MessageFactory()
    client.get(OUTBOX)
    of_two = query_count(lambda: client.get(OUTBOX))
    MessageFactory.create_batch(15, **FAILED)
    MessageFactory.create_batch(15)

    assert query_count(lambda: client.get(OUTBOX)) == of_two


def test_detail_shows_the_text_without_links(client_for, coordinator, settings):
    settings.MAIL_KEPT_HERE = False
    message = MessageFactory(preview="Open …", body=seal({"text": f"Open {LINK}", "html": ""}))

    page = client_for(coordinator).get(message.get_absolute_url()).content.decode()

    assert "Open …" in page
    assert "/t/trial/" not in page


@pytest.mark.parametrize(
    ("kept_here", "role", "kind", "readable"),
    [
        (True, "coordinator", "tests.plain", True),
        (True, "director", "tests.plain", False),
        (False, "coordinator", "tests.plain", False),
        (False, "administrator", "mailing.django", False),
        (True, "coordinator", "mailing.django", False),
        (True, "administrator", "mailing.django", True),
    ],
)
def test_detail_shows_links_only_where_mail_is_kept(
    client_for, request, settings, kept_here: bool, role: str, kind: str, readable: bool
):
    settings.MAIL_KEPT_HERE = kept_here
    user = request.getfixturevalue(role)
    body = seal({"text": f"Open {LINK}", "html": ""})
    message = MessageFactory(kind=kind, status=MessageStatus.SENT, server_reply="kept here", preview="", body=body)

    page = client_for(user).get(message.get_absolute_url()).content.decode()

    assert (f'href="{LINK}"' in page) is readable


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("again", FAILED, MessageStatus.QUEUED),
        ("off", FAILED, MessageStatus.CANCELLED),
        ("arrived", UNKNOWN, MessageStatus.SENT),
    ],
)
def test_buttons_act_and_lead_back(client_for, coordinator, name, before, after):
    message = MessageFactory(**before)

    response = client_for(coordinator).post(reverse(f"mailing:{name}", args=[message.pk]), {"back": "outbox"})

    assert (response.url, fresh(message).status) == (OUTBOX, after)


@pytest.mark.parametrize("name", ["again", "off", "arrived"])
def test_buttons_pressed_too_late_say_so(client_for, coordinator, name):
    message = MessageFactory(status=MessageStatus.SENT, body=b"")

    response = client_for(coordinator).post(reverse(f"mailing:{name}", args=[message.pk]), follow=True)

    assert "has changed meanwhile" in response.content.decode()
    assert fresh(message).status == MessageStatus.SENT


@pytest.mark.parametrize("name", ["again", "off", "arrived"])
def test_buttons_of_those_who_may_not_change_nothing(client_for: Callable, viewer, director, name):
    message = MessageFactory(**UNKNOWN)

    for user in (viewer, director):
        assert client_for(user).post(reverse(f"mailing:{name}", args=[message.pk])).status_code == 403

    assert fresh(message).status == MessageStatus.OUTCOME_UNKNOWN


def test_troubles_on_today_are_ones_own(school, coordinator, director):
    mine = MessageFactory(**FAILED, created_by=coordinator)
    MessageFactory(**FAILED, created_by=director)
    MessageFactory(created_by=coordinator)

    (item,) = troubles(coordinator, school, 5)

    assert (item.title, item.url) == ("Not delivered: Your placement", mine.get_absolute_url())


def test_streams_stand_in_the_outbox_by_name():
    assert Message(stream=Stream.SURVEY).get_stream_display() == "Feedback requests"
