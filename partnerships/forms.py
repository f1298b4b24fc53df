"""Forms about organisations, their people and where a relationship stands."""

import datetime as dt
import unicodedata
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.core.validators import URLValidator
from django.db.models import Q
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from partnerships.enums import ContactRole, EndedReason, NeedKind, Status
from partnerships.matching import Match, look_of, possible_duplicates
from partnerships.models import Contact, Need, Organisation
from partnerships.nace import DIVISIONS, SECTIONS
from ui.layout import Choices, Group, Part, SaveBar, Span, form_helper
from ui.widgets import DateInput, PhoneInput

NO_CHOICE = [("", "–")]
INVISIBLE = "CZ"  # categories of characters that nobody sees


def sector_choices() -> list[tuple[Any, Any]]:
    """Return sections as groups, each with itself and its divisions; a choice is “C” or “C25”."""
    groups = {letter: [(letter, _("%(letter)s, no more is known") % {"letter": letter})] for letter in SECTIONS}
    for number, (letter, title) in DIVISIONS.items():
        groups[letter].append((f"{letter}{number}", f"{letter} {number} {title}"))
    return [*NO_CHOICE, *((f"{letter} {title}", groups[letter]) for letter, title in SECTIONS.items())]


def colleagues(current: User | None = None) -> Any:
    """Return who can look after an organisation; who does now stays choosable."""
    able = Q(role=Role.COORDINATOR, is_active=True)
    return User.objects.filter(able | Q(pk=current.pk) if current else able).order_by("name", "pk")


class WebsiteField(forms.URLField):
    """An address as people write it: “kestrel.example” will do."""

    widget = forms.TextInput(attrs={"inputmode": "url"})
    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", max_length=200, **kwargs)


class VersionedForm(forms.ModelForm):
    """A form that remembers which version of its record it showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if all(unicodedata.category(letter)[0] in INVISIBLE for letter in name):
            raise forms.ValidationError(_("Write a name that can be seen."), code="invisible")
        return name

    @property
    def changes(self) -> dict[str, Any]:
        """What the form says, by the record's own fields."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class OrganisationForm(VersionedForm):
    sector_code = forms.ChoiceField(
        label=_("Sector"), required=False, choices=sector_choices, help_text=_("NACE 2.1; type a word, not the code")
    )
    website = WebsiteField(label=_("Website"), required=False)

    class Meta:
        model = Organisation
        fields = [
            "name",
            "legal_name",
            "kind",
            "trade",
            "size_band",
            "registration_number",
            "website",
            "email",
            "phone",
            "street",
            "postcode",
            "town",
            "distance_km",
            "capacity",
            "owner",
            "source",
            "source_detail",
            "description",
            "do_not_contact",
            "do_not_contact_reason",
        ]
        labels = {
            "distance_km": _("Distance from the school in km"),
            "source_detail": _("Found through, in words"),
            "do_not_contact_reason": _("Why not"),
        }
        help_texts = {
            "trade": _("In their words, such as “Precision machining”"),
            "size_band": _("Your guess is fine"),
            "registration_number": _("Finds duplicates and future imports"),
            "capacity": _("Leave empty if you have not asked"),
            "do_not_contact": _("Nothing is sent to them any more. Asks for a reason."),
        }
        widgets = {"phone": PhoneInput, "description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["owner"] = forms.ModelChoiceField(
            colleagues(self.instance.owner), required=False, label=_("Owner"), empty_label=_("Nobody yet")
        )
        self.initial["sector_code"] = self.instance.sector_code
        for name in ("size_band", "source"):
            widget = cast("forms.Select", self.fields[name].widget)
            widget.choices = [*NO_CHOICE, *list(widget.choices)[1:]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("do_not_contact"):
            cleaned["do_not_contact_reason"] = ""
        elif not cleaned.get("do_not_contact_reason"):
            self.add_error("do_not_contact_reason", _("Say why, so that colleagues can judge whether it still holds."))
        code = cleaned.get("sector_code", "")
        self.instance.nace_section, self.instance.nace_division = code[:1], code[1:]
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        code = self.cleaned_data["sector_code"]
        return super().changes | {"nace_section": code[:1], "nace_division": code[1:]}

    @property
    def helper(self) -> FormHelper:
        return form_helper(*self._groups(), SaveBar(_("Save partner"), cancel_url=self.cancel_url))

    def _groups(self) -> list[Part]:
        return [self._firm(), self._place(), self._work(), *(["version"] if "version" in self.fields else [])]

    def _firm(self, *after_name: Part) -> Group:
        return Group(
            _("The firm"),
            Span("name", 6),
            *after_name,
            "legal_name",
            "kind",
            "trade",
            "sector_code",
            "size_band",
            "website",
            "email",
            "phone",
            "registration_number",
            hint=_("What it is called and what it does"),
        )

    def _place(self) -> Group:
        return Group(_("Where"), Span("street", 4), Span("postcode", 2), Span("town", 6), "distance_km", "capacity")

    def _work(self) -> Group:
        return Group(
            _("How we work with them"),
            "owner",
            "source",
            Span("source_detail", 6),
            Span("description", 6),
            Span("do_not_contact", 6),
            Span("do_not_contact_reason", 6),
        )


class Duplicates(LayoutObject):
    """The firms that may be this one already, with the tick that keeps both."""

    template = "partnerships/_duplicates.html"

    def __init__(self) -> None:
        self.fields: list[Part] = []

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: object
    ) -> SafeString:
        form.rendered_fields.add("different")  # type: ignore[attr-defined]  # crispy's own set
        return render_to_string(self.template, {"form": form})


