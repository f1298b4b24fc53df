"""Mail that is kept on this machine because there is no mail server: the one place where its links can be seen."""

from cryptography.fernet import InvalidToken
from django.conf import settings

from accounts.models import User
from accounts.rules import can_administer
from mailing.enums import DJANGO_MAIL
from mailing.models import Message
from mailing.rules import can_steer_outbox
from mailing.sealing import unseal


def readable_text(message: Message, user: User) -> str:
    """Return the whole text of a mail kept here, else nothing.

    Never where a mail server is in use. Mails about accounts open those accounts: administrators alone read them.
    """
    may_read = can_administer(user) if message.kind == DJANGO_MAIL else can_steer_outbox(user)
    if not (settings.MAIL_KEPT_HERE and may_read and message.has_text):
        return ""
    try:
        body = unseal(message.body)
    except InvalidToken:
        return ""
    return body["text"]
