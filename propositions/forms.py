"""Forms for strengths, offers, segments, value sheets and testimonials, and what their subjects answer."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from goals.models import Programme
from partnerships.forms import VersionedForm, colleagues
from partnerships.models import Contact, Organisation
from propositions.enums import Channel, NameShown
from propositions.models import (
    LONGEST_QUOTE,
    Benefit,
    OfferType,
    Proposition,
    PublicationConsent,
    Segment,
    Strength,
    Testimonial,
)
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.widgets import DateInput

YES, NO, CHANGE = "yes", "no", "change"
ALL, NAME = "all", "name"
SHORTEST_QUOTE = 10


def offered_programmes(*current: Programme | None) -> QuerySet[Programme]:
    """Programmes on offer, and the one that stands there already."""
    kept = [programme.pk for programme in current if programme]
    return Programme.objects.filter(Q(is_active=True) | Q(pk__in=kept))


def narrow(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field that chooses records choose among these."""
    cast("forms.ModelChoiceField", form.fields[name]).queryset = rows


class StrengthForm(VersionedForm):
    evidence_url = forms.URLField(label=_("where the proof is"), max_length=300, required=False, assume_scheme="https")

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


class SegmentForm(VersionedForm):
    """A kind of firm. The filter itself is the form of the list of partners, shown beside this one."""

    anyway = forms.BooleanField(label=_("Keep it all the same"), required=False)

    class Meta:
        model = Segment
        fields = ("name", "description", "pains")
        widgets = {"pains": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": _("As you speak of them: “Care providers”."),
            "pains": _("One worry a line, in their words: “We have no time to supervise.”"),
        }

    helper = form_helper(Group(_("The segment"), Span("name", 6), Span("description", 6), Span("pains", 6)))

    def clean_name(self) -> str:
        name = super().clean_name()
        same = Segment.objects.filter(name__iexact=name, archived_at=None).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(_("There is a segment of this name already."))
        return name


class SheetForm(VersionedForm):
    class Meta:
        model = Proposition
        fields = ("segment", "programme", "offer", "headline", "promise", "owner", "review_by")
        widgets = {"promise": forms.Textarea(attrs={"rows": 3}), "review_by": DateInput}
        help_texts = {
            "headline": _("At most 90 characters. Say what they gain, not what you do."),
            "promise": _("Two or three short sentences that you can keep."),
            "programme": _("Leave it empty where the sheet speaks for several."),
            "offer": _("What it takes from them is printed from the catalogue of offers."),
        }

    def __init__(self, *args: Any, cancel_url: str = "", today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url, self.today = cancel_url, today
        sheet = self.instance
        segments = Q(archived_at=None) | Q(pk=sheet.segment_id)
        narrow(self, "segment", Segment.objects.filter(segments))
        narrow(self, "programme", offered_programmes(sheet.programme))
        narrow(self, "offer", OfferType.objects.filter(Q(is_active=True) | Q(pk=sheet.offer_id)))
        narrow(self, "owner", colleagues(sheet.owner))

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            "version" if self.instance.pk else "",
            Group(_("What it says"), Span("headline", 6), Span("promise", 6)),
            Group(_("Whom it is for"), Span("segment", 3), Span("programme", 3), Span("offer", 3)),
            Group(_("Who keeps it"), Span("owner", 3), Span("review_by", 3)),
            SaveBar(_("Save words") if self.instance.pk else _("Save and add benefits"), cancel_url=self.cancel_url),
        )

    def clean_review_by(self) -> dt.date | None:
        day = self.cleaned_data["review_by"]
        if day and day < self.today:
            raise ValidationError(_("This day has passed. Choose today or later."))
        return day


