"""The years for which goals are agreed."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.enums import CYCLE_TRANSITIONS, CycleStatus
from roadmap.lifecycle import Transitions


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
