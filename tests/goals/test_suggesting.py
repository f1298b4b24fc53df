"""Which goals are suggested, chosen and handed over."""

import datetime as dt

import pytest
from django.urls import reverse

from goals.assessment import MOST, said_of
from goals.enums import CycleStatus, GoalStatus, ItemKind
from goals.models import Assessment, Goal, Measure, ProposedGoal
from goals.services import agree_cycle
from goals.services.assessment import (
    AssessmentOverError,
    Choice,
    FigureGoneError,
    NoGoalError,
    choose_goals,
    finish_assessment,
    note_wish,
)
from goals.suggesting import PLACES, RULES
from tests.accounts.factories import UserFactory
from tests.goals.assessing import KEY, STEPS, counted, on_record, suggestions, url, wish
from tests.goals.factories import (
    AssessmentFactory,
    AssessmentItemFactory,
    ProgrammeFactory,
    ProposedGoalFactory,
    a_goal,
)
from tests.goals.forms import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_record(contribute, school) -> None:
    contribute(*on_record())


def test_places_are_suggested_by_what_programmes_need():
    ProgrammeFactory(places_needed=90)
    running = AssessmentFactory(cycle__starts_on=dt.date(2024, 9, 1), cycle__ends_on=dt.date(2027, 7, 31))
    coming = AssessmentFactory()

    now, later = (suggestions(one)[PLACES] for one in (running, coming))

    assert (now.title, now.baseline, now.target) == ("90 placement places", 61, 90)
    assert (later.baseline, later.target) == (0, 90)
    assert now.why == "The programmes need 90 places; 61 are confirmed this year."


def test_places_are_not_suggested_once_there_are_enough():
    ProgrammeFactory(places_needed=60)
    running = AssessmentFactory(cycle__starts_on=dt.date(2024, 9, 1), cycle__ends_on=dt.date(2027, 7, 31))

    assert PLACES not in suggestions(running)


def test_suggestion_says_in_words_why_and_where_it_starts():
    found = suggestions(AssessmentFactory())["reply_rate"]

    assert found.title == "35% of new firms reply to us"
    assert found.why == "21% of the firms contacted for the first time have replied within thirty days."
    assert (found.baseline, found.target) == (21, 35)


def test_new_school_gets_suggestions_that_need_no_history(contribute):
    contribute(*(counted(key, None) for key in [PLACES, *(rule.metric for rule in RULES)]))

    found = suggestions(AssessmentFactory())

    assert set(found) == {PLACES, "mou_active", "answers_this_year", "orgs_contacted", "pilots_run"}
    assert all(one.baseline == 0 and one.target > 0 and "None" not in one.title for one in found.values())


@pytest.mark.parametrize("value", ["0", "0.4", "1", "4.9", "5", "37", "99.5", "100", "12345"])
def test_every_suggestion_can_be_saved_whatever_its_figure(contribute, value):
    contribute(*(counted(key, value) for key in [PLACES, *(rule.metric for rule in RULES)]))
    assessment = AssessmentFactory()

    for proposal in suggestions(assessment).values():
        proposal.assessment = assessment
        proposal.save()
        proposal.refresh_from_db()
        assert proposal.target != proposal.baseline


def test_what_was_ticked_is_suggested_first(coordinator, client_for):
    assessment = AssessmentItemFactory(kind=ItemKind.FIGURE, source="goals.figures:reply_rate").assessment

    shown = client_for(coordinator).get(url("goals", assessment))

    assert [form.proposal.rule for form in shown.context["choices"]] == ["reply_rate", PLACES, "mou_active"]


@pytest.mark.parametrize(
    ("goals", "words"), [(0, "No goal is chosen"), (1, "fewer leave"), (3, "a good number for"), (MOST + 1, "by heart")]
)
def test_number_of_goals_is_judged_in_words(goals, words):
    assert words in said_of(goals)


def choice(proposal: ProposedGoal, **fields: object) -> Choice:
    own = {name: getattr(proposal, name) for name in ("title", "owner", "target", "due_on")}
    return Choice(proposal=proposal, **{"is_chosen": True, **own, **fields})