class BenefitForm(forms.ModelForm):
    class Meta:
        model = Benefit
        fields = (
            "statement",
            "detail",
            "kind",
            "order",
            "strengths",
            "proof",
            "proof_source",
            "proof_as_of",
            "testimonial",
        )
        widgets = {
            "detail": forms.Textarea(attrs={"rows": 2}),
            "strengths": forms.CheckboxSelectMultiple,
            "proof_as_of": DateInput,
        }
        help_texts = {
            "statement": _("From their side: “You meet future colleagues before you hire them”."),
            "proof": _("A figure or a fact: “71 % of our leavers work six months later”."),
            "proof_source": _("With how many stand behind it: “Leavers’ survey, 118 answers”."),
            "order": _("1 comes first; empty puts it at the end."),
        }

    def __init__(self, *args: Any, cancel_url: str, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url, self.today = cancel_url, today
        own = Q(benefits=self.instance.pk) if self.instance.pk else Q(pk=None)
        narrow(
            self,
            "strengths",
            Strength.objects.filter(Q(archived_at=None) | own).distinct().order_by("title", "pk"),
        )
        released = Testimonial.objects.shown_in(Channel.PRINT, today).order_by("-asked_at")
        narrow(self, "testimonial", released | Testimonial.objects.filter(pk=self.instance.testimonial_id))
        self.fields["order"].required = False

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("What they gain"), Span("statement", 6), Span("detail", 6), "kind", "order"),
            Group(_("Strengths behind it"), Choices("strengths", "stack")),
            Group(
                _("What proves it"),
                Span("proof", 6),
                Span("proof_source", 4),
                Span("proof_as_of", 2),
                Span("testimonial", 6),
                hint=_("A figure with source and date, or words that may be printed. Without either it stays here."),
            ),
            SaveBar(_("Save benefit"), cancel_url=self.cancel_url),
        )

    def clean_proof_as_of(self) -> dt.date | None:
        day = self.cleaned_data["proof_as_of"]
        if day and day > self.today:
            raise ValidationError(_("This day is still to come. Enter the day the figure is from."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("proof"):
            for name, words in (("proof_source", _("Say where it comes from.")), ("proof_as_of", _("Say from when."))):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data

    @property
    def changes(self) -> dict[str, Any]:
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields if name != "strengths"}
        return {**fields, "order": fields["order"] or 0}


class RequestForm(forms.ModelForm):
    """Whose words, which, and where they said them."""

    contact = forms.ModelChoiceField(
        label=_("Who said it"), queryset=Contact.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    class Meta:
        model = Testimonial
        fields = ("contact", "quote", "source", "said_on", "programme")
        widgets = {"quote": forms.Textarea(attrs={"rows": 4}), "said_on": DateInput}
        help_texts = {
            "quote": _("Exactly as it would be shown, without quotation marks. They can change it."),
            "source": _("Such as “Visit on 9 February” or “Feedback in spring”."),
        }

    def __init__(self, *args: Any, organisation: Organisation, cancel_url: str, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.cancel_url, self.today = organisation, cancel_url, today
        people = organisation.contacts.filter(archived_at=None, do_not_contact=False).exclude(email="")
        self.people = people.order_by("-is_primary", "name")
        narrow(self, "contact", self.people)
        narrow(self, "programme", offered_programmes())

    @property
    def has_people(self) -> bool:
        return self.people.exists()

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("Who said what"), Choices("contact", "stack"), Span("quote", 6)),
            Group(_("Where and when"), Span("source", 4), Span("said_on", 2), Span("programme", 3)),
            SaveBar(_("Ask them"), cancel_url=self.cancel_url, note=_("An e-mail with a link leaves at once.")),
        )

    def clean_quote(self) -> str:
        quote = " ".join(self.cleaned_data["quote"].split()).strip("“”\"'")
        if len(quote) < SHORTEST_QUOTE:
            raise ValidationError(_("Write a whole sentence that they said."))
        return quote

    def clean_said_on(self) -> dt.date | None:
        day = self.cleaned_data["said_on"]
        if day and day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day


class ConsentForm(forms.Form):
    """What the subject decides. Nothing is chosen beforehand; a place without an answer is a no."""

    words = forms.ChoiceField(
        label=_("1. Are these words right?"),
        widget=forms.RadioSelect,
        choices=[
            (YES, _("Yes, you may use them like this")),
            (CHANGE, _("I want to change something")),
            (NO, _("No, do not use them at all")),
        ],
        error_messages={"required": _("Choose one answer.")},
    )
    own_words = forms.CharField(
        label=_("How it should read"),
        required=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )
    name_shown = forms.ChoiceField(
        label=_("3. How should we name you?"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["name_shown"]).choices = names
        for channel in Channel:
            self.fields[f"to_{channel}"] = forms.ChoiceField(
                label=channel.label,
                required=False,
                widget=forms.RadioSelect,
                choices=[(YES, _("Yes")), (NO, _("No"))],
            )

    @property
    def channels(self) -> list[Channel]:
        if self.cleaned_data["words"] == NO:
            return []
        return [channel for channel in Channel if self.cleaned_data[f"to_{channel}"] == YES]

    @property
    def quote(self) -> str:
        return self.cleaned_data["own_words"] if self.cleaned_data["words"] == CHANGE else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("words") == CHANGE and len(data.get("own_words", "")) < SHORTEST_QUOTE:
            self.add_error("own_words", _("Write how it should read."))
        wants_name = data.get("words") in {YES, CHANGE} and any(data.get(f"to_{one}") == YES for one in Channel)
        if wants_name and not data.get("name_shown"):
            self.add_error("name_shown", _("Choose how we may name you."))
        return data


class WithdrawForm(forms.Form):
    """What should go: everything, one place, or the name."""

    what = forms.ChoiceField(
        label=_("What should go?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should go."), "invalid_choice": _("Choose what should go.")},
    )

    def __init__(self, *args: Any, testimonial: Testimonial, consents: list[PublicationConsent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consents = consents
        places = [(one.channel, _("Only this: %(place)s") % {"place": Channel(one.channel).label}) for one in consents]
        name = [(NAME, _("Keep the words, take my name off"))]
        cast("forms.ChoiceField", self.fields["what"]).choices = [
            (ALL, _("Everything, everywhere")),
            *(places if len(places) > 1 else []),
            *(name if testimonial.name_shown != NameShown.NOBODY else []),
        ]

    @property
    def channels(self) -> list[Channel]:
        what = self.cleaned_data["what"]
        return [Channel(one.channel) for one in self.consents if what in {ALL, one.channel}]

    @property
    def is_name_only(self) -> bool:
        return self.cleaned_data["what"] == NAME
