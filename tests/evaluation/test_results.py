"""Figures against values worked out by hand."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.utils import timezone

from evaluation import metrics, results
from evaluation.enums import ActionStatus, FindingStatus, QuestionKind
from evaluation.models import Wave
from roadmap.metrics import figure, metric_by_key
from tests.evaluation.factories import (
    AnswerFactory,
    ChangeFactory,
    FindingFactory,
    InvitationFactory,
    QuestionFactory,
    ResponseFactory,
    WaveFactory,
    standard_wave,
    student_answers,
    student_wave,
    wave_of_class,
)
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


def test_answers_to_ten_are_shown_in_the_bands_of_the_net(school):
    wave = standard_wave()
    recommend = wave.questionnaire.questions.get(kind=QuestionKind.RECOMMEND)
    for number in (10, 9, 8, 3):
        AnswerFactory(response=ResponseFactory(invitation__wave=wave), question=recommend, number=number)

    (shown,) = [result for result in results.results_of(wave, least=3) if result.question == recommend]

    assert shown.figure == Decimal(25)
    assert [(share.label, share.count) for share in shown.shares] == [("9 and 10", 2), ("7 and 8", 1), ("0 to 6", 1)]


def test_extremes_are_the_questions_with_the_highest_and_the_lowest_mean(school):
    wave = standard_wave()
    first = wave.questionnaire.questions.get(kind=QuestionKind.SCALE)
    second = QuestionFactory(questionnaire=wave.questionnaire, text="Prepared?")
    for number in (5, 4, 4):
        response = ResponseFactory(invitation__wave=wave)
        AnswerFactory(response=response, question=first, number=number)
        AnswerFactory(response=response, question=second, number=number - 1)

    found = results.extremes_of(results.results_of(wave, least=3))

    assert (found["highest"].question, found["lowest"].question) == (first, second)


def test_extremes_need_figures_that_differ(school):
    wave = standard_wave()
    first = wave.questionnaire.questions.first()
    AnswerFactory(response=ResponseFactory(invitation__wave=wave), question=first, number=5)

    assert results.extremes_of(results.results_of(wave, least=3)) is None
    assert results.extremes_of(results.results_of(wave, least=1)) is None


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


OF_FIRMS = ["partner_satisfaction", "business_csat", "business_nps"]


@pytest.mark.parametrize("key", OF_FIRMS)
def test_records_are_exactly_the_firms_counted(school, key):
    answers(5, 4, 3, recommend=9)
    ResponseFactory(submitted_at=None)
    student_answers(5, overall=5, recommend=9)

    records = metric_by_key(key).records()

    assert records.count() == figure(key).n == 3
    assert not records.filter(organisation=None).exists()


def test_answers_of_twelve_months_count_firms_and_students(school):
    answers(5, 4)
    answers(1, submitted_at=timezone.now() - dt.timedelta(days=366))
    ResponseFactory(submitted_at=None)
    student_answers(3, overall=4)

    assert figure("answers_this_year").value == 5


def test_answered_share_counts_people_students_and_classes(school):
    wave = student_wave(asked=5, answered=2)
    ResponseFactory(wave=wave_of_class(size=5), student=True)
    ResponseFactory()
    InvitationFactory(wave=WaveFactory(opened=True, opened_at=timezone.now() - dt.timedelta(days=400)), sent=True)

    found = figure("response_rate")

    assert (found.value, found.n) == (36, 3)
    assert Wave.objects.with_counts().get(pk=wave.pk).invited == 5


def test_answered_share_without_rounds_says_so(school):
    found = figure("response_rate")

    assert (found.value, found.n) == (None, 0)
    assert found.reason


def test_student_satisfaction_leaves_out_rounds_with_too_few(school):
    student_answers(5, overall=4)
    student_answers(4, overall=1)

    found = figure("student_csat")

    assert (found.value, found.n) == (Decimal("4.0"), 5)


def test_student_satisfaction_of_nobody_says_why(school):
    student_answers(4, overall=1)

    assert figure("student_csat").value is None


def test_findings_and_late_changes_are_counted(school):
    FindingFactory()
    FindingFactory(status=FindingStatus.ACCEPTED)
    ChangeFactory(late=True)
    ChangeFactory(late=True, status=ActionStatus.IMPLEMENTED)
    ChangeFactory()

    assert figure("findings_open").value == 1
    assert figure("actions_overdue").value == 1


def fill_everything():
    answers(5, 4, 3, recommend=9)
    student_answers(5, overall=4)
    student_answers(2, overall=1)
    FindingFactory()
    FindingFactory(status=FindingStatus.DECLINED, declined_reason="No")
    ChangeFactory(late=True)
    ChangeFactory()


@pytest.mark.parametrize("metric", metrics.METRICS, ids=lambda metric: metric.key)
def test_a_figure_opens_to_exactly_its_records(client_for, coordinator, metric):
    fill_everything()

    page = client_for(coordinator).get(metric.records_url)

    assert page.status_code == 200
    assert page.context["page"].count == figure(metric.key).n > 0


def test_labels_name_the_ends_of_the_scale():
    question = QuestionFactory.build(low="Nothing", high="A great deal")

    assert [results.answer_label(question, number) for number in (1, 2, 5)] == ["1 Nothing", "2", "5 A great deal"]
