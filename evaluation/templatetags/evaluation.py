"""How answers read."""

from django import template

from evaluation.models import Answer
from evaluation.results import answer_label

register = template.Library()


@register.filter
def in_words(answer: Answer) -> str:
    return "" if answer.number is None else answer_label(answer.question, answer.number)
