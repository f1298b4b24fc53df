"""What was learned: written down, accepted, declined, looked at again."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_edit
from evaluation.enums import FindingStatus
from evaluation.models import Finding
from evaluation.rules import can_decide_finding
from partnerships.services import record_event
from roadmap.lifecycle import move
from ui.conflicts import rewrite


class ReasonNeededError(Exception):
    """Whoever says no says why."""


@transaction.atomic
def make_finding(*, fields: Mapping[str, Any], by: User) -> Finding:
    """Write down a finding; the partner's timeline tells of it unless it comes from an answer given in confidence."""
    if not can_edit(by):
        raise PermissionDenied
    finding = Finding.objects.create(**fields, created_by=by)
    if finding.organisation and finding.response is None:
        record_event(
            finding.organisation,
            "evaluation.finding",
            title=_("Finding: %(statement)s") % {"statement": finding.statement},
            body=finding.words,
            actor=by,
            url_name="evaluation:finding",
            object_id=finding.pk,
        )
    return finding


def _locked(finding: Finding) -> Finding:
    return Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)


@transaction.atomic
def change_finding(*, finding: Finding, opened: int, fields: Mapping[str, Any], by: User) -> Finding:
    """Rewrite a finding. Raises StaleRecordError when somebody else saved it meanwhile."""
    if not can_edit(by):
        raise PermissionDenied
    finding = _locked(finding)
    finding.save(update_fields=rewrite(finding, fields, opened=opened, by=by))
    return finding


@transaction.atomic
def accept_finding(*, finding: Finding, by: User) -> Finding:
    """Take it up: something is to change because of it, or it is worth keeping in mind."""
    return _decide(finding, FindingStatus.ACCEPTED, "", by)


@transaction.atomic
def decline_finding(*, finding: Finding, reason: str, by: User) -> Finding:
    if not reason.strip():
        raise ReasonNeededError
    return _decide(finding, FindingStatus.DECLINED, reason, by)


@transaction.atomic
def reopen_finding(*, finding: Finding, by: User) -> Finding:
    """Put it back among those to decide."""
    return _decide(finding, FindingStatus.NEW, "", by)


def _decide(finding: Finding, status: FindingStatus, reason: str, by: User) -> Finding:
    if not can_decide_finding(by):
        raise PermissionDenied
    finding = _locked(finding)
    move(finding, to=status)
    is_open = status == FindingStatus.NEW
    finding.declined_reason = reason
    finding.decided_at, finding.decided_by = (None, None) if is_open else (timezone.now(), by)
    finding.save(update_fields=["status", "declined_reason", "decided_at", "decided_by", "updated_at"])
    return finding
