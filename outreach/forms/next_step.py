"""The question “What next?” at the end of each form of the composer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.clock import moment
from outreach.forms.narrowing import offer
from outreach.models import FollowUp
from outreach.services import NextStep
from ui.widgets import DateInput, TimeInput

KEEP, NONE, DATE = "keep", "none", "date"
TOMORROW, THREE_DAYS, WEEK = "1", "3", "7"
DAYS = {TOMORROW: 1, THREE_DAYS: 3, WEEK: 7}


def short_day(day: dt.date) -> str:
    return dateformat.format(day, "D j M")


class NextStepForm(forms.Form):
    """Keeps, moves, ticks off or leaves the follow-up `current`, or sets a new one.

    Everything shows without script; a day that is filled in counts, whatever the menu says.
    """

    is_done = forms.BooleanField(required=False)
    next_when = forms.ChoiceField(label=gettext_lazy("Next follow-up"))
    next_on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DateInput())
    next_time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=TimeInput(),
        help_text=gettext_lazy("With a time, a reminder comes by e-mail at that hour."),
    )
    next_title = forms.CharField(label=gettext_lazy("What to do"), required=False, max_length=200)
    next_default = WEEK

    def __init__(self, *args: Any, today: dt.date, current: FollowUp | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.current = current
        offer(self, "next_when", self._choices())
        self.fields["next_when"].initial = KEEP if current else self.next_default
        if current:
            self.fields["is_done"].label = _("Done: “%(title)s”") % {"title": current.title}
        else:
            del self.fields["is_done"]

    @property
    def step(self) -> list[forms.BoundField]:
        """What is folded away of the next follow-up: another day, an hour, words of one's own."""
        return [self[name] for name in ("next_on", "next_time", "next_title")]

    @property
    def step_is_open(self) -> bool:
        return self["next_when"].value() == DATE or any(field.errors for field in self.step)

    def _choices(self) -> list[tuple[str, str]]:
        kept = [(KEEP, _("Keep: %(day)s") % {"day": short_day(self.current.due_on)})] if self.current else []
        near = [
            (key, words % {"day": short_day(self.today + dt.timedelta(days=DAYS[key]))})
            for key, words in [
                (TOMORROW, _("Tomorrow, %(day)s")),
                (THREE_DAYS, _("In 3 days, %(day)s")),
                (WEEK, _("In one week, %(day)s")),
            ]
        ]
        return [*kept, *near, (DATE, _("On another day…")), (NONE, _("None needed"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, asked = data.get("next_on"), data.get("next_when")
        if asked == DATE and not day and "next_on" not in self.errors:
            self.add_error("next_on", _("Say on which day."))
        elif day and day < self.today:
            self.add_error("next_on", _("This day has passed. Choose today or a later day."))
        elif data.get("next_time") and self._due_on():
            self._refuse_past_hour(data["next_time"])
        return data

    def _refuse_past_hour(self, time: dt.time) -> None:
        due_on = self._due_on()
        if due_on and moment(due_on, time, zone=timezone.get_current_timezone()) <= timezone.now():
            self.add_error("next_time", _("This hour has passed. Choose a later one."))

    def _due_on(self) -> dt.date | None:
        asked = self.cleaned_data.get("next_when", "")
        in_menu = self.today + dt.timedelta(days=DAYS[asked]) if asked in DAYS else None
        return self.cleaned_data.get("next_on") or in_menu

    def next_step(self) -> NextStep:
        """Return the answer, once the form is valid."""
        data = self.cleaned_data
        return NextStep(
            current=self.current,
            is_done=data.get("is_done", False),
            due_on=self._due_on(),
            due_time=data["next_time"],
            title=data["next_title"],
            is_over=data["next_when"] == NONE,
        )