class AddOrganisationForm(OrganisationForm):
    """A new organisation, if wanted with the first person there and past a warning that it may be here already."""

    different = forms.BooleanField(label=_("It is a different firm, keep both"), required=False)
    person_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    person_role = forms.ChoiceField(label=_("Role"), choices=[*NO_CHOICE, *ContactRole.choices], required=False)
    person_job_title = forms.CharField(label=_("Job title"), max_length=160, required=False)
    person_email = forms.EmailField(label=_("E-mail"), required=False)
    person_phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=PhoneInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duplicates: list[Match] = []
        self.fields["person_phone"].validators += Contact._meta.get_field("phone").validators

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("person_name") and any(
            cleaned.get(f"person_{part}") for part in ("email", "phone", "job_title")
        ):
            self.add_error("person_name", _("Write the person’s name too."))
        if cleaned.get("name"):
            self.duplicates = possible_duplicates(self._look(cleaned))
        if self.duplicates and not cleaned.get("different"):
            self.add_error("different", _("Open the one that is here, or tick that yours is a different firm."))
        return cleaned

    def _look(self, cleaned: dict[str, Any]) -> Any:
        return look_of(
            name=cleaned["name"],
            website=cleaned.get("website") or "",
            emails=[cleaned.get("email") or "", cleaned.get("person_email") or ""],
            registration_number=cleaned.get("registration_number") or "",
        )

    @property
    def first_contact(self) -> Contact | None:
        said = self.cleaned_data
        if not said["person_name"]:
            return None
        return Contact(**{part: said[f"person_{part}"] for part in ("name", "role", "job_title", "email", "phone")})

    @property
    def helper(self) -> FormHelper:
        person = Group(
            _("First person"),
            "person_name",
            "person_role",
            Span("person_job_title", 6),
            "person_email",
            "person_phone",
            hint=_("Whom you ring first"),
        )
        firm = self._firm(*([Duplicates()] if self.duplicates else []))
        note = _("Nothing is sent to the firm.")
        return form_helper(
            firm, self._place(), person, self._work(), SaveBar(_("Save partner"), cancel_url=self.cancel_url, note=note)
        )


