"""Students answer without a name: what is kept of that, and how they are asked."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.enums import Asked, WaveStatus
from evaluation.models import Answer, ClassLink, Response, StudentInvitation, Wave
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
    submit_student_answers,
)
from evaluation.services.answering import WaveClosedError
from evaluation.services.asking import NobodyToAskError, TooFewToShowError
from evaluation.services.students import send_student_link_again
from mailing.models import Message
from opportunities.models import Student
from tests.evaluation.factories import (
    QuestionFactory,
    StudentFactory,
    StudentInvitationFactory,
    WaveFactory,
    class_token,
    student_questions,
    student_token,
    student_wave,
    wave_of_class,
)
from tests.evaluation.students import place, said
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


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
