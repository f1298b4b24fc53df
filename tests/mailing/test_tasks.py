from celery import current_app

from mailing.enums import MessageStatus
from mailing.tasks import forget_old, send, sweep
from tests.mailing.factories import MessageFactory


def test_send_given_twice_sends_once(post_office, db):
    message = MessageFactory()

    send(message.pk)
    send(message.pk)

    assert post_office.ledger == {message.message_id: 1}


def test_sweep_given_twice_sends_once(post_office, db):
    waiting, lost = MessageFactory(), MessageFactory(held_by_the_dead=True, survey=True)

    sweep()
    sweep()

    lost.refresh_from_db()
    assert post_office.ledger == {waiting.message_id: 1}
    assert lost.status == MessageStatus.OUTCOME_UNKNOWN


def test_forget_old_given_twice_changes_nothing_new(db):
    message = MessageFactory(status=MessageStatus.FAILED)

    forget_old()
    forget_old()

    message.refresh_from_db()
    assert message.has_text


def test_tasks_are_known_by_the_names_that_services_wake():
    assert {"mailing.send", "mailing.sweep", "mailing.forget_old"} <= set(current_app.tasks)
