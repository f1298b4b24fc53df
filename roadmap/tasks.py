"""The clock's doors onto the services."""

from celery import shared_task
from django.utils import timezone

from roadmap import services


@shared_task(name="roadmap.take_readings")
def take_readings() -> None:
    services.take_readings(now=timezone.now())
