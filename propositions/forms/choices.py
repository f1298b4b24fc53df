"""What several forms of stage 3 let one choose."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet

from goals.models import Programme


def offered_programmes(*current: Programme | None) -> QuerySet[Programme]:
    """Programmes on offer, and the one that stands there already."""
    kept = [programme.pk for programme in current if programme]
    return Programme.objects.filter(Q(is_active=True) | Q(pk__in=kept))


def narrow(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field that chooses records choose among these."""
    cast("forms.ModelChoiceField", form.fields[name]).queryset = rows
