import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mailing.enums import MessageStatus, Stream
from mailing.models import Message
from mailing.services.delivery import MOST_DOUBTS, claim, deliver_due, forget_texts, settle, take_up_lost
from mailing.transport import Answer, Verdict
from tests.mailing.factories import MessageFactory


def fresh(message):
    message.refresh_from_db()
    return message


def test_take_up_lost_sends_transactional_mail_again_under_its_id(post_office, db, outcomes):
    message = MessageFactory(held_by_the_dead=True)

    assert take_up_lost() == 1
    with time_machine.travel(fresh(message).not_before + dt.timedelta(seconds=1)):
        deliver_due()

    assert post_office.ledger == {message.message_id: 1}
    assert (fresh(message).status, message.attempts) == (MessageStatus.SENT, 2)
    assert outcomes == [(message.pk, MessageStatus.SENT)]


@pytest.mark.parametrize("stream", [Stream.SURVEY, Stream.PERSONAL, Stream.REMINDER, Stream.CAMPAIGN])
def test_take_up_lost_leaves_other_mail_to_a_person(db, outcomes, stream):
    message = MessageFactory(stream=stream, held_by_the_dead=True)

    take_up_lost()

    assert fresh(message).status == MessageStatus.OUTCOME_UNKNOWN
    assert outcomes == [(message.pk, MessageStatus.OUTCOME_UNKNOWN)]


def test_take_up_lost_asks_a_person_when_a_mail_keeps_killing_its_worker(db):
    message = MessageFactory(held_by_the_dead=True, attempts=MOST_DOUBTS)

    take_up_lost()

    assert fresh(message).status == MessageStatus.OUTCOME_UNKNOWN


def test_take_up_lost_leaves_what_a_living_worker_holds(db):
    message = MessageFactory(held=True)

    assert take_up_lost() == 0
    assert fresh(message).status == MessageStatus.SENDING


def test_claim_of_what_another_worker_holds(db):
    assert claim(MessageFactory(held=True).pk) is None


def test_settle_after_another_worker_took_over_changes_nothing(db, outcomes):
    message = MessageFactory(held=True)
    Message.objects.update(attempts=2)

    settle(message, Answer(Verdict.SENT, "250 Ok"))

    assert (fresh(message).status, outcomes) == (MessageStatus.SENDING, [])


def test_settle_of_a_mail_thought_lost_ends_the_doubt(db, outcomes):
    message = MessageFactory(held=True, survey=True)
    Message.objects.update(status=MessageStatus.OUTCOME_UNKNOWN)

    settle(message, Answer(Verdict.SENT, "250 Ok"))

    assert fresh(message).status == MessageStatus.SENT
    assert outcomes == [(message.pk, MessageStatus.SENT)]


def test_forget_texts_empties_what_nobody_decided_for_a_month(db):
    now = timezone.now()
    old = MessageFactory(status=MessageStatus.FAILED, created_at=now - dt.timedelta(days=31))
    recent = MessageFactory(status=MessageStatus.FAILED, created_at=now - dt.timedelta(days=29))
    waiting = MessageFactory(created_at=now - dt.timedelta(days=31))

    forget_texts(now=now)

    assert [fresh(message).has_text for message in (old, recent, waiting)] == [False, True, True]
