"""Made-up values with which /styleguide/ shows every component; nothing here comes from the database."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from ui.layout import Choices, Group, SaveBar, Span, described, form_helper
from ui.widgets import DateInput, PhoneInput

STAGES = {2: "Prospect", 4: "Contacted", 5: "Proposal", 6: "Pilot", 7: "Agreement", 8: "Partner"}
TONES = [
    ("Draft", "", "edit"),
    ("Signed", "ok", "check"),
    ("Round 2", "warn", "clock"),
    ("Late", "bad", "alert-triangle"),
    ("Sent", "info", "send"),
]
FIRMS = [
    ("Tidewell Care Group", "Care homes, Lindenvale", 7),
    ("Brightwater Hotel", "Hospitality, Quayside", 8),
    ("Larkfield Dairy", "Food processing, Overton", 4),
]
STEPS = [
    ("Draft", "16 Feb", "done"),
    ("Internal review", "Approved 6 Mar", "done"),
    ("Sent", "10 Mar", "current"),
    ("Signed", "", "todo"),
    ("Active", "From 1 April 2026", "todo"),
]


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As it stands on the door")
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Choose"), ("business", "Business"), ("public", "Public body")]
    )
    phone = forms.CharField(label="Phone", required=False, widget=PhoneInput)
    since = forms.DateField(label="Partner since", required=False, widget=DateInput)
    size = forms.ChoiceField(
        label="Size", choices=[("s", "1 to 9"), ("m", "10 to 49"), ("l", "50 or more")], widget=forms.RadioSelect
    )
    doubles = forms.ChoiceField(
        label="For those already in Tandem",
        choices=[
            ("fill", described("Fill empty fields only", "Nothing you typed is overwritten")),
            ("skip", described("Skip them", "Leave all 14 as they are")),
        ],
        widget=forms.RadioSelect,
    )
    mood = forms.ChoiceField(
        label="How did it go?", choices=[(1, "Poor"), (2, "OK"), (3, "Good")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Days", choices=[("mo", "Monday"), ("tu", "Tuesday")], widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="What was said", widget=forms.Textarea, required=False)
    different = forms.BooleanField(
        label="It is a different firm, keep both", required=False, help_text="We found one of the same name"
    )

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(
                "The firm",
                Span("name", 6),
                "kind",
                "phone",
                "since",
                "different",
                hint="What it is called and what it does",
            ),
            Group(
                "How",
                Choices("size", "inline"),
                Choices("doubles", "stack"),
                Choices("mood", "tiles"),
                Choices("days", "inline"),
                Span("note", 6),
            ),
            SaveBar("Save partner", cancel_url="#", note="Draft saved 09:04", icon="device-floppy"),
        )


def sample_context() -> dict[str, Any]:
    """Return what the styleguide's template shows."""
    now = timezone.now()
    empty = SampleForm(
        prefix="a", initial={"name": "Kestrel Precision Ltd", "size": "m", "mood": "3", "doubles": "fill"}
    )
    return {
        "stages": STAGES.items(),
        "tones": TONES,
        "firms": FIRMS,
        "steps": STEPS,
        "form": empty,
        "bad_form": SampleForm({"b-name": "", "b-kind": "x", "b-since": "soon"}, prefix="b"),
        "now": now,
        "days": [now.date() + dt.timedelta(days=days) for days in (-2, -1, 0, 1, 5)],
        "amounts": [Decimal(3600), Decimal("15908.50"), None],
        "scale": [(1, "Very poor"), (2, "Poor"), (3, "OK"), (4, "Good"), (5, "Very good")],
        "eleven": range(11),
    }
