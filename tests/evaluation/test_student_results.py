"""What is shown of students’ answers, to whom, and what follows for a pilot."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from evaluation import waiting
from evaluation.enums import Asked
from evaluation.models import Finding, Question, Wave
from evaluation.services import (
    close_wave,
    reopen_wave,
    submit_response,
    submit_student_answers,
)
from tests.evaluation.factories import (
    AnswerFactory,
    InvitationFactory,
    StudentFactory,
    standard_wave,
    student_answers,
    student_questions,
    student_wave,
)
from tests.evaluation.students import place, said
from tests.pilots.factories import PilotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


def results(client_for, user, wave):
    return client_for(user).get(reverse("evaluation:wave_results", args=[wave.pk]))


@pytest.mark.parametrize("role", ["viewer", "coordinator", "director", "administrator"])
def test_fewer_than_five_answers_show_nothing(request, client_for, role):
    wave = student_wave(asked=5)
    for invitation in wave.student_invitations.all()[:4]:
        submit_student_answers(invitation=invitation, answers=said(wave))

    page = results(client_for, request.getfixturevalue(role), wave)

    assert page.context["results"] == []
    assert "4 of 5 answers needed are in." in page.content.decode()
    assert "More safety" not in page.content.decode()


def test_the_fifth_answer_opens_figures_and_words(client_for, viewer):
    wave = student_wave(asked=5)
    for invitation in wave.student_invitations.all():
        submit_student_answers(invitation=invitation, answers=said(wave))

    page = results(client_for, viewer, wave)

    assert [str(result.figure) for result in page.context["results"]] == ["4.0", "None"]
    assert "More safety" in page.content.decode()


def test_question_with_too_few_answers_stays_hidden_among_enough(client_for, viewer):
    wave = student_answers(5)
    AnswerFactory(response=wave.responses.first(), question=wave.questionnaire.questions.first(), number=1)

    assert results(client_for, viewer, wave).context["results"][0].figure is None


def unsafe_wave():
    wave = student_answers(5)
    safe = Question.objects.get(questionnaire=wave.questionnaire, text="Safe?")
    for response in wave.responses.all():
        AnswerFactory(response=response, question=safe, number=0)
    return wave


def test_safety_is_shown_to_the_safeguarding_lead_alone(client_for, school, viewer, coordinator):
    wave = unsafe_wave()
    school.safeguarding_lead = viewer
    school.save(update_fields=["safeguarding_lead"])

    others = results(client_for, coordinator, wave)
    lead = results(client_for, viewer, wave)

    assert "Safe?" not in [result.question.text for result in others.context["results"]]
    assert "unsafe" not in others.context
    assert lead.context["unsafe"] == 5
    assert waiting.safety(coordinator, school, 5) == []
    assert [item.title for item in waiting.safety(viewer, school, 5)] == ["5 students did not feel safe or respected"]


def test_lead_takes_what_was_seen_off_the_list(client_for, school, viewer):
    wave = unsafe_wave()
    school.safeguarding_lead = viewer
    school.save(update_fields=["safeguarding_lead"])

    client_for(viewer).post(reverse("evaluation:safety_seen", args=[wave.pk]))

    assert waiting.safety(viewer, school, 5) == []


def test_single_answers_of_students_have_no_page(client_for, coordinator):
    response = student_answers(5).responses.first()

    page = client_for(coordinator).get(reverse("evaluation:response", args=[response.pk]))

    assert page.status_code == 404


def test_list_and_export_hide_what_one_student_said(client_for, coordinator):
    wave = student_answers(5, overall=3)
    client = client_for(coordinator)

    page = client.get(reverse("evaluation:answers")).content.decode()
    export = b"".join(client.get(reverse("evaluation:answers"), {"export": "csv"}).streaming_content).decode()

    assert page.count("without a name") == 5
    assert "3 of 5" not in page
    assert all(line.rstrip().endswith(",,") for line in export.splitlines()[1:])
    assert wave.title in export


def test_silent_students_are_a_number_only(client_for, coordinator):
    wave = student_wave(asked=5, answered=2)

    page = client_for(coordinator).get(wave.get_absolute_url()).content.decode()

    assert "3 students have not answered" in page
    assert not any(row.student.reference in page for row in wave.student_invitations.select_related("student"))


def test_asking_about_a_pilot_begins_with_its_people_and_students(client_for, coordinator):
    pilot = PilotFactory(delivered=True)
    student = StudentFactory()
    place(student, pilot.organisation)
    questionnaire = student_questions()
    fields = {"title": "Pilot", "asked": "students", "questionnaire": questionnaire.pk}

    closes = timezone.localdate() + dt.timedelta(days=9)
    client_for(coordinator).post(
        f"{reverse('evaluation:wave_add')}?pilot={pilot.pk}", fields | {"closes_on": closes.isoformat()}
    )

    wave = Wave.objects.get()
    assert (wave.pilot, wave.asked) == (pilot, Asked.STUDENTS)
    assert [row.student for row in wave.student_invitations.all()] == [student]


def test_pilot_hears_of_students_answers_at_the_end_only(coordinator):
    pilot = PilotFactory(delivered=True)
    wave = student_wave(asked=5, pilot=pilot)
    for invitation in wave.student_invitations.all():
        submit_student_answers(invitation=invitation, answers=said(wave))
    pilot.refresh_from_db()
    assert pilot.feedback_count == 0

    close_wave(wave=wave, by=coordinator)
    reopened = reopen_wave(wave=wave, closes_on=timezone.localdate(), by=coordinator)
    close_wave(wave=reopened, by=coordinator)

    pilot.refresh_from_db()
    assert pilot.feedback_count == 5


def test_pilot_never_hears_of_too_few_answers(coordinator):
    pilot = PilotFactory(delivered=True)
    wave = student_wave(asked=5, answered=4, pilot=pilot)

    close_wave(wave=wave, by=coordinator)

    pilot.refresh_from_db()
    assert pilot.feedback_count == 0


def test_pilot_hears_of_a_firms_answer_at_once(school):
    pilot = PilotFactory(delivered=True)
    wave = standard_wave()
    Wave.objects.filter(pk=wave.pk).update(pilot=pilot)
    invitation = InvitationFactory(wave=wave, sent=True)
    question = wave.questionnaire.questions.first()

    for _turn in range(2):
        submit_response(invitation=invitation, answers={question.pk: 5})

    pilot.refresh_from_db()
    assert pilot.feedback_count == 1


def test_today_says_how_many_answers_about_a_pilot_are_missing(coordinator, viewer, school):
    pilot = PilotFactory(delivered=True, organisation__name="Nordwell Electrical")
    student_wave(asked=5, answered=3, pilot=pilot)

    assert [item.title for item in waiting.rounds(coordinator, school, 5)] == [
        "3 of 5 answers about Nordwell Electrical are in"
    ]
    assert waiting.rounds(viewer, school, 5) == []


def test_pilot_page_shows_its_rounds_and_offers_more(client_for, coordinator):
    pilot = PilotFactory(delivered=True)
    student_wave(asked=5, answered=3, pilot=pilot, title="Four weeks")

    page = client_for(coordinator).get(pilot.get_absolute_url()).content.decode()

    assert "Four weeks" in page
    assert "3 of 5 answers needed are in" in page
    assert f"{reverse('evaluation:wave_add')}?pilot={pilot.pk}" in page


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"asked": "class", "group": "", "class_size": "12"}, "group"),
        ({"asked": "class", "group": "EL-2", "class_size": ""}, "class_size"),
        ({"asked": "class", "group": "EL-2", "class_size": "4"}, "class_size"),
        ({"asked": "class", "group": "EL-2", "class_size": "201"}, "class_size"),
        ({"asked": "contacts"}, "questionnaire"),
        ({"asked": "everybody"}, "asked"),
    ],
)
def test_round_that_makes_no_sense_is_named_at_its_field(client_for, coordinator, fields, wrong):
    closes = timezone.localdate() + dt.timedelta(days=9)
    base = {"title": "Class", "questionnaire": student_questions().pk, "closes_on": closes.isoformat()}

    page = client_for(coordinator).post(reverse("evaluation:wave_add"), base | fields)

    assert page.status_code == 422
    assert wrong in page.context["form"].errors
    assert not Wave.objects.exists()


def test_finding_from_a_students_words_names_nobody(client_for, coordinator):
    wave = student_answers(5)
    answer = AnswerFactory(
        response=wave.responses.first(), question=wave.questionnaire.questions.last(), text="More safety"
    )
    url = f"{reverse('evaluation:finding_add')}?answer={answer.pk}"

    shown = client_for(coordinator).get(url)
    client_for(coordinator).post(
        url, {"statement": "Safety", "kind": "risk", "words": "“More safety”", "severity": 4, "effort": 1}
    )

    finding = Finding.objects.get()
    assert "More safety" in shown.content.decode()
    assert (finding.wave, finding.response, finding.organisation) == (wave, None, None)


def test_words_of_too_few_students_make_no_finding(client_for, coordinator):
    wave = student_answers(4)
    answer = AnswerFactory(response=wave.responses.first(), question=wave.questionnaire.questions.last(), text="Me")

    page = client_for(coordinator).get(f"{reverse('evaluation:finding_add')}?answer={answer.pk}")

    assert page.status_code == 404
