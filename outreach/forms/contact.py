"""The contact form: one form a door, with only the fields of that door. Every control says what it holds."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from outreach.enums import Credit, Door, Wish
from outreach.models import Enquiry, ProblemReport, Received
from outreach.models.enquiries import MOST_LETTERS
from partnerships.models.phones import validate_phone
from roadmap import registry
from roadmap.slots import Stage
from ui.layout import described
from ui.widgets import PhoneInput

TRAP = "homepage"
MOST_PEOPLE = 999
HOW_MUCH = _("Up to 4,000 characters, about 600 words.")
WISH_HINTS = {
    Wish.STAFF: _("Placements, apprentices, job interviews"),
    Wish.PROJECT: _("A real task, worked on by a team"),
}


class LineField(forms.CharField):
    """One line of text: whatever else was pasted in, no line break leaves this field."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class WordsField(forms.CharField):
    """A longer text. The browser does not cut it off at the limit, so that nothing is lost unseen."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > MOST_LETTERS:
            raise ValidationError(
                say("Shorten your text to 4,000 characters: it has %(count)s, which is %(over)s too many."),
                params={
                    "count": number_format(len(value), force_grouping=True),
                    "over": number_format(len(value) - MOST_LETTERS, force_grouping=True),
                },
                code="max_length",
            )


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Or leave it empty and give a phone number. One is enough."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("“%(value)s” is not a complete e-mail address. It looks like name@firm.com.")},
    )


class ContactForm(forms.Form):
    """What every door asks. The trap is a field that people neither see nor reach; programs fill it in."""

    name = LineField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, so that we know whom to answer.")},
    )
    email = _email()
    phone = LineField(
        label=_("Phone"),
        required=False,
        max_length=40,
        validators=[validate_phone],
        widget=PhoneInput(attrs={"autocomplete": "tel"}),
    )
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(TRAP))

    @property
    def shown(self) -> list[Any]:
        """The fields that people see, in their order."""
        return [self[name] for name in self.order if name in self.fields]

    order: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not (said.get("email") or said.get("phone") or {"email", "phone"} & set(self.errors)):
            self.add_error(
                "email", _("Give an e-mail address or a phone number, so that we can answer. One is enough.")
            )
        return said

    def record(self) -> Received:
        """Return what was written, as it is kept; not saved yet."""
        raise NotImplementedError

    def _enquiry(self, door: Door, **more: Any) -> Enquiry:
        said = {key: value for key, value in self.cleaned_data.items() if key != TRAP}
        return Enquiry(door=door, **said, **more)


def _message(label: Any, required: Any, hint: Any = HOW_MUCH) -> WordsField:
    return WordsField(label=label, help_text=hint, error_messages={"required": required})


class QuestionForm(ContactForm):
    order = ("message", "name", "organisation_name", "email", "phone")
    message = _message(_("What would you like to know?"), _("Write your question, so that the right person answers."))
    organisation_name = LineField(
        label=_("School, business or organisation"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def record(self) -> Enquiry:
        return self._enquiry(Door.QUESTION)


class PracticeForm(ContactForm):
    """Something that worked. What becomes of it is said on the page; nothing is published from here."""

    order = ("title", "stage", "message", "results", "credit", "name", "organisation_name", "email", "phone")
    title = LineField(
        label=_("Give it a title"),
        max_length=160,
        error_messages={"required": _("Write a title of a few words.")},
    )
    stage = forms.TypedChoiceField(
        label=_("Which step of working together is it about?"),
        coerce=int,
        error_messages={"required": _("Choose the step that fits best.")},
    )
    message = _message(_("What did you do?"), _("Write what you did, in a few sentences."))
    results = WordsField(
        label=_("What came of it?"),
        required=False,
        help_text=_("Figures if you have them; what went wrong, too. Up to 4,000 characters."),
    )
    credit = forms.ChoiceField(
        label=_("If we ever tell others about it, how shall we name you?"),
        choices=Credit.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    organisation_name = LineField(
        label=_("School or business"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = sorted(registry.of(Stage), key=lambda stage: stage.number)
        stage = cast("forms.ChoiceField", self.fields["stage"])
        stage.choices = [("", _("Choose one")), *((s.number, f"{s.number}. {s.title}") for s in stages)]

    def record(self) -> Enquiry:
        return self._enquiry(Door.PRACTICE)


class BusinessForm(ContactForm):
    order = ("wishes", "people", "by_when", "organisation_name", "town", "name", "email", "phone", "message")
    wishes = forms.MultipleChoiceField(
        label=_("What would you like?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (wish, described(wish.label, WISH_HINTS[wish]) if wish in WISH_HINTS else wish.label) for wish in Wish
        ],
    )
    people = forms.IntegerField(
        label=_("How many people?"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number, such as 2.")},
    )
    by_when = LineField(label=_("By when?"), required=False, max_length=80)
    organisation_name = LineField(
        label=_("Name of the business"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of the business.")},
    )
    town = LineField(
        label=_("Town"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    message = _message(
        _("What do you have in mind?"), _("Write one or two sentences, so that the right person answers.")
    )

    def record(self) -> Enquiry:
        return self._enquiry(Door.BUSINESS)


class ProblemForm(ContactForm):
    """For the safeguarding lead alone. Nobody has to say who they are."""

    order = ("message", "name", "email", "phone")
    name = LineField(
        label=_("Your name"),
        required=False,
        max_length=120,
        help_text=_("You may leave it out."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    message = _message(
        _("What happened, or what worries you?"),
        _("Write what happened, as far as you know it."),
        _("Where and when, and who can tell more, if you know. Up to 4,000 characters, about 600 words."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Only if you want an answer. Or give a phone number.")

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def record(self) -> ProblemReport:
        return ProblemReport(**{key: value for key, value in self.cleaned_data.items() if key != TRAP})
