"""Writing mails into the outbox, in the transaction of their cause."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string

from accounts.models import User
from accounts.services import current_school
from jobs.queue import wake
from mailing import sealing
from mailing.models import Message
from mailing.slots import MailKind
from roadmap import registry

LINK = re.compile(r"https?://\S+")


class UnknownMailKindError(LookupError):
    """No stage declares this kind of mail."""


def mail_kind(key: str) -> MailKind:
    for kind in registry.of(MailKind):
        if kind.key == key:
            return kind
    raise UnknownMailKindError(key)


def queue_mail(  # noqa: PLR0913 - all but the kind by name
    key: str,
    *,
    to_email: str,
    to_name: str = "",
    cause: Model,
    occurrence: str = "",
    context: dict[str, Any] | None = None,
    by: User | None = None,
    reply_to: str = "",
    headers: dict[str, str] | None = None,
) -> Message:
    """Write one mail for one cause and recipient; asked again, return the one there is.

    `occurrence` tells apart mails with the same cause (a reminder's day, a link's id). Text and HTML come from
    `templates/emails/<app>/<name>.txt` and `.html`; they get `context`, `school` and `site_url`.
    """
    kind = mail_kind(key)
    school = current_school()
    app, name = key.split(".", 1)
    context = {"school": school, "site_url": settings.SITE_URL, "to_name": to_name, **(context or {})}
    subject, _, text = render_to_string(f"emails/{app}/{name}.txt", context).strip().partition("\n")
    html = render_to_string(f"emails/{app}/{name}.html", context)
    dedupe_key = ":".join([key, str(cause._meta.label_lower), str(cause.pk), to_email.lower(), occurrence])
    message, created = Message.objects.get_or_create(
        dedupe_key=dedupe_key[:200],
        defaults={
            "kind": key,
            "stream": kind.stream,
            "to_email": to_email,
            "to_name": to_name,
            "from_email": sealing.sender_of(school),
            "reply_to": reply_to or school.reply_to_email,
            "subject": " ".join(subject.split())[:300],
            "preview": LINK.sub("…", text.strip()),
            "body": sealing.seal({"text": text.strip(), "html": html}),
            "headers": headers or {},
            "message_id": sealing.new_message_id(),
            "cause_model": cause._meta.label_lower,
            "cause_id": cause.pk,
            "created_by": by,
        },
    )
    if created:
        wake("mailing.send", message.pk)
    return message
