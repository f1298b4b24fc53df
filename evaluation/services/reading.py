"""Answers that a colleague has read."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evaluation.models import Response
from evaluation.rules import can_see_names


@transaction.atomic
def mark_read(*, response: Response, by: User) -> None:
    """Take an answer off the list of new ones."""
    if not can_see_names(by):
        raise PermissionDenied
    Response.objects.filter(pk=response.pk, read_at=None).update(read_at=timezone.now(), read_by=by)
