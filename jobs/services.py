"""What happens to long work: it is asked for, run, stopped, forgotten."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.enums import JobState
from jobs.kinds import JobProblemError, Outcome, kind_of, known_kinds
from jobs.models import Job
from jobs.progress import LEASE, LeaseLostError, Progress, StopAskedError
from jobs.queue import wake

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
BEFORE_NEXT_TRY = dt.timedelta(seconds=20)
KEPT_FOR = dt.timedelta(days=30)
SWEPT_AT_ONCE = 20


@transaction.atomic
def request_job(*, kind: str, by: User, params: dict[str, Any] | None = None, title: str = "") -> Job:
    """Ask for long work; `title` heads its progress page, else the kind's label does."""
    declared = kind_of(kind)
    if not declared.allowed(by):
        raise PermissionDenied
    job = Job.objects.create(
        kind=kind, title=(title or str(declared.label))[:200], params=params or {}, requested_by=by
    )
    wake("jobs.run", job.pk)
    return job


@transaction.atomic
def stop_job(*, job: Job, by: User) -> Job:
    """Stop what has not begun at once; what runs stops at its next report."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.requested_by_id != by.pk:
        raise PermissionDenied
    if job.state == JobState.WAITING:
        job.state, job.finished_at = JobState.STOPPED, timezone.now()
    job.stop_asked = job.state in {JobState.RUNNING, JobState.STOPPED}
    job.save(update_fields=["state", "finished_at", "stop_asked"])
    return job


def due_jobs() -> list[int]:
    """Return the oldest jobs that wait, and those whose worker was lost."""
    mine = Job.objects.to_be_run().filter(kind__in=known_kinds())
    return list(mine.order_by("id").values_list("pk", flat=True)[:SWEPT_AT_ONCE])


def run_job(*, pk: int) -> None:
    """Run one job unless somebody else has it; safe to call twice and late."""
    job = _claim(pk)
    if job is None:
        return
    with _let_go_on_failure(job):
        try:
            outcome = kind_of(job.kind).handler(job, Progress(job))
        except StopAskedError:
            _finish(job, JobState.STOPPED)
        except LeaseLostError:
            logger.warning("Job %s went to another worker", job.pk)
        except JobProblemError as problem:
            _finish(job, JobState.FAILED, problem=str(problem))
        else:
            _finish(job, JobState.DONE, outcome=outcome or Outcome())


@transaction.atomic
def _claim(pk: int) -> Job | None:
    """Take the job into this worker's hands; None when it is not to be had, or may not be run."""
    due = Job.objects.to_be_run().filter(pk=pk, kind__in=known_kinds())
    job = due.select_for_update(of=("self",), skip_locked=True).first()
    if job is None:
        return None
    problem = _why_not(job)
    if problem or job.stop_asked:
        job.state = JobState.FAILED if problem else JobState.STOPPED
        job.problem, job.finished_at = problem, timezone.now()
    else:
        job.state, job.started_at = JobState.RUNNING, timezone.now()
        job.lease_until = Now() + LEASE
        job.attempts += 1
    job.save()
    return job if job.state == JobState.RUNNING else None


def _why_not(job: Job) -> str:
    if job.attempts >= MOST_ATTEMPTS:
        return _("It broke off three times; something is wrong on our side. It has been written to the log.")
    if job.requested_by is None or not kind_of(job.kind).allowed(job.requested_by):
        return _("You may no longer do this: your role has changed since you asked for it.")
    return ""


@contextmanager
def _let_go_on_failure(job: Job) -> Iterator[None]:
    """Let an unforeseen error pass to the log, and the job be tried again or given up."""
    is_over = False
    try:
        yield
        is_over = True
    finally:
        if not is_over:
            _let_go(job)


def _let_go(job: Job) -> None:
    mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=JobState.RUNNING)
    if job.attempts < MOST_ATTEMPTS:
        mine.update(state=JobState.WAITING, lease_until=Now() + BEFORE_NEXT_TRY)
    else:
        problem = _("Something went wrong on our side. It has been written to the log.")
        mine.update(state=JobState.FAILED, problem=problem, finished_at=timezone.now())


@transaction.atomic
def _finish(job: Job, state: JobState, *, outcome: Outcome | None = None, problem: str = "") -> None:
    """Write the end of a run, unless another worker has taken it over."""
    held = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if held.attempts != job.attempts or held.state != JobState.RUNNING:
        logger.warning("Job %s ended in another worker", job.pk)
        return
    held.state, held.problem, held.finished_at = state, problem, timezone.now()
    held.done, held.total, held.note = job.done, job.total, job.note
    if outcome:
        held.result = {
            "text": str(outcome.text),
            "url": outcome.url,
            "url_label": str(outcome.url_label),
            "data": dict(outcome.data),
        }
        if outcome.file is not None:
            held.result_name = outcome.file_name[:200]
            held.result_file.save(f"{held.pk}", outcome.file, save=False)
    held.save()


def forget_old_jobs(*, now: dt.datetime) -> int:
    """Drop jobs that ended a month ago, with their files."""
    old = Job.objects.filter(finished_at__lt=now - KEPT_FOR)
    for job in old.exclude(result_file=""):
        job.result_file.delete(save=False)
    return old.delete()[0]
