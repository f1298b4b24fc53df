"""What the school is good at and what it offers: written, checked again, put away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from accounts.rules import can_edit
from goals.models import Programme
from propositions.models import OfferType, Strength
from ui.conflicts import rewrite


def _locked_strength(strength: Strength, by: User) -> Strength:
    if not can_edit(by):
        raise PermissionDenied
    return Strength.objects.select_for_update(of=("self",)).get(pk=strength.pk)


@transaction.atomic
def add_strength(*, changes: Mapping[str, Any], programmes: list[Programme], by: User) -> Strength:
    if not can_edit(by):
        raise PermissionDenied
    strength = Strength(**changes, created_by=by)
    strength.check_by = strength.next_check()
    strength.save()
    strength.programmes.set(programmes)
    return strength


@transaction.atomic
def change_strength(
    *, strength: Strength, changes: Mapping[str, Any], programmes: list[Programme], opened: int, by: User
) -> Strength:
    """Write what a form says. `opened` is the version it showed. Raises StaleRecordError."""
    strength = _locked_strength(strength, by)
    saved = rewrite(strength, changes, opened=opened, by=by)
    strength.check_by = strength.next_check()
    strength.save(update_fields=["check_by", *saved])
    strength.programmes.set(programmes)
    return strength


@transaction.atomic
def check_strength(*, strength: Strength, on: dt.date, by: User) -> Strength:
    """Say that it is still true, as of a day; never sets the day back."""
    strength = _locked_strength(strength, by)
    if strength.verified_on is None or strength.verified_on < on:
        strength.verified_on = on
        strength.check_by = strength.next_check()
        strength.updated_by = by
        strength.version += 1
        strength.save(update_fields=["verified_on", "check_by", "updated_by", "updated_at", "version"])
    return strength


@transaction.atomic
def archive_strength(*, strength: Strength, by: User) -> Strength:
    """Put a strength away: benefits that lean on it leave every output."""
    strength = _locked_strength(strength, by)
    strength.archived_at = strength.archived_at or timezone.now()
    strength.save(update_fields=["archived_at"])
    return strength


@transaction.atomic
def restore_strength(*, strength: Strength, by: User) -> Strength:
    strength = _locked_strength(strength, by)
    strength.archived_at = None
    strength.save(update_fields=["archived_at"])
    return strength


@transaction.atomic
def add_offer(*, changes: Mapping[str, Any], by: User) -> OfferType:
    if not can_edit(by):
        raise PermissionDenied
    return OfferType.objects.create(**changes, key=_free_key(changes["name"]), created_by=by)


def _free_key(name: str) -> str:
    """Return a short name made of the name, with a number where it is taken."""
    stem = slugify(name)[:40] or "offer"
    taken = set(OfferType.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return stem if stem not in taken else next(key for n in range(2, 10_000) if (key := f"{stem}-{n}") not in taken)


@transaction.atomic
def change_offer(*, offer: OfferType, changes: Mapping[str, Any], opened: int, by: User) -> OfferType:
    """Write what a form says; proposals that copied the hours keep theirs. Raises StaleRecordError."""
    if not can_edit(by):
        raise PermissionDenied
    offer = OfferType.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    offer.save(update_fields=rewrite(offer, changes, opened=opened, by=by))
    return offer
