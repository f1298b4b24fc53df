"""The secret part of a link that sets a password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from accounts.models import User


class PasswordLinkTokenGenerator(PasswordResetTokenGenerator):
    """A link dies with its use, an hour, a sign-in, a new address, the next link, and the account's deactivation."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        sent = user.password_link_at and user.password_link_at.timestamp()
        return f"{super()._make_hash_value(user, timestamp)}|{sent}|{user.is_active}"
