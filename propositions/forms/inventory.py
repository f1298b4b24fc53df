"""Forms for strengths and offers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.models import Programme
from partnerships.forms import VersionedForm, colleagues
from propositions.forms.choices import narrow
from propositions.models import (
    OfferType,
    Strength,
)
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.widgets import DateInput


class StrengthForm(VersionedForm):
    evidence_url = forms.URLField(label=_("Where the proof is"), max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Strength
        fields = (
            "title",
            "kind",
            "description",
            "owner",
            "programmes",
            "evidence",
            "evidence_url",
            "is_shareable",
            "verified_on",
            "verify_every_months",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "verified_on": DateInput,
            "programmes": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": _("With a number in it where there is one: “Practice ward with 4 beds”."),
            "evidence": _("A report, a contract, a list: what you would show if somebody asked."),
            "is_shareable": _("Only what is ticked here and checked in time reaches a value sheet."),
        }

    def __init__(self, *args: Any, cancel_url: str, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url, self.today = cancel_url, today
        narrow(self, "owner", colleagues(self.instance.owner))
        own = Q(strengths=self.instance.pk) if self.instance.pk else Q()
        narrow(self, "programmes", Programme.objects.filter(Q(is_active=True) | own).distinct())

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            "version" if self.instance.pk else "",
            Group(_("The strength"), Span("title", 6), "kind", "owner", Span("description", 6), Choices("programmes")),
            Group(
                _("What proves it"),
                Span("evidence", 6),
                Span("evidence_url", 6),
                "verified_on",
                "verify_every_months",
                Span("is_shareable", 6),
            ),
            SaveBar(_("Save strength"), cancel_url=self.cancel_url),
        )

    def clean_verified_on(self) -> dt.date | None:
        day = self.cleaned_data["verified_on"]
        if day and day > self.today:
            raise ValidationError(_("This day is still to come. Enter the day on which somebody looked."))
        return day

    @property
    def own_changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.changes.items() if name != "programmes"}


class OfferForm(VersionedForm):
    class Meta:
        model = OfferType
        fields = (
            "name",
            "description",
            "hours_school",
            "hours_business",
            "lead_time_days",
            "price",
            "needs_agreement",
            "is_active",
        )
        help_texts = {
            "hours_school": _("For one of it, from beginning to end."),
            "hours_business": _("The same, on their side: they ask for this first."),
            "is_active": _("Others stay in the proposals they are in and are not offered any more."),
        }

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            "version" if self.instance.pk else "",
            Group(_("The offer"), Span("name", 6), Span("description", 6)),
            Group(
                _("What it takes"),
                "hours_business",
                "hours_school",
                "lead_time_days",
                "price",
                Span("needs_agreement", 6),
                Span("is_active", 6),
            ),
            SaveBar(_("Save offer"), cancel_url=self.cancel_url),
        )
