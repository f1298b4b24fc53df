"""Planning, fixed criteria, results and the decision."""

from decimal import Decimal

import pytest

from pilots.enums import DECISIONS, PilotStatus
from pilots.models import CriterionChange, Pilot, SuccessCriterion
from pilots.services import (
    AlreadyAgreedError,
    Decision,
    LessonNeededError,
    NothingChangedError,
    NotRecordableError,
    PilotClosedError,
    Plan,
    ReasonNeededError,
    Result,
    Results,
    ResultsMissingError,
    change_criterion,
    change_pilot,
    decide_pilot,
    plan_pilot,
    record_results,
)
from roadmap.lifecycle import TransitionRefusedError
from tests.partnerships.factories import OrganisationFactory
from tests.pilots.factories import PilotFactory
from ui.conflicts import StaleRecordError

pytestmark = pytest.mark.django_db

CRITERION = {
    "text": "Everyone stays",
    "metric": "Days missed",
    "shows": "behaviour",
    "direction": "at_most",
    "target": Decimal(2),
    "unit": "days",
    "must_have": True,
}


def _fields(school, **fields):
    day = school.today()
    return {"title": "Four electricians", "starts_on": day, "ends_on": day, **fields}


def _evaluated(*criteria):
    return PilotFactory(status=PilotStatus.EVALUATED, criteria=list(criteria) or [("Stays", 4, True, 4)])


def test_pilot_without_hypothesis_or_criterion_is_an_idea(coordinator, school):
    firm = OrganisationFactory()
    said = {"hypothesis_if": "they work four weeks", "hypothesis_then": "they are taken on"}

    bare = plan_pilot(organisation=firm, plan=Plan(_fields(school), [CRITERION]), by=coordinator)
    unmeasured = plan_pilot(organisation=firm, plan=Plan(_fields(school, **said)), by=coordinator)
    plan = plan_pilot(organisation=firm, plan=Plan(_fields(school, **said), [CRITERION]), by=coordinator)

    assert [bare.status, unmeasured.status, plan.status] == ["idea", "idea", "planned"]


def test_plan_without_its_last_criterion_is_an_idea_again(coordinator):
    pilot = PilotFactory()

    change_pilot(pilot=pilot, plan=Plan({"title": "Other"}), opened=1, by=coordinator)

    pilot.refresh_from_db()
    assert (pilot.status, pilot.title, pilot.criteria.count()) == ("idea", "Other", 0)


def test_criteria_are_changed_added_and_dropped_while_it_is_planned(coordinator):
    pilot = PilotFactory(criteria=[("Stays", 4, True, None), ("Likes it", 4, False, None)])
    kept = pilot.criteria.first()
    rows = [{**CRITERION, "id": kept.pk}, {**CRITERION, "text": "New", "id": None}]

    change_pilot(pilot=pilot, plan=Plan({}, rows), opened=1, by=coordinator)

    assert list(pilot.criteria.values_list("text", "target")) == [("Everyone stays", 2), ("New", 2)]
    assert not CriterionChange.objects.exists()


def test_criteria_of_another_pilot_are_out_of_reach(coordinator):
    others = PilotFactory(criteria=[("Theirs", 1, True, None)]).criteria.get()
    pilot = PilotFactory(criteria=[])

    change_pilot(pilot=pilot, plan=Plan({}, [{**CRITERION, "id": others.pk}]), opened=1, by=coordinator)

    others.refresh_from_db()
    assert others.text == "Theirs"
    assert pilot.criteria.get().text == "Everyone stays"


def test_running_pilot_keeps_what_was_to_be_found_out(coordinator):
    pilot = PilotFactory(running=True)
    fields = {"title": "Renamed", "hypothesis_then": "something easier happens", "budget_planned": 900}

    change_pilot(pilot=pilot, plan=Plan(fields, [CRITERION]), opened=1, by=coordinator)

    pilot.refresh_from_db()
    assert (pilot.title, pilot.hypothesis_then, pilot.budget_planned) == (
        "Renamed",
        "they take them on for the summer",
        0,
    )
    assert [one.text for one in pilot.criteria.all()] == ["Everyone stays to the end"]


def test_money_that_was_agreed_to_stays(coordinator):
    pilot = PilotFactory(status=PilotStatus.APPROVED, budget_planned=640)

    with pytest.raises(AlreadyAgreedError):
        change_pilot(pilot=pilot, plan=Plan({"budget_planned": Decimal(900)}), opened=1, by=coordinator)

    pilot.refresh_from_db()
    assert pilot.budget_planned == 640


@pytest.mark.parametrize("status", [*DECISIONS, PilotStatus.CANCELLED])
def test_closed_pilot_is_not_changed(coordinator, status):
    pilot = PilotFactory(status=status)

    with pytest.raises(PilotClosedError):
        change_pilot(pilot=pilot, plan=Plan({"title": "Late"}), opened=1, by=coordinator)


