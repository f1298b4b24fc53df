"""The four tabs of the composer on a partner's page: one short form each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.enums import Channel, Direction, Outcome
from outreach.forms.narrowing import offer
from outreach.forms.next_step import NONE, NextStepForm
from outreach.models import FollowUp
from outreach.services import Said
from partnerships.models import Contact, Organisation
from partnerships.page import people_of
from ui.widgets import DateTimeInput

NOBODY = ""
LONGEST = 24 * 60


class ComposerForm(NextStepForm):
    """What the four forms share: the partner's people, and when it was if not just now."""

    channel: Channel
    save_label: str | Promise
    head_names: tuple[str, ...] = ()
    more_names: tuple[str, ...] = ("at", "minutes")
    summary = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 3}))
    at = forms.DateTimeField(label=gettext_lazy("When, if not just now"), required=False, widget=DateTimeInput())
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=LONGEST)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.people = people_of(organisation)

    @property
    def head(self) -> list[forms.BoundField]:
        """What stands above the text, beside the question what comes next."""
        return [self[name] for name in self.head_names if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        """What is folded away: it matters only when the usual answer is wrong."""
        return [self[name] for name in self.more_names if name in self.fields]

    @property
    def more_is_open(self) -> bool:
        return any(field.errors for field in self.more)

    def clean_at(self) -> dt.datetime | None:
        at = self.cleaned_data["at"]
        if at and at > timezone.now():
            raise forms.ValidationError(_("This is still to come: plan it as a follow-up."))
        return at

    def said(self) -> Said:
        """Return what was said, once the form is valid."""
        raise NotImplementedError

    def _person(self, value: str) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.people if str(contact.pk) == value)

    def _people_choices(self) -> list[tuple[str, str]]:
        return [(str(contact.pk), contact.name) for contact in self.people]


class CallForm(ComposerForm):
    channel = Channel.CALL
    save_label = gettext_lazy("Save call")
    head_names = ("spoke_with",)
    more_names = ("direction", "at", "minutes")

    spoke_with = forms.ChoiceField(label=gettext_lazy("Spoke with"), required=False)
    direction = forms.ChoiceField(
        label=gettext_lazy("Who called"),
        choices=[(Direction.OUT, gettext_lazy("We did")), (Direction.IN, gettext_lazy("They did"))],
        initial=Direction.OUT,
        required=False,
    )

    def __init__(self, *args: Any, contact: Contact | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unanswered = [(Outcome.NO_ANSWER.value, _("No answer")), (Outcome.LEFT_MESSAGE.value, _("Left a message"))]
        other = [(NOBODY, _("Somebody else") if self.people else _("Somebody there"))]
        offer(self, "spoke_with", [*self._people_choices(), *other, *unanswered])
        preferred = contact or next(iter(self.people), None)
        self.fields["spoke_with"].initial = str(preferred.pk) if preferred else NOBODY
        self.fields["summary"].label = _("What was said")
        self.fields["summary"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("spoke_with") not in Outcome and not data.get("summary") and "summary" not in self.errors:
            self.add_error("summary", _("Say in a line what was said."))
        return data

    def said(self) -> Said:
        data = self.cleaned_data
        spoke_with = data["spoke_with"]
        return Said(
            Channel.CALL,
            summary=data["summary"],
            contacts=self._person(spoke_with),
            direction=Direction(data["direction"] or Direction.OUT),
            at=data["at"],
            minutes=data["minutes"],
            outcome=Outcome(spoke_with) if spoke_with in Outcome else Outcome.REACHED,
        )


class NoteForm(ComposerForm):
    channel = Channel.NOTE
    save_label = gettext_lazy("Save note")
    next_default = NONE
    head_names = ("about",)

    about = forms.ChoiceField(label=gettext_lazy("About"), required=False)

    def __init__(self, *args: Any, contact: Contact | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "about", [(NOBODY, _("The partner as a whole")), *self._people_choices()])
        self.fields["summary"].label = _("Note")
        del self.fields["minutes"]

    def said(self) -> Said:
        data = self.cleaned_data
        return Said(Channel.NOTE, summary=data["summary"], contacts=self._person(data["about"]), at=data["at"])


class MeetingForm(ComposerForm):
    channel = Channel.MEETING
    save_label = gettext_lazy("Save meeting")
    head_names = ("met", "subject")

    met = forms.MultipleChoiceField(label=gettext_lazy("Met with"), required=False, widget=forms.CheckboxSelectMultiple)
    subject = forms.CharField(label=gettext_lazy("About"), max_length=200, required=False)

    def __init__(self, *args: Any, contact: Contact | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].label = _("What came of it")
        offer(self, "met", self._people_choices())
        self.fields["met"].initial = [str(contact.pk)] if contact else []
        if not self.people:
            del self.fields["met"]

    def said(self) -> Said:
        data = self.cleaned_data
        met = data.get("met", [])
        return Said(
            Channel.MEETING,
            summary=data["summary"],
            contacts=tuple(contact for contact in self.people if str(contact.pk) in met),
            at=data["at"],
            minutes=data["minutes"],
            subject=data["subject"],
        )


class EmailForm(ComposerForm):
    """One e-mail: to be sent now, or kept on record because it went another way."""

    channel = Channel.EMAIL
    save_label = gettext_lazy("Send e-mail")
    head_names = ("person", "subject")
    more_names = ("direction", "at")

    person = forms.ChoiceField(label=gettext_lazy("To"), required=False)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    direction = forms.ChoiceField(
        label=gettext_lazy("Who wrote"),
        choices=[(Direction.OUT, gettext_lazy("We did")), (Direction.IN, gettext_lazy("They did"))],
        initial=Direction.OUT,
        required=False,
    )

    def __init__(self, *args: Any, contact: Contact | None = None, sends: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sends = sends
        self.fields["summary"].label = _("Text")
        self.fields["summary"].widget.attrs["rows"] = 6
        offer(self, "person", [*self._addresses(), (NOBODY, _("Somebody else"))])
        preferred = contact or next((person for person in self.people if person.email), None)
        self.fields["person"].initial = str(preferred.pk) if preferred else NOBODY
        del self.fields["minutes"]

    def _addresses(self) -> list[tuple[str, str]]:
        none = _("no address")
        return [(str(contact.pk), f"{contact.name}, {contact.email or none}") for contact in self.people]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.sends:
            return data
        if data.get("person") == NOBODY:
            self.add_error("person", _("Choose to whom it goes. Only people on file can be written to from here."))
        if data.get("direction") == Direction.IN:
            self.add_error("direction", _("An e-mail of theirs can only be recorded."))
        if data.get("at"):
            self.add_error("at", _("An e-mail is sent now. One of another day can only be recorded."))
        return data

    @property
    def recipient(self) -> Contact:
        return self._person(self.cleaned_data["person"])[0]

    def said(self) -> Said:
        data = self.cleaned_data
        return Said(
            Channel.EMAIL,
            summary=data["summary"],
            contacts=self._person(data["person"]),
            direction=Direction(data["direction"] or Direction.OUT),
            at=data["at"],
            subject=data["subject"],
        )


COMPOSERS: dict[Channel, type[ComposerForm]] = {
    form.channel: form for form in (CallForm, NoteForm, EmailForm, MeetingForm)
}


def current_follow_up(organisation: Organisation, asked: int | None = None) -> FollowUp | None:
    """Return the planned follow-up that a composer asks about: the one named, else the partner's next."""
    planned = FollowUp.objects.planned().filter(organisation=organisation).select_related("contact")
    named = planned.filter(pk=asked).first() if asked else None
    return named or planned.order_by("due_on", "id").first()
