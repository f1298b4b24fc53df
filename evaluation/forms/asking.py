"""What colleagues fill in to ask, and what the people asked fill in to answer."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from evaluation.enums import BOUNDS, QuestionKind, Topic
from evaluation.models import Question, Questionnaire, Wave
from evaluation.results import answer_label
from partnerships.enums import Status
from ui.layout import Group, SaveBar, Span, form_helper
from ui.widgets import DateInput

CANNOT_SAY = "na"
NEEDED_KIND: dict[str, QuestionKind] = {
    Topic.OVERALL: QuestionKind.SCALE,
    Topic.RECOMMEND: QuestionKind.RECOMMEND,
}
ALWAYS_THE_SAME = _("“%(topic)s” is always asked as %(kind)s, so that its figure means the same everywhere.")


class WaveForm(forms.ModelForm):
    """A round of asking: what, about what, until when."""

    questionnaire = forms.ModelChoiceField(
        label=_("Questionnaire"),
        queryset=Questionnaire.objects.filter(archived_at=None, questions__isnull=False).distinct(),
    )

    class Meta:
        model = Wave
        fields = ("title", "questionnaire", "about", "closes_on")
        widgets = {"closes_on": DateInput}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        if self.instance.pk:
            del self.fields["questionnaire"]

    @property
    def helper(self) -> FormHelper:
        questions = [] if self.instance.pk else [Span("questionnaire", 6)]
        return form_helper(
            Group(_("The round"), Span("title", 6), *questions, Span("about", 6), Span("closes_on", 3)),
            SaveBar(_("Save changes") if self.instance.pk else _("Save and choose people")),
        )

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < self.school.today():
            raise ValidationError(_("This day has passed. Choose today or later."))
        return day


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


class QuestionnaireForm(forms.ModelForm):
    """The heading of a questionnaire; its questions are a formset beside it."""

    class Meta:
        model = Questionnaire
        fields = ("title", "intro", "minutes")
        widgets = {"intro": forms.Textarea(attrs={"rows": 2})}

    helper = form_helper(Group(_("The questionnaire"), Span("title", 6), Span("intro", 6), Span("minutes", 2)))


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


class AnswerForm(forms.Form):
    """One step of the form that somebody fills in through an emailed link: a field for each question."""

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[field_name(question)] = _field(question)

    def rows(self) -> list[tuple[Question, forms.BoundField]]:
        return [(question, self[field_name(question)]) for question in self.questions]

    def answers(self) -> dict[int, int | str | None]:
        """Return the answers by the questions' ids; None is “can’t say”."""
        return {question.pk: self._answer(question) for question in self.questions}

    def _answer(self, question: Question) -> int | str | None:
        value = self.cleaned_data[field_name(question)]
        if question.kind == QuestionKind.TEXT:
            return value
        return None if value in {"", CANNOT_SAY} else int(value)


def field_name(question: Question) -> str:
    return f"q{question.pk}"


def _field(question: Question) -> forms.Field:
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(
            label=question.text,
            required=question.required,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
            error_messages={"required": _("Write a few words, or a dash if there is nothing to say.")},
        )
    low, high = BOUNDS[QuestionKind(question.kind)]
    numbers = range(low, high + 1) if question.kind != QuestionKind.YES_NO else (1, 0)
    choices = [(str(number), answer_label(question, number)) for number in numbers]
    return forms.ChoiceField(
        label=question.text,
        required=question.required,
        choices=[*choices, (CANNOT_SAY, _("Can’t say"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer, or “Can’t say”.")},
    )