def test_plan_opened_before_a_colleague_saved_is_refused(coordinator):
    pilot = PilotFactory()
    change_pilot(pilot=pilot, plan=Plan({"title": "First"}), opened=1, by=coordinator)

    with pytest.raises(StaleRecordError):
        change_pilot(pilot=pilot, plan=Plan({"title": "Second"}), opened=1, by=coordinator)


def test_changed_criterion_keeps_what_it_was(coordinator):
    criterion = PilotFactory(running=True, criteria=[("Wires alone by week 2", 2, True, None)]).criteria.get()
    changes = {**CRITERION, "text": "Wires alone by week 3", "direction": "at_least", "unit": "of 4"}

    change_criterion(criterion=criterion, changes=changes, reason="The boards came late.", by=coordinator)

    change = CriterionChange.objects.get()
    assert change.was == "Wires alone by week 2 · Average of their answers · 2 or more · must-have"
    assert change.became == "Wires alone by week 3 · Days missed · 2 of 4 or more · must-have"
    assert (change.reason, change.by) == ("The boards came late.", coordinator)


def test_criterion_left_as_it_was_makes_no_line(coordinator):
    criterion = PilotFactory(running=True).criteria.get()
    same = {name: getattr(criterion, name) for name in CRITERION}

    with pytest.raises(NothingChangedError):
        change_criterion(criterion=criterion, changes=same, reason="None", by=coordinator)

    assert not CriterionChange.objects.exists()


def test_results_evaluate_a_pilot_and_taking_one_out_takes_that_back(coordinator):
    pilot = PilotFactory(delivered=True, criteria=[("Stays", 4, True, None), ("Likes it", 4, False, None)])
    must, nice = pilot.criteria.all()

    def record(version, **actuals):
        results = Results(criteria={must.pk: Result(actuals.get("must")), nice.pk: Result(actuals.get("nice"))})
        return record_results(pilot=pilot, results=results, opened=version, by=coordinator).status

    assert record(1, nice=3) == "delivered"
    assert record(2, must=4) == "evaluated"
    assert record(3, nice=3) == "delivered"


@pytest.mark.parametrize("status", [PilotStatus.PLANNED, PilotStatus.SCHEDULED, PilotStatus.SCALED])
def test_results_are_for_pilots_that_have_begun_and_are_not_decided(coordinator, status):
    pilot = PilotFactory(status=status)

    with pytest.raises(NotRecordableError):
        record_results(pilot=pilot, results=Results(), opened=1, by=coordinator)


@pytest.mark.parametrize("decision", DECISIONS)
def test_decision_needs_a_result_on_every_must_have(coordinator, decision):
    pilot = PilotFactory(delivered=True, criteria=[("Stays", 4, True, None), ("Nice", 1, False, 1)])

    with pytest.raises(ResultsMissingError) as raised:
        decide_pilot(pilot=pilot, decision=Decision(decision, "why", "what", "lesson"), by=coordinator)

    assert [one.text for one in raised.value.criteria] == ["Stays"]
    assert Pilot.objects.get().decided_at is None


def test_scaling_up_after_a_miss_needs_a_reason(coordinator):
    pilot = _evaluated(("Ready on day one", 4, True, Decimal("3.3")))

    with pytest.raises(ReasonNeededError):
        decide_pilot(pilot=pilot, decision=Decision(PilotStatus.SCALED), by=coordinator)
    decided = decide_pilot(pilot=pilot, decision=Decision(PilotStatus.SCALED, reason="They asked."), by=coordinator)

    assert (decided.status, decided.decision, decided.decided_by) == ("scaled", "scaled", coordinator)


def test_missing_a_wish_does_not_ask_for_a_reason(coordinator):
    pilot = _evaluated(("Stays", 4, True, 4), ("Likes it", 4, False, 3))

    assert decide_pilot(pilot=pilot, decision=Decision(PilotStatus.SCALED), by=coordinator).status == "scaled"


def test_stop_asks_for_a_lesson(coordinator):
    pilot = _evaluated()

    with pytest.raises(LessonNeededError):
        decide_pilot(pilot=pilot, decision=Decision(PilotStatus.STOPPED), by=coordinator)

    pilot.refresh_from_db()
    assert pilot.status == "evaluated"


@pytest.mark.parametrize("to", [PilotStatus.RUNNING, PilotStatus.CANCELLED, PilotStatus.DELIVERED])
def test_decision_is_one_of_four(coordinator, to):
    with pytest.raises(TransitionRefusedError):
        decide_pilot(pilot=_evaluated(), decision=Decision(to, "r", "c", "l"), by=coordinator)


@pytest.mark.parametrize(
    ("direction", "target", "actual", "met"),
    [
        ("at_least", 4, None, None),
        ("at_least", 4, 4, True),
        ("at_least", 4, Decimal("3.99"), False),
        ("at_most", 2, 2, True),
        ("at_most", 2, 3, False),
        ("at_most", 0, 0, True),
    ],
)
def test_criterion_is_met_by_its_direction(direction, target, actual, met):
    assert SuccessCriterion(direction=direction, target=target, actual=actual).is_met is met
