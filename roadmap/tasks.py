"""The clock's doors onto the services."""

from celery import shared_task
from django.utils import timezone

from accounts.services import current_school
from roadmap import services


@shared_task(name="roadmap.take_readings")
def take_readings() -> None:
    services.take_readings(now=timezone.now())


@shared_task(name="roadmap.thin_readings")
def thin_readings() -> None:
    services.thin_readings(today=current_school().today())
