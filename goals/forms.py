"""What people fill in to plan: years, goals, figures, programmes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from goals.enums import OUTCOMES, Category
from goals.isced import by_broad_field
from goals.measuring import MeasureFields
from goals.models import Goal, ManualReading, Measure, PlanningCycle, Programme
from goals.wording import decimals_of
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.widgets import DateInput

MOST = Decimal(10) ** 11


def colleagues() -> QuerySet[User]:
    return User.objects.filter(is_active=True).order_by("name", "id")


class CycleForm(forms.ModelForm):
    """A year to plan for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PlanningCycle
        fields = ("name", "starts_on", "ends_on", "narrative")
        widgets = {"starts_on": DateInput, "ends_on": DateInput, "narrative": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        self.initial["version"] = self.instance.version

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(
                _("The year"),
                Span("name", 2),
                Span("starts_on", 2),
                Span("ends_on", 2),
                Span("narrative", 6),
                hint=_("Usually a school year. Once agreed, its days stay as they are."),
            ),
            "version",
            SaveBar(_("Save the year"), cancel_url=self.back),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("The last day must come after the first."))
        return data


class GoalForm(forms.ModelForm):
    """What a goal says, apart from its figure: all that may change once it is agreed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Goal
        fields: tuple[str, ...] = ("title", "why", "category", "owner", "priority", "programmes")
        widgets: dict[str, Any] = {"programmes": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        self.initial["version"] = self.instance.version
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = colleagues()
        fields["owner"].empty_label = _("Nobody yet")
        fields["category"].choices = [("", _("Choose a kind")), *Category.choices]
        fields["programmes"].queryset = self.taught = Programme.objects.active()

    @property
    def helper(self) -> FormHelper:
        return form_helper(*self.said(), "version", SaveBar(_("Save goal"), cancel_url=self.back))

    def said(self) -> list[Any]:
        programmes = [Choices("programmes", "inline")] if self.taught.exists() else []
        return [
            Group(
                _("The goal"),
                Span("title", 6),
                Span("why", 6),
                Span("category", 2),
                Span("priority", 2),
                Span("owner", 2),
                hint=_("Short enough to say aloud: “120 placement places”."),
            ),
            *(
                [Group(_("For whom"), *programmes, hint=_("Leave all empty if it serves every programme."))]
                if programmes
                else []
            ),
        ]

    def fields_for_goal(self) -> dict[str, Any]:
        names = [name for name in self.Meta.fields if name != "programmes"]
        return {name: self.cleaned_data[name] for name in names}


class DraftGoalForm(MeasureFields, GoalForm):
    """A goal that is not agreed yet, with its days and its figure."""

    class Meta(GoalForm.Meta):
        fields = ("title", "why", "category", "owner", "priority", "starts_on", "due_on", "programmes")
        widgets = {**GoalForm.Meta.widgets, "starts_on": DateInput, "due_on": DateInput}

    def __init__(self, *args: Any, cycle: PlanningCycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        self.offer_figures()

    @property
    def helper(self) -> FormHelper:
        return form_helper(*self.said(), *self.measured(), "version", SaveBar(_("Save goal"), cancel_url=self.back))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_days(data.get("starts_on"), data.get("due_on"))
        self.clean_measure(data)
        return data

    def _check_days(self, first: dt.date | None, last: dt.date | None) -> None:
        year = {"year": self.cycle.name, "first": self.cycle.starts_on, "last": self.cycle.ends_on}
        outside = _g("%(year)s goes from %(first)s to %(last)s. Choose a day within it.") % year
        for name, day in (("starts_on", first), ("due_on", last)):
            if day and not self.cycle.starts_on <= day <= self.cycle.ends_on:
                self.add_error(name, outside)
        if first and last and last <= first:
            self.add_error("due_on", _("This day must come after the first."))


class ReadingForm(forms.ModelForm):
    """A figure as it was on a day."""

    class Meta:
        model = ManualReading
        fields = ("on", "value", "n", "note")
        widgets = {"on": DateInput}
        help_texts = {
            "note": _("Such as “84 of 118 leavers, asked by telephone”."),
            "n": _("How many people or things were asked or counted, if that is known."),
        }

    def __init__(self, *args: Any, measure: Measure, school: School, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.today, self.back = measure, school.today(), back
        self.initial.setdefault("on", self.today)
        self.fields["value"].label = measure.label
        self.fields["value"].widget.attrs["step"] = "any"
        self.fields["value"].validators += [MinValueValidator(-MOST), MaxValueValidator(MOST)]

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("The figure"), Span("value", 2), Span("on", 2), Span("n", 2), Span("note", 6)),
            SaveBar(_("Note the figure"), cancel_url=self.back),
        )

    def clean_on(self) -> dt.date:
        day = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean_value(self) -> Decimal:
        value = self.cleaned_data["value"]
        if self.measure.unit == "percent" and not 0 <= value <= 100:  # noqa: PLR2004 - a share of a whole
            raise ValidationError(_("A percentage lies between 0 and 100."))
        return value


class TargetForm(forms.Form):
    """Another target, or another day, for a goal that was agreed: with a reason."""

    target = forms.DecimalField(label=_("Target"), max_digits=14, decimal_places=2)
    due_on = forms.DateField(label=_("To be reached by"), widget=DateInput)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It stays on the goal’s page, beside what was agreed."),
        error_messages={"required": _("Say why: what was agreed is not changed without a reason.")},
    )

    def __init__(self, *args: Any, measure: Measure, goal: Goal, back: str = "", **kwargs: Any) -> None:
        decimals = decimals_of(measure.unit)
        target = measure.target.quantize(Decimal(1).scaleb(-decimals))
        kwargs["initial"] = {"target": target, "due_on": goal.due_on}
        super().__init__(*args, **kwargs)
        self.back = back

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("The target"), Span("target", 3), Span("due_on", 3), Span("reason", 6)),
            SaveBar(_("Change the target"), cancel_url=self.back),
        )


class CloseForm(forms.Form):
    """What became of a goal."""

    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[(status.value, status.label) for status in OUTCOMES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what became of it.")},
    )
    note = forms.CharField(label=_("In a sentence"), max_length=500, required=False)

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back

    @property
    def helper(self) -> FormHelper:
        return form_helper(Choices("outcome", "stack"), "note", SaveBar(_("Close the goal"), cancel_url=self.back))


class DropForm(forms.Form):
    """Why a goal is given up."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        error_messages={"required": _("Say why: a goal is not dropped without a word.")},
    )

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back

    @property
    def helper(self) -> FormHelper:
        return form_helper("reason", SaveBar(_("Drop the goal"), cancel_url=self.back))


class ProgrammeForm(forms.ModelForm):
    """A course of training."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    isced_f = forms.ChoiceField(
        label=_("Field of education"),
        choices=[("", _("Choose a field")), *by_broad_field()],
        help_text=_("By ISCED-F 2013, the list that statistics use."),
    )

    class Meta:
        model = Programme
        fields = ("title", "code", "isced_f", "eqf", "workplace_hours", "places_needed", "head", "is_active")
        help_texts = {
            "eqf": _("Level of the European Qualifications Framework, 1 to 8."),
            "workplace_hours": _("Each student’s hours in a firm."),
            "places_needed": _("Students who need a place this year."),
        }

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        self.initial["version"] = self.instance.version
        fields: dict[str, Any] = self.fields
        fields["head"].queryset = colleagues()
        fields["head"].empty_label = _("Nobody yet")

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("The programme"), Span("title", 4), Span("code", 2), Span("isced_f", 4), Span("eqf", 2), "head"),
            Group(
                _("Places"),
                Span("workplace_hours", 3),
                Span("places_needed", 3),
                Span("is_active", 6),
            ),
            "version",
            SaveBar(_("Save programme"), cancel_url=self.back),
        )
