"""Long work for a person, as rows that outlive any queue."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.enums import JobState


class Job(models.Model):
    """One piece of long work: who asked, how far it is, what came of it.

    `kind` names a handler (see `jobs.kinds`); `params` is what it was asked with. A worker holds the row until
    `lease_until`; a row whose lease ran out is taken again by the sweep.
    """

    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    problem = models.TextField(_("what went wrong"), blank=True)
    result = models.JSONField(default=dict)
    result_file = models.FileField(upload_to="jobs/%Y/%m/", blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="jobs")
    requested_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            # The sweep: what waits, and what a worker let go of.
            models.Index(
                fields=["lease_until", "id"],
                name="jobs_open",
                condition=models.Q(state__in=[JobState.WAITING, JobState.RUNNING]),
            ),
            models.Index(fields=["requested_by", "-id"], name="jobs_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in {JobState.WAITING, JobState.RUNNING}

    @property
    def percent(self) -> int | None:
        return min(100, self.done * 100 // self.total) if self.total else None