def sent(assessment: Assessment, *rules: str, **changes: str) -> dict[str, str]:
    found = suggestions(assessment)
    data = {}
    for rule, one in found.items():
        own = {"title": one.title, "target": str(one.target), "due_on": one.due_on.isoformat(), "owner": ""}
        data |= {f"goal-{rule}-{name}": value for name, value in own.items()}
    return (
        data
        | {f"goal-{rule}-chosen": "on" for rule in rules}
        | {f"goal-{key}": value for key, value in changes.items()}
    )


def test_chosen_suggestions_are_kept_as_they_were_changed(coordinator, client_for):
    assessment, owner = AssessmentFactory(), UserFactory()
    data = sent(assessment, "mou_active", **{"mou_active-title": "Seven MOUs", "mou_active-target": "7"})

    answer = client_for(coordinator).post(url("goals", assessment), {**data, "goal-mou_active-owner": owner.pk})

    kept = assessment.proposed.get(is_chosen=True)
    assert (kept.title, kept.target, kept.baseline, kept.owner) == ("Seven MOUs", 7, 2, owner)
    assert assessment.proposed.count() == 3
    assert answer.url == url("agree", assessment)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("target", "2", "the same as the start"),
        ("target", "1", "behind the start"),
        ("target", "", "required"),
        ("title", "", "required"),
        ("due_on", "1999-01-01", "within the year"),
    ],
)
def test_wrong_change_to_a_chosen_goal_is_shown_and_nothing_saved(coordinator, client_for, field, value, words):
    assessment = AssessmentFactory()
    data = sent(assessment, "mou_active", **{f"mou_active-{field}": value, "places_confirmed-title": "Typed before"})

    answer = client_for(coordinator).post(url("goals", assessment), data)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Typed before" in answer.content.decode()
    assert not assessment.proposed.exists()


def test_what_is_wrong_in_a_goal_left_out_does_not_matter(coordinator, client_for):
    assessment = AssessmentFactory()
    data = sent(assessment, PLACES, **{"mou_active-target": "nonsense", "mou_active-title": ""})

    answer = client_for(coordinator).post(url("goals", assessment), data)

    assert answer.status_code == 302
    assert [one.rule for one in assessment.proposed.filter(is_chosen=True)] == [PLACES]


def test_goal_of_ones_own_comes_back_to_the_choice(coordinator, client_for):
    assessment = AssessmentFactory()

    answer = client_for(coordinator).post(url("goals", assessment), {**sent(assessment, PLACES), "act": "own"})

    assert answer.url == f"{reverse('goals:add')}?cycle={assessment.cycle_id}&next={url('goals', assessment)}"
    assert assessment.proposed.filter(is_chosen=True).count() == 1


# Handing over


def test_goals_are_written_down_once_however_often_one_presses(coordinator, client_for):
    assessment = AssessmentFactory()
    found = suggestions(assessment)
    choose_goals(assessment=assessment, choices=[choice(one) for one in found.values()], by=coordinator)

    answers = [client_for(coordinator).post(url("agree", assessment)) for _press in range(2)]

    assert {answer.url for answer in answers} == {url("summary", assessment)}
    assert {goal.title for goal in Goal.objects.all()} == {one.title for one in found.values()}
    assert set(Goal.objects.values_list("status", "starts_on", "cycle")) == {
        (GoalStatus.DRAFT, assessment.cycle.starts_on, assessment.cycle_id)
    }


def test_each_goal_follows_the_figure_it_was_suggested_for(coordinator):
    assessment = AssessmentFactory()
    proposal = ProposedGoalFactory(assessment=assessment, metric_key="mou_active", baseline=2, target=5, is_chosen=True)

    finish_assessment(assessment=assessment, by=coordinator)

    measure = Measure.objects.get()
    proposal.refresh_from_db()
    assert (measure.metric_key, measure.source, measure.baseline, measure.target) == ("mou_active", "live", 2, 5)
    assert proposal.goal == measure.goal


