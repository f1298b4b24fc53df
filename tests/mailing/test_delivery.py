import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mailing import transport
from mailing.enums import MESSAGE_TRANSITIONS, MessageStatus, Stream
from mailing.services import suppress
from mailing.services.delivery import (
    deliver_due,
    pause_after,
    server,
)
from roadmap.lifecycle import TransitionRefusedError, move
from tests.mailing.factories import MessageFactory
from tests.reliability.smtp import CUT, CUT_BEFORE, HANG


def fresh(message):
    message.refresh_from_db()
    return message


def test_deliver_due_sends_and_writes_down_the_answer(post_office, db, outcomes):
    message = MessageFactory()

    deliver_due()

    (mail,) = post_office.messages
    assert (mail["Message-ID"], mail["To"]) == (message.message_id, f"Rosa Lindqvist <{message.to_email}>")
    assert fresh(message).status == MessageStatus.SENT
    assert message.server_reply == "250 2.0.0 Ok: queued as 4T2"
    assert (message.has_text, message.finished_at is None) == (False, False)
    assert outcomes == [(message.pk, MessageStatus.SENT)]


def test_deliver_due_twice_sends_once(post_office, db):
    MessageFactory()

    deliver_due()
    deliver_due()

    assert len(post_office.messages) == 1


def test_deliver_due_uses_one_connection_for_many(post_office, db):
    MessageFactory.create_batch(12)

    assert deliver_due() == 12

    assert (len(post_office.messages), post_office.connections) == (12, 1)


def test_deliver_due_sends_what_somebody_waits_for_first(post_office, db):
    survey = MessageFactory(survey=True)
    personal = MessageFactory(stream=Stream.PERSONAL)
    reset = MessageFactory()

    deliver_due()

    assert [mail["Message-ID"] for mail in post_office.messages] == [
        reset.message_id,
        personal.message_id,
        survey.message_id,
    ]


def test_deliver_due_begins_with_the_one_asked_for(post_office, db):
    first, second = MessageFactory.create_batch(2)

    deliver_due(first=second.pk, most=1)

    assert (fresh(first).status, fresh(second).status) == (MessageStatus.QUEUED, MessageStatus.SENT)


def test_deliver_due_of_one_that_is_gone_sends_the_rest(post_office, db):
    message = MessageFactory()

    deliver_due(first=message.pk + 1)

    assert fresh(message).status == MessageStatus.SENT


def test_deliver_due_leaves_what_is_not_due(post_office, db):
    MessageFactory(not_before=timezone.now() + dt.timedelta(minutes=1))

    assert deliver_due() == 0


def test_deliver_due_with_nothing_to_do_makes_one_query(post_office, db, query_count):
    assert query_count(deliver_due) <= 3  # one, in a savepoint of the test's transaction


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("550 5.1.1 <rosa@example.org> user unknown", "The address no longer exists."),
        ("550 No such user", "The address does not accept e-mail."),
        ("552 5.2.2 Over quota", "The mailbox is full."),
        ("554 5.7.1 Spam", "Their server refuses our mail."),
        ("552 5.3.4 Message too big", "The e-mail is too large for their server."),
        ("571 Odd", "Their server did not take it."),
    ],
)
@pytest.mark.parametrize("stage", ["on_rcpt", "on_data"])
def test_deliver_due_to_one_that_is_refused_goes_on_with_the_rest(post_office, db, outcomes, stage, reply, words):
    refused, fine = MessageFactory.create_batch(2)
    getattr(post_office, stage)[refused.to_email] = [reply]

    deliver_due()

    assert (fresh(refused).status, refused.problem, refused.server_reply) == (MessageStatus.FAILED, words, reply)
    assert fresh(fine).status == MessageStatus.SENT
    assert outcomes == [(refused.pk, MessageStatus.FAILED), (fine.pk, MessageStatus.SENT)]
    assert refused.has_text  # somebody may send it again


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("451 4.7.1 Greylisted", "Their server asks us to come again later."),
        ("452 4.2.2 mailbox over quota", "The mailbox is full."),
        ("450 Busy", "Their server asks us to come again later."),
    ],
)
@pytest.mark.parametrize("stage", ["on_rcpt", "on_data"])
def test_deliver_due_to_one_that_asks_to_wait_tries_again_later(post_office, db, outcomes, stage, reply, words):
    message, fine = MessageFactory.create_batch(2)
    getattr(post_office, stage)[message.to_email] = [reply, ""]

    deliver_due()

    assert (fresh(message).status, message.problem, message.server_reply) == (MessageStatus.QUEUED, words, reply)
    assert message.is_held_up
    assert fresh(fine).status == MessageStatus.SENT
    with time_machine.travel(message.not_before - dt.timedelta(seconds=1)):
        assert deliver_due() == 0
    with time_machine.travel(message.not_before + dt.timedelta(seconds=1)):
        deliver_due()
    assert fresh(message).status == MessageStatus.SENT
    assert (message.problem, post_office.ledger[message.message_id]) == ("", 1)
    assert outcomes == [(fine.pk, MessageStatus.SENT), (message.pk, MessageStatus.SENT)]


