"""What a school tries out with a partner: what it wanted to find out, what came of it, and what follows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.models import Programme
from opportunities.models import Proposal
from partnerships.models import Contact, Organisation
from pilots.enums import (
    BEFORE_RUN,
    DECISIONS,
    OPEN,
    OVER,
    PILOT_TRANSITIONS,
    UNDER_WAY,
    Direction,
    Kind,
    PilotStatus,
    Shows,
)
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

DECISION_DAYS = 30
# All that a criterion is judged by.
CRITERION_FIELDS = ("text", "metric", "shows", "direction", "target", "unit", "must_have")
NOT_NEGATIVE = MinValueValidator(0)


class PilotQuerySet(models.QuerySet["Pilot"]):
    def open(self) -> Self:
        """From the first idea until somebody has decided what follows."""
        return self.filter(status__in=OPEN)

    def under_way(self) -> Self:
        """Begun, and not yet decided."""
        return self.filter(status__in=UNDER_WAY)

    def undecided(self) -> Self:
        """Over, and not yet decided."""
        return self.filter(status__in=[PilotStatus.DELIVERED, PilotStatus.EVALUATED])

    def without_feedback(self) -> Self:
        """Over, not yet decided, and nobody has said how it was."""
        return self.undecided().filter(feedback_count=0)

    def late(self, on: dt.date) -> Self:
        """Over for more than 30 days, and still not decided."""
        return self.undecided().filter(ends_on__lt=on - dt.timedelta(days=DECISION_DAYS))

    def to_start(self, on: dt.date) -> Self:
        return self.filter(status=PilotStatus.SCHEDULED, starts_on__lte=on)

    def to_deliver(self, on: dt.date) -> Self:
        return self.filter(status=PilotStatus.RUNNING, ends_on__lt=on)


class Pilot(Stamped):
    """Something small and quick that a school and one organisation try out before they promise more.

    `feedback_count` and `last_feedback_at` are facts, written by `pilots.services.note_feedback`.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="pilots", verbose_name=_("partner"))
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("their person in charge")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    proposal = models.ForeignKey(
        Proposal, models.SET_NULL, null=True, blank=True, editable=False, related_name="pilots"
    )
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="next_rounds"
    )
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=32, choices=Kind, default=Kind.TRIAL_PLACEMENT)
    hypothesis_if = models.CharField(_("if"), max_length=300, blank=True)
    hypothesis_then = models.CharField(_("then"), max_length=300, blank=True)
    hypothesis_because = models.CharField(_("because"), max_length=300, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    students = models.PositiveIntegerField(_("students taking part"), default=0)
    hours_school_planned = models.PositiveIntegerField(_("our hours, planned"), null=True, blank=True)
    hours_school_actual = models.PositiveIntegerField(_("our hours, in fact"), null=True, blank=True)
    hours_business_planned = models.PositiveIntegerField(_("their hours, planned"), null=True, blank=True)
    hours_business_actual = models.PositiveIntegerField(_("their hours, in fact"), null=True, blank=True)
    budget_planned = models.DecimalField(
        _("money, planned"), max_digits=12, decimal_places=2, default=0, validators=[NOT_NEGATIVE]
    )
    budget_actual = models.DecimalField(
        _("money, in fact"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[NOT_NEGATIVE]
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR", editable=False)

    status = models.CharField(_("status"), max_length=12, choices=PilotStatus, default=PilotStatus.IDEA)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    fixed_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decision_reason = models.TextField(_("why"), max_length=2000, blank=True)
    changes = models.TextField(_("what changes"), max_length=2000, blank=True)
    lessons = models.TextField(_("lesson for other pilots"), max_length=2000, blank=True)
    closed_reason = models.TextField(blank=True, editable=False)
    feedback_count = models.PositiveIntegerField(default=0, editable=False)
    last_feedback_at = models.DateTimeField(null=True, editable=False)

    search_text = models.GeneratedField(
        expression=Fold("title", "place"), output_field=models.TextField(), db_persist=True
    )

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pilots_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(status__in=DECISIONS) | Q(decided_at__isnull=False), name="pilots_decided_has_day"
            ),
            # A stop is a good result if others can learn from it.
            models.CheckConstraint(
                condition=~Q(status=PilotStatus.STOPPED) | ~Q(lessons=""), name="pilots_stop_has_lesson"
            ),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders.
            models.Index(fields=["ends_on", "id"], name="pilots_by_end"),
            models.Index(fields=["title", "id"], name="pilots_by_title"),
            models.Index(fields=["status_since", "id"], name="pilots_by_move"),
            # The list by state, the figures, and the sweep for pilots that are over.
            models.Index(fields=["status", "ends_on", "id"], name="pilots_by_status"),
            # A partner's page.
            models.Index(fields=["organisation", "-ends_on"], name="pilots_of_partner"),
            # The sweep: scheduled ones whose first day has come.
            models.Index(fields=["starts_on"], name="pilots_to_start", condition=Q(status=PilotStatus.SCHEDULED)),
            # What falls due for its owner.
            models.Index(fields=["owner", "status", "ends_on"], name="pilots_of_owner"),
            # The Roadmap: the one that has waited longest for feedback.
            models.Index(
                fields=["ends_on", "id"],
                name="pilots_silent",
                condition=Q(status__in=[PilotStatus.DELIVERED, PilotStatus.EVALUATED], feedback_count=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pilots:detail", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return PILOT_TRANSITIONS

    @property
    def is_before_run(self) -> bool:
        return self.status in BEFORE_RUN

    @property
    def is_fixed(self) -> bool:
        """Whether the criteria stand: from the first day on, whatever is changed keeps its old value."""
        return not self.is_before_run

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def decision(self) -> str:
        """What was decided, a status, or nothing."""
        return self.status if self.status in DECISIONS else ""

    @property
    def decide_by(self) -> dt.date:
        return self.ends_on + dt.timedelta(days=DECISION_DAYS)


def figure_words(value: Decimal, unit: str) -> str:
    """Write a criterion's figure without idle zeros, with what it counts."""
    whole = value == value.to_integral_value()
    return f"{number_format(value.quantize(Decimal(1)) if whole else value.normalize())} {unit}".strip()


class SuccessCriterion(models.Model):
    """How one will know whether a pilot worked: a figure, and what it must reach or not exceed."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("criterion"), max_length=160)
    metric = models.CharField(_("how we know"), max_length=120, blank=True)
    shows = models.CharField(_("shows"), max_length=12, choices=Shows, default=Shows.RESULT)
    direction = models.CharField(_("counts if"), max_length=8, choices=Direction, default=Direction.AT_LEAST)
    target = models.DecimalField(_("target"), max_digits=10, decimal_places=2)
    unit = models.CharField(_("of what"), max_length=40, blank=True)
    must_have = models.BooleanField(_("must-have"), default=False)
    actual = models.DecimalField(_("actual"), max_digits=10, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note on the result"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("success criterion")
        verbose_name_plural = _("success criteria")
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_met(self) -> bool | None:
        """Whether the target was reached; None while the result is not known."""
        if self.actual is None:
            return None
        return self.actual >= self.target if self.direction == Direction.AT_LEAST else self.actual <= self.target

    @property
    def target_words(self) -> str:
        """Return the target in words, such as “4 or more”."""
        return f"{figure_words(self.target, self.unit)} {self.get_direction_display()}"

    @property
    def actual_words(self) -> str:
        return "" if self.actual is None else figure_words(self.actual, self.unit)

    @property
    def is_missed(self) -> bool:
        return self.is_met is False

    @property
    def lacks_actual(self) -> bool:
        return self.must_have and self.actual is None


class CriterionChange(models.Model):
    """A criterion that was changed after it had been fixed: what it was, what it became, and why."""

    criterion = models.ForeignKey(SuccessCriterion, models.CASCADE, related_name="amendments")
    was = models.CharField(max_length=400)
    became = models.CharField(max_length=400)
    reason = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
