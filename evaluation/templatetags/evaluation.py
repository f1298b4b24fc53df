"""How answers read, how a change and a round stand, rows of rounds."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evaluation.board import TONES
from evaluation.enums import AHEAD, ActionStatus, WaveStatus
from evaluation.models import AdaptationAction, Answer, Wave
from evaluation.results import answer_label
from ui.tables import named, table_row, url_of
from ui.templatetags.ui import bar, pill, when

register = template.Library()

WAVE_LOOKS = {
    WaveStatus.DRAFT: ("info", "edit"),
    WaveStatus.OPEN: ("ok", "check"),
    WaveStatus.CLOSED: ("", "lock"),
}


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


@register.simple_tag
def wave_pill(wave: Wave) -> SafeString:
    return pill(wave.get_status_display(), *WAVE_LOOKS[WaveStatus(wave.status)])


@register.simple_tag
def wave_steps(wave: Wave) -> list[tuple[str, SafeString | str, str]]:
    """Return the steps of a round, each with its day and whether it is done, current or still to come."""
    days = (wave.created_at, wave.opened_at, wave.closed_at or wave.closes_on)
    now = list(WaveStatus).index(WaveStatus(wave.status))
    states = ["done"] * now + ["current"] + ["todo"] * (len(days) - now - 1)
    return [
        (str(status.label), when(day, "long") if day else "", state)
        for status, day, state in zip(WaveStatus, days, states, strict=True)
    ]


@register.simple_tag
def wave_row(wave: Any) -> SafeString:
    """Write a row of the list, which has counted who was asked and who has answered."""
    answered = _("%(answered)s of %(invited)s") % {"answered": wave.answered, "invited": wave.invited}
    return table_row(
        named(url_of("evaluation:wave", wave.pk), wave.title, wave.questionnaire.title, wave.group),
        [
            (wave_pill(wave), _("Status"), ""),
            (format_html("{} {}", answered, bar(wave.answered, wave.invited, "s-8")), _("Answered"), ""),
            (when(wave.closes_on), _("Open until"), ""),
            (when(wave.created_at, "month"), _("Prepared"), "hide-m"),
        ],
    )
