"""Planning what comes next: every act, who may do it, and taking it back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from outreach.enums import FollowUpStatus
from outreach.models import FollowUp
from outreach.services import (
    OwnerRefusedError,
    Plan,
    change_follow_up,
    complete_follow_up,
    put_back_follow_up,
    reassign_follow_up,
    reopen_follow_up,
    set_follow_up,
    skip_follow_up,
    snooze_follow_up,
)
from partnerships.models import FAR_FUTURE, TimelineEvent
from roadmap.lifecycle import TransitionRefusedError, may_move
from tests.accounts.factories import UserFactory
from tests.outreach.conftest import NOW, TODAY
from tests.outreach.factories import FollowUpFactory
from ui.conflicts import StaleRecordError

TOMORROW = TODAY + dt.timedelta(days=1)
NEXT_WEEK = TODAY + dt.timedelta(days=7)

pytestmark = pytest.mark.usefixtures("clock")


def fields_of(follow_up: FollowUp) -> dict[str, object]:
    left_out = {"version", "updated_at", "updated_by_id"}
    row = FollowUp.objects.filter(pk=follow_up.pk).values().get()
    return {name: value for name, value in row.items() if name not in left_out}


def titles_of(firm) -> list[str]:
    return list(TimelineEvent.objects.filter(organisation=firm).order_by("id").values_list("title", flat=True))


# Setting


def test_set_follow_up_for_a_day_is_ones_own_and_owes_no_reminder(coordinator, firm, rosa):
    follow_up = set_follow_up(organisation=firm, title="Ask Rosa", due_on=TOMORROW, contact=rosa, by=coordinator)

    assert (follow_up.owner, follow_up.contact, follow_up.due_on) == (coordinator, rosa, TOMORROW)
    assert (follow_up.due_at, follow_up.remind_at) == (None, None)


def test_set_follow_up_with_an_hour_owes_a_reminder_at_that_hour_of_the_schools_clock(coordinator, firm):
    follow_up = set_follow_up(
        organisation=firm, title="Ring", due_on=TOMORROW, due_time=dt.time(14, 30), by=coordinator
    )

    half_past_two = dt.datetime(2026, 3, 13, 13, 30, tzinfo=dt.UTC)
    assert (follow_up.due_at, follow_up.remind_at) == (half_past_two, half_past_two)


def test_set_follow_up_for_an_hour_that_has_passed_owes_nothing(coordinator, firm):
    follow_up = set_follow_up(organisation=firm, title="Ring", due_on=TODAY, due_time=dt.time(8), by=coordinator)

    assert follow_up.due_at == dt.datetime(2026, 3, 12, 7, tzinfo=dt.UTC)
    assert follow_up.remind_at is None


def test_set_follow_up_shows_as_the_partners_next_step_until_the_end_of_its_day(coordinator, firm):
    set_follow_up(organisation=firm, title="Later", due_on=NEXT_WEEK, by=coordinator)
    set_follow_up(organisation=firm, title="Ask Rosa", due_on=TOMORROW, by=coordinator)

    firm.refresh_from_db()
    assert firm.next_step_text == "Ask Rosa"
    assert firm.next_step_at == dt.datetime(2026, 3, 13, 22, 59, 59, tzinfo=dt.UTC)


def test_set_follow_up_for_a_director_is_allowed(coordinator, director, firm):
    follow_up = set_follow_up(organisation=firm, title="Sign", due_on=TOMORROW, owner=director, by=coordinator)

    assert follow_up.owner == director


@pytest.mark.parametrize("trait", ["viewer", "administrator", "deactivated"])
def test_set_follow_up_is_refused_for_those_who_do_not_work_with_partners(coordinator, firm, trait):
    owner = UserFactory(**{trait: True})

    with pytest.raises(OwnerRefusedError):
        set_follow_up(organisation=firm, title="Ring", due_on=TOMORROW, owner=owner, by=coordinator)

    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("trait", ["viewer", "director", "administrator", "deactivated"])
def test_set_follow_up_is_the_coordinators_to_do(firm, trait):
    with pytest.raises(PermissionDenied):
        set_follow_up(organisation=firm, title="Ring", due_on=TOMORROW, by=UserFactory(**{trait: True}))

    assert not FollowUp.objects.exists()


# Doing, leaving, opening again


def test_complete_follow_up_stands_on_the_timeline_and_frees_the_next_step(coordinator, firm):
    follow_up = FollowUpFactory(organisation=firm, title="Ask Rosa", owner=coordinator)

    done = complete_follow_up(follow_up=follow_up, by=coordinator).follow_up

    firm.refresh_from_db()
    assert (done.status, done.done_by, done.done_at) == (FollowUpStatus.DONE, coordinator, NOW)
    assert titles_of(firm) == ["Done: Ask Rosa"]
    assert firm.next_step_at == FAR_FUTURE


def test_complete_follow_up_owes_no_reminder_any_more(coordinator):
    at = NOW + dt.timedelta(hours=2)
    follow_up = FollowUpFactory(owner=coordinator, due_on=TODAY, due_at=at, remind_at=at)

    complete_follow_up(follow_up=follow_up, by=coordinator)

    assert FollowUp.objects.get().remind_at is None


def test_complete_follow_up_twice_is_refused(coordinator):
    follow_up = FollowUpFactory(owner=coordinator)
    complete_follow_up(follow_up=follow_up, by=coordinator)

    with pytest.raises(TransitionRefusedError):
        complete_follow_up(follow_up=follow_up, by=coordinator)

    assert TimelineEvent.objects.count() == 1


def test_skip_follow_up_says_nothing_on_the_timeline(coordinator, firm):
    follow_up = FollowUpFactory(organisation=firm, owner=coordinator)

    skipped = skip_follow_up(follow_up=follow_up, by=coordinator).follow_up

    assert skipped.status == FollowUpStatus.SKIPPED
    assert titles_of(firm) == []


def test_reopen_follow_up_takes_it_off_the_timeline_and_owes_its_reminder_again(coordinator, firm):
    at = NOW + dt.timedelta(hours=2)
    follow_up = FollowUpFactory(organisation=firm, owner=coordinator, due_on=TODAY, due_at=at, remind_at=at)
    before = fields_of(follow_up)
    complete_follow_up(follow_up=follow_up, by=coordinator)

    reopen_follow_up(follow_up=follow_up, by=coordinator)

    assert fields_of(follow_up) == before
    assert titles_of(firm) == []


def test_transitions_are_these_and_no_others():
    allowed = {
        (status, to) for status in FollowUpStatus for to in FollowUpStatus if may_move(FollowUp(status=status), to=to)
    }

    assert allowed == {("open", "done"), ("open", "skipped"), ("done", "open"), ("skipped", "open")}


# Putting off, handing on, changing


def test_snooze_follow_up_moves_its_day_and_counts(coordinator, firm):
    follow_up = FollowUpFactory(organisation=firm, owner=coordinator, overdue=True)

    snoozed = snooze_follow_up(follow_up=follow_up, until=NEXT_WEEK, by=coordinator).follow_up

    assert (snoozed.due_on, snoozed.snoozed, snoozed.due_at) == (NEXT_WEEK, 1, None)


def test_snooze_follow_up_over_a_clock_change_keeps_its_hour_on_the_wall(coordinator):
    at = dt.datetime(2026, 3, 20, 13, 30, tzinfo=dt.UTC)  # half past two in winter
    follow_up = FollowUpFactory(owner=coordinator, due_on=dt.date(2026, 3, 20), due_at=at, remind_at=at)

    snoozed = snooze_follow_up(follow_up=follow_up, until=dt.date(2026, 3, 30), by=coordinator).follow_up

    assert snoozed.due_at == dt.datetime(2026, 3, 30, 12, 30, tzinfo=dt.UTC)
    assert snoozed.remind_at == snoozed.due_at


def test_reassign_follow_up_hands_it_on(coordinator):
    follow_up = FollowUpFactory()

    reassign_follow_up(follow_up=follow_up, to=coordinator, by=coordinator)

    assert FollowUp.objects.get().owner == coordinator


def test_reassign_follow_up_to_a_viewer_is_refused(coordinator, viewer):
    follow_up = FollowUpFactory()

    with pytest.raises(OwnerRefusedError):
        reassign_follow_up(follow_up=follow_up, to=viewer, by=coordinator)

    assert FollowUp.objects.get().owner == follow_up.owner


def test_change_follow_up_writes_all_of_it(coordinator, firm, rosa):
    follow_up = FollowUpFactory(organisation=firm)
    plan = Plan("Ask again", NEXT_WEEK, coordinator, due_time=dt.time(9, 15), contact=rosa, note="Bring the plan")

    changed = change_follow_up(follow_up=follow_up, plan=plan, version=1, by=coordinator).follow_up

    assert (changed.title, changed.due_on, changed.owner, changed.contact, changed.note) == (
        "Ask again",
        NEXT_WEEK,
        coordinator,
        rosa,
        "Bring the plan",
    )
    assert changed.remind_at == dt.datetime(2026, 3, 19, 8, 15, tzinfo=dt.UTC)


def test_change_follow_up_that_somebody_changed_meanwhile_is_refused(coordinator):
    follow_up = FollowUpFactory(title="Theirs", owner=coordinator)
    snooze_follow_up(follow_up=follow_up, until=NEXT_WEEK, by=coordinator)

    with pytest.raises(StaleRecordError):
        change_follow_up(follow_up=follow_up, plan=Plan("Mine", TODAY, coordinator), version=1, by=coordinator)

    assert FollowUp.objects.get().title == "Theirs"


ACTS = {
    "complete": lambda follow_up, by: complete_follow_up(follow_up=follow_up, by=by),
    "skip": lambda follow_up, by: skip_follow_up(follow_up=follow_up, by=by),
    "snooze": lambda follow_up, by: snooze_follow_up(follow_up=follow_up, until=NEXT_WEEK, by=by),
    "reassign": lambda follow_up, by: reassign_follow_up(follow_up=follow_up, to=by, by=by),
    "change": lambda follow_up, by: change_follow_up(
        follow_up=follow_up, plan=Plan("New", TODAY, by), version=1, by=by
    ),
}


@pytest.mark.parametrize("name", ["snooze", "reassign", "change"])
def test_act_on_a_follow_up_that_is_done_is_refused(coordinator, name):
    follow_up = FollowUpFactory(owner=coordinator, done=True)
    before = fields_of(follow_up)

    with pytest.raises(TransitionRefusedError):
        ACTS[name](follow_up, coordinator)

    assert fields_of(follow_up) == before


@pytest.mark.parametrize("trait", ["viewer", "director", "administrator", "deactivated"])
@pytest.mark.parametrize("name", ACTS)
def test_act_on_a_follow_up_is_refused_to_those_it_does_not_concern(name, trait):
    follow_up = FollowUpFactory()
    before = fields_of(follow_up)

    with pytest.raises(PermissionDenied):
        ACTS[name](follow_up, UserFactory(**{trait: True}))

    assert fields_of(follow_up) == before
    assert not TimelineEvent.objects.exists()


def test_act_on_a_colleagues_follow_up_is_a_coordinators_to_do(coordinator):
    follow_up = FollowUpFactory()

    complete_follow_up(follow_up=follow_up, by=coordinator)

    assert FollowUp.objects.get().done_by == coordinator


def test_act_on_what_was_given_to_them_is_a_directors_to_do(director):
    follow_up = FollowUpFactory(owner=director)

    complete_follow_up(follow_up=follow_up, by=director)

    assert FollowUp.objects.get().done_by == director


# Taking back


@pytest.mark.parametrize("name", ACTS)
def test_undo_puts_everything_back(coordinator, firm, name):
    at = NOW + dt.timedelta(hours=3)
    follow_up = FollowUpFactory(organisation=firm, due_on=TODAY, due_at=at, remind_at=at, note="Old")
    before = fields_of(follow_up)
    change = ACTS[name](follow_up, coordinator)

    put_back_follow_up(**change.undo, by=coordinator)

    firm.refresh_from_db()
    assert fields_of(follow_up) == before
    assert titles_of(firm) == []
    assert firm.next_step_text == follow_up.title


def test_undo_after_somebody_else_acted_is_refused(coordinator):
    follow_up = FollowUpFactory(owner=coordinator)
    change = snooze_follow_up(follow_up=follow_up, until=NEXT_WEEK, by=coordinator)
    complete_follow_up(follow_up=follow_up, by=UserFactory())

    with pytest.raises(StaleRecordError):
        put_back_follow_up(**change.undo, by=coordinator)

    assert FollowUp.objects.get().status == FollowUpStatus.DONE


def test_undo_twice_is_refused(coordinator):
    follow_up = FollowUpFactory(owner=coordinator)
    change = complete_follow_up(follow_up=follow_up, by=coordinator)
    put_back_follow_up(**change.undo, by=coordinator)

    with pytest.raises(StaleRecordError):
        put_back_follow_up(**change.undo, by=coordinator)


def test_undo_by_a_viewer_is_refused(coordinator, viewer):
    follow_up = FollowUpFactory(owner=coordinator)
    change = complete_follow_up(follow_up=follow_up, by=coordinator)

    with pytest.raises(PermissionDenied):
        put_back_follow_up(**change.undo, by=viewer)

    assert FollowUp.objects.get().status == FollowUpStatus.DONE
