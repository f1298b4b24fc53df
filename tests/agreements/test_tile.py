"""How stage 7 stands on the Roadmap, and what it names as the next step."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements import metrics
from agreements.enums import AgreementStatus
from agreements.tile import TILE, standing
from goals.enums import CycleStatus, GoalStatus, MeasureSource
from goals.models import Goal, Measure, PlanningCycle
from roadmap.slots import StageState
from tests.agreements.factories import AgreementFactory
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def _standing(user, school):
    found = {metric.key: metric for metric in metrics.METRICS}
    figures = {figure.metric: found[figure.metric].compute(found[figure.metric].records()) for figure in TILE.figures}
    with CaptureQueriesContext(connection) as queries:
        made = standing(user, school, figures)
    assert len(queries) <= 5
    return made


def _ending_in(days, **fields):
    return AgreementFactory(active=True, ends_on=timezone.localdate() + dt.timedelta(days=days), **fields)


def _goal(school, target):
    today = school.today()
    days = {"starts_on": today - dt.timedelta(days=100), "ends_on": today + dt.timedelta(days=200)}
    cycle = PlanningCycle.objects.create(
        name="2025/26", status=CycleStatus.RUNNING, agreed_on=days["starts_on"], **days
    )
    goal = Goal.objects.create(
        cycle=cycle,
        title="Partners in writing",
        status=GoalStatus.ACTIVE,
        agreed_on=days["starts_on"],
        starts_on=days["starts_on"],
        due_on=days["ends_on"],
    )
    Measure.objects.create(
        goal=goal,
        label="Agreements in force",
        source=MeasureSource.LIVE,
        metric_key="mou_active",
        baseline=0,
        baseline_on=days["starts_on"],
        target=Decimal(target),
        target_on=days["ends_on"],
    )


def test_not_started_without_any(coordinator, school):
    OrganisationFactory()

    made = _standing(coordinator, school)

    assert (made.state, made.next_step.url) == (StageState.NOT_STARTED, "/agreements/new/")


def test_needs_attention_when_none_is_left(coordinator, school):
    AgreementFactory(status=AgreementStatus.EXPIRED, signed_at=timezone.now())

    assert _standing(coordinator, school).state == StageState.ATTENTION


def test_change_asked_for_goes_before_everything(coordinator, school):
    _ending_in(10)
    AgreementFactory(status=AgreementStatus.SENT)
    asked = AgreementFactory(status=AgreementStatus.DECLINED, organisation__name="Kestrel")

    made = _standing(coordinator, school)

    assert made.state == StageState.ATTENTION
    assert made.next_step.sentence == "Answer Kestrel: they ask for a change before they sign."
    assert made.next_step.url == asked.get_absolute_url()


def test_end_within_thirty_days_needs_attention(coordinator, school):
    near = _ending_in(30, organisation__name="Halden Logistics")
    AgreementFactory(status=AgreementStatus.DRAFT)

    made = _standing(coordinator, school)

    assert (made.state, made.next_step.url) == (StageState.ATTENTION, near.get_absolute_url())
    assert made.next_step.sentence.startswith("Speak with Halden Logistics about what follows")


def test_on_course_leads_to_the_oldest_that_is_out(coordinator, school, client_for):
    _ending_in(60)
    out = AgreementFactory(status=AgreementStatus.SENT, status_since=timezone.now() - dt.timedelta(days=3))
    AgreementFactory(status=AgreementStatus.SENT)
    AgreementFactory(status=AgreementStatus.DRAFT)

    made = _standing(coordinator, school)

    assert (made.state, made.done, made.total, made.progress) == (StageState.ON_COURSE, 1, 4, "1 of 4 in force")
    assert made.next_step.url == out.get_absolute_url()
    assert client_for(coordinator).get(made.next_step.url).status_code == 200


def test_draft_is_finished_on_its_form(coordinator, school):
    draft = AgreementFactory(status=AgreementStatus.DRAFT)

    assert _standing(coordinator, school).next_step.url == f"/agreements/{draft.pk}/edit/"


def test_signed_one_asks_for_nothing_until_its_first_day(coordinator, school):
    AgreementFactory(signed=True)

    made = _standing(coordinator, school)

    assert (made.state, made.progress) == (StageState.ON_COURSE, "0 of 1 in force")
    assert made.next_step.url == "/agreements/new/"


def test_ring_is_out_of_the_goal_of_the_year(coordinator, school):
    _ending_in(300)
    _goal(school, 20)

    made = _standing(coordinator, school)

    assert (made.done, made.total, made.progress, made.state) == (1, 20, "1 of 20 in force", StageState.ON_COURSE)


def test_in_place_once_the_goal_is_reached(coordinator, school):
    _ending_in(300)
    _goal(school, 1)

    assert _standing(coordinator, school).state == StageState.IN_PLACE


def test_figures_count_exactly_what_their_pages_show(coordinator, client_for):
    _ending_in(60)
    _ending_in(200)
    _ending_in(-1)
    for status in [AgreementStatus.DRAFT, AgreementStatus.SENT, AgreementStatus.DECLINED, AgreementStatus.WITHDRAWN]:
        AgreementFactory(status=status)
    AgreementFactory(signed=True)
    client = client_for(coordinator)

    values = {}
    for metric in metrics.METRICS[:3]:
        figure = metric.figure()
        assert client.get(metric.records_url).context["page"].count == figure.n
        values[metric.key] = figure.value

    assert values == {"mou_active": 2, "mou_in_progress": 3, "mou_expiring_90": 1}
