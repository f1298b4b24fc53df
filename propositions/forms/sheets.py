"""Forms for segments, value sheets and their benefits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.forms import VersionedForm, colleagues
from propositions.enums import Channel
from propositions.forms.choices import narrow, offered_programmes
from propositions.models import (
    Benefit,
    OfferType,
    Proposition,
    Segment,
    Strength,
    Testimonial,
)
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.widgets import DateInput


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
            "proof": _("A figure or a fact: “71% of our leavers work six months later”."),
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
        if not self.instance.pk:
            self.initial["order"] = None

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
