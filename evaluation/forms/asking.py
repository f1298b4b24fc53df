"""What colleagues fill in to ask."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from evaluation.enums import Asked, Audience, QuestionKind, Topic, WaveStatus
from evaluation.models import Question, Questionnaire, Wave
from goals.models import Programme
from partnerships.enums import Status
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.widgets import DateInput

NEEDED_KIND: dict[str, QuestionKind] = {
    Topic.OVERALL: QuestionKind.SCALE,
    Topic.RECOMMEND: QuestionKind.RECOMMEND,
    Topic.SAFE: QuestionKind.YES_NO,
}
ALWAYS_THE_SAME = _("“%(topic)s” is always asked as %(kind)s, so that its figure means the same everywhere.")


class WaveForm(forms.ModelForm):
    """A round of asking: who, what, about what, until when."""

    questionnaire = forms.ModelChoiceField(
        label=_("Questionnaire"),
        queryset=Questionnaire.objects.filter(archived_at=None, questions__isnull=False).distinct(),
    )

    class Meta:
        model = Wave
        fields = ("title", "asked", "group", "class_size", "questionnaire", "about", "closes_on")
        widgets = {"closes_on": DateInput, "asked": forms.RadioSelect}
        help_texts = {"group": _("As the class calls itself, such as EL-2"), "class_size": _("So many answers at most")}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        kept = {"asked", "questionnaire"} if self.instance.pk else set()
        if self.instance.pk and not (self.instance.is_of_class and self.instance.status == WaveStatus.DRAFT):
            kept |= {"group", "class_size"}
        for name in kept:
            del self.fields[name]
        if "questionnaire" in self.fields:
            self.fields["questionnaire"].label_from_instance = _with_audience  # type: ignore[attr-defined] # a choice of rows

    @property
    def helper(self) -> FormHelper:
        who = [Choices("asked", "stack")] if "asked" in self.fields else []
        of_class = [Span(name, 3) for name in ("group", "class_size") if name in self.fields]
        questions = [Span("questionnaire", 6)] if "questionnaire" in self.fields else []
        parts = [Group(_("The round"), Span("title", 6), *questions, Span("about", 6), Span("closes_on", 3))]
        if who:
            parts.append(Group(_("Who is asked"), *who))
        if of_class:
            parts.append(Group(_("The class"), *of_class, hint=_("Only where a class is asked by a sheet.")))
        label = _("Save changes") if self.instance.pk else _("Save and choose people")
        return form_helper(*parts, SaveBar(label))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asked = data.get("asked", self.instance.asked)
        questionnaire = data.get("questionnaire")
        if questionnaire and (questionnaire.audience == Audience.STUDENTS) != (asked != Asked.CONTACTS):
            self.add_error("questionnaire", _("These questions are written for others. Choose some for those asked."))
        if asked == Asked.CLASS and "class_size" in self.fields:
            self._check_class(data)
        elif asked != Asked.CLASS:
            data |= {name: value for name, value in {"group": "", "class_size": None}.items() if name in self.fields}
        return data

    def _check_class(self, data: dict[str, Any]) -> None:
        least = self.school.min_group_size_students
        if not data.get("group"):
            self.add_error("group", _("Name the class."))
        if "class_size" not in self.errors and (data.get("class_size") or 0) < least:
            words = _("At least %(least)d: fewer answers than that are never shown.")
            self.add_error("class_size", words % {"least": least})

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < self.school.today():
            raise ValidationError(_("This day has passed. Choose today or later."))
        return day


def _with_audience(questionnaire: Questionnaire) -> str:
    return f"{questionnaire.title} ({questionnaire.get_audience_display()})"


class ReopenForm(forms.Form):
    """Until when a closed wave takes answers again."""

    closes_on = forms.DateField(label=_("Open until"), widget=DateInput)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < self.school.today():
            raise ValidationError(_("This day has passed. Choose today or later."))
        return day


class AudienceForm(forms.Form):
    """Whom to ask: people of firms in these statuses, or found by name."""

    status = forms.MultipleChoiceField(
        label=_("Status of the partner"), choices=Status.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    main_only = forms.BooleanField(label=_("Only the main contact of each partner"), required=False)
    q = forms.CharField(label=_("Partner or person"), required=False, max_length=100)


class StudentAudienceForm(forms.Form):
    """Which students to ask: by when they were placed, with whom, in which programme or class."""

    since = forms.DateField(label=_("In a firm since"), required=False, widget=DateInput)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.active(), required=False)
    group = forms.CharField(label=_("Class"), required=False, max_length=20)
    firm = forms.CharField(label=_("Firm"), required=False, max_length=100)


class QuestionnaireForm(forms.ModelForm):
    """The heading of a questionnaire; its questions are a formset beside it."""

    class Meta:
        model = Questionnaire
        fields = ("title", "audience", "intro", "minutes")
        widgets = {"intro": forms.Textarea(attrs={"rows": 2})}

    helper = form_helper(
        Group(_("The questionnaire"), Span("title", 6), Span("intro", 6), Span("audience", 3), Span("minutes", 2))
    )


class QuestionForm(forms.ModelForm):
    """One question of a questionnaire."""

    class Meta:
        model = Question
        fields = ("text", "kind", "topic", "required", "low", "high")

    helper = form_helper(
        Span("text", 6),
        Span("kind", 3),
        Span("topic", 3),
        Span("low", 3),
        Span("high", 3),
        "required",
        show_summary=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        topic, kind = data.get("topic", ""), data.get("kind")
        needed = NEEDED_KIND.get(topic)
        if needed and kind != needed:
            self.add_error("kind", ALWAYS_THE_SAME % {"topic": Topic(topic).label, "kind": needed.label})
        return data


class BaseQuestionFormSet(forms.BaseFormSet):
    """All questions of a questionnaire, in their order."""

    def clean(self) -> None:
        asked = self.questions()
        if not asked and not any(self.errors):
            raise ValidationError(_("Write at least one question."))
        topics = [question["topic"] for question in asked]
        for topic in (Topic.OVERALL, Topic.RECOMMEND):
            if topics.count(topic) > 1:
                raise ValidationError(_("“%(topic)s” stands twice. Ask it once.") % {"topic": topic.label})

    def questions(self) -> list[dict[str, Any]]:
        """Return the fields of each question that is kept and complete, in the order asked for."""
        filled = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data.get("text")]
        kept = [data for data in filled if not data.get("DELETE")]
        kept.sort(key=lambda data: data.get("ORDER") or self.max_num)
        return [{name: data[name] for name in QuestionForm.Meta.fields} for data in kept]


QuestionFormSet: Any = forms.formset_factory(
    QuestionForm, formset=BaseQuestionFormSet, extra=1, can_delete=True, can_order=True, max_num=40, validate_max=True
)
