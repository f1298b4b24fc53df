"""Findings and changes: what may be done with them, by whom, and what follows."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from evaluation import tile, waiting
from evaluation.enums import ACTION_TRANSITIONS, FINDING_TRANSITIONS, ActionStatus, FindingStatus
from evaluation.models import AdaptationAction, Finding
from evaluation.services import (
    ReasonNeededError,
    accept_finding,
    change_finding,
    decline_finding,
    make_finding,
    move_change,
    propose_change,
    reopen_finding,
    rewrite_change,
)
from evaluation.services.changes import ASKED_FOR
from partnerships.models import TimelineEvent
from roadmap.figures import current
from roadmap.lifecycle import TransitionRefusedError
from roadmap.slots import StageState
from tests.evaluation.factories import ChangeFactory, FindingFactory, ResponseFactory, WaveFactory
from tests.partnerships.factories import OrganisationFactory
from tests.roadmap.lifecycles import check_move, check_table, every_move
from ui.conflicts import StaleRecordError

pytestmark = pytest.mark.django_db
ROLES = ["viewer", "coordinator", "director", "administrator"]
TOLD = {"declined_reason": "Too dear", "result": "4.5", "told_on": dt.date(2026, 3, 12), "untold_reason": ""}
DIRECTORS = {ActionStatus.APPROVED, ActionStatus.DECLINED}


@pytest.mark.parametrize(("before", "after"), every_move(ActionStatus))
def test_changes_follow_their_table(before, after):
    check_move(lambda status: AdaptationAction(status=status), ACTION_TRANSITIONS, before, after)


@pytest.mark.parametrize(("before", "after"), every_move(FindingStatus))
def test_findings_follow_their_table(before, after):
    check_move(lambda status: Finding(status=status), FINDING_TRANSITIONS, before, after)


def test_tables_reach_every_state():
    check_table(ACTION_TRANSITIONS, ActionStatus, start=ActionStatus.PROPOSED)
    check_table(FINDING_TRANSITIONS, FindingStatus, start=FindingStatus.NEW)


STEPS = [(before, after) for before, ends in ACTION_TRANSITIONS.items() for after in sorted(ends)]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("before", "after"), STEPS)
def test_step_is_taken_by_whose_it_is(request, role, before, after):
    by = request.getfixturevalue(role)
    change = ChangeFactory(status=before)
    allowed = role == ("director" if after in DIRECTORS else "coordinator")

    if allowed:
        assert move_change(change=change, to=after, by=by, told=TOLD).status == after
    else:
        with pytest.raises(PermissionDenied):
            move_change(change=change, to=after, by=by, told=TOLD)
        change.refresh_from_db()
        assert change.status == before


@pytest.mark.parametrize(("before", "after"), [step for step in STEPS if step[1] in ASKED_FOR])
def test_step_without_its_reason_is_refused(coordinator, director, before, after):
    change = ChangeFactory(status=before)
    by = director if after in DIRECTORS else coordinator

    with pytest.raises(ReasonNeededError):
        move_change(change=change, to=after, by=by)

    change.refresh_from_db()
    assert change.status == before


def test_closing_may_say_why_nobody_was_told(coordinator):
    change = ChangeFactory(status=ActionStatus.NO_EFFECT)

    closed = move_change(
        change=change, to=ActionStatus.CLOSED, by=coordinator, told={"untold_reason": "They have moved away"}
    )

    assert (closed.told_on, closed.untold_reason) == (None, "They have moved away")
    assert not TimelineEvent.objects.exists()


def test_closing_tells_the_timeline_of_each_partner_concerned_once(coordinator):
    firm = OrganisationFactory()
    findings = [FindingFactory(organisation=firm), FindingFactory(organisation=firm), FindingFactory()]
    change = ChangeFactory(status=ActionStatus.EFFECTIVE, findings=findings, title="Weekly call")

    move_change(change=change, to=ActionStatus.CLOSED, by=coordinator, told={"told_on": dt.date(2026, 3, 12)})

    event = TimelineEvent.objects.get()
    assert (event.organisation, event.kind, event.title) == (firm, "evaluation.told", "Told what changed: Weekly call")


def test_second_of_two_who_take_the_same_step_is_told(director):
    change = ChangeFactory()
    move_change(change=change, to=ActionStatus.APPROVED, by=director)

    with pytest.raises(TransitionRefusedError):
        move_change(change=change, to=ActionStatus.APPROVED, by=director)


def test_proposing_a_change_accepts_what_it_rests_on(coordinator):
    finding, other = FindingFactory(), FindingFactory()

    change = propose_change(
        fields={"title": "Briefing", "due_on": dt.date(2027, 1, 1)}, findings=[finding], by=coordinator
    )

    finding.refresh_from_db()
    other.refresh_from_db()
    assert list(change.findings.all()) == [finding]
    assert (finding.status, finding.decided_by, other.status) == ("accepted", coordinator, "new")


def test_rewriting_a_change_somebody_else_saved_is_refused(coordinator):
    change = ChangeFactory()
    fields = {"title": "New words"}
    rewrite_change(change=change, opened=1, fields=fields, findings=[], by=coordinator)

    with pytest.raises(StaleRecordError):
        rewrite_change(change=change, opened=1, fields={"title": "Other"}, findings=[], by=coordinator)

    change.refresh_from_db()
    assert change.title == "New words"


@pytest.mark.parametrize("act", [accept_finding, reopen_finding, decline_finding])
@pytest.mark.parametrize("role", ROLES)
def test_coordinators_and_director_decide_on_findings(request, role, act):
    by = request.getfixturevalue(role)
    status = FindingStatus.ACCEPTED if act is reopen_finding else FindingStatus.NEW
    finding = FindingFactory(status=status)
    more = {"reason": "Nothing can be done"} if act is decline_finding else {}

    if role in {"coordinator", "director"}:
        assert act(finding=finding, by=by, **more).status != status
    else:
        with pytest.raises(PermissionDenied):
            act(finding=finding, by=by, **more)
        finding.refresh_from_db()
        assert finding.status == status


@pytest.mark.parametrize("reason", ["", "   "])
def test_declining_a_finding_needs_a_reason(coordinator, reason):
    with pytest.raises(ReasonNeededError):
        decline_finding(finding=FindingFactory(), reason=reason, by=coordinator)


def test_database_holds_no_declined_finding_without_reason():
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingFactory(status=FindingStatus.DECLINED)


@pytest.mark.parametrize("grade", [0, 5])
def test_database_holds_no_grade_off_the_scale(grade):
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingFactory(severity=grade)


def test_finding_about_a_partner_stands_on_its_timeline(coordinator):
    firm = OrganisationFactory()

    make_finding(fields={"statement": "Shifts start before the bus", "organisation": firm}, by=coordinator)

    assert TimelineEvent.objects.get(organisation=firm).title == "Finding: Shifts start before the bus"


def test_finding_from_an_answer_in_confidence_stays_off_the_timeline(coordinator):
    response = ResponseFactory()
    fields = {"statement": "Shoes", "organisation": response.organisation, "response": response}

    make_finding(fields=fields, by=coordinator)

    assert not TimelineEvent.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_only_coordinators_write_findings(request, role):
    by = request.getfixturevalue(role)

    with pytest.raises(PermissionDenied):
        make_finding(fields={"statement": "No"}, by=by)
    with pytest.raises(PermissionDenied):
        change_finding(finding=FindingFactory(), opened=1, fields={"statement": "No"}, by=by)


def test_director_waits_for_proposals_and_owners_for_their_day(director, coordinator, school):
    today = school.today()
    proposed = ChangeFactory(late=True, owner=coordinator)
    ChangeFactory(status=ActionStatus.EFFECTIVE, owner=coordinator, title="Weekly call")
    ChangeFactory(due_on=today + dt.timedelta(days=1), owner=coordinator)

    assert {item.title for item in waiting.changes(coordinator, school, 5)} == {"Tell them what came of “Weekly call”"}
    assert len(waiting.changes(director, school, 5)) == 2
    assert [item.title for item in waiting.due(coordinator, school, today, 5)] == [proposed.title]
    assert waiting.due(director, school, today, 5) == []


def standing(user, school):
    return tile.standing(user, school, {key: shown.figure for key, shown in current(METRIC_KEYS).items()})


METRIC_KEYS = [figure.metric for figure in tile.TILE.figures] + list(tile.TILE.needs)


def test_card_names_the_late_change_first(coordinator, school, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC))
    FindingFactory()
    change = ChangeFactory(title="Safety briefing", due_on=dt.date(2026, 3, 6))

    found = standing(coordinator, school)

    assert found.state == StageState.ATTENTION
    assert found.next_step.sentence == "Decide on “Safety briefing”. It was due on 6 March."
    assert found.next_step.url == change.get_absolute_url()


def test_card_of_an_empty_school_leads_to_the_first_question(coordinator, school):
    OrganisationFactory()

    found = standing(coordinator, school)

    assert found.state == StageState.NOT_STARTED
    assert found.next_step.url == "/feedback/ask/"


def test_card_goes_from_waiting_to_in_place(coordinator, school):
    response = ResponseFactory()
    assert standing(coordinator, school).state == StageState.WAITING

    response.wave.status = "closed"
    response.wave.save(update_fields=["status"])
    found = standing(coordinator, school)

    assert (found.state, found.done, found.total) == (StageState.IN_PLACE, 1, 1)


def test_card_takes_at_most_three_queries_of_its_own(coordinator, school, query_count):
    figures = {key: shown.figure for key, shown in current(METRIC_KEYS).items()}
    WaveFactory(opened=True)

    assert query_count(lambda: tile.standing(coordinator, school, figures)) <= 3


def test_search_finds_findings_and_changes(coordinator):
    FindingFactory(statement="Students miss their shoes")
    ChangeFactory(title="Shoes for everybody")

    assert [hit.title for hit in waiting.find_findings(coordinator, ["shoes"], 5)] == ["Students miss their shoes"]
    assert [hit.title for hit in waiting.find_changes(coordinator, ["shoes"], 5)] == ["Shoes for everybody"]
    assert waiting.find_findings(coordinator, ["bus"], 5) == []
