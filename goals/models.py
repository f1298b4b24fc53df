"""What the school teaches, and what it wants to reach in a year."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.enums import (
    CYCLE_TRANSITIONS,
    GOAL_TRANSITIONS,
    OVER,
    Category,
    CycleStatus,
    Direction,
    GoalStatus,
    MeasureSource,
    Priority,
    Unit,
)
from goals.isced import DETAILED, name_of
from roadmap.lifecycle import Transitions
from roadmap.search import Fold
from roadmap.slots import Words

LOWEST_EQF, HIGHEST_EQF = 1, 8


def validate_field_code(code: str) -> None:
    if code not in DETAILED:
        raise ValidationError(
            _("“%(code)s” is not a field of ISCED-F 2013. An example is “0713”, electricity and energy."),
            params={"code": code},
        )


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Programme(Stamped):
    """A course of training that leads to a qualification."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=120)
    isced_f = models.CharField(_("field of education"), max_length=4, validators=[validate_field_code])
    eqf = models.PositiveSmallIntegerField(
        _("EQF level"), validators=[MinValueValidator(LOWEST_EQF), MaxValueValidator(HIGHEST_EQF)]
    )
    workplace_hours = models.PositiveIntegerField(
        _("hours in a firm"), default=0, validators=[MaxValueValidator(10_000)]
    )
    places_needed = models.PositiveIntegerField(
        _("places needed this year"), default=0, validators=[MaxValueValidator(100_000)]
    )
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("head")
    )
    is_active = models.BooleanField(_("offered at present"), default=True)
    search_text = models.GeneratedField(
        expression=Fold("code", "title"), output_field=models.TextField(), db_persist=True
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(eqf__gte=LOWEST_EQF, eqf__lte=HIGHEST_EQF), name="goals_programme_eqf_level"
            ),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders.
            models.Index(fields=["title", "id"], name="goals_programmes_by_title"),
            models.Index(fields=["places_needed", "id"], name="goals_programmes_by_need"),
            models.Index(fields=["eqf", "id"], name="goals_programmes_by_level"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("goals:programme", args=[self.pk])

    @property
    def field_name(self) -> Words:
        return name_of(self.isced_f)


class PlanningCycleQuerySet(models.QuerySet["PlanningCycle"]):
    def binding(self) -> Self:
        """Agreed and not over: no two of them share a day."""
        return self.filter(status__in=[CycleStatus.AGREED, CycleStatus.RUNNING])

    def running(self) -> Self:
        return self.filter(status=CycleStatus.RUNNING)

    def overlapping(self, starts_on: dt.date, ends_on: dt.date) -> Self:
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)


class PlanningCycle(Stamped):
    """A year for which goals are agreed. `goals.services` keep agreed and running ones from sharing days."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    narrative = models.TextField(_("what the year is about"), max_length=2000, blank=True)
    status = models.CharField(_("state"), max_length=8, choices=CycleStatus, default=CycleStatus.DRAFT)
    agreed_on = models.DateField(_("agreed on"), null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = PlanningCycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("planning cycle")
        verbose_name_plural = _("planning cycles")
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="goals_cycle_ends_after_start"),
            # Today, the tile and the board ask for the one that runs.
            models.UniqueConstraint(
                fields=["status"], condition=Q(status=CycleStatus.RUNNING), name="goals_one_cycle_runs"
            ),
            models.CheckConstraint(
                condition=Q(status=CycleStatus.DRAFT) | Q(agreed_on__isnull=False), name="goals_cycle_agreed_has_day"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-starts_on", "-id"], name="goals_cycles_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('goals:board')}?cycle={self.pk}"

    @property
    def transitions(self) -> Transitions:
        return CYCLE_TRANSITIONS

    @property
    def is_draft(self) -> bool:
        return self.status == CycleStatus.DRAFT

    @property
    def is_running(self) -> bool:
        return self.status == CycleStatus.RUNNING


class GoalQuerySet(models.QuerySet["Goal"]):
    def kept(self) -> Self:
        return self.exclude(status=GoalStatus.DROPPED)

    def agreed(self) -> Self:
        """Agreed by the director and not dropped, whatever became of them."""
        return self.kept().exclude(status=GoalStatus.DRAFT)

    def serving(self, programme: Programme) -> Self:
        """Goals that name a programme, and those of the year that runs which name none: they serve all."""
        serves_all = Q(programmes=None, cycle__status=CycleStatus.RUNNING)
        return self.kept().filter(Q(programmes=programme) | serves_all)

    def unfinished(self) -> Self:
        return self.exclude(status__in=OVER)

    def in_order(self) -> Self:
        """The most important first."""
        return self.order_by("priority", "id")


class Goal(Stamped):
    """Something the school wants to reach by a day. Its first measure decides; further ones explain."""

    cycle = models.ForeignKey(PlanningCycle, models.PROTECT, related_name="goals", verbose_name=_("year"))
    title = models.CharField(_("goal"), max_length=120)
    why = models.CharField(_("why"), max_length=300, blank=True)
    category = models.CharField(_("kind"), max_length=20, choices=Category)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.SECOND)
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("by"))
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="goals", verbose_name=_("programmes it serves")
    )
    status = models.CharField(_("state"), max_length=16, choices=GoalStatus, default=GoalStatus.DRAFT)
    agreed_on = models.DateField(_("agreed on"), null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    closed_on = models.DateField(null=True, editable=False)
    close_note = models.CharField(max_length=500, blank=True, editable=False)
    search_text = models.GeneratedField(
        expression=Fold("title", "why"), output_field=models.TextField(), db_persist=True
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gt=F("starts_on")), name="goals_goal_due_after_start"),
            models.CheckConstraint(condition=Q(priority__gte=1, priority__lte=3), name="goals_goal_priority"),
            models.CheckConstraint(
                condition=~Q(status=GoalStatus.DROPPED) | ~Q(close_note=""), name="goals_dropped_has_reason"
            ),
        ]
        indexes: ClassVar = [
            # The board, the tile and Today: a cycle's goals, the most important first.
            models.Index(fields=["cycle", "priority", "id"], name="goals_of_cycle"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("goals:detail", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return GOAL_TRANSITIONS

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def is_agreed(self) -> bool:
        return self.agreed_on is not None


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
