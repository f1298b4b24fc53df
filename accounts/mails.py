"""Mails about somebody's own account. They leave like all mail of the school: through `EMAIL_BACKEND`."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import School, User
from accounts.tokens import PasswordLinkTokenGenerator


def password_url(user: User) -> str:
    """Return the link that sets a password. Its host is the installation's, never that of the request."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": PasswordLinkTokenGenerator().make_token(user)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=parts)


def mail_user(user: User, name: str, context: dict[str, object]) -> None:
    """Send `templates/emails/accounts/<name>`; the first line of the .txt is the subject."""
    school = School.objects.filter(pk=School.PK).first() or School()
    context = {"user": user, "to_name": user.name, "school": school, "site_url": settings.SITE_URL, **context}
    subject, _, text = render_to_string(f"emails/accounts/{name}.txt", context).strip().partition("\n")
    context["subject"] = subject = " ".join(subject.split())
    message = EmailMultiAlternatives(subject, text.strip(), to=[user.email])
    message.attach_alternative(render_to_string(f"emails/accounts/{name}.html", context), "text/html")
    message.send()
