"""The demo's rounds, whose figures the screens show."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from evaluation import scale
from evaluation.models import Answer, Wave
from roadmap.metrics import figure
from roadmap.services import load_demo
from tests.partnerships.factories import ContactFactory

pytestmark = pytest.mark.django_db


def test_demo_agrees_with_the_figures_on_the_screens():
    with time_machine.travel(dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)):
        load_demo(day=dt.date(2026, 3, 12))
        satisfaction, recommendation = figure("partner_satisfaction"), figure("business_nps")

    newest = Wave.objects.with_counts().latest("opened_at")
    assert newest.title == "Spring term 2026: placements and pilots"
    assert newest.answered == 19
    assert (satisfaction.value, satisfaction.n) == (Decimal("4.4"), 19)
    assert recommendation.value == 58


def test_scale_answers_for_every_fifth_organisation(coordinator):
    ContactFactory.create_batch(10, main=True)

    scale.make(10)

    wave = Wave.objects.with_counts().get()
    assert (wave.invited, wave.answered) == (2, 2)
    assert (
        Answer.objects.filter(response__wave=wave).count()
        == 2 * wave.questionnaire.questions.exclude(kind="text").count()
    )
