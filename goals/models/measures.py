"""How one sees whether a goal is reached, and what was changed on the way."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.enums import Direction, MeasureSource, Unit
from goals.models.goals import Goal


class Measure(models.Model):
    """How one sees whether a goal is reached: a metric that Tandem counts, or a figure noted by hand."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="measures")
    order = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(_("what is measured"), max_length=120)
    source = models.CharField(_("where the figure comes from"), max_length=8, choices=MeasureSource)
    metric_key = models.CharField(_("figure"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit, default=Unit.COUNT)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.INCREASE)
    baseline = models.DecimalField(_("start"), max_digits=14, decimal_places=2)
    baseline_on = models.DateField(_("start as of"))
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    target_on = models.DateField(_("to be reached by"))
    tolerance = models.DecimalField(
        _("may differ by"), max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    # What the figure was when the goal was closed: from then on it stands still.
    final_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, editable=False)
    final_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(source=MeasureSource.LIVE) & ~Q(metric_key="")
                | Q(source=MeasureSource.MANUAL, metric_key=""),
                name="goals_live_names_metric",
            ),
            # Progress divides by target less baseline; a goal that keeps a figure where it is has nothing to divide.
            models.CheckConstraint(
                condition=Q(direction=Direction.INCREASE, target__gt=F("baseline"))
                | Q(direction=Direction.DECREASE, target__lt=F("baseline"))
                | Q(direction=Direction.MAINTAIN, target=F("baseline")),
                name="goals_target_lies_ahead",
            ),
            models.CheckConstraint(condition=Q(tolerance__gte=0), name="goals_tolerance_not_negative"),
            models.UniqueConstraint(fields=["goal", "order"], name="goals_measure_order"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_live(self) -> bool:
        return self.source == MeasureSource.LIVE


class ManualReading(models.Model):
    """What a figure was on a day, as somebody noted it; `n` is how many people or things stand behind it."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="readings")
    on = models.DateField(_("as of"))
    value = models.DecimalField(_("figure"), max_digits=14, decimal_places=2)
    n = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    note = models.CharField(_("where it comes from"), max_length=200, blank=True)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering: ClassVar = ["-on"]
        constraints: ClassVar = [
            # A second note for the same day corrects the first.
            models.UniqueConstraint(fields=["measure", "on"], name="goals_reading_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"


class TargetChange(models.Model):
    """What a target was before it was changed after the goal had been agreed; never altered."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    was = models.DecimalField(max_digits=14, decimal_places=2)
    became = models.DecimalField(max_digits=14, decimal_places=2)
    was_due_on = models.DateField()
    became_due_on = models.DateField()
    reason = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("target change")
        verbose_name_plural = _("target changes")
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="goals_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
