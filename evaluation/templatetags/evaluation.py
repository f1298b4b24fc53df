"""How answers read, and how a change stands."""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evaluation.board import TONES
from evaluation.enums import AHEAD, ActionStatus
from evaluation.models import AdaptationAction, Answer
from evaluation.results import answer_label
from ui.templatetags.ui import pill, when

register = template.Library()


@register.filter
def in_words(answer: Answer) -> str:
    return "" if answer.number is None else answer_label(answer.question, answer.number)


@register.simple_tag
def change_pill(change: AdaptationAction) -> SafeString:
    return pill(change.get_status_display(), *TONES[ActionStatus(change.status)])


@register.simple_tag
def change_day(change: AdaptationAction, today: dt.date) -> SafeString | str:
    """Say when a change is due, that it is late, or when it was done."""
    if change.is_late(today):
        return format_html('<span class="bad strong">{}, {}</span>', when(change.due_on), _("late"))
    if change.status not in AHEAD and change.done_on:
        return format_html("{} {}", _("Done"), when(change.done_on))
    return when(change.due_on)
