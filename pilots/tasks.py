"""Doors for the worker."""

from celery import shared_task

from accounts.services import current_school
from pilots.services import deliver_due, start_due


@shared_task(name="pilots.sweep")
def sweep() -> None:
    today = current_school().today()
    start_due(today=today)
    deliver_due(today=today)
