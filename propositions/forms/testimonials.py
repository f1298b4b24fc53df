"""Asking for a testimonial, and what its subject answers."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerships.models import Contact, Organisation
from propositions.enums import Channel, NameShown
from propositions.forms.choices import narrow, offered_programmes
from propositions.models import (
    LONGEST_QUOTE,
    PublicationConsent,
    Testimonial,
)
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.widgets import DateInput

YES, NO, CHANGE = "yes", "no", "change"
ALL, NAME = "all", "name"
SHORTEST_QUOTE = 10


class RequestForm(forms.ModelForm):
    """Whose words, which, and where they said them."""

    contact = forms.ModelChoiceField(
        label=_("Who said it"), queryset=Contact.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    class Meta:
        model = Testimonial
        fields = ("contact", "quote", "source", "said_on", "programme")
        widgets = {"quote": forms.Textarea(attrs={"rows": 4}), "said_on": DateInput}
        help_texts = {
            "quote": _("Exactly as it would be shown, without quotation marks. They can change it."),
            "source": _("Such as “Visit on 9 February” or “Feedback in spring”."),
        }

    def __init__(self, *args: Any, organisation: Organisation, cancel_url: str, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.cancel_url, self.today = organisation, cancel_url, today
        people = organisation.contacts.filter(archived_at=None, do_not_contact=False).exclude(email="")
        self.people = people.order_by("-is_primary", "name")
        narrow(self, "contact", self.people)
        narrow(self, "programme", offered_programmes())

    @property
    def has_people(self) -> bool:
        return self.people.exists()

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("Who said what"), Choices("contact", "stack"), Span("quote", 6)),
            Group(_("Where and when"), Span("source", 4), Span("said_on", 2), Span("programme", 3)),
            SaveBar(_("Ask them"), cancel_url=self.cancel_url, note=_("An e-mail with a link leaves at once.")),
        )

    def clean_quote(self) -> str:
        quote = " ".join(self.cleaned_data["quote"].split()).strip("“”\"'")
        if len(quote) < SHORTEST_QUOTE:
            raise ValidationError(_("Write a whole sentence that they said."))
        return quote

    def clean_said_on(self) -> dt.date | None:
        day = self.cleaned_data["said_on"]
        if day and day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day


class ConsentForm(forms.Form):
    """What the subject decides. Nothing is chosen beforehand; a place without an answer is a no."""

    words = forms.ChoiceField(
        label=_("1. Are these words right?"),
        widget=forms.RadioSelect,
        choices=[
            (YES, _("Yes, you may use them like this")),
            (CHANGE, _("I want to change something")),
            (NO, _("No, do not use them at all")),
        ],
        error_messages={"required": _("Choose one answer.")},
    )
    own_words = forms.CharField(
        label=_("How it should read"),
        required=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )
    name_shown = forms.ChoiceField(
        label=_("3. How should we name you?"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["name_shown"]).choices = names
        for channel in Channel:
            self.fields[f"to_{channel}"] = forms.ChoiceField(
                label=channel.label,
                required=False,
                widget=forms.RadioSelect,
                choices=[(YES, _("Yes")), (NO, _("No"))],
            )

    @property
    def channels(self) -> list[Channel]:
        if self.cleaned_data["words"] == NO:
            return []
        return [channel for channel in Channel if self.cleaned_data[f"to_{channel}"] == YES]

    @property
    def quote(self) -> str:
        return self.cleaned_data["own_words"] if self.cleaned_data["words"] == CHANGE else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("words") == CHANGE and len(data.get("own_words", "")) < SHORTEST_QUOTE:
            self.add_error("own_words", _("Write how it should read."))
        wants_name = data.get("words") in {YES, CHANGE} and any(data.get(f"to_{one}") == YES for one in Channel)
        if wants_name and not data.get("name_shown"):
            self.add_error("name_shown", _("Choose how we may name you."))
        return data


class WithdrawForm(forms.Form):
    """What should go: everything, one place, or the name."""

    what = forms.ChoiceField(
        label=_("What should go?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should go."), "invalid_choice": _("Choose what should go.")},
    )

    def __init__(self, *args: Any, testimonial: Testimonial, consents: list[PublicationConsent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consents = consents
        places = [(one.channel, _("Only this: %(place)s") % {"place": Channel(one.channel).label}) for one in consents]
        name = [(NAME, _("Keep the words, take my name off"))]
        cast("forms.ChoiceField", self.fields["what"]).choices = [
            (ALL, _("Everything, everywhere")),
            *(places if len(places) > 1 else []),
            *(name if testimonial.name_shown != NameShown.NOBODY else []),
        ]

    @property
    def channels(self) -> list[Channel]:
        what = self.cleaned_data["what"]
        return [Channel(one.channel) for one in self.consents if what in {ALL, one.channel}]

    @property
    def is_name_only(self) -> bool:
        return self.cleaned_data["what"] == NAME
