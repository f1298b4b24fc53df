"""The form that students fill in, by their own link or by their class’s sheet."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from evaluation.models import Answer, Response
from tests.evaluation.factories import (
    ResponseFactory,
    class_token,
    student_token,
    student_wave,
    wave_of_class,
)
from tests.evaluation.students import as_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


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
