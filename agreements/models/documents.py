"""The documents of an agreement, the links that lead to them, and the proof of what happened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agreements.enums import DocumentKind, DocumentState, EvidenceKind
from agreements.models.agreements import Agreement, Signatory
from mailing.models import EmailedLink
from ui.models import StoredFile


class IssuedDocument(StoredFile):
    """A document as it left: `contents` is all its words and figures, the file what was made of them, once.

    A row in state `waiting` is the order to make it; `agreements.sweep` finds it if the queue forgets.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=8, choices=DocumentKind)
    edition = models.PositiveSmallIntegerField()
    contents = models.JSONField()
    state = models.CharField(max_length=8, choices=DocumentState, default=DocumentState.WAITING)
    pages = models.PositiveSmallIntegerField(null=True)
    problem = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "edition", "kind"], name="agreements_document_once"),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.READY) | ~Q(sha256=""), name="agreements_document_hashed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="agreements_to_make", condition=Q(state=DocumentState.WAITING)),
        ]

    @property
    def is_ready(self) -> bool:
        return self.state == DocumentState.READY


class FirstPage(StoredFile):
    """What page 1 of a stored document looks like; kept apart from it, since a stored document never changes."""

    document = models.OneToOneField(IssuedDocument, models.CASCADE, related_name="first_page")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()


class SigningLink(EmailedLink):
    """Leads one signatory to the page where the agreement is read and signed."""

    url_name: ClassVar = "agreements:sign"

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="links")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["signatory", "-created_at"], name="agreements_links_of")]


class CopyLink(EmailedLink):
    """Leads one signatory to the signed document."""

    url_name: ClassVar = "agreements:copy"

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="copy_links")
    document = models.ForeignKey(IssuedDocument, models.CASCADE, related_name="links")


class EvidenceEntry(models.Model):
    """A line of an agreement's record: never changed, each holding the hash of the line before it."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="evidence")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=EvidenceKind)
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "position"], name="agreements_evidence_position"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"
