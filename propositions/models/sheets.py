"""Kinds of firms, and why each should say yes."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.models import Programme
from propositions.enums import (
    OPEN_STATES,
    PROPOSITION_TRANSITIONS,
    BenefitKind,
    PropositionStatus,
)
from propositions.models.inventory import OfferType, Strength
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

PROOF_LASTS_MONTHS = 12
MOST_BENEFITS = 8


class Segment(Stamped):
    """A kind of firm that hears the same promise: a stored, checked filter of the list of partners."""

    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("who decides there, and what sets them apart"), max_length=300, blank=True)
    pains = models.TextField(_("what worries them"), max_length=1500, blank=True)
    query = models.CharField(_("filter"), max_length=2000, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=Q(archived_at=None), name="propositions_segment_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("propositions:segment", args=[self.pk])


class PropositionQuerySet(models.QuerySet["Proposition"]):
    def published(self) -> Self:
        return self.filter(status=PropositionStatus.PUBLISHED)

    def current(self) -> Self:
        """Everything that is not put away."""
        return self.exclude(status=PropositionStatus.RETIRED)

    def waiting(self) -> Self:
        return self.filter(status=PropositionStatus.IN_REVIEW)

    def to_review(self, on: dt.date) -> Self:
        return self.published().filter(review_by__lt=on)


class Proposition(Stamped):
    """A value sheet: why one kind of firm should say yes. Each row is one edition; what is in use is frozen.

    `supersedes` is the edition that this one replaces once it comes into use.
    """

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="propositions", verbose_name=_("who it is for"))
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="propositions",
        verbose_name=_("programme"),
    )
    offer = models.ForeignKey(
        OfferType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what to start with"),
    )
    headline = models.CharField(_("headline"), max_length=90)
    promise = models.TextField(_("promise"), max_length=500, blank=True)
    edition = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    supersedes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="successors"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    status = models.CharField(
        _("state"), max_length=12, choices=PropositionStatus, default=PropositionStatus.DRAFT, editable=False
    )
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    approved_on = models.DateField(null=True, editable=False)
    review_by = models.DateField(_("look at it again by"), null=True, blank=True)

    search_text = models.GeneratedField(
        expression=Fold("headline", "promise"), output_field=models.TextField(), db_persist=True
    )

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("value sheet")
        verbose_name_plural = _("value sheets")
        constraints: ClassVar = [
            # One next edition at a time.
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(status__in=OPEN_STATES, supersedes__isnull=False),
                name="propositions_one_next_edition",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[PropositionStatus.APPROVED, PropositionStatus.PUBLISHED])
                | Q(approved_on__isnull=False),
                name="propositions_used_is_approved",
            ),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders; Today: what waits for approval.
            models.Index(fields=["headline", "id"], name="propositions_by_headline"),
            models.Index(fields=["status_since", "id"], name="propositions_by_move"),
            models.Index(fields=["status", "status_since"], name="propositions_by_status"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("propositions:sheet", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return PROPOSITION_TRANSITIONS


class Benefit(models.Model):
    """What a firm gains, the strengths behind it, and its proof: a fact with source and date, or somebody's words."""

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="benefits")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    statement = models.CharField(_("what they gain"), max_length=120)
    detail = models.CharField(_("in a sentence or two"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=BenefitKind, default=BenefitKind.TALENT)
    strengths = models.ManyToManyField(
        Strength, blank=True, related_name="benefits", verbose_name=_("strengths behind it")
    )
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    proof_source = models.CharField(_("where it comes from"), max_length=120, blank=True)
    proof_as_of = models.DateField(_("as of"), null=True, blank=True)
    testimonial = models.ForeignKey(
        "Testimonial",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="benefits",
        verbose_name=_("or in somebody’s words"),
    )

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.statement


auditlog.register(Proposition, exclude_fields=["updated_at", "version", "status_since", "search_text"])
