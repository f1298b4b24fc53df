"""The draft's form and its rows; the forms with which people sign, decline and withdraw."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import (
    LONGEST_CLAUSE,
    NEVER,
    Agreement,
    AgreementClause,
    Contribution,
    Obligation,
    Signatory,
)
from agreements.placeholders import unknown_names
from agreements.totals import value_of
from ui.layout import Group, Span, form_helper
from ui.rows import BaseRows, RowForm
from ui.widgets import DateInput

MOST_ROWS = 60
MOST = Decimal("9999999999.99")
SMALL = {"rows": 2}


class AgreementForm(forms.ModelForm):
    """What the agreement is about and how long it holds."""

    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DateInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Agreement
        fields = (
            "title",
            "owner",
            "purpose",
            "expectations",
            "starts_on",
            "ends_on",
            "is_open_ended",
            "renewal",
            "notice_days",
            "notice_days_termination",
            "places_per_year",
        )
        widgets = {
            "starts_on": DateInput,
            "purpose": forms.Textarea({"rows": 3}),
            "expectations": forms.Textarea({"rows": 3}),
        }
        labels = {"starts_on": _("First day"), "is_open_ended": _("It has no fixed end")}
        help_texts = {
            "title": _("As it stands on the cover, such as “Work placements 2026 to 2028”"),
            "purpose": _("One or two sentences: what both sides want to reach"),
            "owner": _("Who looks after it and is told what happens"),
        }

    def __init__(self, *args: Any, typed: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = User.objects.possible_owners()
        self.initial["version"] = self.instance.version
        self.initial["ends_on"] = self.instance.last_day
        self.initial = {**self.initial, **(typed or {})}
        self.helper = form_helper(
            Group(
                _("What it is about"),
                Span("title", 6),
                Span("purpose", 6),
                Span("expectations", 6),
                "owner",
                "places_per_year",
                hint=_("These figures are kept once and filled into the clauses."),
            ),
            Group(
                _("Term"),
                "starts_on",
                "ends_on",
                Span("is_open_ended", 6),
                Span("renewal", 6),
                "notice_days",
                "notice_days_termination",
            ),
            "version",
        )

    def clean_ends_on(self) -> Any:
        return self.cleaned_data["ends_on"] or NEVER

    def clean(self) -> dict[str, Any]:
        """An end needs a beginning before it, and is either a day or open."""
        values = super().clean() or self.cleaned_data
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on", NEVER)
        if values.get("is_open_ended") and ends_on != NEVER:
            self.add_error("ends_on", _("Leave the last day empty where there is no fixed end."))
        elif starts_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day comes before the first."))
        return values


class ObligationForm(RowForm):
    class Meta:
        model = Obligation
        fields = ("topic", "school_text", "organisation_text")
        widgets = {"school_text": forms.Textarea(SMALL), "organisation_text": forms.Textarea(SMALL)}

    helper = form_helper(
        "id", Span("topic", 2), Span("school_text", 2), Span("organisation_text", 2), show_summary=False
    )


class ContributionForm(RowForm):
    """Money or something in kind; its value follows from how many and how much where both are given."""

    value = forms.DecimalField(
        label=_("Value a year"),
        required=False,
        min_value=Decimal(0),
        max_value=MOST,
        decimal_places=2,
        help_text=_("Leave it empty where the two before make it up."),
    )

    class Meta:
        model = Contribution
        fields = ("description", "party", "kind", "quantity", "unit", "unit_value", "value", "note")
        help_texts = {"unit": _("Such as hours or students"), "note": _("Such as “on loan”")}

    helper = form_helper(
        "id",
        Span("description", 2),
        Span("party", 2),
        Span("kind", 2),
        Span("quantity", 2),
        Span("unit", 2),
        Span("unit_value", 2),
        Span("value", 3),
        Span("note", 3),
        show_summary=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("quantity", "unit_value"):
            self.fields[name].validators.append(_not_negative)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        quantity, unit_value = values.get("quantity"), values.get("unit_value")
        if quantity is not None and unit_value is not None:
            values["value"] = value_of(quantity=quantity, unit_value=unit_value)
            if values["value"] > MOST:
                self.add_error("unit_value", _("This comes to more than ten thousand million."))
        elif values.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Enter a value, or how many and what one is worth."))
        return values


def _not_negative(value: Decimal) -> None:
    if value < 0:
        raise ValidationError(_("Enter a figure of 0 or more."))


class SignatoryForm(RowForm):
    class Meta:
        model = Signatory
        fields = ("party", "name", "capacity", "email")
        help_texts = {"capacity": _("Such as managing director")}

    helper = form_helper("id", "party", "name", "capacity", "email", show_summary=False)


class ClauseForm(RowForm):
    """A clause whose wording may change; names in double braces must be figures we know."""

    class Meta:
        model = AgreementClause
        fields = ("title", "body")
        widgets = {"body": forms.Textarea({"rows": 7, "maxlength": LONGEST_CLAUSE})}

    helper = form_helper("id", Span("title", 6), Span("body", 6), show_summary=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in ("title", "body"):
            for unknown in unknown_names(values.get(name, "")):
                words = {"name": f"{{{{ {unknown} }}}}"}
                self.add_error(name, _("“%(name)s” is no figure of an agreement.") % words)
        return values


class BaseSignatories(BaseRows):
    def clean(self) -> None:
        """Each address gets a link of its own."""
        if any(self.errors):
            return
        addresses = [row["email"].lower() for row in self.rows()]
        if len(set(addresses)) < len(addresses):
            raise ValidationError(_("Each signatory needs an e-mail address of their own."))


def _rows(form: type[RowForm], base: type[BaseRows] = BaseRows) -> Any:
    return forms.formset_factory(
        form, formset=base, extra=0, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )


ObligationRows = _rows(ObligationForm)
ContributionRows = _rows(ContributionForm)
SignatoryRows = _rows(SignatoryForm, BaseSignatories)
ClauseRows = forms.formset_factory(ClauseForm, formset=BaseRows, extra=0, max_num=200)


class SignForm(forms.Form):
    """Nothing is filled in that makes the signature: name empty, box empty."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=120,
        help_text=_("Typing your name here counts as your signature."),
        error_messages={"required": _("Type your full name.")},
    )
    capacity = forms.CharField(
        label=_("Your role"), max_length=120, error_messages={"required": _("Say in which role you sign.")}
    )
    agreed = forms.BooleanField(
        label=_("I have read it and may sign"),
        error_messages={"required": _("Tick the box once you have read the document.")},
    )
    document = forms.CharField(max_length=64, widget=forms.HiddenInput)

    helper = form_helper("document", Field("name", autocomplete="name"), "capacity", "agreed", show_summary=False)


class ReasonForm(forms.Form):
    """Why somebody does not sign as it stands, or why an agreement is withdrawn."""

    reason = forms.CharField(
        label=_("What should change"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Say in a few words what should change.")},
    )

    helper = form_helper("reason", show_summary=False)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, for the record"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )

    helper = form_helper("reason", show_summary=False)
