"""Planning a follow-up, and putting one off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from outreach.clock import moment
from outreach.forms.narrowing import offer_rows
from outreach.services import Plan
from partnerships.models import Contact, Organisation
from ui.layout import Group, SaveBar, Span, form_helper
from ui.widgets import DateInput, TimeInput


class FollowUpForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What to do"), max_length=200)
    due_on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    due_time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=TimeInput(),
        help_text=gettext_lazy("With a time, a reminder comes by e-mail at that hour."),
    )
    contact = forms.ModelChoiceField(
        label=gettext_lazy("Person"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody in particular"),
    )
    owner = forms.ModelChoiceField(label=gettext_lazy("Who does it"), queryset=User.objects.none(), empty_label=None)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        today: dt.date,
        cancel_url: str,
        was_due_on: dt.date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = min(today, was_due_on or today)
        offer_rows(self, "contact", organisation.contacts.here().in_order())
        offer_rows(self, "owner", User.objects.possible_owners())
        self.helper = form_helper(
            "version",
            Group(_("What and when"), Span("title", 6), Span("due_on", 3), Span("due_time", 3)),
            Group(_("With whom"), Span("contact", 3), Span("owner", 3), Span("note", 6)),
            SaveBar(_("Save follow-up"), cancel_url=cancel_url),
            mark_optional=True,
        )

    def clean_due_on(self) -> dt.date:
        day = self.cleaned_data["due_on"]
        if day < self.earliest:
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, time = data.get("due_on"), data.get("due_time")
        has_changed = {"due_on", "due_time"} & set(self.changed_data)
        if day and time and has_changed and moment(day, time, zone=timezone.get_current_timezone()) <= timezone.now():
            self.add_error("due_time", _("This hour has passed. Choose a later one."))
        return data

    def plan(self) -> Plan:
        """Return what was decided, once the form is valid."""
        names = ("title", "due_on", "owner", "due_time", "contact", "note")
        return Plan(**{name: self.cleaned_data[name] for name in names})


class SnoozeForm(forms.Form):
    until = forms.DateField(label=gettext_lazy("Until"), widget=DateInput())

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> dt.date:
        until = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError(_("Choose a day after today."))
        return until
