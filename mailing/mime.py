"""A row of the outbox as a mail."""

import datetime as dt
import hashlib
from email.headerregistry import Address
from email.utils import format_datetime
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.urls import reverse

from mailing import sealing
from mailing.enums import UNSUBSCRIBABLE
from mailing.models import Message


class UnsendableError(Exception):
    """A row that can never become a mail; the text says why."""


class BadAddressError(UnsendableError):
    """The recipient's address is none."""


class DamagedError(UnsendableError):
    """The text can no longer be read, or a file that goes with it is not what it was."""


def build(message: Message) -> EmailMultiAlternatives:
    """Return the mail, the same each time. Raises UnsendableError, and BadHeaderError for a line break in a header."""
    body = _body(message)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=body["text"],
        from_email=message.from_email,
        to=[_recipient(message)],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=_headers(message),
    )
    if body.get("html"):
        mail.attach_alternative(body["html"], "text/html")
    for attachment in body.get("attachments", []):
        mail.attach(attachment["name"], _content(attachment), attachment["type"])
    return mail


def unsubscribe_url(email: str, stream: str) -> str:
    return settings.SITE_URL + reverse("mail:unsubscribe", args=[sealing.seal_subscription(email, stream)])


def _body(message: Message) -> dict[str, Any]:
    try:
        return sealing.unseal(message.body)
    except InvalidToken as error:
        raise DamagedError("The text can no longer be decrypted") from error


def _recipient(message: Message) -> str:
    try:
        validate_email(message.to_email)
        return str(Address(message.to_name, addr_spec=message.to_email))
    except (ValidationError, ValueError, IndexError) as error:  # Address() knows no error of its own
        raise BadAddressError(str(error)) from error


def _headers(message: Message) -> dict[str, str]:
    """Return the headers; `Date` and `Message-ID` are the row's, so that a repeated mail is known as the same."""
    headers = {
        "Message-ID": message.message_id,
        "Date": format_datetime(message.created_at.astimezone(dt.UTC)),
        **message.headers,
    }
    if message.stream in UNSUBSCRIBABLE:
        headers["List-Unsubscribe"] = f"<{unsubscribe_url(message.to_email, message.stream)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _content(attachment: dict[str, str]) -> bytes:
    try:
        with default_storage.open(attachment["path"]) as file:
            content = file.read()
    except OSError as error:
        raise DamagedError(f"{attachment['name']} cannot be read") from error
    if hashlib.sha256(content).hexdigest() != attachment["sha256"]:
        raise DamagedError(f"{attachment['name']} is not what it was")
    return content
