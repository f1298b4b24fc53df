"""The words of others, with their consent."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.models import Programme
from mailing.models import EmailedLink
from partnerships.models import Contact, Organisation
from propositions.enums import (
    CONSENTED_STATES,
    TESTIMONIAL_TRANSITIONS,
    Channel,
    NameShown,
    TestimonialStatus,
)
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

LONGEST_QUOTE = 600


class TestimonialQuerySet(models.QuerySet["Testimonial"]):
    def consented(self) -> Self:
        """Those whose subject said yes to at least one place and has not taken it back."""
        return self.filter(status__in=CONSENTED_STATES)

    def unseen_by(self, user: models.Model) -> Self:
        """Answers to this user's requests that nobody has marked as read."""
        return self.filter(created_by=user, answered_at__isnull=False, seen_at=None)

    def to_expire(self, today: dt.date) -> Self:
        return self.filter(status=TestimonialStatus.REQUESTED, answer_by__lt=today)

    def shown_in(self, channel: Channel, on: dt.date) -> Self:
        """Those whose subject agreed to that place, for that day, and which the school has released for it."""
        consents = PublicationConsent.objects.in_force(on).filter(channel=channel, published_at__isnull=False)
        return self.consented().filter(pk__in=consents.values("testimonial"))


class Testimonial(Stamped):
    """What somebody at a firm said about working with the school, and how far it may be shown.

    `quote` is what was asked about and, once answered, what they approved; it never changes after that. `asked_quote`
    keeps what we proposed. `person_name` and `person_role` are as they were when they were asked.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="testimonials", verbose_name=_("partner")
    )
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="testimonials", verbose_name=_("who said it"))
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    quote = models.TextField(_("their words"), max_length=LONGEST_QUOTE)
    asked_quote = models.TextField(max_length=LONGEST_QUOTE, editable=False)
    source = models.CharField(_("where they said it"), max_length=120)
    said_on = models.DateField(_("when"), null=True, blank=True)
    person_name = models.CharField(max_length=200, editable=False)
    person_role = models.CharField(max_length=160, blank=True, editable=False)
    name_shown = models.CharField(max_length=8, choices=NameShown, default=NameShown.NOBODY, editable=False)
    status = models.CharField(
        _("state"), max_length=12, choices=TestimonialStatus, default=TestimonialStatus.REQUESTED, editable=False
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer_by = models.DateField(editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)

    search_text = models.GeneratedField(
        expression=Fold("quote", "person_name", "person_role", "source"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = TestimonialQuerySet.as_manager()

    class Meta:
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")
        indexes: ClassVar = [
            # The list, newest first, whole and by state; the figure of those that may be shown.
            models.Index(fields=["-asked_at", "-id"], name="propositions_quotes_newest"),
            models.Index(fields=["status", "-asked_at", "-id"], name="propositions_quotes_by_state"),
            models.Index(fields=["organisation", "-asked_at"], name="propositions_quotes_of_firm"),
            # The sweep: asked, and the time for an answer is over.
            models.Index(
                fields=["answer_by"],
                name="propositions_quotes_open",
                condition=Q(status=TestimonialStatus.REQUESTED),
            ),
            # Today: answers that whoever asked has not looked at.
            models.Index(
                fields=["created_by", "-answered_at"],
                name="propositions_quotes_unseen",
                condition=Q(answered_at__isnull=False, seen_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.quote

    def get_absolute_url(self) -> str:
        return reverse("propositions:testimonial", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return TESTIMONIAL_TRANSITIONS


class PublicationConsentQuerySet(models.QuerySet["PublicationConsent"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(ended_at=None, until__gte=on)

    def run_out(self, on: dt.date) -> Self:
        return self.filter(ended_at=None, until__lt=on)


class PublicationConsent(models.Model):
    """One person's yes to one place, for as long as their link can take it back. What has ended stays as proof.

    `words` and `shown_as` are exactly what they saw; `published_at` is when the school began to use it there.
    """

    testimonial = models.ForeignKey(Testimonial, models.CASCADE, related_name="consents")
    channel = models.CharField(_("place"), max_length=12, choices=Channel)
    words = models.TextField(max_length=LONGEST_QUOTE)
    shown_as = models.CharField(max_length=600)
    given_at = models.DateTimeField(default=timezone.now)
    until = models.DateField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = PublicationConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["testimonial", "channel"],
                condition=Q(ended_at=None),
                name="propositions_one_consent_a_place",
            ),
        ]
        indexes: ClassVar = [
            # What may be shown in a place; the sweep for what has run out.
            models.Index(fields=["until", "channel"], name="propositions_consents", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.testimonial_id}"


class ConsentLink(EmailedLink):
    """The emailed link with which somebody says where their words may be shown, and takes them down again."""

    url_name = "propositions:consent"

    testimonial = models.ForeignKey(Testimonial, models.CASCADE, related_name="links")


auditlog.register(PublicationConsent)
