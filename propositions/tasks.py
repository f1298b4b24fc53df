"""Doors for the worker."""

from celery import shared_task

from accounts.services import current_school
from propositions.services import close_what_ran_out


@shared_task(name="propositions.sweep")
def sweep() -> None:
    """Close requests that nobody answered in time and consents whose day is over."""
    close_what_ran_out(today=current_school().today())
