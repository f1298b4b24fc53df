import pytest
from django.core.mail import BadHeaderError
from django.db import transaction

from mailing.enums import MessageStatus, Stream
from mailing.models import Message
from mailing.sealing import unseal
from mailing.services import UnknownMailKindError, queue_mail
from mailing.services.queueing import label_of, one_line

LINK = "https://tandem.example.org/t/sign/0123456789012345678901234567890123456789012/"


def write(school, **fields):
    return queue_mail("tests.plain", **{"to_email": "rosa@example.org", "to_name": "Rosa", "cause": school} | fields)


def test_queue_mail_writes_a_waiting_row(school):
    school.reply_to_email = "partners@lindenvale.example.org"
    school.save()

    message = write(school, context={"url": LINK})

    assert (message.status, message.stream, message.kind) == (MessageStatus.QUEUED, Stream.TRANSACTIONAL, "tests.plain")
    assert (message.subject, message.to_name) == ("Your placement", "Rosa")
    assert message.from_email == "Linden Vale Vocational College <tandem@tandem.example.org>"
    assert message.reply_to == "partners@lindenvale.example.org"
    assert (message.cause_model, message.cause_id) == ("accounts.school", school.pk)


def test_queue_mail_keeps_the_text_sealed_and_the_preview_without_links(school):
    message = write(school, context={"url": LINK})

    message.refresh_from_db()
    assert LINK not in message.preview
    assert "we look forward to it." in message.preview
    assert b"sign" not in bytes(message.body)
    assert LINK in unseal(message.body)["text"]
    assert LINK in unseal(message.body)["html"]


def test_queue_mail_for_the_same_cause_and_recipient_returns_the_first(school):
    first = write(school)

    assert write(school, to_email="ROSA@example.org ") == first
    assert Message.objects.count() == 1


@pytest.mark.parametrize("fields", [{"occurrence": "2026-03-12"}, {"to_email": "nina@example.org"}])
def test_queue_mail_for_another_occurrence_or_recipient_writes_another(school, fields):
    write(school)

    write(school, **fields)

    assert Message.objects.count() == 2


def test_queue_mail_with_a_long_occurrence_is_still_told_apart(school):
    first = write(school, occurrence="a" * 300)
    second = write(school, occurrence="a" * 299 + "b")

    assert first != second
    assert write(school, occurrence="a" * 300) == first


def test_queue_mail_is_undone_with_its_cause(school):
    @transaction.atomic
    def act() -> None:
        write(school)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert Message.objects.count() == 0


def test_queue_mail_of_an_unknown_kind(school):
    with pytest.raises(UnknownMailKindError):
        queue_mail("tests.nothing", to_email="rosa@example.org", cause=school)


@pytest.mark.parametrize("breaking", ["a\r\nBcc: eve@example.org", "a\nb", "a\rb", "a\x00b", "a\u2028b"])
def test_queue_mail_refuses_line_breaks_in_given_headers(school, breaking):
    with pytest.raises(BadHeaderError):
        write(school, headers={"X-Trial": breaking})
    with pytest.raises(BadHeaderError):
        write(school, reply_to=breaking)

    assert Message.objects.count() == 0


@pytest.mark.parametrize("breaking", ["Rosa\r\nBcc: eve@example.org", "Rosa\u2028Bcc: eve@example.org", "Rosa\x00"])
def test_queue_mail_takes_line_breaks_out_of_names_and_subjects(school, breaking):
    message = write(school, to_name=breaking, context={"subject": breaking})

    assert one_line(message.to_name) == message.to_name
    assert one_line(message.subject) == message.subject


def test_queue_mail_on_a_stream_that_may_be_ended_says_how(school):
    message = queue_mail("tests.survey", to_email="rosa@example.org", cause=school)

    body = unseal(message.body)
    assert "https://tandem.example.org/t/unsubscribe/" in body["text"]
    assert "https://tandem.example.org/t/unsubscribe/" in body["html"]
    assert "unsubscribe/" not in message.preview


def test_queue_mail_on_other_streams_offers_no_end(school):
    assert "unsubscribe" not in unseal(write(school).body)["text"]


def test_queue_mail_escapes_names_in_html_alone(school):
    body = unseal(write(school, to_name="<img src=//eve.example>").body)

    assert "<img" not in body["html"]
    assert "<img src=//eve.example>" in body["text"]


def test_label_of_a_kind_nobody_declares_is_its_key(db):
    assert (label_of("tests.plain"), label_of("tests.nothing")) == ("Plain", "tests.nothing")
