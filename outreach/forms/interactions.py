"""Correcting what one recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.enums import Channel, Direction, Outcome
from outreach.forms.narrowing import offer_rows
from outreach.models import Interaction
from outreach.services import Said
from partnerships.models import Contact
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.widgets import DateTimeInput

# What makes sense of each channel, beside its text, its time and its people.
FIELDS = {
    Channel.CALL: {"direction", "outcome", "minutes"},
    Channel.EMAIL: {"direction", "subject"},
    Channel.MEETING: {"subject", "minutes"},
    Channel.NOTE: set(),
}
OPTIONAL = {"direction", "outcome", "minutes", "subject"}


class InteractionForm(forms.Form):
    contacts = forms.ModelMultipleChoiceField(
        label=gettext_lazy("People"),
        queryset=Contact.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    at = forms.DateTimeField(label=gettext_lazy("When"), widget=DateTimeInput())
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=24 * 60)
    direction = forms.ChoiceField(label=gettext_lazy("Who got in touch"), choices=Direction)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=Outcome, initial=Outcome.REACHED)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200, required=False)
    summary = forms.CharField(
        label=gettext_lazy("What was said"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, interaction: Interaction, cancel_url: str) -> None:
        super().__init__(data, initial=_shown(interaction))
        self.interaction = interaction
        self.channel = Channel(interaction.channel)
        offer_rows(self, "contacts", interaction.organisation.contacts.in_order())
        for name in OPTIONAL - FIELDS[self.channel]:
            del self.fields[name]
        spans = [name for name in ("direction", "outcome", "minutes", "subject") if name in self.fields]
        self.helper = form_helper(
            "version",
            Group(_("What happened"), Span("summary", 6), "at", *spans),
            Group(_("With whom"), Choices("contacts", "stack")),
            SaveBar(_("Save changes"), cancel_url=cancel_url),
        )

    def clean_at(self) -> dt.datetime:
        at = self.cleaned_data["at"]
        if at > timezone.now():
            raise forms.ValidationError(_("This is still to come: plan it as a follow-up."))
        return at

    def said(self) -> Said:
        """Return what is to stand in the record, once the form is valid."""
        data = self.cleaned_data
        return Said(
            self.channel,
            summary=data["summary"],
            contacts=tuple(data["contacts"]),
            direction=Direction(data.get("direction", Direction.OUT)),
            at=data["at"],
            minutes=data.get("minutes"),
            subject=data.get("subject", ""),
            outcome=data.get("outcome", ""),
        )


def _shown(interaction: Interaction) -> dict[str, Any]:
    names = ("minutes", "direction", "subject", "summary", "version")
    return {
        "at": interaction.at,
        "outcome": interaction.outcome or Outcome.REACHED,
        "contacts": [contact.pk for contact in interaction.contacts.all()],
        **{name: getattr(interaction, name) for name in names},
    }
