"""What visitors may send about mail."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from mailing.models import EmailedLink

AGAIN_SALT = "mailing.forms.again"
AGAIN_WITHIN = 24 * 60 * 60


class NewLinkForm(forms.Form):
    """Asks for a new link: in place of the old one the page came from, else for whatever waits at an address."""

    again = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    email = forms.EmailField(label=_("Your e-mail address"), required=False, max_length=254)

    def clean_again(self) -> tuple[str, int] | None:
        if not self.cleaned_data["again"]:
            return None
        try:
            label, pk = signing.loads(self.cleaned_data["again"], salt=AGAIN_SALT, max_age=AGAIN_WITHIN)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("This page is too old. Open the link from the e-mail again.")) from error
        return label, pk

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not self.errors and not data.get("again") and not data.get("email"):
            self.add_error("email", _("Enter the address to which we wrote."))
        return data


def name_of(link: EmailedLink) -> str:
    """Return what `again` gets for a link: signed, so that nobody asks for another person's."""
    return signing.dumps([link._meta.label, link.pk], salt=AGAIN_SALT)
