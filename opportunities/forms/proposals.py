"""What colleagues fill in for a proposal, and what partners answer."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from goals.models import Programme
from opportunities.enums import REASONS_OF_PARTNER, AnswerKind, DecisionReason
from opportunities.models import ITEM_TERMS, SIDES, Proposal, ProposalItem, ProposalVersion
from opportunities.models.proposals import LONGEST_ANSWER, LONGEST_TEXT
from partnerships.models import Contact, Need, Organisation
from propositions.models import OfferType
from ui.layout import Choices, Group, SaveBar, Span, described, form_helper
from ui.rows import BaseRows, RowForm
from ui.widgets import DateInput

MOST_POINTS = 40
LATEST = dt.timedelta(days=730)


def _narrow(form: forms.BaseForm, name: str, queryset: Any, empty: Any = None) -> None:
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = queryset
    if empty is not None:
        field.empty_label = empty


def _reachable(organisation: Organisation) -> Any:
    return Contact.objects.filter(organisation=organisation, archived_at=None).order_by("-is_primary", "name")


class StartForm(forms.Form):
    """What a proposal begins with."""

    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("As the partner reads it, such as “Evening course for your team”")
    )
    contact = forms.ModelChoiceField(
        label=_("Goes to"), queryset=Contact.objects.none(), required=False, empty_label=_("Choose later")
    )
    offers = forms.ModelMultipleChoiceField(
        label=_("From our offers"),
        queryset=OfferType.objects.filter(is_active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs = forms.ModelMultipleChoiceField(
        label=_("Answers these needs"),
        queryset=Need.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = _reachable(organisation)
        _narrow(self, "contact", contacts)
        open_needs = Need.objects.open().filter(organisation=organisation).order_by("id")
        _narrow(self, "needs", open_needs)
        self.initial.setdefault("contact", contacts.exclude(email="").first())
        needs = [Choices("needs", "stack")] if open_needs.exists() else []
        if not needs:
            del self.fields["needs"]
        self.helper = form_helper(
            Group(_("The proposal"), Span("title", 6), "contact"),
            Group(
                _("What it is about"),
                *needs,
                Choices("offers", "stack"),
                hint=_("Each becomes a point that you change in the next step."),
            ),
            SaveBar(_("Begin the proposal"), cancel_url=organisation.get_absolute_url()),
        )


class RoundForm(forms.ModelForm):
    """The letter around the points of a round, and the proposal's own fields."""

    intro = forms.CharField(
        label=_("Letter"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 5, "maxlength": LONGEST_TEXT}),
        help_text=_("What you talked about, and why this suits them. Stands above the points."),
    )
    changes = forms.CharField(
        label=_("What changed, in short"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 2, "maxlength": 600}),
        help_text=_("Such as “You asked for shorter evenings. They are in.”"),
    )
    valid_until = forms.DateField(label=_("Open for an answer until"), required=False, widget=DateInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Proposal
        fields = ("title", "contact", "owner")

    def __init__(self, *args: Any, text: ProposalVersion, school: School, typed: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        _narrow(self, "contact", _reachable(self.instance.organisation), _("Choose later"))
        _narrow(self, "owner", User.objects.possible_owners())
        saved = {name: getattr(text, name) for name in ("intro", "changes", "valid_until")}
        self.initial = {**self.initial, "version": self.instance.version, **saved, **(typed or {})}
        changed = [Span("changes", 6)] if text.no > 1 else []
        if not changed:
            del self.fields["changes"]
        self.helper = form_helper(
            Group(_("The proposal"), Span("title", 6), "contact", "owner", "valid_until"),
            Group(_("What they read first"), *changed, Span("intro", 6)),
            "version",
        )

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        if day and day <= self.school.today():
            raise ValidationError(_("Choose a day after today."))
        if day and day > self.school.today() + LATEST:
            raise ValidationError(_("Choose a day within two years."))
        return day


class ItemForm(RowForm):
    """A point: what it is, when, and what each side puts in."""

    class Meta:
        model = ProposalItem
        fields = (*ITEM_TERMS, "offer_type", "programme", "need", "reason")
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        help_texts = {
            "description": _("Such as “12 evenings of 2.5 hours”"),
            "hours_school": _("In all"),
            "hours_business": _("In all"),
            "money_school": _("In all"),
            "money_business": _("In all"),
            "reason": _("Shown beside what changed, such as “They asked”"),
        }

    SPANS = (
        ("description", 6),
        ("detail", 6),
        ("offer_type", 2),
        ("programme", 2),
        ("need", 2),
        ("quantity", 2),
        ("starts_on", 2),
        ("ends_on", 2),
        ("hours_school", 3),
        ("hours_business", 3),
        ("money_school", 3),
        ("money_business", 3),
        ("reason", 6),
    )

    def __init__(self, *args: Any, choices: dict[str, Any], is_first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]
        spans = [Span(name, columns) for name, columns in self.SPANS if name in self.fields]
        self.helper = form_helper("id", *spans, show_summary=False)
        for name, rows in choices.items():
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = rows.queryset
            field.choices = rows.choices
        for name in SIDES:
            self.fields[name].required, self.fields[name].initial = False, None
            # A new line shows no noughts, and stays no line when nothing is typed.
            if self.initial.get(name) == 0 and not self.initial.get("id"):
                del self.initial[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in SIDES:
            if values.get(name) is None and name not in self.errors:
                values[name] = 0
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day comes before the first."))
        return values


ItemRows = forms.formset_factory(
    ItemForm,
    formset=BaseRows,
    extra=0,
    can_delete=True,
    max_num=MOST_POINTS,
    absolute_max=MOST_POINTS,
    validate_max=True,
)


class Loaded:
    """The choices of a select that stands in many lines: read once, checked against the same rows."""

    def __init__(self, queryset: Any, empty: Any) -> None:
        self.queryset = queryset
        self.choices = [("", empty), *((row.pk, str(row)) for row in queryset)]


def item_choices(proposal: Proposal) -> dict[str, Loaded]:
    """Return what a point may be tied to; three queries for all lines together."""
    needs = Need.objects.filter(organisation=proposal.organisation_id).order_by("-id")
    return {
        "offer_type": Loaded(OfferType.objects.filter(is_active=True), _("None of our offers")),
        "programme": Loaded(Programme.objects.active(), _("No programme")),
        "need": Loaded(needs, _("No need on file")),
    }


KINDS = [
    (
        AnswerKind.ACCEPTED,
        described(_("Accept it as it stands"), _("Nothing above is changed. We prepare the papers.")),
    ),
    (AnswerKind.CHANGES, described(_("Ask for changes"), _("Say below what should be different. We answer you."))),
    (AnswerKind.DECLINED, described(_("Decline"), _("We ask for one reason, and you stay on good terms with us."))),
]
WORDS_NEEDED = _("Say in a few words what should change.")


class AnswerForm(forms.Form):
    """A partner's answer to the whole; nothing is chosen beforehand."""

    kind = forms.ChoiceField(
        label=_("Your answer to the whole"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    reason = forms.ChoiceField(
        label=_("If you decline: the main reason"),
        choices=[("", _("Choose only if you decline")), *((one.value, one.label) for one in REASONS_OF_PARTNER)],
        required=False,
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST_ANSWER}),
        help_text=_("What should change, or anything you want us to know"),
    )
    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)

    helper = form_helper("kind", "reason", "words", "round", show_summary=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        kind = values.get("kind")
        if kind == AnswerKind.CHANGES and not values.get("words") and "words" not in self.errors:
            self.add_error("words", WORDS_NEEDED)
        if kind == AnswerKind.DECLINED and not values.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose the main reason."))
        return values


class RecordForm(AnswerForm):
    """The same answer, as a colleague heard it; silence is a reason that only we can note."""

    kind = forms.ChoiceField(
        label=_("They"),
        choices=[
            (AnswerKind.ACCEPTED, _("accept it as it stands")),
            (AnswerKind.CHANGES, _("ask for changes")),
            (AnswerKind.DECLINED, _("decline")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they answered.")},
    )
    reason = forms.ChoiceField(
        label=_("Main reason, if they decline"), choices=[("", "–"), *DecisionReason.choices], required=False
    )
    words = forms.CharField(
        label=_("What they said"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": LONGEST_ANSWER}),
        help_text=_("Type or paste it"),
    )

    helper = form_helper(Choices("kind", "inline"), "words", "reason", "round", show_summary=False)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, for the record"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )

    helper = form_helper("reason", show_summary=False)
