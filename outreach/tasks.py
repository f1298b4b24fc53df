"""The clock's door onto the reminders."""

from celery import shared_task
from django.utils import timezone

from outreach import services


@shared_task(name="outreach.send_reminders")
def send_reminders() -> None:
    services.send_reminders(now=timezone.now())


@shared_task(name="outreach.sweep_enquiries")
def sweep_enquiries() -> None:
    services.sweep_enquiries(now=timezone.now())
