"""The board, a goal’s page and programmes: what they show and what they cost."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from goals.enums import CycleStatus, GoalStatus
from goals.isced import DETAILED
from goals.models import Goal, PlanningCycle, Programme, TargetChange
from tests.goals.factories import (
    GoalFactory,
    ManualReadingFactory,
    MeasureFactory,
    PlanningCycleFactory,
    ProgrammeFactory,
    a_goal,
    a_running_goal,
)
from tests.goals.forms import days, goal_form, text_of
from tests.roadmap.factories import MetricReadingFactory

pytestmark = pytest.mark.django_db
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def test_first_board_leads_to_the_first_year(coordinator, client_for):
    page = client_for(coordinator).get(reverse("goals:board"))

    assert "What do we want from business?" in text_of(page)
    assert reverse("goals:cycle_add") in page.content.decode()


def test_board_shows_how_each_goal_stands(coordinator, client_for):
    goal = a_running_goal(title="120 placement places", owner=coordinator)
    ManualReadingFactory(measure=goal.measures.get(), value=61, note="Confirmed in writing")

    page = text_of(client_for(coordinator).get(reverse("goals:board")))

    assert "58% of the year is over" in page
    assert "120 placement places" in page
    assert "61 of 100, 58 expected by now" in page
    assert "3 ahead" in page
    assert "Confirmed in writing" in page


def test_board_of_another_year_is_one_click_away(coordinator, client_for):
    a_running_goal(title="This year")
    old = a_goal(cycle=PlanningCycleFactory(closed=True, name="2019/20"), title="Long ago", status=GoalStatus.ACHIEVED)

    page = client_for(coordinator).get(old.cycle.get_absolute_url())

    assert "Long ago" in text_of(page)
    assert "This year" not in text_of(page)


@pytest.mark.parametrize("query", ["?cycle=0", "?cycle=abc", "?cycle=99999999999999999999", "?cycle=-1"])
def test_board_of_no_year_is_not_found(query, coordinator, client_for):
    assert client_for(coordinator).get(reverse("goals:board") + query).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(("state", "count"), [("", 3), ("set", 3), ("on_track", 1), ("behind", 1), ("nonsense", 3)])
def test_board_narrows_to_a_state(state, count, coordinator, client_for):
    for value in (100, 0):
        ManualReadingFactory(measure=a_running_goal().measures.get(), value=value)
    a_running_goal()

    page = client_for(coordinator).get(reverse("goals:board"), {"state": state})

    assert page.context["page"].count == count
    assert page.content.decode().count("data-row") == count


def test_way_of_a_year_from_the_first_form_to_the_end(coordinator, director, client_for):
    marta, helena = client_for(coordinator), client_for(director)

    year = {"name": "2026/27", "starts_on": days(-10).isoformat(), "ends_on": days(300).isoformat()}
    landed = marta.post(reverse("goals:cycle_add"), year)
    cycle = PlanningCycle.objects.get()
    marta.post(reverse("goals:add"), goal_form(cycle))
    goal = Goal.objects.get()
    helena.post(reverse("goals:cycle_agree", args=[cycle.pk]))
    marta.post(reverse("goals:cycle_start", args=[cycle.pk]))
    marta.post(reverse("goals:reading", args=[goal.pk]), {"on": days(0).isoformat(), "value": "61", "note": "Counted"})
    marta.post(reverse("goals:target", args=[goal.pk]), {"target": "130", "due_on": goal.due_on, "reason": "More"})
    marta.post(reverse("goals:close", args=[goal.pk]), {"outcome": "partly_achieved", "note": "61 of 130"})
    marta.post(reverse("goals:cycle_close", args=[cycle.pk]))

    goal.refresh_from_db()
    cycle.refresh_from_db()
    assert landed["Location"] == reverse("goals:assessment", args=[cycle.pk])
    assert (cycle.status, cycle.agreed_by, goal.status) == (CycleStatus.CLOSED, director, GoalStatus.PARTLY_ACHIEVED)
    assert (goal.measures.get().final_value, goal.measures.get().target) == (61, 130)
    page = text_of(marta.get(goal.get_absolute_url()))
    assert "was 120 became 130" in page
    assert "61 of 130" in page


def test_goal_page_draws_the_line_and_says_it_in_words(coordinator, client_for):
    goal = a_running_goal(title="100 places", owner=coordinator)
    for ago, value in [(60, 20), (40, 33), (20, 45), (0, 50)]:
        ManualReadingFactory(measure=goal.measures.get(), on=days(-ago), value=value)

    page = client_for(coordinator).get(goal.get_absolute_url())

    body = page.content.decode()
    assert "At this pace 121 of 100" in text_of(page)
    assert "50 today, 58 expected." in text_of(page)
    assert body.count('class="ch"') == 2
    assert body.count('role="img"') == 2
    assert "Show the figures as a table" in body
    assert 'class="proj"' in body


def test_counted_goal_opens_what_counts(coordinator, client_for, people):
    goal = MeasureFactory(live=True, goal__active=True, target=4).goal

    page = client_for(coordinator).get(goal.get_absolute_url())

    assert "Everybody who may sign in." in text_of(page)
    assert 'href="/search/?q=people"' in page.content.decode()


def test_programme_is_added_listed_and_found_by_field(coordinator, client_for):
    client = client_for(coordinator)
    form = {"title": "Logistics", "code": "LOG", "isced_f": "1041", "eqf": "3", "workplace_hours": "200"}
    client.post(reverse("goals:programme_add"), {**form, "places_needed": "8", "is_active": "on"})
    ProgrammeFactory(title="Former", is_active=False)

    listed = text_of(client.get(reverse("goals:programmes")))
    services = client.get(reverse("goals:programmes"), {"field": "10"})
    page = text_of(client.get(Programme.objects.get(code="LOG").get_absolute_url()))

    assert "Logistics" in listed
    assert "Former" not in listed
    assert [row.title for row in services.context["page"].rows] == ["Logistics"]
    assert "1041 Transport services" in page
    assert "8 places needed this year" in page


def a_board_of(number: int) -> None:
    for _ in range(number):
        goal = a_running_goal()
        ManualReadingFactory(measure=goal.measures.get())
        MeasureFactory(live=True, goal=GoalFactory(cycle=goal.cycle, status=goal.status, agreed_on=goal.agreed_on))


@pytest.mark.parametrize("name", ["goals:board", "roadmap:today"])
def test_board_and_today_cost_the_same_for_one_and_thirty_goals(name, coordinator, client_for, query_count, people):
    client, url = client_for(coordinator), reverse(name)
    a_board_of(1)
    MetricReadingFactory()
    client.get(url)

    few = query_count(lambda: client.get(url))
    a_board_of(14)

    assert query_count(lambda: client.get(url)) == few


def test_programmes_cost_the_same_for_one_and_thirty(coordinator, client_for, query_count):
    client, url = client_for(coordinator), reverse("goals:programmes")
    ProgrammeFactory(head=coordinator)
    client.get(url)

    few = query_count(lambda: client.get(url))
    for field in list(DETAILED)[:29]:
        ProgrammeFactory(head=coordinator, isced_f=field)

    assert query_count(lambda: client.get(url)) == few


def test_goal_page_costs_the_same_for_one_and_thirty_readings(coordinator, client_for, query_count):
    goal = a_running_goal()
    measure, client = goal.measures.get(), client_for(coordinator)
    ManualReadingFactory(measure=measure, on=days(-1), noted_by=coordinator)
    client.get(goal.get_absolute_url())

    few = query_count(lambda: client.get(goal.get_absolute_url()))
    for ago in range(2, 31):
        ManualReadingFactory(measure=measure, on=days(-ago), noted_by=coordinator)
        TargetChange.objects.create(
            measure=measure, was=1, became=2, was_due_on=days(0), became_due_on=days(1), reason="x", by=coordinator
        )

    assert query_count(lambda: client.get(goal.get_absolute_url())) == few


def test_programme_page_costs_the_same_for_one_and_fifteen_goals(coordinator, client_for, query_count):
    programme, client = ProgrammeFactory(), client_for(coordinator)
    a_running_goal(owner=coordinator).programmes.add(programme)
    client.get(programme.get_absolute_url())

    few = query_count(lambda: client.get(programme.get_absolute_url()))
    for _ in range(14):
        a_running_goal(owner=coordinator).programmes.add(programme)

    assert query_count(lambda: client.get(programme.get_absolute_url())) == few


def test_programme_is_served_by_goals_that_name_it_and_by_those_that_name_none(coordinator, client_for):
    programme, other = ProgrammeFactory(), ProgrammeFactory()
    a_running_goal(title="For this one").programmes.add(programme)
    a_running_goal(title="For both").programmes.add(programme, other)
    a_running_goal(title="For the other").programmes.add(other)
    a_running_goal(title="For all")
    a_running_goal(title="Given up", status=GoalStatus.DROPPED, close_note="No")
    a_goal(title="Next year’s")

    shown = client_for(coordinator).get(programme.get_absolute_url()).context["goals"]

    assert [goal.title for goal in shown] == ["For this one", "For both", "For all"]