def test_deliver_due_gives_up_after_a_day(post_office, db, outcomes):
    message = MessageFactory()
    post_office.on_rcpt["*"] = ["451 4.7.1 Greylisted"]
    start = timezone.now()
    tries = 0

    with time_machine.travel(start, tick=False) as clock:
        while fresh(message).status == MessageStatus.QUEUED:
            clock.move_to(max(message.not_before, timezone.now()))
            tries += deliver_due()
        passed = timezone.now() - start

    assert (message.status, message.server_reply) == (MessageStatus.FAILED, "451 4.7.1 Greylisted")
    assert dt.timedelta(hours=24) <= passed <= dt.timedelta(hours=25)
    assert 40 <= tries <= 80
    assert outcomes == [(message.pk, MessageStatus.FAILED)]


def test_pause_after_doubles_with_jitter_up_to_half_an_hour():
    seconds = [pause_after(attempts).total_seconds() for attempts in range(1, 60)]

    assert all(24 <= first <= 36 for first in [pause_after(1).total_seconds() for _ in range(50)])
    assert 48 <= seconds[1] <= 72
    assert max(seconds) <= 36 * 60


def test_deliver_due_with_the_server_away_waits_and_sends_once(post_office, db):
    messages = MessageFactory.create_batch(5)
    post_office.close()

    assert deliver_due() == 1
    assert deliver_due() == 0
    post_office.open()
    server.away_until = 0.0
    deliver_due()

    assert [fresh(message).status for message in messages] == [MessageStatus.QUEUED, *4 * [MessageStatus.SENT]]
    assert messages[0].problem == "Our mail server cannot be reached."
    with time_machine.travel(messages[0].not_before + dt.timedelta(seconds=1)):
        deliver_due()
    assert post_office.ledger == {message.message_id: 1 for message in messages}


def test_deliver_due_told_421_pauses_for_all(post_office, db):
    first, second = MessageFactory.create_batch(2)
    post_office.on_rcpt[first.to_email] = ["421 4.3.2 Shutting down", ""]

    deliver_due()

    assert (fresh(first).status, fresh(second).status) == (MessageStatus.QUEUED, MessageStatus.QUEUED)
    assert server.is_away


def test_deliver_due_when_the_server_closes_between_two_mails_opens_another_line(post_office, db):
    first, second = MessageFactory.create_batch(2)
    post_office.on_rcpt[second.to_email] = [CUT_BEFORE, ""]

    deliver_due()

    assert [fresh(message).status for message in (first, second)] == [MessageStatus.SENT, MessageStatus.SENT]
    assert (second.attempts, post_office.connections) == (1, 2)


def test_deliver_due_when_the_line_breaks_before_the_text_waits(post_office, db):
    message = MessageFactory(survey=True)
    post_office.on_rcpt[message.to_email] = [CUT_BEFORE]

    deliver_due()

    assert (fresh(message).status, message.problem) == (MessageStatus.QUEUED, "Our mail server cannot be reached.")


@pytest.mark.parametrize("fault", [CUT, CUT_BEFORE, HANG])
def test_deliver_due_when_the_line_breaks_after_the_text_leaves_a_survey_to_a_person(
    post_office, db, outcomes, monkeypatch, fault
):
    monkeypatch.setattr(transport, "READ_TIMEOUT", 1)
    message = MessageFactory(survey=True)
    post_office.on_data[message.to_email] = [fault]

    deliver_due()

    assert fresh(message).status == MessageStatus.OUTCOME_UNKNOWN
    assert message.problem == "The line broke while sending."
    assert outcomes == [(message.pk, MessageStatus.OUTCOME_UNKNOWN)]
    assert message.has_text


