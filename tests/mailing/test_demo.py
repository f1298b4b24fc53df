import datetime as dt

from mailing import demo
from mailing.models import Message

DAY = dt.date(2026, 3, 12)


def test_load_fills_the_outbox_once(db):
    demo.load(DAY)
    demo.load(DAY)

    assert Message.objects.count() == len(demo.MAILS)
    assert Message.objects.troubled().count() == 2


def test_load_writes_to_nobody_who_exists(db):
    demo.load(DAY)

    assert all(address.endswith(".example.org") for address in Message.objects.values_list("to_email", flat=True))


def test_load_keeps_texts_only_of_what_could_be_sent_again(db):
    demo.load(DAY)

    assert [message.is_troubled for message in Message.objects.all()] == [
        message.has_text for message in Message.objects.all()
    ]