class ContactForm(VersionedForm):
    class Meta:
        model = Contact
        fields = ["name", "job_title", "role", "email", "phone", "is_primary", "do_not_contact"]
        widgets = {"phone": PhoneInput}
        help_texts = {
            "is_primary": _("Whom you ring first. There is one at each firm."),
            "do_not_contact": _("No more e-mails to this person."),
        }

    @property
    def helper(self) -> FormHelper:
        back = f"{reverse('partnerships:detail', args=[self.instance.organisation_id])}#people"
        version = ["version"] if "version" in self.fields else []
        return form_helper(
            Group(_("The person"), Span("name", 6), "job_title", "role"),
            Group(_("How to reach them"), "email", "phone", "is_primary", "do_not_contact"),
            *version,
            SaveBar(_("Save person"), cancel_url=back),
        )


class NeedForm(forms.ModelForm):
    """What a firm needs. On its page the first four are enough."""

    class Meta:
        model = Need
        fields = ["title", "kind", "headcount", "urgency", "stated_by", "stated_on", "detail"]
        widgets = {
            "headcount": forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
            "stated_on": DateInput,
            "detail": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        cast("forms.ChoiceField", self.fields["kind"]).choices = NO_CHOICE + list(NeedKind.choices)
        people = cast("forms.ModelChoiceField[Contact]", self.fields["stated_by"])
        people.queryset, people.empty_label = organisation.contacts.here().in_order(), _("Nobody in particular")
        self.fields["stated_on"].required = False

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("The need"), Span("title", 6), "kind", "urgency", "headcount"),
            Group(_("Who said it"), "stated_by", "stated_on", Span("detail", 6)),
            SaveBar(_("Add need"), cancel_url=f"{self.organisation.get_absolute_url()}#needs"),
        )

    def clean_stated_on(self) -> dt.date:
        """Refuse a day to come; without one, it was said today."""
        day = self.cleaned_data["stated_on"] or timezone.localdate()
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Choose today or earlier."))
        return cast("dt.date", day)


class MoveForm(forms.Form):
    """Where a relationship goes next, with what a pause and an end ask for."""

    to = forms.ChoiceField(label=_("Move to"), choices=Status, widget=forms.RadioSelect)
    revisit_on = forms.DateField(
        label=_("Look again on"), required=False, widget=DateInput, help_text=_("Needed for a pause")
    )
    ended_reason = forms.ChoiceField(
        label=_("Reason for ending"),
        required=False,
        choices=[*NO_CHOICE, *EndedReason.choices],
        help_text=_("Needed for an end"),
    )
    why = forms.CharField(
        label=_("In your words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = forms.ChoiceField(choices=Status, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.initial.setdefault("seen", organisation.status)
        if not self.is_bound:  # what is posted may already be where a colleague has moved it
            to = [choice for choice in Status.choices if choice[0] != organisation.status]
            self.fields["to"] = forms.ChoiceField(label=_("Move to"), choices=to, widget=forms.RadioSelect)
        self.fields["revisit_on"].widget.attrs["min"] = f"{timezone.localdate() + dt.timedelta(days=1):%Y-%m-%d}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, to = cleaned.get("revisit_on"), cleaned.get("to")
        if to == Status.PAUSED and "revisit_on" not in self.errors:
            if not day:
                self.add_error("revisit_on", _("Say when to look at them again; a pause without a day is forgotten."))
            elif day <= timezone.localdate():
                self.add_error("revisit_on", _("Choose a day that is still to come."))
        if to == Status.ENDED and not cleaned.get("ended_reason"):
            self.add_error("ended_reason", _("Choose a reason; an end without one teaches nobody anything."))
        return cleaned

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("Where to"), Choices("to", "stack")),
            Group(_("Why"), "revisit_on", "ended_reason", Span("why", 6)),
            "seen",
            SaveBar(_("Move"), cancel_url=self.organisation.get_absolute_url()),
        )
