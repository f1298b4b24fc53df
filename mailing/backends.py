"""Django's mail functions write into the outbox like everybody else."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from mailing.enums import DJANGO_MAIL
from mailing.services.queueing import enqueue, mail_kind


class AttachmentsError(ValueError):
    """Mail with files is written by `mailing.services.queue_mail`, which refers to stored ones."""


class OutboxBackend(BaseEmailBackend):
    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one row a recipient, so that each has an outcome of its own."""
        for mail in email_messages:
            for address in mail.recipients():
                _keep(mail, address)
        return len(email_messages)


def _keep(mail: EmailMessage, address: str) -> None:
    if mail.attachments:
        raise AttachmentsError
    html = next((part for part, kind in getattr(mail, "alternatives", []) if kind == "text/html"), "")
    is_html = mail.content_subtype == "html"
    row = {
        "kind": DJANGO_MAIL,
        "to_email": address,
        "to_name": "",
        "from_email": "" if mail.from_email == settings.DEFAULT_FROM_EMAIL else mail.from_email,
        "reply_to": ", ".join(mail.reply_to),
        "subject": mail.subject,
        "headers": mail.extra_headers,
        "preview": "",  # codes and links to passwords are nobody else's business
    }
    enqueue(
        dedupe_key=f"{DJANGO_MAIL}:{uuid.uuid4()}",
        stream=mail_kind(DJANGO_MAIL).stream,
        body={"text": "" if is_html else mail.body, "html": mail.body if is_html else html},
        row=row,
    )