def test_deliver_due_when_the_line_breaks_after_the_text_repeats_transactional_mail_under_its_id(post_office, db):
    message = MessageFactory()
    post_office.on_data[message.to_email] = [CUT, ""]

    deliver_due()
    server.away_until = 0.0
    with time_machine.travel(fresh(message).not_before + dt.timedelta(seconds=1)):
        deliver_due()

    assert fresh(message).status == MessageStatus.SENT
    assert post_office.ledger == {message.message_id: 2}


def test_deliver_due_to_what_is_no_address_fails_at_once(post_office, db):
    message, fine = MessageFactory(to_email="a@b.c>\r\nRCPT TO:<eve@example.org"), MessageFactory()

    deliver_due()

    assert (fresh(message).status, message.problem) == (MessageStatus.FAILED, "This is no e-mail address.")
    assert fresh(fine).status == MessageStatus.SENT
    assert [envelope.rcpt_tos for envelope in post_office.envelopes] == [[fine.to_email]]


@pytest.mark.parametrize("header", ["subject", "reply_to", "from_email"])
@pytest.mark.parametrize("breaking", ["\r\nBcc: eve@example.org", "\nBcc: eve@example.org"])
def test_deliver_due_lets_no_header_smuggle_another(post_office, db, header, breaking):
    message = MessageFactory(**{header: f"office@example.org{breaking}"})

    deliver_due()

    assert (fresh(message).status, message.problem) == (MessageStatus.FAILED, "This e-mail cannot be sent as it is.")
    assert post_office.messages == []


def test_deliver_due_to_a_domain_in_another_script(post_office, db):
    message = MessageFactory(to_email="ida@bäckerei.example.org")

    deliver_due()

    assert fresh(message).status == MessageStatus.SENT
    assert post_office.envelopes[0].rcpt_tos == ["ida@xn--bckerei-5wa.example.org"]


def test_deliver_due_looks_at_suppressions_when_sending(post_office, db, outcomes):
    message = MessageFactory(survey=True, to_email="Luis@Example.org")
    suppress(email="luis@example.org", stream=Stream.SURVEY, reason="unsubscribed")

    deliver_due()

    assert (fresh(message).status, message.has_text) == (MessageStatus.SUPPRESSED, False)
    assert post_office.messages == []
    assert outcomes == [(message.pk, MessageStatus.SUPPRESSED)]


def test_deliver_due_of_another_stream_ignores_the_suppression(post_office, db):
    message = MessageFactory(to_email="luis@example.org")
    suppress(email="luis@example.org", stream=Stream.SURVEY, reason="unsubscribed")

    deliver_due()

    assert fresh(message).status == MessageStatus.SENT


def test_deliver_due_without_a_mail_server_keeps_mail_here(settings, db, outcomes):
    settings.MAIL_KEPT_HERE = True
    message = MessageFactory()

    deliver_due()

    assert (fresh(message).status, message.server_reply) == (MessageStatus.SENT, "kept here")
    assert message.has_text
    assert outcomes == [(message.pk, MessageStatus.SENT)]


def test_deliver_due_sends_nothing_twice_because_of_what_follows(post_office, db, caplog):
    message, next_one = MessageFactory(kind="tests.broken"), MessageFactory()

    deliver_due()
    deliver_due()

    assert (fresh(message).status, fresh(next_one).status) == (MessageStatus.SENT, MessageStatus.SENT)
    assert post_office.ledger == {message.message_id: 1, next_one.message_id: 1}
    assert "What follows from mail" in caplog.text


def test_deliver_due_of_a_kind_nobody_declares_any_more(post_office, db):
    message = MessageFactory(kind="tests.former")

    deliver_due()

    assert fresh(message).status == MessageStatus.SENT


@pytest.mark.parametrize("status", MessageStatus)
@pytest.mark.parametrize("to", MessageStatus)
def test_lifecycle_allows_what_its_table_says_and_nothing_else(status, to):
    message = MessageFactory.build(status=status)

    if to in MESSAGE_TRANSITIONS.get(status, ()):
        move(message, to=to)
        assert message.status == to
    else:
        with pytest.raises(TransitionRefusedError):
            move(message, to=to)
        assert message.status == status
