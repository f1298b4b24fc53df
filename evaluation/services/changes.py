"""What is changed because of what was found: proposed, agreed to, done, checked, told."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_edit
from accounts.services import current_school
from evaluation.enums import ActionStatus, FindingStatus
from evaluation.models import AdaptationAction, Finding
from evaluation.rules import may_move_change
from evaluation.services.findings import ReasonNeededError
from partnerships.services import record_event
from roadmap.lifecycle import move
from ui.conflicts import rewrite

# What a step asks for, beside the step itself.
ASKED_FOR: Mapping[str, tuple[str, ...]] = {
    ActionStatus.DECLINED: ("declined_reason",),
    ActionStatus.EFFECTIVE: ("result",),
    ActionStatus.NO_EFFECT: ("result",),
    ActionStatus.CLOSED: ("told_on", "untold_reason"),
}


@transaction.atomic
def propose_change(*, fields: Mapping[str, Any], findings: Iterable[Finding], by: User) -> AdaptationAction:
    """Propose a change; findings that nobody had decided on are thereby accepted."""
    if not can_edit(by):
        raise PermissionDenied
    change = AdaptationAction.objects.create(**fields, created_by=by)
    _because(change, findings, by)
    return change


def _because(change: AdaptationAction, findings: Iterable[Finding], by: User) -> None:
    keys = [finding.pk for finding in findings]
    change.findings.set(keys)
    Finding.objects.filter(pk__in=keys, status=FindingStatus.NEW).update(
        status=FindingStatus.ACCEPTED, decided_at=timezone.now(), decided_by=by
    )


@transaction.atomic
def rewrite_change(
    *, change: AdaptationAction, opened: int, fields: Mapping[str, Any], findings: Iterable[Finding], by: User
) -> AdaptationAction:
    """Save the words, the owner and the day. Raises StaleRecordError when somebody else saved it meanwhile."""
    if not can_edit(by):
        raise PermissionDenied
    change = _locked(change)
    change.save(update_fields=rewrite(change, fields, opened=opened, by=by))
    _because(change, findings, by)
    return change


def _locked(change: AdaptationAction) -> AdaptationAction:
    return AdaptationAction.objects.select_for_update(of=("self",)).get(pk=change.pk)


@transaction.atomic
def move_change(
    *, change: AdaptationAction, to: ActionStatus, by: User, told: Mapping[str, Any] | None = None
) -> AdaptationAction:
    """Take a change one step on; `told` holds what the step asks for (ASKED_FOR).

    Raises TransitionRefusedError, PermissionDenied, and ReasonNeededError where no reason, result or day was given.
    """
    change = _locked(change)
    if not may_move_change(by, to=to):
        raise PermissionDenied
    asked_for = ASKED_FOR.get(to, ())
    for name in asked_for:
        setattr(change, name, (told or {}).get(name) or ("" if name != "told_on" else None))
    if asked_for and not any(getattr(change, name) for name in asked_for):
        raise ReasonNeededError
    move(change, to=to)
    change.save(update_fields=["status", "updated_at", *asked_for, *_facts(change, by)])
    if change.told_on:
        _tell_timelines(change, by)
    return change


def _facts(change: AdaptationAction, by: User) -> list[str]:
    """Note who agreed and when it was done; a proposal made again has lost its refusal."""
    if change.status == ActionStatus.APPROVED:
        change.approved_by = by
        return ["approved_by"]
    if change.status == ActionStatus.IMPLEMENTED:
        change.done_on = current_school().today()
        return ["done_on"]
    if change.status == ActionStatus.PROPOSED:
        change.declined_reason = ""
        return ["declined_reason"]
    return []


def _tell_timelines(change: AdaptationAction, by: User) -> None:
    concerned = {
        finding.organisation
        for finding in change.findings.exclude(organisation=None).select_related("organisation")
        if finding.organisation
    }
    for organisation in concerned:
        record_event(
            organisation,
            "evaluation.told",
            title=_("Told what changed: %(title)s") % {"title": change.title},
            body=change.result,
            actor=by,
            url_name="evaluation:change",
            object_id=change.pk,
        )
