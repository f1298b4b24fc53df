import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from partnerships.enums import STATUS_TRANSITIONS, WAY, EndedReason, Status
from partnerships.models import Organisation, StatusChange, TimelineEvent
from partnerships.services import (
    AlreadyOwnedError,
    MovedMeanwhileError,
    ReasonMissingError,
    UndoRefusedError,
    add_organisation,
    advance_status,
    move_status,
    take_ownership,
    undo_move,
)
from roadmap.lifecycle import TransitionRefusedError
from tests.accounts.factories import UserFactory
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

SOON = dt.date(2027, 1, 4)
REASONS = {"ended_reason": EndedReason.NO_CAPACITY, "revisit_on": SOON}


def at(status):
    traits = {Status.PAUSED: {"paused": True}, Status.ENDED: {"ended": True}}
    return OrganisationFactory(**traits.get(status, {"status": status}))


def titles(organisation):
    return list(organisation.timeline.order_by("id").values_list("title", flat=True))


@pytest.mark.parametrize(("here", "to"), list(product(Status, Status)))
def test_person_moves_a_status(here, to, coordinator):
    organisation = at(here)

    if to in STATUS_TRANSITIONS[here]:
        move_status(organisation=organisation, to=to, by=coordinator, **REASONS)
    else:
        with pytest.raises(TransitionRefusedError):
            move_status(organisation=organisation, to=to, by=coordinator, **REASONS)

    organisation.refresh_from_db()
    assert organisation.status == to
    assert organisation.timeline.count() == (here != to)


@pytest.mark.parametrize(("here", "to"), list(product(Status, WAY)))
def test_fact_moves_a_status_forward_only(here, to):
    organisation = at(here)
    is_forward = here in WAY and WAY.index(to) > WAY.index(here)

    moved = advance_status(organisation=organisation, to=to, why="MOU sent")

    organisation.refresh_from_db()
    assert moved == is_forward
    assert organisation.status == (to if is_forward else here)
    assert organisation.timeline.count() == is_forward


def test_move_is_written_down_with_who_and_why(coordinator, noon):
    organisation = add_organisation(organisation=OrganisationFactory.build(), by=coordinator)

    change = move_status(organisation=organisation, to=Status.CONTACTED, by=coordinator, why="They rang")

    organisation.refresh_from_db()
    event = organisation.timeline.get(kind="partnerships.status")
    assert (event.title, event.body, event.actor, event.at) == (
        "Moved from Prospect to Contacted",
        "They rang",
        coordinator,
        noon,
    )
    assert (change.status, change.at, change.by) == (Status.CONTACTED, noon, coordinator)
    assert organisation.status_since == noon


def test_pause_keeps_its_day_and_the_next_move_drops_it(coordinator):
    organisation = OrganisationFactory(contacted=True)

    move_status(organisation=organisation, to=Status.PAUSED, by=coordinator, **REASONS)
    organisation.refresh_from_db()
    paused = (organisation.revisit_on, organisation.ended_reason)
    move_status(organisation=organisation, to=Status.CONTACTED, by=coordinator)
    organisation.refresh_from_db()

    assert paused == (SOON, "")
    assert (organisation.revisit_on, organisation.ended_reason) == (None, "")
    assert organisation.timeline.order_by("id").first().body == "Look again on 4 January 2027"


@pytest.mark.parametrize("to", [Status.PAUSED, Status.ENDED])
def test_pause_and_end_are_refused_without_their_reason(to, coordinator):
    organisation = OrganisationFactory()

    with pytest.raises(ReasonMissingError):
        move_status(organisation=organisation, to=to, by=coordinator)

    organisation.refresh_from_db()
    assert organisation.status == Status.PROSPECT


def test_move_is_refused_to_viewers(viewer):
    organisation = OrganisationFactory()

    with pytest.raises(PermissionDenied):
        move_status(organisation=organisation, to=Status.CONTACTED, by=viewer)

    assert not TimelineEvent.objects.exists()


def test_second_of_two_movers_is_told_instead_of_overriding(coordinator):
    organisation = OrganisationFactory(contacted=True)
    move_status(organisation=organisation, to=Status.PILOT, by=coordinator, seen=Status.CONTACTED)

    with pytest.raises(MovedMeanwhileError) as refused:
        move_status(organisation=organisation, to=Status.PROPOSAL, by=coordinator, seen=Status.CONTACTED)

    assert refused.value.organisation.status == Status.PILOT
    assert titles(organisation) == ["Moved from Contacted to Pilot"]


def test_undo_puts_everything_back(coordinator, noon):
    organisation = add_organisation(organisation=OrganisationFactory.build(paused=True), by=coordinator)
    before = Organisation.objects.values("status", "status_since", "ended_reason", "revisit_on").get()
    change = move_status(organisation=organisation, to=Status.ENDED, by=coordinator, **REASONS)

    undo_move(change=change, by=coordinator)

    assert Organisation.objects.values("status", "status_since", "ended_reason", "revisit_on").get() == before
    assert StatusChange.objects.count() == 1
    assert titles(organisation)[-1] == "Move undone: back to Paused"


def test_undo_works_for_records_made_in_bulk(coordinator):
    organisation = OrganisationFactory(contacted=True)
    since = organisation.status_since

    undo_move(change=move_status(organisation=organisation, to=Status.PILOT, by=coordinator), by=coordinator)

    organisation.refresh_from_db()
    assert (organisation.status, organisation.status_since) == (Status.CONTACTED, since)


def test_undo_is_refused_once_somebody_moved_on(coordinator):
    organisation = OrganisationFactory()
    first = move_status(organisation=organisation, to=Status.CONTACTED, by=coordinator)
    move_status(organisation=organisation, to=Status.PILOT, by=coordinator)

    with pytest.raises(UndoRefusedError):
        undo_move(change=first, by=coordinator)

    organisation.refresh_from_db()
    assert organisation.status == Status.PILOT


def test_undo_is_refused_to_viewers(coordinator, viewer):
    change = move_status(organisation=OrganisationFactory(), to=Status.CONTACTED, by=coordinator)

    with pytest.raises(PermissionDenied):
        undo_move(change=change, by=viewer)

    assert StatusChange.objects.filter(pk=change.pk).exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_at_once_one_moves_and_the_other_is_told(coordinator):
    organisation = OrganisationFactory(contacted=True)
    together = Barrier(2)

    def mover(to):
        together.wait()
        try:
            move_status(organisation=organisation, to=to, by=coordinator, seen=Status.CONTACTED)
        except MovedMeanwhileError as error:
            return Status(error.organisation.status)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(mover, [Status.PILOT, Status.PROPOSAL]))

    organisation.refresh_from_db()
    assert sorted(told, key=str) == sorted([None, Status(organisation.status)], key=str)
    assert organisation.timeline.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_at_once_one_has_it(school):
    organisation = OrganisationFactory()
    together = Barrier(2)

    def taker(user):
        together.wait()
        try:
            return take_ownership(organisation=organisation, by=user).owner
        except AlreadyOwnedError as error:
            return error.owner
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        owners = set(pool.map(taker, [UserFactory(), UserFactory()]))

    organisation.refresh_from_db()
    assert owners == {organisation.owner}
