"""What the forms take, and what they refuse in which words."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from goals.models import Goal, ManualReading, PlanningCycle, Programme, TargetChange
from roadmap.slots import Figure
from tests.goals.factories import PlanningCycleFactory, ProgrammeFactory, a_goal, a_running_goal
from tests.goals.forms import goal_form, text_of
from tests.roadmap.factories import MetricReadingFactory, people_metric
from ui.services import save_draft

pytestmark = pytest.mark.django_db
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": ""}, "name"),
        ({"name": "2040/41"}, "name"),
        ({"ends_on": "2050-09-01"}, "ends_on"),
        ({"ends_on": "2049-01-01"}, "ends_on"),
        ({"starts_on": "tomorrow"}, "starts_on"),
        ({"narrative": "x" * 50_000}, "narrative"),
    ],
)
def test_year_that_makes_no_sense_is_refused_by_its_field(fields, error, coordinator, client_for):
    PlanningCycleFactory(name="2040/41")
    year = {"name": "2050/51", "starts_on": "2050-09-01", "ends_on": "2051-07-31", **fields}

    page = client_for(coordinator).post(reverse("goals:cycle_add"), year)

    assert page.status_code == UNPROCESSABLE
    assert list(page.context["form"].errors) == [error]
    assert PlanningCycle.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"title": ""}, "title", ""),
        ({"title": "x" * 121}, "title", ""),
        ({"why": "x" * 50_000}, "why", ""),
        ({"category": "fun"}, "category", ""),
        ({"priority": "9"}, "priority", ""),
        ({"target": "0"}, "target", "The target is the same as the start"),
        ({"target": "0.00"}, "target", "The target is the same as the start"),
        ({"target": "-5"}, "target", "The target lies behind the start"),
        ({"direction": "decrease"}, "target", "The target lies behind the start"),
        ({"target": ""}, "target", "Write down the target"),
        ({"target": "many"}, "target", ""),
        ({"target": "NaN"}, "target", ""),
        ({"target": "1" * 40}, "target", ""),
        ({"baseline": ""}, "baseline", "Write down where the figure starts"),
        ({"label": ""}, "label", "Say what is noted"),
        ({"unit": ""}, "unit", "Choose the unit"),
        ({"unit": "percent", "target": "120"}, "target", "A percentage lies between 0 and 100"),
        ({"unit": "percent", "baseline": "-3", "target": "20"}, "baseline", "A percentage lies between 0 and 100"),
        ({"source": "live", "metric_key": ""}, "metric_key", "Choose the figure"),
        ({"source": "live", "metric_key": "forgotten"}, "metric_key", ""),
        ({"source": "live", "metric_key": "goals_set"}, "metric_key", ""),
        ({"direction": "maintain"}, "target", "A figure that stays where it is has the start as its target"),
        ({"direction": "maintain", "target": "", "tolerance": "-1"}, "tolerance", ""),
        ({"due_on": "2039-01-01"}, "due_on", ""),
        ({"starts_on": "2039-01-01"}, "starts_on", "Choose a day within it"),
        ({"starts_on": "2041-01-01", "due_on": "2041-01-01"}, "due_on", "This day must come after the first"),
        ({"owner": "0"}, "owner", ""),
        ({"programmes": "0"}, "programmes", ""),
    ],
)
def test_goal_that_makes_no_sense_is_refused_by_its_field(fields, error, words, coordinator, client_for, people):
    cycle = PlanningCycleFactory(starts_on=dt.date(2040, 9, 1), ends_on=dt.date(2041, 7, 31))

    page = client_for(coordinator).post(reverse("goals:add"), goal_form(cycle, **fields))

    assert page.status_code == UNPROCESSABLE
    assert list(page.context["form"].errors) == [error]
    assert words in text_of(page)
    assert "Six weeks in a firm" in page.content.decode() or "why" in fields
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"value": ""}, "value"),
        ({"value": "lots"}, "value"),
        ({"value": "101"}, "value"),
        ({"value": "-1"}, "value"),
        ({"on": "2999-01-01"}, "on"),
        ({"on": "soon"}, "on"),
        ({"n": "-4"}, "n"),
        ({"note": "x" * 50_000}, "note"),
    ],
)
def test_figure_that_makes_no_sense_is_refused_by_its_field(fields, error, coordinator, client_for):
    goal = a_running_goal()
    goal.measures.update(unit="percent")

    page = client_for(coordinator).post(
        reverse("goals:reading", args=[goal.pk]), {"on": "2026-01-01", "value": "71", **fields}
    )

    assert page.status_code == UNPROCESSABLE
    assert list(page.context["form"].errors) == [error]
    assert not ManualReading.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "Say why: what was agreed is not changed without a reason."),
        ({"target": "0"}, "there is no way to go in this direction"),
        ({"target": "100"}, "The target and its day are as they were. Change one of them."),
        ({"due_on": "2000-01-01"}, "there is no way to go in this direction"),
    ],
)
def test_target_that_makes_no_sense_is_refused_in_words(fields, words, coordinator, client_for):
    goal = a_running_goal()
    form = {"target": "110", "due_on": goal.due_on.isoformat(), "reason": "A second class", **fields}

    page = client_for(coordinator).post(reverse("goals:target", args=[goal.pk]), form)

    assert page.status_code == UNPROCESSABLE
    assert words in text_of(page)
    assert not TargetChange.objects.exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"isced_f": "9999"}, "isced_f"),
        ({"isced_f": ""}, "isced_f"),
        ({"eqf": "0"}, "eqf"),
        ({"eqf": "9"}, "eqf"),
        ({"code": "TAKEN"}, "code"),
        ({"code": ""}, "code"),
        ({"title": "x" * 50_000}, "title"),
        ({"workplace_hours": "-1"}, "workplace_hours"),
        ({"places_needed": "1000000"}, "places_needed"),
    ],
)
def test_programme_that_makes_no_sense_is_refused_by_its_field(fields, error, coordinator, client_for):
    ProgrammeFactory(code="TAKEN")
    form = {"title": "Logistics", "code": "LOG", "isced_f": "1041", "eqf": "3", "workplace_hours": "0"}

    page = client_for(coordinator).post(reverse("goals:programme_add"), {**form, "places_needed": "8", **fields})

    assert page.status_code == UNPROCESSABLE
    assert list(page.context["form"].errors) == [error]
    assert Programme.objects.count() == 1


def test_year_that_overlaps_an_agreed_one_is_refused_in_words(coordinator, client_for):
    PlanningCycleFactory(agreed=True, name="2040/41", starts_on=dt.date(2040, 9, 1), ends_on=dt.date(2041, 7, 31))

    page = client_for(coordinator).post(
        reverse("goals:cycle_add"), {"name": "Another", "starts_on": "2041-01-01", "ends_on": "2041-12-31"}
    )

    assert page.status_code == UNPROCESSABLE
    assert "These days overlap with 2040/41, which is agreed: 1 September 2040 to 31 July 2041." in text_of(page)
    assert 'value="Another"' in page.content.decode()


def test_agreed_year_has_no_form(coordinator, client_for):
    cycle = PlanningCycleFactory(agreed=True)

    page = client_for(coordinator).get(reverse("goals:cycle_edit", args=[cycle.pk]), follow=True)

    assert "is agreed; its days and name stay as they are" in text_of(page)


def test_form_suggests_the_year_after_the_last(coordinator, client_for):
    PlanningCycleFactory(name="2040/41", starts_on=dt.date(2040, 9, 1), ends_on=dt.date(2041, 7, 31))

    form = client_for(coordinator).get(reverse("goals:cycle_add")).context["form"]

    assert (form.initial["name"], form.initial["starts_on"]) == ("2041/42", dt.date(2041, 9, 1))


def test_figure_that_is_counted_starts_from_what_it_is(coordinator, client_for, people):
    MetricReadingFactory(value=9)
    cycle, client = PlanningCycleFactory(), client_for(coordinator)

    offered = client.get(reverse("goals:add"))
    client.post(
        reverse("goals:add"),
        goal_form(cycle, source="live", metric_key="people", label="", unit="", baseline="", target="30"),
    )

    measure = Goal.objects.get().measures.get()
    assert "People (how many, now 9)" in text_of(offered)
    assert (measure.label, measure.unit, measure.baseline, measure.target) == ("People", "count", 1, 30)


def test_figure_without_a_value_needs_a_start(coordinator, client_for, contribute):
    contribute(people_metric(compute=lambda rows: Figure(None, 0, "nobody yet")))

    page = client_for(coordinator).post(
        reverse("goals:add"), goal_form(PlanningCycleFactory(), source="live", metric_key="people", baseline="")
    )

    assert "This figure has no value yet. Write down where it starts." in text_of(page)


def test_figure_that_stays_needs_no_target(coordinator, client_for):
    cycle = PlanningCycleFactory()

    client_for(coordinator).post(
        reverse("goals:add"), goal_form(cycle, direction="maintain", baseline="50", target="", tolerance="2")
    )

    measure = Goal.objects.get().measures.get()
    assert (measure.target, measure.tolerance) == (50, 2)


def test_goal_sent_twice_is_one_goal(coordinator, client_for):
    client, form = client_for(coordinator), goal_form(PlanningCycleFactory(), form_key="k" * 22)

    first, second = (client.post(reverse("goals:add"), form) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Goal.objects.count() == 1


def test_goal_before_any_year_leads_to_the_year(coordinator, client_for):
    page = client_for(coordinator).get(reverse("goals:add"), follow=True)

    assert page.redirect_chain[-1][0] == reverse("goals:cycle_add")
    assert "Goals belong to a year. Set it up first." in text_of(page)


def test_draft_is_changed_whole_an_agreed_goal_in_part(coordinator, client_for):
    client, draft, agreed = client_for(coordinator), a_goal(), a_running_goal()

    client.post(reverse("goals:edit", args=[draft.pk]), goal_form(draft.cycle, version="1", target="150"))
    client.post(reverse("goals:edit", args=[agreed.pk]), goal_form(agreed.cycle, version="1", target="150"))

    assert [goal.measures.get().target for goal in (draft, agreed)] == [150, 100]
    assert set(Goal.objects.values_list("title", flat=True)) == {"120 placement places"}


def test_goal_changed_meanwhile_shows_both(coordinator, client_for):
    goal = a_running_goal(version=4, title="Theirs")

    page = client_for(coordinator).post(
        reverse("goals:edit", args=[goal.pk]), goal_form(goal.cycle, version="3", title="Mine")
    )

    assert page.status_code == HTTPStatus.CONFLICT
    assert "Theirs" in text_of(page)
    assert "Mine" in text_of(page)


def test_programme_changed_meanwhile_shows_both(coordinator, client_for):
    programme = ProgrammeFactory(version=2, title="Theirs")
    form = {"title": "Mine", "code": "X", "isced_f": "0713", "eqf": 3, "workplace_hours": 1, "places_needed": 1}

    page = client_for(coordinator).post(reverse("goals:programme_edit", args=[programme.pk]), {**form, "version": 1})

    assert page.status_code == HTTPStatus.CONFLICT
    assert "Theirs" in text_of(page)


def test_goal_half_written_comes_back_until_it_is_saved(coordinator, client_for):
    cycle, client = PlanningCycleFactory(), client_for(coordinator)
    save_draft(owner=coordinator, key="goals.goal", path="/goals/new/", fields={"title": ["Half a"], "target": ["7"]})

    begun = client.get(reverse("goals:add")).context["form"]
    client.post(reverse("goals:add"), goal_form(cycle))

    assert (begun["title"].value(), begun["target"].value()) == ("Half a", "7")
    assert client.get(reverse("goals:add")).context["form"]["title"].value() is None
