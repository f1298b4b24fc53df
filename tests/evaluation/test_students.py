"""Students answer without a name: by their own link or by their class's sheet."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation import waiting
from evaluation.enums import Asked, WaveStatus
from evaluation.models import Answer, ClassLink, Finding, Question, Response, StudentInvitation, Wave
from evaluation.services import (
    AlreadyAnsweredError,
    ClassCompleteError,
    NotAClassError,
    NothingSaidError,
    add_students,
    close_wave,
    make_sheet,
    open_wave,
    remind_silent,
    reopen_wave,
    send_invitations,
    submit_class_answers,
    submit_response,
    submit_student_answers,
)
from evaluation.services.answering import WaveClosedError
from evaluation.services.asking import NobodyToAskError, TooFewToShowError
from evaluation.services.students import send_student_link_again
from mailing.models import Message
from opportunities.models import Opening, Placement, Student
from tests.evaluation.factories import (
    AnswerFactory,
    InvitationFactory,
    QuestionFactory,
    ResponseFactory,
    StudentFactory,
    StudentInvitationFactory,
    WaveFactory,
    class_token,
    standard_wave,
    student_answers,
    student_questions,
    student_token,
    student_wave,
    wave_of_class,
)
from tests.partnerships.factories import OrganisationFactory
from tests.pilots.factories import PilotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


def said(wave, number=4, text="More safety"):
    """Answers to the rating and to the question in words."""
    rating, words = wave.questionnaire.questions.get(text="Satisfied?"), wave.questionnaire.questions.last()
    return {rating.pk: number, words.pk: text}


def as_form(wave, number="4", text="More safety", **more):
    rating, words = wave.questionnaire.questions.get(text="Satisfied?"), wave.questionnaire.questions.last()
    return {f"q{rating.pk}": number, f"q{words.pk}": text} | more


def place(student, firm, days_ago=10):
    today = timezone.localdate()
    days = {"starts_on": today - dt.timedelta(days=days_ago + 5), "ends_on": today - dt.timedelta(days=days_ago)}
    opening = Opening.objects.create(organisation=firm, programme=student.programme, title="Work", places=9, **days)
    return Placement.objects.create(student=student, opening=opening, programme=student.programme, **days)


# What is kept


def test_answers_are_kept_without_name_time_or_order(school):
    wave = student_wave(asked=5)
    first, second = wave.student_invitations.all()[:2]

    submit_student_answers(invitation=first, answers=said(wave))
    submit_student_answers(invitation=second, answers=said(wave, 5))

    responses = Response.objects.filter(wave=wave)
    assert {(row.invitation, row.organisation, row.started_at, row.read_by) for row in responses} == {(None,) * 4}
    assert {row.submitted_at for row in responses} == {wave.opened_at}
    assert min(Answer.objects.values_list("pk", flat=True)) > 2**52
    assert sorted(responses.values_list("overall", flat=True)) == [4, 5]


def test_invitation_keeps_only_that_an_answer_came(school):
    wave = student_wave(asked=5)
    invitation = wave.student_invitations.first()
    student_token(invitation)
    before = StudentInvitation.objects.filter(pk=invitation.pk).values().get()

    submit_student_answers(invitation=invitation, answers=said(wave))

    after = StudentInvitation.objects.filter(pk=invitation.pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"answered"}
    assert invitation.links.get().completed_at is None


def test_no_column_leads_from_an_answer_to_a_student():
    reachable = {field.related_model for field in (*Response._meta.fields, *Answer._meta.fields) if field.related_model}

    assert StudentInvitation not in reachable
    assert Student not in reachable


def test_closing_mixes_answers_and_keeps_what_they_say(coordinator):
    wave = student_wave(asked=6)
    for number, invitation in enumerate(wave.student_invitations.all(), 1):
        submit_student_answers(invitation=invitation, answers=said(wave, min(number, 5), f"Words {number}"))
    before = set(Response.objects.values_list("pk", flat=True))
    texts = set(Answer.objects.exclude(text="").values_list("response__overall", "text"))

    close_wave(wave=wave, by=coordinator)

    assert before.isdisjoint(Response.objects.values_list("pk", flat=True))
    assert Response.objects.count() == 6
    assert set(Answer.objects.exclude(text="").values_list("response__overall", "text")) == texts


def test_one_link_takes_one_answer(school):
    wave = student_wave(asked=5)
    invitation = wave.student_invitations.first()
    submit_student_answers(invitation=invitation, answers=said(wave))

    with pytest.raises(AlreadyAnsweredError):
        submit_student_answers(invitation=invitation, answers=said(wave, 1))

    assert Response.objects.get().overall == 4


def test_class_takes_no_more_answers_than_it_has_students(school):
    wave = wave_of_class(size=5)
    for _turn in range(5):
        submit_class_answers(wave=wave, answers=said(wave))

    with pytest.raises(ClassCompleteError):
        submit_class_answers(wave=wave, answers=said(wave))

    assert Response.objects.count() == 5


@pytest.mark.parametrize("answers", [{}, {0: 5}])
def test_nothing_said_is_not_kept(school, answers):
    with pytest.raises(NothingSaidError):
        submit_class_answers(wave=wave_of_class(), answers=answers)

    assert not Response.objects.exists()


def test_answers_to_other_questions_are_ignored(school):
    wave, foreign = wave_of_class(), QuestionFactory()

    submit_class_answers(wave=wave, answers=said(wave) | {foreign.pk: 3})

    assert not Answer.objects.filter(question=foreign).exists()


@pytest.mark.parametrize("fields", [{"status": WaveStatus.CLOSED}, {"closes_on": dt.date(2020, 1, 1)}])
def test_closed_round_takes_no_answers(school, fields):
    wave = wave_of_class()
    Wave.objects.filter(pk=wave.pk).update(**fields)

    with pytest.raises(WaveClosedError):
        submit_class_answers(wave=wave, answers=said(wave))


# Asking


def test_students_are_written_to_once_and_reminded_while_silent(coordinator):
    wave = student_wave(asked=0)
    StudentInvitationFactory.create_batch(5, wave=wave)

    assert (send_invitations(wave=wave), send_invitations(wave=wave)) == (5, 0)
    submit_student_answers(invitation=wave.student_invitations.first(), answers=said(wave))
    assert remind_silent(wave=wave, by=coordinator) == 4
    assert send_invitations(wave=wave) == 4

    kinds = list(Message.objects.values_list("kind", flat=True))
    assert kinds.count("evaluation.student_invitation") == 5
    assert kinds.count("evaluation.student_reminder") == 4


def test_students_who_left_are_not_written_to(school):
    wave = student_wave(asked=0)
    StudentInvitationFactory(wave=wave, student__left_on=timezone.localdate())

    send_invitations(wave=wave)

    assert not Message.objects.exists()
    assert wave.student_invitations.get().problem == "Has left the school"


def test_mail_to_a_student_keeps_no_link_on_screen(school):
    wave = student_wave(asked=0)
    StudentInvitationFactory(wave=wave)

    send_invitations(wave=wave)

    assert "/t/student/" not in Message.objects.get().preview


def test_too_few_students_are_not_asked(coordinator):
    wave = WaveFactory(asked=Asked.STUDENTS, questionnaire=student_questions())
    with pytest.raises(NobodyToAskError):
        open_wave(wave=wave, by=coordinator)
    StudentInvitationFactory.create_batch(4, wave=wave)

    with pytest.raises(TooFewToShowError):
        open_wave(wave=wave, by=coordinator)

    StudentInvitationFactory(wave=wave)
    assert open_wave(wave=wave, by=coordinator).status == WaveStatus.OPEN


def test_class_cannot_be_reminded(coordinator):
    with pytest.raises(NobodyToAskError):
        remind_silent(wave=wave_of_class(), by=coordinator)


def test_new_link_is_sent_to_a_student_who_has_not_answered(school):
    wave = student_wave(asked=2)
    answered, silent = wave.student_invitations.order_by("pk")
    submit_student_answers(invitation=answered, answers=said(wave))
    for invitation in (answered, silent):
        student_token(invitation)
        send_student_link_again(invitation.links.get())

    assert [message.to_email for message in Message.objects.all()] == [silent.student.email]


def test_links_last_as_long_as_the_round(coordinator):
    wave = wave_of_class(closed=True, opened=False, opened_at=timezone.now())
    class_token(wave)
    later = timezone.localdate() + dt.timedelta(days=60)

    reopen_wave(wave=wave, closes_on=later, by=coordinator)

    assert ClassLink.objects.get().expires_at.date() >= later


def test_new_sheet_ends_the_old_one(coordinator, settings):
    wave = wave_of_class()

    addresses = [make_sheet(wave=wave, by=coordinator) for _turn in range(2)]

    statuses = [Client().get(address.removeprefix(settings.SITE_URL)).status_code for address in addresses]
    assert statuses == [410, 200]


@pytest.mark.parametrize("make", [lambda: wave_of_class(opened=False), student_wave])
def test_only_an_open_class_has_a_sheet(coordinator, make):
    with pytest.raises(NotAClassError):
        make_sheet(wave=make(), by=coordinator)


def test_students_are_found_by_their_placement(client_for, coordinator):
    firm = OrganisationFactory(name="Nordwell Electrical")
    mine, elsewhere, _unplaced = StudentFactory.create_batch(3)
    place(mine, firm)
    place(elsewhere, OrganisationFactory(name="Larkfield Dairy"))
    wave = WaveFactory(asked=Asked.STUDENTS, questionnaire=student_questions())
    url = reverse("evaluation:wave_students", args=[wave.pk])

    everybody = client_for(coordinator).get(url)
    narrowed = client_for(coordinator).get(url, {"firm": "nordwell"})
    client_for(coordinator).post(f"{url}?firm=nordwell", {"all": "1"})

    assert set(everybody.context["students"]) == {mine, elsewhere}
    assert narrowed.context["students"] == [mine]
    assert [row.student for row in wave.student_invitations.all()] == [mine]


def test_added_students_are_not_doubled(coordinator):
    wave, student = WaveFactory(asked=Asked.STUDENTS), StudentFactory()

    added = [add_students(wave=wave, students=Student.objects.all(), by=coordinator) for _turn in range(2)]

    assert added == [1, 0]
    assert wave.student_invitations.get().student == student


def test_viewers_choose_nobody(viewer):
    with pytest.raises(PermissionDenied):
        add_students(wave=WaveFactory(), students=Student.objects.all(), by=viewer)


# The form


def student_url(invitation):
    return reverse("evaluation:answer_student", args=[student_token(invitation)])


def test_form_goes_through_parts_and_check_and_keeps_nothing_before(client, school):
    wave = student_wave(asked=5)
    invitation = wave.student_invitations.first()
    url = student_url(invitation)

    first = client.get(url)
    second = client.post(url, as_form(wave, text="", go="2"))
    check = client.post(url, as_form(wave, go="check"))
    kept_before = Response.objects.count()
    sent = client.post(url, as_form(wave, go="send"))

    assert [page.templates[0].name for page in (first, second, check)] == [
        "evaluation/public/student.html",
        "evaluation/public/student.html",
        "evaluation/public/check.html",
    ]
    assert "More safety" in check.content.decode()
    assert kept_before == 0
    assert (sent.status_code, sent.url) == (302, url)
    assert Response.objects.get().overall == 4


def test_answered_link_shows_no_answers(client, school):
    wave = student_wave(asked=5)
    url = student_url(wave.student_invitations.first())
    client.post(url, as_form(wave, go="send"))

    page = client.get(url)
    again = client.post(url, as_form(wave, number="1", go="send"))

    assert page.status_code == again.status_code == 200
    assert "More safety" not in page.content.decode()
    assert "Thank you" in again.content.decode()
    assert Response.objects.get().overall == 4


@pytest.mark.parametrize("value", ["0", "6", "-1", "x", "4.5"])
def test_form_refuses_numbers_off_the_scale(client, school, value):
    wave = wave_of_class()
    url = reverse("evaluation:answer_class", args=[class_token(wave)])

    page = client.post(url, as_form(wave, number=value, go="send"))

    assert page.status_code == 422
    assert "More safety" in page.content.decode()
    assert not Response.objects.exists()


def test_form_refuses_a_novel_but_keeps_its_text(client, school):
    wave = wave_of_class()
    url = reverse("evaluation:answer_class", args=[class_token(wave)])

    page = client.post(url, as_form(wave, text="x" * 50_000, go="send"))

    assert page.status_code == 422
    assert "x" * 50_000 in page.content.decode()


def test_form_with_nothing_answered_says_so(client, school):
    wave = wave_of_class()
    url = reverse("evaluation:answer_class", args=[class_token(wave)])

    page = client.post(url, {"go": "send"})

    assert page.status_code == 422
    assert "Every question is left out" in page.content.decode()


@pytest.mark.parametrize("go", ["9", "-1", "<b>", "", "Ω"])
def test_unknown_part_leads_to_the_check(client, school, go):
    wave = wave_of_class()

    page = client.post(reverse("evaluation:answer_class", args=[class_token(wave)]), as_form(wave, go=go))

    assert page.status_code == 200
    assert not Response.objects.exists()


def test_double_click_in_class_counts_once(client, school):
    wave = wave_of_class()
    url = reverse("evaluation:answer_class", args=[class_token(wave)])

    first = client.post(url, as_form(wave, go="send", form_key="one"))
    second = client.post(url, as_form(wave, go="send", form_key="one"))

    assert first.url == second.url
    assert Response.objects.count() == 1
    assert "Thank you" in client.get(first.url).content.decode()


def test_full_class_is_told_and_nothing_kept(client, school):
    wave = wave_of_class(size=5)
    ResponseFactory.create_batch(5, wave=wave, student=True)

    page = client.post(reverse("evaluation:answer_class", args=[class_token(wave)]), as_form(wave, go="send"))

    assert page.status_code == 409
    assert Response.objects.count() == 5


def test_rather_not_say_is_kept_as_no_answer(client, school):
    wave = wave_of_class()
    safe = wave.questionnaire.questions.get(text="Safe?")
    url = reverse("evaluation:answer_class", args=[class_token(wave)])

    client.post(url, as_form(wave, go="send") | {f"q{safe.pk}": "na"})

    assert not Answer.objects.filter(question=safe).exists()
    assert Response.objects.exists()


def test_form_names_the_safeguarding_lead_where_safety_is_asked(client, school, viewer):
    viewer.phone = "000 555 0199"
    viewer.save(update_fields=["phone"])
    school.safeguarding_lead = viewer
    school.save(update_fields=["safeguarding_lead"])

    page = client.get(reverse("evaluation:answer_class", args=[class_token(wave_of_class())])).content.decode()

    assert "Ilse Brandt" in page
    assert 'href="tel:0005550199"' in page


# Results


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


# About a pilot


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


# Forms of colleagues


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
