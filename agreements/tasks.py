"""Doors for the worker."""

from celery import shared_task

from accounts.services import current_school
from agreements.services import activate_due, expire_due, make_document, make_waiting_documents


@shared_task(name="agreements.seal")
def seal(pk: int) -> None:
    make_document(pk=pk)


@shared_task(name="agreements.sweep")
def sweep() -> None:
    today = current_school().today()
    make_waiting_documents()
    activate_due(today=today)
    expire_due(today=today)