def test_nothing_chosen_is_not_handed_over(coordinator, client_for):
    assessment = AssessmentFactory()

    with pytest.raises(NoGoalError):
        finish_assessment(assessment=assessment, by=coordinator)
    answer = client_for(coordinator).post(url("agree", assessment))

    assessment.refresh_from_db()
    assert answer.url == url("goals", assessment)
    assert not assessment.is_finished


def test_goal_of_ones_own_is_enough_to_hand_over(coordinator):
    assessment = AssessmentFactory()
    a_goal(cycle=assessment.cycle)

    assert finish_assessment(assessment=assessment, by=coordinator).is_finished


def test_chosen_goal_whose_figure_is_gone_stops_the_handing_over_whole(coordinator, client_for):
    assessment = AssessmentFactory()
    ProposedGoalFactory(assessment=assessment, metric_key="mou_active", is_chosen=True)
    ProposedGoalFactory(assessment=assessment, metric_key="forgotten", is_chosen=True)

    with pytest.raises(FigureGoneError):
        finish_assessment(assessment=assessment, by=coordinator)
    answer = client_for(coordinator).post(url("agree", assessment), follow=True)

    assert not Goal.objects.exists()
    assert "does not count any more" in text_of(answer)


def test_finished_assessment_takes_nothing_more(coordinator):
    assessment = AssessmentFactory(finished=True)

    with pytest.raises(AssessmentOverError):
        note_wish(assessment=assessment, kind=ItemKind.WISH, text="Late", category="", by=coordinator)
    with pytest.raises(AssessmentOverError):
        choose_goals(assessment=assessment, choices=[], by=coordinator)


@pytest.mark.parametrize("step", STEPS[:-1])
def test_finished_assessment_shows_its_summary(coordinator, client_for, step):
    assessment = AssessmentFactory(finished=True)

    answer = client_for(coordinator).get(url(step, assessment))

    assert answer.url == url("summary", assessment)


@pytest.mark.parametrize("step", ["strengths", "asked", "goals", "agree"])
def test_step_sent_after_the_director_agreed_saves_nothing(coordinator, client_for, step):
    assessment = AssessmentFactory(cycle__agreed=True)

    answer = client_for(coordinator).post(url(step, assessment), {"ticked": KEY, **wish()}, follow=True)

    assert answer.status_code in {200, 422}
    assert not assessment.items.exists()


def test_director_agrees_what_was_found(coordinator, director, client_for):
    assessment = AssessmentFactory()
    AssessmentItemFactory(assessment=assessment, title="Practice ward")
    ProposedGoalFactory(assessment=assessment, metric_key="mou_active", is_chosen=True, title="Five MOUs")
    finish_assessment(assessment=assessment, by=coordinator)

    before = text_of(client_for(director).get(url("summary", assessment)))
    agree_cycle(cycle=assessment.cycle, by=director)
    after = text_of(client_for(coordinator).get(url("summary", assessment)))

    assessment.cycle.refresh_from_db()
    assert "Five MOUs" in before
    assert "Practice ward" in before
    assert f"Agree {assessment.cycle.name}" in before
    assert f"Agreed by {director.name}" in after
    assert assessment.cycle.status == CycleStatus.AGREED


# Pages


def fill(assessment: Assessment) -> None:
    AssessmentItemFactory(assessment=assessment, by=UserFactory())
    AssessmentItemFactory(assessment=assessment, kind=ItemKind.WISH, source="", by=UserFactory())
    ProposedGoalFactory(assessment=assessment, is_chosen=True, owner=UserFactory())
    a_goal(cycle=assessment.cycle, owner=UserFactory())


@pytest.mark.parametrize("step", STEPS)
def test_step_asks_the_database_equally_often_however_much_there_is(coordinator, client_for, step, query_count):
    client, assessment = client_for(coordinator), AssessmentFactory()
    fill(assessment)
    client.get(url(step, assessment))
    one = query_count(lambda: client.get(url(step, assessment)))
    for _more in range(8):
        fill(assessment)

    many = query_count(lambda: client.get(url(step, assessment)))

    assert many == one
