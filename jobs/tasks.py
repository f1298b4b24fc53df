"""Doors for workers and beat."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from jobs.queue import wake
from jobs.services import due_jobs, forget_old_jobs, run_job


@shared_task(name="jobs.run")
def run(pk: int) -> None:
    run_job(pk=pk)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Find what the queue forgot; without a queue, do it here."""
    for pk in due_jobs():
        if settings.CELERY_BROKER_URL:
            wake("jobs.run", pk)
        else:
            run_job(pk=pk)


@shared_task(name="jobs.forget_old")
def forget_old() -> None:
    forget_old_jobs(now=timezone.now())
