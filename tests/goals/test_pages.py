"""The board, a goal's page, the forms, programmes: what they show, refuse and cost."""

import datetime as dt
import re
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from goals.enums import CycleStatus, GoalStatus
from goals.isced import DETAILED
from goals.models import Goal, ManualReading, PlanningCycle, Programme, TargetChange
from roadmap.slots import Figure
from tests.goals.factories import (
    GoalFactory,
    ManualReadingFactory,
    MeasureFactory,
    PlanningCycleFactory,
    ProgrammeFactory,
    a_goal,
    a_running_goal,
)
from tests.roadmap.factories import MetricReadingFactory, people_metric

pytestmark = pytest.mark.django_db
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def goal_form(cycle, **fields):
    return {
        "cycle": cycle.pk,
        "title": "120 placement places",
        "why": "Six weeks in a firm",
        "category": "job_placement",
        "priority": "1",
        "starts_on": cycle.starts_on.isoformat(),
        "due_on": cycle.ends_on.isoformat(),
        "source": "manual",
        "label": "Places",
        "unit": "count",
        "direction": "increase",
        "baseline": "0",
        "target": "120",
        **fields,
    }


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
    marta.post(landed["Location"], goal_form(cycle))
    goal = Goal.objects.get()
    helena.post(reverse("goals:cycle_agree", args=[cycle.pk]))
    marta.post(reverse("goals:cycle_start", args=[cycle.pk]))
    marta.post(reverse("goals:reading", args=[goal.pk]), {"on": days(0).isoformat(), "value": "61", "note": "Counted"})
    marta.post(reverse("goals:target", args=[goal.pk]), {"target": "130", "due_on": goal.due_on, "reason": "More"})
    marta.post(reverse("goals:close", args=[goal.pk]), {"outcome": "partly_achieved", "note": "61 of 130"})
    marta.post(reverse("goals:cycle_close", args=[cycle.pk]))

    goal.refresh_from_db()
    cycle.refresh_from_db()
    assert landed["Location"] == f"{reverse('goals:add')}?cycle={cycle.pk}"
    assert (cycle.status, cycle.agreed_by, goal.status) == (CycleStatus.CLOSED, director, GoalStatus.PARTLY_ACHIEVED)
    assert (goal.measures.get().final_value, goal.measures.get().target) == (61, 130)
    page = text_of(marta.get(goal.get_absolute_url()))
    assert "was 120 became 130" in page
    assert "61 of 130" in page


def test_year_that_overlaps_an_agreed_one_is_refused_in_words(coordinator, client_for):
    PlanningCycleFactory(agreed=True, name="2040/41", starts_on=dt.date(2040, 9, 1), ends_on=dt.date(2041, 7, 31))

    page = client_for(coordinator).post(
        reverse("goals:cycle_add"), {"name": "Another", "starts_on": "2041-01-01", "ends_on": "2041-12-31"}
    )

    assert page.status_code == UNPROCESSABLE
    assert "These days overlap with 2040/41, which is agreed: 1 September 2040 to 31 July 2041." in text_of(page)
    assert 'value="Another"' in page.content.decode()


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


def test_agreed_year_has_no_form(coordinator, client_for):
    cycle = PlanningCycleFactory(agreed=True)

    page = client_for(coordinator).get(reverse("goals:cycle_edit", args=[cycle.pk]), follow=True)

    assert "is agreed; its days and name stay as they are" in text_of(page)


def test_form_suggests_the_year_after_the_last(coordinator, client_for):
    PlanningCycleFactory(name="2040/41", starts_on=dt.date(2040, 9, 1), ends_on=dt.date(2041, 7, 31))

    form = client_for(coordinator).get(reverse("goals:cycle_add")).context["form"]

    assert (form.initial["name"], form.initial["starts_on"]) == ("2041/42", dt.date(2041, 9, 1))


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


def test_programme_changed_meanwhile_shows_both(coordinator, client_for):
    programme = ProgrammeFactory(version=2, title="Theirs")
    form = {"title": "Mine", "code": "X", "isced_f": "0713", "eqf": 3, "workplace_hours": 1, "places_needed": 1}

    page = client_for(coordinator).post(reverse("goals:programme_edit", args=[programme.pk]), {**form, "version": 1})

    assert page.status_code == HTTPStatus.CONFLICT
    assert "Theirs" in text_of(page)


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
