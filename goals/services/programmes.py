"""What the school teaches."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from goals.models import Programme
from goals.rules import can_plan
from ui.conflicts import rewrite


@transaction.atomic
def add_programme(*, by: User, **fields: Any) -> Programme:
    if not can_plan(by):
        raise PermissionDenied
    return Programme.objects.create(created_by=by, updated_by=by, **fields)


@transaction.atomic
def change_programme(*, programme: Programme, opened: int, by: User, **fields: Any) -> Programme:
    """Raises StaleRecordError."""
    if not can_plan(by):
        raise PermissionDenied
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    programme.save(update_fields=rewrite(programme, fields, opened=opened, by=by))
    return programme
