"""Kinds of firms: written with a checked filter, put away when no value sheet needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict  # noqa: TID251 - a query string, as saved
from django.utils import timezone

from accounts.models import User
from accounts.rules import can_edit
from propositions.models import Segment
from propositions.segments import checked_query
from ui.conflicts import rewrite


class InUseError(Exception):
    """Value sheets that are not put away are for this segment."""


def _locked(segment: Segment, by: User) -> Segment:
    if not can_edit(by):
        raise PermissionDenied
    return Segment.objects.select_for_update(of=("self",)).get(pk=segment.pk)


@transaction.atomic
def add_segment(*, changes: Mapping[str, Any], query: str, by: User) -> Segment:
    """Keep a kind of firm under a name. Raises FilterError for parameters that make no sense."""
    if not can_edit(by):
        raise PermissionDenied
    return Segment.objects.create(**changes, query=checked_query(QueryDict(query)), created_by=by)


@transaction.atomic
def change_segment(*, segment: Segment, changes: Mapping[str, Any], query: str, opened: int, by: User) -> Segment:
    """Write what a form says. `opened` is the version it showed. Raises FilterError, StaleRecordError."""
    segment = _locked(segment, by)
    saved = rewrite(segment, changes, opened=opened, by=by)
    segment.query = checked_query(QueryDict(query))
    segment.save(update_fields=["query", *saved])
    return segment


@transaction.atomic
def archive_segment(*, segment: Segment, by: User) -> Segment:
    """Put a segment away. Raises InUseError."""
    segment = _locked(segment, by)
    if segment.propositions.current().exists():
        raise InUseError
    segment.archived_at = segment.archived_at or timezone.now()
    segment.save(update_fields=["archived_at"])
    return segment
