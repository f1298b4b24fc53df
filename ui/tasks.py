"""What runs by the clock."""

from celery import shared_task
from django.utils import timezone

from ui.services import forget_old


@shared_task(name="ui.forget_old")
def forget_old_rows() -> None:
    forget_old(now=timezone.now())
