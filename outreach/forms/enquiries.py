"""What colleagues write about an enquiry."""

from typing import Any, cast

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from outreach.conversion import FILE, FORM, Pair
from outreach.enums import Wish
from outreach.models import Enquiry
from outreach.services import Conversion, NewNeed
from partnerships.enums import NeedKind, Urgency
from partnerships.models import Organisation

ANSWER, PHONE, ASK_BACK = "answer", "phone", "ask_back"
NEED_OF_WISH = {
    Wish.STAFF: NeedKind.RECRUITMENT,
    Wish.TRAINING: NeedKind.TRAINING_REQUIREMENT,
    Wish.PROJECT: NeedKind.INNOVATION,
    Wish.TALK: NeedKind.VISIBILITY,
}


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your answer first.")},
    )


class WordBackForm(forms.Form):
    text = forms.CharField(
        label=_("What they wrote or said"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what they said first.")},
    )


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who answers"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["to"]).queryset = User.objects.possible_owners()


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Your notes"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ConvertForm(forms.Form):
    """A pair of radio buttons a field where the firm is on file; the need; and the answer, if there is one already."""

    need_title = forms.CharField(label=_("The need, in a few words"), max_length=160, required=False)
    need_kind = forms.ChoiceField(label=_("Kind"), choices=NeedKind)
    need_urgency = forms.ChoiceField(label=_("When"), choices=Urgency)
    need_headcount = forms.IntegerField(label=_("People"), required=False, min_value=1, max_value=9999)
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Goes out by mail when you save. Leave it empty to answer later."),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(
        self, data: Any, *, enquiry: Enquiry, onto: Organisation | None, pairs: list[Pair], auto_id: str
    ) -> None:
        super().__init__(data, initial=_first_guess(enquiry), auto_id=auto_id)
        self.onto = onto
        for pair in pairs:
            choices = [(FILE, pair.on_file), (FORM, pair.from_form)]
            self.fields[pair.name] = forms.ChoiceField(label=str(pair.label), choices=choices, initial=pair.default)
        if not enquiry.email:
            del self.fields["text"]
        self.pairs = [(pair, str(self[pair.name].value())) for pair in pairs]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("need") == FORM and not said.get("need_title"):
            self.add_error("need_title", _("Say in a few words what they need, or keep the need out."))
        return said

    def conversion(self) -> Conversion:
        said = self.cleaned_data
        taken = {pair.name for pair, _value in self.pairs if said[pair.name] == FORM}
        need = NewNeed(
            title=" ".join(said["need_title"].split()),
            kind=NeedKind(said["need_kind"]),
            urgency=Urgency(said["need_urgency"]),
            headcount=said["need_headcount"],
        )
        return Conversion(onto=self.onto, taken=taken, need=need if "need" in taken else None)


def _first_guess(enquiry: Enquiry) -> dict[str, Any]:
    """The first sentence of the message says best what they need."""
    sentence = enquiry.message.replace("\n", " ").split(". ", 1)[0].strip().rstrip(".")
    kinds = [NEED_OF_WISH[Wish(wish)] for wish in enquiry.wishes if wish in NEED_OF_WISH]
    return {
        "need_title": Truncator(sentence).chars(120),
        "need_kind": kinds[0] if kinds else NeedKind.RECRUITMENT,
        "need_urgency": Urgency.TWELVE_MONTHS,
        "need_headcount": enquiry.people,
    }
