"""The demo's rounds, whose figures the screens show."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from accounts.models import School, User
from evaluation import scale, tile, waiting
from evaluation.enums import Asked
from evaluation.models import Answer, Wave
from roadmap.metrics import figure
from roadmap.services import load_demo
from tests.partnerships.factories import ContactFactory

pytestmark = pytest.mark.django_db


def test_demo_agrees_with_the_figures_on_the_screens():
    with time_machine.travel(dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)):
        load_demo(day=dt.date(2026, 3, 12))
        satisfaction, recommendation = figure("partner_satisfaction"), figure("business_nps")
        answers, students, late = figure("answers_this_year"), figure("student_csat"), figure("actions_overdue")
        shown = {key: figure(key) for key in [*(one.metric for one in tile.TILE.figures), *tile.TILE.needs]}
        school = School.objects.get()
        standing = tile.standing(User.objects.get(name="Marta Keller"), school, shown)
        waits = waiting.rounds(User.objects.get(name="Marta Keller"), school, 5)

    newest = Wave.objects.with_counts().filter(asked="contacts", pilot=None).latest("opened_at")
    assert newest.title == "Spring term 2026: placements and pilots"
    of_pilots = Wave.objects.with_counts().filter(asked="contacts").exclude(pilot=None)
    assert [newest.answered, *(wave.answered for wave in of_pilots)] == [16, 1, 1, 1]
    assert of_pilots.filter(pilot__feedback_count=1).count() == 3
    assert (answers.value, students.value, late.value) == (46, Decimal("4.1"), 1)
    assert standing.progress == "46 of 64 answered"
    assert standing.next_step.sentence == "Decide on “Safety briefing before day one”. It was due on 6 March."
    assert [item.title for item in waits] == ["3 of 5 answers about Nordwell Electrical are in"]
    assert (satisfaction.value, satisfaction.n) == (Decimal("4.4"), 19)
    assert recommendation.value == 58


def test_scale_answers_for_every_fifth_organisation(coordinator):
    ContactFactory.create_batch(10, main=True)

    scale.make(10)

    rounds = Wave.objects.with_counts().filter(asked=Asked.CONTACTS)
    assert len(rounds) == scale.ROUNDS
    assert sorted((wave.invited, wave.answered) for wave in rounds if wave.invited) == [(1, 1), (1, 1)]
    graded = rounds[0].questionnaire.questions.exclude(kind="text").count()
    assert Answer.objects.filter(response__wave__in=rounds).count() == 2 * graded
