"""Long work for a person, as rows that outlive any queue."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.enums import JobState

LEAST_TO_GO_BY = 2  # seconds
OPEN_STATES = [JobState.WAITING, JobState.RUNNING]


class JobQuerySet(models.QuerySet["Job"]):
    def to_be_run(self) -> Self:
        """What waits, and what a worker let go of."""
        is_free = models.Q(lease_until=None) | models.Q(lease_until__lte=Now())
        return self.filter(is_free, state__in=OPEN_STATES)


class Job(models.Model):
    """One piece of long work: who asked, how far it is, what came of it.

    `kind` names a handler (see `jobs.kinds`); `params` is what it was asked with. Nobody takes the row before
    `lease_until`, by the database's clock: while it runs that is the end of its worker's lease, while it waits for
    another try the earliest time of it. `attempts` also tells the runs apart, so that a worker thought dead cannot
    write over its successor.
    """

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    problem = models.TextField(_("what went wrong"), blank=True)
    result = models.JSONField(default=dict)
    result_file = models.FileField(upload_to="jobs/%Y/%m/", blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="jobs")
    requested_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # The sweep: what waits, and what a worker let go of.
            models.Index(
                fields=["lease_until", "id"],
                name="jobs_open",
                condition=models.Q(state__in=OPEN_STATES),
            ),
            # A colleague's list of jobs.
            models.Index(fields=["requested_by", "-id"], name="jobs_of_user"),
            # What may be forgotten.
            models.Index(fields=["finished_at"], name="jobs_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def seconds_left(self, now: dt.datetime) -> int | None:
        """Return a guess from the pace so far; None while there is too little to go by."""
        if not (self.total and self.done and self.started_at) or self.done > self.total:
            return None
        passed = (now - self.started_at).total_seconds()
        return round(passed * (self.total - self.done) / self.done) if passed > LEAST_TO_GO_BY else None

    @property
    def percent(self) -> int | None:
        return min(100, self.done * 100 // self.total) if self.total else None
