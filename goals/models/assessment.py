"""The half-hour in which a school finds the goals of a year: what was looked at, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.enums import AssessmentStep, Category, Direction, ItemKind
from goals.models.cycles import PlanningCycle
from goals.models.goals import Goal


class Assessment(Stamped):
    """A year’s goals in the making; `reached` is the furthest step that somebody has come to."""

    cycle = models.OneToOneField(PlanningCycle, models.PROTECT, related_name="assessment")
    reached = models.PositiveSmallIntegerField(choices=AssessmentStep, default=AssessmentStep.STRENGTHS)
    finished_at = models.DateTimeField(null=True, editable=False)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self) -> str:
        return self.cycle.name

    def get_absolute_url(self) -> str:
        return reverse("goals:assessment", args=[self.cycle_id])

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class AssessmentItem(models.Model):
    """Something that a goal should answer: ticked out of what is on record, or noted by a colleague.

    What is ticked keeps its words as they were, so that the summary stays true when the record moves on.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12, choices=ItemKind)
    source = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    figure = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=20, choices=Category, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("item of an assessment")
        verbose_name_plural = _("items of assessments")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="goals_item_has_words"),
            # Two colleagues who tick the same record mean the same.
            models.UniqueConstraint(
                fields=["assessment", "source"], condition=~Q(source=""), name="goals_item_ticked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProposedGoal(models.Model):
    """A goal that Tandem suggests for a year, with what people made of it; `goal` is what came of it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="proposed")
    rule = models.CharField(max_length=60)
    is_chosen = models.BooleanField(default=False)
    title = models.CharField(max_length=120)
    why = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=20, choices=Category)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    metric_key = models.CharField(max_length=60)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.INCREASE)
    baseline = models.DecimalField(max_digits=14, decimal_places=2)
    target = models.DecimalField(max_digits=14, decimal_places=2)
    due_on = models.DateField()
    goal = models.OneToOneField(Goal, models.PROTECT, null=True, editable=False, related_name="proposed")

    class Meta:
        verbose_name = _("proposed goal")
        verbose_name_plural = _("proposed goals")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "rule"], name="goals_proposed_once"),
            models.CheckConstraint(
                condition=Q(direction=Direction.INCREASE, target__gt=F("baseline"))
                | Q(direction=Direction.DECREASE, target__lt=F("baseline"))
                | Q(direction=Direction.MAINTAIN, target=F("baseline")),
                name="goals_proposed_target_ahead",
            ),
        ]

    def __str__(self) -> str:
        return self.title
