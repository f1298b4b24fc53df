"""What the answers taught, and what is changed because of it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from evaluation.enums import (
    ACTION_TRANSITIONS,
    AHEAD,
    FINDING_TRANSITIONS,
    ActionStatus,
    FindingKind,
    FindingStatus,
)
from evaluation.models.rounds import Response, Wave
from goals.models import Programme
from partnerships.models import Organisation
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

LOWEST, HIGHEST = 1, 4
GRADE = [MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]


class FindingQuerySet(models.QuerySet["Finding"]):
    def to_decide(self) -> Self:
        return self.filter(status=FindingStatus.NEW)


class Finding(Stamped):
    """Something learned that calls for a decision: where it was heard, how much it matters, what it would take.

    `weight` orders what is to be decided: much for little first.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=FindingKind, default=FindingKind.IMPROVEMENT)
    statement = models.CharField(_("what we found"), max_length=200)
    words = models.TextField(
        _("where it was heard"),
        max_length=1000,
        blank=True,
        help_text=_("The figure, the meeting or the words that it rests on."),
    )
    wave = models.ForeignKey(
        Wave, models.SET_NULL, null=True, blank=True, related_name="findings", verbose_name=_("round")
    )
    response = models.ForeignKey(Response, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="findings", verbose_name=_("partner")
    )
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    severity = models.PositiveSmallIntegerField(_("impact, 1 to 4"), default=2, validators=GRADE)
    effort = models.PositiveSmallIntegerField(_("effort, 1 to 4"), default=2, validators=GRADE)
    weight = models.GeneratedField(
        expression=F("severity") * 10 - F("effort"), output_field=models.SmallIntegerField(), db_persist=True
    )
    status = models.CharField(_("status"), max_length=8, choices=FindingStatus, default=FindingStatus.NEW)
    declined_reason = models.CharField(_("why not"), max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    search_text = models.GeneratedField(expression=Fold("statement"), output_field=models.TextField(), db_persist=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes: ClassVar = [
            # The list, by each of its orders, whole and by state.
            models.Index(fields=["weight", "id"], name="evaluation_by_weight"),
            models.Index(fields=["created_at", "id"], name="evaluation_findings_newest"),
            models.Index(fields=["status", "weight", "id"], name="evaluation_findings_state"),
            # The stage's card: what has waited longest.
            models.Index(fields=["created_at"], name="evaluation_to_decide", condition=Q(status=FindingStatus.NEW)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(severity__range=(LOWEST, HIGHEST), effort__range=(LOWEST, HIGHEST)),
                name="evaluation_grades_1_to_4",
            ),
            models.CheckConstraint(
                condition=~Q(status=FindingStatus.DECLINED) | ~Q(declined_reason=""),
                name="evaluation_declined_finding_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("evaluation:finding", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return FINDING_TRANSITIONS

    @property
    def is_quick_win(self) -> bool:
        """Whether it gives much for little."""
        return self.severity > LOWEST + 1 and self.effort < HIGHEST - 1


class ActionQuerySet(models.QuerySet["AdaptationAction"]):
    def overdue(self, today: dt.date) -> Self:
        """Not yet done, though its day has passed."""
        return self.filter(status__in=AHEAD, due_on__lt=today)


class AdaptationAction(Stamped):
    """What the school changes because of what it found, until those who said it have been told."""

    title = models.CharField(_("what we change"), max_length=160)
    change = models.TextField(_("what will be different"), max_length=2000, blank=True)
    expected = models.CharField(
        _("should move"),
        max_length=160,
        blank=True,
        help_text=_("The figure that should move, such as “Preparation, 3.4 to 4.0”."),
    )
    result = models.CharField(_("did move"), max_length=160, blank=True)
    findings = models.ManyToManyField(Finding, related_name="actions", blank=True, verbose_name=_("because"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due on"))
    status = models.CharField(_("status"), max_length=20, choices=ActionStatus, default=ActionStatus.PROPOSED)
    declined_reason = models.CharField(_("why not"), max_length=300, blank=True)
    done_on = models.DateField(null=True, editable=False)
    told_on = models.DateField(_("told them on"), null=True, blank=True)
    untold_reason = models.CharField(_("why nobody was told"), max_length=300, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    search_text = models.GeneratedField(expression=Fold("title"), output_field=models.TextField(), db_persist=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes: ClassVar = [
            # The list, by each of its orders.
            models.Index(fields=["due_on", "id"], name="evaluation_changes_due"),
            models.Index(fields=["created_at", "id"], name="evaluation_changes_newest"),
            # The board's columns, what is late, and what waits for the director.
            models.Index(fields=["status", "due_on", "id"], name="evaluation_changes_state"),
            # What falls due for its owner.
            models.Index(fields=["owner", "status", "due_on"], name="evaluation_changes_owner"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.DECLINED) | ~Q(declined_reason=""),
                name="evaluation_declined_change_says_why",
            ),
            # The loop is closed when those who asked have been told, or somebody says why not.
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.CLOSED) | Q(told_on__isnull=False) | ~Q(untold_reason=""),
                name="evaluation_closed_change_was_told",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluation:change", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return ACTION_TRANSITIONS

    def is_late(self, today: dt.date) -> bool:
        return self.status in AHEAD and self.due_on < today
