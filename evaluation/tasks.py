"""Doors for the worker."""

from celery import shared_task

from accounts.services import current_school
from evaluation.models import Wave
from evaluation.services import close_ended_waves, send_invitations
from evaluation.services.sending import waves_with_mails_owed


@shared_task(name="evaluation.send_invitations")
def send_invitations_of(wave_id: int) -> None:
    send_invitations(wave=Wave.objects.get(pk=wave_id))


@shared_task(name="evaluation.sweep")
def sweep() -> None:
    """Find what the queue forgot: mails that open waves owe, and waves that are over."""
    close_ended_waves(today=current_school().today())
    for wave in waves_with_mails_owed():
        send_invitations(wave=wave)
