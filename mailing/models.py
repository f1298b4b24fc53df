"""What leaves by mail: an outbox of rows, who must not be written to, and the shape of emailed links."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mailing.enums import MESSAGE_TRANSITIONS, TROUBLED_STATES, LinkState, MessageStatus, Stream, Urgency
from roadmap.lifecycle import Transitions


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: dt.datetime) -> Self:
        """What may leave now, in the order in which it should."""
        return self.filter(status=MessageStatus.QUEUED, not_before__lte=now).order_by("urgency", "not_before", "id")

    def lost(self) -> Self:
        """What a worker took and never brought to an end, by the database's clock."""
        return self.filter(status=MessageStatus.SENDING, lease_until__lt=Now()).order_by("lease_until")

    def troubled(self) -> Self:
        """What waits for a person, newest first."""
        return self.filter(status__in=TROUBLED_STATES).order_by("-created_at", "-id")


class Message(models.Model):
    """A mail to one recipient, written in the transaction of its cause.

    `dedupe_key` names cause and recipient: a second mail for the same cause cannot be written. `body` is kept
    encrypted and emptied at a final state; `preview` is what colleagues may read, without links' secrets.
    `attempts` also tells the tries apart, so that a worker thought dead cannot write over its successor.
    """

    kind = models.CharField(max_length=60)
    stream = models.CharField(max_length=16, choices=Stream)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.NOW)
    dedupe_key = models.CharField(max_length=200, unique=True)
    status = models.CharField(_("state"), max_length=16, choices=MessageStatus, default=MessageStatus.QUEUED)
    to_email = models.CharField(_("to"), max_length=254)
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
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_since = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    server_reply = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # The sweep: what may leave now, in order.
            models.Index(
                fields=["urgency", "not_before", "id"],
                name="mailing_to_send",
                condition=models.Q(status=MessageStatus.QUEUED),
            ),
            # The sweep: what a dead worker holds.
            models.Index(
                fields=["lease_until"],
                name="mailing_in_hand",
                condition=models.Q(status=MessageStatus.SENDING),
            ),
            # The outbox page, newest first, by state.
            models.Index(fields=["status", "-created_at", "-id"], name="mailing_outbox"),
            models.Index(fields=["-created_at", "-id"], name="mailing_outbox_all"),
            # The outbox page, by address.
            models.Index(Upper("to_email"), models.F("created_at").desc(), name="mailing_outbox_to"),
            # What became of the mails about a thing.
            models.Index(fields=["cause_model", "cause_id"], name="mailing_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("mailing:detail", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return MESSAGE_TRANSITIONS

    @property
    def is_troubled(self) -> bool:
        return self.status in TROUBLED_STATES

    @property
    def is_held_up(self) -> bool:
        """Whether it waits for another try after one that failed."""
        return self.status == MessageStatus.QUEUED and self.attempts > 0

    @property
    def has_text(self) -> bool:
        """Whether its text is still there to be sent."""
        return bool(self.body)


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
