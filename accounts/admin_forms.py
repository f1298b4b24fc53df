"""Forms of the Django admin."""

from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.logos import redrawn_logo
from accounts.models import School, User


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "email", "role", "job_title", "phone", "is_active")
        help_texts = {
            "email": _("Also the name to sign in with. A link to set a password is sent there."),
            "is_active": _("Without the tick nobody signs in with this account, and whoever is signed in is out."),
        }

    def clean_email(self) -> str:
        """Two spellings of one address are one account."""
        return self.cleaned_data["email"].lower()


def _time_zones() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(available_timezones())]


class SchoolForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label=_("time zone"), choices=_time_zones)
    currency = forms.CharField(
        label=_("currency"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as EUR."))],
    )

    website = forms.URLField(label=_("website"), required=False, assume_scheme="https")

    class Meta:
        model = School
        fields = (
            "name",
            "short_name",
            "address",
            "website",
            "phone",
            "logo",
            "time_zone",
            "currency",
            "document_prefix",
            "sender_name",
            "sender_email",
            "reply_to_email",
            "reminder_hour",
            "data_protection_lead",
            "safeguarding_lead",
            "min_group_size_students",
            "min_group_size_organisations",
            "agreement_notice_days",
            "signing_link_days",
        )

    def clean_logo(self) -> object:
        logo = self.cleaned_data["logo"]
        return redrawn_logo(logo) if isinstance(logo, UploadedFile) else logo
