"""How somebody signs in, and what the role means to the Django admin."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Model

from accounts.http import Request
from accounts.models import User
from accounts.rules import AnyUser, can_administer

# The whole of the Django admin: users and the school. Nothing else is administered there.
ADMINISTERED = frozenset(
    {
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_school",
        "accounts.add_school",
        "accounts.change_school",
    }
)


class RoleBackend(AuthenticationBackend):
    """Sign in by e-mail; permissions follow from the role, never from groups or flags."""

    def authenticate(self, request: Request | None, **credentials: Any) -> User | None:
        """Return who signs in; a deactivated colleague is told no more than anybody else."""
        user = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()
        return user

    def get_user_permissions(self, user_obj: AnyUser, obj: Model | None = None) -> set[str]:
        return set(ADMINISTERED) if can_administer(user_obj) else set()

    def get_group_permissions(self, user_obj: AnyUser, obj: Model | None = None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj: AnyUser, obj: Model | None = None) -> set[str]:
        return self.get_user_permissions(user_obj, obj)

    def has_perm(self, user_obj: AnyUser, perm: str, obj: Model | None = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)
