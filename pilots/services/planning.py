"""Planning a pilot: what is to be found out, and how one will know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import current_school
from opportunities.models import Proposal
from partnerships.models import Organisation
from pilots.enums import PilotStatus
from pilots.models import CRITERION_FIELDS, CriterionChange, Pilot, SuccessCriterion
from pilots.rules import can_plan, is_complete
from pilots.services.locking import lock_for, move_pilot, tell_timeline
from ui.conflicts import rewrite

# What stays as it is once the pilot has begun: what was to be found out, and what was planned for it.
FIXED_FIELDS = (
    "kind",
    "hypothesis_if",
    "hypothesis_then",
    "hypothesis_because",
    "starts_on",
    "hours_school_planned",
    "hours_business_planned",
    "budget_planned",
)


class PilotClosedError(Exception):
    """The pilot was decided or called off meanwhile."""


class AlreadyAgreedError(Exception):
    """The money was agreed to; who wants other money plans again."""


class NothingChangedError(ValueError):
    """The criterion is as it was."""


@dataclass(frozen=True)
class Plan:
    """All that the form of a pilot holds; criteria in their order, those on file with their id."""

    fields: Mapping[str, Any]
    criteria: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def plan_pilot(
    *,
    organisation: Organisation,
    plan: Plan,
    by: User,
    proposal: Proposal | None = None,
    follows: Pilot | None = None,
) -> Pilot:
    """Write a new pilot down; it is an idea until it says what is to be found out and how one will know."""
    if not can_plan(by):
        raise PermissionDenied
    pilot = Pilot.objects.create(
        organisation=organisation,
        proposal=proposal,
        follows=follows,
        created_by=by,
        updated_by=by,
        currency=current_school().currency,
        **plan.fields,
    )
    _write_criteria(pilot, plan.criteria)
    settle_plan(pilot, by=by)
    tell_timeline(pilot, "planned", title=_("Pilot begun: %(title)s") % {"title": pilot.title}, by=by)
    return pilot


@transaction.atomic
def change_pilot(*, pilot: Pilot, plan: Plan, opened: int, by: User) -> Pilot:
    """Write the form down. Once it runs, its hypothesis, criteria and planned figures stay as they are.

    Raises PilotClosedError, AlreadyAgreedError, StaleRecordError and PermissionDenied.
    """
    pilot = lock_for(by, pilot.pk)
    if not pilot.is_open:
        raise PilotClosedError
    changes = {name: value for name, value in plan.fields.items() if not (pilot.is_fixed and name in FIXED_FIELDS)}
    if _is_agreed(pilot) and changes.get("budget_planned", pilot.budget_planned) != pilot.budget_planned:
        raise AlreadyAgreedError
    pilot.save(update_fields=rewrite(pilot, changes, opened=opened, by=by))
    if not pilot.is_fixed:
        _write_criteria(pilot, plan.criteria)
        settle_plan(pilot, by=by)
    return pilot


def _is_agreed(pilot: Pilot) -> bool:
    return pilot.status in {PilotStatus.APPROVED, PilotStatus.SCHEDULED}


def settle_plan(pilot: Pilot, *, by: User) -> None:
    """Let an idea become a plan as soon as it is one, and a plan from which something was taken an idea again."""
    complete = is_complete(pilot, criteria=pilot.criteria.count())
    if complete and pilot.status == PilotStatus.IDEA:
        move_pilot(pilot, to=PilotStatus.PLANNED, by=by)
    elif not complete and pilot.status == PilotStatus.PLANNED:
        move_pilot(pilot, to=PilotStatus.IDEA, by=by)


def _write_criteria(pilot: Pilot, rows: Iterable[dict[str, Any]]) -> None:
    """Bring the criteria in line with the form: change those with an id, add the others, drop the rest."""
    existing = {criterion.pk: criterion for criterion in pilot.criteria.all()}
    for order, row in enumerate(rows):
        criterion = existing.pop(row.get("id") or 0, None) or SuccessCriterion(pilot=pilot)
        criterion.order = order
        for name in CRITERION_FIELDS:
            setattr(criterion, name, row[name])
        criterion.save()
    pilot.criteria.filter(pk__in=existing).delete()


@transaction.atomic
def change_criterion(
    *, criterion: SuccessCriterion, changes: Mapping[str, Any], reason: str, by: User
) -> SuccessCriterion:
    """Change a criterion that was fixed; what it was stays on record, with the reason.

    Raises PilotClosedError, NothingChangedError and PermissionDenied.
    """
    pilot = lock_for(by, criterion.pilot_id)
    if not pilot.is_open:
        raise PilotClosedError
    criterion = SuccessCriterion.objects.select_for_update(of=("self",)).get(pk=criterion.pk)
    was = in_words(criterion)
    for name in CRITERION_FIELDS:
        setattr(criterion, name, changes[name])
    became = in_words(criterion)
    if was == became:
        raise NothingChangedError
    criterion.save(update_fields=CRITERION_FIELDS)
    if pilot.is_fixed:
        CriterionChange.objects.create(criterion=criterion, was=was, became=became, reason=reason, by=by)
    return criterion


def in_words(criterion: SuccessCriterion) -> str:
    """Return a criterion as one line, with all that it is judged by."""
    parts = [criterion.text, criterion.metric, criterion.target_words]
    if criterion.must_have:
        parts.append(_("must-have"))
    return " · ".join(" ".join(part.split()) for part in parts if part)
