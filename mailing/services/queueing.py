"""Writing mails into the outbox, in the transaction of their cause."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import BadHeaderError
from django.db.models import Model
from django.template.loader import render_to_string

from accounts.models import User
from accounts.services import current_school
from jobs.queue import wake
from mailing import sealing
from mailing.enums import UNSUBSCRIBABLE, urgency_of
from mailing.mime import unsubscribe_url
from mailing.models import Message, hash_address
from mailing.slots import MailKind
from roadmap import registry
from roadmap.slots import Words
from ui.models import StoredFile

LINK = re.compile(r"https?://\S+")
LONGEST_KEY = 200


class UnknownMailKindError(LookupError):
    """No stage declares this kind of mail."""


def mail_kind(key: str) -> MailKind:
    for kind in registry.of(MailKind):
        if kind.key == key:
            return kind
    raise UnknownMailKindError(key)


def label_of(key: str) -> Words:
    """Return what a kind of mail is called; a kind that no stage declares any more keeps its key."""
    return next((kind.label for kind in registry.of(MailKind) if kind.key == key), key)


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
    attachments: Sequence[StoredFile] = (),
) -> Message:
    """Write one mail for one cause and recipient; asked again, return the one there is.

    `occurrence` tells apart mails with the same cause (a reminder's day, a link's id). Text and HTML come from
    `templates/emails/<app>/<name>.txt` and `.html`; they get `context`, `school`, `site_url`, `to_name` and, on streams
    that may be ended, `unsubscribe_url`. Raises BadHeaderError for a line break in a header given by code; an address
    that is none shows up in the outbox as not delivered.
    """
    kind = mail_kind(key)
    subject, text, html = _written(kind, to_email, {"to_name": to_name, **(context or {})})
    row = {
        "kind": key,
        "to_email": to_email,
        "to_name": to_name,
        "reply_to": reply_to,
        "subject": subject,
        "headers": headers or {},
        "cause_model": cause._meta.label_lower,
        "cause_id": cause.pk,
        "created_by": by,
    }
    body = {"text": text, "html": html, "attachments": [_named(file) for file in attachments]}
    return enqueue(
        dedupe_key=_dedupe_key(key, cause._meta.label_lower, str(cause.pk), hash_address(to_email)[:24], occurrence),
        stream=kind.stream,
        body=body,
        row=row,
    )


def enqueue(*, dedupe_key: str, stream: str, body: dict[str, Any], row: dict[str, Any]) -> Message:
    """Write a row of the outbox unless there is one of this key, and hurry the worker on."""
    school = current_school()
    defaults = row | {
        "stream": stream,
        "urgency": urgency_of(stream),
        "to_email": row["to_email"].strip()[:254],
        "to_name": one_line(row["to_name"])[:200],
        "from_email": row.get("from_email") or sealing.sender_of(school),
        "reply_to": row["reply_to"] or school.reply_to_email,
        "subject": one_line(row["subject"])[:300],
        "preview": row.get("preview", LINK.sub("…", body["text"])),
        "body": sealing.seal(body),
        "message_id": sealing.new_message_id(),
    }
    refuse_line_breaks(defaults["reply_to"], defaults["from_email"], *defaults["headers"].values())
    message, created = Message.objects.get_or_create(dedupe_key=dedupe_key, defaults=defaults)
    if created:
        wake("mailing.send", message.pk)
    return message


def one_line(text: str) -> str:
    """Return text without anything that could start a new line or hide in one."""
    return " ".join("".join(" " if breaks_line(letter) else letter for letter in text).split())


def breaks_line(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Zl", "Zp"}


def refuse_line_breaks(*values: str) -> None:
    for value in values:
        if any(map(breaks_line, value)):
            raise BadHeaderError(f"A header cannot hold {value!r}")


def _written(kind: MailKind, to_email: str, context: dict[str, Any]) -> tuple[str, str, str]:
    """Return subject, text and HTML."""
    app, name = kind.key.split(".", 1)
    context = {"school": current_school(), "site_url": settings.SITE_URL, **context}
    if kind.stream in UNSUBSCRIBABLE:
        context["unsubscribe_url"] = unsubscribe_url(to_email, kind.stream)
    written = render_to_string(f"emails/{app}/{name}.txt", context).replace("\x00", "").strip()
    subject, _, text = written.partition("\n")
    html = render_to_string(f"emails/{app}/{name}.html", {**context, "subject": one_line(subject)})
    return subject, text.strip(), html


def _named(file: StoredFile) -> dict[str, str]:
    refuse_line_breaks(file.original_name, file.content_type)
    return {
        "path": str(file.file.name),
        "name": file.original_name,
        "type": file.content_type,
        "sha256": file.sha256,
    }


def _dedupe_key(*parts: str) -> str:
    key = ":".join(parts)
    if len(key) <= LONGEST_KEY:
        return key
    return f"{parts[0]}:{hashlib.sha256(key.encode()).hexdigest()}"
