"""A pilot's plan and its criteria, its results, the decision, and why it is called off."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from goals.models import Programme
from partnerships.models import Contact, Organisation
from pilots.enums import PilotStatus
from pilots.models import CRITERION_FIELDS, Pilot, SuccessCriterion
from pilots.rules import must_haves_missed
from pilots.services import Decision, Plan, Result, Results
from pilots.services.outcome import DECISION_FIELDS
from pilots.services.planning import FIXED_FIELDS
from ui.layout import Group, SaveBar, Span, form_helper
from ui.rows import BaseRows, RowForm
from ui.widgets import DateInput

MOST_CRITERIA = 20
FIRST_CRITERIA = 3
LONGEST_DAYS = 366
MOST_STUDENTS = 10_000
MOST_HOURS = 100_000
MOST = Decimal("99999999.99")
ROWS = {"rows": 3}


class PilotForm(forms.ModelForm):
    """What is tried out, why, when, and what it takes. Once it runs, what was to be found out is left out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Pilot
        fields = (
            "title",
            "kind",
            "programme",
            "contact",
            "owner",
            "hypothesis_if",
            "hypothesis_then",
            "hypothesis_because",
            "starts_on",
            "ends_on",
            "place",
            "students",
            "hours_school_planned",
            "hours_business_planned",
            "budget_planned",
        )
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        labels = {
            "hypothesis_if": _("If …"),
            "hypothesis_then": _("then …"),
            "hypothesis_because": _("because …"),
            "students": _("Students taking part"),
            "hours_school_planned": _("Our hours"),
            "hours_business_planned": _("Their hours"),
            "budget_planned": _("Money"),
        }
        help_texts = {
            "title": _("Such as “Trial placement: four electricians”"),
            "hypothesis_if": _("Such as “four second-years work four weeks with their installers”"),
            "hypothesis_then": _("Such as “they take them on for the summer”"),
            "contact": _("Who is in charge there"),
            "starts_on": _("A first guess will do while it is an idea"),
            "budget_planned": _("Where it costs money, the director agrees before it is scheduled"),
        }

    def __init__(self, *args: Any, organisation: Organisation, typed: dict[str, Any] | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.organisation = organisation
        self._narrow_choices()
        for name, most in (("students", MOST_STUDENTS), ("budget_planned", MOST)):
            self.fields[name].validators.append(MaxValueValidator(most))
        for name in ("hours_school_planned", "hours_business_planned"):
            self.fields[name].validators.append(MaxValueValidator(MOST_HOURS))
        if self.instance.is_fixed:
            for name in FIXED_FIELDS:
                del self.fields[name]
        self.initial = {**self.initial, "version": self.instance.version, **(typed or {})}
        self.helper = form_helper(*self._groups())

    def _narrow_choices(self) -> None:
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = User.objects.possible_owners()
        contact = cast("forms.ModelChoiceField[Contact]", self.fields["contact"])
        contact.queryset = self.organisation.contacts.filter(archived_at=None).order_by("name", "id")
        programme = cast("forms.ModelChoiceField[Programme]", self.fields["programme"])
        mine = Programme.objects.filter(pk=self.instance.programme_id or 0)
        programme.queryset = Programme.objects.active() | mine

    def _groups(self) -> list[Any]:
        if self.instance.is_fixed:
            return [
                Group(_("What it is"), Span("title", 6), "programme", "contact", "owner"),
                Group(_("When and where"), "ends_on", "place", "students"),
                "version",
            ]
        return [
            Group(_("What it is"), Span("title", 6), "kind", "programme", "contact", "owner"),
            Group(
                _("What you want to find out"),
                Span("hypothesis_if", 6),
                Span("hypothesis_then", 6),
                Span("hypothesis_because", 6),
                hint=_("One sentence that can turn out to be wrong. It is an idea until this is written."),
            ),
            Group(_("When and where"), "starts_on", "ends_on", "place", "students"),
            Group(
                _("Planned time and money"),
                Span("hours_school_planned", 2),
                Span("hours_business_planned", 2),
                Span("budget_planned", 2),
            ),
            "version",
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("starts_on", self.instance.starts_on), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first."))
        elif first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("ends_on", _("A pilot lasts a year at most. What lasts longer belongs in an agreement."))
        return values

    def plan(self, criteria: list[dict[str, Any]]) -> Plan:
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        return Plan(fields=fields, criteria=criteria)


class CriterionForm(RowForm):
    """A figure by which one will know whether it worked."""

    class Meta:
        model = SuccessCriterion
        fields = CRITERION_FIELDS
        labels = {
            "text": _("What must be true"),
            "unit": _("Of what"),
            "must_have": _("Must-have"),
            "direction": _("More or less"),
        }
        help_texts = {
            "metric": _("Such as “average of the students’ answers”"),
            "unit": _("Such as “students” or “days”; may stay empty"),
            "target": _("For yes or no: 1"),
            "must_have": _("Without it, it did not work"),
        }

    helper = form_helper(
        "id",
        Span("text", 6),
        Span("metric", 4),
        Span("shows", 2),
        Span("target", 2),
        Span("direction", 2),
        Span("unit", 2),
        Span("must_have", 6),
        show_summary=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].validators.append(_not_negative)


def _not_negative(value: Decimal) -> None:
    if value < 0:
        raise ValidationError(_("Enter a figure of 0 or more."))


CriterionRows: Any = forms.formset_factory(
    CriterionForm,
    formset=BaseRows,
    extra=0,
    can_delete=True,
    max_num=MOST_CRITERIA,
    absolute_max=MOST_CRITERIA,
    validate_max=True,
)


class ChangeCriterionForm(CriterionForm):
    """A criterion that is changed although it was fixed."""

    reason = forms.CharField(
        label=_("Why it is changed now"),
        max_length=300,
        help_text=_("The old wording stays on record beside the new one."),
        error_messages={"required": _("Say why it is changed after the first day.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        url = self.instance.pilot.get_absolute_url()
        grid = [Span("text", 6), "metric", "shows", Span("target", 2), Span("direction", 2), Span("unit", 2)]
        self.helper = form_helper(
            Group(_("Criterion"), *grid, Span("must_have", 6)),
            Group(_("On record"), Span("reason", 6)),
            SaveBar(_("Change the criterion"), cancel_url=url),
        )


class ResultsForm(forms.ModelForm):
    """What was measured: a result for each criterion, and what it took in fact."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Pilot
        fields = ("students", "hours_school_actual", "hours_business_actual", "budget_actual")
        labels = {
            "students": _("Students who took part"),
            "hours_school_actual": _("Our hours"),
            "hours_business_actual": _("Their hours"),
            "budget_actual": _("Money"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        for name, most in zip(self.Meta.fields, (MOST_STUDENTS, MOST_HOURS, MOST_HOURS, MOST), strict=True):
            self.fields[name].validators.append(MaxValueValidator(most))
        self.criteria = list(self.instance.criteria.all())
        for criterion in self.criteria:
            self._add(criterion)
        self.helper = form_helper(
            *[_result_group(criterion) for criterion in self.criteria],
            Group(_("What it took"), *self.Meta.fields),
            "version",
            SaveBar(_("Save results"), cancel_url=self.instance.get_absolute_url()),
        )

    def _add(self, criterion: SuccessCriterion) -> None:
        unit = f" ({criterion.unit})" if criterion.unit else ""
        self.fields[f"actual_{criterion.pk}"] = forms.DecimalField(
            label=_("Result%(unit)s") % {"unit": unit},
            required=False,
            min_value=Decimal(0),
            max_digits=10,
            decimal_places=2,
            initial=_bare(criterion.actual),
        )
        self.fields[f"note_{criterion.pk}"] = forms.CharField(
            label=_("Note"), required=False, max_length=120, initial=criterion.note
        )

    def results(self) -> Results:
        values = self.cleaned_data
        criteria = {one.pk: Result(values[f"actual_{one.pk}"], values[f"note_{one.pk}"]) for one in self.criteria}
        return Results(fields={name: values[name] for name in self.Meta.fields}, criteria=criteria)


def _bare(value: Decimal | None) -> Decimal | None:
    """Leave idle zeros out of a figure that is shown to be changed."""
    if value is None or value != value.to_integral_value():
        return value
    return value.quantize(Decimal(1))


def _result_group(criterion: SuccessCriterion) -> Group:
    fields = (f"actual_{criterion.pk}", f"note_{criterion.pk}")
    return Group(criterion.text, *fields, hint=criterion.target_words)


class DecisionForm(forms.Form):
    """What follows from a pilot."""

    CHOICES = (
        (PilotStatus.SCALED, _("Scale up")),
        (PilotStatus.EXTENDED, _("Extend")),
        (PilotStatus.REVISED, _("Revise and run again")),
        (PilotStatus.STOPPED, _("Stop")),
    )

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what follows.")},
    )
    decision_reason = forms.CharField(label=_("Why"), max_length=2000, required=False, widget=forms.Textarea(ROWS))
    changes = forms.CharField(label=_("What changes"), max_length=2000, required=False, widget=forms.Textarea(ROWS))
    lessons = forms.CharField(
        label=_("Lesson for other pilots"), max_length=2000, required=False, widget=forms.Textarea(ROWS)
    )

    def __init__(self, *args: Any, pilot: Pilot, criteria: list[SuccessCriterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missed = must_haves_missed(criteria)
        self.initial = {**{name: getattr(pilot, name) for name in DECISION_FIELDS}, **self.initial}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        decision = values.get("decision")
        if decision == PilotStatus.SCALED and self.missed and not values.get("decision_reason"):
            self.add_error("decision_reason", _("A must-have was missed. Say why it is scaled up all the same."))
        if decision == PilotStatus.STOPPED and not values.get("lessons"):
            self.add_error("lessons", _("Say what others can learn from it: that makes a stop a good result."))
        return values

    def made(self) -> Decision:
        values = self.cleaned_data
        return Decision(
            to=PilotStatus(values["decision"]),
            reason=values["decision_reason"],
            changes=values["changes"],
            lessons=values["lessons"],
        )


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(ROWS),
        error_messages={"required": _("Say in a few words why it does not take place.")},
    )

    helper = form_helper("reason", show_summary=False)
