"""Forms about one's own account, those of django-allauth in our words; and those of the Django admin."""

import time
from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.enums import Theme
from accounts.http import Request
from accounts.logos import redrawn_logo
from accounts.models import School, User
from accounts.services import send_password_link

# The answer to “Forgot it?” takes this many seconds whether or not the address is known: its time tells nothing.
ANSWER_AFTER = 0.25
NEW_PASSWORD_HINT = _("At least 12 characters. Several words are easier to remember than one with signs in it.")


Words = Any  # text, translated now or when it is shown


def _reword(field: forms.Field, label: Words, hint: Words = "") -> None:
    """Give a field of django-allauth our words; a label is never a placeholder."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


class SignInForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["login"], _("Work e-mail"))
        _reword(self.fields["password"], _("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ForgottenPasswordForm(account_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["email"], _("Work e-mail"))

    def save(self, request: Request, **kwargs: Any) -> str:
        started = time.monotonic()
        for user in self.users:
            send_password_link(user=user)
        time.sleep(max(0.0, ANSWER_AFTER - (time.monotonic() - started)))
        return self.cleaned_data["email"]


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["password1"], _("New password"), NEW_PASSWORD_HINT)
        _reword(self.fields["password2"], _("New password again"))


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["oldpassword"], _("Your password now"))
        _reword(self.fields["password1"], _("New password"), NEW_PASSWORD_HINT)
        _reword(self.fields["password2"], _("New password again"))


class ConfirmPasswordForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["password"], _("Password"))


def _reword_code(field: forms.Field, label: Words, hint: Words = "") -> None:
    _reword(field, label, hint)
    field.widget.attrs |= {"class": "td-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


class SignInCodeForm(mfa_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_code(self.fields["code"], _("Six figures from the app"), _("A spare code works too, once."))


class ConfirmCodeForm(mfa_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_code(self.fields["code"], _("Six figures from the app"), _("A spare code works too, once."))


class ConnectAppForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_code(self.fields["code"], _("Six figures from the app"))

    @property
    def spoken_secret(self) -> str:
        """The key in groups of four, for those who type it."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("theme", "keyboard_shortcuts", "morning_reminder")
        widgets = {"theme": forms.RadioSelect(choices=Theme.choices)}
        help_texts = {
            "keyboard_shortcuts": _("“/” searches, “C” logs or adds, “G” then “T” goes to Today. “?” lists them all."),
            "morning_reminder": _("One mail a morning with what is overdue and due; none when nothing is."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


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
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_time_zones)
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as EUR."))],
    )

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

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
