"""What happened with an organisation: for people to read, and for figures to count."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import NoReverseMatch, reverse

from partnerships.enums import EndedReason, Status
from partnerships.models.contact import Contact
from partnerships.models.organisation import Organisation
from roadmap.search import Fold, matching


class TimelineEventQuerySet(models.QuerySet["TimelineEvent"]):
    def of(self, organisation: Organisation) -> Self:
        """One partner's events, newest first, with what a line shows."""
        shown = ("kind", "at", "title", "body", "url_name", "object_id", "actor__name")
        return self.filter(organisation=organisation).select_related("actor").only(*shown).order_by("-at", "-id")

    def saying(self, words: str) -> Self:
        """Those whose title or text holds every word. Folded as it is read: only ever within one organisation."""
        return matching(self.alias(text=Fold("title", "body")), words, "text")


class TimelineEvent(models.Model):
    """One thing that happened with an organisation. Append-only; erasure and merge alone change it.

    `kind` is declared by a TimelineKind slot; `url_name` and `object_id` lead to what it is about.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="timeline", db_index=False)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    title = models.CharField(max_length=255)
    body = models.TextField(blank=True)
    url_name = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)

    objects = TimelineEventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # A partner's page: newest first, then older by keyset.
            models.Index(fields=["organisation", "-at", "-id"], name="partnerships_timeline"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """The page of what it is about; empty where there is none (any more)."""
        if not self.url_name:
            return ""
        try:
            return reverse(self.url_name, args=[] if self.object_id is None else [self.object_id])
        except NoReverseMatch:
            return ""


class StatusChange(models.Model):
    """That a relationship came to stand somewhere, since when, and why: the stepper and figures over time read these.

    The newest row says the same as the organisation itself; an undone move leaves no row.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="status_changes", db_index=False)
    status = models.CharField(max_length=12, choices=Status)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.TextField(blank=True)
    ended_reason = models.CharField(max_length=16, choices=EndedReason, blank=True)
    revisit_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "at", "id"], name="partnerships_status_changes")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.status}"
