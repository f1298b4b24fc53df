import email
import email.policy
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mailing.mime import BadAddressError, DamagedError, build
from mailing.sealing import seal
from tests.mailing.factories import MessageFactory


def parsed(message):
    raw = build(message).message().as_bytes()
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_build_is_the_same_each_time(db):
    message = MessageFactory()

    first, second = parsed(message), parsed(message)

    for header in ("Message-ID", "Date", "Subject", "From", "To"):
        assert first[header] == second[header]
    assert first["Message-ID"] == message.message_id


def test_build_has_text_and_html(db):
    mail = parsed(MessageFactory())

    assert mail.get_body(("plain",)).get_content().strip() == "we look forward to it."
    assert mail.get_body(("html",)).get_content().strip() == "<p>we look forward</p>"


@pytest.mark.parametrize("name", ["Jörg Müller", "Zoë “Zo” O'Neil, MBA", "王小明", "👩‍🔧 Ida", 'a "quoted" name', ""])
def test_build_keeps_names_as_they_are_written(db, name):
    mail = parsed(MessageFactory(to_name=name, to_email="ida@example.org", subject=f"For {name}"))

    assert mail["To"].addresses[0].display_name == name
    assert mail["To"].addresses[0].addr_spec == "ida@example.org"
    assert mail["Subject"] == f"For {name}"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rosa",
        "rosa@",
        "a@b.c>\r\nRCPT TO:<eve@example.org",
        "rosa@example.org\nBcc: eve@example.org",
        "a b@example.org",
    ],
)
def test_build_refuses_what_is_no_address(db, address):
    with pytest.raises(BadAddressError):
        build(MessageFactory(to_email=address))


def test_build_of_a_text_no_key_opens(db):
    with pytest.raises(DamagedError):
        build(MessageFactory(body=b"something else"))


def test_build_offers_one_click_on_streams_that_may_be_ended(db):
    mail = parsed(MessageFactory(survey=True))

    assert mail["List-Unsubscribe"].strip().startswith("<https://tandem.example.org/t/unsubscribe/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_build_of_transactional_mail_offers_no_end(db):
    mail = parsed(MessageFactory())

    assert mail["List-Unsubscribe"] is None
    assert mail["List-Unsubscribe-Post"] is None


@pytest.fixture
def attached(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    path = default_storage.save("agreements/2026/x", ContentFile(b"%PDF-1.7"))
    sha256 = hashlib.sha256(b"%PDF-1.7").hexdigest()
    named = {"path": path, "name": "MOU “Lärche”.pdf", "type": "application/pdf", "sha256": sha256}
    return MessageFactory(body=seal({"text": "Signed", "html": "", "attachments": [named]})), path


def test_build_attaches_stored_files(attached):
    message, _path = attached

    (part,) = parsed(message).iter_attachments()

    assert (part.get_filename(), part.get_content_type()) == ("MOU “Lärche”.pdf", "application/pdf")
    assert part.get_content() == b"%PDF-1.7"


def test_build_refuses_a_file_that_is_not_what_it_was(attached):
    message, path = attached
    with default_storage.open(path, "wb") as file:
        file.write(b"something else")

    with pytest.raises(DamagedError):
        build(message)


def test_build_refuses_a_file_that_is_gone(attached):
    message, path = attached
    default_storage.delete(path)

    with pytest.raises(DamagedError):
        build(message)
