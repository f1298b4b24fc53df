"""Redis or the mail server gone, and everything there twice."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from accounts.models import School
from config.celery import app
from jobs import queue
from mailing.enums import DJANGO_MAIL, MessageStatus, Stream
from mailing.models import Message
from mailing.services.delivery import deliver_due
from mailing.services.queueing import enqueue
from tests.mailing.factories import MessageFactory
from tests.reliability.conftest import check_book, end_pauses, open_mails, write_mails

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.redis]


def wait_until(done: Callable[[], bool], *, patience: float, meanwhile: Callable[[], object] = lambda: None) -> float:
    """Wait for something and return how long it took."""
    started = time.monotonic()
    while not done():
        assert time.monotonic() - started < patience
        meanwhile()
        time.sleep(0.1)
    return time.monotonic() - started


def all_have_left() -> bool:
    return open_mails() == 0


def test_broker_down_at_enqueue_delays_mails_and_no_page(start_worker, start_beat, own_broker, office, school):
    own_broker.stop()
    queue._broker.away_until = 0.0
    started = time.monotonic()

    with transaction.atomic():
        for number in range(20):
            row = {
                "kind": DJANGO_MAIL,
                "to_email": f"p{number}@example.org",
                "to_name": "",
                "reply_to": "",
                "subject": "Hello",
            }
            body = {"text": "Hello", "html": ""}
            enqueue(dedupe_key=str(number), stream=Stream.TRANSACTIONAL, body=body, row=row | {"headers": {}})
    taken = time.monotonic() - started

    own_broker.start()
    start_worker(CELERY_BROKER_URL=own_broker.url)
    start_beat(CELERY_BROKER_URL=own_broker.url)
    wait_until(all_have_left, patience=240)
    assert taken < 2
    assert check_book(office, doubts=0)["booked"] == 20


@pytest.mark.parametrize("loss", ["flush", "stop"])
def test_broker_that_forgets_everything_loses_no_mail(start_worker, start_beat, own_broker, office, loss):
    write_mails(100)
    office.takes = 0.02
    start_worker(CELERY_BROKER_URL=own_broker.url)
    start_beat(CELERY_BROKER_URL=own_broker.url)
    for pk in Message.objects.values_list("pk", flat=True):
        app.send_task("mailing.send", args=(pk,))
    wait_until(lambda: len(office.envelopes) >= 10, patience=120)

    if loss == "flush":
        own_broker.flush()
    else:
        own_broker.stop()
        time.sleep(3)
        own_broker.start()

    wait_until(all_have_left, patience=240)
    assert check_book(office, doubts=0)["booked"] == 100


def test_mail_server_down_delays_mails_which_then_leave_once(start_worker, broker, office):
    write_mails(30)
    office.close()
    start_worker()
    sweep = lambda: app.send_task("mailing.sweep")  # noqa: E731 - said once, used twice
    wait_until(lambda: Message.objects.filter(attempts__gt=0).exists(), patience=120, meanwhile=sweep)
    time.sleep(2)
    assert open_mails() == 30

    office.open()
    end_pauses()

    wait_until(all_have_left, patience=180, meanwhile=sweep)
    assert check_book(office, doubts=0)["booked"] == 30


def test_two_workers_and_two_beats_send_once(start_worker, start_beat, broker, office):
    write_mails(120)
    office.takes = 0.01
    for _twice in range(2):
        start_worker()
        start_beat()
    for pk in Message.objects.values_list("pk", flat=True):
        app.send_task("mailing.send", args=(pk,))
        app.send_task("mailing.send", args=(pk,))

    wait_until(all_have_left, patience=180)

    assert check_book(office, doubts=0)["booked"] == 120


def test_sweeps_at_the_same_moment_send_once(transactional_db, settings, office):
    settings.MAIL_KEPT_HERE = False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    write_mails(80)
    barrier = threading.Barrier(4)

    def sweep() -> None:
        barrier.wait()
        while deliver_due():
            pass
        connections.close_all()

    sweeps = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in sweeps:
        thread.start()
    for thread in sweeps:
        thread.join()

    assert check_book(office, doubts=0)["booked"] == 80


def test_without_a_broker_beat_sends_within_a_second_or_two_and_bears_a_broken_task(
    start_beat, transactional_db, office, tmp_path, record_property
):
    School.objects.create(pk=School.PK, name="Linden Vale Vocational College")
    beat = start_beat(
        DJANGO_SETTINGS_MODULE="config.settings.local",
        SECRET_KEY="only-for-tests",
        REDIS_URL="",
        CELERY_BROKER_URL="",
        TANDEM_DATA=str(tmp_path),
        EMAIL_URL=office.url,
    )
    MessageFactory()
    first = wait_until(all_have_left, patience=60)

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mailing_message RENAME TO mailing_away")
    beat.wait_for("mailing.sweep failed")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mailing_away RENAME TO mailing_message")
    MessageFactory()
    second = wait_until(all_have_left, patience=60)

    assert {row.status for row in Message.objects.all()} == {MessageStatus.SENT}
    assert sum(office.booked.values()) == 2
    record_property("seconds", [first, second])
    assert min(first, second) < 5
