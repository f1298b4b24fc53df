"""Forms about one's own account: those of django-allauth in our words, and one of preferences."""

import time
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Theme
from accounts.http import Request
from accounts.models import User
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
