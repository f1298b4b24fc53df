"""What stage 6 tells the rest: Today, what falls due, search, figures and its card on the Roadmap."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.demo import load as load_accounts
from goals.demo import load as load_goals
from partnerships.demo import load as load_partners
from partnerships.models import TimelineEvent
from pilots import demo, metrics, scale, stage
from pilots.enums import DECISIONS, PilotStatus
from pilots.models import CriterionChange, Pilot, SuccessCriterion
from pilots.tile import TILE, standing
from roadmap import registry
from roadmap.slots import Figure, Metric, StageState
from tests.partnerships.factories import OrganisationFactory
from tests.pilots.factories import PilotFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 12)


def _titles(items):
    return [item.title for item in items]


def _figures():
    found = {metric.key: metric for metric in metrics.METRICS}
    return {key: metric.figure() for key, metric in found.items()}


def _standing(user, school):
    with CaptureQueriesContext(connection) as queries:
        figures = _figures()
        before = len(queries)
        made = standing(user, school, figures)
        asked = len(queries) - before
    assert asked <= 3
    return made


def test_today_asks_the_director_to_approve_what_costs_money(coordinator, director, school):
    PilotFactory(budget_planned=640, organisation__name="Nordwell Electrical")
    PilotFactory()

    assert _titles(stage.to_approve(director, school, 5)) == ["Approve the pilot with Nordwell Electrical"]
    assert stage.to_approve(coordinator, school, 5) == []


def test_today_asks_the_owner_for_results_and_decision(coordinator, director, school):
    PilotFactory(delivered=True, owner=coordinator, organisation__name="Nordwell")
    PilotFactory(status=PilotStatus.EVALUATED, owner=coordinator, organisation__name="Kestrel")
    PilotFactory(status=PilotStatus.SCALED, owner=coordinator)

    assert set(_titles(stage.to_wind_up(coordinator, school, 5))) == {
        "Write down what came of the pilot with Nordwell",
        "Decide what follows from the pilot with Kestrel",
    }
    assert stage.to_wind_up(director, school, 5) == []


def test_due_are_ends_and_decisions_after_thirty_days(coordinator, director, school):
    today = school.today()

    def pilot(title, status, ended):
        ends = today + dt.timedelta(days=ended)
        PilotFactory(title=title, status=status, owner=coordinator, starts_on=ends, ends_on=ends)

    pilot("Ends today", PilotStatus.RUNNING, 0)
    pilot("Ends tomorrow", PilotStatus.RUNNING, 1)
    pilot("Decide today", PilotStatus.EVALUATED, -30)
    pilot("Decide tomorrow", PilotStatus.DELIVERED, -29)
    pilot("Decided", PilotStatus.SCALED, -60)

    due = stage.due(coordinator, school, today, 10)

    assert {(item.title, item.on) for item in due} == {
        ("Pilot ends: Ends today", today),
        ("Decide about the pilot: Decide today", today),
    }
    assert stage.due(director, school, today, 10) == []


def test_search_finds_by_title_and_place(viewer):
    PilotFactory(title="Vier Elektriker für Nordwell", place="Weir Road")

    assert _titles(stage.find(viewer, ["fur", "nordwell"], 5)) == ["Vier Elektriker für Nordwell"]
    assert _titles(stage.find(viewer, ["weir"], 5)) == ["Vier Elektriker für Nordwell"]
    assert stage.find(viewer, ["bakery"], 5) == []


def test_panel_shows_the_newest_or_offers_one(coordinator, viewer, school):
    partner = OrganisationFactory()

    assert stage.panel(partner, coordinator, school) == {"pilots": [], "may_plan": True}
    assert stage.panel(partner, viewer, school) is None


def test_figures_count_exactly_what_their_pages_show(coordinator, client_for):
    today = timezone.localdate()
    for status in PilotStatus:
        PilotFactory(status=status, students=3)
        PilotFactory(status=status, students=5, feedback_count=1)
    long_over = today - dt.timedelta(days=31)
    PilotFactory(delivered=True, starts_on=long_over, ends_on=long_over)
    client = client_for(coordinator)

    figures = _figures()

    assert {key: figure.value for key, figure in figures.items()} == {
        "pilots_run": 7,
        "pilot_students": 28,
        "pilots_without_feedback": 3,
        "pilots_late": 1,
    }
    for metric in metrics.METRICS:
        assert client.get(metric.records_url).context["page"].count == figures[metric.key].n


def test_card_names_figures_that_exist():
    known = {metric.key for metric in registry.of(Metric)}

    assert {figure.metric for figure in TILE.figures} | set(TILE.needs) <= known


def test_stage_has_not_started_without_a_pilot(coordinator, school):
    PilotFactory(status=PilotStatus.CANCELLED)

    made = _standing(coordinator, school)

    assert (made.state, made.next_step.url) == (StageState.NOT_STARTED, "/pilots/new/")


def test_stage_waits_while_nobody_was_heard(coordinator, school, client_for):
    pilot = PilotFactory(
        delivered=True, organisation__name="Nordwell Electrical", starts_on=school.today(), ends_on=school.today()
    )
    PilotFactory(status=PilotStatus.RUNNING, feedback_count=2)
    PilotFactory(status=PilotStatus.SCALED, feedback_count=1)

    made = _standing(coordinator, school)

    assert (made.state, made.pill) == (StageState.WAITING, "Waiting for feedback")
    assert (made.done, made.total, made.progress) == (1, 2, "1 of 2 with feedback")
    assert made.next_step.sentence.startswith("Ask Nordwell Electrical for feedback. The pilot ended on ")
    assert client_for(coordinator).get(made.next_step.url).status_code == 200
    Pilot.objects.filter(pk=pilot.pk).update(feedback_count=1)
    assert _standing(coordinator, school).state == StageState.ON_COURSE


def test_stage_needs_attention_when_a_decision_is_late(coordinator, school):
    ended = school.today() - dt.timedelta(days=31)
    pilot = PilotFactory(delivered=True, starts_on=ended, ends_on=ended)

    made = _standing(coordinator, school)

    assert (made.state, made.next_step.url) == (StageState.ATTENTION, f"/pilots/{pilot.pk}/decide/")


STEPS = [
    (PilotStatus.EVALUATED, "/pilots/{}/decide/"),
    (PilotStatus.DELIVERED, "/pilots/{}/results/"),
    (PilotStatus.APPROVED, "/pilots/{}/"),
    (PilotStatus.PLANNED, "/pilots/{}/"),
    (PilotStatus.IDEA, "/pilots/{}/edit/"),
    (PilotStatus.SCHEDULED, "/pilots/{}/"),
    (PilotStatus.RUNNING, "/pilots/{}/"),
]


@pytest.mark.parametrize(("status", "url"), STEPS)
def test_stage_on_course_leads_to_the_page_that_does_the_next_step(status, url, coordinator, school, client_for):
    pilot = PilotFactory(status=status, feedback_count=1)

    made = _standing(coordinator, school)

    assert (made.state, made.next_step.url) == (StageState.ON_COURSE, url.format(pilot.pk))
    assert client_for(coordinator).get(made.next_step.url).status_code == 200


def test_stage_is_in_place_once_every_pilot_is_decided(coordinator, school):
    PilotFactory(status=PilotStatus.SCALED)

    assert _standing(coordinator, school).state == StageState.IN_PLACE


def test_standing_does_without_a_record_that_has_just_gone(coordinator, school):
    stale = {**_figures(), "pilots_late": Figure(value=1, n=1), "pilots_without_feedback": Figure(value=1, n=1)}

    assert standing(coordinator, school, stale).state == StageState.NOT_STARTED


@pytest.fixture
def demo_school(db):
    load_accounts(DAY)
    load_goals(DAY)
    load_partners(DAY)
    demo.load(DAY)


def test_demo_shows_five_pilots_with_twenty_three_students(demo_school):
    demo.load(DAY)

    figures = _figures()
    assert (figures["pilots_run"].value, figures["pilot_students"].value) == (5, 23)
    nordwell = Pilot.objects.get(organisation__name="Nordwell Electrical")
    assert (nordwell.ends_on, nordwell.status) == (dt.date(2026, 3, 6), PilotStatus.DELIVERED)
    assert nordwell.programme.title == "Electrical Installation"
    assert [one.text for one in nordwell.criteria.all() if one.lacks_actual] == ["Students felt ready on day one"]
    assert CriterionChange.objects.count() == 1


def test_demo_tells_a_year_on_the_timeline(demo_school):
    kinds = TimelineEvent.objects.filter(kind__startswith="pilots.")

    decided = Pilot.objects.filter(status__in=DECISIONS)
    assert kinds.filter(kind="pilots.decided").count() == decided.count() == 8
    assert Pilot.objects.filter(programme=None).count() == 0
    assert not kinds.filter(at__date__gt=DAY).exists()


def test_scale_makes_pilots_in_proportion(coordinator):
    for _n in range(40):
        OrganisationFactory()

    scale.make(40)

    assert Pilot.objects.count() == 4
    assert SuccessCriterion.objects.count() == 12
