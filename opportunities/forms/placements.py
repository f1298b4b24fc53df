"""What colleagues fill in for openings, students and placements."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from goals.models import Programme
from opportunities.models import Opening, Placement, Student
from ui.layout import Group, SaveBar, Span, form_helper
from ui.widgets import DateInput


def _narrow(form: forms.BaseForm, name: str, queryset: Any, empty: Any = None) -> None:
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = queryset
    if empty is not None:
        field.empty_label = empty


class OpeningForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Opening
        fields = ("programme", "title", "places", "starts_on", "ends_on", "min_age", "note")
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        help_texts = {
            "title": _("Such as “House wiring with a fitter”"),
            "min_age": _("Leave empty where age does not matter"),
            "note": _("Shifts, clothes, how to get there"),
        }

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _narrow(self, "programme", Programme.objects.active())
        self.initial["version"] = self.instance.version
        self.helper = form_helper(
            Group(_("The work"), Span("title", 6), "programme", "places", "min_age", Span("note", 6)),
            Group(_("When"), "starts_on", "ends_on"),
            "version",
            SaveBar(_("Save opening"), cancel_url=cancel_url),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        _check_days(self, values)
        return values


def _check_days(form: forms.BaseForm, values: dict[str, Any]) -> None:
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        form.add_error("ends_on", _("The last day comes before the first."))


class StudentForm(forms.ModelForm):
    """No more than a placement needs."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Student
        fields = ("reference", "programme", "group", "birth_date", "name", "email", "left_on")
        widgets = {"birth_date": DateInput, "left_on": DateInput}
        help_texts = {
            "reference": _("As in your student system, such as “E2-07”; lists show only this"),
            "birth_date": _("For the rules that protect young people at work"),
            "name": _("Only if you need it here"),
            "email": _("For asking how the placement was"),
        }
        error_messages = {"reference": {"unique": _("A student with this reference is on file.")}}

    def __init__(self, *args: Any, school: School, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        _narrow(self, "programme", Programme.objects.active())
        self.initial["version"] = self.instance.version
        self.helper = form_helper(
            Group(_("The student"), "reference", "programme", "group", "birth_date"),
            Group(
                _("Only where it is needed"),
                "name",
                "email",
                "left_on",
                hint=_("Keep as little as you can: many students are under 18."),
            ),
            "version",
            SaveBar(_("Save student"), cancel_url=cancel_url),
        )

    def clean_birth_date(self) -> Any:
        day, today = self.cleaned_data["birth_date"], self.school.today()
        if day and not today.replace(day=1) - dt.timedelta(days=36_525) < day < today:
            raise ValidationError(_("Check the year: nobody of that age is at the college."))
        return day


class PlacementForm(forms.ModelForm):
    """Which student, and on which days within the opening's."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Placement
        fields = ("student", "starts_on", "ends_on")
        widgets = {"starts_on": DateInput, "ends_on": DateInput}

    def __init__(self, *args: Any, opening: Opening, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        students = Student.objects.present().filter(programme=opening.programme_id).order_by("reference")
        _narrow(self, "student", students, _("Choose a student"))
        self.initial.setdefault("starts_on", opening.starts_on)
        self.initial.setdefault("ends_on", opening.ends_on)
        self.initial["version"] = self.instance.version
        if self.instance.pk:
            del self.fields["student"]
        student = [] if self.instance.pk else [Span("student", 6)]
        label = _("Save days") if self.instance.pk else _("Plan the placement")
        self.helper = form_helper(
            Group(_("Who and when"), *student, "starts_on", "ends_on"), "version", SaveBar(label, cancel_url=cancel_url)
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        _check_days(self, values)
        return values


class EndForm(forms.Form):
    """Why a placement ends before its last day."""

    reason = forms.CharField(
        label=_("Why does it end early?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A few words without anything about health or family"),
        error_messages={"required": _("Say in a few words why it ends.")},
    )

    helper = form_helper("reason", show_summary=False)
