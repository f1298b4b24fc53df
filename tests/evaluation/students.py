"""What tests of students' rounds share."""

import datetime as dt

from django.utils import timezone

from opportunities.models import Opening, Placement


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
