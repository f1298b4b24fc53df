"""Doors for workers and beat."""

from celery import shared_task
from django.utils import timezone

from mailing.services.delivery import deliver_due, forget_texts, take_up_lost


@shared_task(name="mailing.send")
def send(pk: int) -> None:
    """Send one mail at once, and what else is due over the same connection."""
    deliver_due(first=pk)


@shared_task(name="mailing.sweep")
def sweep() -> None:
    """Find what the queue forgot and what a dead worker held."""
    take_up_lost()
    deliver_due()


@shared_task(name="mailing.forget_old")
def forget_old() -> None:
    forget_texts(now=timezone.now())
