"""Doors for the worker."""

from celery import shared_task

from accounts.services import current_school
from opportunities.services import expire_due


@shared_task(name="opportunities.sweep")
def sweep() -> None:
    expire_due(today=current_school().today())
