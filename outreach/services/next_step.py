"""What is to happen next with a partner, said in the same breath as what happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from outreach.models import FollowUp
from outreach.services.follow_ups import complete_follow_up, reschedule, set_follow_up, skip_follow_up
from partnerships.models import Contact, Organisation


@dataclass(frozen=True)
class NextStep:
    """The answer to “What next?”.

    `current` is the planned follow-up that the question showed, if there was one; `is_done` ticks it off. With `due_on`
    there is to be a follow-up on that day: the current one moves there unless it is done, else a new one is set.
    `is_over` says that nothing is needed: a current one that is not done is left. Neither keeps things as they are.
    """

    current: FollowUp | None = None
    is_done: bool = False
    due_on: dt.date | None = None
    due_time: dt.time | None = None
    title: str = ""
    is_over: bool = False


KEEP = NextStep()


def take_next_step(
    step: NextStep, *, organisation: Organisation, contact: Contact | None, fallback_title: str, by: User
) -> None:
    """Do what the answer says, in the caller's transaction; what somebody else closed meanwhile stays closed."""
    current = _still_planned(step.current, organisation)
    if current and step.is_done:
        complete_follow_up(follow_up=current, by=by, told=True)
    if step.due_on:
        _plan(step, current, organisation=organisation, contact=contact, fallback_title=fallback_title, by=by)
    elif current and step.is_over and not step.is_done:
        skip_follow_up(follow_up=current, by=by)


def _still_planned(current: FollowUp | None, organisation: Organisation) -> FollowUp | None:
    if current is None:
        return None
    rows = FollowUp.objects.select_for_update(of=("self",)).planned()
    return rows.filter(pk=current.pk, organisation=organisation).first()


def _plan(
    step: NextStep,
    current: FollowUp | None,
    *,
    organisation: Organisation,
    contact: Contact | None,
    fallback_title: str,
    by: User,
) -> None:
    if step.due_on is None:
        return
    if current and not step.is_done:
        reschedule(current, day=step.due_on, time=step.due_time, by=by, title=step.title)
        return
    set_follow_up(
        organisation=organisation,
        title=step.title or fallback_title,
        due_on=step.due_on,
        due_time=step.due_time,
        contact=contact,
        by=by,
    )
