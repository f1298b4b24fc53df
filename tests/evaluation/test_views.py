"""The pages of feedback, as colleagues and as the people asked see them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.enums import QuestionKind, WaveStatus
from evaluation.models import Invitation, Questionnaire, Response, Wave
from tests.evaluation.factories import (
    AnswerFactory,
    InvitationFactory,
    QuestionFactory,
    ResponseFactory,
    WaveFactory,
    feedback_token,
    standard_wave,
)
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(school) -> Wave:
    return standard_wave()


@pytest.fixture
def invitation(wave) -> Invitation:
    return InvitationFactory(wave=wave, sent=True)


@pytest.fixture
def form_url(invitation) -> str:
    return reverse("evaluation:answer", args=[feedback_token(invitation)])


def ratings(wave: Wave, *values: str) -> dict[str, str]:
    rated = wave.questionnaire.questions.exclude(kind=QuestionKind.TEXT)
    return {f"q{question.pk}": value for question, value in zip(rated, values, strict=True)}


def words(wave: Wave, text: str) -> dict[str, str]:
    return {f"q{wave.questionnaire.questions.get(kind=QuestionKind.TEXT).pk}": text}


def test_form_is_answered_in_two_steps_without_account(client, wave, form_url, invitation):
    first = client.get(form_url)
    assert "Step 1 of 2" in first.content.decode()

    second = client.post(f"{form_url}?step=1", ratings(wave, "4", "9", "1"))
    assert second.url == f"{form_url}?step=2"
    last = client.post(second.url, words(wave, "On time every day"), follow=True)

    assert f"Thank you, {invitation.contact.name}" in last.content.decode()
    response = Response.objects.get()
    assert (response.overall, response.recommend) == (4, 9)
    assert set(response.answers.values_list("text", flat=True)) == {"", "On time every day"}


def test_form_shows_what_was_kept_when_somebody_comes_back(client, wave, form_url):
    client.post(f"{form_url}?step=1", ratings(wave, "2", "9", "0"))

    again = client.get(form_url)

    first = wave.questionnaire.questions.first()
    chosen = [option for option in again.context["form"][f"q{first.pk}"] if option.data["selected"]]
    assert [option.data["value"] for option in chosen] == ["2"]


def test_form_with_a_missing_answer_names_it_and_keeps_the_rest(client, wave, form_url):
    answers = ratings(wave, "4", "9", "1")
    missing = next(iter(answers))
    del answers[missing]

    shown = client.post(f"{form_url}?step=1", answers)

    assert shown.status_code == 422
    assert list(shown.context["form"].errors) == [missing]
    assert "Choose one answer, or “Can’t say”." in shown.content.decode()
    assert "checked" in shown.content.decode()
    assert not Response.objects.exists()


def test_form_takes_cannot_say(client, wave, form_url):
    client.post(f"{form_url}?step=1", ratings(wave, "na", "9", "1"))
    client.post(f"{form_url}?step=2", words(wave, ""))

    assert Response.objects.get().overall is None


@pytest.mark.parametrize("value", ["6", "0", "-1", "x", "4.5", ""])
def test_form_refuses_numbers_off_the_scale(client, wave, form_url, value):
    shown = client.post(f"{form_url}?step=1", ratings(wave, value, "9", "1"))

    assert shown.status_code == 422
    assert not Response.objects.exists()


def test_form_refuses_a_novel_but_keeps_its_text(client, wave, form_url):
    shown = client.post(f"{form_url}?step=2", words(wave, "x" * 4001))

    assert shown.status_code == 422
    assert "x" * 4001 in shown.content.decode()


def test_answers_can_be_changed_with_the_same_link(client, wave, form_url):
    client.post(f"{form_url}?step=1", ratings(wave, "4", "9", "1"))
    client.post(f"{form_url}?step=2", words(wave, "Good"))
    assert "Thank you" in client.get(form_url).content.decode()

    client.post(f"{form_url}?step=1", ratings(wave, "2", "9", "1"))
    client.post(f"{form_url}?step=2", words(wave, "Less good"))

    assert Response.objects.get().overall == 2


def test_an_earlier_link_still_works_after_a_reminder(client, wave, invitation, form_url):
    later = reverse("evaluation:answer", args=[feedback_token(invitation)])

    assert client.get(form_url).status_code == 200
    assert client.get(later).status_code == 200


def test_form_of_a_closed_round_says_so_and_shows_nothing(client, wave, form_url, invitation):
    Wave.objects.update(status=WaveStatus.CLOSED)

    shown = client.get(form_url)

    assert shown.status_code == 410
    assert "This form is closed" in shown.content.decode()
    assert invitation.contact.name not in shown.content.decode()


def test_form_writes_nothing_when_opened(client, wave, form_url):
    client.get(form_url)
    client.head(form_url)

    assert not Response.objects.exists()


def test_form_ignores_foreign_fields(client, wave, form_url):
    other = InvitationFactory(sent=True)
    answers = ratings(wave, "4", "9", "1")

    client.post(f"{form_url}?step=1", {**answers, "invitation": other.pk, "wave": other.wave_id, "organisation": 1})

    assert list(Response.objects.values_list("invitation", flat=True)) != [other.pk]
    assert not Response.objects.filter(wave=other.wave).exists()


@pytest.fixture
def coordinator_client(client_for, coordinator) -> Client:
    return client_for(coordinator)


def test_asking_from_the_first_form_to_the_open_round(coordinator_client, school):
    questionnaire = QuestionFactory(overall=True).questionnaire
    contact = ContactFactory()
    closes = timezone.localdate() + dt.timedelta(days=10)

    fields = {
        "title": "Spring",
        "questionnaire": questionnaire.pk,
        "about": "",
        "asked": "contacts",
        "closes_on": closes.isoformat(),
    }
    drafted = coordinator_client.post(reverse("evaluation:wave_add"), {**fields, "form_key": "one"})
    wave = Wave.objects.get()
    assert drafted.url == wave.get_absolute_url()
    coordinator_client.post(reverse("evaluation:wave_people", args=[wave.pk]), {"person": [contact.pk]})
    asked = coordinator_client.get(reverse("evaluation:wave_open", args=[wave.pk]))
    assert "Send to 1 person" in asked.content.decode()
    coordinator_client.post(reverse("evaluation:wave_open", args=[wave.pk]))

    wave.refresh_from_db()
    assert wave.status == WaveStatus.OPEN
    assert wave.invitations.get().contact == contact


def test_asking_twice_by_double_click_drafts_one_round(coordinator_client, school):
    questionnaire = QuestionFactory(overall=True).questionnaire
    closes = timezone.localdate() + dt.timedelta(days=10)
    fields = {
        "title": "Spring",
        "questionnaire": questionnaire.pk,
        "asked": "contacts",
        "closes_on": closes.isoformat(),
        "form_key": "one",
    }

    first = coordinator_client.post(reverse("evaluation:wave_add"), fields)
    second = coordinator_client.post(reverse("evaluation:wave_add"), fields)

    assert first.url == second.url
    assert Wave.objects.count() == 1


def test_asking_a_partner_starts_with_its_people(coordinator_client, school):
    firm = OrganisationFactory()
    mine, _other = ContactFactory(organisation=firm), ContactFactory()
    questionnaire = QuestionFactory(overall=True).questionnaire
    closes = timezone.localdate() + dt.timedelta(days=10)

    coordinator_client.post(
        f"{reverse('evaluation:wave_add')}?partner={firm.pk}",
        {"title": "Spring", "questionnaire": questionnaire.pk, "asked": "contacts", "closes_on": closes.isoformat()},
    )

    assert [invitation.contact for invitation in Wave.objects.get().invitations.all()] == [mine]


def test_a_last_day_in_the_past_is_named_at_the_field(coordinator_client, school):
    shown = coordinator_client.post(
        reverse("evaluation:wave_add"), {"title": "Spring", "closes_on": "2020-01-01", "questionnaire": ""}
    )

    assert shown.status_code == 422
    assert shown.context["form"].errors["closes_on"] == ["This day has passed. Choose today or later."]
    assert 'value="Spring"' in shown.content.decode()


def test_audience_narrows_by_status_and_words(coordinator_client, school):
    wave = WaveFactory()
    wanted = ContactFactory(organisation=OrganisationFactory(partner=True, name="Brightwater Hotel"))
    ContactFactory(organisation=OrganisationFactory(partner=True))
    ContactFactory()

    page = coordinator_client.get(
        reverse("evaluation:wave_people", args=[wave.pk]), {"status": ["partner"], "q": "brightw"}
    )

    assert page.context["people"] == [wanted]


def test_everybody_who_matches_is_added_at_once(coordinator_client, school):
    wave = WaveFactory()
    ContactFactory.create_batch(3, organisation=OrganisationFactory(partner=True))
    ContactFactory()

    coordinator_client.post(f"{reverse('evaluation:wave_people', args=[wave.pk])}?status=partner", {"all": "1"})

    assert wave.invitations.count() == 3


def test_results_hide_who_said_what_from_all_but_coordinators(client_for, coordinator, director, viewer, wave):
    text = wave.questionnaire.questions.get(kind=QuestionKind.TEXT)
    for _number in range(3):
        AnswerFactory(response=ResponseFactory(invitation__wave=wave), question=text, text="On time")
    firm = Response.objects.first().organisation.name
    url = reverse("evaluation:wave_results", args=[wave.pk])

    assert firm in client_for(coordinator).get(url).content.decode()
    for user in (director, viewer):
        shown = client_for(user).get(url).content.decode()
        assert "On time" in shown
        assert firm not in shown


def test_single_answers_are_for_coordinators(client_for, coordinator, director, viewer):
    response = ResponseFactory(overall=3)
    url = reverse("evaluation:response", args=[response.pk])

    assert client_for(coordinator).get(url).status_code == 200
    assert client_for(director).get(url).status_code == 403
    assert client_for(viewer).get(url).status_code == 403
    assert client_for(viewer).get(f"{reverse('evaluation:answers')}?export=csv").status_code == 403
    assert "3 of 5" not in client_for(viewer).get(reverse("evaluation:answers")).content.decode()


def test_reading_an_answer_takes_it_off_the_new_ones(coordinator_client):
    response = ResponseFactory()

    coordinator_client.post(reverse("evaluation:response_read", args=[response.pk]))

    response.refresh_from_db()
    assert response.read_at is not None


def test_questionnaire_is_written_with_its_questions(coordinator_client, school):
    data = {
        "title": "New",
        "intro": "",
        "minutes": 2,
        "audience": "firms",
        "form_key": "k",
        "q-TOTAL_FORMS": 2,
        "q-INITIAL_FORMS": 0,
        "q-0-text": "Satisfied?",
        "q-0-kind": "scale_1_5",
        "q-0-topic": "overall",
        "q-0-required": "on",
        "q-0-ORDER": 2,
        "q-1-text": "Why?",
        "q-1-kind": "text",
        "q-1-topic": "other",
        "q-1-ORDER": 1,
    }

    coordinator_client.post(reverse("evaluation:questionnaire_add"), data)

    saved = Questionnaire.objects.get(title="New")
    assert [question.text for question in saved.questions.all()] == ["Why?", "Satisfied?"]


def test_another_question_keeps_what_was_typed(coordinator_client, school):
    data = {
        "title": "New",
        "minutes": 2,
        "audience": "firms",
        "add": "1",
        "q-TOTAL_FORMS": 1,
        "q-INITIAL_FORMS": 0,
        "q-0-text": "Satisfied?",
        "q-0-kind": "scale_1_5",
        "q-0-topic": "other",
    }

    shown = coordinator_client.post(reverse("evaluation:questionnaire_add"), data)

    assert len(shown.context["questions"].forms) == 2
    assert "Satisfied?" in shown.content.decode()
    assert not Questionnaire.objects.filter(title="New").exists()


def test_overall_asked_on_another_scale_is_named_at_the_field(coordinator_client, school):
    data = {
        "title": "New",
        "minutes": 2,
        "audience": "firms",
        "q-TOTAL_FORMS": 1,
        "q-INITIAL_FORMS": 0,
        "q-0-text": "Satisfied?",
        "q-0-kind": "yes_no",
        "q-0-topic": "overall",
    }

    shown = coordinator_client.post(reverse("evaluation:questionnaire_add"), data)

    assert shown.status_code == 422
    assert "always asked as 1 to 5" in shown.content.decode()


def test_questionnaire_put_away_comes_back_by_undo(coordinator_client, school):
    questionnaire = QuestionFactory().questionnaire

    away = coordinator_client.post(reverse("evaluation:questionnaire_archive", args=[questionnaire.pk]), follow=True)
    (message,) = away.context["messages"]
    coordinator_client.post(message.extra_tags)

    questionnaire.refresh_from_db()
    assert questionnaire.archived_at is None


@pytest.mark.parametrize("name", ["evaluation:list", "evaluation:answers", "evaluation:questionnaires"])
def test_lists_take_the_same_queries_for_many_rows(coordinator_client, query_count, name):
    def add_rows(number: int) -> None:
        for _number in range(number):
            ResponseFactory(invitation__wave__questionnaire=QuestionFactory().questionnaire)

    add_rows(1)
    coordinator_client.get(reverse(name))
    few = query_count(lambda: coordinator_client.get(reverse(name)))
    add_rows(29)

    assert query_count(lambda: coordinator_client.get(reverse(name))) == few


def test_round_takes_the_same_queries_for_many_people(coordinator_client, query_count, wave):
    InvitationFactory(wave=wave, sent=True)
    url = wave.get_absolute_url()
    coordinator_client.get(url)
    few = query_count(lambda: coordinator_client.get(url))
    InvitationFactory.create_batch(29, wave=wave, sent=True)

    assert query_count(lambda: coordinator_client.get(url)) == few
