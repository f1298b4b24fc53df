"""What leaves by mail: an outbox of rows, who must not be written to, and the shape of emailed links."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mailing.enums import MESSAGE_TRANSITIONS, LinkState, MessageStatus, Stream
from roadmap.lifecycle import Transitions

OPEN_STATES = [MessageStatus.QUEUED, MessageStatus.SENDING]


class Message(models.Model):
    """A mail to one recipient, written in the transaction of its cause.

    `dedupe_key` names cause and recipient: a second mail for the same cause cannot be written. `body` is kept
    encrypted and emptied at the final state; `preview` is what colleagues may read, without links' secrets.
    """

    kind = models.CharField(max_length=60)
    stream = models.CharField(max_length=16, choices=Stream)
    dedupe_key = models.CharField(max_length=200, unique=True)
    status = models.CharField(max_length=16, choices=MessageStatus, default=MessageStatus.QUEUED)
    to_email = models.EmailField(_("to"))
    to_name = models.CharField(max_length=200, blank=True)
    from_email = models.CharField(max_length=320)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    preview = models.TextField(blank=True)
    body = models.BinaryField(default=bytes)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=200, unique=True)
    cause_model = models.CharField(max_length=60, blank=True)
    cause_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    server_reply = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            # The sweep: what may leave now.
            models.Index(fields=["not_before", "id"], name="mailing_to_send", condition=models.Q(status=MessageStatus.QUEUED)),
            # The sweep: what a dead worker holds.
            models.Index(fields=["lease_until"], name="mailing_in_hand", condition=models.Q(status=MessageStatus.SENDING)),
            # The outbox page, newest first, by state.
            models.Index(fields=["status", "-created_at", "-id"], name="mailing_outbox"),
            models.Index(fields=["-created_at", "-id"], name="mailing_outbox_all"),
            models.Index(fields=["cause_model", "cause_id"], name="mailing_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_email}: {self.status}"

    @property
    def transitions(self) -> Transitions:
        return MESSAGE_TRANSITIONS


class Suppression(models.Model):
    """An address that must not be written to on a stream. Only its hash is kept; it outlives the person's record."""

    address_hash = models.CharField(max_length=64)
    stream = models.CharField(max_length=16, choices=Stream)
    reason = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address_hash", "stream"], name="mailing_suppression_once")
        ]

    def __str__(self) -> str:
        return f"{self.stream}: {self.reason}"


class EmailedLinkQuerySet(models.QuerySet):
    def by_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_token(token))


class EmailedLink(models.Model):
    """A secret link to one page for one person. Only the SHA-256 of its 256-bit token is kept.

    Each purpose is its own table in the app that owns it, so that a token opens nothing else. Opening never acts;
    `first_opened_at` may be a mail scanner's doing and counts for nothing. `url_name` names the page it opens, at
    `/t/<purpose>/<token>/`.
    """

    url_name: ClassVar[str]

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(db_index=True)
    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    first_opened_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    objects = EmailedLinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_live(self, now: dt.datetime) -> bool:
        return self.state(now) == LinkState.LIVE

    def state(self, now: dt.datetime) -> LinkState:
        if self.revoked_at is not None:
            return LinkState.REVOKED
        if self.completed_at is not None:
            return LinkState.USED
        return LinkState.LIVE if now < self.expires_at else LinkState.EXPIRED


def new_token() -> str:
    """Return 256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def hash_address(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()
