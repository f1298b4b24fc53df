"""Value sheets: written, shown to a director, approved, brought into use, replaced by the next version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import can_approve, can_edit
from accounts.services import current_school
from propositions.enums import OPEN_STATES, PropositionStatus
from propositions.models import MOST_BENEFITS, Benefit, Proposition, Strength, months_after
from propositions.rules import can_write
from propositions.sheets import arguments_of
from roadmap.lifecycle import move
from ui.conflicts import rewrite

REVIEW_AFTER_MONTHS = 12
COPIED = ("segment_id", "programme_id", "offer_id", "headline", "promise", "owner_id")
COPIED_BENEFIT = (
    "order",
    "statement",
    "detail",
    "kind",
    "proof",
    "proof_source",
    "proof_as_of",
    "testimonial_id",
)


class FrozenError(Exception):
    """The words wait for a decision, are approved or in use: they no longer change."""


class NothingToShowError(Exception):
    """Not one benefit could leave the school: each lacks a checked strength or a proof."""


class TooManyBenefitsError(Exception):
    """A page holds no more."""


class NextEditionExistsError(Exception):
    """The next version is being written already; `edition` is it."""

    def __init__(self, edition: Proposition) -> None:
        super().__init__(edition.pk)
        self.edition = edition


def _locked(sheet: Proposition) -> Proposition:
    return Proposition.objects.select_for_update(of=("self",)).get(pk=sheet.pk)


def _to_write(sheet: Proposition, by: User) -> Proposition:
    if not can_edit(by):
        raise PermissionDenied
    sheet = _locked(sheet)
    if not can_write(by, sheet):
        raise FrozenError
    return sheet


@transaction.atomic
def write_sheet(*, changes: Mapping[str, Any], by: User) -> Proposition:
    """Begin a value sheet."""
    if not can_edit(by):
        raise PermissionDenied
    return Proposition.objects.create(**{"owner": by, **changes}, created_by=by)


@transaction.atomic
def change_sheet(*, sheet: Proposition, changes: Mapping[str, Any], opened: int, by: User) -> Proposition:
    """Write what a form says. `opened` is the version of the row it showed. Raises FrozenError, StaleRecordError."""
    sheet = _to_write(sheet, by)
    sheet.save(update_fields=rewrite(sheet, changes, opened=opened, by=by))
    return sheet


@transaction.atomic
def add_benefit(*, sheet: Proposition, changes: Mapping[str, Any], strengths: list[Strength], by: User) -> Benefit:
    """Add what a firm gains, at the end. Raises FrozenError, TooManyBenefitsError."""
    sheet = _to_write(sheet, by)
    others = list(sheet.benefits.values_list("order", flat=True))
    if len(others) >= MOST_BENEFITS:
        raise TooManyBenefitsError
    last = max(others, default=0) + 1
    benefit = Benefit.objects.create(proposition=sheet, **{**changes, "order": changes.get("order") or last})
    benefit.strengths.set(strengths)
    return benefit


@transaction.atomic
def change_benefit(*, benefit: Benefit, changes: Mapping[str, Any], strengths: list[Strength], by: User) -> Benefit:
    """Raises FrozenError."""
    _to_write(benefit.proposition, by)
    benefit = Benefit.objects.select_for_update(of=("self",)).get(pk=benefit.pk)
    for name, value in changes.items():
        setattr(benefit, name, value)
    benefit.save(update_fields=list(changes))
    benefit.strengths.set(strengths)
    return benefit


@transaction.atomic
def remove_benefit(*, benefit: Benefit, by: User) -> None:
    """Raises FrozenError."""
    _to_write(benefit.proposition, by)
    benefit.delete()


def _moved(sheet: Proposition, to: PropositionStatus, **fields: Any) -> Proposition:
    move(sheet, to=to)
    for name, value in fields.items():
        setattr(sheet, name, value)
    sheet.status_since = timezone.now()
    sheet.save(update_fields=["status", "status_since", "updated_at", *fields])
    return sheet


@transaction.atomic
def ask_for_approval(*, sheet: Proposition, by: User) -> Proposition:
    """Freeze the words and let a director decide. Raises NothingToShowError."""
    if not can_edit(by):
        raise PermissionDenied
    sheet = _locked(sheet)
    if not any(argument.is_shown for argument in arguments_of(sheet, on=current_school().today())):
        raise NothingToShowError
    return _moved(sheet, PropositionStatus.IN_REVIEW)


@transaction.atomic
def send_back(*, sheet: Proposition, by: User) -> Proposition:
    """Make it a draft again: taken back by whoever writes, or returned by a director."""
    if not (can_edit(by) or can_approve(by)):
        raise PermissionDenied
    sheet = _locked(sheet)
    return _moved(sheet, PropositionStatus.DRAFT, approved_by=None, approved_on=None)


@transaction.atomic
def approve_sheet(*, sheet: Proposition, by: User) -> Proposition:
    """A director stands behind these words; whoever wrote them brings them into use."""
    if not can_approve(by):
        raise PermissionDenied
    sheet = _locked(sheet)
    return _moved(sheet, PropositionStatus.APPROVED, approved_by=by, approved_on=current_school().today())


@transaction.atomic
def publish_sheet(*, sheet: Proposition, by: User) -> Proposition:
    """Bring an approved sheet into use and put away the version it replaces."""
    if not (can_edit(by) or can_approve(by)):
        raise PermissionDenied
    sheet = _locked(sheet)
    today = current_school().today()
    review_by = sheet.review_by if sheet.review_by and sheet.review_by > today else _next_review(today)
    published = _moved(sheet, PropositionStatus.PUBLISHED, review_by=review_by)
    rows = Proposition.objects.select_for_update(of=("self",))
    former = rows.filter(pk=sheet.supersedes_id).first() if sheet.supersedes_id else None
    if former and former.status == PropositionStatus.PUBLISHED:
        _moved(former, PropositionStatus.RETIRED)
    return published


def _next_review(today: dt.date) -> dt.date:
    return months_after(today, REVIEW_AFTER_MONTHS)


@transaction.atomic
def retire_sheet(*, sheet: Proposition, by: User) -> Proposition:
    """Put away a sheet that is in use, or a draft that will not be."""
    if not can_edit(by):
        raise PermissionDenied
    sheet = _locked(sheet)
    return _moved(sheet, PropositionStatus.RETIRED)


@transaction.atomic
def begin_next_edition(*, sheet: Proposition, by: User) -> Proposition:
    """Copy what is in use, or was, into a draft of the next version. Raises NextEditionExistsError."""
    if not can_edit(by):
        raise PermissionDenied
    sheet = _locked(sheet)
    if sheet.status not in {PropositionStatus.PUBLISHED, PropositionStatus.RETIRED}:
        raise FrozenError
    begun = sheet.successors.filter(status__in=[*OPEN_STATES, PropositionStatus.PUBLISHED]).first()
    if begun:
        raise NextEditionExistsError(begun)
    fields = {name: getattr(sheet, name) for name in COPIED}
    draft = Proposition.objects.create(**fields, edition=sheet.edition + 1, supersedes=sheet, created_by=by)
    for benefit in sheet.benefits.prefetch_related("strengths"):
        copy = Benefit.objects.create(proposition=draft, **{name: getattr(benefit, name) for name in COPIED_BENEFIT})
        copy.strengths.set(benefit.strengths.all())
    return draft
