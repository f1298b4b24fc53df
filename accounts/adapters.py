"""How django-allauth behaves here."""

import io
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mails import mail_user
from accounts.models import User
from accounts.rules import needs_second_factor
from accounts.secrets import decrypt, encrypt
from accounts.sessions import signed_in_at

# What somebody is told by mail about their own account, by allauth's name of the occasion.
NOTICES = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _("The password of your account was set by a link sent to this address."),
    "mfa/email/totp_activated": _("An authenticator app was connected to your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was taken off your account."),
    "mfa/email/recovery_codes_generated": _("New spare codes were made for your account. The old ones are void."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not belong together."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes, or choose “Forgot it?” to set a new password by e-mail."
        ),
        "enter_current_password": _("This is not your password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or was used already. The app shows a new one every 30 seconds."),
        "rate_limited": _("Too many attempts. Wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an administrator invites."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Tell a deactivated colleague no more than anybody else."""
        return redirect("account_login")

    def set_password(self, user: User, password: str) -> None:
        """Save the password alone, since the row may have changed meanwhile; failed attempts are forgotten."""
        user.set_password(password)
        user.save(update_fields=["password"])
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who has just signed in need not type the password again."""
        started = signed_in_at(self.request)
        fresh = started and (timezone.now() - started).total_seconds() < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not fresh

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        what = NOTICES[template_prefix]
        mail_user(user, "notice", {"what": what, "at": timezone.now(), "ip": self.get_client_ip(self.request)})


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Your role signs in with a second factor; it cannot be taken off."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code dark on light, whatever the theme: scanners need it so."""
        target = io.BytesIO()
        segno.make(url, error="m").save(target, kind="svg", scale=4, border=2, dark="#17211e", light="#fff")
        return target.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not needs_second_factor(authenticator.user)
