"""Figures against values worked out by hand."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.utils import timezone

from evaluation import metrics, results
from evaluation.models import Response
from roadmap.metrics import figure, metric_by_key
from tests.evaluation.factories import AnswerFactory, InvitationFactory, QuestionFactory, ResponseFactory, standard_wave
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({5: 1}, "5.0"),
        ({5: 10, 4: 7, 3: 2}, "4.4"),
        ({1: 1, 2: 1}, "1.5"),
        ({4: 3, 5: 1}, "4.3"),
        ({1: 1, 5: 1}, "3.0"),
    ],
)
def test_mean(counts, expected):
    assert results.mean(Counter(counts)) == Decimal(expected)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({10: 1}, 100),
        ({0: 1}, -100),
        ({7: 3, 8: 2}, 0),
        ({9: 13, 8: 4, 6: 2}, 58),
        ({10: 1, 6: 1}, 0),
        ({9: 1, 7: 2}, 33),
    ],
)
def test_net_promoters(counts, expected):
    assert results.net_promoters(Counter(counts)) == expected


@pytest.mark.parametrize(("counts", "expected"), [({1: 1}, 100), ({0: 2}, 0), ({1: 1, 0: 2}, 33), ({1: 2, 0: 1}, 67)])
def test_yes_share(counts, expected):
    assert results.yes_share(Counter(counts)) == expected


def test_results_below_the_least_number_show_only_how_many(school):
    wave = standard_wave()
    overall = wave.questionnaire.questions.first()
    for number in (4, 5):
        AnswerFactory(response=ResponseFactory(invitation__wave=wave), question=overall, number=number)

    shown = {result.question: result for result in results.results_of(wave, least=3)}

    assert shown[overall].n == 2
    assert shown[overall].figure is None
    assert shown[overall].shares == []


def test_results_with_enough_answers_show_figure_and_shares(school):
    wave = standard_wave()
    overall = wave.questionnaire.questions.first()
    for number in (5, 5, 3, 4):
        AnswerFactory(response=ResponseFactory(invitation__wave=wave), question=overall, number=number)

    shown = {result.question: result for result in results.results_of(wave, least=3)}

    assert shown[overall].figure == Decimal("4.3")
    assert [(share.label, share.count, share.percent) for share in shown[overall].shares] == [
        ("5 Very", 2, 50),
        ("4", 1, 25),
        ("3", 1, 25),
        ("2", 0, 0),
        ("1 Not at all", 0, 0),
    ]
    assert shown[overall].is_small_sample


def test_results_leave_out_answers_that_were_not_sent(school):
    wave = standard_wave()
    overall = wave.questionnaire.questions.first()
    AnswerFactory(response=ResponseFactory(invitation__wave=wave, submitted_at=None), question=overall, number=1)

    assert all(result.n == 0 for result in results.results_of(wave, least=1))


def test_results_take_the_same_queries_for_many_answers(school, query_count):
    wave = standard_wave()
    words = wave.questionnaire.questions.last()
    AnswerFactory(response=ResponseFactory(invitation__wave=wave), question=words, text="Good")
    few = query_count(lambda: results.results_of(wave, least=3))
    for _number in range(30):
        AnswerFactory(response=ResponseFactory(invitation__wave=wave), question=words, text="Good")

    assert query_count(lambda: results.results_of(wave, least=3)) == few


def answers(*overall: int, **fields) -> None:
    for number in overall:
        ResponseFactory(overall=number, **fields)


def test_satisfaction_is_the_mean_over_firms(school):
    answers(5, 4, 3)

    found = figure("partner_satisfaction")

    assert (found.value, found.n) == (Decimal("4.0"), 3)


def test_satisfaction_counts_the_newest_answer_of_a_firm_once(school):
    answers(5, 4)
    firm = OrganisationFactory()
    for number, days in ((1, 40), (3, 2)):
        ResponseFactory(
            overall=number,
            invitation=InvitationFactory(contact=ContactFactory(organisation=firm)),
            submitted_at=timezone.now() - dt.timedelta(days=days),
        )

    found = figure("partner_satisfaction")

    assert (found.value, found.n) == (Decimal("4.0"), 3)


def test_satisfaction_forgets_answers_older_than_a_year(school):
    answers(5, 5, 5)
    answers(1, submitted_at=timezone.now() - dt.timedelta(days=366))

    assert figure("partner_satisfaction").value == Decimal("5.0")


@pytest.mark.parametrize("key", ["partner_satisfaction", "business_csat", "business_nps"])
def test_figures_without_answers_say_so(school, key):
    found = figure(key)

    assert found.value is None
    assert found.reason == "No firm has answered in the last twelve months"


def test_figures_of_too_few_firms_say_how_many_are_missing(school):
    answers(5, 4)

    found = figure("partner_satisfaction")

    assert found.value is None
    assert str(found.reason) == "2 of 3 answers needed are in"


def test_satisfied_share_is_four_or_five(school):
    answers(5, 4, 3)

    assert figure("business_csat").value == 67


def test_net_promoter_score_of_firms(school):
    for number in (10, 9, 7, 3):
        ResponseFactory(recommend=number)

    found = figure("business_nps")

    assert (found.value, found.n) == (25, 4)


@pytest.mark.parametrize("metric", metrics.METRICS, ids=lambda metric: metric.key)
def test_records_are_exactly_what_is_counted(school, metric):
    answers(5, 4, 3, recommend=9)
    ResponseFactory(submitted_at=None)

    records = metric_by_key(metric.key).records()

    assert records.model is Response
    assert records.count() == metric.compute(records).n == 3


def test_labels_name_the_ends_of_the_scale():
    question = QuestionFactory.build(low="Nothing", high="A great deal")

    assert [results.answer_label(question, number) for number in (1, 2, 5)] == ["1 Nothing", "2", "5 A great deal"]
