"""What is on record and what colleagues wish, before goals are chosen for a year."""

import datetime as dt

import pytest
from django.urls import reverse

from goals.enums import AssessmentStep, ItemKind
from goals.models import Assessment, AssessmentItem
from goals.services.assessment import (
    AssessmentOverError,
    begin_assessment,
    choose_items,
)
from goals.slots import AssessmentEntry
from goals.suggesting import PLACES
from tests.accounts.factories import UserFactory
from tests.goals.assessing import KEY, WARD, counted, on_record, url, wish
from tests.goals.factories import (
    AssessmentFactory,
    AssessmentItemFactory,
    PlanningCycleFactory,
)
from tests.goals.forms import text_of
from tests.roadmap.factories import MetricReadingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_record(contribute, school) -> None:
    contribute(*on_record())


def test_assessment_is_begun_once_and_found_again(coordinator):
    cycle = PlanningCycleFactory()

    first, second = (begin_assessment(cycle=cycle, by=coordinator) for _time in range(2))

    assert first == second
    assert Assessment.objects.count() == 1


def test_agreed_year_is_not_assessed(coordinator):
    with pytest.raises(AssessmentOverError):
        begin_assessment(cycle=PlanningCycleFactory(agreed=True), by=coordinator)


def test_page_of_a_year_says_what_comes_and_then_leads_to_where_one_was(coordinator, client_for):
    client, cycle = client_for(coordinator), PlanningCycleFactory()
    address = reverse("goals:assessment", args=[cycle.pk])

    before = client.get(address)
    begun = client.post(address)
    client.post(begun.url, {"ticked": KEY})
    later = client.get(address)

    assert "Begin with our strengths" in text_of(before)
    assert begun.url == url("strengths", cycle.assessment)
    assert later.url == url("figures", cycle.assessment)


def test_year_agreed_without_an_assessment_says_so(coordinator, client_for):
    cycle = PlanningCycleFactory(agreed=True)

    shown = client_for(coordinator).get(reverse("goals:assessment", args=[cycle.pk]))

    assert "they were written down one by one" in text_of(shown)


# What is on record


def test_ticks_are_kept_with_their_words(coordinator, client_for):
    assessment = AssessmentFactory()

    answer = client_for(coordinator).post(url("strengths", assessment), {"ticked": [KEY, "tests.strengths:nothing"]})

    kept = assessment.items.get()
    assert (kept.kind, kept.source, kept.title, kept.detail, kept.by) == (
        "strength", KEY, "Practice ward", "Facility", coordinator,
    )  # fmt: skip
    assert answer.url == url("figures", assessment)


def test_tick_taken_back_is_gone(coordinator, client_for):
    assessment = AssessmentItemFactory(source=KEY).assessment

    client_for(coordinator).post(url("strengths", assessment), {"was": KEY})

    assert not assessment.items.exists()


def test_tick_of_a_colleague_stays_when_a_page_opened_before_is_saved(coordinator):
    assessment = AssessmentFactory()
    entries = {
        KEY: (ItemKind.STRENGTH, WARD),
        "tests.strengths:hall": (ItemKind.STRENGTH, AssessmentEntry("hall", "Hall")),
    }
    both = {"assessment": assessment, "step": AssessmentStep.STRENGTHS, "by": coordinator, "entries": entries}

    choose_items(**both, ticked=[KEY], were_ticked=[])
    choose_items(**both, ticked=["tests.strengths:hall"], were_ticked=[])
    choose_items(**both, ticked=["tests.strengths:hall"], were_ticked=[])

    assert {item.title for item in assessment.items.all()} == {"Practice ward", "Hall"}


def test_what_was_ticked_stays_ticked_when_its_record_is_gone(coordinator, client_for):
    assessment = AssessmentItemFactory(source="tests.strengths:old", title="The old forge").assessment

    shown = client_for(coordinator).get(url("strengths", assessment))

    assert [(entry.shown.title, entry.is_ticked) for entry in shown.context["page"].sections[0].entries] == [
        ("Practice ward", False),
        ("The old forge", True),
    ]


def test_stopping_saves_and_leads_back_to_the_goals(coordinator, client_for):
    assessment = AssessmentFactory()

    answer = client_for(coordinator).post(url("strengths", assessment), {"ticked": KEY, "act": "stop"})

    assert answer.url == assessment.cycle.get_absolute_url()
    assert assessment.items.count() == 1


def test_figures_are_shown_as_they_were_and_as_they_are(coordinator, client_for):
    before = PlanningCycleFactory(
        closed=True, name="2019/20", starts_on=dt.date(2019, 9, 1), ends_on=dt.date(2020, 7, 31)
    )
    MetricReadingFactory(metric="mou_active", on=before.ends_on, value=1)
    assessment = AssessmentFactory()

    shown = client_for(coordinator).get(url("figures", assessment))

    entries = {entry.shown.key: entry.shown for entry in shown.context["page"].sections[0].entries}
    assert entries["goals.figures:mou_active"].detail == "1 at the end of 2019/20"
    assert entries["goals.figures:mou_active"].figure == "2"


def test_new_school_is_told_that_nothing_was_counted_yet(coordinator, client_for, contribute):
    contribute(counted(PLACES, None), counted("mou_active", None))
    assessment = AssessmentFactory()

    shown = text_of(client_for(coordinator).get(url("figures", assessment)))

    assert "A first year starts from nought" in shown


# What colleagues wish


def test_every_colleague_may_wish_under_their_own_name(viewer, client_for):
    assessment = AssessmentFactory()

    client_for(viewer).post(url("asked", assessment), wish(category="staff_development", ticked=KEY))

    noted = assessment.items.get()
    assert (noted.title, noted.kind, noted.category, noted.by) == (
        "Two days in a firm for each teacher", "wish", "staff_development", viewer,
    )  # fmt: skip


def test_wish_without_words_is_asked_for_again(coordinator, client_for):
    assessment = AssessmentFactory()

    answer = client_for(coordinator).post(url("asked", assessment), wish(text="  "))

    assert answer.status_code == 422
    assert "Write down in a few words" in text_of(answer)


def test_words_not_added_before_going_on_are_added_all_the_same(coordinator, client_for):
    assessment = AssessmentFactory()

    client_for(coordinator).post(url("asked", assessment), wish(act="next"))

    assert assessment.items.count() == 1


def test_strategy_is_noted_by_those_who_run_the_year(viewer, director, client_for):
    assessment = AssessmentFactory()

    refused = client_for(viewer).post(url("asked", assessment), wish(kind="strategy"))
    client_for(director).post(url("asked", assessment), wish(kind="strategy", text="Care first"))

    assert refused.status_code == 422
    assert [(item.title, item.by) for item in assessment.items.all()] == [("Care first", director)]


def test_wish_is_taken_away_by_its_author_or_a_planner_alone(viewer, coordinator, client_for):
    others = AssessmentItemFactory(kind=ItemKind.WISH, source="", by=UserFactory())
    own = AssessmentItemFactory(kind=ItemKind.WISH, source="", by=viewer, assessment=others.assessment)

    answers = [client_for(viewer).post(reverse("goals:wish_remove", args=[item.pk])) for item in (others, own)]
    client_for(coordinator).post(reverse("goals:wish_remove", args=[others.pk]))

    assert [answer.status_code for answer in answers] == [403, 302]
    assert not AssessmentItem.objects.exists()


def test_long_wish_is_refused_not_cut(coordinator, client_for):
    assessment = AssessmentFactory()

    answer = client_for(coordinator).post(url("asked", assessment), wish(text="x" * 201))

    assert answer.status_code == 422
    assert not assessment.items.exists()
