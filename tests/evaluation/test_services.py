"""Rounds of asking from the first draft to the last answer."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import School, User
from evaluation import services, starters
from evaluation.enums import WAVE_TRANSITIONS, QuestionKind, Topic, WaveStatus
from evaluation.models import FeedbackLink, Invitation, Question, Questionnaire, Response, Wave
from evaluation.services.answering import WaveClosedError
from evaluation.services.asking import AlreadyOverError, NobodyToAskError, NoQuestionsError, RemindedLatelyError
from evaluation.tasks import send_invitations_of, sweep
from mailing.models import Message
from partnerships.models import Contact, TimelineEvent
from roadmap.lifecycle import TransitionRefusedError
from tests.evaluation.factories import (
    InvitationFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    WaveFactory,
    standard_wave,
)
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from tests.roadmap.lifecycles import check_move, check_table, every_move

pytestmark = pytest.mark.django_db


def tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


def draft(by: User, contacts=None, **fields) -> Wave:
    questionnaire = fields.pop("questionnaire", None) or QuestionFactory().questionnaire
    return services.draft_wave(
        title="Spring",
        questionnaire=questionnaire,
        about="",
        closes_on=tomorrow(),
        by=by,
        contacts=Contact.objects.all() if contacts is None else contacts,
        **fields,
    )


@pytest.mark.parametrize(("before", "after"), every_move(WaveStatus))
def test_a_wave_moves_as_its_table_says(before, after):
    check_move(lambda status: WaveFactory.build(status=status), WAVE_TRANSITIONS, before, after)


def test_every_state_of_a_wave_can_be_reached():
    check_table(WAVE_TRANSITIONS, WaveStatus, start=WaveStatus.DRAFT)


def test_draft_takes_only_people_who_can_be_reached(coordinator):
    reached = ContactFactory()
    ContactFactory(email="")
    ContactFactory(do_not_contact=True)
    ContactFactory(archived=True)
    ContactFactory(organisation=OrganisationFactory(banned=True))

    wave = draft(coordinator)

    assert list(wave.invitations.values_list("contact", flat=True)) == [reached.pk]


def test_add_people_twice_asks_them_once(coordinator):
    ContactFactory()
    wave = draft(coordinator)

    added = services.add_people(wave=wave, contacts=Contact.objects.all(), by=coordinator)

    assert added == 0
    assert wave.invitations.count() == 1


@pytest.mark.parametrize("who", ["viewer", "director", "administrator"])
def test_only_coordinators_ask(who, request):
    user = request.getfixturevalue(who)
    wave = standard_wave()

    for act in (services.open_wave, services.close_wave, services.remind_silent):
        with pytest.raises(PermissionDenied):
            act(wave=wave, by=user)
    with pytest.raises(PermissionDenied):
        draft(user)

    wave.refresh_from_db()
    assert wave.status == WaveStatus.OPEN


def test_open_freezes_the_questions(coordinator):
    ContactFactory()
    wave = draft(coordinator)

    services.open_wave(wave=wave, by=coordinator)

    wave.refresh_from_db()
    assert wave.status == WaveStatus.OPEN
    assert wave.questionnaire.frozen_at is not None
    with pytest.raises(PermissionDenied):
        services.change_questionnaire(
            questionnaire=wave.questionnaire, title="New", intro="", minutes=1, questions=[], by=coordinator
        )


def test_open_without_people_is_refused(coordinator):
    wave = draft(coordinator)

    with pytest.raises(NobodyToAskError):
        services.open_wave(wave=wave, by=coordinator)


def test_open_without_questions_is_refused(coordinator):
    ContactFactory()
    wave = draft(coordinator, questionnaire=QuestionnaireFactory())

    with pytest.raises(NoQuestionsError):
        services.open_wave(wave=wave, by=coordinator)


def test_open_after_the_last_day_is_refused(coordinator):
    ContactFactory()
    wave = draft(coordinator)

    with time_machine.travel(timezone.now() + dt.timedelta(days=3)), pytest.raises(AlreadyOverError):
        services.open_wave(wave=wave, by=coordinator)


def test_open_twice_is_refused(coordinator):
    ContactFactory()
    wave = draft(coordinator)
    services.open_wave(wave=wave, by=coordinator)

    with pytest.raises(TransitionRefusedError):
        services.open_wave(wave=wave, by=coordinator)


def test_invitations_leave_once_however_often_the_task_runs(school):
    wave = standard_wave()
    InvitationFactory.create_batch(3, wave=wave)

    send_invitations_of(wave.pk)
    send_invitations_of(wave.pk)
    sweep()

    assert Message.objects.filter(kind="evaluation.invitation").count() == 3
    assert FeedbackLink.objects.count() == 3
    assert TimelineEvent.objects.filter(kind="evaluation.asked").count() == 3


def test_invitation_links_are_kept_as_hashes_only(school):
    wave = standard_wave()
    InvitationFactory(wave=wave)

    services.send_invitations(wave=wave)

    message = Message.objects.get()
    assert "/t/feedback/" not in message.preview
    assert len(FeedbackLink.objects.get().token_hash) == 64


def test_invitation_of_somebody_who_objected_meanwhile_says_why(school):
    wave = standard_wave()
    invitation = InvitationFactory(wave=wave)
    Contact.objects.update(do_not_contact=True)

    services.send_invitations(wave=wave)

    invitation.refresh_from_db()
    assert invitation.sent_at is None
    assert invitation.problem == "Does not want to be contacted"
    assert not Message.objects.exists()


def test_sending_in_slices_reaches_everybody(school, monkeypatch):
    monkeypatch.setattr("evaluation.services.sending.SLICE", 2)
    wave = standard_wave()
    InvitationFactory.create_batch(5, wave=wave)

    written = services.send_invitations(wave=wave)

    assert written == 5


def test_remind_writes_to_the_silent_only(coordinator):
    wave = standard_wave()
    asked = timezone.now() - dt.timedelta(days=5)
    silent = InvitationFactory(wave=wave, sent_at=asked)
    ResponseFactory(invitation=InvitationFactory(wave=wave, sent_at=asked))

    reminded = services.remind_silent(wave=wave, by=coordinator)
    sweep()
    sweep()

    assert reminded == 1
    assert [message.to_email for message in Message.objects.filter(kind="evaluation.reminder")] == [
        silent.contact.email
    ]


def test_remind_again_within_three_days_is_refused(coordinator):
    wave = standard_wave()
    services.remind_silent(wave=wave, by=coordinator)

    with pytest.raises(RemindedLatelyError):
        services.remind_silent(wave=wave, by=coordinator)


def test_second_reminder_after_three_days_reaches_them_again(coordinator):
    wave = standard_wave()
    InvitationFactory(wave=wave, sent_at=timezone.now() - dt.timedelta(days=9))
    services.remind_silent(wave=wave, by=coordinator)
    sweep()

    with time_machine.travel(timezone.now() + dt.timedelta(days=4)):
        services.remind_silent(wave=wave, by=coordinator)
        sweep()

    assert Message.objects.filter(kind="evaluation.reminder").count() == 2


def test_a_person_leaves_the_list_before_but_not_after_the_mail(coordinator):
    ContactFactory.create_batch(2)
    wave = draft(coordinator)
    first, second = wave.invitations.all()
    Invitation.objects.filter(pk=second.pk).update(sent_at=timezone.now())

    services.remove_person(invitation=first, by=coordinator)
    with pytest.raises(PermissionDenied):
        services.remove_person(invitation=second, by=coordinator)

    assert list(wave.invitations.all()) == [second]


def test_submitting_keeps_the_answers_and_tells_the_timeline_nothing_of_them(school):
    wave = standard_wave()
    invitation = InvitationFactory(wave=wave, sent=True, contact__name="Petra Wolde")
    overall, recommend, again, words = wave.questionnaire.questions.all()

    services.save_answers(invitation=invitation, answers={overall.pk: 4, recommend.pk: 9, again.pk: 1})
    response = services.submit_response(invitation=invitation, answers={words.pk: "On time every day"})

    assert (response.overall, response.recommend) == (4, 9)
    assert response.submitted_at is not None
    assert {answer.question_id: answer.number for answer in response.answers.exclude(number=None)} == {
        overall.pk: 4,
        recommend.pk: 9,
        again.pk: 1,
    }
    event = TimelineEvent.objects.get(kind="evaluation.answered")
    assert "4" not in event.title + event.body
    assert "On time" not in event.title + event.body


def test_submitting_again_replaces_the_answers_and_is_new_again(school, coordinator):
    wave = standard_wave()
    invitation = InvitationFactory(wave=wave, sent=True)
    overall = wave.questionnaire.questions.get(topic=Topic.OVERALL)
    response = services.submit_response(invitation=invitation, answers={overall.pk: 2})
    services.mark_read(response=response, by=coordinator)

    services.submit_response(invitation=invitation, answers={overall.pk: 5})

    response.refresh_from_db()
    assert response.overall == 5
    assert response.read_at is None
    assert Response.objects.count() == 1
    assert TimelineEvent.objects.filter(kind="evaluation.answered").count() == 1


def test_cannot_say_leaves_no_figure(school):
    wave = standard_wave()
    invitation = InvitationFactory(wave=wave, sent=True)
    overall = wave.questionnaire.questions.get(topic=Topic.OVERALL)

    response = services.submit_response(invitation=invitation, answers={overall.pk: None})

    assert response.overall is None


def test_answers_to_questions_of_another_wave_are_not_taken(school):
    wave = standard_wave()
    foreign = QuestionFactory()
    invitation = InvitationFactory(wave=wave, sent=True)

    response = services.submit_response(invitation=invitation, answers={foreign.pk: 5})

    assert not response.answers.exists()


def test_answers_after_the_close_are_refused(school, coordinator):
    wave = standard_wave()
    invitation = InvitationFactory(wave=wave, sent=True)
    services.close_wave(wave=wave, by=coordinator)

    with pytest.raises(WaveClosedError):
        services.submit_response(invitation=invitation, answers={})

    assert not Response.objects.exists()


def test_sweep_closes_waves_whose_last_day_is_over(school):
    wave = standard_wave()
    School.objects.update(time_zone="Pacific/Auckland")
    last_moment = dt.datetime.combine(wave.closes_on, dt.time(23, 59), tzinfo=School.objects.get().zone)

    with time_machine.travel(last_moment, tick=False):
        sweep()
    wave.refresh_from_db()
    assert wave.status == WaveStatus.OPEN

    with time_machine.travel(last_moment + dt.timedelta(minutes=1), tick=False):
        sweep()
    wave.refresh_from_db()
    assert wave.status == WaveStatus.CLOSED


def test_reopen_takes_answers_again(school, coordinator):
    wave = standard_wave()
    services.close_wave(wave=wave, by=coordinator)

    services.reopen_wave(wave=wave, closes_on=tomorrow(), by=coordinator)

    wave.refresh_from_db()
    assert wave.is_answerable(timezone.localdate())


def test_questionnaire_keeps_the_order_of_its_questions(coordinator):
    asked = [
        {"text": text, "kind": QuestionKind.SCALE, "topic": Topic.OTHER, "required": True, "low": "", "high": ""}
        for text in ("First?", "Second?", "Third?")
    ]

    saved = services.save_questionnaire(title="New", intro="", minutes=2, questions=asked, by=coordinator)

    assert [question.text for question in saved.questions.all()] == ["First?", "Second?", "Third?"]


def test_copy_of_a_frozen_questionnaire_can_be_changed(coordinator):
    original = QuestionFactory(overall=True, questionnaire__frozen_at=timezone.now()).questionnaire

    copy = services.copy_questionnaire(questionnaire=original, by=coordinator)

    assert copy.frozen_at is None
    assert [question.topic for question in copy.questions.all()] == [Topic.OVERALL]
    assert copy.copied_from == original


def test_archived_questionnaire_comes_back(coordinator):
    questionnaire = QuestionnaireFactory()

    services.archive_questionnaire(questionnaire=questionnaire, by=coordinator)
    questionnaire.refresh_from_db()
    assert questionnaire.archived_at is not None

    services.restore_questionnaire(questionnaire=questionnaire, by=coordinator)
    questionnaire.refresh_from_db()
    assert questionnaire.archived_at is None


@pytest.mark.parametrize(("topic", "kind"), [(Topic.OVERALL, QuestionKind.TEXT), (Topic.RECOMMEND, QuestionKind.SCALE)])
def test_topics_that_feed_figures_have_one_scale(topic, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(topic=topic, kind=kind)


def test_an_empty_installation_has_questionnaires_to_begin_with():
    Questionnaire.objects.all().delete()
    starters.write(Questionnaire.objects, Question.objects)
    titles = set(Questionnaire.objects.values_list("title", flat=True))

    assert titles == {"Firm after a placement", "Partner once a year", "How was your placement?"}
    assert Questionnaire.objects.filter(questions__topic=Topic.OVERALL).count() == 3
