"""What the school wants to reach in a year."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.enums import GOAL_TRANSITIONS, OVER, Category, CycleStatus, GoalStatus, Priority
from goals.models.cycles import PlanningCycle
from goals.models.programmes import Programme
from roadmap.lifecycle import Transitions
from roadmap.search import Fold


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

    def unreached(self) -> Self:
        """Open, or closed short of what was agreed: another year may go on with them."""
        return self.exclude(status__in=[GoalStatus.ACHIEVED, GoalStatus.DROPPED])

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
    # The goal of an earlier year that this one goes on with.
    continues = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="continued_by")
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
            # Taken over twice, by two people or by a second click, it is there once.
            models.UniqueConstraint(fields=["cycle", "continues"], name="goals_continued_once_a_year"),
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
