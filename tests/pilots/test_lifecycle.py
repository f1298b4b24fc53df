"""Where a pilot may go, by whom, and what follows."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from partnerships.enums import Status
from partnerships.models import TimelineEvent
from pilots.enums import DECISIONS, PILOT_TRANSITIONS, PilotStatus
from pilots.models import Pilot
from pilots.services import (
    Decision,
    NotApprovedError,
    Result,
    Results,
    approve_pilot,
    call_off_pilot,
    decide_pilot,
    deliver_pilot,
    note_feedback,
    plan_again,
    reconsider_pilot,
    record_results,
    schedule_pilot,
    start_pilot,
)
from pilots.tasks import sweep
from roadmap.lifecycle import TransitionRefusedError, move
from tests.pilots.factories import PilotFactory

pytestmark = pytest.mark.django_db

ROLES = ["viewer", "coordinator", "director", "administrator"]
ALLOWED = {
    ("idea", "planned"),
    ("idea", "cancelled"),
    ("planned", "idea"),
    ("planned", "approved"),
    ("planned", "scheduled"),
    ("planned", "cancelled"),
    ("approved", "planned"),
    ("approved", "scheduled"),
    ("approved", "cancelled"),
    ("scheduled", "planned"),
    ("scheduled", "running"),
    ("scheduled", "cancelled"),
    ("running", "delivered"),
    ("running", "cancelled"),
    ("delivered", "evaluated"),
    ("evaluated", "delivered"),
    ("evaluated", "scaled"),
    ("evaluated", "extended"),
    ("evaluated", "revised"),
    ("evaluated", "stopped"),
    ("scaled", "evaluated"),
    ("extended", "evaluated"),
    ("revised", "evaluated"),
    ("stopped", "evaluated"),
}


def _decide_to_stop(*, pilot, by):
    return decide_pilot(pilot=pilot, decision=Decision(PilotStatus.STOPPED, lessons="Site rules first."), by=by)


def _call_off(*, pilot, by):
    return call_off_pilot(pilot=pilot, reason="The firm moved.", by=by)


def _record_the_result(*, pilot, by):
    result = {pilot.criteria.get().pk: Result(actual=4)}
    return record_results(pilot=pilot, results=Results(criteria=result), opened=pilot.version, by=by)


# Each act: from which states it goes where, and by whom.
ACTS = [
    (approve_pilot, {"planned": "approved"}, {"director"}),
    (schedule_pilot, {"planned": "scheduled", "approved": "scheduled"}, {"coordinator"}),
    (plan_again, {"approved": "planned", "scheduled": "planned"}, {"coordinator"}),
    (start_pilot, {"scheduled": "running"}, {"coordinator"}),
    (deliver_pilot, {"running": "delivered"}, {"coordinator"}),
    (
        _call_off,
        dict.fromkeys(["idea", "planned", "approved", "scheduled", "running"], "cancelled"),
        {"coordinator", "director"},
    ),
    (reconsider_pilot, dict.fromkeys(DECISIONS, "evaluated"), {"coordinator"}),
]


@pytest.mark.parametrize("start", PilotStatus)
@pytest.mark.parametrize("end", PilotStatus)
def test_move_follows_the_table(start, end):
    pilot = Pilot(status=start)

    if (start.value, end.value) in ALLOWED:
        move(pilot, to=end)
        assert pilot.status == end
    else:
        with pytest.raises(TransitionRefusedError):
            move(pilot, to=end)
        assert pilot.status == start


def test_table_knows_no_state_that_is_not_one():
    assert {(str(start), str(end)) for start, ends in PILOT_TRANSITIONS.items() for end in ends} == ALLOWED


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("act", "ways", "roles"), ACTS)
def test_each_act_is_for_its_roles_and_states(act, ways, roles, role, request):
    by = request.getfixturevalue(role)
    for start in PilotStatus:
        pilot = PilotFactory(status=start)

        if role not in roles:
            with pytest.raises(PermissionDenied):
                act(pilot=pilot, by=by)
        elif start in ways:
            act(pilot=pilot, by=by)
        else:
            with pytest.raises(TransitionRefusedError):
                act(pilot=pilot, by=by)

        pilot.refresh_from_db()
        assert pilot.status == (ways[start] if role in roles and start in ways else start)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", [_decide_to_stop, _record_the_result])
def test_results_and_decision_are_the_coordinators(act, role, request):
    by = request.getfixturevalue(role)
    pilot = PilotFactory(
        status=PilotStatus.EVALUATED if act is _decide_to_stop else PilotStatus.DELIVERED,
        criteria=[("Stays", 4, True, 4 if act is _decide_to_stop else None)],
    )
    before = Pilot.objects.values().get(pk=pilot.pk)

    if role == "coordinator":
        act(pilot=pilot, by=by)
        assert Pilot.objects.get().status == ("stopped" if act is _decide_to_stop else "evaluated")
    else:
        with pytest.raises(PermissionDenied):
            act(pilot=pilot, by=by)
        assert Pilot.objects.values().get(pk=pilot.pk) == before


def test_pilot_that_costs_money_waits_for_the_director(coordinator, director):
    pilot = PilotFactory(budget_planned=640)

    with pytest.raises(NotApprovedError):
        schedule_pilot(pilot=pilot, by=coordinator)
    approve_pilot(pilot=pilot, by=director)

    assert schedule_pilot(pilot=pilot, by=coordinator).status == PilotStatus.SCHEDULED


def test_approval_does_not_outlast_planning_again(coordinator, director):
    pilot = approve_pilot(pilot=PilotFactory(budget_planned=640), by=director)

    pilot = plan_again(pilot=pilot, by=coordinator)

    assert (pilot.status, pilot.approved_at, pilot.approved_by) == (PilotStatus.PLANNED, None, None)


def test_scheduling_brings_the_relationship_to_its_pilot(coordinator):
    pilot = PilotFactory(organisation__status=Status.PROPOSAL, title="Four electricians")

    schedule_pilot(pilot=pilot, by=coordinator)

    pilot.organisation.refresh_from_db()
    assert pilot.organisation.status == Status.PILOT
    event = TimelineEvent.objects.get(kind="pilots.scheduled")
    assert (event.title, event.actor, event.object_id) == (
        "Pilot scheduled: Four electricians",
        coordinator,
        pilot.pk,
    )


def test_scheduling_never_takes_a_relationship_back(coordinator):
    pilot = PilotFactory(organisation__status=Status.PARTNER)

    schedule_pilot(pilot=pilot, by=coordinator)

    pilot.organisation.refresh_from_db()
    assert pilot.organisation.status == Status.PARTNER


def test_sweep_starts_and_ends_by_the_calendar(school):
    today = school.today()
    due = PilotFactory(status=PilotStatus.SCHEDULED, starts_on=today, ends_on=today)
    later = PilotFactory(status=PilotStatus.SCHEDULED, starts_on=today + dt.timedelta(days=1))
    last_day = PilotFactory(status=PilotStatus.RUNNING, starts_on=today, ends_on=today)
    over = PilotFactory(
        status=PilotStatus.RUNNING, starts_on=today - dt.timedelta(days=9), ends_on=today - dt.timedelta(days=1)
    )

    sweep()
    sweep()

    statuses = dict(Pilot.objects.values_list("pk", "status"))
    assert statuses == {due.pk: "running", later.pk: "scheduled", last_day.pk: "running", over.pk: "delivered"}
    assert list(TimelineEvent.objects.values_list("kind", flat=True).order_by("kind")) == [
        "pilots.delivered",
        "pilots.running",
    ]


def test_pilot_whose_days_are_past_goes_all_the_way(school, coordinator):
    today = school.today()
    pilot = PilotFactory(starts_on=today - dt.timedelta(days=9), ends_on=today - dt.timedelta(days=2))
    schedule_pilot(pilot=pilot, by=coordinator)

    sweep()

    pilot.refresh_from_db()
    assert pilot.status == PilotStatus.DELIVERED
    assert pilot.fixed_at is not None


def test_pilot_with_all_its_results_is_evaluated_as_soon_as_it_ends(coordinator):
    pilot = PilotFactory(running=True, criteria=[("Stays", 4, True, 4), ("Nice", 1, False, None)])

    deliver_pilot(pilot=pilot, by=coordinator)

    pilot.refresh_from_db()
    assert pilot.status == PilotStatus.EVALUATED


def test_feedback_is_counted_and_its_newest_moment_kept():
    pilot = PilotFactory(delivered=True)
    first = timezone.now()

    note_feedback(pilot=pilot, at=first)
    note_feedback(pilot=pilot, at=first - dt.timedelta(days=1))

    pilot.refresh_from_db()
    assert (pilot.feedback_count, pilot.last_feedback_at) == (2, first)


def test_database_refuses_a_stop_without_a_lesson():
    with pytest.raises(IntegrityError):
        PilotFactory(status=PilotStatus.STOPPED, lessons="")
