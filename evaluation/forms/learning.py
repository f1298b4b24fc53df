"""What colleagues fill in about what they found and what they change."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from evaluation.enums import ActionStatus, FindingStatus
from evaluation.models import HIGHEST, LOWEST, AdaptationAction, Finding
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.widgets import DateInput

GRADES = [(grade, str(grade)) for grade in range(LOWEST, HIGHEST + 1)]
MOST_OFFERED = 40


def _grade(label: Any, help_text: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, choices=GRADES, coerce=int, initial=2, widget=forms.RadioSelect
    )


class FindingForm(forms.ModelForm):
    """What was found, where it was heard, how much it matters and what it would take."""

    severity = _grade(_("Impact, 1 to 4"), _("How many people it touches, and how far a goal would move"))
    effort = _grade(_("Effort, 1 to 4"), _("Teachers’ hours and money"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Finding
        fields = ("statement", "kind", "words", "severity", "effort", "programme")
        widgets = {"words": forms.Textarea(attrs={"rows": 3}), "kind": forms.RadioSelect}
        help_texts = {"statement": _("One sentence, such as “Students do not know the safety rules on day one”")}

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.fields["programme"].queryset = self.fields["programme"].queryset.active()  # type: ignore[attr-defined] # a choice of rows
        self.helper = form_helper(
            Group(_("The finding"), Span("statement", 6), Choices("kind"), Span("words", 6), Span("programme", 3)),
            Group(_("How much it matters"), Choices("severity"), Choices("effort")),
            "version",
            SaveBar(_("Save finding"), cancel_url=cancel_url),
        )

    def fields_to_save(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class DeclineForm(forms.Form):
    """Why a finding is not taken up."""

    reason = forms.CharField(label=_("Why not"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    helper = form_helper("reason", show_summary=False)


class ChangeForm(forms.ModelForm):
    """What changes, because of what, by whom and by when."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AdaptationAction
        fields = ("title", "change", "findings", "expected", "owner", "due_on")
        widgets = {
            "change": forms.Textarea(attrs={"rows": 3}),
            "findings": forms.CheckboxSelectMultiple,
            "due_on": DateInput,
        }

    def __init__(self, *args: Any, school: School, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.initial["version"] = self.instance.version
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = User.objects.possible_owners()
        owner.required = True
        offered = cast("forms.ModelMultipleChoiceField", self.fields["findings"])
        offered.queryset = self._offered()
        self.helper = form_helper(
            Group(_("The change"), Span("title", 6), Span("change", 6), Span("expected", 6)),
            Group(_("Because"), Choices("findings", "stack"), hint=_("What was found and is not declined.")),
            Group(_("Who and when"), Span("owner", 3), Span("due_on", 3)),
            "version",
            SaveBar(_("Save change"), cancel_url=cancel_url),
        )

    def _offered(self) -> Any:
        """What weighs most of what is open, and whatever it rests on already."""
        open_ones = Finding.objects.exclude(status=FindingStatus.DECLINED).order_by("-weight", "-id")
        chosen = [finding.pk for finding in self.initial.get("findings", [])]
        keys = [*open_ones.values_list("pk", flat=True)[:MOST_OFFERED], *chosen]
        return Finding.objects.filter(Q(pk__in=keys)).order_by("-weight", "-id")

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < self.school.today() and day != self.instance.due_on:
            raise ValidationError(_("This day has passed. Choose today or later."))
        return day

    def fields_to_save(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "findings"}


class StepForm(forms.ModelForm):
    """What one step of a change asks for: a reason, what came of it, when they were told."""

    class Meta:
        model = AdaptationAction
        fields = ("declined_reason", "result", "told_on", "untold_reason")
        widgets = {
            "declined_reason": forms.Textarea(attrs={"rows": 3}),
            "untold_reason": forms.Textarea(attrs={"rows": 2}),
            "told_on": DateInput,
        }
        help_texts = {
            "result": _("The figure as it is now, such as “4.5 (n 19)”"),
            "told_on": _("The day on which those who had said it heard what changed"),
            "untold_reason": _("Only if nobody was told"),
        }

    def __init__(self, *args: Any, to: ActionStatus, asked_for: tuple[str, ...], school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to, self.school = to, school
        for name in set(self.fields) - set(asked_for):
            del self.fields[name]
        for name in {"declined_reason", "result"} & set(asked_for):
            self.fields[name].required = True
        self.helper = form_helper(*asked_for, show_summary=False)

    def clean_told_on(self) -> Any:
        day = self.cleaned_data["told_on"]
        if day and day > self.school.today():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.to == ActionStatus.CLOSED and not (data.get("told_on") or data.get("untold_reason") or self.errors):
            self.add_error("told_on", _("Say when they were told, or below why nobody was."))
        return data
